//! The consultant's day with entries: linked visits, changes by two, marks, the journal, the agenda.

use feltbog_domain::{DocumentId, EntryState, Role};

use super::shared_case::{SharedCase, log};
use super::town::{Town, new_case};
use crate::{AgendaOf, AlsoAbout, App, AppError, Device, EntryChanges, EntryView, LogWish, NextStepWish};

async fn town_with(cases: &[&str]) -> Town {
    let town = Town::founded().await;
    for number in cases {
        town.leader.with(|d| d.new_case(&new_case(number, false))).unwrap();
    }
    town
}

fn view(app: &App, case: &str, entry: DocumentId) -> EntryView {
    let found = app.with(|d| d.show_case(case)).unwrap();
    found.entries.into_iter().find(|view| view.entry == entry).unwrap()
}

fn wish(case: &str, kind: &str, note: &str) -> LogWish {
    LogWish { case: Some(case.into()), kind: kind.into(), note: note.into(), ..LogWish::default() }
}

fn missing(app: &App) -> Vec<DocumentId> {
    app.with(Device::missing_in_journal).unwrap().into_iter().map(|row| row.entry).collect()
}

fn next(text: &str, on: &str) -> NextStepWish {
    NextStepWish { text: Some(text.into()), on: Some(on.into()), time: None }
}

#[tokio::test]
async fn one_visit_about_two_citizens_is_an_entry_for_each_with_no_word_of_the_other() {
    let town = town_with(&["A-1", "B-1"]).await;
    let visit = LogWish {
        employer: Some("24256790".into()),
        employer_name: Some("Netto".into()),
        fits_wish: Some(true),
        next_step: next("ring om Aminas vagt", "om en uge"),
        also: vec![AlsoAbout { case: "B-1".into(), note: "Bo kan begynde i lageret".into() }],
        ..wish("A-1", "employer_visit", "Amina fik en prøvevagt")
    };
    let logged = town.leader.with(|d| d.log_entry(&visit)).unwrap();
    let [linked] = logged.linked.as_slice() else { panic!("one other citizen") };
    let (amina, bo) = (view(&town.leader, "A-1", logged.entry), view(&town.leader, "B-1", *linked));
    assert_eq!((amina.note.as_str(), bo.note.as_str()), ("Amina fik en prøvevagt", "Bo kan begynde i lageret"));
    assert!(amina.fields.visit.is_some() && amina.fields.visit == bo.fields.visit);
    assert_eq!(amina.fields.employer, bo.fields.employer);
    assert!(bo.fields.next_step.is_none() && bo.fields.fits_wish.is_none(), "those were the first citizen's");
    assert!(!format!("{:?}{}", bo.fields, bo.note).contains("Amina"));
}

#[tokio::test]
async fn a_visit_names_nobody_twice_and_only_visits_are_about_several() {
    let town = town_with(&["A-1", "B-1"]).await;
    let with = |case: &str, kind: &str, also: &str| LogWish {
        also: vec![AlsoAbout { case: also.into(), note: String::new() }],
        ..wish(case, kind, "")
    };
    for wish in [
        with("A-1", "employer_visit", "a-1"),
        with("A-1", "statutory_talk", "B-1"),
        with("-", "employer_visit", "B-1"),
        with("A-1", "employer_visit", "Z-9"),
    ] {
        assert!(town.leader.with(|d| d.log_entry(&wish)).is_err(), "{wish:?}");
    }
    for case in ["A-1", "B-1"] {
        assert!(town.leader.with(|d| d.show_case(case)).unwrap().entries.is_empty(), "nothing was saved");
    }
}

#[tokio::test]
async fn a_field_that_two_people_changed_shows_both_values_until_somebody_chooses() {
    let case = SharedCase::begun().await;
    let entry = log(&case.vera, "besøg");
    case.everybody_exchanges().await;
    let minutes = |minutes| EntryChanges { minutes: Some(minutes), ..EntryChanges::default() };
    case.vera.with(|d| d.change_entry(entry, &[], &minutes(30))).unwrap();
    case.ivan.with(|d| d.change_entry(entry, &[], &minutes(50))).unwrap();
    case.everybody_exchanges().await;
    case.everybody_exchanges().await;
    for app in [&case.vera, &case.ivan, &case.town.leader] {
        let mut values = view(app, "V-1", entry).conflicts["minutes"].clone();
        values.sort();
        assert_eq!(values, ["30", "50"]);
    }
    case.town.leader.with(|d| d.settle_field(entry, "minutes", "30")).unwrap();
    assert!(case.town.leader.with(|d| d.settle_field(entry, "minutes", "50")).is_err(), "it is settled");
    case.everybody_exchanges().await;
    for app in [&case.vera, &case.ivan, &case.town.leader] {
        let view = view(app, "V-1", entry);
        assert!(view.conflicts.is_empty() && view.fields.minutes == Some(30));
    }
}

