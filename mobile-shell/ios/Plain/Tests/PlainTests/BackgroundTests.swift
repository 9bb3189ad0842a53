import Plain
import XCTest

final class BackgroundTests: XCTestCase {
    func test_after_an_exchange_the_phone_waits_tries_again_or_asks() {
        XCTAssertEqual(AfterExchange(refused: 0), .wait)
        XCTAssertEqual(AfterExchange(refused: 2), .ask)
        for code in ["vault_unavailable", "vault_declined", "not_set_up", "gave_way", "in_use"] {
            XCTAssertEqual(AfterExchange(refusal: code, retryable: true), .wait, code)
        }
        for code in ["unreachable", "out_of_time"] { XCTAssertEqual(AfterExchange(refusal: code, retryable: true), .again, code) }
        for code in ["vault_key_gone", "wrong_key"] { XCTAssertEqual(AfterExchange(refusal: code, retryable: false), .ask, code) }
    }

    func test_a_notification_is_shown_once_and_says_nothing_of_anybody() {
        XCTAssertTrue(isToShow(.ask, shown: false))
        XCTAssertFalse(isToShow(.ask, shown: true))
        XCTAssertEqual(AfterExchange.allCases.filter { isToShow($0, shown: false) }, [.ask])
        for danish in [true, false] {
            let notice = NoticeText(danish: danish)
            let said = "\(notice.title) \(notice.text)"
            XCTAssertFalse(said.contains(where: \.isNumber), said)
            for word in ["borger", "citizen", "ips", "sag", "case", "besked", "sendt"] { XCTAssertFalse(said.lowercased().contains(word), word) }
        }
        XCTAssertNotEqual(NoticeText(danish: true), NoticeText(danish: false))
    }

    func test_what_may_succeed_later_is_tried_a_little_later_each_time_and_never_more_seldom_than_every_four_hours() {
        let fourHours = 4.0 * 60 * 60
        let again = (0..<8).map { NextExchange(after: .again, failures: $0) }
        XCTAssertEqual(again.prefix(6).map(\.seconds), [900, 1800, 3600, 7200, fourHours, fourHours])
        XCTAssertEqual(again.map(\.failures), Array(1...8))
        XCTAssertEqual(NextExchange(after: .again, failures: 10_000).seconds, fourHours)
        XCTAssertEqual(NextExchange(after: .again, failures: -5).seconds, 900)
        for after in [AfterExchange.wait, .ask] {
            let next = NextExchange(after: after, failures: 5)
            XCTAssertEqual(next.seconds, fourHours)
            XCTAssertEqual(next.failures, 0)
        }
    }

    func test_an_exchange_leaves_time_to_close_and_is_not_begun_without_any() {
        XCTAssertEqual(timeForExchange(left: 30), 25_000)
        XCTAssertEqual(timeForExchange(left: 8), 3_000)
        for little in [7.9, 5, 0, -1, -Double.greatestFiniteMagnitude, .nan] { XCTAssertNil(timeForExchange(left: little), "\(little)") }
        for much in [125, 1e9, Double.greatestFiniteMagnitude, .infinity] { XCTAssertEqual(timeForExchange(left: much), 120_000, "\(much)") }
    }

    func test_the_vault_stays_open_five_minutes_after_the_owner_was_seen_and_no_longer() {
        let start = ContinuousClock.now
        var vault = OpenVault()
        XCTAssertFalse(vault.isOpen(at: start))
        vault.ownerWasSeen(at: start)
        XCTAssertTrue(vault.isOpen(at: start))
        XCTAssertTrue(vault.isOpen(at: start + .milliseconds(299_999)))
        XCTAssertFalse(vault.isOpen(at: start + .seconds(300)))
        XCTAssertFalse(vault.isOpen(at: start - .seconds(1)))
        vault.shut()
        XCTAssertFalse(vault.isOpen(at: start))
    }

    func test_a_vault_that_lost_its_key_is_told_from_one_that_is_shut() {
        XCTAssertEqual([-128, -25293].map(VaultTrouble.init(keychain:)), [.declined, .declined])
        XCTAssertEqual([-25308, -25291].map(VaultTrouble.init(keychain:)), [.unavailable, .unavailable])
        XCTAssertEqual([-25300, -26275].map(VaultTrouble.init(keychain:)), [.keyGone, .keyGone])
        XCTAssertEqual(VaultTrouble(keychain: -50), .unexpected(-50))
        XCTAssertEqual([-1, -2, -3].map(VaultTrouble.init(authentication:)), [.declined, .declined, .declined])
        for code in [-4, -5, -6, -7, -8, -9, -10, -1004] { XCTAssertEqual(VaultTrouble(authentication: code), .unavailable, "\(code)") }
        XCTAssertEqual(VaultTrouble(authentication: 0), .unexpected(0))
    }
}
