package feltbog.host

import android.app.AlarmManager
import android.app.PendingIntent
import android.content.Context
import android.content.Intent
import feltbog.Reminder
import feltbog.Reminders as Coming

/**
 * What the phone reminds of, kept where its system finds it: also while the app is locked, and after the phone was switched off and on.
 * There is one alarm, for the soonest; what is planned lies in a file of this app that goes into no backup.
 */
class Reminders(private val context: Context) {
    private val kept = context.getSharedPreferences("reminders", Context.MODE_PRIVATE)
    private val alarms = context.getSystemService(AlarmManager::class.java)
    private val notices = Notices(context)

    val areWanted: Boolean get() = kept.getBoolean(WANTED, false)

    /** Her own choice on this phone. What is planned goes when it is taken back. */
    @Synchronized
    fun want(wanted: Boolean) {
        kept.edit().putBoolean(WANTED, wanted).apply()
        if (!wanted) keep(ReminderPlan.EMPTY)
    }

    @Synchronized
    fun plan(core: Coming) {
        if (areWanted) keep(plan().replaced(core.coming.mapNotNull(::planned), core.unknown))
    }

    /** Shows what has come, and waits for the next. */
    @Synchronized
    fun wake() {
        val (left, come) = plan().at(System.currentTimeMillis())
        keep(left)
        come.forEach(notices::remind)
    }

    fun word(): String = wishWord(areWanted, notices.isAllowed())

    private fun plan() = ReminderPlan.read(kept.getString(PLAN, "").orEmpty())

    private fun keep(plan: ReminderPlan) {
        kept.edit().putString(PLAN, plan.toString()).apply()
        val call = PendingIntent.getBroadcast(context, 0, Intent(context, ReminderCall::class.java), PendingIntent.FLAG_IMMUTABLE)
        // Some minutes later is early enough, and needs no leave to be exact.
        plan.next?.let { alarms.setWindow(AlarmManager.RTC_WAKEUP, it, MINUTES_10_MS, call) } ?: alarms.cancel(call)
    }

    private fun planned(reminder: Reminder) =
        reminder.run { PlannedReminder.of(municipality, id, atMs, untilMs, about, clock) }

    private companion object {
        const val WANTED = "wanted"
        const val PLAN = "plan"
        const val MINUTES_10_MS = 10 * 60 * 1000L
    }
}
