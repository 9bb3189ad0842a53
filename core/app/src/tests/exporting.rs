//! A citizen's whole file, and the caseload, taken out.

use feltbog_domain::{ReadAction, Role};
use feltbog_paper::Block;

use super::read_log::Office;
use super::town::{Town, new_case};
use crate::{AlsoAbout, CaseExport, Device, DiscloseWish, LogWish, NewCaseWish, Other, ProfileChanges};

const NETTO: &str = "24256790";

fn citizen(number: &str, name: &str) -> NewCaseWish {
    NewCaseWish { name: name.into(), ..new_case(number, true) }
}

async fn town() -> Town {
    let town = Town::founded().await;
    for (number, name) in [("A-1", "Amina Vest"), ("B-1", "Bodil Lind")] {
        town.leader.with(|d| d.new_case(&citizen(number, name))).unwrap();
    }
    town
}

fn wish(kind: &str, note: &str) -> LogWish {
    LogWish { case: Some("A-1".into()), kind: kind.into(), note: note.into(), ..LogWish::default() }
}

fn export(town: &Town) -> CaseExport {
    town.leader.with(|d| d.export_case("A-1")).unwrap()
}

fn named(export: &CaseExport, field: &str) -> Vec<(String, Other)> {
    export.review.iter().filter(|mark| mark.field == field).map(|mark| (mark.name.clone(), mark.who)).collect()
}

/// Every word of the paper, in the order of reading.
fn on_paper(export: &CaseExport) -> String {
    let pair = |(name, value): (String, String)| format!("{name}: {value}");
    let words = export.paper().blocks.into_iter().map(|block| match block {
        Block::Heading(_, text) | Block::Text(text) | Block::Quiet(text) | Block::Notice(text) => text,
        Block::List(items) => items.join("\n"),
        Block::Facts(facts) => facts.into_iter().map(pair).collect::<Vec<_>>().join("\n"),
        Block::Table(table) => table.rows.into_iter().map(|row| row.join(", ")).collect::<Vec<_>>().join("\n"),
    });
    words.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn the_paper_says_who_made_it_what_it_covers_and_whose_devices_may_hold_more() {
    let town = town().await;
    let _colleague = town.colleague("Åse Møller", Role::Consultant).await;
    town.leader.with(|d| d.assign("A-1", "Åse Møller", Role::Consultant)).unwrap();
    town.leader.exchange().await.unwrap();
    town.leader.with(|d| d.log_entry(&wish("note", "מים og 🧠\nnæste linje"))).unwrap();
    let export = export(&town);
    let paper = export.paper();
    assert_eq!((paper.language.as_str(), paper.author.as_str()), ("da", "Lone Vest"));
    let words = on_paper(&export);
    let place = |word: &str| words.find(word).unwrap_or_else(|| panic!("{word}: {words}"));
    let order = [
        "Amina Vest",
        "Sagsnummer: A-1",
        "Lavet af: Lone Vest",
        "Forvaltning: beskæftigelsessiden",
        "Indeholder: det, denne enhed må se: beskæftigelsessiden, fælles",
        "Andre enheder kan have noget",
        "Åse Møller (1 enhed",
        "Gennemgå før udlevering",
        "Program: ",
        "Registreringer (1)",
        "1. Notat",
        "Skrevet af Lone Vest. Kun på denne enhed",
        "מים og 🧠\nnæste linje",
    ];
    let places: Vec<usize> = order.iter().map(|word| place(word)).collect();
    assert!(places.is_sorted(), "{places:?}: {words}");
    let pdf = export.pdf().unwrap();
    assert!(pdf.starts_with(b"%PDF-") && pdf == export.pdf().unwrap());
}

#[tokio::test]
async fn everything_about_the_citizen_is_in_it_and_no_word_of_the_others_entry_of_the_same_visit() {
    let town = town().await;
    let visit = LogWish {
        employer: Some(NETTO.into()),
        employer_name: Some("Netto".into()),
        also: vec![AlsoAbout { case: "B-1".into(), note: "Kun om rengøring".into() }],
        ..wish("employer_visit", "Amina fik en prøvevagt")
    };
    let entry = town.leader.with(|d| d.log_entry(&visit)).unwrap().entry;
    let talk = town.leader.with(|d| d.log_entry(&wish("contact", "Ringede om vagten"))).unwrap().entry;
    let wrong = town.leader.with(|d| d.log_entry(&wish("note", "Forkert person"))).unwrap().entry;
    town.leader.with(|d| d.journalise(entry, "KSS-17")).unwrap();
    town.leader.with(|d| d.add_addendum(entry, "Vagten var tirsdag")).unwrap();
    town.leader.with(|d| d.mark_mistaken(wrong, "skrevet på forkert sag")).unwrap();
    let facts = |wish: &str| ProfileChanges {
        job_wish: Some(wish.into()),
        plan: Some("Tre besøg".into()),
        ..ProfileChanges::default()
    };
    town.leader.with(|d| d.change_profile("A-1", &facts("bager"))).unwrap();
    town.leader.with(|d| d.change_profile("A-1", &facts("gartner"))).unwrap();
    let agreed = DiscloseWish {
        case: "A-1".into(),
        employer: NETTO.into(),
        decision: "agreed".into(),
        may_say: Some("at jeg har været syg".into()),
        may_not_say: Some("hvor".into()),
    };
    town.leader.with(|d| d.disclose(&agreed)).unwrap();
    let export = export(&town);
    let text = export.text();
    for there in [
        "Amina fik en prøvevagt",
        "Vagten var tirsdag",
        "Ringede om vagten",
        "KSS-17",
        "FEJLREGISTRERET: skrevet på forkert sag",
        "Forkert person",
        "gartner",
        "bager",
        "Tre besøg",
        "at jeg har været syg",
        "Må ikke siges: hvor",
        "jobmål",
        "Andre enheder kan have noget, der ikke er sendt.",
    ] {
        assert!(text.contains(there), "{there}: {text}");
        let paper = on_paper(&export);
        assert!(paper.to_lowercase().contains(&there.to_lowercase()), "{there}: {paper}");
    }
    for not in ["rengøring", "Bodil", "B-1"] {
        assert!(!on_paper(&export).contains(not));
        assert!(!text.contains(not) && !format!("{:?}", export.view).contains(not), "{not}");
    }
    let order: Vec<_> = export.view.entries.iter().map(|view| view.entry).collect();
    let at = |wanted| order.iter().position(|entry| *entry == wanted).unwrap();
    assert_eq!(export.view.entries[at(entry) + 1].fields.addendum_to, Some(entry), "below its entry");
    assert!(at(talk) != at(entry) + 1 && export.own_unsent > 0);
}

#[tokio::test]
async fn whoever_else_is_named_is_listed_first_and_marked_and_the_citizen_is_not() {
    let town = town().await;
    let noted = LogWish {
        employer: Some(NETTO.into()),
        employer_name: Some("Netto".into()),
        contact_person: Some("Kirsten Falk".into()),
        ..wish("employer_visit", "Amina og Bodils bror talte med Kirsten. Lone ringer, og Amina Vest kommer.")
    };
    town.leader.with(|d| d.log_entry(&noted)).unwrap();
    let export = export(&town);
    let mut in_note = named(&export, "note");
    in_note.sort();
    let wanted = [("Bodils", Other::Citizen), ("Kirsten", Other::EmployerContact), ("Lone", Other::Staff)];
    assert_eq!(in_note, wanted.map(|(name, who)| (name.to_owned(), who)));
    assert_eq!(named(&export, "contact_person"), [("Kirsten Falk".to_owned(), Other::EmployerContact)]);
    assert_eq!(named(&export, "authors"), [("Lone Vest".to_owned(), Other::Staff)]);
    let text = export.text();
    let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words}: {text}"));
    assert!(place("GENNEMSE FØR UDLEVERING") < place("SAGEN\n"));
    assert!(place("- Bodils (en anden borger), nr. 1, notatet") < place("⟦Bodils⟧ bror talte med ⟦Kirsten⟧"));
    assert!(!text.contains("⟦Amina⟧") && !text.contains("⟦Vest⟧"));
    let paper = on_paper(&export);
    assert!(paper.contains("Bodils, en anden borger, notatet: nr. 1"), "{paper}");
    assert!(paper.contains("Gennemgå før udlevering: Kirsten Falk, Bodils, Kirsten, Lone"), "{paper}");
    assert!(paper.contains("⟦Bodils⟧ bror talte med ⟦Kirsten⟧") && !paper.contains("⟦Amina⟧"));
}

