package feltbog.host

import android.app.KeyguardManager
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
import android.security.keystore.StrongBoxUnavailableException
import android.security.keystore.UserNotAuthenticatedException
import feltbog.KeyVault
import feltbog.VaultException
import java.security.KeyStore
import java.security.UnrecoverableKeyException
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/**
 * The phone's Keystore. The key never leaves it, in StrongBox where there is one, and works for some minutes after the owner showed a
 * finger, a face or the screen lock's code: what wakes in the background inside of that time finds the vault open, and later shut.
 */
class KeystoreVault(private val screenLock: KeyguardManager, private val presence: Presence) : KeyVault {
    override fun wrapKey(key: ByteArray): ByteArray = shown {
        val cipher = Cipher.getInstance(CIPHER).apply { init(Cipher.ENCRYPT_MODE, kept() ?: made()) }
        cipher.iv + cipher.doFinal(key)
    }

    override fun unwrapKey(wrapped: ByteArray): ByteArray = shown {
        if (wrapped.size <= IV_BYTES) throw VaultException.KeyGone()
        val key = kept() ?: throw VaultException.KeyGone()
        val iv = GCMParameterSpec(TAG_BITS, wrapped, 0, IV_BYTES)
        val cipher = Cipher.getInstance(CIPHER).apply { init(Cipher.DECRYPT_MODE, key, iv) }
        cipher.doFinal(wrapped, IV_BYTES, wrapped.size - IV_BYTES)
    }

    /** Does it, and where the Keystore wants to see the owner first, asks and does it again. */
    private fun shown(work: () -> ByteArray): ByteArray = try {
        // Phones say so in different ways, and none of them means that something is wrong.
        if (screenLock.isDeviceLocked) throw VaultException.Unavailable()
        try {
            work()
        } catch (_: UserNotAuthenticatedException) {
            presence.show()
            work()
        }
    } catch (_: KeyPermanentlyInvalidatedException) {
        throw VaultException.KeyGone()
    } catch (_: UnrecoverableKeyException) {
        throw VaultException.KeyGone()
    } catch (_: AEADBadTagException) {
        throw VaultException.KeyGone()
    }

    private fun kept(): SecretKey? =
        KeyStore.getInstance(STORE).apply { load(null) }.getKey(ALIAS, null) as SecretKey?

    private fun made(): SecretKey = try {
        made(inStrongBox = true)
    } catch (_: StrongBoxUnavailableException) {
        made(inStrongBox = false)
    }

    private fun made(inStrongBox: Boolean): SecretKey {
        val spec = KeyGenParameterSpec.Builder(ALIAS, KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT)
            .setKeySize(KEY_BITS)
            .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
            .setUserAuthenticationRequired(true)
            .setUserAuthenticationParameters(OPEN_SECONDS, KeyProperties.AUTH_BIOMETRIC_STRONG or KeyProperties.AUTH_DEVICE_CREDENTIAL)
            .setUnlockedDeviceRequired(true)
            .setIsStrongBoxBacked(inStrongBox)
            .build()
        return KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, STORE).apply { init(spec) }.generateKey()
    }

    private companion object {
        const val STORE = "AndroidKeyStore"
        const val ALIAS = "feltbog"
        const val CIPHER = "AES/GCM/NoPadding"
        const val KEY_BITS = 256
        const val TAG_BITS = 128
        const val IV_BYTES = 12

        /** How long the vault stays open after the owner was seen. */
        const val OPEN_SECONDS = 300
    }
}
