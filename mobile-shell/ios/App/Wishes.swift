import Plain
import UIKit

/// What the page wishes of the phone's own screens: one at a time, answered when the person comes back.
@MainActor
final class Wishes {
    private unowned let screen: UIViewController

    init(screen: UIViewController) {
        self.screen = screen
    }

    /// Lets the person choose where a file goes. Whether it was written there.
    func save(_ file: HandedFile) async -> Bool {
        await FileKeeper(file).asked(on: screen)
    }

    /// Shows a provider's page above the app. What it sent the person back to; nothing when they closed it.
    func logIn(_ address: String) async -> String {
        guard let page = loginPage(address) else { return "" }
        return loginAnswer(await LoginPage(above: screen).asked(page)) ?? ""
    }

    /// Lets the camera read a code. Nothing where there is none, or none was read: then it is typed.
    func scan() async -> String {
        invitation(await InvitationScanner().asked(on: screen)) ?? ""
    }
}
