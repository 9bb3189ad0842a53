package feltbog.test

import feltbog.KeyVault

/** A vault for tests: turns bits over with its own, or throws what it was told to. */
class Pocket(@Volatile var bits: Int = 0x5a) : KeyVault {
    @Volatile var refusal: Exception? = null
    @Volatile var asked = 0

    override fun wrapKey(key: ByteArray) = turned(key)

    override fun unwrapKey(wrapped: ByteArray): ByteArray {
        asked += 1
        return turned(wrapped)
    }

    private fun turned(bytes: ByteArray): ByteArray {
        refusal?.let { throw it }
        return ByteArray(bytes.size) { (bytes[it].toInt() xor bits).toByte() }
    }
}
