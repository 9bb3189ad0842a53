package feltbog.test

import java.nio.file.Path
import kotlinx.coroutines.runBlocking

/** A phone in a process of its own: a request on each line of its standard input, and its answer on a line of the output. */
object Piped {
    @JvmStatic
    fun main(words: Array<String>) = runBlocking {
        val phone = Phone.open(Path.of(words.single()), Pocket())
        for (request in generateSequence(::readlnOrNull)) println(phone.app.call(request))
        phone.app.suspend()
    }
}
