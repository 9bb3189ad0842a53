package feltbog

import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.channels.trySendBlocking
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow

/** What happens in this app, as the bus's JSON, for as long as somebody collects it. */
fun App.events(): Flow<String> = callbackFlow {
    val subscription = subscribe(object : Listener {
        override fun onEvent(event: String) {
            if (trySendBlocking(event).isFailure) throw ListenerException.Gone()
        }
    })
    awaitClose {
        subscription.cancel()
        subscription.close()
    }
}
