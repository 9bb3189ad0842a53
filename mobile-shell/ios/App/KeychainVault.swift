import Feltbog
import Foundation
import LocalAuthentication
import Plain
import Security

/// A key of the Secure Enclave that never leaves it, on this device only, and that asks for its owner's face, finger or code. What it made
/// is opened without asking again for some minutes after the owner was seen, also when the phone was locked meanwhile.
final class KeychainVault: KeyVault {
    private let presence: Presence

    init(presence: Presence) {
        self.presence = presence
    }

    func wrapKey(key: Data) throws -> Data {
        guard let open = SecKeyCopyPublicKey(try kept(LAContext()) ?? made()) else { throw VaultError.KeyGone }
        return try done { SecKeyCreateEncryptedData(open, cipher, key as CFData, &$0) as Data? }
    }

    func unwrapKey(wrapped: Data) throws -> Data {
        let context = presence.context()
        guard let key = try kept(context) else { throw VaultError.KeyGone }
        let bytes = try done { SecKeyCreateDecryptedData(key, cipher, wrapped as CFData, &$0) as Data? }
        presence.ownerWasSeen(context)
        return bytes
    }

    private func kept(_ context: LAContext) throws -> SecKey? {
        let wanted: [CFString: Any] = [
            kSecClass: kSecClassKey,
            kSecAttrApplicationTag: tag,
            kSecAttrKeyType: kSecAttrKeyTypeECSECPrimeRandom,
            kSecReturnRef: true,
            kSecUseAuthenticationContext: context,
        ]
        var found: CFTypeRef?
        let status = SecItemCopyMatching(wanted as CFDictionary, &found)
        if status == errSecItemNotFound { return nil }
        guard status == errSecSuccess, let found, CFGetTypeID(found) == SecKeyGetTypeID() else {
            throw VaultTrouble(keychain: Int(status)).thrown
        }
        return (found as! SecKey)
    }

    private func made() throws -> SecKey {
        let flags: SecAccessControlCreateFlags = [.privateKeyUsage, .userPresence]
        let access = try done {
            SecAccessControlCreateWithFlags(nil, kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly, flags, &$0)
        }
        let wanted: [CFString: Any] = [
            kSecAttrKeyType: kSecAttrKeyTypeECSECPrimeRandom,
            kSecAttrKeySizeInBits: 256,
            kSecAttrTokenID: kSecAttrTokenIDSecureEnclave,
            kSecPrivateKeyAttrs: [
                kSecAttrIsPermanent: true, kSecAttrApplicationTag: tag, kSecAttrAccessControl: access,
            ] as [CFString: Any],
        ]
        return try done { SecKeyCreateRandomKey(wanted as CFDictionary, &$0) }
    }

    /// What Security gives, or why it gives nothing.
    private func done<Given>(_ work: (inout Unmanaged<CFError>?) -> Given?) throws -> Given {
        var error: Unmanaged<CFError>?
        if let given = work(&error) { return given }
        throw VaultTrouble(error?.takeRetainedValue()).thrown
    }

    private var cipher: SecKeyAlgorithm { .eciesEncryptionCofactorVariableIVX963SHA256AESGCM }
    private let tag = Data("feltbog".utf8)
}

extension VaultTrouble {
    fileprivate init(_ error: CFError?) {
        guard let error = error as (any Error)? as NSError? else {
            self = .unexpected(0)
            return
        }
        self = error.domain == LAErrorDomain ? .init(authentication: error.code) : .init(keychain: error.code)
    }

    fileprivate var thrown: VaultError {
        switch self {
        case .declined: .Declined
        case .unavailable: .Unavailable
        case .keyGone: .KeyGone
        case .unexpected(let code): .Unexpected(reason: String(code))
        }
    }
}
