//! What a team knows of each other's work with employers, and what may be said to them.

use feltbog_domain::{Disclosure, Role};

use super::town::{Town, new_case};
use crate::{AlsoAbout, App, AppError, ContactView, DiscloseWish, LogWish};

const NETTO: &str = "24256790";

async fn team() -> (Town, App) {
    let town = Town::founded().await;
    for (number, name) in [("A-1", "Amina Holm"), ("B-1", "Bo Lind")] {
        let wish = crate::NewCaseWish { name: name.into(), ..new_case(number, true) };
        town.leader.with(|d| d.new_case(&wish)).unwrap();
    }
    let vera = town.colleague("Vera", Role::Consultant).await;
    (town, vera)
}

fn visit(case: &str, note: &str) -> LogWish {
    LogWish {
        case: Some(case.into()),
        kind: "employer_visit".into(),
        employer: Some(NETTO.into()),
        employer_name: Some("Netto".into()),
        note: note.into(),
        ..LogWish::default()
    }
}

async fn exchange(apps: &[&App]) {
    for app in apps.iter().chain(apps) {
        app.exchange().await.unwrap();
    }
}

fn contacts(app: &App) -> Vec<ContactView> {
    app.with(|d| d.at_the_door(NETTO, None)).unwrap().contacts
}

#[tokio::test]
async fn a_visit_is_known_to_the_team_and_names_no_citizen() {
    let (town, vera) = team().await;
    let wish = LogWish {
        about_employer: Some("Søger folk til lageret".into()),
        ..visit("A-1", "Amina vil gerne på lageret")
    };
    town.leader.with(|d| d.log_entry(&wish)).unwrap();
    exchange(&[&town.leader, &vera]).await;
    let seen = contacts(&vera);
    let [seen] = seen.as_slice() else { panic!("one contact") };
    assert_eq!((seen.by.as_str(), seen.mine), ("Lone Vest", false));
    assert_eq!(seen.contact.about.as_deref(), Some("Søger folk til lageret"));
    assert!(!format!("{seen:?}").contains("Amina"));
    assert_eq!(vera.with(|d| d.employers("netto")).unwrap()[0].last_by.as_deref(), Some("Lone Vest"));
}

#[tokio::test]
async fn a_text_for_the_team_that_names_a_citizen_is_refused_and_nothing_is_saved() {
    let (town, _) = team().await;
    for about in ["Amina kan starte mandag", "De spurgte til LIND", "Sag a-1 passer her"] {
        let wish = LogWish { about_employer: Some(about.into()), ..visit("A-1", "") };
        let sentence = town.leader.with(|d| d.log_entry(&wish)).unwrap_err().to_string();
        assert!(sentence.contains("nævner en borger") && !sentence.contains("Amina"), "{sentence}");
    }
    assert!(contacts(&town.leader).is_empty());
    let wish = LogWish { about_employer: Some("Har brug for bopladser og linder".into()), ..visit("A-1", "") };
    assert!(town.leader.with(|d| d.log_entry(&wish)).is_ok(), "parts of other words are nobody's name");
}

#[tokio::test]
async fn one_visit_about_two_citizens_counts_as_one_contact_until_both_were_mistakes() {
    let (town, _) = team().await;
    let app = &town.leader;
    let also = vec![AlsoAbout { case: "B-1".into(), note: "Bo".into() }];
    let logged = app.with(|d| d.log_entry(&LogWish { also, ..visit("A-1", "Amina") })).unwrap();
    assert_eq!(contacts(app).len(), 1);
    app.with(|d| d.mark_mistaken(logged.entry, "forkert borger")).unwrap();
    assert_eq!(contacts(app).len(), 1, "the visit took place");
    app.with(|d| d.mark_mistaken(logged.linked[0], "forkert dag")).unwrap();
    assert!(contacts(app).is_empty());
    app.with(|d| d.not_mistaken(logged.entry)).unwrap();
    assert_eq!(contacts(app).len(), 1);
}

#[tokio::test]
async fn what_is_put_right_in_an_entry_is_put_right_for_the_team() {
    let (town, vera) = team().await;
    let app = &town.leader;
    let entry = app.with(|d| d.log_entry(&visit("A-1", "besøg"))).unwrap().entry;
    let changes = crate::EntryChanges {
        contact_person: Some("Køkkenchefen".into()),
        outcome: Some("afslag".into()),
        ..Default::default()
    };
    app.with(|d| d.change_entry(entry, &[], &changes)).unwrap();
    exchange(&[app, &vera]).await;
    let seen = contacts(&vera);
    assert_eq!(seen[0].contact.contact_person.as_deref(), Some("Køkkenchefen"));
    assert_eq!(seen[0].contact.outcome, Some(feltbog_domain::Outcome::Rejected));
}

