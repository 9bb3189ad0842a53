//! What must be true of the devices: after every start, and when everything has healed.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use feltbog_domain::{DocumentId, DocumentKind, FolderId};
use feltbog_notes::Document;

use crate::finding::{Checker, Finding};
use crate::inspect::{HeldDocument, Inspector};
use crate::phone::Phone;
use crate::words::{Told, Typed, Word};
use crate::world::World;

/// A process ended and a new one began: what was told as saved is here, and the cursor has passed nothing that is not.
pub(crate) fn after_start(world: &mut World, place: usize) -> Result<()> {
    let mut found = Vec::new();
    let phone = &world.phones[place];
    if !phone.is_over() {
        saved_is_here(world, place, phone.inspector(), &mut found)?;
    }
    // Until everybody has heard that an older copy was put back, places mean different rows to different devices.
    if !world.restored && !world.is_gone(place) {
        nothing_passed(world, phone, &mut found)?;
    }
    world.findings.append(&mut found);
    Ok(())
}

fn saved_is_here(world: &World, place: usize, store: &Inspector, found: &mut Vec<Finding>) -> Result<()> {
    let entries = store.entries()?;
    let own = world.words.all().filter(|(_, typed)| typed.phone == place && typed.told == Told::Saved);
    let stays =
        |typed: Typed| world.is_let_in(place, typed.folder) && !world.is_displaced(typed) && !world.is_erased(typed);
    for (word, typed) in own.filter(|(_, typed)| stays(*typed)) {
        if times(&entries, typed.document, word) == 0 {
            let what = format!("{place} has lost a word it saved in {}", typed.document);
            found.push(Finding::new(Checker::Saved, what));
        }
    }
    Ok(())
}

/// Every row this device must have by its cursor is stored, or lies in a backfill that is still open.
fn nothing_passed(world: &World, phone: &Phone, found: &mut Vec<Finding>) -> Result<()> {
    let store = phone.inspector();
    let (cursor, backfills, rows) = (store.cursor()?, store.backfills()?, store.rows()?);
    // Certificates are fetched before anything else, and access follows from them.
    if backfills.iter().any(|(folder, ..)| folder.is_none()) {
        return Ok(());
    }
    for row in world.ledger.due(phone.owner.member, cursor) {
        let being_fetched = backfills
            .iter()
            .any(|(folder, after, until)| *folder == row.folder && *after < row.seq && row.seq <= *until);
        let held = rows.get(&row.seq).is_some_and(|held| held.hash == row.hash);
        if !held && !being_fetched {
            let what = format!("{} stands at {cursor} without row {} of {}", phone.owner.name, row.seq, row.folder);
            found.push(Finding::new(Checker::Complete, what));
            return Ok(());
        }
    }
    Ok(())
}

/// Everything has healed: nothing waits, and everybody has the same.
pub(crate) fn after_healing(world: &mut World) -> Result<()> {
    let mut found = Vec::new();
    for (place, phone) in world.in_use() {
        if world.is_gone(place) {
            everything_is_handed_in(world, phone, &mut found)?;
            continue;
        }
        nothing_waits(world, phone, &mut found)?;
        nothing_passed(world, phone, &mut found)?;
        rows_are_the_logs(world, phone, &mut found)?;
        acknowledged_is_in_the_log(world, phone, &mut found)?;
        saved_is_here(world, place, phone.inspector(), &mut found)?;
        no_folder_without_a_grant(world, place, &mut found)?;
    }
    everybody_has_the_same(world, &mut found)?;
    each_word_once(world, &mut found)?;
    displaced_is_somewhere(world, &mut found)?;
    erased_is_nowhere(world, &mut found)?;
    world.findings.append(&mut found);
    Ok(())
}

/// A device that was shut out has forgotten everything, and what it had not sent is on its way, if it came in time.
fn everything_is_handed_in(world: &World, phone: &Phone, found: &mut Vec<Finding>) -> Result<()> {
    let store = phone.inspector();
    if store.documents()?.is_empty() && (store.unsettled()? == 0 || world.was_away) {
        return Ok(());
    }
    found.push(Finding::new(Checker::Purged, format!("{} was shut out and holds something", phone.owner.name)));
    Ok(())
}

