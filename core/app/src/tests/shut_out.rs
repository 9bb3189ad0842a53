//! Devices that are blocked or shut out while they, or those who do it, are without a network.

use feltbog_domain::{DocumentId, Role};
use feltbog_protocol::{DeviceState, ErrorCode, Row};
use feltbog_sync::Failure;

use super::timed_town::{DAY, Person, TimedTown};
use super::town::new_case;
use crate::{AppError, Device, DeviceChange, LogWish, RoleWish, Whose};

fn sets(person: &Person, name: &str, change: DeviceChange) -> u32 {
    person.app.save(|d| d.change_devices(&Whose::Member(name.into()), change)).unwrap()
}

fn state_of(person: &Person, other: &Person) -> Option<DeviceState> {
    let device = other.app.with(|d| Ok(d.identity.device)).unwrap();
    person.app.with(|d| Ok(d.roster.device(device).map(|entry| entry.state))).unwrap()
}

fn writes(person: &Person, case: Option<&str>, note: &str) -> DocumentId {
    let kind = if case.is_some() { "contact" } else { "team_meeting" };
    let wish = LogWish {
        case: case.map(Into::into),
        kind: kind.into(),
        minutes: Some(30),
        note: note.into(),
        shared: case.map(|_| false),
        ..LogWish::default()
    };
    person.app.save(|d| d.log_entry(&wish)).unwrap().entry
}

