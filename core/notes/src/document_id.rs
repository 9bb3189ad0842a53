//! Ids of documents that several devices may create for the same thing.

use feltbog_domain::{DocumentId, DocumentKind, FolderId};
use sha2::{Digest, Sha256};

/// The id every device arrives at for one thing: the first 16 bytes of
/// SHA-256(`"feltbog/doc/1"` ‖ folder ‖ kind ‖ natural key).
///
/// The natural key is a company number for an employer, the event number for an imported entry. The random folder id
/// keeps the result from being guessed outside of the folder.
#[must_use]
pub fn document_id(folder: FolderId, kind: DocumentKind, natural_key: &str) -> DocumentId {
    let digest: [u8; 32] = Sha256::new()
        .chain_update(b"feltbog/doc/1")
        .chain_update(folder.as_bytes())
        .chain_update([kind.code()])
        .chain_update(natural_key.as_bytes())
        .finalize()
        .into();
    let mut id = [0; 16];
    id.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    DocumentId::new(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_a_natural_key_never_changes() {
        let id = document_id(FolderId::new([0x11; 16]), DocumentKind::Employer, "24256790");
        assert_eq!(id.to_string(), "39a952378ca7049c6a6245c2ae268c33");
    }

    #[test]
    fn folder_kind_and_key_each_make_another_id() {
        let folder = FolderId::new([1; 16]);
        let id = document_id(folder, DocumentKind::Employer, "24256790");
        assert_ne!(id, document_id(FolderId::new([2; 16]), DocumentKind::Employer, "24256790"));
        assert_ne!(id, document_id(folder, DocumentKind::Entry, "24256790"));
        assert_ne!(id, document_id(folder, DocumentKind::Employer, "13585628"));
    }
}
