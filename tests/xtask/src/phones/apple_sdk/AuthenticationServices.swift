// What the host for Apple's phones uses of AuthenticationServices.
import Foundation
import UIKit

public typealias ASPresentationAnchor = UIWindow
@MainActor public protocol ASWebAuthenticationPresentationContextProviding: AnyObject {
    func presentationAnchor(for session: ASWebAuthenticationSession) -> ASPresentationAnchor
}
@MainActor public final class ASWebAuthenticationSession {
    public typealias CompletionHandler = (URL?, (any Error)?) -> Void
    public init(url: URL, callbackURLScheme: String?, completionHandler: @escaping CompletionHandler) {}
    public weak var presentationContextProvider: (any ASWebAuthenticationPresentationContextProviding)?
    public var prefersEphemeralWebBrowserSession = false
    public func start() -> Bool { false }
}
