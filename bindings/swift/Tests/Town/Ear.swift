import Feltbog
import Foundation

/// Keeps every event until it is asked for.
public final class Ear: Listener, @unchecked Sendable {
    private let heard = NSCondition()
    private var told: [Answer] = []

    public init() {}

    public func onEvent(event: String) throws {
        let event = try Answer(json: event)
        heard.lock()
        told.append(event)
        heard.signal()
        heard.unlock()
    }

    /// Waits for an event of this kind; there is one, or the test never ends.
    public func hears(_ kind: String) {
        heard.lock()
        defer { heard.unlock() }
        while true {
            while told.isEmpty { heard.wait() }
            if told.removeFirst()["type"] == .text(kind) { return }
        }
    }

    /// What was told and not asked for yet.
    public func rest() -> [Answer] {
        heard.lock()
        defer { heard.unlock() }
        defer { told = [] }
        return told
    }
}
