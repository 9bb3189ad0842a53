package feltbog.host

import java.net.URI

/** Where the packed user interface lives inside the app. A name that ends so belongs to nobody, so that no network ever answers for it. */
const val ORIGIN = "https://app.feltbog.invalid"

/** The page the app begins with. */
const val FIRST_PAGE = "$ORIGIN/index.html"

/** Whether an address is of our own origin: nothing else may speak to the core. */
fun isOurs(address: String?): Boolean = within(address) != null

/** What of ours an address names, from its first stroke on; nothing for what is not ours. */
fun within(address: String?): String? {
    val named = address?.let { runCatching { URI(it) }.getOrNull() } ?: return null
    val ours = "${named.scheme}://${named.rawAuthority}" == ORIGIN
    return named.path.takeIf { ours }
}

/** Whether an address outside is one that a telephone is there for, and that the person sees before anything is done. */
fun leadsToAPerson(address: String?): Boolean = address?.substringBefore(':', "") in setOf("tel", "sms", "mailto")
