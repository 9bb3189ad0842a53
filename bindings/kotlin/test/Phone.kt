package feltbog.test

import com.google.gson.JsonObject
import com.google.gson.JsonParser
import feltbog.App
import feltbog.HostException
import feltbog.Listener
import feltbog.OpenOptions
import java.nio.file.Path
import java.util.concurrent.LinkedBlockingQueue

/** Keeps every event until it is asked for. */
class Ear : Listener {
    private val told = LinkedBlockingQueue<JsonObject>()

    override fun onEvent(event: String) = told.put(JsonParser.parseString(event).asJsonObject)

    /** Waits for an event of this kind; there is one, or the test never ends. */
    fun hears(kind: String): JsonObject {
        while (true) told.take().let { if (it.text("type") == kind) return it }
    }

    /** What was told and not asked for yet, if anything. */
    fun next(): JsonObject? = told.poll()
}

/** An app as a phone has it open. */
class Phone(val app: App, val ear: Ear) : AutoCloseable {
    suspend fun call(type: String, vararg fields: Pair<String, String>): JsonObject {
        val request = JsonObject().apply { addProperty("type", type) }
        fields.forEach { (name, value) -> request.addProperty(name, value) }
        return JsonParser.parseString(app.call(request.toString())).asJsonObject
    }

    /** A call that is not refused. */
    suspend fun done(type: String, vararg fields: Pair<String, String>): JsonObject =
        call(type, *fields).also { if (it.text("type") == "refused") throw AssertionError("$type: $it") }

    suspend fun newCase(number: String) = done("new_case", "number" to number, "name" to "Bo Bak")

    suspend fun log(case: String, note: String): String =
        done("log_entry", *about(case), "note" to note).text("entry")

    suspend fun entries(case: String): List<JsonObject> =
        done("show_case", "case" to case).getAsJsonArray("entries").map { it.asJsonObject }

    /** Lets go of everything, as a phone does that takes the app off the screen for good. */
    override fun close() = app.close()

    companion object {
        suspend fun open(home: Path, vault: Pocket, locked: Boolean = false): Phone {
            val ear = Ear()
            return Phone(App.open(OpenOptions(home.toString(), locked), vault, ear), ear)
        }
    }
}

/** `-` is work without a case. */
private fun about(case: String) =
    if (case == "-") arrayOf("kind" to "canvassing") else arrayOf("case" to case, "kind" to "contact")

fun JsonObject.text(name: String): String = get(name)?.asString ?: throw AssertionError("no $name in $this")

/** The word with which something was refused. */
suspend fun refusal(what: suspend () -> Unit): String {
    try {
        what()
    } catch (refused: HostException.Refused) {
        if (!refused.sentence.endsWith(".")) throw AssertionError("no sentence: ${refused.sentence}")
        return refused.code
    }
    throw AssertionError("not refused")
}
