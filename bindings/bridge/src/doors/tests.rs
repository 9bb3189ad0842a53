//! One person in several municipalities, each with a server of its own.

use tempfile::TempDir;

use super::*;
use crate::door::tests::{PASSPHRASE, Pocket, Town, code};
use crate::event::Event;
use crate::typed_secret::TypedSecret;

const SLAGELSE: u32 = 1;
const RINGSTED: u32 = 2;

fn to(municipality: u32, request: Request) -> Asked {
    Asked { municipality: Some(municipality), request }
}

fn new_case(number: &str) -> Request {
    let case = serde_json::json!({ "type": "new_case", "number": number, "name": "Bo Bak" });
    serde_json::from_value(case).unwrap()
}

impl Doors {
    async fn rows(&self) -> Vec<MunicipalityRow> {
        match self.call(Request::Municipalities.into()).await {
            Reply::Municipalities { municipalities } => municipalities,
            other => panic!("{other:?}"),
        }
    }

    async fn open_ones(&self) -> Vec<u32> {
        self.rows().await.into_iter().filter(|row| row.open).map(|row| row.municipality).collect()
    }

    async fn numbers(&self, municipality: u32) -> Vec<String> {
        match self.call(to(municipality, Request::Cases)).await {
            Reply::Cases { cases } => cases.into_iter().map(|case| case.number).collect(),
            other => panic!("{other:?}"),
        }
    }
}

/// A phone that is in both.
struct Phone {
    _folder: TempDir,
    doors: Doors,
    slagelse: Town,
    ringsted: Town,
}

impl Phone {
    async fn joined() -> Self {
        let (slagelse, ringsted) = (Town::founded().await, Town::founded().await);
        let folder = tempfile::tempdir().unwrap();
        let doors = Doors::with_vault(&folder.path().join("phone"), Arc::new(Pocket));
        let join = |invitation, beside: Option<&str>| {
            let (beside, passphrase) = (beside.map(str::to_owned), TypedSecret::default());
            Asked::from(Request::Join { invitation, server: None, beside, passphrase })
        };
        assert!(doors.rows().await.is_empty());
        assert!(matches!(doors.call(join(slagelse.invitation().await, None)).await, Reply::Joined(_)));
        let second = ringsted.invitation().await;
        assert_eq!(code(&doors.call(join(second.clone(), None)).await), "already_set_up");
        assert_eq!(code(&doors.call(join(second.clone(), Some("Ringsted"))).await), "nameless_municipality");
        let call = |name: &str| Asked::from(Request::NameMunicipality { name: name.into() });
        assert_eq!(code(&doors.call(call(" ")).await), "no_name");
        assert!(matches!(doors.call(call("Slagelse")).await, Reply::Done));
        assert_eq!(code(&doors.call(join("feltbog:x".into(), Some("Ringsted"))).await), "invitation_altered");
        let twice = slagelse.invitation().await;
        assert_eq!(code(&doors.call(join(twice, Some("Slagelse igen"))).await), "in_municipality");
        let Reply::Joined(joined) = doors.call(join(second, Some("Ringsted"))).await else { panic!("not joined") };
        assert_eq!(joined.municipality, Some(RINGSTED));
        let phone = Self { _folder: folder, doors, slagelse, ringsted };
        phone.fetch().await;
        phone
    }

