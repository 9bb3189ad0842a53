import Foundation

/// What is shown at a moment. The system keeps it beside the locked database, so that it holds a moment, a number and a time of day, and
/// nothing else finds room.
public struct PlannedReminder: Equatable, Sendable {
    public enum About: String, CaseIterable, Sendable {
        case appointment
        case appointmentTomorrow = "appointment_tomorrow"
        case today
    }

    public let municipality: UInt32
    public let id: UInt32
    public let about: About
    /// As `10:30`; nothing where something is due today.
    public let clock: String?
    private let atMs: Int64

    /// Nothing for what is none.
    public init?(municipality: UInt32, id: UInt32, atMs: Int64, about: String, clock: String?) {
        guard let known = About(rawValue: about) else { return nil }
        let shown = known == .today ? nil : clock.flatMap { isClock($0) ? $0 : nil }
        if known != .today, shown == nil { return nil }
        (self.municipality, self.id, self.atMs, self.about, self.clock) = (municipality, id, atMs, known, shown)
    }

    /// What the system knows it by.
    public var name: String { "reminder.\(municipality).\(id)" }

    /// The moment as the system waits for it, wherever the phone is then.
    public var at: DateComponents {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let moment = Date(timeIntervalSince1970: Double(atMs) / 1000)
        return calendar.dateComponents([.timeZone, .year, .month, .day, .hour, .minute, .second], from: moment)
    }
}

/// The names the system is to forget, of those it has: all but those of municipalities that are locked, of which the core knows nothing.
/// Where one of them is told anew by another municipality, it goes as well.
public func withdrawn(pending: [String], coming: [PlannedReminder], unknown: [UInt32]) -> [String] {
    let told = Set(coming.map(\.id))
    return pending.filter { name in
        let words = name.split(separator: ".", omittingEmptySubsequences: false)
        guard words.count == 3, words[0] == "reminder", let municipality = UInt32(words[1]), let id = UInt32(words[2]) else { return false }
        return told.contains(id) || !unknown.contains(municipality)
    }
}

/// What the page is told of the wish to be reminded: a phone may forbid what its owner wishes.
public func wishWord(wanted: Bool, allowed: Bool) -> String {
    !wanted ? "off" : allowed ? "on" : "denied"
}

/// Whether an event means that what is planned may be wrong now.
public func isChange(_ event: String) -> Bool {
    event.contains(#""type":"changed""#)
}

private func isClock(_ text: String) -> Bool {
    let signs = Array(text.utf8)
    let isDigit = { (at: Int) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(signs[at]) }
    return signs.count == 5 && [0, 1, 3, 4].allSatisfy(isDigit) && signs[2] == UInt8(ascii: ":")
}