#[tokio::test]
async fn whoever_comes_after_a_colleague_is_told() {
    let (town, vera) = team().await;
    town.leader.with(|d| d.log_entry(&visit("A-1", ""))).unwrap();
    exchange(&[&town.leader, &vera]).await;
    let wish = LogWish { case: None, kind: "canvassing".into(), ..visit("-", "") };
    let warning = vera.with(|d| d.log_entry(&wish)).unwrap().warning.unwrap();
    assert!(warning.contains("Lone Vest"), "{warning}");
    let own = vera.with(|d| d.log_entry(&LogWish { at: Some("01-01-2020 10:00".into()), ..wish })).unwrap();
    assert_eq!(own.warning, None, "what came later is no news then");
}

#[tokio::test]
async fn nothing_may_be_said_until_it_is_agreed_for_that_employer() {
    let (town, _) = team().await;
    let app = &town.leader;
    let card = || app.with(|d| d.at_the_door(NETTO, Some("A-1"))).unwrap().agreement;
    assert_eq!(card(), None);
    let agree = |employer: &str, decision: &str, say: Option<&str>| {
        let wish = DiscloseWish {
            case: "A-1".into(),
            employer: employer.into(),
            decision: decision.into(),
            may_say: say.map(str::to_owned),
            may_not_say: Some("behandlingen".into()),
        };
        app.with(|d| d.disclose(&wish))
    };
    assert!(agree(NETTO, "agreed", None).is_err(), "the citizen's words are needed");
    assert!(agree(NETTO, "maybe", None).is_err());
    agree("13585628", "all", None).unwrap();
    assert_eq!(card(), None, "that was another employer");
    agree(NETTO, "agreed", Some("at jeg er stresset")).unwrap();
    let found = card().unwrap();
    assert_eq!((found.disclosure, found.may_say.as_deref()), (Disclosure::Agreed, Some("at jeg er stresset")));
    let shown = app.with(|d| d.show_case("A-1")).unwrap().agreements;
    assert_eq!(shown.len(), 2, "the history stays");
}

#[tokio::test]
async fn what_may_be_said_stays_on_the_side_that_agreed_it() {
    let (town, _) = team().await;
    let bente = town.colleague("Bente", Role::Treatment).await;
    town.leader.with(|d| d.assign("A-1", "Bente", Role::Treatment)).unwrap();
    exchange(&[&town.leader, &bente]).await;
    let wish =
        DiscloseWish { case: "A-1".into(), employer: NETTO.into(), decision: "all".into(), ..DiscloseWish::default() };
    assert!(matches!(bente.with(|d| d.disclose(&wish)), Err(AppError::NotAllowed(_))));
    town.leader.with(|d| d.disclose(&wish)).unwrap();
    town.leader.with(|d| d.log_entry(&visit("A-1", ""))).unwrap();
    exchange(&[&town.leader, &bente]).await;
    assert!(bente.with(|d| d.show_case("A-1")).unwrap().agreements.is_empty());
    assert!(contacts(&bente).is_empty(), "the register is the employment side's");
}

#[tokio::test]
async fn what_becomes_a_contact_with_an_employer_is_told_and_what_is_none_any_more_is_not() {
    let (town, _) = team().await;
    let app = &town.leader;
    let wish = LogWish { case: Some("A-1".into()), kind: "contact".into(), ..LogWish::default() };
    let entry = app.with(|d| d.log_entry(&wish)).unwrap().entry;
    assert!(contacts(app).is_empty());
    let change = |kind: &str, employer: &str| {
        let changes = crate::EntryChanges {
            kind: Some(kind.into()),
            employer: Some(employer.into()),
            ..crate::EntryChanges::default()
        };
        app.with(|d| d.change_entry(entry, &[], &changes)).unwrap();
    };
    change("employer_visit", NETTO);
    assert_eq!(contacts(app).len(), 1);
    change("contact", NETTO);
    assert!(contacts(app).is_empty(), "that was with the citizen");
    change("employer_visit", "");
    assert!(contacts(app).is_empty(), "with nobody known");
}

#[tokio::test]
async fn a_decision_dated_into_the_future_is_taken_back_by_the_next_one() {
    let (town, _) = team().await;
    let app = &town.leader;
    let decide = |decision: &str| {
        let wish = DiscloseWish {
            case: "A-1".into(),
            employer: NETTO.into(),
            decision: decision.into(),
            ..DiscloseWish::default()
        };
        app.with(|d| d.disclose(&wish)).unwrap();
    };
    decide("all");
    let future = feltbog_domain::Moment::from_unix_ms(4_000_000_000_000);
    app.with(|d| {
        let folder = crate::folders::find_case(&d.store.reader(), "A-1")?
            .of(feltbog_domain::FolderKind::Employment)
            .unwrap()
            .clone();
        let mut agreement = d.store.reader().agreements(folder.id)?.remove(0);
        agreement.decided_at = future;
        let (editor, id) = (d.editor(), feltbog_domain::DocumentId::new([7; 16]));
        d.store.write(|w| {
            editor.edit(w, &folder, id, feltbog_domain::DocumentKind::Agreement, |document, actor| {
                document.write_agreement(actor, &agreement)
            })
        })
    })
    .unwrap();
    decide("none");
    let found = app.with(|d| d.at_the_door(NETTO, Some("A-1"))).unwrap().agreement.unwrap();
    assert!(found.disclosure == Disclosure::Nothing && found.decided_at > future);
}
