//! A case changes hands, its consent is withdrawn, it is closed: who has it afterwards, and where unsent work goes.

use std::time::Duration;

use feltbog_harness::{Chance, Device, World, entries, notes, numbers, the_entry};
use serde_json::{Value, json};

use crate::support::{AASE, ASTRID, ERIK, SHARED_CASE, agree, count_in, is_quiet, kill_at};

/// Åse's two cases, one of them shared with Erik; Astrid has none yet.
struct Relay {
    world: World,
    aase: Device,
    astrid: Device,
    erik: Device,
    /// A note in the shared folder that everybody has.
    common: String,
}

const OTHER_CASE: &str = "SYD-2";

impl Relay {
    fn new() -> Self {
        let world = World::new();
        let (aase, astrid) = (world.consultant(AASE), world.consultant(ASTRID));
        let erik = world.treatment(ERIK);
        world.exchange_twice(&[&aase, &astrid, &erik]);
        for (number, name) in [(SHARED_CASE, "Marianne Prøvesen"), (OTHER_CASE, "Heidi Prøvesen")] {
            aase.json(&["case", "new", "--number", number, "--name", name, "--consent-types", "jobmål"]);
            aase.log(number, "contact", &format!("Åses eget i {number}"), &[]);
        }
        aase.json(&["assign", SHARED_CASE, "--member", ERIK, "--as", "treatment"]);
        let common = aase.log(SHARED_CASE, "network_meeting", "Fælles plan.", &["--shared"]);
        let relay = Self { world, aase, astrid, erik, common };
        relay.exchange_twice();
        relay
    }

    fn leader(&self) -> &Device {
        self.world.leader()
    }

    fn exchange_twice(&self) {
        self.world.exchange_twice(&[&self.aase, &self.astrid, &self.erik]);
    }

    /// What Åse writes during three weeks without network: two on her own side, two shared, one edit of a shared note.
    fn five_unsent(&self) -> FiveUnsent {
        self.aase.note(&self.common, "Fælles plan. Åse ringer mandag.");
        let unsent = FiveUnsent {
            own: ["Eget et", "Eget to"].map(|note| self.aase.log(SHARED_CASE, "contact", note, &[])),
            shared: ["Delt et", "Delt to"].map(|note| self.aase.log(SHARED_CASE, "contact", note, &["--shared"])),
            edited: self.common.clone(),
        };
        assert_eq!(self.aase.status()["unsent"], 5);
        unsent
    }

    fn hand_over(&self) {
        let handed = self.leader().json(&["handover", "--from", AASE, "--to", ASTRID, "--case", SHARED_CASE]);
        assert_eq!(handed, json!({ "handed_over": 1 }));
    }

    fn withdraw(&self) {
        self.leader().json(&["consent", SHARED_CASE, "--withdraw"]);
    }

    fn close(&self) {
        let closed = self.leader().json(&["case", "close", SHARED_CASE, "--reason", "i job"]);
        assert_eq!(closed["case"], self.leader().show(SHARED_CASE)["case"]["case"]);
    }
}

struct FiveUnsent {
    own: [String; 2],
    shared: [String; 2],
    edited: String,
}

/// Everything that was written during the three weeks; the edit is part of a longer note.
const WRITTEN: [&str; 5] = ["Delt et", "Delt to", "Eget et", "Eget to", "Fælles plan. Åse ringer mandag."];

impl FiveUnsent {
    fn ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> =
            self.own.iter().chain(&self.shared).chain([&self.edited]).map(String::as_str).collect();
        ids.sort_unstable();
        ids
    }
}

fn sorted<'a>(rows: &'a Value, key: &str) -> Vec<&'a str> {
    let mut found: Vec<&str> = rows.as_array().unwrap().iter().map(|row| row[key].as_str().unwrap()).collect();
    found.sort_unstable();
    found
}

