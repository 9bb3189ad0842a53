/// A file of the packed user interface: where it lies below the packed folder, and its type.
public struct PackedFile: Equatable, Sendable {
    public let path: String
    public let type: String

    /// The file a path of our own origin names; nothing where there can be none.
    public init?(_ named: String) {
        let parts = (named.hasPrefix("/") ? named.dropFirst() : named[...]).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy(isName), let end = parts.last?.lastIndex(of: "."), let last = parts.last else { return nil }
        guard let type = types[String(last[last.index(after: end)...])] else { return nil }
        path = parts.joined(separator: "/")
        self.type = type
    }
}

/// What goes with every answer; the same as on a computer. Our origin stands there by its name as well, so that nothing hangs on how `'self'`
/// is read where the scheme is the app's own.
public let pageHeaders = [
    "Content-Security-Policy":
        "default-src \(own); style-src \(own); script-src \(own); img-src \(own) data:; "
        + "connect-src \(own); base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
]

private let own = "'self' \(ourScheme)://\(ourHost)"

/// What the page may load, as WebKit's rules say it: files of its own, and nothing of a network, whatever the policy above lets through.
public let onlyOurs = """
    [
      {"trigger": {"url-filter": ".*"}, "action": {"type": "block"}},
      {"trigger": {"url-filter": "^\(ourScheme)://app\\\\.feltbog\\\\.invalid/"}, "action": {"type": "ignore-previous-rules"}},
      {"trigger": {"url-filter": "^data:"}, "action": {"type": "ignore-previous-rules"}}
    ]
    """

/// No point at the beginning: nothing hidden, and no way up.
private func isName(_ part: Substring) -> Bool {
    guard let first = part.utf8.first, first != UInt8(ascii: ".") else { return false }
    return part.utf8.allSatisfy { letters.contains($0) }
}

private let letters = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.".utf8)

private let types = [
    "html": "text/html",
    "js": "text/javascript",
    "css": "text/css",
    "svg": "image/svg+xml",
    "png": "image/png",
    "woff2": "font/woff2",
    "json": "application/json",
]