fn nothing_waits(world: &World, phone: &Phone, found: &mut Vec<Finding>) -> Result<()> {
    let store = phone.inspector();
    let queues = [
        (Checker::Queues, "envelopes without a result", "SELECT count(*) FROM outbox WHERE code IS NULL"),
        (Checker::Queues, "changes not sealed", "SELECT count(*) FROM pending"),
        (Checker::Queues, "backfills", "SELECT count(*) FROM backfill"),
        // A reading that stands before its reader's appointment in a restored log is not hers any more.
        (
            Checker::Queues,
            "rows not looked at",
            "SELECT count(*) FROM env WHERE status = 'stored' AND NOT (kind = 8 AND tenant_seq IS NULL)",
        ),
        (Checker::Queues, "rows under way", "SELECT count(*) FROM applying"),
        (
            Checker::Quarantine,
            "rows put aside",
            "SELECT count(*) FROM env WHERE status = 'quarantined' AND reason IS NOT 'crashed'",
        ),
        (Checker::Quarantine, "documents put aside", "SELECT count(*) FROM quarantine"),
    ];
    for (checker, name, sql) in queues {
        let count = store.count(sql)?;
        if count > 0 {
            found.push(Finding::new(checker, format!("{} has {count} {name}", phone.owner.name)));
        }
    }
    // Whoever stood in by a clock that ran ahead has left the folder already; the server sends its rows until the time is over.
    let stood_in = |folder: &FolderId| world.ledger.stood_in(*folder, phone.owner.member);
    let waiting = store.waiting_for_a_key()?.into_iter().filter(|folder| !stood_in(folder)).count();
    if waiting > 0 {
        found.push(Finding::new(Checker::Queues, format!("{} has {waiting} rows waiting", phone.owner.name)));
    }
    for (seq, reason) in store.ignored_content()? {
        let what = format!("{} ignores the content of row {seq}: {reason:?}", phone.owner.name);
        found.push(Finding::new(Checker::Quarantine, what));
    }
    Ok(())
}

/// The device's rows are those of the log, and its own have their place.
fn rows_are_the_logs(world: &World, phone: &Phone, found: &mut Vec<Finding>) -> Result<()> {
    let let_in = |folder| {
        let member = phone.owner.member;
        world.ledger.grant(folder, member).is_some() && !world.ledger.stood_in(folder, member)
    };
    for (seq, held) in phone.inspector().rows()? {
        if world.ledger.at(seq).is_none_or(|row| row.hash != held.hash) {
            let what = format!("{} holds {} {} as row {seq}", phone.owner.name, held.device, held.dseq);
            found.push(Finding::new(Checker::Complete, what));
        }
    }
    for (dseq, _) in phone.inspector().unplaced()?.into_iter().filter(|(_, folder)| let_in(*folder)) {
        let what = format!("{}'s own accepted {dseq} has no place", phone.owner.name);
        found.push(Finding::new(Checker::Complete, what));
    }
    Ok(())
}

/// Whatever the device holds a receipt for is in the log. A copy from before something was let go brings back what it says is
/// gone, under the same number.
fn acknowledged_is_in_the_log(world: &World, phone: &Phone, found: &mut Vec<Finding>) -> Result<()> {
    let there: BTreeSet<[u8; 32]> = world.ledger.rows().iter().map(|row| row.hash).collect();
    let device = phone.owner.device;
    let numbers: BTreeSet<u64> =
        world.ledger.rows().iter().filter(|row| row.device == device).map(|row| row.dseq).collect();
    for own in phone.inspector().outbox()? {
        let accepted = matches!(own.code.as_deref(), Some("ok" | "rotation_due"));
        let came_back = own.stands_for_gone && numbers.contains(&own.dseq);
        if accepted && own.has_receipt && !there.contains(&own.hash) && !came_back {
            let what = format!("{}'s {} has a receipt and is not in the log", phone.owner.name, own.dseq);
            found.push(Finding::new(Checker::Restored, what));
        }
    }
    Ok(())
}

