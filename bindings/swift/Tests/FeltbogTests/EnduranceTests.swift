import Town
import XCTest

final class EnduranceTests: TownTestCase {
    /// A request and an answer of this length each; if one of them were kept, it would be 160 MB in the end.
    private let length = 16 * 1024
    private let calls = 10_000
    private let mostGrowthKb = 64 * 1024

    /// What the process has in memory, in kilobytes.
    private func resident() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try XCTUnwrap(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
        return try XCTUnwrap(Int(line.filter(\.isNumber)))
    }

    private func ask(_ phone: Phone, _ calls: Int) async throws {
        let text = String(repeating: "x", count: length - 1)
        for number in 0..<calls {
            try await phone.done("keep_draft", ["about": "new_citizen", "text": "\(number % 10)\(text)"])
            if number % 2 == 1 {
                let drafts = try await phone.done("drafts")
                XCTAssertEqual(drafts["drafts"].list.count, 1)
            }
        }
    }

    func test_ten_thousand_calls_leave_nothing_behind_in_memory() async throws {
        let phone = try await town.joined("Asta")
        try await ask(phone, calls / 5)
        let before = try resident()
        try await ask(phone, calls)
        let growth = try resident() - before
        print("resident \(before) kB after warming up, \(growth) kB more after \(calls) calls")
        XCTAssertLessThan(growth, mostGrowthKb)
        try await phone.app.suspend()
    }
}
