package feltbog.host

import android.Manifest
import android.app.Activity
import android.content.ActivityNotFoundException
import android.content.Intent
import android.net.Uri
import android.os.Build
import java.io.IOException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/** What the page wishes of the phone's other apps: one at a time, answered when the person comes back. */
class Wishes(private val activity: Activity) {
    private val waiting = mutableMapOf<Int, CompletableDeferred<Intent?>>()
    private var loggingIn: CompletableDeferred<String>? = null

    /** Lets the person choose where a file goes, and writes it there. Whether it was written. */
    suspend fun save(file: HandedFile): Boolean {
        val wish = Intent(Intent.ACTION_CREATE_DOCUMENT).addCategory(Intent.CATEGORY_OPENABLE)
        wish.setType(file.type).putExtra(Intent.EXTRA_TITLE, file.name)
        val place = asked(SAVE, wish)?.data ?: return false
        return withContext(Dispatchers.IO) {
            try {
                activity.contentResolver.openOutputStream(place, "wt")?.use { it.write(file.content) } != null
            } catch (_: IOException) {
                false
            }
        }
    }

    /** Lets a scanner on this phone read a code. Nothing where there is none, or none was read: then it is typed. */
    suspend fun scan(): String {
        val wish = Intent("com.google.zxing.client.android.SCAN").putExtra("SCAN_MODE", "QR_CODE_MODE")
        return invitation(asked(SCAN, wish)?.getStringExtra("SCAN_RESULT")).orEmpty()
    }

    /** Shows a provider's page in the phone's own browser. What it sent the person back to; nothing where they came back by themselves. */
    suspend fun logIn(address: String): String = withContext(Dispatchers.Main) {
        val answer = CompletableDeferred<String>()
        loggingIn?.complete("")
        loggingIn = answer
        if (!isLoginPage(address) || !browses(address)) answer.complete("")
        answer.await()
    }

    /** An address that the app was opened with; nobody waits for any other than a login's. */
    fun cameBack(address: String?) {
        loggingIn?.complete(loginAnswer(address).orEmpty())
        loggingIn = null
    }

    /** Asks for leave to show something outside of the app, where the system wants it, and waits for the answer. */
    suspend fun leaveToShow() = withContext(Dispatchers.Main) {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU || Notices(activity).isAllowed()) return@withContext
        val answer = CompletableDeferred<Intent?>()
        waiting.put(LEAVE, answer)?.complete(null)
        activity.requestPermissions(arrayOf(Manifest.permission.POST_NOTIFICATIONS), LEAVE)
        answer.await()
    }

    /** The person said yes or no, or the system did not ask any more. */
    fun leaveAnswered(request: Int) {
        if (request == LEAVE) answered(request, null)
    }

    private fun browses(address: String): Boolean = try {
        activity.startActivity(Intent(Intent.ACTION_VIEW, Uri.parse(address)).addCategory(Intent.CATEGORY_BROWSABLE))
        true
    } catch (_: ActivityNotFoundException) {
        false
    }

    /** What the other app answered; nothing when the person went back. */
    fun answered(request: Int, data: Intent?) {
        waiting.remove(request)?.complete(data)
    }

    private suspend fun asked(request: Int, wish: Intent): Intent? = withContext(Dispatchers.Main) {
        val answer = CompletableDeferred<Intent?>()
        waiting.put(request, answer)?.complete(null)
        try {
            activity.startActivityForResult(wish, request)
        } catch (_: ActivityNotFoundException) {
            answered(request, null)
        }
        answer.await()
    }

    private companion object {
        const val SAVE = 1
        const val SCAN = 2
        const val LEAVE = 3
    }
}
