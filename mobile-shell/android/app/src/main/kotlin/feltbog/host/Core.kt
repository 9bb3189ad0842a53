package feltbog.host

import feltbog.App
import feltbog.KeyVault
import feltbog.Listener
import feltbog.OpenOptions
import feltbog.Subscription
import java.io.File
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.async
import kotlinx.coroutines.launch

/** The one app of this process. It begins locked, and is there until the process ends. */
class Core(home: File, vault: KeyVault) {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
    private val app = scope.async { App.open(OpenOptions(home.path, locked = true), vault, Silent) }

    suspend fun app(): App = app.await()

    /** Does it whether or not whoever asked is still there. What nobody catches ends the process, and with it every key in it. */
    fun begin(work: suspend (App) -> Unit): Job = scope.launch { work(app()) }

    suspend fun tell(listener: Listener): Subscription = app().subscribe(listener)
}

/** Nobody draws yet. */
private object Silent : Listener {
    override fun onEvent(event: String) = Unit
}
