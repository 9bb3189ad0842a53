package feltbog.host

/** Whether an address is a provider's page: encrypted, so that nobody between the phone and it reads what is typed there. */
fun isLoginPage(address: String): Boolean = address.startsWith("https://") && address.length <= LONGEST

/** What a login sent the person back to, if it is that; the core judges it. */
fun loginAnswer(address: String?): String? = address?.takeIf { it.startsWith("dk.feltbog.app:/") && it.length <= LONGEST }

/** Longer than any code of a provider. */
private const val LONGEST = 32_768
