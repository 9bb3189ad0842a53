//! The same changes in any order, number and grouping.

use feltbog_domain::DocumentKind;
use feltbog_notes::{ActorBytes, Document, Heads};
use proptest::prelude::*;

use crate::samples::{AMINA, BO, CARL, take, visit};

/// Something one of three devices does, on what it has at that time.
#[derive(Debug, Clone)]
enum Step {
    Note { device: usize, at: usize, text: String },
    StaleNote { device: usize, text: String },
    Minutes { device: usize, minutes: u32 },
    Fetch { device: usize, from: usize },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..3_usize, 0..40_usize, "[a-zæ ]{1,8}").prop_map(|(device, at, text)| Step::Note { device, at, text }),
        (0..3_usize, "[A-ZÅ]{1,8}").prop_map(|(device, text)| Step::StaleNote { device, text }),
        (0..3_usize, 0..1440_u32).prop_map(|(device, minutes)| Step::Minutes { device, minutes }),
        (0..3_usize, 0..3_usize).prop_map(|(device, from)| Step::Fetch { device, from }),
    ]
}

const DEVICES: [ActorBytes; 3] = [AMINA, BO, CARL];

/// Plays the steps and gives every change that was made.
fn play(steps: &[Step]) -> Vec<Vec<u8>> {
    let mut documents = [(); 3].map(|()| Document::new(DocumentKind::Entry));
    let mut made: [Vec<Vec<u8>>; 3] = Default::default();
    for (document, (made, actor)) in documents.iter_mut().zip(made.iter_mut().zip(DEVICES)) {
        made.push(document.write_entry(actor, &visit(), "Fælles.").unwrap().unwrap().bytes);
    }
    let opened = documents.each_ref().map(Document::heads);
    for step in steps {
        match step {
            Step::Note { device, at, text } => {
                let mut letters: Vec<char> = documents[*device].entry().unwrap().note.chars().collect();
                let at = (*at).min(letters.len());
                let end = (at + 2).min(letters.len());
                letters.splice(at..end, text.chars());
                let note: String = letters.into_iter().collect();
                let change = documents[*device].edit_note(DEVICES[*device], &Heads::newest(), &note).unwrap();
                made[*device].extend(change.map(|change| change.bytes));
            }
            Step::StaleNote { device, text } => {
                let note = format!("Fælles. {text}");
                let change = documents[*device].edit_note(DEVICES[*device], &opened[*device], &note).unwrap();
                made[*device].extend(change.map(|change| change.bytes));
            }
            Step::Minutes { device, minutes } => {
                let reading = documents[*device].entry().unwrap();
                let fields = feltbog_domain::EntryFields { minutes: Some(*minutes), ..reading.fields };
                let change = documents[*device].write_entry(DEVICES[*device], &fields, &reading.note).unwrap();
                made[*device].extend(change.map(|change| change.bytes));
            }
            Step::Fetch { device, from } => {
                let changes = made[*from].clone();
                take(&mut documents[*device], &changes).unwrap();
            }
        }
    }
    made.concat()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_order_number_and_grouping_of_the_same_changes_gives_the_same_document(
        steps in proptest::collection::vec(step(), 0..14),
        order in proptest::collection::vec(any::<proptest::sample::Index>(), 60),
        groups in proptest::collection::vec(1..5_usize, 60),
        restart in any::<proptest::sample::Index>(),
    ) {
        let changes = play(&steps);
        let mut together = Document::new(DocumentKind::Entry);
        take(&mut together, &changes).unwrap();

        // Any order with repetitions, and what was not drawn at the end, backwards.
        let mut delivery: Vec<Vec<u8>> = order.iter().map(|index| index.get(&changes).clone()).collect();
        delivery.extend(changes.iter().rev().cloned());
        let mut scattered = Document::new(DocumentKind::Entry);
        let restart = restart.index(delivery.len());
        let (mut delivered, mut groups) = (0, groups.into_iter().cycle());
        while delivered < delivery.len() {
            let end = (delivered + groups.next().unwrap_or(1)).min(delivery.len());
            take(&mut scattered, &delivery[delivered..end]).unwrap();
            if (delivered..end).contains(&restart) {
                scattered = Document::load(DocumentKind::Entry, &scattered.save()).unwrap();
            }
            delivered = end;
        }
        prop_assert_eq!(scattered.heads(), together.heads());
        prop_assert_eq!(scattered.waiting_count(), 0);
        prop_assert!(scattered.entry() == together.entry());
        prop_assert!(together.entry().is_ok());
    }
}
