import Foundation

/// JSON, as the bus and the programs answer.
public enum Answer: Decodable, Equatable, Sendable {
    case none
    case yes(Bool)
    case number(Double)
    case text(String)
    case list([Answer])
    case record([String: Answer])

    public init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .none
        } else if let yes = try? value.decode(Bool.self) {
            self = .yes(yes)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([Answer].self) {
            self = .list(list)
        } else {
            self = .record(try value.decode([String: Answer].self))
        }
    }

    public init(json: String) throws {
        self = try JSONDecoder().decode(Answer.self, from: Data(json.utf8))
    }

    /// What stands under this name; nothing where there is none.
    public subscript(name: String) -> Answer {
        guard case .record(let fields) = self else { return .none }
        return fields[name] ?? .none
    }

    public var list: [Answer] {
        guard case .list(let list) = self else { return [] }
        return list
    }

    public func text(_ name: String) throws -> String {
        guard case .text(let text) = self[name] else { throw Lacking(name: name, answer: self) }
        return text
    }

    public struct Lacking: Error {
        let name: String
        let answer: Answer
    }
}
