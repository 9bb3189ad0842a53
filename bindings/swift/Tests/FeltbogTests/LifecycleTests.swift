import Town
import XCTest

final class LifecycleTests: TownTestCase {
    /// Files of a home that this process holds open.
    private func openFiles(_ home: URL) throws -> [String] {
        let links = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        // One that was closed since it was listed is not open.
        let files = links.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)") }
        return files.filter { $0.hasPrefix(home.path + "/") }
    }

    func test_a_suspended_phone_holds_no_file_open_exchanges_in_the_background_and_opens_again_with_its_vault() async throws {
        let vault = Pocket()
        let phone = try await town.joined("Karen", vault)
        let home = try town.home("Karen")
        try await phone.newCase("K-1")
        XCTAssertNotEqual(try openFiles(home), [])
        try await phone.app.suspend()
        phone.ear.hears("locked")
        XCTAssertEqual(try openFiles(home), [])
        let locked = try await phone.call("cases")
        XCTAssertEqual(locked["code"], .text("needs_passphrase"))
        let outcome = try await phone.app.runBackgroundSync(deadlineMs: 60_000)
        XCTAssertEqual(outcome.unsent, 0)
        XCTAssertEqual(try openFiles(home), [])
        let asked = vault.asked
        try await phone.app.resume()
        XCTAssertEqual(vault.asked, asked + 1)
        let cases = try await phone.done("cases")
        XCTAssertEqual(cases["cases"].list.count, 1)
        try await phone.app.suspend()
    }

    func test_an_exchange_in_the_background_that_has_no_time_left_loses_nothing() async throws {
        let phone = try await town.joined("Grethe")
        try await phone.newCase("G-1")
        try await phone.app.suspend()
        let refused = try await refusal { _ = try await phone.app.runBackgroundSync(deadlineMs: 0) }
        XCTAssertEqual(refused, "out_of_time")
        let outcome = try await phone.app.runBackgroundSync(deadlineMs: 60_000)
        XCTAssertEqual(outcome.unsent, 0)
    }

    func test_a_phone_that_is_killed_opens_again_with_what_was_answered() async throws {
        let home = try town.home("Tove")
        do {
            let phone = try await town.joined("Tove")
            try await phone.newCase("T-1")
            try await phone.app.suspend()
        }
        var logged: [String] = []
        for _ in 1...3 {
            let other = Process()
            let here = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            other.executableURL = here.appendingPathComponent("Killed")
            other.arguments = [home.path]
            let said = try Said(by: other)
            // It goes on saving until it is killed in the middle of it.
            for _ in 1...5 { logged.append(try XCTUnwrap(said.line(), "the other phone ended")) }
            kill(other.processIdentifier, SIGKILL)
            other.waitUntilExit()
        }
        let phone = try await Phone.open(home, Pocket())
        let entries = try await phone.entries("T-1").map { try $0.text("entry") }
        XCTAssertEqual(Set(entries).count, entries.count)
        XCTAssertTrue(Set(entries).isSuperset(of: logged))
        try await phone.app.suspend()
    }

    func test_a_home_is_open_in_one_app_at_a_time() async throws {
        let phone = try await town.joined("Bodil")
        let home = try town.home("Bodil")
        let refused = try await refusal { _ = try await Phone.open(home, Pocket()) }
        XCTAssertEqual(refused, "in_use")
        try await phone.app.suspend()
        try await Phone.open(home, Pocket()).app.suspend()
    }

    func test_a_wiped_phone_is_empty_and_may_join_again() async throws {
        let phone = try await town.joined("Ruth")
        try await phone.app.wipe()
        let answer = try await phone.call("cases")
        XCTAssertEqual(answer["code"], .text("not_set_up"))
        XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: try town.home("Ruth").path), ["lock"])
        try await phone.done("join", ["invitation": try town.invitation("Ruth Lind")])
        try await phone.app.suspend()
    }
}
