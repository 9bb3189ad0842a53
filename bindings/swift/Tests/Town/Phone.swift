import Feltbog
import Foundation

/// An app as a phone has it open.
public struct Phone: Sendable {
    public let app: App
    public let ear: Ear

    public static func open(_ home: URL, _ vault: Pocket, locked: Bool = false) async throws -> Phone {
        let ear = Ear()
        let options = OpenOptions(home: home.path, locked: locked)
        return Phone(app: try await App.open(options: options, vault: vault, listener: ear), ear: ear)
    }

    public func call(_ type: String, _ fields: [String: String] = [:]) async throws -> Answer {
        let request = try JSONEncoder().encode(fields.merging(["type": type]) { _, type in type })
        return try Answer(json: try await app.call(request: String(decoding: request, as: UTF8.self)))
    }

    /// A call that is not refused.
    @discardableResult
    public func done(_ type: String, _ fields: [String: String] = [:]) async throws -> Answer {
        let answer = try await call(type, fields)
        if answer["type"] == .text("refused") { throw Refused(type: type, answer: answer) }
        return answer
    }

    public func newCase(_ number: String) async throws {
        try await done("new_case", ["number": number, "name": "Bo Bak"])
    }

    /// The entry's id. `-` is work without a case.
    public func log(_ about: String, _ note: String) async throws -> String {
        let place = about == "-" ? ["kind": "canvassing"] : ["case": about, "kind": "contact"]
        return try await done("log_entry", place.merging(["note": note]) { _, note in note }).text("entry")
    }

    public func entries(_ about: String) async throws -> [Answer] {
        try await done("show_case", ["case": about])["entries"].list
    }

    public struct Refused: Error {
        let type: String
        let answer: Answer
    }
}
