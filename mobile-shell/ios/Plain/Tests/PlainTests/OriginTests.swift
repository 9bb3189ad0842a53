import Plain
import XCTest

final class OriginTests: XCTestCase {
    private let origin = "\(ourScheme)://\(ourHost)"

    func test_only_our_own_origin_is_ours_however_an_address_is_dressed() {
        for ours in [firstPage, "\(origin)/", "\(origin)/assets/a.js?x#y"] { XCTAssertTrue(isOurs(ours), ours) }
        let others = [
            nil, "", "about:blank", "null", "https://app.feltbog.invalid/", "\(origin).example/", "\(origin):444/", "\(origin):0/",
            "\(ourScheme)://app.feltbog.invalid@example.org/", "\(ourScheme)://x@app.feltbog.invalid/", "\(ourScheme)://x:y@app.feltbog.invalid/",
            "\(ourScheme)://APP.feltbog.invalid/", "\(ourScheme):app.feltbog.invalid/", "\(ourScheme):///index.html",
            "file:///index.html", "javascript:alert(1)", "data:text/html,x", "\(origin)\\@a/",
        ]
        for other in others { XCTAssertFalse(isOurs(other), other ?? "nothing") }
    }

    func test_what_an_address_names_is_its_path_alone() {
        XCTAssertEqual(within("\(origin)/assets/a.js?x=/b#/c"), "/assets/a.js")
        XCTAssertEqual(within("\(origin)/%2e%2e/a.js"), "/../a.js")
        XCTAssertNil(PackedFile(within("\(origin)/%2e%2e/a.js") ?? ""))
    }

    func test_only_our_own_page_in_the_window_itself_may_speak() {
        XCTAssertTrue(maySpeak(scheme: ourScheme, host: ourHost, port: 0, isMainFrame: true))
        XCTAssertFalse(maySpeak(scheme: ourScheme, host: ourHost, port: 0, isMainFrame: false))
        XCTAssertFalse(maySpeak(scheme: "https", host: ourHost, port: 0, isMainFrame: true))
        XCTAssertFalse(maySpeak(scheme: ourScheme, host: "example.org", port: 0, isMainFrame: true))
        XCTAssertFalse(maySpeak(scheme: ourScheme, host: "", port: 0, isMainFrame: true))
        XCTAssertFalse(maySpeak(scheme: ourScheme, host: ourHost, port: 444, isMainFrame: true))
    }

    func test_a_telephone_number_and_an_address_lead_out_and_nothing_else_does() {
        for out in ["tel:+4520304050", "sms:20304050?body=x", "mailto:a@b.dk"] { XCTAssertTrue(leadsToAPerson(out), out) }
        let others = [nil, "", "tel", "https://example.org", "facetime:20304050", "file:///x", "telx:1", "TEL:1", "itms-apps:x", ":tel"]
        for other in others { XCTAssertFalse(leadsToAPerson(other), other ?? "nothing") }
    }
}
