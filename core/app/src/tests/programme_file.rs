//! The programme's own file: who takes one in, who has it, and what becomes of one that is none.

use feltbog_domain::Role;
use feltbog_reports::Measure;

use super::town::{Town, new_case};
use crate::{App, AppError, NewCaseWish, ProgrammeFile, ProgrammeWish, ReportWish, StatusNoteWish};

const OWN: &str =
    "name = \"IPS Eksempel\"\nsource = \"Budgetnotat\"\ntrack = \"drugs\"\nform = \"ips\"\ntarget_group = \"voksne\"\n";

fn keep(app: &App, file: Option<&ProgrammeFile>) -> Result<(), AppError> {
    app.with(|d| d.keep_programme_file(None, file))
}

fn text(app: &App) -> Option<String> {
    app.with(|d| d.programme_file(None)).unwrap().text
}

fn held_against(app: &App) -> Result<String, AppError> {
    let wish = StatusNoteWish { file: ProgrammeFile::Kept, programme: None, at: None };
    app.with(|d| d.status_note(&wish)).map(|counted| counted.note.name)
}

#[tokio::test]
async fn a_file_that_the_leader_takes_in_is_read_by_everybody_and_changed_by_the_leader_alone() {
    let town = Town::founded().await;
    let vera = town.colleague("Vera Holm", Role::Consultant).await;
    assert!(matches!(held_against(&town.leader), Err(AppError::NoProgrammeFile)));
    keep(&town.leader, Some(&ProgrammeFile::Shipped("ips-sydhavnen".into()))).unwrap();
    town.leader.exchange().await.unwrap();
    vera.exchange().await.unwrap();
    assert!(text(&vera).unwrap().contains("name = \"IPS Sydhavnen\""));
    assert_eq!(held_against(&vera).unwrap(), "IPS Sydhavnen");
    assert!(!vera.with(|d| d.programme_file(None)).unwrap().may_set);
    assert!(matches!(keep(&vera, None), Err(AppError::NotAllowed(_))));
    // As it was taken out, with what was changed in it.
    keep(&town.leader, Some(&ProgrammeFile::Text(OWN.into()))).unwrap();
    town.leader.exchange().await.unwrap();
    vera.exchange().await.unwrap();
    assert_eq!((text(&town.leader).as_deref(), text(&vera).as_deref()), (Some(OWN), Some(OWN)));
    keep(&town.leader, None).unwrap();
    assert_eq!(text(&town.leader), None);
}

#[tokio::test]
async fn a_file_that_is_none_is_refused_in_both_languages_and_what_was_there_stays() {
    let town = Town::founded().await;
    keep(&town.leader, Some(&ProgrammeFile::Text(OWN.into()))).unwrap();
    let too_large = format!("{OWN}# {}", "x".repeat(64 * 1024));
    for (file, da, en) in [
        ("name = 5\n", "Programfilen kan ikke læses fra linje 1", "The programme's file cannot be read from line 1"),
        (too_large.as_str(), "Programfilen er for stor", "The programme's file is too large"),
    ] {
        let refused = keep(&town.leader, Some(&ProgrammeFile::Text(file.into()))).unwrap_err();
        assert!(refused.sentence().starts_with(da), "{refused}");
        assert!(refused.english().unwrap().starts_with(en), "{:?}", refused.english());
    }
    assert_eq!(text(&town.leader).as_deref(), Some(OWN));
}

#[tokio::test]
async fn the_programmes_settings_and_its_file_leave_each_other_alone() {
    let town = Town::founded().await;
    let authority = |authority| ProgrammeWish { authority: Some(authority), ..ProgrammeWish::default() };
    town.leader.with(|d| d.set_programme(&authority(true))).unwrap();
    keep(&town.leader, Some(&ProgrammeFile::Text(OWN.into()))).unwrap();
    let settings = |app: &App| app.with(|d| d.team()).unwrap().programmes[0].settings.authority;
    assert_eq!(settings(&town.leader), Some(true));
    town.leader.with(|d| d.set_programme(&authority(false))).unwrap();
    assert_eq!((settings(&town.leader), text(&town.leader).as_deref()), (Some(false), Some(OWN)));
}

#[tokio::test]
async fn of_two_files_that_were_taken_in_while_apart_one_holds_everywhere() {
    let town = Town::founded().await;
    let erik = town.colleague("Erik Krag", Role::Leader).await;
    keep(&town.leader, Some(&ProgrammeFile::Text(OWN.into()))).unwrap();
    keep(&erik, Some(&ProgrammeFile::Shipped("ips-sydhavnen".into()))).unwrap();
    for app in [&town.leader, &erik, &town.leader] {
        app.exchange().await.unwrap();
    }
    assert!(text(&erik).is_some());
    assert_eq!(text(&erik), text(&town.leader));
}

#[tokio::test]
async fn the_status_on_paper_says_what_the_note_says() {
    let town = Town::founded().await;
    let file = ProgrammeFile::Shipped("ips-sydhavnen".into());
    let wish = StatusNoteWish { file, programme: None, at: Some("01-02-2023".into()) };
    let (counted, pdf) = town.leader.with(|d| Ok((d.status_note(&wish)?, d.status_note_pdf(&wish)?))).unwrap();
    let paper = counted.paper(feltbog_domain::Moment::from_unix_ms(0), "Lone Vest");
    let said = format!("{:?}", paper.blocks);
    for words in [
        "Status for IPS Sydhavnen",
        "Har begyndt i job eller uddannelse: mindst 25 pct.",
        "01-01-2022 til 31-12-2022",
        "Ingen at tælle i perioden.",
        "2022: 2.504.000 kr., 33.387 kr. pr. plads; ingen begyndte i job",
        "for det ene er en status på én dag",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(pdf.starts_with(b"%PDF-"));
}

#[tokio::test]
async fn the_figures_on_paper_are_those_of_the_overview() {
    let town = Town::founded().await;
    for number in ["N-1", "N-2"] {
        let wish = NewCaseWish { enrolled_on: Some("15-01-2026".into()), ..new_case(number, false) };
        town.leader.with(|d| d.new_case(&wish)).unwrap();
    }
    let day = || Some("31-03-2026".to_owned());
    let file = ProgrammeFile::Shipped("ips-sydhavnen".into());
    let noted = town.leader.with(|d| d.status_note(&StatusNoteWish { file, programme: None, at: day() })).unwrap();
    let asked = ReportWish { at: day(), ..ReportWish::default() };
    let reports = town.leader.with(|d| d.report(&asked)).unwrap();
    // Nobody has left, met an employer or has a consultant: of that there is nothing to count.
    let told: Vec<Measure> = noted.note.figures.iter().map(|figure| figure.question.measure()).collect();
    assert_eq!(told, [Measure::EverStarted, Measure::PointPrevalence]);
    for figure in &noted.note.figures {
        assert!(reports.iter().any(|report| report.figure == *figure), "{figure:?}");
    }
    let said = format!("{:?}", noted.paper(feltbog_domain::Moment::from_unix_ms(0), "Lone Vest").blocks);
    assert!(said.contains(r#"["Har begyndt i job eller uddannelse", "0,0 pct.", "0 af 2"]"#), "{said}");
}