#[tokio::test]
async fn every_file_that_leaves_stands_in_the_read_log() {
    let office = Office::opened().await;
    let vera = &office.vera.app;
    vera.with(|d| d.export_case(super::read_log::CASE)).unwrap();
    vera.with(|d| d.export_case(super::read_log::CASE)).unwrap();
    vera.with(Device::export_caseload).unwrap();
    office.exchange().await;
    let exported = office.told().into_iter().filter(|line| line.action == Some(ReadAction::Exported)).count();
    assert_eq!(exported, 3, "a second file is not the same reading");
}

#[tokio::test]
async fn a_caseload_comes_back_through_the_import_and_no_cell_is_a_formula() {
    let town = town().await;
    let strange = ProfileChanges { job_wish: Some("=1+1; \"bager\"".into()), ..ProfileChanges::default() };
    town.leader.with(|d| d.change_profile("A-1", &strange)).unwrap();
    let (file, cases) = town.leader.with(Device::export_caseload).unwrap();
    assert_eq!(cases, 2);
    assert!(file.starts_with("\u{feff}sagsnr;fornavn;efternavn;"), "{file}");
    assert!(file.contains("\r\nA-1;Amina;Vest;") && file.contains("\"'=1+1; \"\"bager\"\"\""), "{file}");
    let elsewhere = Town::founded().await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("forloeb.csv"), &file).unwrap();
    let report = elsewhere.leader.with(|d| d.import(folder.path(), None, false)).unwrap();
    assert_eq!((report.cases, report.refused.len()), (2, 0), "{:?}", report.refused);
    let names: Vec<String> = elsewhere.leader.with(Device::cases).unwrap().into_iter().map(|case| case.name).collect();
    assert_eq!(names, ["Amina Vest", "Bodil Lind"]);
}
