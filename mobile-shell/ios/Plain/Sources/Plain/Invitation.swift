import Foundation

/// What a scanner read, if it is an invitation; the core judges it.
public func invitation(_ scanned: String?) -> String? {
    guard let read = scanned?.trimmingCharacters(in: .whitespacesAndNewlines) else { return nil }
    return read.hasPrefix("feltbog:") && read.count <= longest ? read : nil
}

private let longest = 4096
