//! Who is around a citizen.

use super::town::{Town, new_case};
use crate::{AppError, LogWish, Other, PersonChanges};

fn mother() -> PersonChanges {
    PersonChanges {
        name: Some("Else Holm".into()),
        relation: Some("mor".into()),
        phone: Some("12 34 56 78".into()),
        contact_by: Some("sms".into()),
        ..PersonChanges::default()
    }
}

async fn town() -> Town {
    let town = Town::founded().await;
    town.leader.with(|d| d.new_case(&new_case("A-1", false))).unwrap();
    town
}

fn people(town: &Town) -> Vec<feltbog_domain::Person> {
    town.leader.with(|d| d.show_case("A-1")).unwrap().case.unwrap().profile.people
}

#[tokio::test]
async fn somebody_is_added_changed_field_by_field_and_marked_when_they_are_around_no_more() {
    let town = town().await;
    let change =
        |person: Option<&str>, changes: PersonChanges| town.leader.with(|d| d.change_person("A-1", person, &changes));
    let id = change(None, mother()).unwrap();
    let therapist = PersonChanges {
        name: Some("Dr. Bo Krag".into()),
        organisation: Some("Privat praksis".into()),
        email: Some("bo@example.dk".into()),
        ..PersonChanges::default()
    };
    change(None, therapist).unwrap();
    change(Some("else holm"), PersonChanges { note: Some("Efter kl. 16".into()), ..PersonChanges::default() }).unwrap();
    change(Some(&id.to_string()), PersonChanges { phone: Some(String::new()), ..PersonChanges::default() }).unwrap();
    let else_now = people(&town).into_iter().find(|person| person.id == id).unwrap();
    assert_eq!(
        (else_now.note.as_deref(), else_now.phone, else_now.relation.as_deref()),
        (Some("Efter kl. 16"), None, Some("mor"))
    );
    change(Some("Else Holm"), PersonChanges { around: Some(false), ..PersonChanges::default() }).unwrap();
    let names: Vec<(String, bool)> =
        people(&town).into_iter().map(|person| (person.name, person.until.is_some())).collect();
    assert_eq!(
        names,
        [("Dr. Bo Krag".to_owned(), false), ("Else Holm".to_owned(), true)],
        "marked, last, and not gone"
    );
    change(Some("Else Holm"), PersonChanges { around: Some(true), ..PersonChanges::default() }).unwrap();
    assert!(people(&town).iter().all(|person| person.until.is_none()));
}

#[tokio::test]
async fn what_cannot_be_understood_changes_nothing() {
    let town = town().await;
    let nameless = PersonChanges { name: Some("  ".into()), ..mother() };
    let letters = PersonChanges { phone: Some("ring til mig".into()), ..mother() };
    let no_host = PersonChanges { email: Some("else@".into()), ..mother() };
    let pigeon = PersonChanges { contact_by: Some("brevdue".into()), ..mother() };
    for wrong in [PersonChanges::default(), nameless, letters, no_host, pigeon] {
        let refused = town.leader.with(|d| d.change_person("A-1", None, &wrong));
        assert!(matches!(refused, Err(AppError::Unclear(_))), "{wrong:?}");
    }
    assert!(matches!(
        town.leader.with(|d| d.change_person("A-1", Some("Ingen"), &mother())),
        Err(AppError::Unclear(_))
    ));
    assert!(people(&town).is_empty());
}

#[tokio::test]
async fn in_the_file_of_the_citizen_they_stand_among_those_to_look_at_and_are_marked_in_notes() {
    let town = town().await;
    town.leader.with(|d| d.change_person("A-1", None, &mother())).unwrap();
    let note =
        LogWish { case: Some("A-1".into()), kind: "note".into(), note: "Else ringede.".into(), ..LogWish::default() };
    town.leader.with(|d| d.log_entry(&note)).unwrap();
    let export = town.leader.with(|d| d.export_case("A-1")).unwrap();
    let found: Vec<(&str, &str, Other)> =
        export.review.iter().map(|mark| (mark.field, mark.name.as_str(), mark.who)).collect();
    assert!(found.contains(&("people", "Else Holm", Other::Around)), "{found:?}");
    assert!(found.contains(&("note", "Else", Other::Around)), "{found:?}");
    let text = export.text();
    assert!(
        text.contains("Omkring borgeren: Else Holm, mor, 12 34 56 78, helst via sms")
            && text.contains("⟦Else⟧ ringede"),
        "{text}"
    );
}
