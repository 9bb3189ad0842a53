import Foundation
import Plain
import UserNotifications

/// The notification that somebody should open the app.
@MainActor
struct Notices {
    static var isDanish: Bool { Locale.preferredLanguages.first?.hasPrefix("da") ?? true }

    private let center = UNUserNotificationCenter.current()

    func show(_ after: AfterExchange) async {
        let shown = await center.deliveredNotifications().contains { $0.request.identifier == Self.name }
        guard isToShow(after, shown: shown) else { return }
        let said = NoticeText(danish: Self.isDanish)
        let content = UNMutableNotificationContent()
        content.title = said.title
        content.body = said.text
        // Without leave it stays silent: the app itself says everything when it is opened.
        try? await center.add(UNNotificationRequest(identifier: Self.name, content: content, trigger: nil))
    }

    /// The app was opened: it says everything itself.
    func forget() {
        center.removeAllDeliveredNotifications()
    }

    private static let name = "feltbog"
}
