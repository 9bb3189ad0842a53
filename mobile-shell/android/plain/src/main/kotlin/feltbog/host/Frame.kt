package feltbog.host

/**
 * One message between page and host: `number verb`, a line break, and the rest, which neither of them looks into.
 *
 * A question has a number of its own, which the answer repeats; what is told unasked has the number 0.
 */
data class Frame(val number: Long, val verb: String, val content: String) {
    override fun toString() = "$number $verb\n$content"

    companion object {
        /** What was said; nothing for what is no frame. */
        fun read(text: String?): Frame? {
            val (head, content) = (text ?: return null).split('\n', limit = 2).takeIf { it.size == 2 } ?: return null
            val words = head.split(' ').takeIf { it.size == 2 } ?: return null
            val number = words[0].toLongOrNull()?.takeIf { it > 0 } ?: return null
            return Frame(number, words[1], content)
        }

        fun done(number: Long, content: String) = Frame(number, "done", content)

        /** The host could not do it; what was saved is saved. */
        fun broken(number: Long) = Frame(number, "broken", "")

        fun event(content: String) = Frame(0, "event", content)

        /** The host goes: what was asked and not answered never will be. */
        fun closed() = Frame(0, "closed", "")
    }
}

/** A file that the page gives to the person, as it crosses over: its name, its type and what is in it, each on a line. */
class HandedFile(val name: String, val type: String, val content: ByteArray) {
    companion object {
        fun read(text: String): HandedFile? {
            val (name, type, content) = text.split('\n').takeIf { it.size == 3 } ?: return null
            val bytes = runCatching { java.util.Base64.getDecoder().decode(content) }.getOrNull() ?: return null
            return HandedFile(fileName(name), type.takeIf(TYPE::matches) ?: "application/octet-stream", bytes)
        }

        private val TYPE = Regex("[a-z]+/[a-z0-9.+-]+")
    }
}
