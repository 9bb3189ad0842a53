import Foundation
import Plain
import XCTest

final class FilesTests: XCTestCase {
    func test_a_path_names_a_packed_file_with_its_type_and_no_way_leads_up_or_to_what_is_hidden() throws {
        let page = try XCTUnwrap(PackedFile("/index.html"))
        XCTAssertEqual([page.path, page.type], ["index.html", "text/html"])
        let script = try XCTUnwrap(PackedFile("/assets/index-D2_x.js"))
        XCTAssertEqual([script.path, script.type], ["assets/index-D2_x.js", "text/javascript"])
        let others = [
            "", "/", "/assets/", "/../a.js", "/a/../b.js", "/.env.js", "//a.js", "/a b.js", "/a.ipa", "/a\u{0}.js", "/a\\b.js", "/a", "/å.js", "/a.",
        ]
        for path in others { XCTAssertNil(PackedFile(path), path) }
    }

    func test_the_policy_lets_nothing_foreign_in() throws {
        let policy = try XCTUnwrap(pageHeaders["Content-Security-Policy"])
        for rule in policy.split(separator: ";") {
            let sources = rule.split(separator: " ").dropFirst().map(String.init)
            let ours: Set = ["'self'", "\(ourScheme)://\(ourHost)", "'none'"]
            XCTAssertTrue(ours.isSuperset(of: rule.contains("img-src") ? sources.filter { $0 != "data:" } : sources), "\(rule)")
        }
        for rule in ["default-src 'self'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'none'"] {
            XCTAssertTrue(policy.contains(rule), rule)
        }
        XCTAssertFalse(policy.contains("unsafe") || policy.contains("  "), policy)
    }

    func test_the_rules_block_everything_first_and_then_let_only_our_own_origin_through() throws {
        struct Rule: Decodable {
            let trigger: [String: String]
            let action: [String: String]
        }
        let rules = try JSONDecoder().decode([Rule].self, from: Data(onlyOurs.utf8))
        XCTAssertEqual(rules.map { $0.action["type"] }, ["block", "ignore-previous-rules", "ignore-previous-rules"])
        let filters = try rules.map { try NSRegularExpression(pattern: try XCTUnwrap($0.trigger["url-filter"])) }
        let loaded = { (address: String) in
            let whole = NSRange(address.startIndex..., in: address)
            let last = filters.lastIndex { $0.firstMatch(in: address, range: whole) != nil }
            return last != 0
        }
        for ours in [firstPage, "\(ourScheme)://\(ourHost)/assets/a.js", "data:image/png;base64,AA"] { XCTAssertTrue(loaded(ours), ours) }
        for other in ["https://example.org/", "http://127.0.0.1/", "\(ourScheme)://appxfeltbog.invalid/", "https://x/\(firstPage)", "blob:x"] {
            XCTAssertFalse(loaded(other), other)
        }
    }

    func test_a_files_name_keeps_its_words_and_loses_what_leads_astray() {
        XCTAssertEqual(fileName("Borger SYD-0001.pdf"), "Borger SYD-0001.pdf")
        XCTAssertEqual(fileName("æøå ÆØÅ.csv"), "æøå ÆØÅ.csv")
        XCTAssertEqual(fileName("a\u{30a}.csv"), "a\u{30a}.csv")
        XCTAssertEqual(fileName("../../etc/passwd"), "passwd")
        XCTAssertEqual(fileName("C:\\temp\\..\\a.pdf"), "a.pdf")
        XCTAssertEqual(fileName("a\u{202E}fdp.exe\r\n"), "afdp.exe")
        XCTAssertEqual(fileName("..."), "feltbog")
        XCTAssertEqual(fileName(""), "feltbog")
        XCTAssertEqual(fileName(String(repeating: "x", count: 500)).count, 100)
    }

    func test_a_file_crosses_over_byte_by_byte_and_what_is_none_is_refused() throws {
        let file = try XCTUnwrap(HandedFile("../a.pdf\napplication/pdf\nAP8A"))
        XCTAssertEqual([file.name, file.type], ["a.pdf", "application/pdf"])
        XCTAssertEqual(file.content, Data([0, 255, 0]))
        let empty = try XCTUnwrap(HandedFile("a\ntext/csv;charset=utf-8\n"))
        XCTAssertEqual(empty.type, "application/octet-stream")
        XCTAssertEqual(empty.content, Data())
        for broken in ["", "a\nb", "a\nb\nno base64!", "a\nb\nAP8A\nc"] { XCTAssertNil(HandedFile(broken), broken) }
    }
}
