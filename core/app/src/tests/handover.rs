//! Three weeks offline, while the world went on.

use feltbog_domain::{EntryKind, Role};

use super::town::{Town, new_case};
use crate::error::AppError;
use crate::{App, HandOverWish, LogWish};

fn wish(case: &str, note: &str, shared: bool) -> LogWish {
    LogWish {
        case: Some(case.into()),
        kind: "contact".into(),
        note: note.into(),
        shared: Some(shared),
        ..LogWish::default()
    }
}

/// What stands on the timeline, but for the lines that tell of a handover.
fn notes(app: &App, case: &str) -> Vec<String> {
    let entries = app.with(|d| d.show_case(case)).unwrap().entries.into_iter();
    let mut notes: Vec<String> =
        entries.filter(|entry| entry.fields.kind != EntryKind::Handover).map(|entry| entry.note).collect();
    notes.sort();
    notes
}

fn from_vera_to_olga() -> HandOverWish {
    HandOverWish { from: "Vera".into(), to: "Olga".into(), case: None }
}

async fn everybody_exchanges(apps: &[&App]) {
    for _ in 0..2 {
        for app in apps {
            app.exchange().await.unwrap();
        }
    }
}

/// A leader, Vera with a case that is shared with Theo, and Olga.
async fn town() -> (Town, App, App, App) {
    let town = Town::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    let olga = town.colleague("Olga", Role::Consultant).await;
    let theo = town.colleague("Theo", Role::Treatment).await;
    vera.with(|d| d.new_case(&new_case("V-1", true))).unwrap();
    vera.exchange().await.unwrap();
    everybody_exchanges(&[&town.leader, &vera, &theo]).await;
    town.leader.with(|d| d.assign("V-1", "Theo", Role::Treatment)).unwrap();
    everybody_exchanges(&[&town.leader, &vera, &theo]).await;
    (town, vera, olga, theo)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caseload_moves_to_a_colleague_and_leaves_the_old_device() {
    let (town, vera, olga, _theo) = town().await;
    vera.with(|d| d.log_entry(&wish("V-1", "Talte med borgeren", false))).unwrap();
    vera.exchange().await.unwrap();
    town.leader.exchange().await.unwrap();
    assert_eq!(town.leader.with(|d| d.hand_over(&from_vera_to_olga())).unwrap(), 1);
    everybody_exchanges(&[&town.leader, &olga, &vera]).await;
    assert_eq!(notes(&olga, "V-1"), ["Talte med borgeren"]);
    assert!(matches!(vera.with(|d| d.show_case("V-1")), Err(AppError::UnknownCase)));
    assert!(vera.with(super::super::device::Device::cases).unwrap().is_empty());
    olga.with(|d| d.log_entry(&wish("V-1", "Overtaget", false))).unwrap();
    everybody_exchanges(&[&olga, &town.leader, &vera]).await;
    assert_eq!(notes(&town.leader, "V-1"), ["Overtaget", "Talte med borgeren"]);
    assert_eq!(vera.with(crate::Device::status).unwrap().unsent, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_offline_lands_with_the_leader_and_its_writer_is_told() {
    let (town, vera, olga, theo) = town().await;
    for n in 1..=3 {
        vera.with(|d| d.log_entry(&wish("V-1", &format!("Egen side {n}"), false))).unwrap();
    }
    for n in 4..=5 {
        vera.with(|d| d.log_entry(&wish("V-1", &format!("Delt {n}"), true))).unwrap();
    }
    town.leader.with(|d| d.hand_over(&from_vera_to_olga())).unwrap();
    town.leader.with(|d| d.withdraw_consent("V-1")).unwrap();
    town.leader.with(|d| d.close_case("V-1", "i job")).unwrap();
    everybody_exchanges(&[&town.leader, &olga, &theo]).await;

    vera.exchange().await.unwrap();
    let status = vera.with(crate::Device::status).unwrap();
    assert_eq!((status.unsent, status.handed_in.len()), (0, 5), "{status:#?}");
    assert!(status.handed_in.iter().all(|entry| entry.delivered && entry.receivers == ["Lone Vest"]));
    assert!(status.handed_in.iter().all(|entry| entry.case_number.as_deref() == Some("V-1")));

    town.leader.exchange().await.unwrap();
    assert_eq!(town.leader.with(super::super::device::Device::deposits).unwrap().len(), 5);
    assert_eq!(town.leader.with(|d| d.take_over(None)).unwrap(), 5);
    assert!(town.leader.with(super::super::device::Device::deposits).unwrap().is_empty());
    everybody_exchanges(&[&town.leader, &olga, &vera, &theo]).await;
    assert_eq!(notes(&olga, "V-1"), ["Delt 4", "Delt 5", "Egen side 1", "Egen side 2", "Egen side 3"]);
    let mut entries = olga.with(|d| d.show_case("V-1")).unwrap().entries;
    entries.retain(|entry| entry.fields.kind != EntryKind::Handover);
    let authors: Vec<_> = entries.into_iter().map(|entry| entry.authors).collect();
    assert!(authors.iter().all(|authors| authors == &["Vera"]), "{authors:?}");
    assert_eq!(notes(&theo, "V-1"), [""; 0], "nothing new was shared after the consent was withdrawn");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_asks_its_writer_is_listed_however_much_waits() {
    let (town, vera, _olga, _theo) = town().await;
    for number in 0..45 {
        vera.with(|d| d.log_entry(&wish("V-1", &format!("Delt for sent {number}"), true))).unwrap();
    }
    town.leader.with(|d| d.withdraw_consent("V-1")).unwrap();
    town.leader.exchange().await.unwrap();
    vera.exchange().await.unwrap();
    let status = vera.with(crate::Device::status).unwrap();
    assert_eq!((status.asks.len(), status.waiting.len(), status.waiting_in_all), (45, 45, 45));
    assert!(status.waiting.iter().all(|entry| status.asks.contains(&entry.entry)));
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_withdrawn_consent_the_writer_decides() {
    let (town, vera, _olga, theo) = town().await;
    let entry = vera.with(|d| d.log_entry(&wish("V-1", "Delt for sent", true))).unwrap().entry;
    town.leader.with(|d| d.withdraw_consent("V-1")).unwrap();
    everybody_exchanges(&[&town.leader, &theo]).await;
    vera.exchange().await.unwrap();
    assert_eq!(vera.with(|d| d.asks()).unwrap(), [entry]);
    assert!(vera.with(|d| d.log_entry(&wish("V-1", "Igen", true))).is_err(), "the folder is closed here too now");
    let kept = vera.with(|d| d.keep_entry(entry)).unwrap();
    everybody_exchanges(&[&vera, &town.leader, &theo]).await;
    assert!(vera.with(|d| d.asks()).unwrap().is_empty());
    assert_eq!(town.leader.with(|d| d.open_entry(kept)).unwrap().entry.note, "Delt for sent");
    assert!(theo.with(|d| d.open_entry(kept)).is_err());
    assert_eq!(vera.with(crate::Device::status).unwrap().unsent, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_back_to_a_case_has_everything_again_also_own_words() {
    let (town, vera, olga, _theo) = town().await;
    vera.with(|d| d.log_entry(&wish("V-1", "Før", false))).unwrap();
    everybody_exchanges(&[&vera, &town.leader]).await;
    town.leader.with(|d| d.hand_over(&from_vera_to_olga())).unwrap();
    everybody_exchanges(&[&town.leader, &olga, &vera]).await;
    olga.with(|d| d.log_entry(&wish("V-1", "Imens", false))).unwrap();
    everybody_exchanges(&[&olga, &town.leader]).await;
    let back = HandOverWish { from: "Olga".into(), to: "Vera".into(), case: Some("V-1".into()) };
    town.leader.with(|d| d.hand_over(&back)).unwrap();
    everybody_exchanges(&[&town.leader, &vera, &olga]).await;
    assert_eq!(notes(&vera, "V-1"), ["Før", "Imens"]);
    vera.with(|d| d.log_entry(&wish("V-1", "Efter", false))).unwrap();
    everybody_exchanges(&[&vera, &town.leader]).await;
    assert_eq!(notes(&town.leader, "V-1"), ["Efter", "Før", "Imens"]);
    let findings = town.leader.with(crate::Device::status).unwrap().findings;
    assert!(findings.is_empty(), "an honest server raises no suspicion: {findings:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handover_stands_on_the_timeline_and_whoever_gave_the_case_away_is_told_to_whom() {
    let (town, vera, olga, _theo) = town().await;
    town.leader.with(|d| d.hand_over(&from_vera_to_olga())).unwrap();
    town.leader.with(|d| d.log_entry(&wish("V-1", "Skrevet bagefter", false))).unwrap();
    everybody_exchanges(&[&town.leader, &vera, &olga]).await;
    for app in [&town.leader, &olga] {
        let entries = app.with(|d| d.show_case("V-1")).unwrap().entries;
        let told: Vec<&str> =
            entries.iter().filter(|e| e.fields.kind == EntryKind::Handover).map(|e| e.note.as_str()).collect();
        assert_eq!(told, ["Overdraget fra Vera til Olga."]);
    }
    let status = vera.with(crate::Device::status).unwrap();
    let told: Vec<(&str, &str)> =
        status.handed_away.iter().map(|case| (case.case_number.as_str(), case.to.as_str())).collect();
    assert_eq!((told, status.unsent, status.handed_in.len()), (vec![("V-1", "Olga")], 0, 0));
    assert!(vera.with(super::super::device::Device::cases).unwrap().is_empty());
    let back = HandOverWish { from: "Olga".into(), to: "Vera".into(), case: Some("V-1".into()) };
    town.leader.with(|d| d.hand_over(&back)).unwrap();
    everybody_exchanges(&[&town.leader, &vera, &olga]).await;
    assert!(vera.with(crate::Device::status).unwrap().handed_away.is_empty(), "it is here again");
    assert_eq!(olga.with(crate::Device::status).unwrap().handed_away.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_may_go_to_and_fro_and_everybody_reads_what_the_second_stay_brought() {
    let (town, vera, olga, _theo) = town().await;
    let to_vera = HandOverWish { from: "Olga".into(), to: "Vera".into(), case: Some("V-1".into()) };
    for wish in [from_vera_to_olga(), to_vera, from_vera_to_olga()] {
        town.leader.with(|d| d.hand_over(&wish)).unwrap();
        everybody_exchanges(&[&town.leader, &vera, &olga]).await;
    }
    olga.with(|d| d.log_entry(&wish("V-1", "Anden gang", false))).unwrap();
    everybody_exchanges(&[&olga, &town.leader]).await;
    assert_eq!(notes(&town.leader, "V-1"), ["Anden gang"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handover_renews_the_key_once() {
    let (town, vera, olga, _theo) = town().await;
    town.leader.with(|d| d.hand_over(&from_vera_to_olga())).unwrap();
    everybody_exchanges(&[&town.leader, &vera, &olga]).await;
    let employment = feltbog_domain::FolderKind::Employment;
    for app in [&town.leader, &olga] {
        let folders = app.with(|d| Ok(d.store.reader().folders()?)).unwrap();
        let folder = folders.into_iter().find(|folder| folder.kind == employment).unwrap();
        assert_eq!((folder.key_epoch, folder.rotation_due), (2, false));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grant_by_a_colleague_just_before_a_handover_is_over_on_every_device_and_the_register_comes_to_rest() {
    let (town, vera, olga, _theo) = town().await;
    let astrid = town.colleague("Astrid", Role::Deputy).await;
    everybody_exchanges(&[&town.leader, &vera, &olga, &astrid]).await;
    // Both apart let Olga in. The leader gives the case back to Vera, and the deputy's word comes to the server before that.
    for app in [&town.leader, &astrid] {
        app.with(|d| d.assign("V-1", "Olga", Role::Consultant)).unwrap();
    }
    town.leader.exchange().await.unwrap();
    let back = HandOverWish { from: "Olga".into(), to: "Vera".into(), case: None };
    assert_eq!(town.leader.with(|d| d.hand_over(&back)).unwrap(), 1);
    astrid.exchange().await.unwrap();
    everybody_exchanges(&[&town.leader, &astrid, &vera, &olga]).await;
    let consultants = |app: &App| {
        let rows = app.with(|d| Ok(d.store.reader().register_rows()?)).unwrap();
        rows.into_iter().flat_map(|row| row.consultants).collect::<Vec<_>>()
    };
    for _ in 0..2 {
        for app in [&town.leader, &astrid] {
            assert_eq!(app.exchange().await.unwrap().sent, 0, "nothing is left to say");
            assert_eq!(consultants(app), ["Vera"]);
        }
    }
    assert!(matches!(olga.with(|d| d.show_case("V-1")), Err(AppError::UnknownCase)));
}
