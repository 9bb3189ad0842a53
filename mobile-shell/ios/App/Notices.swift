import Foundation
import Plain
import UserNotifications

/// The one notification there is: that somebody should open the app.
@MainActor
struct Notices {
    private let center = UNUserNotificationCenter.current()

    func show(_ after: AfterExchange) async {
        let shown = await !center.deliveredNotifications().isEmpty
        guard isToShow(after, shown: shown) else { return }
        let said = NoticeText(danish: Locale.preferredLanguages.first?.hasPrefix("da") ?? true)
        let content = UNMutableNotificationContent()
        content.title = said.title
        content.body = said.text
        // Without leave it stays silent: the app itself says everything when it is opened.
        try? await center.add(UNNotificationRequest(identifier: "feltbog", content: content, trigger: nil))
    }

    /// Asks for leave; how often it may be asked is the system's own affair.
    func ask() {
        Task { try? await center.requestAuthorization(options: [.alert]) }
    }

    func forget() {
        center.removeAllDeliveredNotifications()
    }
}