/// A device holds nothing of a folder its member is not, or no longer, let into.
fn no_folder_without_a_grant(world: &World, place: usize, found: &mut Vec<Finding>) -> Result<()> {
    let phone = &world.phones[place];
    let documents = phone.inspector().documents()?;
    let strange = documents.values().find(|document| !world.is_let_in(place, document.folder));
    if let Some(document) = strange {
        let what = format!("{} holds documents of {} without a grant", phone.owner.name, document.folder);
        found.push(Finding::new(Checker::Purged, what));
    }
    Ok(())
}

/// Entitled devices have every document, with equal heads, and read the same in it.
fn everybody_has_the_same(world: &World, found: &mut Vec<Finding>) -> Result<()> {
    let mut first: BTreeMap<DocumentId, (usize, HeldDocument)> = BTreeMap::new();
    let mut counts: BTreeMap<FolderId, Vec<(usize, usize)>> = BTreeMap::new();
    let mut shown: BTreeMap<DocumentId, (usize, String)> = BTreeMap::new();
    let mut excused: BTreeSet<(usize, FolderId)> = BTreeSet::new();
    for (place, phone) in world.in_use() {
        // What came too late for a closed folder stays with its writer, who is asked about it or has handed it in.
        let mut too_late = phone.inspector().came_too_late_for()?;
        too_late.extend(phone.inspector().put_aside_by_crashes()?);
        excused.extend(too_late.iter().map(|folder| (place, *folder)));
        let mut of_folder: BTreeMap<FolderId, usize> = BTreeMap::new();
        let documents = phone.inspector().documents()?;
        let entries = phone.inspector().entries()?;
        for (id, (line, _)) in entries {
            if documents.get(&id).is_some_and(|document| too_late.contains(&document.folder)) {
                continue;
            }
            let (other, known) = shown.entry(id).or_insert((place, line.clone()));
            if *known != line {
                let what = format!("{other} and {place} show entry {id} differently");
                found.push(Finding::new(Checker::Equal, what));
            }
        }
        for (id, document) in documents.into_iter().filter(|(_, document)| !too_late.contains(&document.folder)) {
            *of_folder.entry(document.folder).or_default() += 1;
            match first.get(&id) {
                None => {
                    first.insert(id, (place, document));
                }
                Some((other, known)) if !is_same(known, &document)? => {
                    let what = format!("{other} and {place} differ in document {id} of kind {}", document.kind);
                    found.push(Finding::new(Checker::Equal, what));
                }
                Some(_) => {}
            }
        }
        for (folder, count) in of_folder {
            counts.entry(folder).or_default().push((place, count));
        }
    }
    for (folder, counts) in counts {
        let entitled = (0..world.phones.len())
            .filter(|place| world.must_hold(*place, folder) && !excused.contains(&(*place, folder)));
        let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
        for place in entitled {
            let count = counts.iter().find(|(at, _)| *at == place).map_or(0, |(_, count)| *count);
            if count != most {
                let what = format!("{place} has {count} of {most} documents of {folder}");
                found.push(Finding::new(Checker::Equal, what));
            }
        }
    }
    Ok(())
}

/// Equal bytes are equal documents; others are compared by what they hold.
fn is_same(one: &HeldDocument, other: &HeldDocument) -> Result<bool> {
    if one == other {
        return Ok(true);
    }
    let load = |held: &HeldDocument| {
        let kind = DocumentKind::from_code(held.kind).ok_or_else(|| anyhow::anyhow!("kind {}", held.kind))?;
        anyhow::Ok(Document::load(kind, &held.saved)?)
    };
    let (left, right) = (load(one)?, load(other)?);
    Ok(one.folder == other.folder && left.heads() == right.heads() && left.waiting_count() == right.waiting_count())
}

