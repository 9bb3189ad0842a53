package feltbog.host

import feltbog.App
import feltbog.HostException
import feltbog.Listener
import feltbog.Subscription
import kotlinx.coroutines.channels.Channel

/** Keeps what the phone reminds of as the core has it, for as long as the app is open. */
class Reminding(private val core: Core, private val reminders: Reminders) : Listener {
    /** However much changed meanwhile, it is looked at once. */
    private val changes = Channel<Unit>(Channel.CONFLATED)
    @Volatile private var told: Subscription? = null

    fun begin() {
        core.begin { app ->
            told = app.subscribe(this)
            for (change in changes) look(app)
        }
    }

    override fun onEvent(event: String) {
        if (isChange(event)) changes.trySend(Unit)
    }

    /** What it finds locked, it leaves as it is. */
    suspend fun look(app: App) {
        if (!reminders.areWanted) return
        try {
            reminders.plan(app.nextReminders())
        } catch (_: HostException) {
            // The folder cannot be read: the app itself says so.
        }
    }

    /** `on` and `off` are the owner's wish, anything else asks for it. How it stands then. */
    suspend fun wish(word: String): String {
        if (word == "on" || word == "off") reminders.want(word == "on")
        look(core.app())
        return reminders.word()
    }
}
