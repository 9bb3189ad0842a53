import Feltbog
import Foundation
import Plain
import UserNotifications

/// What the phone reminds of, kept by its own system: also while the app is locked, and after the phone was switched off and on.
@MainActor
final class SystemReminders {
    private static let wanted = "reminders"

    private let center = UNUserNotificationCenter.current()
    /// One plan after the other: what was told last stands.
    private var planning: Task<Void, Never>?

    var areWanted: Bool { UserDefaults.standard.bool(forKey: Self.wanted) }

    /// Her own choice on this phone, and the moment to ask for leave. What is planned goes when it is taken back.
    func want(_ wanted: Bool) async {
        UserDefaults.standard.set(wanted, forKey: Self.wanted)
        if wanted {
            _ = try? await center.requestAuthorization(options: [.alert, .sound])
        } else {
            await replace([], unknown: [])
        }
    }

    func plan(_ core: Reminders) async {
        guard areWanted else { return }
        let coming = core.coming.compactMap {
            PlannedReminder(municipality: $0.municipality, id: $0.id, atMs: $0.atMs, about: $0.about, clock: $0.clock)
        }
        await replace(coming, unknown: core.unknown)
    }

    func word() async -> String {
        let allowed = await center.notificationSettings().authorizationStatus == .authorized
        return wishWord(wanted: areWanted, allowed: allowed)
    }

    private func replace(_ coming: [PlannedReminder], unknown: [UInt32]) async {
        let before = planning
        let now = Task {
            await before?.value
            let pending = await center.pendingNotificationRequests().map(\.identifier)
            center.removePendingNotificationRequests(withIdentifiers: withdrawn(pending: pending, coming: coming, unknown: unknown))
            // Without leave it stays silent, and the page says why.
            for reminder in coming { try? await center.add(request(reminder)) }
        }
        planning = now
        await now.value
    }

    private func request(_ reminder: PlannedReminder) -> UNNotificationRequest {
        let said = NoticeText(reminder, danish: Notices.isDanish)
        let content = UNMutableNotificationContent()
        content.title = said.title
        content.body = said.text
        content.sound = .default
        let trigger = UNCalendarNotificationTrigger(dateMatching: reminder.at, repeats: false)
        return UNNotificationRequest(identifier: reminder.name, content: content, trigger: trigger)
    }
}
