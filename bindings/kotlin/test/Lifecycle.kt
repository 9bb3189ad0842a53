package feltbog.test

import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name

/** Files of a home that this process holds open. */
private fun openFiles(home: Path): List<Path> =
    Path.of("/proc/self/fd").listDirectoryEntries().mapNotNull { link ->
        // One that was closed since it was listed is not open.
        runCatching { Files.readSymbolicLink(link) }.getOrNull()?.takeIf { it.startsWith(home) }
    }

fun Sentences.lifecycle(town: Town) {
    that("a suspended phone holds no file open, exchanges in the background, and opens again with its vault") {
        val vault = Pocket()
        town.joined("Karen", vault).use { phone ->
            val home = town.home("Karen")
            phone.newCase("K-1")
            same(openFiles(home).isEmpty(), false)
            phone.app.suspend()
            phone.ear.hears("locked")
            same(openFiles(home), emptyList<Path>())
            same(phone.call("cases").text("code"), "needs_passphrase")
            same(phone.app.runBackgroundSync(60_000u).unsent, 0u)
            same(openFiles(home), emptyList<Path>())
            val asked = vault.asked
            phone.app.resume()
            same(vault.asked, asked + 1)
            same(phone.done("cases").getAsJsonArray("cases").size(), 1)
            phone.app.suspend()
        }
    }

    that("an exchange in the background that has no time left loses nothing") {
        town.joined("Grethe").use { phone ->
            phone.newCase("G-1")
            phone.app.suspend()
            same(refusal { phone.app.runBackgroundSync(0u) }, "out_of_time")
            same(phone.app.runBackgroundSync(60_000u).unsent, 0u)
        }
    }

    that("a phone that is killed opens again with what was answered") {
        val home = town.home("Tove")
        town.joined("Tove").use { phone ->
            phone.newCase("T-1")
            phone.app.suspend()
        }
        val logged = mutableListOf<String>()
        repeat(3) {
            val other = startKilled(home)
            // It goes on saving until it is killed in the middle of it.
            repeat(5) { logged += other.inputReader().readLine() ?: throw AssertionError("the other phone ended") }
            other.destroyForcibly().waitFor()
        }
        Phone.open(home, Pocket()).use { phone ->
            val entries = phone.entries("T-1").map { it.text("entry") }
            same(entries.toSet().size, entries.size)
            same(entries.containsAll(logged), true)
            phone.app.suspend()
        }
    }

    that("a home is open in one app at a time") {
        town.joined("Bodil").use { phone ->
            same(refusal { Phone.open(town.home("Bodil"), Pocket()) }, "in_use")
            phone.app.suspend()
            Phone.open(town.home("Bodil"), Pocket()).use { it.app.suspend() }
        }
    }

    that("a wiped phone is empty and may join again") {
        town.joined("Ruth").use { phone ->
            phone.app.wipe()
            same(phone.call("cases").text("code"), "not_set_up")
            same(town.home("Ruth").listDirectoryEntries().map { it.name }, listOf("lock"))
            phone.done("join", "invitation" to town.invitation("Ruth Lind"))
            phone.app.suspend()
        }
    }
}
