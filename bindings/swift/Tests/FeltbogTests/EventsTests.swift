import Feltbog
import Town
import XCTest

final class EventsTests: TownTestCase {
    func test_nothing_that_happens_after_a_subscription_was_cancelled_is_told_to_it() async throws {
        let phone = try await town.joined("Lis")
        let (kept, cancelled) = (Ear(), Ear())
        let keeping = phone.app.subscribe(listener: kept)
        let cancelling = phone.app.subscribe(listener: cancelled)
        try await phone.newCase("L-1")
        cancelled.hears("changed")
        cancelling.cancel()
        cancelling.cancel()
        try await phone.app.suspend()
        kept.hears("locked")
        XCTAssertFalse(cancelled.rest().contains { $0["type"] == .text("locked") })
        keeping.cancel()
    }

    func test_events_come_as_a_stream_which_lets_go_when_it_is_left() async throws {
        let phone = try await town.joined("Else")
        let events = phone.app.events()
        try await phone.app.suspend()
        for await event in events where event.contains("\"locked\"") { break }
        try await phone.app.resume()
        try await phone.app.suspend()
    }

    func test_a_listener_that_throws_what_it_did_not_declare_is_told_on() async throws {
        let phone = try await town.joined("Ninna")
        let sour = Sour()
        let subscription = phone.app.subscribe(listener: sour)
        while sour.ear.rest().count < 3 {
            for _ in 1...3 {
                try await phone.app.suspend()
                try await phone.app.resume()
            }
            sour.ear.hears("locked")
        }
        subscription.cancel()
        try await phone.app.suspend()
    }
}

/// Hears, and throws what no contract knows.
private final class Sour: Listener {
    let ear = Ear()

    func onEvent(event: String) throws {
        try ear.onEvent(event: event)
        throw CancellationError()
    }
}
