import Foundation
import LocalAuthentication
import Plain

/// That whoever holds the phone showed that it is theirs, and how long that counts. It needs a screen to ask on.
final class Presence: @unchecked Sendable {
    private let lock = NSLock()
    private var vault = OpenVault()
    private var shown: LAContext?
    private var onScreen = false

    var isOnScreen: Bool {
        get { lock.withLock { onScreen } }
        set { lock.withLock { onScreen = newValue } }
    }

    /// The one in which the owner was seen, while that counts; else a new one, which asks where there is a screen to ask on.
    func context() -> LAContext {
        lock.withLock {
            if let shown, vault.isOpen(at: .now) { return shown }
            shown?.invalidate()
            shown = nil
            let asking = LAContext()
            asking.localizedReason = NSLocalizedString("Lås Feltbog op", comment: "Why the phone asks who holds it.")
            asking.interactionNotAllowed = !onScreen
            return asking
        }
    }

    /// What was opened with this one was opened by the owner. Seen again is not asked again: the time counts from the first.
    func ownerWasSeen(_ context: LAContext) {
        lock.withLock {
            if shown === context { return }
            shown = context
            vault.ownerWasSeen(at: .now)
        }
    }
}
