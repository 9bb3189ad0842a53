// What the host for Apple's phones uses of Security, and of CoreFoundation below it.
import Foundation

public typealias CFTypeRef = AnyObject
public typealias CFDictionary = NSDictionary
public typealias CFData = NSData
public typealias CFString = NSString
public typealias CFError = NSError
public typealias CFTypeID = UInt
public typealias OSStatus = Int32

public final class SecKey: @unchecked Sendable {}
public final class SecAccessControl {}

public struct SecAccessControlCreateFlags: OptionSet, Sendable {
    public let rawValue: UInt
    public init(rawValue: UInt) { self.rawValue = rawValue }
    public static let privateKeyUsage = Self(rawValue: 1)
    public static let userPresence = Self(rawValue: 2)
}

public struct SecKeyAlgorithm: Sendable {
    public static let eciesEncryptionCofactorVariableIVX963SHA256AESGCM = Self()
}

public let errSecSuccess: OSStatus = 0
public let errSecItemNotFound: OSStatus = -25300
nonisolated(unsafe) public let kSecClass = NSString()
nonisolated(unsafe) public let kSecClassKey = NSString()
nonisolated(unsafe) public let kSecAttrApplicationTag = NSString()
nonisolated(unsafe) public let kSecAttrKeyType = NSString()
nonisolated(unsafe) public let kSecAttrKeyTypeECSECPrimeRandom = NSString()
nonisolated(unsafe) public let kSecReturnRef = NSString()
nonisolated(unsafe) public let kSecUseAuthenticationContext = NSString()
nonisolated(unsafe) public let kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly = NSString()
nonisolated(unsafe) public let kSecAttrKeySizeInBits = NSString()
nonisolated(unsafe) public let kSecAttrTokenID = NSString()
nonisolated(unsafe) public let kSecAttrTokenIDSecureEnclave = NSString()
nonisolated(unsafe) public let kSecPrivateKeyAttrs = NSString()
nonisolated(unsafe) public let kSecAttrIsPermanent = NSString()
nonisolated(unsafe) public let kSecAttrAccessControl = NSString()

public func CFGetTypeID(_ cf: CFTypeRef?) -> CFTypeID { 0 }
public func SecKeyGetTypeID() -> CFTypeID { 0 }
public func SecKeyCopyPublicKey(_ key: SecKey) -> SecKey? { nil }
public func SecItemCopyMatching(_ query: CFDictionary, _ result: UnsafeMutablePointer<CFTypeRef?>?) -> OSStatus { 0 }
public func SecKeyCreateRandomKey(_ parameters: CFDictionary, _ error: UnsafeMutablePointer<Unmanaged<CFError>?>?) -> SecKey? { nil }
public func SecKeyCreateEncryptedData(
    _ key: SecKey, _ algorithm: SecKeyAlgorithm, _ plaintext: CFData, _ error: UnsafeMutablePointer<Unmanaged<CFError>?>?
) -> CFData? { nil }
public func SecKeyCreateDecryptedData(
    _ key: SecKey, _ algorithm: SecKeyAlgorithm, _ ciphertext: CFData, _ error: UnsafeMutablePointer<Unmanaged<CFError>?>?
) -> CFData? { nil }
public func SecAccessControlCreateWithFlags(
    _ allocator: AnyObject?, _ protection: CFTypeRef, _ flags: SecAccessControlCreateFlags,
    _ error: UnsafeMutablePointer<Unmanaged<CFError>?>?
) -> SecAccessControl? { nil }
