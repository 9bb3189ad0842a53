//! The first change of every document: a constant.
//!
//! Two devices that create the same document (same employer, same imported entry) must start from byte-identical
//! history: automerge keeps only one of two objects that were created under one key, and with it one of two notes.
//! The genesis is never sent. Its actor ends in the kind's code, so that a change made for one kind of document follows
//! nothing in another.

use std::sync::LazyLock;

use automerge::{ActorId, Automerge};
use feltbog_domain::DocumentKind;

/// The start of the actor of every genesis; the kind's code follows.
const ACTOR: &[u8; 15] = b"feltbog/genesis";

/// The actor that wrote a kind's genesis, and nothing else ever.
pub(crate) fn actor(kind: DocumentKind) -> ActorId {
    let mut bytes = ACTOR.to_vec();
    bytes.push(kind.code());
    ActorId::from(bytes)
}

/// A fresh document of a kind, cloned from the one that was built once.
pub(crate) fn document(kind: DocumentKind) -> Automerge {
    static DOCUMENTS: LazyLock<Vec<(DocumentKind, Automerge)>> =
        LazyLock::new(|| DocumentKind::ALL.into_iter().map(|kind| (kind, load(kind))).collect());
    DOCUMENTS.iter().find(|(known, _)| *known == kind).map_or_else(|| load(kind), |(_, document)| document.clone())
}

/// What the first change after a genesis follows.
#[derive(Clone, Copy)]
pub(crate) struct GenesisHead {
    pub(crate) hash: [u8; 32],
    pub(crate) last_operation: u64,
}

/// The newest change of a kind's genesis, which is its only one.
pub(crate) fn head(kind: DocumentKind) -> GenesisHead {
    static HEADS: LazyLock<Vec<(DocumentKind, GenesisHead)>> =
        LazyLock::new(|| DocumentKind::ALL.into_iter().map(|kind| (kind, read_head(kind))).collect());
    HEADS.iter().find(|(known, _)| *known == kind).map_or_else(|| read_head(kind), |(_, head)| *head)
}

#[expect(clippy::expect_used, reason = "the bytes are compiled in, and a test loads each of them")]
fn read_head(kind: DocumentKind) -> GenesisHead {
    let change = automerge::Change::try_from(bytes(kind)).expect("the genesis constant is one change");
    GenesisHead { hash: change.hash().0, last_operation: change.max_op() }
}

#[expect(clippy::expect_used, reason = "the bytes are compiled in, and a test loads each of them")]
fn load(kind: DocumentKind) -> Automerge {
    Automerge::load(bytes(kind)).expect("the genesis constant loads")
}

/// The constant of a kind.
const fn bytes(kind: DocumentKind) -> &'static [u8] {
    match kind {
        DocumentKind::Head => include_bytes!("../genesis/head.v1.bin"),
        DocumentKind::Profile => include_bytes!("../genesis/profile.v1.bin"),
        DocumentKind::Entry => include_bytes!("../genesis/entry.v1.bin"),
        DocumentKind::Employer => include_bytes!("../genesis/employer.v1.bin"),
        DocumentKind::Staff => include_bytes!("../genesis/staff.v1.bin"),
        DocumentKind::Programme => include_bytes!("../genesis/programme.v1.bin"),
        DocumentKind::RegisterRow => include_bytes!("../genesis/register_row.v1.bin"),
        DocumentKind::Consent => include_bytes!("../genesis/consent.v1.bin"),
        DocumentKind::ShareHolders => include_bytes!("../genesis/share_holders.v1.bin"),
        DocumentKind::EmployerContact => include_bytes!("../genesis/employer_contact.v1.bin"),
        DocumentKind::Agreement => include_bytes!("../genesis/agreement.v1.bin"),
        DocumentKind::ContactPerson => include_bytes!("../genesis/contact_person.v1.bin"),
        DocumentKind::Opening => include_bytes!("../genesis/opening.v1.bin"),
        DocumentKind::Evidence => include_bytes!("../genesis/evidence.v1.bin"),
        DocumentKind::FidelityReview => include_bytes!("../genesis/fidelity_review.v1.bin"),
    }
}

#[cfg(test)]
mod tests {
    use automerge::transaction::{CommitOptions, Transactable};
    use automerge::{ObjType, ROOT, ReadDoc, Value};

    use super::*;
    use crate::schema::{MIN_WRITER, NOTE, SCHEMA};

    fn encode(kind: DocumentKind) -> Vec<u8> {
        let mut document = Automerge::new().with_actor(actor(kind));
        let mut tx = document.transaction();
        tx.put(ROOT, SCHEMA, 1_u64).unwrap();
        tx.put(ROOT, MIN_WRITER, 1_u64).unwrap();
        if kind == DocumentKind::Entry {
            tx.put_object(ROOT, NOTE, ObjType::Text).unwrap();
        }
        tx.commit_with(CommitOptions::default().with_time(0));
        document.get_changes(&[]).remove(0).raw_bytes().to_vec()
    }

    fn file_name(kind: DocumentKind) -> &'static str {
        match kind {
            DocumentKind::Head => "head",
            DocumentKind::Profile => "profile",
            DocumentKind::Entry => "entry",
            DocumentKind::Employer => "employer",
            DocumentKind::Staff => "staff",
            DocumentKind::Programme => "programme",
            DocumentKind::RegisterRow => "register_row",
            DocumentKind::Consent => "consent",
            DocumentKind::ShareHolders => "share_holders",
            DocumentKind::EmployerContact => "employer_contact",
            DocumentKind::Agreement => "agreement",
            DocumentKind::ContactPerson => "contact_person",
            DocumentKind::Opening => "opening",
            DocumentKind::Evidence => "evidence",
            DocumentKind::FidelityReview => "fidelity_review",
        }
    }

    #[test]
    fn todays_encoder_still_writes_exactly_the_genesis_bytes() {
        for kind in DocumentKind::ALL {
            assert_eq!(encode(kind), bytes(kind), "{kind:?}: another genesis forks every document");
        }
    }

    #[test]
    fn an_entry_starts_with_an_empty_text_and_every_kind_with_schema_one() {
        for kind in DocumentKind::ALL {
            let document = document(kind);
            for key in [SCHEMA, MIN_WRITER] {
                assert_eq!(document.get(ROOT, key).unwrap().unwrap().0, Value::from(1_u64), "{kind:?} {key}");
            }
            let note = document.get(ROOT, NOTE).unwrap();
            assert_eq!(note.is_some(), kind == DocumentKind::Entry, "{kind:?}");
        }
        let entry = document(DocumentKind::Entry);
        let (value, note) = entry.get(ROOT, NOTE).unwrap().unwrap();
        assert_eq!(value, Value::Object(ObjType::Text));
        assert_eq!(entry.text(note).unwrap(), "");
    }

    #[test]
    fn each_kind_has_a_history_of_its_own() {
        let mut heads: Vec<_> = DocumentKind::ALL.into_iter().map(|kind| document(kind).get_heads()).collect();
        heads.sort();
        heads.dedup();
        assert_eq!(heads.len(), DocumentKind::ALL.len());
    }

    /// Only for a new schema, under a new file name: documents of the old genesis cannot follow a new one.
    #[test]
    #[ignore = "writes the constants; only for a new schema"]
    fn generate() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("genesis");
        for kind in DocumentKind::ALL {
            std::fs::write(folder.join(format!("{}.v1.bin", file_name(kind))), encode(kind)).unwrap();
        }
    }
}