    /// Whoever has just joined gets the keys from a leader.
    async fn fetch(&self) {
        for _ in 0..2 {
            assert_eq!(self.doors.exchange_within(Duration::from_secs(60)).await.unwrap().synced.len(), 2);
            for town in [&self.slagelse, &self.ringsted] {
                assert!(matches!(town.session.call(Request::Sync).await, Reply::Synced(_)));
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_saved_in_one_municipality_is_in_no_other_and_what_happens_says_where() {
    let phone = Phone::joined().await;
    let doors = &phone.doors;
    let mut told = doors.events();
    assert!(matches!(doors.call(to(RINGSTED, new_case("R-1"))).await, Reply::CaseMade { .. }));
    let changed = told.recv().await.unwrap();
    assert!(matches!(changed.event, Event::Changed) && changed.municipality == Some(RINGSTED));
    assert_eq!((doors.numbers(SLAGELSE).await, doors.numbers(RINGSTED).await), (vec![], vec!["R-1".to_owned()]));
    let rows = doors.rows().await;
    let [first, second] = rows.as_slice() else { panic!("{rows:?}") };
    assert!(first.shown && !second.shown && first.unsent == Some(0));
    assert!(second.unsent.is_some_and(|count| count > 0) && second.name.as_deref() == Some("Ringsted"));
    assert_eq!(code(&doors.call(to(SLAGELSE, Request::ShowCase { case: "R-1".into() })).await), "unknown_case");
    assert_eq!(code(&doors.call(to(7, Request::Cases)).await), "unknown_municipality");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doors_are_locked_together_and_the_vault_opens_each_with_its_own_key() {
    let phone = Phone::joined().await;
    let doors = &phone.doors;
    assert!(matches!(doors.call(to(RINGSTED, Request::Lock)).await, Reply::Done));
    assert!(doors.open_ones().await.is_empty());
    assert!(doors.rows().await.iter().all(|row| row.unsent.is_none()));
    for municipality in [SLAGELSE, RINGSTED] {
        assert_eq!(code(&doors.call(to(municipality, Request::Cases)).await), "needs_passphrase");
    }
    doors.open().await.unwrap();
    assert_eq!(doors.open_ones().await, [SLAGELSE, RINGSTED]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_says_nothing_keeps_nobody_elses_exchange() {
    let Phone { _folder, doors, slagelse, ringsted } = Phone::joined().await;
    let _silent = slagelse.server.silenced().await;
    doors.call(to(RINGSTED, new_case("R-1"))).await;
    let mut told = doors.events();
    let exchanging = tokio::spawn({
        let doors = doors.clone();
        async move { doors.exchange_within(Duration::from_secs(3600)).await }
    });
    loop {
        let Told { event, municipality } = told.recv().await.unwrap();
        if let (Event::ExchangeEnded { ok }, Some(RINGSTED)) = (event, municipality) {
            assert!(ok);
            break;
        }
    }
    doors.lock().await;
    assert_eq!(exchanging.await.unwrap().unwrap().synced.len(), 1, "the other gave way to whoever locked");
    assert!(matches!(ringsted.session.call(Request::Sync).await, Reply::Synced(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_municipality_that_is_taken_off_leaves_the_other_as_it_was() {
    let phone = Phone::joined().await;
    let doors = &phone.doors;
    doors.call(to(RINGSTED, new_case("R-1"))).await;
    doors.forget(SLAGELSE).await.unwrap();
    let rows = doors.rows().await;
    assert_eq!(rows.iter().map(|row| row.municipality).collect::<Vec<_>>(), [RINGSTED]);
    assert!(rows[0].shown, "the one that is left is the one that is asked");
    assert_eq!(doors.numbers(RINGSTED).await, ["R-1"]);
    assert_eq!(code(&doors.call(to(SLAGELSE, Request::Cases)).await), "unknown_municipality");
    doors.forget_all().await.unwrap();
    assert!(doors.rows().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passphrase_opens_the_door_it_was_typed_at_and_those_beside_it_that_it_fits() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::founded().await;
    let shelf = Shelf::at(folder.path());
    let mut open = Vec::new();
    for (name, passphrase) in [("Slagelse", PASSPHRASE), ("Ringsted", PASSPHRASE), ("Sorø", b"rabarber")] {
        let place = shelf.make_room(&MunicipalityName::typed(name).unwrap()).unwrap();
        let home = shelf.home(place);
        let guard = feltbog_app::Guard::Passphrase(passphrase);
        let joining = Session::join(home.folder(), guard, &town.invitation().await, None, None).await;
        let Ok(crate::login::Joining::In(session, _)) = joining else { panic!("not joined") };
        open.push((place, session));
    }
    let doors = Doors::open_at(folder.path(), open);
    doors.lock().await;
    let unlock = |municipality, passphrase: &str| {
        let unlock = serde_json::json!({ "type": "unlock", "passphrase": passphrase, "municipality": municipality });
        doors.call(serde_json::from_value(unlock).unwrap())
    };
    assert_eq!(code(&unlock(3, "blomme").await), "wrong_passphrase");
    assert!(doors.open_ones().await.is_empty(), "what does not open the door it was typed at opens none");
    assert!(matches!(unlock(2, "blomme").await, Reply::Done));
    assert_eq!(doors.open_ones().await, [1, 2]);
    assert!(matches!(unlock(3, "rabarber").await, Reply::Done));
    assert_eq!(doors.open_ones().await, [1, 2, 3]);
    let sealed = doors.seal_host_token(&HostToken::random());
    assert_eq!(sealed.iter().map(|(place, ..)| place.number()).collect::<Vec<_>>(), [1, 2, 3]);
    let opened = |at: usize, passphrase: &[u8]| {
        let (_, home, token) = &sealed[at];
        crate::session::open_host_token(home, passphrase, token).is_ok()
    };
    assert!(opened(2, b"rabarber") && !opened(2, PASSPHRASE) && opened(0, PASSPHRASE));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_joins_one_more_municipality_behind_a_passphrase_of_its_own() {
    let (slagelse, ringsted) = (Town::founded().await, Town::founded().await);
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::at(folder.path());
    let place = shelf.make_room(&MunicipalityName::typed("Slagelse").unwrap()).unwrap();
    let (home, guard) = (shelf.home(place), feltbog_app::Guard::Passphrase(PASSPHRASE));
    let joining = Session::join(home.folder(), guard, &slagelse.invitation().await, None, None).await;
    let Ok(crate::login::Joining::In(session, _)) = joining else { panic!("not joined") };
    let doors = Doors::open_at(folder.path(), vec![(place, session)]);

    let invitation = ringsted.invitation().await;
    let join = |passphrase: &str| {
        let join = serde_json::json!({
            "type": "join", "invitation": invitation, "beside": "Ringsted", "passphrase": passphrase,
        });
        doors.call(serde_json::from_value(join).unwrap())
    };
    assert_eq!(code(&join("").await), "no_passphrase");
    assert_eq!(doors.open_ones().await, [SLAGELSE]);
    assert!(matches!(join("rabarber").await, Reply::Joined(_)));
    assert_eq!(doors.open_ones().await, [SLAGELSE, RINGSTED]);
    doors.lock().await;
    let unlock = serde_json::json!({ "type": "unlock", "passphrase": "rabarber", "municipality": RINGSTED });
    assert!(matches!(doors.call(serde_json::from_value(unlock).unwrap()).await, Reply::Done));
    assert_eq!(doors.open_ones().await, [RINGSTED], "one passphrase is none of the other's");
}

/// In three days at a quarter past two, for a citizen of this number.
fn appointment(case: &str) -> Request {
    let step = serde_json::json!({ "text": "mødes hos Bo Bak", "on": "om 3 dage", "time": "14:15" });
    let entry = serde_json::json!({ "type": "log_entry", "case": case, "kind": "contact", "next_step": step });
    serde_json::from_value(entry).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_calls_once_about_the_same_time_in_two_municipalities_and_of_a_locked_one_nothing_is_known() {
    let phone = Phone::joined().await;
    let doors = &phone.doors;
    doors.open().await.unwrap();
    for (municipality, case) in [(SLAGELSE, "S-1"), (RINGSTED, "R-1")] {
        assert!(matches!(doors.call(to(municipality, new_case(case))).await, Reply::CaseMade { .. }));
        assert!(matches!(doors.call(to(municipality, appointment(case))).await, Reply::Logged(_)));
        // What is not sent has a clock of its own.
        assert!(matches!(doors.call(to(municipality, Request::Sync)).await, Reply::Synced(_)));
    }
    let known = doors.next_reminders().await.unwrap();
    let [(SLAGELSE, reminder)] = known.coming.as_slice() else { panic!("{known:?}") };
    assert_eq!((reminder.about.as_str(), reminder.clock.as_deref()), ("appointment", Some("14:15")));
    assert_eq!(reminder.until_ms - reminder.at_ms, 30 * 60 * 1000);
    assert!(known.unknown.is_empty());
    let json = serde_json::to_string(&known.coming[0].1).unwrap();
    assert!(!json.contains("Bo") && !json.contains("S-1"), "{json}");

    doors.lock().await;
    let locked = doors.next_reminders().await.unwrap();
    assert_eq!((locked.coming, locked.unknown), (vec![], vec![SLAGELSE, RINGSTED]));
    let unseen = doors.exchange_within(Duration::from_secs(60)).await.unwrap().reminders;
    assert_eq!(unseen, known, "an exchange in the background looks anew");
}
