extension App {
    /// What happens in this app, as the bus's JSON, for as long as somebody iterates over it.
    public func events() -> AsyncStream<String> {
        let (events, passing) = AsyncStream<String>.makeStream()
        let subscription = subscribe(listener: Passing(on: passing))
        passing.onTermination = { _ in subscription.cancel() }
        return events
    }
}

private final class Passing: Listener {
    private let on: AsyncStream<String>.Continuation

    init(on: AsyncStream<String>.Continuation) {
        self.on = on
    }

    func onEvent(event: String) throws {
        if case .terminated = on.yield(event) { throw ListenerError.Gone }
    }
}
