// What the host for Apple's phones uses of WebKit.
@_exported import UIKit

@MainActor open class WKSecurityOrigin: NSObject {
    open var `protocol`: String { "" }
    open var host: String { "" }
    open var port: Int { 0 }
}
@MainActor open class WKFrameInfo: NSObject {
    open var isMainFrame: Bool { true }
    open var securityOrigin: WKSecurityOrigin { WKSecurityOrigin() }
}
@MainActor open class WKScriptMessage: NSObject {
    open var body: Any { "" }
    open var frameInfo: WKFrameInfo { WKFrameInfo() }
}
@MainActor open class WKContentWorld: NSObject {
    public static var page: WKContentWorld { WKContentWorld() }
}
@MainActor public protocol WKScriptMessageHandlerWithReply: NSObjectProtocol {
    func userContentController(_ controller: WKUserContentController, didReceive message: WKScriptMessage) async -> (Any?, String?)
}
@MainActor open class WKContentRuleList: NSObject {}
@MainActor open class WKContentRuleListStore: NSObject {
    public class func `default`() -> WKContentRuleListStore! { nil }
    open func compileContentRuleList(forIdentifier: String, encodedContentRuleList: String) async throws -> WKContentRuleList? { nil }
}
@MainActor open class WKUserContentController: NSObject {
    open func addScriptMessageHandler(_ handler: any WKScriptMessageHandlerWithReply, contentWorld: WKContentWorld, name: String) {}
    open func add(_ rules: WKContentRuleList) {}
}
@MainActor open class WKPreferences: NSObject {
    open var javaScriptCanOpenWindowsAutomatically = true
}
public struct WKDataDetectorTypes: OptionSet, Sendable {
    public let rawValue: UInt
    public init(rawValue: UInt) { self.rawValue = rawValue }
}
@MainActor open class WKWebViewConfiguration: NSObject {
    open var userContentController = WKUserContentController()
    open var preferences = WKPreferences()
    open var dataDetectorTypes: WKDataDetectorTypes = []
    open var allowsAirPlayForMediaPlayback = true
    open func setURLSchemeHandler(_ handler: (any WKURLSchemeHandler)?, forURLScheme: String) {}
}
@MainActor public protocol WKURLSchemeTask: NSObjectProtocol {
    var request: URLRequest { get }
    func didReceive(_ response: URLResponse)
    func didReceive(_ data: Data)
    func didFinish()
    func didFailWithError(_ error: any Error)
}
@MainActor public protocol WKURLSchemeHandler: NSObjectProtocol {
    func webView(_ webView: WKWebView, start task: any WKURLSchemeTask)
    func webView(_ webView: WKWebView, stop task: any WKURLSchemeTask)
}
public enum WKNavigationActionPolicy: Sendable { case cancel, allow }
public enum WKNavigationType: Sendable { case linkActivated, other }
@MainActor open class WKNavigationAction: NSObject {
    open var request: URLRequest { fatalError() }
    open var targetFrame: WKFrameInfo? { nil }
    open var navigationType: WKNavigationType { .other }
}
@MainActor open class WKNavigation: NSObject {}
@MainActor public protocol WKNavigationDelegate: NSObjectProtocol {
    func webView(_ webView: WKWebView, decidePolicyFor action: WKNavigationAction) async -> WKNavigationActionPolicy
    func webView(_ webView: WKWebView, didFinish navigation: WKNavigation!)
    func webViewWebContentProcessDidTerminate(_ webView: WKWebView)
}
@MainActor open class WKWebView: UIView {
    public init(frame: CGRect, configuration: WKWebViewConfiguration) { super.init(frame: frame) }
    open weak var navigationDelegate: (any WKNavigationDelegate)?
    open var allowsBackForwardNavigationGestures = false
    open var allowsLinkPreview = true
    open var scrollView: UIScrollView { UIScrollView() }
    open var url: URL? { nil }
    open var configuration: WKWebViewConfiguration { WKWebViewConfiguration() }
    @discardableResult open func load(_ request: URLRequest) -> WKNavigation? { nil }
    @discardableResult open func reload() -> WKNavigation? { nil }
    open func callAsyncJavaScript(_ body: String, arguments: [String: Any] = [:], in frame: WKFrameInfo? = nil, contentWorld: WKContentWorld)
        async throws -> Any?
    { nil }
}
