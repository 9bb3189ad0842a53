package feltbog.host

import android.app.Activity
import android.content.Intent
import android.os.Build
import android.os.Bundle
import android.view.View
import android.view.WindowManager.LayoutParams.FLAG_SECURE
import android.webkit.WebView
import android.window.OnBackInvokedDispatcher

/** The one screen: the packed user interface, covered from pictures and from the list of recent apps. */
class MainActivity : Activity() {
    private val host get() = application as FeltbogApplication
    private lateinit var page: WebView
    private lateinit var bridge: Bridge
    private val wishes by lazy { Wishes(this) }

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        window.setFlags(FLAG_SECURE, FLAG_SECURE)
        bridge = Bridge(host.core, wishes, host.reminding)
        page = WebView(this).apply {
            // What is typed about a citizen is no word for the system's other apps.
            importantForAutofill = View.IMPORTANT_FOR_AUTOFILL_NO_EXCLUDE_DESCENDANTS
            closeToTheWorld(settings)
            webViewClient = Screen(this@MainActivity, bridge)
        }
        setContentView(page)
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
            onBackInvokedDispatcher.registerOnBackInvokedCallback(OnBackInvokedDispatcher.PRIORITY_DEFAULT, ::back)
        }
        Notices(this).ask(this)
        page.loadUrl(FIRST_PAGE)
    }

    override fun onStart() {
        super.onStart()
        host.presence.on(this)
        Notices(this).forget()
    }

    override fun onResume() {
        super.onResume()
        page.onResume()
    }

    /** The page hears that it is left, and gives the core what was begun, before `onStop` lets go of the home. */
    override fun onPause() {
        page.onPause()
        super.onPause()
    }

    /** Nothing of the home stays open while the system may stop the process; the page hears of it and shows its lock screen. */
    override fun onStop() {
        host.presence.off(this)
        host.core.begin {
            host.reminding.look(it)
            it.suspend()
        }
        ExchangeJob.soon(this)
        super.onStop()
    }

    override fun onDestroy() {
        bridge.close()
        page.destroy()
        super.onDestroy()
    }

    @Deprecated("Where the system does not know the newer way yet.")
    override fun onBackPressed() = back()

    override fun onActivityResult(request: Int, result: Int, data: Intent?) {
        wishes.answered(request, data.takeIf { result == RESULT_OK })
    }

    override fun onRequestPermissionsResult(request: Int, permissions: Array<String>, results: IntArray) =
        wishes.leaveAnswered(request)

    /** The person comes back from a login: with its answer, or by the app's own mark. */
    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        wishes.cameBack(intent.dataString)
    }

    private fun back() {
        if (page.canGoBack()) page.goBack() else moveTaskToBack(true)
    }
}
