package feltbog.host

/**
 * What a notification says. It may be read by anybody at home: no name, no number, no word of what the app is for.
 */
data class NoticeText(val title: String, val text: String)

/** Something waits for the person. */
fun noticeText(danish: Boolean): NoticeText =
    if (danish) NoticeText("Feltbog", "Åbn appen, når du har tid.") else NoticeText("Feltbog", "Open the app when you have time.")

/** Whether to show it: once, until the app was opened. */
fun isToShow(after: AfterExchange, shown: Boolean): Boolean = after == AfterExchange.ASK && !shown