/// Each of the five stands there once, and under its writer's name.
fn has_all_five(device: &Device) {
    let page = device.show(SHARED_CASE);
    for note in WRITTEN {
        let found: Vec<&Value> = entries(&page).iter().filter(|entry| entry["note"] == note).collect();
        assert_eq!(found.len(), 1, "{}: {note}: {page}", device.name());
        let by_name = found[0]["recorded_by"] == AASE || found[0]["authors"][0] == AASE;
        assert!(by_name, "{}: {}", device.name(), found[0]);
    }
}

/// The writer sees each handed-in entry, the case, with whom it is, and that it was delivered; nothing else waits.
fn tells_where_and_with_whom(writer: &Device, ids: &[&str]) {
    let status = writer.status();
    assert_eq!(sorted(&status["handed_in"], "entry"), ids, "{status}");
    for row in status["handed_in"].as_array().unwrap() {
        assert_eq!((&row["case"], &row["delivered"]), (&json!(SHARED_CASE), &json!(true)), "{row}");
        assert_eq!(row["receivers"], json!(["Ingrid Dahl"]), "{row}");
    }
    assert_eq!((&status["unsent"], &status["refused"]), (&json!(0), &json!([])), "{status}");
    let said = writer.run(&["status"]).done().stdout;
    assert!(said.contains("afleveret til Ingrid Dahl"), "{said}");
}

#[test]
fn a_case_that_was_handed_over_is_gone_from_the_old_device_and_whole_on_the_new_one() {
    let relay = Relay::new();
    let before = relay.aase.show(SHARED_CASE);
    relay.hand_over();
    for device in [relay.leader(), &relay.astrid, &relay.aase] {
        device.sync();
    }
    assert_eq!(numbers(&relay.aase.cases()), [OTHER_CASE]);
    assert_eq!(relay.aase.refused(&["show", SHARED_CASE]), relay.aase.refused(&["show", "SYD-99"]));
    assert!(relay.aase.search(&["fælles"]).is_empty() && relay.aase.search(&["Marianne"]).is_empty());
    assert_eq!(relay.aase.run(&["log", SHARED_CASE, "contact", "--note", "x"]).code, Some(1));

    assert_eq!(numbers(&relay.astrid.cases()), [SHARED_CASE]);
    agree(SHARED_CASE, &["employment", "shared"], &[&relay.astrid, relay.leader()]);
    let page = relay.astrid.show(SHARED_CASE);
    assert_eq!(entries(&page).len(), entries(&before).len() + 1, "the handover stands there too");
    let told = entries(&page).iter().find(|entry| entry["kind"] == "handover").unwrap();
    assert_eq!(told["note"], format!("Overdraget fra {AASE} til {ASTRID}."));
    let status = relay.aase.status();
    assert_eq!(
        (&status["handed_away"][0]["case"], &status["handed_away"][0]["to"]),
        (&json!(SHARED_CASE), &json!(ASTRID))
    );
    assert_eq!(page["case"]["consultant"], ASTRID);

    relay.astrid.log(SHARED_CASE, "network_meeting", "Astrid tager over.", &["--shared"]);
    relay.exchange_twice();
    assert!(notes(&relay.erik.show(SHARED_CASE)).contains(&"Astrid tager over."));
    assert!(relay.aase.search(&["Astrid"]).is_empty());
    for device in [relay.leader(), &relay.aase, &relay.astrid, &relay.erik] {
        is_quiet(device);
        assert_eq!(device.status()["findings"], json!([]), "{}", device.name());
    }
}

#[test]
fn a_case_that_comes_back_brings_its_whole_history_with_it() {
    let relay = Relay::new();
    relay.hand_over();
    relay.exchange_twice();
    relay.astrid.log(SHARED_CASE, "contact", "Mens Astrid havde den", &[]);
    relay.exchange_twice();
    relay.leader().json(&["handover", "--from", ASTRID, "--to", AASE, "--case", SHARED_CASE]);
    relay.exchange_twice();
    assert_eq!(numbers(&relay.aase.cases()), [SHARED_CASE, OTHER_CASE]);
    assert!(relay.astrid.cases().is_empty());
    agree(SHARED_CASE, &["employment", "shared"], &[&relay.aase, relay.leader()]);
    let page = relay.aase.show(SHARED_CASE);
    assert!(notes(&page).contains(&"Mens Astrid havde den") && notes(&page).contains(&"Fælles plan."), "{page}");
    for device in [relay.leader(), &relay.aase, &relay.astrid, &relay.erik] {
        is_quiet(device);
    }
}

