// What the host for Apple's phones uses of LocalAuthentication.
public let LAErrorDomain = "com.apple.LocalAuthentication"

open class LAContext: @unchecked Sendable {
    public init() {}
    open var localizedReason: String { get { "" } set {} }
    open var interactionNotAllowed: Bool { get { false } set {} }
    open func invalidate() {}
}
