package feltbog.test

import com.google.gson.JsonElement
import com.google.gson.JsonParser
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.createTempDirectory
import kotlin.io.path.writeText

/** The programs that ship: a server, and the leader's computer. */
class Town : AutoCloseable {
    private val folder = createTempDirectory("feltbog")
    private val data = folder.resolve("server")
    private val leader = folder.resolve("leader")
    private val passphrase = folder.resolve("passphrase").apply { writeText("rødgrød med fløde\n") }
    private var server: Process? = null
    private var address: String? = null

    init {
        val started = ran("feltbog-server", "init", "--json", "--tenant", "By", "--data", "$data").asJsonObject
        startServer()
        leader(
            "setup", "--server", "http://$address", "--code", started.text("bootstrap"), "--name", "Lone Vest",
            "--programme", "IPS", "--shares-to", "${folder.resolve("shares")}",
        )
    }

    /** On the same address as before, where there was one. Ready when it has said where it is. */
    fun startServer() {
        val words = listOf(program("feltbog-server"), "serve", "--listen", address ?: "127.0.0.1:0", "--data", "$data")
        val builder = ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT)
        builder.environment() += "FELTBOG_LOG" to "warn"
        val process = builder.start()
        val line = process.inputReader().readLine() ?: throw AssertionError("the server did not start")
        server = process
        address = line.removePrefix("http://")
    }

    fun stopServer() {
        server?.destroy()
        same(server?.waitFor(), 0, "as the server's end")
    }

    fun leader(vararg words: String): JsonElement = ran("feltbog", *words, "--json")

    fun invitation(name: String) =
        leader("invite", "--name", name, "--role", "consultant").asJsonObject.text("invitation")

    fun home(name: String): Path = folder.resolve(name)

    /** Somebody's phone, with the keys that go with the role. */
    suspend fun joined(name: String, vault: Pocket = Pocket()): Phone {
        val phone = Phone.open(home(name), vault)
        same(phone.done("join", "invitation" to invitation(name)).text("name"), name)
        phone.done("sync")
        leader("sync")
        phone.done("sync")
        return phone
    }

    private fun ran(name: String, vararg words: String): JsonElement {
        val builder = ProcessBuilder(listOf(program(name)) + words).redirectError(ProcessBuilder.Redirect.INHERIT)
        builder.environment() += mapOf("FELTBOG_HOME" to "$leader", "FELTBOG_PASSPHRASE_FILE" to "$passphrase")
        val process = builder.start()
        val said = process.inputReader().readText()
        same(process.waitFor(), 0, "as the end of $name ${words.first()}")
        return JsonParser.parseString(said)
    }

    override fun close() {
        server?.destroyForcibly()?.waitFor()
        Files.walk(folder).sorted(Comparator.reverseOrder()).forEach(Files::delete)
    }
}

private fun program(name: String) = Path.of(System.getenv("FELTBOG_BIN_DIR"), name).toString()
