package feltbog.host

/** A file of the packed user interface: where it lies among the app's assets, and its type. */
data class PackedFile(val asset: String, val type: String)

/** The file a path of our own origin names; nothing where there can be none. */
fun packedFile(path: String): PackedFile? {
    val parts = path.removePrefix("/").split('/')
    if (parts.any { !NAME.matches(it) }) return null
    val type = TYPES[parts.last().substringAfterLast('.', "")] ?: return null
    return PackedFile("ui/${parts.joinToString("/")}", type)
}

/** What goes with every answer; the same as on a computer. */
val HEADERS = mapOf(
    "Content-Security-Policy" to "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:; " +
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options" to "nosniff",
    "Referrer-Policy" to "no-referrer",
    "Cross-Origin-Resource-Policy" to "same-origin",
    "Cache-Control" to "no-store",
)

/** No point at the beginning: nothing hidden, and no way up. */
private val NAME = Regex("[A-Za-z0-9_-][A-Za-z0-9._-]*")

private val TYPES = mapOf(
    "html" to "text/html",
    "js" to "text/javascript",
    "css" to "text/css",
    "svg" to "image/svg+xml",
    "png" to "image/png",
    "woff2" to "font/woff2",
    "json" to "application/json",
)
