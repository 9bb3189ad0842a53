package feltbog.host

import android.app.Activity
import android.hardware.biometrics.BiometricManager.Authenticators.BIOMETRIC_STRONG
import android.hardware.biometrics.BiometricManager.Authenticators.DEVICE_CREDENTIAL
import android.hardware.biometrics.BiometricPrompt
import android.os.CancellationSignal
import feltbog.VaultException
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ExecutionException

/** Asks whoever holds the phone to show that it is theirs. It needs a screen to ask on. */
class Presence {
    @Volatile private var screen: Activity? = null

    fun on(activity: Activity) {
        screen = activity
    }

    fun off(activity: Activity) {
        if (screen === activity) screen = null
    }

    /** Waits for the answer; never on the thread that draws. */
    fun show() {
        val activity = screen ?: throw VaultException.Unavailable()
        val shown = CompletableFuture<Unit>()
        activity.runOnUiThread { ask(activity, shown) }
        try {
            shown.get()
        } catch (refused: ExecutionException) {
            throw refused.cause ?: refused
        }
    }

    private fun ask(activity: Activity, shown: CompletableFuture<Unit>) {
        val prompt = BiometricPrompt.Builder(activity)
            .setTitle(activity.getString(R.string.app_name))
            .setAllowedAuthenticators(BIOMETRIC_STRONG or DEVICE_CREDENTIAL)
            .build()
        val answer = object : BiometricPrompt.AuthenticationCallback() {
            override fun onAuthenticationSucceeded(result: BiometricPrompt.AuthenticationResult?) {
                shown.complete(Unit)
            }

            override fun onAuthenticationError(code: Int, message: CharSequence?) {
                shown.completeExceptionally(VaultException.Declined())
            }
        }
        prompt.authenticate(CancellationSignal(), activity.mainExecutor, answer)
    }
}
