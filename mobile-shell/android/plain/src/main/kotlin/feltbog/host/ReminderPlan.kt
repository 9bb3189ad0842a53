package feltbog.host

/** Everything the phone will remind of, the soonest first. */
data class ReminderPlan(val reminders: List<PlannedReminder>) {
    /** The next moment at which there is something to show. */
    val next: Long? get() = reminders.firstOrNull()?.atMs

    /** As the core has it now. Of municipalities that are locked it knows nothing, and what was planned for them stays. */
    fun replaced(coming: List<PlannedReminder>, unknown: Collection<UInt>): ReminderPlan =
        of(coming + reminders.filter { it.municipality in unknown })

    /** What is left at a moment, and what to show then. What was slept through is in neither. */
    fun at(nowMs: Long): Pair<ReminderPlan, List<PlannedReminder>> {
        val (come, later) = reminders.partition { it.atMs <= nowMs }
        return ReminderPlan(later) to come.filter { nowMs < it.untilMs }
    }

    override fun toString() = reminders.joinToString("\n")

    companion object {
        val EMPTY = ReminderPlan(emptyList())

        fun read(text: String): ReminderPlan = of(text.lines().mapNotNull(PlannedReminder::read))

        private fun of(reminders: List<PlannedReminder>) = ReminderPlan(reminders.sortedBy { it.atMs }.distinctBy { it.id })
    }
}

/** What the page is told of the wish to be reminded: a phone may forbid what its owner wishes. */
fun wishWord(wanted: Boolean, allowed: Boolean): String = if (!wanted) "off" else if (allowed) "on" else "denied"

/** Whether an event means that what is planned may be wrong now. */
fun isChange(event: String): Boolean = "\"type\":\"changed\"" in event
