package feltbog.test

import feltbog.Listener
import feltbog.events
import java.util.concurrent.atomic.AtomicInteger
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.coroutineScope

fun Sentences.events(town: Town) {
    that("nothing that happens after a subscription was cancelled is told to it") {
        town.joined("Lis").use { phone ->
            val (kept, cancelled) = Ear() to Ear()
            val keeping = phone.app.subscribe(kept)
            val cancelling = phone.app.subscribe(cancelled)
            phone.newCase("L-1")
            cancelled.hears("changed")
            cancelling.cancel()
            cancelling.cancel()
            phone.app.suspend()
            kept.hears("locked")
            for (event in generateSequence(cancelled::next)) same(event.text("type") == "locked", false)
            keeping.close()
        }
    }

    that("events come as a flow, which lets go when it is left") {
        town.joined("Else").use { phone ->
            coroutineScope {
                val locked = launch { phone.app.events().first { it.contains("\"locked\"") } }
                while (!locked.isCompleted) {
                    phone.app.suspend()
                    phone.app.resume()
                }
            }
            phone.app.suspend()
        }
    }

    that("a listener that throws what it did not declare is told on") {
        town.joined("Ninna").use { phone ->
            val heard = AtomicInteger()
            val sour = object : Listener {
                override fun onEvent(event: String) {
                    heard.incrementAndGet()
                    throw IllegalStateException("sour")
                }
            }
            phone.app.subscribe(sour).use {
                while (heard.get() < 3) {
                    phone.app.suspend()
                    phone.app.resume()
                }
            }
            phone.app.suspend()
        }
    }
}
