import Foundation

/// The scheme under which the app answers its own page. No other app and no network is ever asked for it.
public let ourScheme = "feltbog-app"

/// The name the page lives under, the same as on Android; it belongs to nobody.
public let ourHost = "app.feltbog.invalid"

/// The page the app begins with.
public let firstPage = "\(ourScheme)://\(ourHost)/index.html"

/// What of ours an address names, from its first stroke on; nothing for what is not ours.
public func within(_ address: String?) -> String? {
    guard let address, let named = URLComponents(string: address) else { return nil }
    let isOurs = named.scheme == ourScheme && named.host == ourHost
    return isOurs && named.port == nil && named.user == nil && named.password == nil ? named.path : nil
}

/// Whether an address is of our own origin.
public func isOurs(_ address: String?) -> Bool {
    within(address) != nil
}

/// Whether whoever sent a message may speak to the core: our own page, in the window itself and not in a frame of it.
///
/// The port is 0 where the address names none, as WebKit says it.
public func maySpeak(scheme: String, host: String, port: Int, isMainFrame: Bool) -> Bool {
    isMainFrame && scheme == ourScheme && host == ourHost && port == 0
}

/// Whether an address outside is one that a telephone is there for, and that the person sees before anything is done.
public func leadsToAPerson(_ address: String?) -> Bool {
    guard let address, let end = address.firstIndex(of: ":") else { return false }
    return ["tel", "sms", "mailto"].contains(address[..<end])
}
