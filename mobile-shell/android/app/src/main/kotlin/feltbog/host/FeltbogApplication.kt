package feltbog.host

import android.app.Application

/** The process: one core, however many screens and jobs come and go. */
class FeltbogApplication : Application() {
    val presence = Presence()
    val core by lazy { Core(noBackupFilesDir.resolve("feltbog"), KeystoreVault(presence)) }

    override fun onCreate() {
        super.onCreate()
        ExchangeJob.plan(this)
    }
}
