//! Lines that were not taken, put right and read in again.

use std::fs;
use std::path::Path;

use super::town::Town;
use crate::{Device, ImportReport};

const CASES: &str = "sagsnr;fornavn;efternavn;indskrevet;jobønske\r\n\
    A-1;Amina;Vest;01-02-2026;bager\r\nA-2;Bodil;Lind;31-02-2026;\"+ gartner; helst ude\"\r\n";
const ENTRIES: &str = "haendelse;sagsnr;type;tidspunkt;konsulent;notat\r\n\
    e1;A-1;kontakt;02-02-2026 10:00;Lone Vest;godt\r\n\
    e2;A-1;besøgte;02-02-2026 10:00;Lone Vest;\"=1+1\nto linjer; \"\"citat\"\"\"\r\n\
    e3;A-2;kontakt;02-02-2026 11:00;Lone Vest;- hører til den afviste\r\n\
    e4;A-1;kontakt;02-02-2026 12:00\r\n\
    e5;A-1;kontakt;02-02-2026 13:00;Lone Vest;for;mange\r\n\
    e6;A-1;kontakt;02-02-2026 14:00;Lone Vest;\"aldrig lukket\r\n";
const EMPLOYERS: &str = "cvr;navn\r\n12345678;Forkert Nummer ApS\r\n";

fn import(town: &Town, folder: &Path, dry_run: bool) -> ImportReport {
    town.leader.with(|d: &mut Device| d.import(folder, None, dry_run)).unwrap()
}

/// Puts files in a folder, each with what was put right in it.
fn written(files: &[(&str, &str)], right: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let text = right.iter().fold((*text).to_owned(), |text, (wrong, right)| text.replace(wrong, right));
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn error_files(report: &ImportReport) -> Vec<(&str, &str)> {
    report.error_files.iter().map(|file| (file.name, file.text.as_str())).collect()
}

#[tokio::test]
async fn refused_lines_come_back_in_their_own_columns_and_go_in_once_they_are_put_right() {
    let town = Town::founded().await;
    let first = written(&[("forloeb.csv", CASES), ("haendelser.csv", ENTRIES), ("virksomheder.csv", EMPLOYERS)], &[]);
    let dry = import(&town, first.path(), true);
    let report = import(&town, first.path(), false);
    assert_eq!(dry.error_files, report.error_files, "a dry run says the same");
    assert_eq!((report.cases, report.entries, report.refused.len()), (1, 1, 7));
    let files = error_files(&report);
    assert_eq!(
        files.iter().map(|file| file.0).collect::<Vec<_>>(),
        ["forloeb.csv", "haendelser.csv", "virksomheder.csv"]
    );
    assert!(
        files[0].1.starts_with("\u{feff}sagsnr;fornavn;efternavn;indskrevet;jobønske;linje;fejl\r\nA-2;"),
        "{}",
        files[0].1
    );
    for (place, line) in [("A-2;Bodil", ";3;"), ("e3;", ";5;"), ("\"e4;", ";6;"), ("\"e5;", ";7;")] {
        let found = files.iter().flat_map(|file| file.1.lines()).find(|row| row.starts_with(place)).unwrap();
        assert!(found.contains(line), "{found}");
    }
    for (_, text) in &files {
        let formula = |cell: &str| cell.trim_start_matches('"').starts_with(['=', '+', '-', '@']);
        assert!(!text.split([';', '\n']).any(formula), "{text}");
        assert!(!text.contains("godt") && !text.contains("Amina"), "what went in is not in it: {text}");
    }

    let right = [("31-02-2026", "28-02-2026"), ("besøgte", "kontakt"), ("12345678", "24256790")];
    let second = written(&files, &right);
    let report = import(&town, second.path(), false);
    assert_eq!(
        (report.cases, report.employers, report.entries, report.refused.len()),
        (1, 1, 2, 3),
        "{:?}",
        report.refused
    );
    let again = error_files(&report);
    let rows: Vec<&str> = again[0].1.lines().collect();
    assert_eq!(rows[0], "\u{feff}haendelse;sagsnr;type;tidspunkt;konsulent;notat;linje;fejl", "each column once");
    let cut = [
        "e4;A-1;kontakt;02-02-2026 12:00;Lone Vest;efter;;",
        "e5;A-1;kontakt;02-02-2026 13:00;Lone Vest;\"for;mange\";;",
        "e6;A-1;kontakt;02-02-2026 14:00;Lone Vest;lukket;;",
    ];
    let right: Vec<(&str, &str)> = rows[1..].iter().copied().zip(cut).collect();
    let third = written(&again, &right);
    let report = import(&town, third.path(), false);
    assert_eq!((report.refused.len(), report.error_files.len(), report.entries), (0, 0, 3), "{:?}", report.refused);

    let view = town.leader.with(|d| d.show_case("A-1")).unwrap();
    let notes: Vec<&str> = view.entries.iter().map(|entry| entry.note.as_str()).collect();
    for note in ["=1+1\nto linjer; \"citat\"", "for;mange", "efter", "lukket"] {
        assert!(notes.contains(&note), "{notes:?}");
    }
    let other = town.leader.with(|d| d.show_case("A-2")).unwrap();
    assert_eq!(other.entries[0].note, "- hører til den afviste");
    assert_eq!(other.case.unwrap().profile.job_wish.as_deref(), Some("+ gartner; helst ude"));
}