#[test]
fn all_cases_move_when_none_is_named() {
    let relay = Relay::new();
    let handed = relay.leader().json(&["handover", "--from", AASE, "--to", ASTRID]);
    assert_eq!(handed, json!({ "handed_over": 2 }));
    relay.exchange_twice();
    assert!(relay.aase.cases().is_empty());
    assert_eq!(numbers(&relay.astrid.cases()), [SHARED_CASE, OTHER_CASE]);
}

#[test]
fn a_handover_to_the_wrong_person_or_by_the_wrong_one_changes_nothing() {
    let relay = Relay::new();
    for to in [ERIK, AASE, "Ingen Her"] {
        relay.leader().refused(&["handover", "--from", AASE, "--to", to]);
    }
    relay.aase.refused(&["handover", "--from", ASTRID, "--to", AASE, "--case", SHARED_CASE]);
    relay.erik.refused(&["handover", "--from", AASE, "--to", ASTRID, "--case", SHARED_CASE]);
    relay.exchange_twice();
    assert_eq!(numbers(&relay.aase.cases()), [SHARED_CASE, OTHER_CASE]);
    assert!(relay.astrid.cases().is_empty());
}

#[test]
fn five_unsent_entries_land_visibly_when_the_case_was_handed_over_withdrawn_and_closed_meanwhile() {
    let relay = Relay::new();
    let unsent = relay.five_unsent();
    relay.hand_over();
    relay.withdraw();
    relay.close();
    for device in [relay.leader(), &relay.astrid, &relay.erik] {
        device.sync();
    }
    let synced = relay.aase.sync();
    assert_eq!(sorted(&synced["handed_in"], "entry"), unsent.ids(), "{synced}");
    tells_where_and_with_whom(&relay.aase, &unsent.ids());
    assert_eq!(numbers(&relay.aase.cases()), [OTHER_CASE]);

    relay.leader().sync();
    assert_eq!(relay.leader().status()["deposits"], 5);
    let tray = relay.leader().json(&["deposits"]);
    assert_eq!(sorted(&tray, "entry"), unsent.ids());
    assert_eq!(sorted(&tray, "note"), WRITTEN);
    for row in tray.as_array().unwrap() {
        assert_eq!((&row["author"], &row["case"]), (&json!(AASE), &json!(SHARED_CASE)), "{row}");
        assert_eq!(row["name"], "Marianne Prøvesen");
    }
    assert_eq!(relay.leader().json(&["deposits", "take", "--all"]), json!({ "taken": 5 }));
    assert_eq!(relay.leader().json(&["deposits"]), json!([]));
    relay.leader().sync();
    relay.astrid.sync();
    for device in [relay.leader(), &relay.astrid] {
        has_all_five(device);
    }
    agree(SHARED_CASE, &["employment", "shared"], &[&relay.astrid, relay.leader()]);
    relay.exchange_twice();
    for device in [relay.leader(), &relay.aase, &relay.astrid, &relay.erik] {
        is_quiet(device);
    }
    // What was meant to be shared came after the consent was gone.
    assert_eq!(notes(&relay.erik.show(SHARED_CASE)), ["Fælles plan."]);
    assert_eq!(relay.astrid.show(SHARED_CASE)["case"]["phase"], "closed");
}

#[test]
fn what_a_device_that_lost_its_case_had_handed_in_comes_back_to_a_server_that_was_put_back() {
    let mut relay = Relay::new();
    let unsent = relay.five_unsent();
    relay.hand_over();
    relay.leader().sync();
    let copy = relay.world.copy_server();
    assert_eq!(sorted(&relay.aase.sync()["handed_in"], "entry"), unsent.ids());
    relay.world.restore_server(&copy);
    relay.leader().sync();
    assert_eq!(relay.leader().status()["deposits"], 0);
    relay.aase.sync();
    relay.leader().sync();
    assert_eq!(sorted(&relay.leader().json(&["deposits"]), "entry"), unsent.ids());
    relay.exchange_twice();
    is_quiet(&relay.aase);
}

