import BackgroundTasks
import Feltbog
import Plain
import UIKit

/// Exchanges while nobody looks: right after the app was left, and when the system finds it convenient. Each may be stopped at any point
/// and is gone on with by the next.
@MainActor
final class Exchanges {
    /// As `Info.plist` permits it.
    nonisolated private static let task = "dk.feltbog.exchange"
    private static let failures = "failures"

    private let core: Core
    private let reminders: SystemReminders

    init(core: Core, reminders: SystemReminders) {
        self.core = core
        self.reminders = reminders
    }

    /// Before the app has finished launching: the system may have started it for this alone.
    func register() {
        BGTaskScheduler.shared.register(forTaskWithIdentifier: Self.task, using: .main) { task in
            MainActor.assumeIsolated { self.run(Moment(task)) }
        }
    }

    func plan(_ next: NextExchange) {
        let request = BGAppRefreshTaskRequest(identifier: Self.task)
        request.earliestBeginDate = Date(timeIntervalSinceNow: next.seconds)
        // Where the person has switched it off there is none: the app exchanges when it is opened.
        try? BGTaskScheduler.shared.submit(request)
    }

    /// Plans what to remind of and closes the home, then exchanges while the vault is still open and the system gives time.
    func leave(_ reminding: Reminding) {
        let application = UIApplication.shared
        // The core ends within its own time, which is shorter: when the system's is over there is nothing left to do but to say so.
        let time = LentTime(application)
        Task {
            defer { time.giveBack() }
            guard let app = try? await core.app() else { return }
            await reminding.look(app)
            try? await app.suspend()
            await exchange(app, left: application.backgroundTimeRemaining)
        }
    }

    private func run(_ moment: Moment) {
        Task {
            guard let app = try? await core.app() else { return moment.end(success: false) }
            let after = await exchange(app, left: refreshSeconds)
            moment.end(success: after != .again)
        }
    }

    @discardableResult
    private func exchange(_ app: App, left seconds: Double) async -> AfterExchange {
        guard let time = timeForExchange(left: seconds) else { return .wait }
        let after = await outcome(app, time)
        if after == .ask { await Notices().show(after) }
        let remembered = UserDefaults.standard
        let next = NextExchange(after: after, failures: remembered.integer(forKey: Self.failures))
        remembered.set(next.failures, forKey: Self.failures)
        plan(next)
        return after
    }

    private func outcome(_ app: App, _ time: UInt32) async -> AfterExchange {
        do {
            let done = try await app.runBackgroundSync(deadlineMs: time)
            await reminders.plan(done.reminders)
            return AfterExchange(refused: done.refused)
        } catch HostError.Refused(let code, _, let retryable) {
            return AfterExchange(refusal: code, retryable: retryable)
        } catch {
            return .again
        }
    }

    /// What the system gives a refresh.
    private let refreshSeconds = 30.0
}
