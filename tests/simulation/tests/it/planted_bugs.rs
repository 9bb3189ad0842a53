//! The tests are tested: a checker that finds no planted bug would find no other either.

use std::collections::BTreeSet;

use feltbog_simulation::{Bug, Checker, Fate, Size};

use super::lived;

/// Far fewer lives than CI lives without a planted bug.
const LIVES: u64 = 30;

#[test]
fn every_planted_bug_is_found_by_the_checker_that_is_there_for_it() {
    let mut unseen = Vec::new();
    for bug in Bug::ALL {
        let mut seen: BTreeSet<Checker> = BTreeSet::new();
        let found = (0..LIVES).find(|seed| {
            // Losing a folder takes two consultants.
            let size = if *bug == Bug::SentAfterRevoke { Size::MIDDLE } else { Size::SMALL };
            let fate = Fate { planted: Some(*bug), ..Fate::of(*seed, size) };
            let life = lived(&fate);
            seen.extend(life.findings.iter().map(|finding| finding.checker));
            seen.contains(&bug.found_by())
        });
        match found {
            Some(seed) => println!("{bug:?}: found by {:?} in life {seed}", bug.found_by()),
            None => unseen.push(format!("{bug:?}: {:?} found nothing, {seen:?} did", bug.found_by())),
        }
    }
    assert!(unseen.is_empty(), "{}", unseen.join("\n"));
}

#[test]
fn there_are_enough_planted_bugs() {
    assert!(Bug::ALL.len() >= 15);
}
