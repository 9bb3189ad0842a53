/// When the system is asked for the next moment in the background. It grants one when it likes, and never before that.
public struct NextExchange: Equatable, Sendable {
    /// Seconds from now.
    public let seconds: Double
    /// How many went wrong one after the other, the last one included.
    public let failures: Int

    /// After one that came to this, with as many failures before it.
    public init(after: AfterExchange, failures: Int) {
        self.failures = after == .again ? max(failures, 0) + 1 : 0
        let doubled = min(self.failures, mostDoublings)
        seconds = after == .again ? min(soon * Double(1 << doubled) / 2, seldom) : seldom
    }
}

/// How long an exchange may take while the system leaves us this many seconds, in milliseconds; nothing when there is no time for one.
public func timeForExchange(left seconds: Double) -> UInt32? {
    let usable = min(seconds - closing, most)
    return usable >= shortest ? UInt32(usable * 1000) : nil
}

private let soon = 15.0 * 60
private let seldom = 4.0 * 60 * 60
private let mostDoublings = 16
/// The database is closed in this time, and the system told, before it ends the process.
private let closing = 5.0
/// What takes longer is better gone on with later.
private let most = 120.0
/// In less no server is asked and answers.
private let shortest = 3.0
