import Feltbog
import Foundation

/// A vault for tests: turns bits over with its own, or throws what it was told to.
public final class Pocket: KeyVault, @unchecked Sendable {
    private let bits: UInt8
    private let lock = NSLock()
    private var isRefusing: (any Error)?
    private var wasAsked = 0

    public init(bits: UInt8 = 0x5a) {
        self.bits = bits
    }

    public var refusal: (any Error)? {
        get { lock.withLock { isRefusing } }
        set { lock.withLock { isRefusing = newValue } }
    }

    /// How often it was asked to unwrap.
    public var asked: Int {
        lock.withLock { wasAsked }
    }

    public func wrapKey(key: Data) throws -> Data {
        try turned(key)
    }

    public func unwrapKey(wrapped: Data) throws -> Data {
        lock.withLock { wasAsked += 1 }
        return try turned(wrapped)
    }

    private func turned(_ bytes: Data) throws -> Data {
        if let refusal { throw refusal }
        return Data(bytes.map { $0 ^ bits })
    }
}
