//! A folder's key, and how it reaches its members.

use std::fmt;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use feltbog_domain::{FolderId, MemberId, TenantId};
use feltbog_protocol::{Principal, Recipient};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::key_pairs::WrapPair;
use crate::pseudonyms::Pseudonyms;
use crate::secret::Secret;

/// Where a folder key belongs. A wrap made for one place opens in no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FolderKeyContext {
    /// The municipality.
    pub tenant: TenantId,
    /// The folder.
    pub folder: FolderId,
    /// The key's number, from 1.
    pub epoch: u32,
}

/// Why a key could not be wrapped or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WrapError {
    /// Another key, another purpose, or altered bytes.
    #[error("the wrapped key does not open")]
    DoesNotOpen,
    /// It opened to a key that the record did not commit to.
    #[error("the wrapped key is not the one the record names")]
    WrongKey,
    /// The recipient's public key is unusable.
    #[error("the recipient's public key is unusable")]
    BadPublicKey,
}

/// Thirty-two random bytes from which every envelope of a folder and epoch derives its own key.
#[derive(Clone, PartialEq, Eq)]
pub struct FolderKey(Secret);

impl FolderKey {
    /// A new random key.
    #[must_use]
    pub fn random() -> Self {
        Self(Secret::random())
    }

    /// The key of these bytes.
    #[must_use]
    pub fn from_secret(secret: Secret) -> Self {
        Self(secret)
    }

    /// The bytes.
    #[must_use]
    pub fn secret(&self) -> &Secret {
        &self.0
    }

    /// What a key record says of the key without giving it away.
    #[must_use]
    pub fn commitment(&self, context: &FolderKeyContext) -> [u8; 32] {
        *self.derive(b"feltbog/folder-key-commitment/1", &context.bytes())
    }

    /// Wraps the key for one recipient.
    ///
    /// # Errors
    /// [`WrapError::BadPublicKey`] when the recipient's key is unusable.
    pub fn wrap_for(
        &self,
        context: &FolderKeyContext,
        principal: Principal,
        principal_epoch: u32,
        public: &[u8; 32],
    ) -> Result<Recipient, WrapError> {
        let purpose = context.wrap_purpose(principal, principal_epoch);
        let wrap = WrapPair::wrap_for(public, &self.0, &purpose, &self.commitment(context))?;
        Ok(Recipient { principal, epoch: principal_epoch, wrap })
    }

    /// Opens a wrap and checks the key against the record's commitment.
    ///
    /// # Errors
    /// [`WrapError`] when it does not open, or opens to another key.
    pub fn unwrap(
        context: &FolderKeyContext,
        recipient: &Recipient,
        pair: &WrapPair,
        commitment: &[u8; 32],
    ) -> Result<Self, WrapError> {
        let purpose = context.wrap_purpose(recipient.principal, recipient.epoch);
        let key = Self(pair.open(&recipient.wrap, &purpose, commitment)?);
        if key.commitment(context) == *commitment { Ok(key) } else { Err(WrapError::WrongKey) }
    }

    /// The folder's previous key under this one: a later member needs one wrap and can still read what came before.
    #[must_use]
    pub fn hide_predecessor(&self, context: &FolderKeyContext, previous: &FolderKey) -> Vec<u8> {
        let key = self.derive(b"feltbog/folder-key-predecessor/1", &context.bytes());
        let cipher = ChaCha20Poly1305::new(&Key::from(*key));
        // The derived key serves this one message, so the nonce may be constant. Encrypting 32 bytes cannot fail.
        cipher
            .encrypt(&Nonce::default(), Payload { msg: previous.0.expose(), aad: &context.bytes() })
            .unwrap_or_default()
    }

    /// Reads the previous key.
    ///
    /// # Errors
    /// [`WrapError::DoesNotOpen`] when it was not hidden under this key.
    pub fn reveal_predecessor(&self, context: &FolderKeyContext, hidden: &[u8]) -> Result<FolderKey, WrapError> {
        let key = self.derive(b"feltbog/folder-key-predecessor/1", &context.bytes());
        let cipher = ChaCha20Poly1305::new(&Key::from(*key));
        let opened = cipher
            .decrypt(&Nonce::default(), Payload { msg: hidden, aad: &context.bytes() })
            .map(Zeroizing::new)
            .map_err(|_| WrapError::DoesNotOpen)?;
        Secret::from_slice(&opened).map(FolderKey).ok_or(WrapError::DoesNotOpen)
    }

    /// What readings are sealed for, where the folder is there for its key alone.
    #[must_use]
    pub fn read_log_pair(&self, context: &FolderKeyContext) -> WrapPair {
        WrapPair::from_seed(&Secret::new(*self.derive(b"feltbog/read-log-key/1", &context.bytes())))
    }

