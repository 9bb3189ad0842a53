package feltbog.host

import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent

/** The moment of a reminder, or a start of the phone, at which it has forgotten its alarms. Only the system calls. */
class ReminderCall : BroadcastReceiver() {
    override fun onReceive(context: Context, intent: Intent) = (context.applicationContext as FeltbogApplication).reminders.wake()
}
