package feltbog.host

import android.app.Activity
import android.content.ActivityNotFoundException
import android.content.Intent
import android.webkit.RenderProcessGoneDetail
import android.webkit.WebResourceRequest
import android.webkit.WebResourceResponse
import android.webkit.WebSettings
import android.webkit.WebView
import android.webkit.WebViewClient
import java.io.FileNotFoundException

/** Gives the page its files, and nothing else in the world. */
class Screen(private val activity: Activity, private val bridge: Bridge) : WebViewClient() {
    override fun shouldInterceptRequest(view: WebView?, request: WebResourceRequest): WebResourceResponse {
        val packed = within(request.url.toString())?.let(::packedFile) ?: return nothing()
        return try {
            WebResourceResponse(packed.type, "utf-8", 200, "OK", HEADERS, activity.assets.open(packed.asset))
        } catch (_: FileNotFoundException) {
            nothing()
        }
    }

    /** The page itself never goes anywhere; a number or an address is handed to the telephone, which shows it first. */
    override fun shouldOverrideUrlLoading(view: WebView?, request: WebResourceRequest): Boolean {
        val address = request.url.toString()
        if (isOurs(address)) return false
        if (request.hasGesture() && leadsToAPerson(address)) {
            try {
                activity.startActivity(Intent(intentFor(address), request.url))
            } catch (_: ActivityNotFoundException) {
                // A tablet has no telephone: the number stands on the screen.
            }
        }
        return true
    }

    override fun onPageFinished(view: WebView, url: String?) {
        if (isOurs(url)) bridge.reach(view)
    }

    /** The system took the page's memory; the core has everything that was answered. */
    override fun onRenderProcessGone(view: WebView?, detail: RenderProcessGoneDetail?): Boolean {
        activity.recreate()
        return true
    }

    private fun intentFor(address: String) = if (address.startsWith("tel:")) Intent.ACTION_DIAL else Intent.ACTION_SENDTO

    private fun nothing() = WebResourceResponse("text/plain", "utf-8", 404, "Not Found", HEADERS, "".byteInputStream())
}

/** No files and no other app's content; every address is answered by `shouldInterceptRequest`, so that none is asked of a network. */
fun closeToTheWorld(settings: WebSettings) = settings.run {
    javaScriptEnabled = true
    allowFileAccess = false
    allowContentAccess = false
    safeBrowsingEnabled = false
    setGeolocationEnabled(false)
    setSupportMultipleWindows(false)
    domStorageEnabled = true
    cacheMode = WebSettings.LOAD_NO_CACHE
    mixedContentMode = WebSettings.MIXED_CONTENT_NEVER_ALLOW
}
