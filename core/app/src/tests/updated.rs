//! What a device shows that took things in before it knew all of them.

use feltbog_domain::{CaseProfile, EmployerFields};

use super::timed_town::{Person, TimedTown};
use super::town::new_case;
use crate::{App, AppError, EmployerChanges, PersonChanges};

const NETTO: &str = "24256790";
const NETTO_AGAIN: &str = "13585628";

/// The tables as the build before left them: without what it had no columns for.
fn written_by_the_build_before(app: &App) {
    let forgetful = |d: &mut crate::Device| {
        let (profiles, employers) = (d.store.reader().profiles()?, d.store.reader().employers()?);
        d.store.write(|w| {
            for row in profiles {
                w.put_profile(row.folder, &CaseProfile { people: Vec::new(), ..row.profile })?;
            }
            for row in employers {
                w.put_employer(row.document, row.folder, &EmployerFields { apart_from: Vec::new(), ..row.fields })?;
            }
            Ok::<_, AppError>(w.set_meta("opened_by_build", &4u32.to_be_bytes())?)
        })
    };
    app.with(forgetful).unwrap();
}

fn shown(person: &Person) -> (Vec<String>, bool) {
    let profile = person.app.with(|d| d.show_case("A-1")).unwrap().case.unwrap().profile;
    let employers = person.app.with(|d| Ok(d.store.reader().employers()?)).unwrap();
    let are_two = employers.iter().any(|row| row.fields.apart_from.contains(&NETTO_AGAIN.parse().unwrap()));
    (profile.people.into_iter().map(|person| person.name).collect(), are_two)
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
    let whole = shown(&leader);
    assert_eq!(whole, (vec!["Else Holm".to_owned()], true));
    written_by_the_build_before(app);
    assert_eq!(shown(&leader), (Vec::new(), false));
    assert_eq!(shown(&leader.reopened()), whole);
}
