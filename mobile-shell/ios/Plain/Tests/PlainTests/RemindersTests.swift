import Foundation
import Plain
import XCTest

final class RemindersTests: XCTestCase {
    func test_a_reminder_is_a_moment_a_number_and_a_time_of_day_and_what_is_anything_else_is_none() throws {
        XCTAssertEqual(try reminder(7, "appointment", "10:30").clock, "10:30")
        XCTAssertNil(try reminder(7, "today", "Bo Bak").clock)
        for (about, clock) in [("appointment", nil), ("appointment", "Bo"), ("appointment", "10:30 Bo"), ("birthday", "10:30"), ("", nil)] {
            XCTAssertNil(PlannedReminder(municipality: 1, id: 7, atMs: 0, about: about, clock: clock), about)
        }
        XCTAssertEqual(try reminder(7, "today").name, "reminder.1.7")
    }

    func test_the_system_waits_for_the_moment_itself_wherever_the_phone_is() throws {
        let planned = try XCTUnwrap(PlannedReminder(municipality: 1, id: 7, atMs: 1_774_769_400_000, about: "today", clock: nil))
        let at = planned.at
        XCTAssertEqual([at.year, at.month, at.day, at.hour, at.minute, at.second], [2026, 3, 29, 7, 30, 0])
        XCTAssertEqual(at.timeZone?.secondsFromGMT(), 0)
        XCTAssertEqual(Calendar(identifier: .gregorian).date(from: at), Date(timeIntervalSince1970: 1_774_769_400))
    }

    func test_what_is_not_coming_any_more_is_taken_back_except_where_a_municipality_is_locked() throws {
        let pending = ["reminder.1.7", "reminder.1.8", "reminder.2.7", "reminder.2.9", "feltbog", "reminder.x.7", "reminder.1.7.1"]
        let coming = [try reminder(8, "today")]
        XCTAssertEqual(withdrawn(pending: pending, coming: coming, unknown: []), ["reminder.1.7", "reminder.1.8", "reminder.2.7", "reminder.2.9"])
        XCTAssertEqual(withdrawn(pending: pending, coming: coming, unknown: [2]), ["reminder.1.7", "reminder.1.8"])
        let again = [try reminder(9, "today")]
        XCTAssertTrue(withdrawn(pending: pending, coming: again, unknown: [2]).contains("reminder.2.9"), "the same time is told once")
        XCTAssertEqual(withdrawn(pending: [], coming: coming, unknown: []), [])
    }

    func test_a_reminder_says_when_and_nothing_of_whom_where_or_what_for() throws {
        let appointment = try reminder(1, "appointment", "10:30")
        XCTAssertEqual(NoticeText(appointment, danish: true).text, "Du har en aftale kl. 10.30.")
        XCTAssertEqual(NoticeText(appointment, danish: false).text, "You have an appointment at 10:30.")
        let early = try reminder(1, "appointment_tomorrow", "07:15")
        XCTAssertEqual(NoticeText(early, danish: true).text, "Du har en aftale i morgen kl. 07.15.")
        XCTAssertEqual(NoticeText(try reminder(1, "today"), danish: true).text, "Noget venter på dig i dag.")
        for about in PlannedReminder.About.allCases {
            for danish in [true, false] {
                let said = NoticeText(try reminder(1, about.rawValue, "10:30"), danish: danish)
                let words = Set("\(said.title) \(said.text)".lowercased().split { " .".contains($0) }.map(String.init))
                let telling: Set = ["borger", "citizen", "ips", "sag", "case", "job", "sygdom", "virksomhed", "kommune"]
                XCTAssertTrue(words.isDisjoint(with: telling), said.text)
            }
        }
    }

    func test_the_page_hears_whether_its_owner_wishes_to_be_reminded_and_whether_the_phone_forbids_it() {
        XCTAssertEqual([false, true].map { wishWord(wanted: false, allowed: $0) }, ["off", "off"])
        XCTAssertEqual([false, true].map { wishWord(wanted: true, allowed: $0) }, ["denied", "on"])
    }

    func test_only_a_change_is_a_reason_to_look_again() {
        XCTAssertTrue(isChange(#"{"type":"changed","municipality":1}"#))
        for other in ["", #"{"type":"locked"}"#, #"{"type":"exchange_ended","ok":true}"#] { XCTAssertFalse(isChange(other), other) }
    }

    private func reminder(_ id: UInt32, _ about: String, _ clock: String? = nil) throws -> PlannedReminder {
        try XCTUnwrap(PlannedReminder(municipality: 1, id: id, atMs: 0, about: about, clock: clock))
    }
}
