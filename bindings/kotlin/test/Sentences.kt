package feltbog.test

import kotlin.system.exitProcess
import kotlinx.coroutines.runBlocking

/** Tests by the sentence each of them proves; one that throws has failed. */
class Sentences {
    private var passed = 0
    private var failed = 0

    fun that(sentence: String, test: suspend () -> Unit) {
        try {
            runBlocking { test() }
            passed += 1
            println("ok   $sentence")
        } catch (wrong: Throwable) {
            failed += 1
            println("FAIL $sentence")
            wrong.printStackTrace(System.out)
        }
    }

    /** The last line says how many; nothing else stands on it. */
    fun end(): Nothing {
        println("$passed passed, $failed failed")
        exitProcess(if (failed == 0 && passed > 0) 0 else 1)
    }
}

fun same(found: Any?, wanted: Any?, about: Any? = "") {
    if (found != wanted) throw AssertionError("$found, and not $wanted $about")
}
