import Plain
import UIKit

/// The process: one core, however many windows and moments in the background come and go.
@main
final class AppDelegate: UIResponder, UIApplicationDelegate {
    let presence = Presence()
    private(set) lazy var core = Core(vault: KeychainVault(presence: presence))
    private let reminders = SystemReminders()
    private(set) lazy var reminding = Reminding(core: core, reminders: reminders)
    private lazy var exchanges = Exchanges(core: core, reminders: reminders)

    func application(
        _ application: UIApplication, didFinishLaunchingWithOptions options: [UIApplication.LaunchOptionsKey: Any]? = nil
    ) -> Bool {
        FileKeeper.forgetWhatWasLeft()
        exchanges.register()
        exchanges.plan(NextExchange(after: .wait, failures: 0))
        reminding.begin()
        return true
    }

    /// What is typed about a citizen is no word for a keyboard of somebody else's.
    func application(
        _ application: UIApplication, shouldAllowExtensionPointIdentifier point: UIApplication.ExtensionPointIdentifier
    ) -> Bool {
        point != .keyboard
    }

    /// The window is on the screen: the vault may ask for its owner.
    func entered() {
        presence.isOnScreen = true
        Notices().forget()
    }

    /// Nothing of the home stays open while the system may stop the process; the page hears of it and shows its lock screen.
    func left() {
        presence.isOnScreen = false
        exchanges.leave(reminding)
    }
}
