import BackgroundTasks
import UIKit

/// Time that the system lends an app which was left. What is not given back costs the process.
@MainActor
final class LentTime {
    private let application: UIApplication
    private var lent = UIBackgroundTaskIdentifier.invalid

    init(_ application: UIApplication) {
        self.application = application
        lent = application.beginBackgroundTask { [self] in giveBack() }
    }

    func giveBack() {
        if lent != .invalid { application.endBackgroundTask(lent) }
        lent = .invalid
    }
}

/// A moment in the background that the system gave by itself. Its end is told once: when the work is done, or when the system takes the
/// moment back. The core ends its exchange by itself, and nobody waits for it any more then.
@MainActor
final class Moment {
    private var task: BGTask?

    init(_ task: BGTask) {
        self.task = task
        // Called on any thread: without the mark the closure would belong to the one that draws, and end the process on another.
        task.expirationHandler = { @Sendable [weak self] in
            Task { @MainActor in self?.end(success: false) }
        }
    }

    func end(success: Bool) {
        task?.setTaskCompleted(success: success)
        task = nil
    }
}
