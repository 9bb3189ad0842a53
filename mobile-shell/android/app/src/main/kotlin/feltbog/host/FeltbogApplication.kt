package feltbog.host

import android.app.Application
import android.app.KeyguardManager
import feltbog.Certificates

/** The process: one core, however many screens and jobs come and go. */
class FeltbogApplication : Application() {
    val presence = Presence()
    val core by lazy { Core(noBackupFilesDir.resolve("feltbog"), KeystoreVault(getSystemService(KeyguardManager::class.java), presence)) }

    val reminders by lazy { Reminders(this) }
    val reminding by lazy { Reminding(core, reminders).apply { begin() } }

    override fun onCreate() {
        super.onCreate()
        Certificates.begin(this)
        ExchangeJob.plan(this)
        // A system that stopped the app has forgotten its alarm as well.
        reminders.wake()
    }
}
