/// What is done after an exchange in the background.
public enum AfterExchange: CaseIterable, Sendable {
    /// Nothing: the next comes at its time.
    case wait
    /// Try again soon, and each time a little later.
    case again
    /// Only the person can help, by opening the app.
    case ask

    /// It went through: somebody has to look when the server refused something.
    public init(refused: UInt32) {
        self = refused > 0 ? .ask : .wait
    }

    /// It did not. A vault that is shut while nobody holds the phone is the rule and no trouble, and neither is a phone on which nobody
    /// has joined. A key that is gone and a device that was stopped will not come back by themselves.
    public init(refusal code: String, retryable: Bool) {
        self = shut.contains(code) ? .wait : retryable ? .again : .ask
    }
}

private let shut: Set = ["vault_unavailable", "vault_declined", "not_set_up", "gave_way", "in_use"]
