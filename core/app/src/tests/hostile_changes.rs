//! Mutated changes, sealed and signed by a member's valid device, through the whole path into a colleague's real one.

use std::collections::{BTreeMap, BTreeSet};

use feltbog_domain::{DocumentId, DocumentKind, EntryFields, EntryKind};
use feltbog_notes::{Document, Heads};
use feltbog_sealing::random_id;

use super::mutation::{Sequence, mutate};
use super::shared_case::{SharedCase, actor, document, folder, log, note, put_aside, smuggle};
use crate::{App, AppError};

/// Mutated changes in the ordinary run; `FELTBOG_PATH_CASES` asks for more.
const CASES: u64 = 2_000;
/// Entries attacked in one exchange.
const ROUND: u64 = 250;

/// Entries of Ivan's own that everybody has.
fn entries(ivan: &App, count: u64) -> Vec<DocumentId> {
    let fields = EntryFields::new(EntryKind::EmployerVisit, "2026-03-02T10:00:00+01:00".parse().unwrap());
    let folder = folder(ivan);
    let ids: Vec<DocumentId> = (0..count).map(|_| random_id()).collect();
    ivan.with(|d| {
        let editor = d.editor();
        d.store.write(|w| {
            for id in &ids {
                editor.edit(w, &folder, *id, DocumentKind::Entry, |entry, actor| {
                    entry.write_entry(actor, &fields, "Talte med køkkenchefen om en prøvevagt.")
                })?;
            }
            Ok::<_, AppError>(())
        })
    })
    .unwrap();
    ids
}

/// Everything about the exchange is finished: nothing waits, nothing is under way, the cursor is at the end.
fn is_through(app: &App, case: u64) {
    app.with(|d| {
        let r = d.store.reader();
        let progress = r.progress()?;
        assert_eq!(progress.cursor, progress.head, "after case {case}");
        assert!(r.rows_to_apply(10, usize::MAX)?.is_empty(), "after case {case}");
        assert!(r.interrupted()?.is_empty(), "after case {case}");
        Ok(())
    })
    .unwrap();
}

fn saved(app: &App, id: DocumentId) -> Vec<u8> {
    app.with(|d| Ok(d.store.reader().document(id)?.unwrap().saved)).unwrap()
}

const EDITED: &str = "Talte længe med køkkenchefen om en prøvevagt på torsdag.";

struct Attack {
    case: SharedCase,
    /// Documents nobody attacks, as Vera has them.
    others: BTreeMap<DocumentId, Vec<u8>>,
    taken: u64,
    refused: BTreeMap<String, u64>,
}

impl Attack {
    /// One round: entries, mutated edits of them in envelopes of one to five, then the edits as they should have been.
    async fn round(&mut self, first: u64, count: u64) {
        let (vera, ivan) = (&self.case.vera, &self.case.ivan);
        let targets = entries(ivan, count);
        ivan.exchange().await.unwrap();
        vera.exchange().await.unwrap();
        let before: Vec<Vec<u8>> = targets.iter().map(|id| saved(vera, *id)).collect();
        let genuine: Vec<Vec<u8>> = targets.iter().map(|id| edit(ivan, *id)).collect();
        for (n, (id, change)) in targets.iter().zip(&genuine).enumerate() {
            let mut random = Sequence(first + n as u64);
            smuggle(ivan, *id, &mutate(change, &mut random));
            if random.below(3) == 0 {
                while ivan.with(crate::Device::seal_some).unwrap() {}
            }
        }
        ivan.exchange().await.unwrap();
        vera.exchange().await.unwrap();
        let last = first + count;
        is_through(vera, last);
        let refused = self.judge(&targets, &before);
        self.nobody_else_is_touched(last);
        self.later_rows_are_taken(&targets, &genuine, &refused).await;
    }

    /// A refused document is as it was, and its signer is named; a taken one reads.
    fn judge(&mut self, targets: &[DocumentId], before: &[Vec<u8>]) -> BTreeSet<DocumentId> {
        let signer = self.case.ivan.with(|d| Ok(d.identity.device)).unwrap();
        let aside = put_aside(&self.case.vera);
        assert!(aside.iter().all(|row| row.device == signer));
        let mut refused = BTreeSet::new();
        for (id, before) in targets.iter().zip(before) {
            match aside.iter().find(|row| row.document == *id) {
                Some(row) => {
                    assert_eq!(&saved(&self.case.vera, *id), before, "{}: changed although put aside", row.code);
                    *self.refused.entry(row.code.clone()).or_default() += 1;
                    refused.insert(*id);
                }
                None => {
                    assert!(document(&self.case.vera, *id).entry().is_ok(), "unreadable");
                    self.taken += 1;
                }
            }
        }
        refused
    }

    fn nobody_else_is_touched(&self, last: u64) {
        for (id, before) in &self.others {
            assert_eq!(&saved(&self.case.vera, *id), before, "another document, before case {last}");
        }
    }

    async fn later_rows_are_taken(
        &mut self,
        targets: &[DocumentId],
        genuine: &[Vec<u8>],
        refused: &BTreeSet<DocumentId>,
    ) {
        let (vera, ivan) = (&self.case.vera, &self.case.ivan);
        for (id, change) in targets.iter().zip(genuine).filter(|(id, _)| refused.contains(id)) {
            smuggle(ivan, *id, change);
        }
        ivan.exchange().await.unwrap();
        vera.exchange().await.unwrap();
        for id in targets {
            match refused.contains(id) {
                true => assert_eq!(note(vera, *id), EDITED, "the change as it should have been"),
                false => assert!(document(vera, *id).entry().is_ok()),
            }
            self.others.insert(*id, saved(vera, *id));
        }
    }
}

/// A change of the entry as it should be; the document itself stays as it is.
fn edit(ivan: &App, id: DocumentId) -> Vec<u8> {
    let mut copy: Document = document(ivan, id);
    copy.edit_note(actor(ivan), &Heads::newest(), EDITED).unwrap().unwrap().bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn mutated_changes_of_a_valid_device_hurt_nothing_but_themselves() {
    let cases = std::env::var("FELTBOG_PATH_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(CASES);
    let case = SharedCase::begun().await;
    let own: Vec<DocumentId> = (0..10).map(|n| log(&case.vera, &format!("Veras notat {n}."))).collect();
    case.vera.exchange().await.unwrap();
    let others = own.iter().map(|id| (*id, saved(&case.vera, *id))).collect();
    let mut attack = Attack { case, others, taken: 0, refused: BTreeMap::new() };
    let mut first = 0;
    while first < cases {
        attack.round(first, ROUND.min(cases - first)).await;
        first += ROUND;
    }
    println!("{} taken, {:?}", attack.taken, attack.refused);
    assert!(attack.refused.len() > 4, "the mutator reaches several of the checks: {:?}", attack.refused);
    assert!(attack.taken > 0, "some of what was altered is a change all the same");
    // The device works on, and what it writes reaches the others.
    let after = log(&attack.case.vera, "Bagefter.");
    attack.case.vera.exchange().await.unwrap();
    attack.case.town.leader.exchange().await.unwrap();
    assert_eq!(note(&attack.case.town.leader, after), "Bagefter.");
}