#[tokio::test]
async fn a_form_that_was_open_since_before_keeps_what_a_colleague_wrote_meanwhile() {
    let case = SharedCase::begun().await;
    let entry = log(&case.vera, "besøg");
    case.everybody_exchanges().await;
    let opened = case.ivan.with(|d| d.open_entry(entry)).unwrap().heads;
    let place = EntryChanges { place: Some("Netto".into()), ..EntryChanges::default() };
    case.vera.with(|d| d.change_entry(entry, &[], &place)).unwrap();
    case.vera.with(|d| d.edit_note(entry, "besøg, og en vagt", &[])).unwrap();
    case.everybody_exchanges().await;
    case.everybody_exchanges().await;
    let minutes = EntryChanges { minutes: Some(20), ..EntryChanges::default() };
    case.ivan.with(|d| d.change_entry(entry, &opened, &minutes)).unwrap();
    let view = view(&case.ivan, "V-1", entry);
    assert_eq!((view.fields.place.as_deref(), view.fields.minutes), (Some("Netto"), Some(20)));
    assert!(view.note == "besøg, og en vagt" && view.conflicts.is_empty());
}

#[tokio::test]
async fn what_is_journalised_is_locked_and_added_to() {
    let town = town_with(&["A-1"]).await;
    let app = &town.leader;
    let entry = app.with(|d| d.log_entry(&wish("A-1", "note", "Har fået en plads"))).unwrap().entry;
    assert_eq!(app.with(crate::Device::status).unwrap().missing_in_journal, 1);
    let text = app.with(|d| d.journal_text(entry)).unwrap();
    assert!(text.theme == "Notat" && text.text.contains("Har fået en plads") && text.text.contains("Lone Vest"));
    assert!(app.with(|d| d.journalise(entry, "  ")).is_err(), "a number is needed");
    let logged = app.with(|d| d.journalise(entry, "KSS-17")).unwrap();
    assert_eq!(logged.state, EntryState::Journalised, "also before it was sent");
    assert_eq!(app.with(crate::Device::status).unwrap().missing_in_journal, 0);

    assert!(matches!(app.with(|d| d.edit_note(entry, "andet", &[])), Err(AppError::Journalised)));
    let change = EntryChanges { minutes: Some(5), ..EntryChanges::default() };
    assert!(matches!(app.with(|d| d.change_entry(entry, &[], &change)), Err(AppError::Journalised)));
    assert!(matches!(app.with(|d| d.journalise(entry, "KSS-18")), Err(AppError::Journalised)));
    let addendum = app.with(|d| d.add_addendum(entry, "Pladsen er på deltid")).unwrap().entry;
    let added = view(app, "A-1", addendum);
    assert_eq!((added.fields.addendum_to, added.note.as_str()), (Some(entry), "Pladsen er på deltid"));
    assert_eq!(view(app, "A-1", entry).note, "Har fået en plads");
    assert_eq!(missing(app), [addendum], "the addendum belongs in the journal too");
}

#[tokio::test]
async fn the_list_of_what_is_missing_in_the_journal_holds_ones_own_and_can_reach_zero() {
    let case = SharedCase::begun().await;
    let (vera, ivan) = (&case.vera, &case.ivan);
    let (mine, left_out, wrong) = (log(vera, "et"), log(vera, "to"), log(vera, "tre"));
    vera.with(|d| d.log_entry(&wish("V-1", "not_reached", ""))).unwrap();
    log(ivan, "Ivans");
    case.everybody_exchanges().await;
    case.everybody_exchanges().await;
    vera.with(|d| d.leave_out_of_journal(left_out, true)).unwrap();
    vera.with(|d| d.mark_mistaken(wrong, "forkert borger")).unwrap();
    assert_eq!(missing(vera), [mine]);
    vera.with(|d| d.leave_out_of_journal(left_out, false)).unwrap();
    assert_eq!(missing(vera).len(), 2);
    for entry in [mine, left_out] {
        vera.with(|d| d.journalise(entry, "7")).unwrap();
    }
    assert_eq!(vera.with(crate::Device::status).unwrap().missing_in_journal, 0);
}

