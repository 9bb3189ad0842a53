import Feltbog
import Town
import XCTest

final class JoiningTests: TownTestCase {
    func test_the_build_says_which_contract_it_keeps() {
        XCTAssertEqual(buildInfo().contract, 1)
    }

    func test_a_phone_on_which_nobody_has_joined_says_so_and_joins_by_an_invitation_that_is_good_once() async throws {
        let invitation = try town.invitation("Vera")
        let phone = try await Phone.open(try town.home("Vera"), Pocket())
        var answer = try await phone.call("cases")
        XCTAssertEqual(answer["code"], .text("not_set_up"))
        answer = try await phone.call("join", ["invitation": "en seddel"])
        XCTAssertEqual(answer["code"], .text("not_an_invitation"))
        answer = try await phone.done("join", ["invitation": invitation])
        XCTAssertEqual(answer["role"], .text("consultant"))
        answer = try await phone.call("join", ["invitation": invitation])
        XCTAssertEqual(answer["code"], .text("already_set_up"))
        try await phone.app.suspend()
        let other = try await Phone.open(try town.home("Vera again"), Pocket())
        answer = try await other.call("join", ["invitation": invitation])
        XCTAssertEqual(answer["code"], .text("INVITATION_USED"))
    }

    func test_what_is_no_request_is_refused_in_the_words_of_the_bus() async throws {
        let phone = try await Phone.open(try town.home("nobody"), Pocket())
        for request in ["", "{}", "{\"type\":\"fly\"}", "\u{0}"] {
            let answer = try Answer(json: try await phone.app.call(request: request))
            XCTAssertEqual(answer["code"], .text("unreadable"), request)
        }
    }
}
