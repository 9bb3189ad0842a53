//! Keys that a lost device holds are worth nothing for what comes after it.

use feltbog_domain::{FolderKind, Role};
use feltbog_protocol::{KeyRecord, Principal};
use feltbog_store::{FolderRow, Rewind};

use super::town::{Town, new_case};
use crate::folders::find_case;
use crate::{App, DeviceChange, Whose};

fn employment(app: &App, case: &str) -> FolderRow {
    app.with(|d| Ok(find_case(&d.store.reader(), case)?.of(FolderKind::Employment).unwrap().clone())).unwrap()
}

fn shut_out(office: &App, whose: &Whose) {
    assert_eq!(office.with(|d| d.change_devices(whose, DeviceChange::Revoke)).unwrap(), 1);
}

fn device_of(app: &App) -> Whose {
    Whose::Device(app.with(|d| Ok(d.identity.device.to_string())).unwrap())
}

async fn everybody(apps: &[&App]) {
    for _ in 0..2 {
        for app in apps {
            app.exchange().await.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_folder_of_a_lost_device_gets_a_key_that_is_not_wrapped_for_the_one_it_holds() {
    let town = Town::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    vera.with(|d| d.new_case(&new_case("V-1", false))).unwrap();
    everybody(&[&vera, &town.leader]).await;
    assert_eq!(employment(&town.leader, "V-1").key_epoch, 1);
    let member = vera.with(|d| Ok(d.me())).unwrap();

    shut_out(&town.leader, &device_of(&vera));
    everybody(&[&town.leader]).await;
    let folder = employment(&town.leader, "V-1");
    assert_eq!(folder.key_epoch, 2);
    let records = town.leader.with(|d| Ok(d.store.reader().key_records(folder.id, 2)?)).unwrap();
    assert!(!records.is_empty());
    for envelope in records {
        let record: KeyRecord = feltbog_protocol::decode(envelope.body()).unwrap();
        assert!(record.recipients.iter().all(|wrap| wrap.principal != Principal::Member(member)), "{record:?}");
        assert!(record.recipients.iter().any(|wrap| wrap.principal == Principal::Recovery));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_devices_that_renew_their_persons_key_at_once_end_with_one_key_that_both_hold() {
    let town = Town::founded().await;
    let phone = town.colleague("Vera", Role::Consultant).await;
    let another = |from: &App| from.with(|d| d.invite_device(None, None)).unwrap().to_text();
    let tablet = town.joined("tablet", &another(&phone)).await;
    everybody(&[&tablet, &phone]).await;
    let lost = town.joined("lost", &another(&phone)).await;
    everybody(&[&lost, &phone, &tablet]).await;

    town.leader.exchange().await.unwrap();
    shut_out(&town.leader, &device_of(&lost));
    town.leader.exchange().await.unwrap();
    // Both learn of it, and both have sealed a new key before either hears of the other's.
    let (one, other) = tokio::join!(phone.exchange(), tablet.exchange());
    one.unwrap();
    other.unwrap();
    everybody(&[&phone, &tablet, &town.leader, &phone, &tablet]).await;

    let held = |app: &App| {
        app.with(|d| {
            let key = d.roster.sound_user_key(d.me()).expect("nobody who was shut out holds it");
            Ok((key.epoch, *d.store.reader().user_key(key.epoch)?.expect("held")))
        })
        .unwrap()
    };
    assert_eq!(held(&phone), held(&tablet));
    town.leader.with(|d| d.new_case(&new_case("V-1", false))).unwrap();
    town.leader.with(|d| d.assign("V-1", "Vera", Role::Consultant)).unwrap();
    everybody(&[&town.leader, &phone, &tablet]).await;
    for app in [&phone, &tablet] {
        assert_eq!(app.with(super::super::device::Device::cases).unwrap().len(), 1);
        assert_eq!(app.with(|d| Ok(d.store.reader().quarantined()?)).unwrap(), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_phone_has_what_was_written_under_the_keys_that_were_renewed_before_it_came() {
    let town = Town::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    vera.with(|d| d.new_case(&new_case("V-1", false))).unwrap();
    everybody(&[&vera, &town.leader]).await;
    let deputy = town.colleague("Rikke", Role::Deputy).await;
    everybody(&[&town.leader, &deputy]).await;
    shut_out(&deputy, &device_of(&vera));
    deputy.exchange().await.unwrap();
    let invitation = deputy.with(|d| d.invite_device(Some("Vera"), None)).unwrap().to_text();
    let phone = town.joined("phone", &invitation).await;
    everybody(&[&phone, &deputy, &phone]).await;
    assert_eq!(employment(&phone, "V-1").key_epoch, 2);
    assert_eq!(phone.with(super::super::device::Device::cases).unwrap().len(), 1);
}

/// A log that was put back to where it had nothing.
fn put_back(app: &App) {
    app.with(|d| {
        let last_dseq = d.store.reader().progress()?.last_dseq;
        Ok(d.store.rewind(&Rewind { epoch: [7; 16], base_seq: 0, last_dseq })?)
    })
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_a_restored_log_lacks_is_given_no_new_key_before_it_is_back() {
    let town = Town::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    vera.with(|d| d.new_case(&new_case("V-1", false))).unwrap();
    everybody(&[&vera, &town.leader]).await;
    let folder = employment(&town.leader, "V-1");
    let owes = |app: &App| {
        app.with(|d| {
            let r = d.store.reader();
            let folder = r.folder(folder.id)?.unwrap();
            crate::rotation::owes_rotation(&r, &folder, d.me())
        })
        .unwrap()
    };
    town.leader.with(|d| d.store.write(|w| Ok::<_, crate::AppError>(w.owe_rotation(folder.id)?))).unwrap();
    assert!(owes(&town.leader));
    put_back(&town.leader);
    assert!(!owes(&town.leader), "Vera may have left: whatever is sent for the folder is refused for ever");
}

#[tokio::test(flavor = "multi_thread")]
async fn own_certificates_that_had_come_back_and_were_lost_again_stay_in_force() {
    let town = Town::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    everybody(&[&vera, &town.leader]).await;
    shut_out(&town.leader, &Whose::Member("Vera".to_owned()));
    let active = |app: &App| {
        let own = |d: &crate::Device| {
            let rows = d.store.reader().certificate_rows()?;
            Ok(rows.iter().filter(|(_, envelope)| envelope.header().device == d.identity.device).count())
        };
        app.with(|d| own(d)).unwrap()
    };
    let before = active(&town.leader);
    town.leader.exchange().await.unwrap();
    // They came back, and the log was put back before they were looked at.
    let again = |d: &mut crate::Device| {
        d.store.write(|w| Ok::<_, crate::AppError>(w.look_again(feltbog_domain::FolderId::NONE)?))
    };
    town.leader.with(again).unwrap();
    assert!(active(&town.leader) < before);
    put_back(&town.leader);
    assert_eq!(active(&town.leader), before);
}
