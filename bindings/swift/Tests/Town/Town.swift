import Foundation

/// The programs that ship: a server, and the leader's computer. `FELTBOG_BIN_DIR` names the folder they lie in.
public final class Town {
    private let folder: URL
    private var server: Process?
    private var address = "127.0.0.1:0"

    public init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("feltbog-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try "rødgrød med fløde\n".write(to: home("passphrase"), atomically: true, encoding: .utf8)
        let started = try ran("feltbog-server", ["init", "--json", "--tenant", "By", "--data", home("server").path])
        try startServer()
        let bootstrap = try started.text("bootstrap")
        try leader(
            "setup", "--server", "http://\(address)", "--code", bootstrap, "--name", "Lone Vest",
            "--programme", "IPS", "--shares-to", home("shares").path)
    }

    /// On the same address as before, where there was one. Ready when it has said where it is.
    public func startServer() throws {
        let (process, said) = try begun("feltbog-server", ["serve", "--listen", address, "--data", home("server").path])
        guard let line = said.line() else { throw Ended(what: "feltbog-server serve", status: nil) }
        server = process
        address = line.replacingOccurrences(of: "http://", with: "")
    }

    public func stopServer() throws {
        guard let server else { return }
        server.terminate()
        server.waitUntilExit()
        if server.terminationStatus != 0 { throw Ended(what: "feltbog-server serve", status: server.terminationStatus) }
    }

    @discardableResult
    public func leader(_ words: String...) throws -> Answer {
        try ran("feltbog", words + ["--json"])
    }

    public func invitation(_ name: String) throws -> String {
        try leader("invite", "--name", name, "--role", "consultant").text("invitation")
    }

    public func home(_ name: String) -> URL {
        folder.appendingPathComponent(name)
    }

    /// Somebody's phone, with the keys that go with the role.
    public func joined(_ name: String, _ vault: Pocket = Pocket()) async throws -> Phone {
        let phone = try await Phone.open(home(name), vault)
        try await phone.done("join", ["invitation": try invitation(name)])
        try await phone.done("sync")
        try leader("sync")
        try await phone.done("sync")
        return phone
    }

    deinit {
        // Not by asking: what a thread of Swift's own starts never hears SIGTERM.
        if let server, server.isRunning { kill(server.processIdentifier, SIGKILL) }
        server?.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    private func ran(_ program: String, _ words: [String]) throws -> Answer {
        let (process, said) = try begun(program, words)
        let text = said.rest()
        process.waitUntilExit()
        if process.terminationStatus != 0 {
            throw Ended(what: "\(program) \(words.first ?? "")", status: process.terminationStatus)
        }
        return try Answer(json: text)
    }

    private func begun(_ program: String, _ words: [String]) throws -> (Process, Said) {
        let environment = ProcessInfo.processInfo.environment
        let process = Process()
        process.executableURL = URL(fileURLWithPath: environment["FELTBOG_BIN_DIR"] ?? ".").appendingPathComponent(program)
        process.arguments = words
        let ours = [
            "FELTBOG_HOME": home("leader").path, "FELTBOG_PASSPHRASE_FILE": home("passphrase").path, "FELTBOG_LOG": "warn",
        ]
        process.environment = environment.merging(ours) { _, ours in ours }
        return (process, try Said(by: process))
    }

    public struct Ended: Error {
        let what: String
        let status: Int32?
    }
}