#[test]
fn handed_in_work_is_taken_over_one_by_one_and_once() {
    let relay = Relay::new();
    let unsent = relay.five_unsent();
    relay.hand_over();
    relay.leader().sync();
    relay.aase.sync();
    relay.leader().sync();
    tells_where_and_with_whom(&relay.aase, &unsent.ids());
    let mut taken = 0;
    for id in unsent.ids() {
        // Entries that travelled in one envelope come in together.
        let ran = relay.leader().run(&["deposits", "take", id, "--json"]);
        if ran.code == Some(0) {
            taken += ran.json()["taken"].as_u64().unwrap();
        }
    }
    assert_eq!(taken, 5);
    relay.leader().refused(&["deposits", "take", unsent.ids()[0]]);
    assert_eq!(relay.leader().json(&["deposits", "take", "--all"]), json!({ "taken": 0 }));
    relay.exchange_twice();
    // Only handed over: each is where it was meant to be.
    let page = relay.astrid.show(SHARED_CASE);
    has_all_five(&relay.astrid);
    for (id, folder) in
        unsent.own.iter().map(|id| (id, "employment")).chain(unsent.shared.iter().map(|id| (id, "shared")))
    {
        assert_eq!(the_entry(&page, id)["folder"], folder, "{page}");
    }
    assert_eq!(the_entry(&page, &relay.common)["note"], "Fælles plan. Åse ringer mandag.");
    agree(SHARED_CASE, &["shared"], &[&relay.astrid, relay.leader(), &relay.erik]);
    for device in [relay.leader(), &relay.aase, &relay.astrid, &relay.erik] {
        is_quiet(device);
    }
}