#[tokio::test]
async fn what_was_written_by_mistake_stays_and_counts_for_nothing_until_it_is_right_again() {
    let town = town_with(&["A-1"]).await;
    let app = &town.leader;
    let visit = wish("A-1", "job_start", "begyndt");
    let entry = app.with(|d| d.log_entry(&visit)).unwrap().entry;
    let phase = || app.with(Device::cases).unwrap()[0].phase;
    let contact = || app.with(Device::cases).unwrap()[0].last_contact;
    assert_eq!(phase(), feltbog_domain::Phase::Job);
    assert!(app.with(|d| d.mark_mistaken(entry, " ")).is_err(), "a reason is needed");
    app.with(|d| d.mark_mistaken(entry, "forkert borger")).unwrap();
    assert_eq!(phase(), feltbog_domain::Phase::Start);
    assert_eq!(view(app, "A-1", entry).fields.marks.mistaken.as_deref(), Some("forkert borger"));
    app.with(|d| d.not_mistaken(entry)).unwrap();
    assert_eq!(phase(), feltbog_domain::Phase::Job);

    let talk = app.with(|d| d.log_entry(&wish("A-1", "contact", "talt"))).unwrap().entry;
    assert!(contact().is_some());
    app.with(|d| d.mark_mistaken(talk, "det var en anden")).unwrap();
    assert_eq!(contact(), None);
}

#[tokio::test]
async fn a_step_stands_in_the_agenda_until_somebody_says_what_became_of_it() {
    let town = town_with(&["A-1"]).await;
    let app = &town.leader;
    let log = |text: &str, on: &str| {
        let wish = LogWish { next_step: next(text, on), ..wish("A-1", "contact", "") };
        app.with(|d| d.log_entry(&wish)).unwrap().entry
    };
    let (late, soon) = (log("ring", "01-03-2020"), log("mødes", "om en uge"));
    let agenda = |until| app.with(|d| d.agenda(until, AgendaOf::Own)).unwrap();
    let found: Vec<(DocumentId, bool)> = agenda(None).into_iter().map(|item| (item.entry, item.overdue)).collect();
    assert_eq!(found, [(late, true), (soon, false)]);
    assert_eq!(agenda(Some("i dag")).len(), 1, "what is overdue is always shown");
    assert!(app.with(|d| d.agenda(Some("engang"), AgendaOf::Own)).is_err());

    assert!(app.with(|d| d.settle_step(late, "moved", &NextStepWish::default())).is_err(), "moved to when?");
    app.with(|d| d.settle_step(late, "flyttet", &next("", "om 2 uger"))).unwrap();
    assert_eq!(agenda(None).iter().map(|item| item.entry).collect::<Vec<_>>(), [soon, late]);
    app.with(|d| d.settle_step(late, "kom ikke", &NextStepWish::default())).unwrap();
    app.with(|d| d.settle_step(soon, "held", &NextStepWish::default())).unwrap();
    assert!(agenda(None).is_empty());
    assert!(app.with(|d| d.settle_step(soon, "held", &NextStepWish::default())).is_err(), "that is settled");
}

#[tokio::test]
async fn a_note_that_was_read_together_says_when() {
    let town = town_with(&["A-1"]).await;
    let entry = town.leader.with(|d| d.log_entry(&wish("A-1", "note", "læs"))).unwrap().entry;
    town.leader.with(|d| d.read_together(entry)).unwrap();
    assert!(view(&town.leader, "A-1", entry).fields.marks.read_together_at.is_some());
}

#[tokio::test]
async fn the_treatment_side_has_a_journal_of_its_own() {
    let town = Town::founded().await;
    town.leader.with(|d| d.new_case(&new_case("T-1", true))).unwrap();
    let bente = town.colleague("Bente", Role::Treatment).await;
    town.leader.with(|d| d.assign("T-1", "Bente", Role::Treatment)).unwrap();
    for app in [&town.leader, &bente] {
        app.exchange().await.unwrap();
    }
    let entry = bente.with(|d| d.log_entry(&wish("T-1", "contact", "talte om søvn"))).unwrap().entry;
    assert_eq!(bente.with(crate::Device::status).unwrap().missing_in_journal, 1);
    bente.with(|d| d.journalise(entry, "SOF-9")).unwrap();
    for app in [&bente, &town.leader] {
        app.exchange().await.unwrap();
    }
    assert_eq!(bente.with(crate::Device::status).unwrap().missing_in_journal, 0);
    assert_eq!(
        town.leader.with(crate::Device::status).unwrap().missing_in_journal,
        0,
        "nobody owes what another wrote"
    );
}
