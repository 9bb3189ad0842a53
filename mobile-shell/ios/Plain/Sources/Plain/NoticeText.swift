/// What a notification says. It may be read by anybody at home: no name, no number, no word of what the app is for.
public struct NoticeText: Equatable, Sendable {
    public let title: String
    public let text: String

    /// Something waits for the person.
    public init(danish: Bool) {
        title = "Feltbog"
        text = danish ? "Åbn appen, når du har tid." : "Open the app when you have time."
    }
}

/// Whether to show it: once, until the app was opened.
public func isToShow(_ after: AfterExchange, shown: Bool) -> Bool {
    after == .ask && !shown
}