/// A saved word is readable once on every entitled device; one that was never saved is nowhere.
fn each_word_once(world: &World, found: &mut Vec<Finding>) -> Result<()> {
    for (place, phone) in world.in_use() {
        let entries = phone.inspector().entries()?;
        let put_aside = phone.inspector().put_aside_by_crashes()?;
        let here = |typed: &Typed| {
            let in_place = world.must_hold(place, typed.folder) && !put_aside.contains(&typed.folder);
            in_place && !world.is_displaced(*typed) && !world.is_erased(*typed)
        };
        for (word, typed) in world.words.all().filter(|(_, typed)| here(typed)) {
            let seen = times(&entries, typed.document, word);
            if !is_right(typed, seen) {
                let standing = phone.inspector().standing(typed.folder)?;
                let what = format!(
                    "{place} reads a word that {} typed in {} of {} {seen} times: {:?}; its rows: {standing}",
                    typed.phone, typed.document, typed.folder, typed.told
                );
                found.push(Finding::new(Checker::Once, what));
            }
        }
        let never: BTreeSet<char> = world.words.nowhere().map(Word::character).collect();
        if entries.values().any(|(_, note)| note.chars().any(|c| never.contains(&c))) {
            found.push(Finding::new(Checker::Once, format!("{place} reads a word that was refused")));
        }
    }
    Ok(())
}

/// What had to go elsewhere is with its writer or with somebody who leads.
fn displaced_is_somewhere(world: &World, found: &mut Vec<Finding>) -> Result<()> {
    let displaced: Vec<(Word, Typed)> = world
        .words
        .all()
        .filter(|(_, typed)| typed.told == Told::Saved && world.is_displaced(*typed) && !world.is_erased(*typed))
        .filter(|(_, typed)| !(world.was_away && world.is_gone(typed.phone)))
        .collect();
    let mut read: BTreeSet<(usize, char)> = BTreeSet::new();
    if !displaced.is_empty() {
        for (place, phone) in world.in_use() {
            let notes = phone.inspector().entries()?;
            read.extend(notes.values().flat_map(|(_, note)| note.chars()).map(|c| (place, c)));
        }
    }
    let leaders: Vec<usize> =
        (0..world.phones.len()).filter(|place| world.ledger.people.leads(world.phones[*place].owner.member)).collect();
    for (word, typed) in displaced {
        if !leaders.iter().chain([&typed.phone]).any(|place| read.contains(&(*place, word.character()))) {
            let known = if world.ledger.knows(typed.folder) { "known" } else { "unknown" };
            let what = format!(
                "a word {} saved in {} of the {known} {} is nowhere",
                typed.phone, typed.document, typed.folder
            );
            found.push(Finding::new(Checker::Once, what));
        }
    }
    Ok(())
}

/// What two people erased is on no device, in the document it was written in. The row of a register may stand there anew: the
/// other side may share the case once more.
fn erased_is_nowhere(world: &World, found: &mut Vec<Finding>) -> Result<()> {
    for (_, phone) in world.in_use() {
        let documents = phone.inspector().documents()?;
        let erased = |(id, held): (&DocumentId, &HeldDocument)| {
            held.kind != DocumentKind::RegisterRow.code() && world.ledger.erased.has(held.folder, *id)
        };
        if let Some((id, held)) = documents.iter().find(|held| erased(*held)) {
            let what = format!("{} holds the erased {id} of kind {} in {}", phone.owner.name, held.kind, held.folder);
            found.push(Finding::new(Checker::Erased, what));
        }
    }
    Ok(())
}

fn is_right(typed: Typed, seen: usize) -> bool {
    match typed.told {
        Told::Saved => seen == 1,
        Told::Nothing => seen <= 1,
        Told::NotSaved => seen == 0,
    }
}

fn times(entries: &BTreeMap<DocumentId, (String, String)>, document: DocumentId, word: Word) -> usize {
    entries.get(&document).map_or(0, |(_, note)| note.chars().filter(|c| *c == word.character()).count())
}
