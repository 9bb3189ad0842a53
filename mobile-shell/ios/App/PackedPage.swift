import Foundation
import Plain
import WebKit

/// Gives the page its files, and nothing else in the world.
final class PackedPage: NSObject, WKURLSchemeHandler {
    private let folder = Bundle.main.resourceURL?.appendingPathComponent("dist", isDirectory: true)

    func webView(_ webView: WKWebView, start task: any WKURLSchemeTask) {
        guard let asked = task.request.url else { return task.didFailWithError(URLError(.badURL)) }
        let packed = within(asked.absoluteString).flatMap(PackedFile.init)
        let content = packed.flatMap { packed in folder.flatMap { try? Data(contentsOf: $0.appendingPathComponent(packed.path)) } }
        let type = content == nil ? "text/plain" : packed?.type ?? "text/plain"
        let fields = pageHeaders.merging(["Content-Type": "\(type); charset=utf-8"]) { _, own in own }
        guard
            let head = HTTPURLResponse(
                url: asked, statusCode: content == nil ? 404 : 200, httpVersion: "HTTP/1.1", headerFields: fields)
        else { return task.didFailWithError(URLError(.badServerResponse)) }
        task.didReceive(head)
        task.didReceive(content ?? Data())
        task.didFinish()
    }

    /// Every file is given at once, so that there is nothing to stop.
    func webView(_ webView: WKWebView, stop task: any WKURLSchemeTask) {}
}
