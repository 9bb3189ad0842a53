//! Somebody stands in for a colleague, and it ends by itself.

use feltbog_domain::{EntryKind, Role};
use feltbog_store::FolderRow;

use super::timed_town::{DAY, HOUR, Person, TimedTown};
use super::town::new_case;
use crate::error::AppError;
use crate::{App, CoverWish, Device, HandOverWish, LogWish};

/// A leader, Vera with a case, and Olga, who has none.
struct Office {
    town: TimedTown,
    vera: Person,
    olga: Person,
}

impl Office {
    async fn new() -> Self {
        let town = TimedTown::founded().await;
        let (vera, olga) =
            (town.colleague("Vera", Role::Consultant).await, town.colleague("Olga", Role::Consultant).await);
        vera.app.with(|d| d.new_case(&new_case("V-1", true))).unwrap();
        vera.exchanges().await;
        town.exchange(&[&vera, &olga]).await;
        Self { town, vera, olga }
    }

    /// Until Sunday the fifteenth; it is Thursday.
    async fn covered() -> Self {
        let office = Self::new().await;
        assert_eq!(office.leader().with(|d| d.cover(&until("søndag"))).unwrap(), 1);
        office.everybody_exchanges().await;
        office
    }

    fn leader(&self) -> &App {
        &self.town.leader.app
    }

    async fn everybody_exchanges(&self) {
        self.town.exchange(&[&self.vera, &self.olga]).await;
    }
}

fn until(day: &str) -> CoverWish {
    CoverWish { absent: "Vera".into(), by: "Olga".into(), until: Some(day.into()), ..CoverWish::default() }
}

fn write(app: &App, note: &str, shared: bool) {
    let wish = LogWish {
        case: Some("V-1".into()),
        kind: "contact".into(),
        note: note.into(),
        shared: Some(shared),
        ..LogWish::default()
    };
    app.with(|d| d.log_entry(&wish)).unwrap();
}

/// What stands on the timeline, but for the lines that tell of a cover.
fn notes(app: &App) -> Vec<String> {
    let entries = app.with(|d| d.show_case("V-1")).unwrap().entries;
    let mut notes: Vec<String> =
        entries.into_iter().filter(|entry| entry.fields.kind != EntryKind::Cover).map(|entry| entry.note).collect();
    notes.sort();
    notes
}

fn is_gone(person: &Person) -> bool {
    person
        .app
        .with(|d| {
            let nothing_listed = d.cases()?.is_empty();
            let r = d.store.reader();
            let no_key = r.folders()?.iter().all(|folder| !folder.kind.is_of_a_case());
            Ok(no_key && nothing_listed && r.meanwhile()?.is_empty())
        })
        .unwrap()
}

fn case_folder(app: &App) -> FolderRow {
    app.with(|d| {
        let kind = feltbog_domain::FolderKind::Employment;
        Ok(d.store.reader().folders()?.into_iter().find(|folder| folder.kind == kind).unwrap())
    })
    .unwrap()
}

