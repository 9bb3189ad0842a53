//! A document as it is for those who never got some of its changes.

use feltbog_domain::DocumentKind;
use feltbog_notes::{Document, Heads};

use crate::samples::{AMINA, BO, entry_with_change, note, take, visit};

fn says(document: &mut Document, actor: feltbog_notes::ActorBytes, note: &str) -> Vec<u8> {
    document.edit_entry(actor, &Heads::newest(), &visit(), note).unwrap().unwrap().bytes
}

#[test]
fn what_reached_nobody_goes_with_what_builds_on_it_and_the_others_stay() {
    let (mut hers, first) = entry_with_change();
    let mut his = Document::new(DocumentKind::Entry);
    take(&mut his, &[first]).unwrap();
    let refused = says(&mut hers, AMINA, "Nåede ingen.");
    says(&mut hers, AMINA, "Nåede ingen. Heller ikke det her.");
    let arrived = says(&mut his, BO, "Bo skrev det her.");
    take(&mut hers, &[arrived]).unwrap();
    let left = hers.without(&[refused]).unwrap();
    assert_eq!((note(&left).as_str(), left.heads()), ("Bo skrev det her.", his.heads()));
}

#[test]
fn without_nothing_or_without_what_it_never_held_a_document_is_the_same() {
    let (mut document, _) = entry_with_change();
    let mut other = entry_with_change().0;
    let foreign = says(&mut other, BO, "Et andet sted.");
    says(&mut document, AMINA, "Rettet.");
    for changes in [vec![], vec![foreign]] {
        assert_eq!(document.without(&changes).unwrap().heads(), document.heads());
    }
    assert!(document.without(&[b"no change".to_vec()]).is_err());
}
