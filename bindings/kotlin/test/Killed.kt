package feltbog.test

import java.nio.file.Path
import kotlinx.coroutines.runBlocking

/** A phone in a process of its own that saves one entry after the other, and prints each when it was answered. */
object Killed {
    @JvmStatic
    fun main(words: Array<String>) = runBlocking {
        val phone = Phone.open(Path.of(words.single()), Pocket())
        while (true) println(phone.log("T-1", "Skrevet før strømmen gik"))
    }
}

fun startKilled(home: Path): Process {
    val java = Path.of(System.getProperty("java.home"), "bin", "java").toString()
    val libraries = "-Djna.library.path=${System.getProperty("jna.library.path")}"
    val classes = System.getProperty("java.class.path")
    return ProcessBuilder(java, libraries, "-cp", classes, Killed::class.java.name, "$home")
        .redirectError(ProcessBuilder.Redirect.INHERIT).start()
}
