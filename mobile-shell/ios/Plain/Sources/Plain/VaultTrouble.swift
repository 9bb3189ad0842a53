/// Why the phone's vault did not do its part, read from the numbers Apple gives its errors.
public enum VaultTrouble: Equatable, Sendable {
    /// Whoever holds the phone did not show that it is theirs.
    case declined
    /// Not now: the phone is locked or just starting, has no code, or nobody may be asked.
    case unavailable
    /// The vault has its key no more.
    case keyGone
    /// Something that was not foreseen; the number says what.
    case unexpected(Int)

    /// From the Keychain's own status.
    public init(keychain status: Int) {
        switch status {
        case -128, -25293: self = .declined  // errSecUserCanceled, errSecAuthFailed
        case -25308, -25291: self = .unavailable  // errSecInteractionNotAllowed, errSecNotAvailable
        case -25300, -26275: self = .keyGone  // errSecItemNotFound, errSecDecode
        default: self = .unexpected(status)
        }
    }

    /// From LocalAuthentication, which asks for the face.
    public init(authentication code: Int) {
        switch code {
        case -1, -2, -3: self = .declined  // authenticationFailed, userCancel, userFallback
        case -4, -5, -6, -7, -8, -9, -10, -1004: self = .unavailable  // the system's, no code, no finger, the app's, notInteractive
        default: self = .unexpected(code)
        }
    }
}
