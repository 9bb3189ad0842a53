import Feltbog
import Plain

/// Keeps what the phone reminds of as the core has it, for as long as the app is open.
@MainActor
final class Reminding {
    private let core: Core
    private let reminders: SystemReminders
    private var telling: Task<Void, Never>?

    init(core: Core, reminders: SystemReminders) {
        self.core = core
        self.reminders = reminders
    }

    func begin() {
        telling = Task { [core] in
            guard let app = try? await core.app() else { return }
            for await event in app.events() where isChange(event) { await look(app) }
        }
    }

    /// What it finds locked, it leaves as it is.
    func look(_ app: App) async {
        guard reminders.areWanted, let coming = try? await app.nextReminders() else { return }
        await reminders.plan(coming)
    }

    /// `on` and `off` are the owner's wish, anything else asks for it. How it stands then.
    func wish(_ word: String) async throws -> String {
        if word == "on" || word == "off" { await reminders.want(word == "on") }
        await look(try await core.app())
        return await reminders.word()
    }
}
