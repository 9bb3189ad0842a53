import Foundation

/// The scheme a login sends the person back by (RFC 8252, 7.1).
public let loginScheme = "dk.feltbog.app"

/// A provider's page, if it is one: encrypted, so that nobody between the phone and it reads what is typed there.
public func loginPage(_ address: String) -> URL? {
    guard address.hasPrefix("https://"), address.utf8.count <= longest else { return nil }
    return URL(string: address)
}

/// What a login sent the person back to, if it is that; the core judges it.
public func loginAnswer(_ address: String?) -> String? {
    guard let address, address.hasPrefix("\(loginScheme):/"), address.utf8.count <= longest else { return nil }
    return address
}

/// Longer than any code of a provider.
private let longest = 32_768
