package feltbog.host

/** What a scanner read, if it is an invitation; the core judges it. */
fun invitation(scanned: String?): String? = scanned?.trim()?.takeIf { it.startsWith("feltbog:") && it.length <= LONGEST }

private const val LONGEST = 4096
