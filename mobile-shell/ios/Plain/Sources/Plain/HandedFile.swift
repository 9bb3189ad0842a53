import Foundation

/// A file that the page gives to the person, as it crosses over: its name, its type and what is in it, each on a line.
public struct HandedFile: Equatable, Sendable {
    public let name: String
    public let type: String
    public let content: Data

    /// Nothing for what is no file.
    public init?(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 3, let content = Data(base64Encoded: String(lines[2])) else { return nil }
        name = fileName(String(lines[0]))
        type = isType(lines[1]) ? String(lines[1]) : "application/octet-stream"
        self.content = content
    }
}

/// The name under which a file is offered: what a folder cannot hold is left out, and what could hide or lead astray.
public func fileName(_ wanted: String) -> String {
    let last = wanted.unicodeScalars.split { $0 == "/" || $0 == "\\" }.last ?? []
    let kept = String(String.UnicodeScalarView(last.filter(mayStandInAName)))
    let name = String(kept.trimmingCharacters(in: CharacterSet(charactersIn: " .")).prefix(mostLetters))
    return name.isEmpty ? "feltbog" : name
}

private func mayStandInAName(_ sign: Unicode.Scalar) -> Bool {
    sign.properties.isAlphabetic || sign.properties.generalCategory == .nonspacingMark
        || sign.properties.numericType == .decimal || " -_.".unicodeScalars.contains(sign)
}

private func isType(_ text: Substring) -> Bool {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2, !halves[0].isEmpty, !halves[1].isEmpty else { return false }
    let small = Set("abcdefghijklmnopqrstuvwxyz".utf8)
    return halves[0].utf8.allSatisfy(small.contains) && halves[1].utf8.allSatisfy(small.union("0123456789.+-".utf8).contains)
}

private let mostLetters = 100
