/// What a notification says. It may be read by anybody at home: no name, no number but a time of day, no word of what the app is for.
public struct NoticeText: Equatable, Sendable {
    public let title: String
    public let text: String

    /// Something waits for the person.
    public init(danish: Bool) {
        self.init(danish ? "Åbn appen, når du har tid." : "Open the app when you have time.")
    }

    /// An appointment is near, or something is due today.
    public init(_ reminder: PlannedReminder, danish: Bool) {
        let clock = reminder.clock ?? ""
        // As a time is written in Danish.
        let dotted = String(clock.map { $0 == ":" ? "." : $0 })
        switch reminder.about {
        case .appointment: self.init(danish ? "Du har en aftale kl. \(dotted)." : "You have an appointment at \(clock).")
        case .appointmentTomorrow:
            self.init(danish ? "Du har en aftale i morgen kl. \(dotted)." : "You have an appointment tomorrow at \(clock).")
        case .today: self.init(danish ? "Noget venter på dig i dag." : "Something is waiting for you today.")
        }
    }

    private init(_ text: String) {
        title = "Feltbog"
        self.text = text
    }
}

/// Whether to show it: once, until the app was opened.
public func isToShow(_ after: AfterExchange, shown: Bool) -> Bool {
    after == .ask && !shown
}
