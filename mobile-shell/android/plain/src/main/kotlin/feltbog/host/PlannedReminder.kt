package feltbog.host

/** What is shown at a moment. It lies beside the locked database, so that it holds moments and a number, and nothing else finds room. */
data class PlannedReminder(val municipality: UInt, val id: UInt, val atMs: Long, val untilMs: Long, val about: About, val clock: String) {
    enum class About(val word: String) { APPOINTMENT("appointment"), APPOINTMENT_TOMORROW("appointment_tomorrow"), TODAY("today") }

    /** One line, which `read` reads. */
    override fun toString() = "$municipality $id $atMs $untilMs ${about.word} $clock"

    companion object {
        /** Nothing for what is none; `clock` stands there for an appointment, as `10:30`. */
        fun of(municipality: UInt, id: UInt, atMs: Long, untilMs: Long, about: String, clock: String?): PlannedReminder? {
            val known = About.entries.find { it.word == about } ?: return null
            val shown = if (known == About.TODAY) NO_CLOCK else clock?.takeIf(CLOCK::matches) ?: return null
            return PlannedReminder(municipality, id, atMs, untilMs, known, shown)
        }

        fun read(line: String): PlannedReminder? {
            val words = line.split(' ').takeIf { it.size == 6 } ?: return null
            return of(
                words[0].toUIntOrNull() ?: return null,
                words[1].toUIntOrNull() ?: return null,
                words[2].toLongOrNull() ?: return null,
                words[3].toLongOrNull() ?: return null,
                words[4],
                words[5],
            )
        }

        private const val NO_CLOCK = "-"
        private val CLOCK = Regex("[0-2][0-9]:[0-5][0-9]")
    }
}