fn has_no_doubts(people: &[&App]) {
    for app in people {
        let status = app.with(crate::Device::status).unwrap();
        assert!(status.findings.is_empty() && status.refused.is_empty() && status.quarantined == 0, "{status:#?}");
        assert_eq!(status.unsent, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_stands_in_works_in_the_case_and_it_stays_the_absent_ones() {
    let office = Office::covered().await;
    write(&office.olga.app, "Olga ringede.", false);
    write(&office.olga.app, "Olga delte.", true);
    office.everybody_exchanges().await;
    for app in [&office.vera.app, office.leader(), &office.olga.app] {
        assert_eq!(notes(app), ["Olga delte.", "Olga ringede."]);
        let case = app.with(|d| d.show_case("V-1")).unwrap();
        let told = case.entries.iter().find(|entry| entry.fields.kind == EntryKind::Cover).unwrap();
        assert_eq!(told.note, "Olga dækker for Vera til og med 15-03-2026.");
        let case = case.case.unwrap();
        assert_eq!(case.profile.consultant.as_deref(), Some("Vera"));
        let cover = case.cover.unwrap();
        assert_eq!((cover.absent.as_str(), cover.by.as_str()), ("Vera", "Olga"));
        assert_eq!(cover.until.to_string(), "2026-03-15");
    }
    assert_eq!(office.leader().with(|d| Ok(d.store.reader().register_rows()?)).unwrap()[0].consultants, ["Vera"]);
    has_no_doubts(&[&office.vera.app, office.leader(), &office.olga.app]);
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_day_is_over_the_case_leaves_the_device_without_a_network_and_unsent_work_is_handed_in() {
    let office = Office::covered().await;
    write(&office.olga.app, "Sendt i tide.", false);
    office.everybody_exchanges().await;
    office.olga.goes_offline();
    office.town.time_passes(3 * DAY);
    write(&office.olga.app, "Skrevet uden net.", false);
    assert!(!office.olga.app.with(Device::mind_the_clock).unwrap(), "Sunday is the last day");
    office.town.time_passes(DAY);
    let olga = office.olga.reopened();
    assert!(is_gone(&olga));
    let handed = olga.app.with(crate::Device::status).unwrap().handed_in;
    assert_eq!((handed.len(), handed[0].delivered), (1, false));
    assert_eq!(handed[0].receivers, ["Lone Vest"]);

    olga.comes_online();
    office.town.exchange(&[&olga, &office.vera]).await;
    assert!(is_gone(&olga));
    assert!(olga.app.with(crate::Device::status).unwrap().handed_in[0].delivered);
    assert_eq!(office.town.leader.app.with(|d| d.take_over(None)).unwrap(), 1);
    office.town.exchange(&[&olga, &office.vera]).await;
    assert_eq!(notes(&office.vera.app), ["Sendt i tide.", "Skrevet uden net."]);
    has_no_doubts(&[&office.vera.app, &office.town.leader.app, &olga.app]);
}

#[tokio::test(flavor = "multi_thread")]
async fn once_a_cover_is_over_what_comes_is_under_a_key_who_stood_in_never_had() {
    let office = Office::covered().await;
    assert_eq!(case_folder(&office.olga.app).key_epoch, 1);
    office.town.time_passes(4 * DAY);
    office.everybody_exchanges().await;
    let folder = case_folder(&office.vera.app);
    assert_eq!((folder.key_epoch, folder.rotation_due), (2, false));
    write(&office.vera.app, "Vera er tilbage.", false);
    office.everybody_exchanges().await;
    assert_eq!(notes(office.leader()), ["Vera er tilbage."]);
    for app in [&office.vera.app, office.leader()] {
        assert_eq!((case_folder(app).key_epoch, case_folder(app).rotation_due), (2, false), "renewed once");
        let wraps = app.with(|d| Ok(d.store.reader().wraps()?)).unwrap();
        let olga = office.olga.app.with(|d| Ok(d.me())).unwrap();
        assert!(wraps.iter().all(|(id, epoch, member, _)| (*id, *epoch, *member) != (folder.id, 2, olga)));
    }
    assert!(is_gone(&office.olga));
    has_no_doubts(&[&office.vera.app, office.leader(), &office.olga.app]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_away_sees_exactly_what_was_written_in_their_stead_until_it_was_seen() {
    let office = Office::covered().await;
    write(&office.olga.app, "Olga ringede.", false);
    write(&office.olga.app, "Olga delte.", true);
    write(office.leader(), "Lederen skrev også.", false);
    office.everybody_exchanges().await;
    office.town.time_passes(4 * DAY);
    office.everybody_exchanges().await;
    let meanwhile = office.vera.app.with(crate::Device::status).unwrap().meanwhile;
    let mut told: Vec<String> = Vec::new();
    for entry in &meanwhile {
        assert_eq!((entry.by.as_str(), entry.name.as_str()), ("Olga", "Borger"));
        told.push(office.vera.app.with(|d| d.open_entry(entry.entry)).unwrap().entry.note);
    }
    told.sort();
    assert_eq!(told, ["Olga delte.", "Olga ringede."]);
    for app in [office.leader(), &office.olga.app] {
        assert!(app.with(|d| d.meanwhile()).unwrap().is_empty());
    }
    office.vera.app.with(Device::saw_meanwhile).unwrap();
    office.everybody_exchanges().await;
    assert!(office.vera.app.with(|d| d.meanwhile()).unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cover_takes_nothing_from_whoever_has_the_case_for_good() {
    let office = Office::covered().await;
    office.leader().with(|d| d.assign("V-1", "Olga", Role::Consultant)).unwrap();
    office.everybody_exchanges().await;
    let refused = office.leader().with(|d| d.cover(&until("tirsdag")));
    assert!(matches!(refused, Err(AppError::Unclear(_))), "{refused:?}");
    office.town.time_passes(7 * DAY);
    office.everybody_exchanges().await;
    write(&office.olga.app, "Olga er her stadig.", false);
    office.everybody_exchanges().await;
    assert_eq!(notes(&office.vera.app), ["Olga er her stadig."]);
    assert!(office.vera.app.with(|d| d.meanwhile()).unwrap().is_empty(), "it is her own case now");
    has_no_doubts(&[&office.vera.app, office.leader(), &office.olga.app]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cover_that_was_made_longer_while_the_device_was_away_brings_everything_back() {
    let office = Office::covered().await;
    write(&office.vera.app, "Fra før.", false);
    office.everybody_exchanges().await;
    office.olga.goes_offline();
    assert_eq!(office.leader().with(|d| d.cover(&until("20-03-2026"))).unwrap(), 1);
    office.town.exchange(&[&office.vera]).await;
    office.town.time_passes(5 * DAY);
    office.olga.app.with(Device::mind_the_clock).unwrap();
    assert!(is_gone(&office.olga), "she could not know");
    office.olga.comes_online();
    office.everybody_exchanges().await;
    assert_eq!(notes(&office.olga.app), ["Fra før."]);
    write(&office.olga.app, "Olga igen.", false);
    office.everybody_exchanges().await;
    assert_eq!(notes(&office.vera.app), ["Fra før.", "Olga igen."]);
    office.town.time_passes(4 * DAY);
    office.everybody_exchanges().await;
    assert!(is_gone(&office.olga));
    has_no_doubts(&[&office.vera.app, office.leader(), &office.olga.app]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cover_can_be_ended_before_its_day() {
    let office = Office::covered().await;
    let end = CoverWish { until: None, end: true, ..until("") };
    assert_eq!(office.leader().with(|d| d.cover(&end)).unwrap(), 1);
    office.everybody_exchanges().await;
    assert!(is_gone(&office.olga));
    assert!(office.olga.app.with(crate::Device::status).unwrap().handed_away.is_empty(), "it was never hers");
    assert_eq!(case_folder(&office.vera.app).key_epoch, 2);
    assert!(matches!(office.leader().with(|d| d.cover(&end)), Err(AppError::Unclear(_))), "there is none any more");
    assert_eq!(office.vera.app.with(|d| d.show_case("V-1")).unwrap().case.unwrap().cover, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_set_back_makes_no_cover_last_longer() {
    let office = Office::covered().await;
    office.olga.goes_offline();
    office.town.time_passes(3 * DAY);
    office.olga.app.with(Device::mind_the_clock).unwrap();
    let seen = office.olga.app.with(|d| d.covers_end_by()).unwrap();
    office.olga.sets_clock(-30 * DAY);
    assert_eq!(office.olga.app.with(|d| d.covers_end_by()).unwrap(), seen);
    let olga = office.olga.reopened();
    assert!(!is_gone(&olga));
    // A device that is told the right time again goes on by it.
    olga.comes_online();
    office.town.time_passes(HOUR);
    olga.exchanges().await;
    office.town.time_passes(DAY);
    olga.app.with(Device::mind_the_clock).unwrap();
    assert!(is_gone(&olga));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_ran_ahead_once_ends_nobody_elses_cover() {
    let office = Office::covered().await;
    office.town.leader.sets_clock(30 * DAY);
    office.leader().with(Device::mind_the_clock).unwrap();
    office.everybody_exchanges().await;
    write(&office.olga.app, "Olga dækker endnu.", false);
    office.everybody_exchanges().await;
    assert_eq!(notes(&office.vera.app), ["Olga dækker endnu."]);
    assert_eq!(case_folder(&office.vera.app).key_epoch, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_absent_one_may_ask_a_colleague_herself_and_nobody_else_may() {
    let office = Office::new().await;
    let theo = office.town.colleague("Theo", Role::Treatment).await;
    for refused in [
        office.olga.app.with(|d| d.cover(&until("søndag"))),
        theo.app.with(|d| d.cover(&until("søndag"))),
        office.leader().with(|d| d.cover(&CoverWish { by: "Theo".into(), ..until("søndag") })),
        office.leader().with(|d| d.cover(&CoverWish { by: "Vera".into(), ..until("søndag") })),
        office.leader().with(|d| d.cover(&until("11-03-2026"))),
        office.leader().with(|d| d.cover(&until("12-07-2026"))),
        office.leader().with(|d| d.cover(&until("engang"))),
    ] {
        assert!(refused.is_err(), "{refused:?}");
    }
    assert_eq!(office.vera.app.with(|d| d.cover(&until("i dag"))).unwrap(), 1);
    office.everybody_exchanges().await;
    write(&office.olga.app, "For Vera.", false);
    office.everybody_exchanges().await;
    assert_eq!(office.vera.app.with(|d| d.meanwhile()).unwrap().len(), 1);
    office.town.time_passes(DAY);
    office.everybody_exchanges().await;
    assert!(is_gone(&office.olga));
    assert_eq!(notes(&office.vera.app), ["For Vera."]);
}

#[tokio::test(flavor = "multi_thread")]
async fn handing_over_all_ones_cases_leaves_those_one_only_looks_after() {
    let office = Office::covered().await;
    office.olga.app.with(|d| d.new_case(&new_case("O-1", false))).unwrap();
    office.everybody_exchanges().await;
    let wish = HandOverWish { from: "Olga".into(), to: "Vera".into(), case: None };
    assert_eq!(office.leader().with(|d| d.hand_over(&wish)).unwrap(), 1);
    // Whoever looked after it may get it for good.
    let wish = HandOverWish { from: "Vera".into(), to: "Olga".into(), case: Some("V-1".into()) };
    assert_eq!(office.leader().with(|d| d.hand_over(&wish)).unwrap(), 1);
    office.everybody_exchanges().await;
    office.town.time_passes(7 * DAY);
    office.everybody_exchanges().await;
    let numbers = |app: &App| -> Vec<String> {
        app.with(super::super::device::Device::cases).unwrap().into_iter().map(|c| c.number).collect()
    };
    assert_eq!((numbers(&office.olga.app), numbers(&office.vera.app)), (vec!["V-1".into()], vec!["O-1".into()]));
    has_no_doubts(&[&office.vera.app, office.leader(), &office.olga.app]);
}
