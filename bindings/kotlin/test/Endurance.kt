package feltbog.test

import java.nio.file.Path
import kotlin.io.path.readLines

/** What the process has in memory, in kilobytes. */
private fun resident(): Long {
    val line = Path.of("/proc/self/status").readLines().first { it.startsWith("VmRSS:") }
    return line.removePrefix("VmRSS:").removeSuffix("kB").trim().toLong()
}

/** A request and an answer of this length each; if one of them were kept, it would be 160 MB in the end. */
private const val LENGTH = 16 * 1024
private const val CALLS = 10_000
private const val MOST_GROWTH_KB = 64 * 1024L

fun Sentences.endurance(town: Town) {
    that("ten thousand calls leave nothing behind in memory") {
        town.joined("Asta").use { phone ->
            val text = "x".repeat(LENGTH)
            suspend fun ask(calls: Int) = repeat(calls) { number ->
                phone.done("keep_draft", "about" to "new_citizen", "text" to text.replaceRange(0, 1, "${number % 10}"))
                if (number % 2 == 1) same(phone.done("drafts").getAsJsonArray("drafts").size(), 1)
            }
            ask(CALLS / 5)
            val before = resident()
            ask(CALLS)
            val growth = resident() - before
            println("     resident $before kB after warming up, $growth kB more after $CALLS calls")
            same(growth < MOST_GROWTH_KB, true, "$growth kB")
            phone.app.suspend()
        }
    }
}
