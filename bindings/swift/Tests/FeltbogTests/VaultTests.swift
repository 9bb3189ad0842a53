import Feltbog
import Town
import XCTest

final class VaultTests: TownTestCase {
    private struct NotInTheContract: Error {}

    func test_a_vault_that_refuses_makes_no_device_and_may_be_asked_again() async throws {
        let vault = Pocket()
        vault.refusal = VaultError.Declined
        let phone = try await Phone.open(try town.home("Hanne"), vault)
        let invitation = try town.invitation("Hanne")
        let answer = try await phone.call("join", ["invitation": invitation])
        XCTAssertEqual(answer["code"], .text("vault_declined"))
        vault.refusal = nil
        try await phone.done("join", ["invitation": invitation])
        try await phone.app.suspend()
    }

    func test_without_the_right_key_nothing_opens_nothing_changes_and_the_unsent_can_be_handed_in() async throws {
        let vault = Pocket()
        do {
            let phone = try await town.joined("Birthe", vault)
            try await phone.newCase("B-1")
            try await phone.app.suspend()
        }
        let home = try town.home("Birthe")
        let refusals: [(any Error, String)] = [
            (VaultError.Declined, "vault_declined"),
            (VaultError.Unavailable, "vault_unavailable"),
            (VaultError.KeyGone, "vault_key_gone"),
            (VaultError.Unexpected(reason: "x"), "vault_broken"),
            (NotInTheContract(), "vault_broken"),
        ]
        for (thrown, word) in refusals {
            vault.refusal = thrown
            let refused = try await refusal { _ = try await Phone.open(home, vault) }
            XCTAssertEqual(refused, word)
        }
        let refused = try await refusal { _ = try await Phone.open(home, Pocket(bits: 0x11)) }
        XCTAssertEqual(refused, "wrong_key")
        try await opensAfterAll(home, vault)
    }

    private func opensAfterAll(_ home: URL, _ vault: Pocket) async throws {
        let phone = try await Phone.open(home, vault, locked: true)
        let refused = try await refusal { try await phone.app.resume() }
        XCTAssertEqual(refused, "vault_broken")
        var answer = try await phone.call("cases")
        XCTAssertEqual(answer["code"], .text("needs_passphrase"))
        answer = try await phone.done("hand_in")
        XCTAssertEqual(answer["type"], .text("unsent_handed_in"))
        vault.refusal = nil
        try await phone.app.resume()
        answer = try await phone.done("cases")
        XCTAssertEqual(answer["cases"].list.count, 1)
        try await phone.app.suspend()
    }
}
