import Plain
import XCTest

final class LoginTests: XCTestCase {
    private let long = String(repeating: "x", count: 40_000)

    func test_only_an_encrypted_page_is_one_to_log_in_at() {
        XCTAssertEqual(loginPage("https://login.kommune.dk/auth?x=1")?.host, "login.kommune.dk")
        let others = ["", "http://login.kommune.dk/", "HTTPS://x", "javascript:alert(1)", "itms-apps:x", "file:///x", " https://x", "https://" + long]
        for other in others { XCTAssertNil(loginPage(other), other) }
    }

    func test_what_sends_the_person_back_is_a_logins_answer_or_nothing() {
        XCTAssertEqual(loginAnswer("dk.feltbog.app:/login?code=a%2Bb"), "dk.feltbog.app:/login?code=a%2Bb")
        let others = [nil, "", "dk.feltbog.app", "dk.feltbog.app:", "dk.feltbog.apps:/login", "https://x", "dk.feltbog.app:/" + long]
        for other in others { XCTAssertNil(loginAnswer(other), other ?? "nothing") }
    }
}
