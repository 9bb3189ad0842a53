import Town
import XCTest

final class FieldDayTests: TownTestCase {
    func test_a_visit_is_saved_without_a_network_sent_with_one_and_read_by_the_leader() async throws {
        let phone = try await town.joined("Olga")
        let note = "Mødtes på kajen, rødgrød med fløde 🌧"
        try town.stopServer()
        try await phone.newCase("O-1")
        let entry = try await phone.log("O-1", note)
        var entries = try await phone.entries("O-1")
        XCTAssertEqual(entries.map { $0["state"] }, [.text("local_only")])
        let refused = try await phone.call("sync")
        XCTAssertEqual(refused["code"], .text("unreachable"))
        try town.startServer()
        let synced = try await phone.done("sync")
        XCTAssertEqual(synced["unsent"], .number(0))
        entries = try await phone.entries("O-1")
        XCTAssertEqual(entries.map { [$0["entry"], $0["state"]] }, [[.text(entry), .text("sent")]])
        try town.leader("sync")
        XCTAssertEqual(try town.leader("show", "O-1")["entries"].list.map { $0["note"] }, [.text(note)])
        try await phone.app.suspend()
    }

    func test_what_the_leader_writes_arrives_with_an_event() async throws {
        let phone = try await town.joined("Edith")
        try await phone.newCase("E-1")
        try await phone.done("sync")
        _ = phone.ear.rest()
        try town.leader("sync")
        try town.leader("log", "E-1", "note", "--note", "Ring til kommunen")
        try town.leader("sync")
        try await phone.done("sync")
        phone.ear.hears("changed")
        let entries = try await phone.entries("E-1")
        XCTAssertEqual(entries.map { $0["note"] }, [.text("Ring til kommunen")])
        try await phone.app.suspend()
    }

    func test_a_hundred_questions_at_once_are_all_answered() async throws {
        let phone = try await town.joined("Inge")
        let logged = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 1...100 {
                group.addTask { try await phone.log("-", "Rundt på havnen \(number)") }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        XCTAssertEqual(logged.count, 100)
        let entries = try await phone.entries("-")
        XCTAssertEqual(Set(try entries.map { try $0.text("note") }).count, 100)
        try await phone.app.suspend()
    }

    func test_a_call_that_nobody_waits_for_any_more_is_done_all_the_same() async throws {
        let phone = try await town.joined("Agnes")
        let asked = Task { try await phone.log("-", "Alligevel") }
        asked.cancel()
        _ = await asked.result
        let entries = try await phone.entries("-")
        XCTAssertEqual(entries.map { $0["note"] }, [.text("Alligevel")])
        try await phone.app.suspend()
    }
}
