import Feltbog
import Plain
import WebKit

/// What the page and the core say to each other. The system says with every message which page and which frame it is from, and none but
/// our own page in the window itself is answered. `mobile-shell/ui/src/bridge/handler.ts` is the other end.
@MainActor
final class Bridge: NSObject, WKScriptMessageHandlerWithReply {
    static let name = "feltbog"

    private let core: Core
    private let wishes: Wishes
    private let reminding: Reminding
    private var telling: Task<Void, Never>?

    init(core: Core, wishes: Wishes, reminding: Reminding) {
        self.core = core
        self.wishes = wishes
        self.reminding = reminding
    }

    /// A page is there; one that was there before is told no more.
    func reach(_ page: WKWebView) {
        close()
        telling = Task { [core] in
            guard let app = try? await core.app() else { return }
            for await event in app.events() { await tell(page, .event(event)) }
        }
    }

    func close() {
        telling?.cancel()
        telling = nil
    }

    /// The frame that answers; for whoever may not ask, an error without a word.
    func userContentController(_ controller: WKUserContentController, didReceive message: WKScriptMessage) async -> (Any?, String?) {
        let frame = message.frameInfo
        let from = frame.securityOrigin
        guard maySpeak(scheme: from.protocol, host: from.host, port: from.port, isMainFrame: frame.isMainFrame),
            let asked = (message.body as? String).flatMap(Frame.init)
        else { return (nil, "") }
        let content = try? await answer(asked)
        return ((content.map { Frame.done(asked.number, $0) } ?? .broken(asked.number)).description, nil)
    }

    private func answer(_ asked: Frame) async throws -> String? {
        switch asked.verb {
        case "call": try await core.app().call(request: asked.content)
        case "contract": String(buildInfo().contract)
        case "save": await saved(asked.content)
        case "scan": await wishes.scan()
        case "login": await wishes.logIn(asked.content)
        case "reminders": try await reminding.wish(asked.content)
        default: nil
        }
    }

    private func saved(_ content: String) async -> String? {
        guard let file = HandedFile(content) else { return nil }
        return String(await wishes.save(file))
    }

    /// What is said first arrives first: each is waited for before the next.
    private func tell(_ page: WKWebView, _ frame: Frame) async {
        let script = "dispatchEvent(new CustomEvent('\(Self.name)', { detail: frame }))"
        // A page that is gone hears nothing, and the next one reads everything anew.
        _ = try? await page.callAsyncJavaScript(script, arguments: ["frame": frame.description], in: nil, contentWorld: .page)
    }
}
