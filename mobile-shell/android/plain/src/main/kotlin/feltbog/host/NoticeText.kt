package feltbog.host

import feltbog.host.PlannedReminder.About

/**
 * What a notification says. It may be read by anybody at home: no name, no number but a time of day, no word of what the app is for.
 */
data class NoticeText(val title: String, val text: String)

/** Something waits for the person. */
fun noticeText(danish: Boolean): NoticeText =
    if (danish) NoticeText("Feltbog", "Åbn appen, når du har tid.") else NoticeText("Feltbog", "Open the app when you have time.")

/** An appointment is near, or something is due today. */
fun reminderText(reminder: PlannedReminder, danish: Boolean): NoticeText {
    val clock = reminder.clock
    val text = when (reminder.about) {
        About.APPOINTMENT -> if (danish) "Du har en aftale kl. ${dotted(clock)}." else "You have an appointment at $clock."
        About.APPOINTMENT_TOMORROW ->
            if (danish) "Du har en aftale i morgen kl. ${dotted(clock)}." else "You have an appointment tomorrow at $clock."
        About.TODAY -> if (danish) "Noget venter på dig i dag." else "Something is waiting for you today."
    }
    return NoticeText("Feltbog", text)
}

/** Whether to show it: once, until the app was opened. */
fun isToShow(after: AfterExchange, shown: Boolean): Boolean = after == AfterExchange.ASK && !shown

/** As a time is written in Danish. */
private fun dotted(clock: String) = clock.replace(':', '.')