    /// What stands for people, companies and entries where work of a programme is counted; of its employer register's key.
    #[must_use]
    pub fn pseudonyms(&self, context: &FolderKeyContext) -> Pseudonyms {
        Pseudonyms::of(Secret::new(*self.derive(b"feltbog/pseudonyms/1", &context.bytes())))
    }

    fn derive(&self, purpose: &[u8], context: &[u8]) -> Zeroizing<[u8; 32]> {
        let mut derived = Zeroizing::new([0; 32]);
        let info = [purpose, context].concat();
        // 32 bytes are far below HKDF's limit of 255 blocks.
        let expanded = Hkdf::<Sha256>::new(None, self.0.expose()).expand(&info, derived.as_mut());
        debug_assert!(expanded.is_ok(), "HKDF refused 32 bytes");
        derived
    }
}

impl fmt::Debug for FolderKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FolderKey(..)")
    }
}

impl FolderKeyContext {
    fn bytes(&self) -> Vec<u8> {
        [self.tenant.as_bytes().as_slice(), self.folder.as_bytes(), &self.epoch.to_be_bytes()].concat()
    }

    fn wrap_purpose(&self, principal: Principal, principal_epoch: u32) -> Vec<u8> {
        let (tag, member) = match principal {
            Principal::Member(member) => (1_u8, member),
            Principal::Recovery => (2, MemberId::NONE),
        };
        [b"feltbog/wrap/1".as_slice(), &self.bytes(), &[tag], member.as_bytes(), &principal_epoch.to_be_bytes()]
            .concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context() -> FolderKeyContext {
        FolderKeyContext { tenant: TenantId::new([1; 16]), folder: FolderId::new([2; 16]), epoch: 1 }
    }

    #[test]
    fn a_wrap_opens_for_its_recipient_and_nobody_else() {
        let (key, member) = (FolderKey::random(), Principal::Member(MemberId::new([3; 16])));
        let (holder, stranger) = (WrapPair::from_seed(&Secret::random()), WrapPair::from_seed(&Secret::random()));
        let recipient = key.wrap_for(&context(), member, 1, &holder.public()).unwrap();
        assert_eq!(recipient.wrap.len(), 80);
        let commitment = key.commitment(&context());
        assert!(FolderKey::unwrap(&context(), &recipient, &holder, &commitment).is_ok_and(|opened| opened == key));
        assert!(FolderKey::unwrap(&context(), &recipient, &stranger, &commitment).is_err());
    }

    #[test]
    fn a_wrap_moved_to_another_folder_epoch_or_principal_does_not_open() {
        let (key, pair) = (FolderKey::random(), WrapPair::from_seed(&Secret::random()));
        let recipient = key.wrap_for(&context(), Principal::Recovery, 1, &pair.public()).unwrap();
        let commitment = key.commitment(&context());
        for moved in [
            FolderKeyContext { folder: FolderId::new([9; 16]), ..context() },
            FolderKeyContext { epoch: 2, ..context() },
            FolderKeyContext { tenant: TenantId::new([9; 16]), ..context() },
        ] {
            assert!(FolderKey::unwrap(&moved, &recipient, &pair, &commitment).is_err(), "{moved:?}");
        }
        let other = Recipient { principal: Principal::Member(MemberId::NONE), ..recipient };
        assert!(FolderKey::unwrap(&context(), &other, &pair, &commitment).is_err());
    }

    #[test]
    fn a_record_that_commits_to_another_key_is_found_out() {
        let (key, other, pair) = (FolderKey::random(), FolderKey::random(), WrapPair::from_seed(&Secret::random()));
        let recipient = key.wrap_for(&context(), Principal::Recovery, 1, &pair.public()).unwrap();
        let lie = other.commitment(&context());
        assert!(FolderKey::unwrap(&context(), &recipient, &pair, &lie).is_err());
    }

    #[test]
    fn a_later_key_reveals_the_one_before_it() {
        let (old, new) = (FolderKey::random(), FolderKey::random());
        let hidden = new.hide_predecessor(&context(), &old);
        assert!(new.reveal_predecessor(&context(), &hidden).is_ok_and(|key| key == old));
        assert!(old.reveal_predecessor(&context(), &hidden).is_err());
    }

    #[test]
    fn no_key_prints_its_bytes() {
        assert_eq!(format!("{:?}", FolderKey::random()), "FolderKey(..)");
        assert_eq!(format!("{:?}", Secret::random()), "Secret(..)");
        assert_eq!(format!("{:?}", WrapPair::from_seed(&Secret::random())), "WrapPair(..)");
        assert_eq!(format!("{:?}", crate::SigningPair::from_seed(&Secret::random())), "SigningPair(..)");
    }
}