#[test]
fn where_only_the_consent_was_withdrawn_each_entry_asks_and_is_kept_on_the_writers_own_side() {
    let relay = Relay::new();
    let unsent = relay.five_unsent();
    relay.withdraw();
    relay.leader().sync();
    let ran = relay.aase.run(&["sync", "--json"]);
    assert_eq!(ran.code, Some(1), "{ran:#?}");
    let mut asking: Vec<&str> = unsent.shared.iter().map(String::as_str).chain([relay.common.as_str()]).collect();
    asking.sort_unstable();
    let status = relay.aase.status();
    let mut asks: Vec<&str> = status["asks"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    asks.sort_unstable();
    assert_eq!(asks, asking, "{status}");
    assert_eq!((&status["unsent"], &status["handed_in"]), (&json!(3), &json!([])), "{status}");

    for id in relay.aase.status()["asks"].as_array().unwrap() {
        let id = id.as_str().unwrap();
        // Entries that were sealed together are kept together.
        if relay.aase.status()["asks"].as_array().unwrap().contains(&json!(id)) {
            let kept = relay.aase.json(&["keep", id]);
            assert_eq!(kept["state"], "local_only");
            assert_ne!(kept["entry"], json!(id));
        }
    }
    assert_eq!(relay.aase.status()["asks"], json!([]));
    relay.exchange_twice();
    for device in [&relay.aase, relay.leader()] {
        has_all_five(device);
        let page = device.show(SHARED_CASE);
        for note in WRITTEN {
            let found = entries(&page).iter().find(|entry| entry["note"] == note).unwrap();
            assert_eq!(found["folder"], "employment", "{page}");
        }
        // What was shared while the consent held is there as it was.
        assert_eq!((count_in(&page, "shared"), &the_entry(&page, &relay.common)["note"]), (1, &json!("Fælles plan.")));
        is_quiet(device);
    }
    assert_eq!(notes(&relay.erik.show(SHARED_CASE)), ["Fælles plan."]);
    relay.aase.refused(&["log", SHARED_CASE, "contact", "--note", "Delt igen", "--shared"]);
}

#[test]
fn where_the_case_was_only_closed_the_entries_simply_land() {
    let relay = Relay::new();
    let unsent = relay.five_unsent();
    relay.close();
    relay.leader().sync();
    relay.aase.sync();
    relay.exchange_twice();
    let page = relay.leader().show(SHARED_CASE);
    for id in unsent.ids() {
        assert_eq!(the_entry(&page, id)["state"], "sent");
    }
    has_all_five(relay.leader());
    agree(SHARED_CASE, &["employment", "shared"], &[&relay.aase, relay.leader()]);
    assert_eq!((&page["case"]["phase"], &relay.aase.status()["handed_in"]), (&json!("closed"), &json!([])));
    assert_eq!(relay.leader().json(&["deposits"]), json!([]));
    relay.leader().refused(&["case", "close", SHARED_CASE, "--reason", "igen"]);
}

#[test]
fn nobody_but_the_leader_finds_handed_in_work() {
    let relay = Relay::new();
    relay.five_unsent();
    relay.hand_over();
    relay.leader().sync();
    relay.aase.sync();
    relay.exchange_twice();
    for device in [&relay.astrid, &relay.erik, &relay.aase] {
        assert_eq!(device.json(&["deposits"]), json!([]), "{}", device.name());
        assert_eq!(device.status()["deposits"], 0);
    }
    assert_eq!(relay.leader().status()["deposits"], 5);
    assert!(relay.astrid.search(&["Eget"]).iter().all(|hit| !hit["snippet"].as_str().unwrap().contains("Eget et")));
}

#[test]
fn a_treatment_worker_keeps_what_could_not_be_shared_on_a_side_of_their_own_that_did_not_exist_before() {
    let relay = Relay::new();
    let entry = relay.erik.log(SHARED_CASE, "contact", "Skulle have været delt", &["--shared"]);
    relay.withdraw();
    relay.leader().sync();
    assert_eq!(relay.erik.run(&["sync"]).code, Some(1));
    assert_eq!(relay.erik.status()["asks"], json!([entry]));
    let kept = relay.erik.json(&["keep", &entry]);
    relay.exchange_twice();
    let page = relay.erik.show(SHARED_CASE);
    assert_eq!(the_entry(&page, kept["entry"].as_str().unwrap())["folder"], "treatment");
    assert_eq!(count_in(&page, "shared"), 1);
    is_quiet(&relay.erik);
    for device in [relay.leader(), &relay.aase] {
        assert!(device.search(&["Skulle"]).is_empty(), "{}", device.name());
    }
}

#[test]
fn devices_that_are_killed_at_any_moment_while_a_case_moves_lose_none_of_the_five() {
    let relay = Relay::new();
    let unsent = relay.five_unsent();
    relay.hand_over();
    relay.withdraw();
    relay.close();
    let mut chance = Chance::of(17);
    for _ in 0..10 {
        let device = *chance.one(&[relay.leader(), &relay.aase, &relay.astrid]);
        kill_at(device.spawn(&["sync"]), chance.moment(Duration::from_millis(400)));
    }
    relay.leader().sync();
    relay.aase.sync();
    relay.leader().sync();
    tells_where_and_with_whom(&relay.aase, &unsent.ids());
    assert_eq!(sorted(&relay.leader().json(&["deposits"]), "entry"), unsent.ids());
    let mut attempts = 0;
    while relay.leader().status()["deposits"] != 0 {
        // A little longer each time, so that one of them comes through.
        attempts += 1;
        let moment = chance.moment(Duration::from_millis(200 * attempts));
        kill_at(relay.leader().spawn(&["deposits", "take", "--all"]), moment);
    }
    relay.exchange_twice();
    for device in [relay.leader(), &relay.astrid] {
        has_all_five(device);
    }
    assert_eq!(numbers(&relay.aase.cases()), [OTHER_CASE]);
    for device in [relay.leader(), &relay.aase, &relay.astrid, &relay.erik] {
        is_quiet(device);
    }
}
