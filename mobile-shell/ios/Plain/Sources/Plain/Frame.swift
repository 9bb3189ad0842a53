/// One message between page and host: `number verb`, a line break, and the rest, which neither of them looks into.
///
/// A question has a number of its own, which the answer repeats; what is told unasked has the number 0.
public struct Frame: Equatable, Sendable, CustomStringConvertible {
    public let number: Int
    public let verb: String
    public let content: String

    /// What a page said; nothing for what is no frame.
    public init?(_ text: String) {
        // By the byte: to Swift a carriage return and the line break after it are one letter.
        guard let end = text.utf8.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let words = text[..<end].split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, let number = Int(words[0]), number > 0 else { return nil }
        self.init(number: number, verb: String(words[1]), content: String(text[text.utf8.index(after: end)...]))
    }

    init(number: Int, verb: String, content: String) {
        self.number = number
        self.verb = verb
        self.content = content
    }

    public static func done(_ number: Int, _ content: String) -> Frame {
        Frame(number: number, verb: "done", content: content)
    }

    /// The host could not do it; what was saved is saved.
    public static func broken(_ number: Int) -> Frame {
        Frame(number: number, verb: "broken", content: "")
    }

    public static func event(_ content: String) -> Frame {
        Frame(number: 0, verb: "event", content: content)
    }

    public var description: String { "\(number) \(verb)\n\(content)" }
}
