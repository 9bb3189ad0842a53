import Feltbog

/// The one app of this process. It begins locked, and is there until the process ends.
final class Core: Sendable {
    private let opening: Task<App, any Error>

    init(vault: KeychainVault) {
        opening = Task {
            let home = try Home.made()
            return try await App.open(options: OpenOptions(home: home.path, locked: true), vault: vault, listener: Silent())
        }
    }

    func app() async throws -> App {
        try await opening.value
    }
}

/// Nobody draws yet.
private final class Silent: Listener {
    func onEvent(event: String) throws {}
}
