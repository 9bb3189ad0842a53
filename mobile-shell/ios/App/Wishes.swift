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

    /// Lets the camera read a code. Nothing where there is none, or none was read: then it is typed.
    func scan() async -> String {
        invitation(await InvitationScanner().asked(on: screen)) ?? ""
    }
}
