import Plain
import UIKit
import WebKit

/// The one screen: the packed user interface.
final class PageController: UIViewController, WKNavigationDelegate {
    private let core: Core
    private let reminding: Reminding
    private lazy var wishes = Wishes(screen: self)
    private lazy var bridge = Bridge(core: core, wishes: wishes, reminding: reminding)
    private lazy var page = WKWebView(frame: .zero, configuration: configuration())

    init(core: Core, reminding: Reminding) {
        self.core = core
        self.reminding = reminding
        super.init(nibName: nil, bundle: nil)
    }

    @available(*, unavailable)
    required init?(coder: NSCoder) {
        fatalError("this screen lies in no storyboard")
    }

    override func loadView() {
        page.navigationDelegate = self
        // A swipe from the edge goes back in the page's own history, which the page hears of as on any browser.
        page.allowsBackForwardNavigationGestures = true
        page.allowsLinkPreview = false
        // The page itself knows where the notch is.
        page.scrollView.contentInsetAdjustmentBehavior = .never
        view = page
    }

    override func viewDidLoad() {
        super.viewDidLoad()
        Task { await begin() }
    }

    private func begin() async {
        // Without its rules no page is shown at all.
        guard let store = WKContentRuleListStore.default(), let first = URL(string: firstPage),
            let rules = try? await store.compileContentRuleList(forIdentifier: "feltbog", encodedContentRuleList: onlyOurs)
        else { return }
        page.configuration.userContentController.add(rules)
        page.load(URLRequest(url: first))
    }

    /// The page's files come from the app, its messages go to the core, and nothing else of the world is in reach.
    private func configuration() -> WKWebViewConfiguration {
        let configuration = WKWebViewConfiguration()
        configuration.setURLSchemeHandler(PackedPage(), forURLScheme: ourScheme)
        configuration.userContentController.addScriptMessageHandler(bridge, contentWorld: .page, name: Bridge.name)
        // Numbers and days on the page lead where the page says.
        configuration.dataDetectorTypes = []
        configuration.preferences.javaScriptCanOpenWindowsAutomatically = false
        configuration.allowsAirPlayForMediaPlayback = false
        return configuration
    }

    /// The page itself never goes anywhere; a number or an address is handed to the telephone, which shows it first.
    func webView(_ webView: WKWebView, decidePolicyFor action: WKNavigationAction) async -> WKNavigationActionPolicy {
        let address = action.request.url?.absoluteString
        if isOurs(address), action.targetFrame?.isMainFrame == true { return .allow }
        if action.navigationType == .linkActivated, leadsToAPerson(address), let url = action.request.url {
            await UIApplication.shared.open(url)
        }
        return .cancel
    }

    func webView(_ webView: WKWebView, didFinish navigation: WKNavigation!) {
        if isOurs(webView.url?.absoluteString) { bridge.reach(webView) }
    }

    /// The system took the page's memory; the core has everything that was answered.
    func webViewWebContentProcessDidTerminate(_ webView: WKWebView) {
        bridge.close()
        webView.reload()
    }
}
