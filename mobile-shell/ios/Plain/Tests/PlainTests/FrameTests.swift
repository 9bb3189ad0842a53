import Plain
import XCTest

final class FrameTests: XCTestCase {
    func test_a_frame_comes_out_as_it_went_in_whatever_stands_in_it() throws {
        for content in ["", "{\"type\":\"cases\"}", "rødgrød\n\n🌧 1 call\n", "\n", "a\r\nb"] {
            let read = try XCTUnwrap(Frame("7 call\n\(content)"))
            XCTAssertEqual(read.number, 7)
            XCTAssertEqual(read.verb, "call")
            XCTAssertEqual(read.content, content)
        }
        XCTAssertEqual("\(Frame.done(7, "x"))", "7 done\nx")
        XCTAssertEqual("\(Frame.broken(7))", "7 broken\n")
        XCTAssertEqual("\(Frame.event("{}"))", "0 event\n{}")
    }

    func test_what_is_no_frame_of_a_page_is_none() {
        for text in ["", "\n", "7 call", "call\n", "0 call\n", "-1 call\n", "x call\n", "7  call\n", "7 call more\n", "99999999999999999999 call\n"] {
            XCTAssertNil(Frame(text), text)
        }
    }

    func test_what_a_scanner_read_is_an_invitation_or_nothing() {
        XCTAssertEqual(invitation(" feltbog:abc \n"), "feltbog:abc")
        for other in [nil, "", "https://example.org", "feltbog", "feltbog:" + String(repeating: "x", count: 5000)] {
            XCTAssertNil(invitation(other), other ?? "nothing")
        }
    }
}
