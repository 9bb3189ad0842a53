package feltbog.host

import android.Manifest
import android.app.Activity
import android.app.Notification
import android.app.NotificationChannel
import android.app.NotificationManager
import android.app.PendingIntent
import android.content.Context
import android.content.Intent
import android.os.Build

/** The notifications there are: that somebody should open the app, and what her own day reminds of. */
class Notices(private val context: Context) {
    private val manager = context.getSystemService(NotificationManager::class.java)
    private val isDanish get() = context.resources.configuration.locales[0].language == "da"

    fun show(after: AfterExchange) {
        val isShown = manager.activeNotifications.any { it.tag == null && it.id == ID }
        if (!isToShow(after, isShown) || !isAllowed()) return
        val channel = NotificationChannel(CHANNEL, context.getString(R.string.app_name), NotificationManager.IMPORTANCE_LOW)
        channel.lockscreenVisibility = Notification.VISIBILITY_SECRET
        manager.createNotificationChannel(channel)
        manager.notify(ID, notification(CHANNEL, noticeText(isDanish)).setVisibility(Notification.VISIBILITY_SECRET).build())
    }

    /** With a sound, and readable while the phone is locked: there is nothing of anybody in it. */
    fun remind(reminder: PlannedReminder) {
        if (!isAllowed()) return
        val channel = NotificationChannel(REMINDERS, context.getString(R.string.reminders), NotificationManager.IMPORTANCE_DEFAULT)
        channel.lockscreenVisibility = Notification.VISIBILITY_PUBLIC
        manager.createNotificationChannel(channel)
        val said = notification(REMINDERS, reminderText(reminder, isDanish)).setTimeoutAfter(reminder.untilMs - System.currentTimeMillis())
        manager.notify(REMINDERS, reminder.id.toInt(), said.setVisibility(Notification.VISIBILITY_PUBLIC).build())
    }

    /** Asks for leave, where the system wants it; how often it may be asked is the system's own affair. */
    fun ask(activity: Activity) {
        val needsLeave = Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU && !isAllowed()
        if (needsLeave) activity.requestPermissions(arrayOf(Manifest.permission.POST_NOTIFICATIONS), ID)
    }

    /** The app was opened: it says everything itself. */
    fun forget() = manager.cancelAll()

    /** Without leave it stays silent. */
    fun isAllowed() = manager.areNotificationsEnabled()

    private fun notification(channel: String, said: NoticeText): Notification.Builder {
        val open = Intent(context, MainActivity::class.java)
        return Notification.Builder(context, channel)
            .setSmallIcon(R.drawable.mark)
            .setContentTitle(said.title)
            .setContentText(said.text)
            .setAutoCancel(true)
            .setContentIntent(PendingIntent.getActivity(context, 0, open, PendingIntent.FLAG_IMMUTABLE))
    }

    private companion object {
        const val CHANNEL = "feltbog"
        const val REMINDERS = "reminders"
        const val ID = 1
    }
}
