//! The register of employers as a file, out and in again.

use super::town::{Town, new_case};
use crate::{App, EmployerChanges, EmployersImport, LogWish, OpeningWish, PersonWish, UnitWish};

const NETTO: &str = "24256790";

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// A register with a little of everything, and a visit about Amina Holm.
fn fill(app: &App) {
    let case = crate::NewCaseWish { name: "Amina Holm".into(), ..new_case("A-1", true) };
    let netto =
        EmployerChanges { name: some("Netto; \"Havnen\""), postcode: some("2450"), ..EmployerChanges::default() };
    let chef = PersonWish {
        name: some("Kirsten Skov"),
        function: some("=Chef"),
        phone: some("+45 12 34 56 78"),
        mail: some("kirsten@example.dk"),
        prefers: some("sms"),
        in_charge: Some(true),
        ..PersonWish::default()
    };
    let gone = PersonWish { name: some("Bo Krag"), left: Some(true), ..PersonWish::default() };
    let opening = OpeningWish {
        text: some("Opvasker"),
        hours_per_week: Some(12),
        job_type: some("småjob"),
        from: some("01-03-2030"),
        until: some("01-05-2030"),
        ..OpeningWish::default()
    };
    let unit = UnitWish { number: "1003456789".into(), name: some("Netto Havnen"), ..UnitWish::default() };
    let visit = LogWish {
        case: some("A-1"),
        kind: "employer_visit".into(),
        employer: some(NETTO),
        about_employer: some("De er glade for os"),
        note: "Amina så lageret".into(),
        ..LogWish::default()
    };
    app.with(|d| {
        d.new_case(&case)?;
        d.change_employer(NETTO, &netto)?;
        d.put_contact_person(NETTO, &chef)?;
        d.put_contact_person(NETTO, &gone)?;
        d.put_opening(NETTO, &opening)?;
        d.put_unit(NETTO, &unit)?;
        d.log_entry(&visit)
    })
    .unwrap();
}

fn import(app: &App, text: &str, dry_run: bool) -> EmployersImport {
    app.with(|d| d.import_employers(text, dry_run)).unwrap()
}

#[tokio::test]
async fn what_goes_out_names_no_citizen_and_comes_in_whole_elsewhere_once() {
    let (town, other) = (Town::founded().await, Town::founded().await);
    fill(&town.leader);
    let file = town.leader.with(|d| d.export_employers()).unwrap();
    assert_eq!((file.employers, file.left_out), (1, 0));
    for word in ["Amina", "Holm", "A-1", "lageret", "glade"] {
        assert!(!file.text.contains(word), "{word}: {}", file.text);
    }
    for line in file.text.lines() {
        assert!(line.split(';').all(|cell| !cell.trim_matches('"').starts_with(['=', '+', '-', '@'])), "{line}");
    }
    let company = file.text.lines().find(|line| line.starts_with("virksomhed;")).unwrap();
    assert!(company.contains(";1;1;"), "one visit, one contact: {company}");
    let again = EmployersImport { unchanged: 5, ..EmployersImport::default() };
    assert_eq!(import(&town.leader, &file.text, false), again, "one's own file says nothing new");

    let all = EmployersImport { employers: 1, units: 1, people: 2, openings: 1, ..EmployersImport::default() };
    assert_eq!(import(&other.leader, &file.text, true), all);
    assert!(other.leader.with(|d| d.employers("")).unwrap().is_empty(), "a dry run saves nothing");
    assert_eq!(import(&other.leader, &file.text, false), all);
    assert_eq!(import(&other.leader, &file.text, false), again);
    let (here, there) = (
        town.leader.with(|d| d.employers("")).unwrap().remove(0),
        other.leader.with(|d| d.employers("")).unwrap().remove(0),
    );
    assert_eq!(there.fields, here.fields);
    let people = |employer: &crate::EmployerSummary| -> Vec<_> {
        employer.people.iter().map(|row| row.person.clone()).collect()
    };
    assert_eq!(people(&there), people(&here));
    assert_eq!(there.openings[0].opening, here.openings[0].opening);
    let moved = file.text.replace("kirsten@example.dk", "skov@example.dk");
    assert_eq!(
        import(&other.leader, &moved, false),
        EmployersImport { changed: 1, unchanged: 4, ..EmployersImport::default() }
    );
}

#[tokio::test]
async fn what_cannot_be_taken_is_named_with_line_field_and_reason_and_the_rest_goes_in() {
    let town = Town::founded().await;
    fill(&town.leader);
    let text = "raekke;cvr;p_nummer;navn;funktion;telefon;fra;til\n\
        virksomhed;24256791;;Falsk;;;;\n\
        virksomhed;13585628;;Bageren;;;;\n\
        enhed;13585628;12;Filialen;;;;\n\
        kontaktperson;64942212;;Kim Dam;;;;\n\
        kontaktperson;13585628;;Amina Holm;;;;\n\
        kontaktperson;13585628;;Kim Dam;Kender Amina;;;\n\
        kontaktperson;13585628;;Kim Dam;;ring bare;;\n\
        åbning;13585628;;Bager;;;02-02-2030;01-02-2030\n\
        åbning;13585628;;Tager gerne en fra IPS;;;;\n\
        filial;13585628;;Bager;;;;\n\
        kontaktperson;13585628;;Kim Dam;Mester;12345678;;\n";
    let done = import(&town.leader, text, false);
    let refused: Vec<(u32, &str)> = done.refused.iter().map(|line| (line.line, line.field.as_str())).collect();
    assert_eq!(
        refused,
        [
            (2, "cvr"),
            (4, "p_nummer"),
            (5, "cvr"),
            (6, "navn"),
            (7, "funktion"),
            (8, "telefon"),
            (9, "til"),
            (10, "navn"),
            (11, "raekke")
        ]
    );
    assert!(done.refused.iter().all(|line| !line.reason.is_empty() && !line.reason.contains("Amina")));
    assert_eq!((done.employers, done.people, done.openings), (1, 1, 0));
    assert!(town.leader.with(|d| d.import_employers("a;b\n1;2\n", false)).is_err());
}

#[tokio::test]
async fn two_of_one_name_stay_two_and_companies_that_are_one_come_as_one() {
    let town = Town::founded().await;
    let app = &town.leader;
    fill(app);
    let text = "raekke;cvr;navn;funktion\n\
        virksomhed;13585628;Netto A/S;\n\
        kontaktperson;13585628;Lars;Butikschef\n\
        kontaktperson;13585628;Lars;Lager\n";
    assert_eq!(import(app, text, false).people, 2);
    assert_eq!(import(app, text, false), EmployersImport { unchanged: 3, ..EmployersImport::default() });
    app.with(|d| d.merge_employers("13585628", NETTO)).unwrap();
    let file = app.with(|d| d.export_employers()).unwrap();
    assert_eq!(file.employers, 1);
    assert_eq!(file.text.matches("Lars").count(), 2);
    let again = import(app, &file.text, false);
    assert_eq!((again.people, again.openings, again.changed), (0, 0, 0), "{again:?}");
}
