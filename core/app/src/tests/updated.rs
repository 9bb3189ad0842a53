//! What a device shows that took things in before it knew all of them.

use super::timed_town::{Person, TimedTown};
use super::town::new_case;
use crate::{EmployerChanges, LogWish, PersonChanges};

const NETTO: &str = "24256790";
const UNIT: &str = "1003141592";
const NETTO_AGAIN: &str = "13585628";

/// The tables as version 21 of the schema had them, and what a build wrote that had no column yet for an entry's unit.
const AS_AN_OLDER_BUILD_LEFT_IT: &str = "
    ALTER TABLE employer DROP COLUMN apart_from;
    ALTER TABLE employer_contact DROP COLUMN unit;
    ALTER TABLE staff DROP COLUMN organisation;
    DROP TABLE facts_due;
    UPDATE profile SET people = NULL;
    UPDATE entry SET unit = NULL;
    DELETE FROM meta WHERE key = 'shown_in_schema';
    PRAGMA user_version = 21;";

fn shown(person: &Person) -> (Vec<String>, bool, Vec<Option<String>>) {
    let profile = person.app.with(|d| d.show_case("A-1")).unwrap().case.unwrap().profile;
    let employers = person.app.with(|d| Ok(d.store.reader().employers()?)).unwrap();
    let are_two = employers.iter().any(|row| row.fields.apart_from.contains(&NETTO_AGAIN.parse().unwrap()));
    let entries = person.app.with(|d| d.show_case("A-1")).unwrap().entries;
    let units = entries.into_iter().map(|entry| entry.fields.unit.map(|unit| unit.to_string())).collect();
    (profile.people.into_iter().map(|person| person.name).collect(), are_two, units)
}

#[tokio::test]
async fn what_the_build_before_had_no_columns_for_is_shown_whole_after_the_update() {
    let town = TimedTown::founded().await;
    let leader = town.leader;
    let app = &leader.app;
    app.with(|d| d.new_case(&new_case("A-1", false))).unwrap();
    let mother = PersonChanges { name: Some("Else Holm".into()), ..PersonChanges::default() };
    app.with(|d| d.change_person("A-1", None, &mother)).unwrap();
    for cvr in [NETTO, NETTO_AGAIN] {
        let changes = EmployerChanges { name: Some("Netto".into()), ..EmployerChanges::default() };
        app.with(|d| d.change_employer(cvr, &changes)).unwrap();
    }
    app.with(|d| d.part_employers(NETTO, NETTO_AGAIN)).unwrap();
    let visit = LogWish {
        case: Some("A-1".into()),
        kind: "employer_visit".into(),
        employer: Some(NETTO.into()),
        unit: Some(UNIT.into()),
        ..LogWish::default()
    };
    app.with(|d| d.log_entry(&visit)).unwrap();
    let whole = shown(&leader);
    assert_eq!(whole, (vec!["Else Holm".to_owned()], true, vec![Some(UNIT.to_owned())]));
    let updated = leader.reopened_after(AS_AN_OLDER_BUILD_LEFT_IT);
    assert_eq!(shown(&updated), whole);
    let once_only = updated.reopened_after("UPDATE entry SET unit = NULL");
    assert_eq!(shown(&once_only).2, [None], "what is up to date is not gone through at every start");
}
