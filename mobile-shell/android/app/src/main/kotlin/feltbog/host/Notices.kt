package feltbog.host

import android.Manifest
import android.app.Activity
import android.app.Notification
import android.app.NotificationChannel
import android.app.NotificationManager
import android.app.PendingIntent
import android.content.Context
import android.content.Intent
import android.content.pm.PackageManager
import android.os.Build

/** The one notification there is: that somebody should open the app. */
class Notices(private val context: Context) {
    private val manager = context.getSystemService(NotificationManager::class.java)

    fun show(after: AfterExchange) {
        if (!isToShow(after, shown = manager.activeNotifications.isNotEmpty()) || !isAllowed()) return
        val channel = NotificationChannel(CHANNEL, context.getString(R.string.app_name), NotificationManager.IMPORTANCE_LOW)
        channel.lockscreenVisibility = Notification.VISIBILITY_SECRET
        manager.createNotificationChannel(channel)
        manager.notify(ID, notification())
    }

    /** Asks for leave, where the system wants it; how often it may be asked is the system's own affair. */
    fun ask(activity: Activity) {
        if (!isAllowed()) activity.requestPermissions(arrayOf(Manifest.permission.POST_NOTIFICATIONS), ID)
    }

    fun forget() = manager.cancel(ID)

    private fun notification(): Notification {
        val said = noticeText(danish = context.resources.configuration.locales[0].language == "da")
        val open = Intent(context, MainActivity::class.java)
        return Notification.Builder(context, CHANNEL)
            .setSmallIcon(R.drawable.mark)
            .setContentTitle(said.title)
            .setContentText(said.text)
            .setVisibility(Notification.VISIBILITY_SECRET)
            .setAutoCancel(true)
            .setContentIntent(PendingIntent.getActivity(context, 0, open, PendingIntent.FLAG_IMMUTABLE))
            .build()
    }

    /** Without leave it stays silent: the app itself says everything when it is opened. */
    private fun isAllowed() = Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU ||
        context.checkSelfPermission(Manifest.permission.POST_NOTIFICATIONS) == PackageManager.PERMISSION_GRANTED

    private companion object {
        const val CHANNEL = "feltbog"
        const val ID = 1
    }
}
