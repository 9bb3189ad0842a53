import Foundation

/// What a program says on its standard output.
public final class Said {
    private let reading: FileHandle
    private var read = Data()

    /// Starts the program.
    public init(by process: Process) throws {
        let pipe = Pipe()
        process.standardOutput = pipe
        reading = pipe.fileHandleForReading
        try process.run()
    }

    /// The next line; nothing when the program has ended.
    public func line() -> String? {
        while true {
            if let end = read.firstIndex(of: UInt8(ascii: "\n")) {
                defer { read = read.suffix(from: read.index(after: end)) }
                return String(decoding: read[..<end], as: UTF8.self)
            }
            let more = reading.availableData
            if more.isEmpty { return nil }
            read.append(more)
        }
    }

    /// Everything up to the end.
    public func rest() -> String {
        read.append(reading.readDataToEndOfFile())
        return String(decoding: read, as: UTF8.self)
    }
}
