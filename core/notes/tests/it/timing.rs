//! Measurements; run with `cargo test -p feltbog-notes --release --test it timing -- --ignored --nocapture`.

use std::time::Instant;

use feltbog_domain::DocumentKind;
use feltbog_notes::{Document, Heads};

use crate::samples::{AMINA, BO, entry, entry_with_change, take, visit};

const ROUNDS: u32 = 500;

/// The fastest of many, because other work on the machine only ever adds; and the median.
fn measure<T>(what: &str, mut run: impl FnMut() -> T) {
    let mut times: Vec<_> = (0..ROUNDS)
        .map(|_| {
            let started = Instant::now();
            std::hint::black_box(run());
            started.elapsed()
        })
        .collect();
    times.sort();
    println!("{what}: {:?}, median {:?}", times[0], times[times.len() / 2]);
}

#[test]
#[ignore = "a measurement"]
fn small_document() {
    let text = "Talte med køkkenchefen om en prøvevagt. ".repeat(8);
    let fields = visit();
    drop(Document::new(DocumentKind::Entry)); // builds the genesis
    measure("write entry (new + write, 300 characters)", || {
        Document::new(DocumentKind::Entry).write_entry(AMINA, &fields, &text).unwrap()
    });
    let mut document = Document::new(DocumentKind::Entry);
    let change = document.write_entry(AMINA, &fields, &text).unwrap().unwrap();
    println!("change: {} bytes", change.bytes.len());
    measure("new", || Document::new(DocumentKind::Entry));
    measure("clone", || document.clone());
    measure("save", || document.save());
    let saved = document.save();
    println!("saved: {} bytes", saved.len());
    measure("load", || Document::load(DocumentKind::Entry, &saved).unwrap());
    measure("read", || document.entry().unwrap());
    measure("apply (new document, one change)", || {
        take(&mut Document::new(DocumentKind::Entry), std::slice::from_ref(&change.bytes)).unwrap()
    });
    let edited = text.replacen("prøvevagt", "vikarvagt", 1);
    measure("edit note, newest", || document.clone().edit_note(BO, &Heads::newest(), &edited).unwrap());
    let opened = document.heads();
    document.edit_note(AMINA, &Heads::newest(), &format!("{text} Aftalt.")).unwrap();
    measure("edit note, stale", || document.clone().edit_note(BO, &opened, &edited).unwrap());
}

#[test]
#[ignore = "a measurement"]
fn large_document() {
    let mut document = entry();
    let mut changes = vec![entry_with_change().1];
    for round in 0..300 {
        let text = format!("{}Linje {round} om mødet med arbejdsgiveren. ", document.entry().unwrap().note);
        changes.push(document.edit_note(AMINA, &Heads::newest(), &text).unwrap().unwrap().bytes);
    }
    println!("{} characters, {} changes", document.entry().unwrap().note.chars().count(), changes.len());
    let started = Instant::now();
    take(&mut Document::new(DocumentKind::Entry), &changes).unwrap();
    println!("apply all at once: {:?}", started.elapsed());
    let mut other = Document::new(DocumentKind::Entry);
    let started = Instant::now();
    for change in &changes {
        take(&mut other, std::slice::from_ref(change)).unwrap();
    }
    println!("apply one by one: {:?}", started.elapsed());
    let different = "Noget helt andet, skrevet forfra af en anden. ".repeat(280);
    let started = Instant::now();
    println!("rewrite: {:?} {:?}", other.edit_note(BO, &Heads::newest(), &different), started.elapsed());
}
