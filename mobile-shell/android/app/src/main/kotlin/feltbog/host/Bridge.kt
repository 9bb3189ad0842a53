package feltbog.host

import android.net.Uri
import android.os.Handler
import android.os.Looper
import android.webkit.WebMessage
import android.webkit.WebMessagePort
import android.webkit.WebView
import feltbog.HostException
import feltbog.Listener
import feltbog.ListenerException
import feltbog.Subscription
import feltbog.buildInfo

/**
 * What the page and the core say to each other, through a port that is handed to a page of our own origin and to no other: the system
 * delivers it nowhere else. `mobile-shell/ui/src/bridge/port.ts` is the other end.
 */
class Bridge(private val core: Core, private val wishes: Wishes, private val reminding: Reminding) {
    private var talk: Talk? = null

    /** A page is there; one that was there before is told no more. */
    fun reach(page: WebView) {
        close()
        val (ours, theirs) = page.createWebMessageChannel()
        talk = Talk(ours, core, wishes, reminding)
        page.postWebMessage(WebMessage(HELLO, arrayOf(theirs)), Uri.parse(ORIGIN))
    }

    fun close() {
        talk?.close()
        talk = null
    }

    private companion object {
        const val HELLO = "feltbog"
    }
}

/** The talk with one page. */
private class Talk(
    private val port: WebMessagePort,
    private val core: Core,
    private val wishes: Wishes,
    private val reminding: Reminding,
) : WebMessagePort.WebMessageCallback(), Listener {
    private val drawing = Handler(Looper.getMainLooper())
    @Volatile private var closed = false
    @Volatile private var told: Subscription? = null

    init {
        port.setWebMessageCallback(this)
        core.begin { told = core.tell(this).also { if (closed) it.cancel() } }
    }

    override fun onMessage(port: WebMessagePort?, message: WebMessage) {
        val asked = Frame.read(message.data) ?: return
        core.begin {
            val answer = try {
                answer(asked)?.let { Frame.done(asked.number, it) }
            } catch (_: HostException) {
                null
            }
            say(answer ?: Frame.broken(asked.number))
        }
    }

    override fun onEvent(event: String) {
        if (closed) throw ListenerException.Gone()
        say(Frame.event(event))
    }

    /** On the thread that draws, as everything about the port. */
    fun close() {
        closed = true
        told?.cancel()
        port.postMessage(WebMessage(Frame.closed().toString()))
        port.close()
    }

    private suspend fun answer(asked: Frame): String? = when (asked.verb) {
        "call" -> core.app().call(asked.content)
        "contract" -> buildInfo().contract.toString()
        "save" -> HandedFile.read(asked.content)?.let { wishes.save(it).toString() }
        "scan" -> wishes.scan()
        "login" -> wishes.logIn(asked.content)
        "reminders" -> reminders(asked.content)
        else -> null
    }

    /** The phone is asked for leave when its owner wishes to be reminded, and not before. */
    private suspend fun reminders(wish: String): String {
        if (wish == "on") wishes.leaveToShow()
        return reminding.wish(wish)
    }

    /** Ports belong to the thread that draws. What is said first arrives first. */
    private fun say(frame: Frame) {
        drawing.post { if (!closed) port.postMessage(WebMessage(frame.toString())) }
    }
}
