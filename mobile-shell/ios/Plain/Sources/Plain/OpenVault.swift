/// How long the vault stays open after the owner showed a finger, a face or the phone's code. Asleep or not, the time goes on.
public struct OpenVault: Sendable {
    private var seen: ContinuousClock.Instant?

    public init() {}

    public mutating func ownerWasSeen(at now: ContinuousClock.Instant) {
        seen = now
    }

    public mutating func shut() {
        seen = nil
    }

    public func isOpen(at now: ContinuousClock.Instant) -> Bool {
        guard let seen else { return false }
        return now >= seen && now < seen + .seconds(300)
    }
}
