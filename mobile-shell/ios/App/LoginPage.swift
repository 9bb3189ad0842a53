import AuthenticationServices
import Plain
import UIKit

/// A provider's page in the system's own browser, above the app: what is typed there is not the app's to read, and nothing of it is kept
/// for the next page.
@MainActor
final class LoginPage: NSObject, ASWebAuthenticationPresentationContextProviding {
    private unowned let screen: UIViewController
    private var session: ASWebAuthenticationSession?
    private var answer: CheckedContinuation<String?, Never>?

    init(above screen: UIViewController) {
        self.screen = screen
    }

    /// The address the person was sent back to; nothing when the page was closed, or could not be shown.
    func asked(_ page: URL) async -> String? {
        await withCheckedContinuation { answer in
            self.answer = answer
            let session = ASWebAuthenticationSession(url: page, callbackURLScheme: loginScheme) { address, _ in
                Task { @MainActor in self.done(address?.absoluteString) }
            }
            session.presentationContextProvider = self
            session.prefersEphemeralWebBrowserSession = true
            self.session = session
            if !session.start() { done(nil) }
        }
    }

    /// Once: a page that could not be shown may say so twice.
    private func done(_ address: String?) {
        session = nil
        answer?.resume(returning: address)
        answer = nil
    }

    func presentationAnchor(for session: ASWebAuthenticationSession) -> ASPresentationAnchor {
        screen.view.window ?? ASPresentationAnchor(frame: .zero)
    }
}
