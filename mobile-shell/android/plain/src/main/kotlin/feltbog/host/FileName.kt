package feltbog.host

/** The name under which a file is offered: what a folder cannot hold is left out, and what could hide or lead astray. */
fun fileName(wanted: String): String {
    val kept = wanted.substringAfterLast('/').substringAfterLast('\\').filter { it.isLetterOrDigit() || it in " -_." }
    return kept.trim(' ', '.').take(MOST_LETTERS).ifEmpty { "feltbog" }
}

private const val MOST_LETTERS = 100