async fn is_refused(person: &Person, code: ErrorCode) {
    let Err(AppError::Exchange(Failure::Refused(said))) = person.app.exchange().await else { panic!("it was served") };
    assert_eq!(said, code);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_blocked_by_ones_own_word_stays_locked_when_it_is_opened_again() {
    let town = TimedTown::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    // A case of hers is on its way, which takes the exchange a second request: that one is refused.
    town.leader.app.save(|d| d.new_case(&new_case("L-1", false))).unwrap();
    town.leader.app.save(|d| d.assign("L-1", "Vera", Role::Consultant)).unwrap();
    town.leader.exchanges().await;
    assert_eq!(sets(&vera, "Vera", DeviceChange::Block), 1);
    is_refused(&vera, ErrorCode::DeviceBlocked).await;
    let vera = vera.reopened();
    is_refused(&vera, ErrorCode::DeviceBlocked).await;
    assert!(vera.app.with(|d| d.must_be_open()).is_err(), "everything would be open to whoever found it");
    let vera = vera.reopened();
    assert!(vera.app.with(|d| d.must_be_open()).is_err());

    town.leader.exchanges().await;
    assert_eq!(sets(&town.leader, "Vera", DeviceChange::Free), 1);
    town.exchange(&[&vera]).await;
    assert!(vera.app.with(|d| d.must_be_open()).is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_that_was_put_back_shows_a_blocked_device_counts_and_pushes_no_row_off_its_place() {
    let town = TimedTown::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    town.exchange(&[&vera]).await;
    assert_eq!(sets(&town.leader, "Vera", DeviceChange::Block), 1);
    town.leader.exchanges().await;
    let rows = |person: &Person| person.app.with(|d| Ok(d.store.reader().certificate_rows()?)).unwrap();
    let (taken, other) = rows(&vera).into_iter().next().unwrap();
    let (_, block) = rows(&town.leader).into_iter().last().unwrap();
    // In the log the server has now it stands where another row stands in the one this device knows.
    let order = [Row { seq: taken, envelope: block.bytes().to_vec() }];
    vera.app.with(|d| d.take_order(&order)).unwrap();
    assert_eq!(vera.app.with(|d| Ok(d.own_state())).unwrap(), DeviceState::Blocked);
    let place = |d: &mut Device| {
        let header = other.header();
        Ok(d.store.reader().place_of(header.device, header.dseq, other.hash())?)
    };
    assert_eq!(vera.app.with(place).unwrap(), Some(taken));

    assert_eq!(sets(&town.leader, "Vera", DeviceChange::Free), 1);
    town.exchange(&[&vera]).await;
    assert_eq!(rows(&vera), rows(&town.leader), "and it has its place as soon as the log says so");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_certified_before_i_shut_them_out_counts_on_my_device_as_everywhere() {
    let town = TimedTown::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    let olga = town.colleague("Olga", Role::Consultant).await;
    town.exchange(&[&vera, &olga]).await;
    // The leader shuts Vera out without a network; meanwhile Vera has reported Olga's phone as lost.
    town.leader.goes_offline();
    assert_eq!(sets(&town.leader, "Vera", DeviceChange::Revoke), 1);
    assert_eq!(sets(&vera, "Olga", DeviceChange::Block), 1);
    vera.exchanges().await;
    town.leader.comes_online();
    town.leader.exchanges().await;
    assert_eq!(state_of(&town.leader, &vera), Some(DeviceState::Revoked));
    assert_eq!(state_of(&town.leader, &olga), Some(DeviceState::Blocked));
    is_refused(&olga, ErrorCode::DeviceBlocked).await;
    assert_eq!(sets(&town.leader, "Olga", DeviceChange::Free), 1, "who does not know of it could never free her");
    town.exchange(&[&olga]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn work_that_comes_too_late_for_the_server_stays_on_the_device_that_was_shut_out() {
    let town = TimedTown::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    vera.goes_offline();
    vera.app.save(|d| d.new_case(&new_case("V-1", false))).unwrap();
    writes(&vera, Some("V-1"), "Kun her.");
    assert_eq!(sets(&town.leader, "Vera", DeviceChange::Revoke), 1);
    town.leader.exchanges().await;
    town.time_passes(31 * DAY);
    vera.comes_online();
    for _ in 0..3 {
        is_refused(&vera, ErrorCode::DeviceRevoked).await;
    }
    assert!(vera.app.with(Device::cases).unwrap().is_empty(), "what it knew is gone");
    assert!(vera.tries_to_reopen().is_ok(), "what nobody took is here still, sealed for the leaders");
}

#[tokio::test(flavor = "multi_thread")]
async fn work_in_folders_made_offline_reaches_the_leader_of_whoever_was_shut_out_or_left() {
    for leaves in [false, true] {
        let town = TimedTown::founded().await;
        let vera = town.colleague("Vera", Role::Consultant).await;
        vera.goes_offline();
        vera.app.save(|d| d.new_case(&new_case("V-9", false))).unwrap();
        let in_case = writes(&vera, Some("V-9"), "Mødt hos ISS Kastrup");
        let own = writes(&vera, None, "Opsøgende i Sydhavnen");
        if leaves {
            town.leader.app.save(|d| d.remove_member("Vera")).unwrap();
        } else {
            assert_eq!(sets(&town.leader, "Vera", DeviceChange::Revoke), 1);
        }
        town.leader.exchanges().await;
        vera.comes_online();
        for _ in 0..3 {
            is_refused(&vera, ErrorCode::DeviceRevoked).await;
        }
        town.exchange(&[]).await;
        let mut waiting: Vec<_> = town
            .leader
            .app
            .with(super::super::device::Device::deposits)
            .unwrap()
            .into_iter()
            .map(|row| (row.entry, row.note))
            .collect();
        waiting.sort();
        let mut expected =
            vec![(in_case, "Mødt hos ISS Kastrup".to_owned()), (own, "Opsøgende i Sydhavnen".to_owned())];
        expected.sort();
        assert_eq!(waiting, expected, "leaves: {leaves}");
        assert_eq!(town.leader.app.save(|d| d.take_over(None)).unwrap(), 2);
        town.exchange(&[]).await;
        assert!(vera.tries_to_reopen().is_err(), "nothing is left on it");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_to_lead_a_folder_they_are_in_finds_what_was_handed_in_before() {
    let town = TimedTown::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    let olga = town.colleague("Olga", Role::Consultant).await;
    town.exchange(&[&vera, &olga]).await;
    vera.app.save(|d| d.new_case(&new_case("V-1", false))).unwrap();
    vera.app.save(|d| d.assign("V-1", "Olga", Role::Consultant)).unwrap();
    town.exchange(&[&vera, &olga]).await;
    writes(&vera, Some("V-1"), "Skrevet uden net.");
    assert_eq!(sets(&town.leader, "Vera", DeviceChange::Revoke), 1);
    town.leader.exchanges().await;
    for _ in 0..3 {
        is_refused(&vera, ErrorCode::DeviceRevoked).await;
    }
    town.exchange(&[&olga]).await;
    let tray = |person: &Person| person.app.with(Device::deposits).unwrap().len();
    assert_eq!((tray(&town.leader), tray(&olga)), (1, 0));

    let wish = RoleWish { name: "Olga".into(), role: Role::Deputy, programme: None, side: None, remove: false };
    town.leader.app.save(|d| d.change_role(&wish)).unwrap();
    town.exchange(&[&olga]).await;
    town.exchange(&[&olga]).await;
    assert_eq!(tray(&olga), 1, "the leader may have lost every device");
}
