//! The server's database is put back to an older copy: everything that had a receipt comes back, and nobody reads what
//! is not theirs in between.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use feltbog_harness::{Chance, Device, ServerCopy, World, entries, essence, notes, numbers};
use serde_json::{Map, Value, json};

use crate::support::{AASE, ASTRID, ERIK, SHARED_CASE, agree, is_quiet, kill_at};

const MOVED_CASE: &str = "SYD-2";
const NEW_CASE: &str = "SYD-3";
const DORTE: &str = "Dorte Kjær";

/// A town, a copy of its server, and a day of work that the copy does not know.
struct Day {
    world: World,
    copy: ServerCopy,
    aase: Device,
    astrid: Device,
    erik: Device,
    /// Only ever fetches.
    reader: Device,
    /// Joined on that day.
    dorte: Device,
    /// What Åse wrote on that day, in the order of its times.
    by_aase: Vec<String>,
}

impl Day {
    fn new() -> Self {
        let mut world = World::new();
        let (aase, astrid) = (world.consultant(AASE), world.consultant(ASTRID));
        let (erik, reader) = (world.treatment(ERIK), world.member("Rikke Friis", "deputy"));
        let early = [&aase, &astrid, &erik, &reader];
        world.exchange_twice(&early);
        for number in [SHARED_CASE, MOVED_CASE] {
            aase.json(&["case", "new", "--number", number, "--name", "Marianne", "--consent-types", "jobmål"]);
            aase.log(number, "contact", &format!("Før kopien, {number}"), &[]);
        }
        aase.json(&["assign", SHARED_CASE, "--member", ERIK, "--as", "treatment"]);
        let plan = aase.log(SHARED_CASE, "network_meeting", "Fælles plan.", &["--shared"]);
        world.exchange_twice(&early);
        let copy = world.copy_server();

        let dorte = world.consultant(DORTE);
        let by_aase = vec![
            aase.log(SHARED_CASE, "contact", "Åse først", &["--at", "2026-03-02T09:00"]),
            aase.log(SHARED_CASE, "contact", "Åse delt", &["--at", "2026-03-03T09:00", "--shared"]),
        ];
        erik.note(&plan, "Fælles plan. Erik kommer torsdag.");
        erik.log(SHARED_CASE, "contact", "Eriks eget", &[]);
        astrid.json(&["case", "new", "--number", NEW_CASE, "--name", "Simon"]);
        astrid.log(NEW_CASE, "contact", "Astrid", &["--at", "2026-03-02T09:30"]);
        world.leader().json(&["handover", "--from", AASE, "--to", ASTRID, "--case", MOVED_CASE]);
        let day = Self { world, copy, aase, astrid, erik, reader, dorte, by_aase };
        day.everybody_twice();
        day.astrid.log(MOVED_CASE, "contact", "Kun for Astrid", &[]);
        day.everybody_twice();
        day
    }

    fn leader(&self) -> &Device {
        self.world.leader()
    }

    /// Everybody but the leader, who is first or last.
    fn staff(&self) -> [&Device; 5] {
        [&self.aase, &self.astrid, &self.erik, &self.reader, &self.dorte]
    }

    fn all(&self) -> Vec<&Device> {
        std::iter::once(self.leader()).chain(self.staff()).collect()
    }

    /// The leader's page of a case, after an exchange.
    fn leader_reads(&self, case: &str) -> Value {
        self.leader().sync();
        self.leader().show(case)
    }

    fn everybody_twice(&self) {
        self.world.exchange_twice(&self.staff());
    }

    fn restore(&mut self) {
        self.world.restore_server(&self.copy);
    }

    /// What each device shows, whole.
    fn shown(&self) -> Vec<Vec<Map<String, Value>>> {
        let pages = |device: &Device| {
            let cases = device.cases();
            numbers(&cases).into_iter().flat_map(|case| essence(&device.show(case), ALL_FOLDERS)).collect()
        };
        self.all().into_iter().map(pages).collect()
    }

    /// Each device's own envelopes in the log.
    fn logged(&self) -> BTreeSet<(String, u64)> {
        let rows = self.world.server().rows();
        let own = |row: &Value| (row["device"].as_str().unwrap().to_owned(), row["dseq"].as_u64().unwrap());
        rows.iter().map(own).collect()
    }

    /// Everybody shows what they showed, the log has what it had and nothing twice, and nothing waits anywhere.
    fn is_as_before(&self, shown: &[Vec<Map<String, Value>>], logged: &BTreeSet<(String, u64)>) {
        for ((device, now), before) in self.all().into_iter().zip(self.shown()).zip(shown) {
            assert_eq!(&now, before, "{}", device.name());
            is_quiet(device);
            let status = device.status();
            assert_eq!(
                (&status["missing"], &status["findings"]),
                (&json!(0), &json!([])),
                "{}: {status}",
                device.name()
            );
            assert_eq!(status["restored"], true, "{}: {status}", device.name());
        }
        assert!(self.logged().is_superset(logged), "{:?}", logged.difference(&self.logged()).collect::<Vec<_>>());
        rows_are_unbroken(&self.world);
        agree(SHARED_CASE, &["shared"], &[self.leader(), &self.aase, &self.erik, &self.reader]);
        agree(MOVED_CASE, &["employment", "shared"], &[self.leader(), &self.astrid, &self.reader]);
    }

    /// Åse gave the case away on the lost day: the copy still lets her in, and nothing of it may reach her.
    fn aase_has_nothing_of_the_moved_case(&self) {
        assert_eq!(numbers(&self.aase.cases()), [SHARED_CASE]);
        self.aase.refused(&["show", MOVED_CASE]);
        assert!(self.aase.search(&["Astrid"]).is_empty());
    }
}

const ALL_FOLDERS: &[&str] = &["employment", "treatment", "shared"];

#[test]
fn everything_with_a_receipt_is_back_after_everybody_exchanged_once_the_leader_first() {
    let mut day = Day::new();
    let (shown, logged) = (day.shown(), day.logged());
    day.restore();
    assert!(day.logged().len() < logged.len());
    for device in day.all() {
        device.sync();
        day.aase_has_nothing_of_the_moved_case();
    }
    assert!(day.logged().is_superset(&logged));
    day.everybody_twice();
    day.is_as_before(&shown, &logged);
}

#[test]
fn everything_with_a_receipt_is_back_after_everybody_exchanged_once_the_leader_last() {
    let mut day = Day::new();
    let (shown, logged) = (day.shown(), day.logged());
    day.restore();
    let [aase, astrid, erik, reader, dorte] = day.staff();
    for device in [astrid, aase, erik] {
        assert_eq!(device.sync()["healing"], true, "{}", device.name());
        let said = device.run(&["status"]).done().stdout;
        assert!(said.contains("Serveren er gendannet. Dit arbejde er her."), "{said}");
        day.aase_has_nothing_of_the_moved_case();
    }
    // Dorte is in nobody's certificates until the leader is back.
    for device in [dorte, reader, day.leader(), dorte] {
        let ran = device.run(&["sync", "--json"]);
        assert!(ran.code == Some(0) || device.name() == dorte.name(), "{ran:#?}");
        day.aase_has_nothing_of_the_moved_case();
    }
    assert!(day.logged().is_superset(&logged), "{:?}", logged.difference(&day.logged()).collect::<Vec<_>>());
    day.everybody_twice();
    day.is_as_before(&shown, &logged);
}

#[test]
fn the_leader_sees_what_a_device_that_stayed_away_has_not_brought_back() {
    let mut day = Day::new();
    let (shown, logged) = (day.shown(), day.logged());
    day.restore();
    for device in [day.leader(), &day.astrid, &day.erik, &day.reader, &day.dorte, day.leader()] {
        device.sync();
    }
    let missing = day.leader().json(&["missing"]);
    let listed: Vec<&str> = missing.as_array().unwrap().iter().map(|row| row["entry"].as_str().unwrap()).collect();
    assert_eq!(listed, day.by_aase, "{missing}");
    for row in missing.as_array().unwrap() {
        assert_eq!((&row["author"], &row["case"]), (&json!(AASE), &json!(SHARED_CASE)), "{row}");
    }
    assert_eq!(day.leader().status()["missing"], 2);
    // Their text is still here.
    assert!(notes(&day.leader().show(SHARED_CASE)).contains(&"Åse først"));
    day.aase.sync();
    day.leader().sync();
    assert_eq!(day.leader().json(&["missing"]), json!([]));
    day.everybody_twice();
    day.is_as_before(&shown, &logged);
}

#[test]
fn a_second_restore_in_the_middle_of_the_first_loses_nothing_either() {
    let mut day = Day::new();
    let (mut shown, mut logged) = (day.shown(), day.logged());
    day.restore();
    for device in [&day.erik, day.leader(), &day.aase] {
        device.sync();
    }
    logged.extend(day.logged());
    day.aase.log(SHARED_CASE, "contact", "Mellem to gendannelser", &[]);
    day.aase.sync();
    logged.extend(day.logged());
    day.restore();
    for device in day.all().into_iter().rev() {
        let _maybe_unknown_still = device.run(&["sync"]);
        day.aase_has_nothing_of_the_moved_case();
    }
    day.everybody_twice();
    for (pages, device) in shown.iter_mut().zip(day.all()) {
        if numbers(&device.cases()).contains(&SHARED_CASE) && device.name() != day.erik.name() {
            let page = device.show(SHARED_CASE);
            assert_eq!(notes(&page).iter().filter(|note| **note == "Mellem to gendannelser").count(), 1);
            pages.retain(|entry| entry["note"] != "Mellem to gendannelser");
        }
    }
    let now: Vec<Vec<_>> = day
        .shown()
        .into_iter()
        .map(|pages| pages.into_iter().filter(|entry| entry["note"] != "Mellem to gendannelser").collect())
        .collect();
    assert_eq!(now, shown);
    assert!(day.logged().is_superset(&logged), "{:?}", logged.difference(&day.logged()).collect::<Vec<_>>());
    rows_are_unbroken(&day.world);
    day.all().into_iter().for_each(is_quiet);
}

#[test]
fn what_is_written_while_the_server_heals_is_sent_and_arrives() {
    let mut day = Day::new();
    day.restore();
    let entry = day.aase.log(SHARED_CASE, "contact", "Skrevet efter gendannelsen", &["--shared"]);
    assert_eq!(day.aase.sync()["unsent"], 0);
    assert_eq!(day.erik.sync()["healing"], true);
    assert!(entries(&day.erik.show(SHARED_CASE)).iter().all(|row| row["entry"] != entry.as_str()));
    day.leader().sync();
    assert_eq!(day.erik.sync()["healing"], false);
    assert!(notes(&day.erik.show(SHARED_CASE)).contains(&"Skrevet efter gendannelsen"));
}

#[test]
fn devices_that_are_killed_at_any_moment_while_the_server_heals_bring_everything_back() {
    let mut day = Day::new();
    let (shown, logged) = (day.shown(), day.logged());
    let mut chance = Chance::of(31);
    day.restore();
    for _ in 0..3 {
        for device in day.all() {
            kill_at(device.spawn(&["sync"]), chance.moment(Duration::from_millis(400)));
        }
        day.aase_has_nothing_of_the_moved_case();
    }
    day.restore();
    for _ in 0..12 {
        let device = *chance.one(&day.all());
        kill_at(device.spawn(&["sync"]), chance.moment(Duration::from_millis(400)));
    }
    day.everybody_twice();
    day.everybody_twice();
    day.is_as_before(&shown, &logged);
}

#[test]
fn a_key_is_renewed_and_everything_read_while_the_maker_of_the_last_is_away() {
    let mut day = Day::new();
    day.restore();
    // The case that moved owes a new key again; the deputy is the first to make one, and Astrid gets it.
    for device in [day.leader(), &day.reader, &day.astrid] {
        device.sync();
    }
    day.restore();
    day.leader().sync();
    let before = day.astrid.log(MOVED_CASE, "contact", "Før nøglen", &[]);
    for _ in 0..2 {
        assert_eq!(day.astrid.sync()["refused"], json!([]));
    }
    assert_eq!(day.astrid.status()["unsent"], 0);
    assert!(entries(&day.leader_reads(MOVED_CASE)).iter().any(|row| row["entry"] == before.as_str()));

    // Who comes to the case now reads all of it, although the deputy's key has not come back.
    day.world.exchange_twice(&[&day.dorte]);
    day.leader().json(&["handover", "--from", ASTRID, "--to", DORTE, "--case", MOVED_CASE]);
    day.world.exchange_twice(&[&day.dorte]);
    let page = day.dorte.show(MOVED_CASE);
    for note in ["Før kopien, SYD-2", "Kun for Astrid", "Før nøglen"] {
        assert!(notes(&page).contains(&note), "{note}: {page}");
    }
    // Nor does it hurt when it does.
    day.everybody_twice();
    day.everybody_twice();
    day.all().into_iter().for_each(is_quiet);
}

#[test]
fn what_is_written_under_a_key_that_the_log_lost_brings_the_key_along_while_its_maker_is_away() {
    let mut day = Day::new();
    day.restore();
    day.leader().sync();
    // The log knows by now who was shut out, and not yet the key the deputy makes for it.
    let before_the_key = day.world.copy_server();
    for device in [&day.reader, &day.astrid] {
        device.sync();
    }
    day.world.restore_server(&before_the_key);
    day.leader().sync();
    let written = day.astrid.log(MOVED_CASE, "contact", "Under den tabte nøgle", &[]);
    for _ in 0..2 {
        assert_eq!(day.astrid.sync()["refused"], json!([]));
    }
    assert_eq!(day.astrid.status()["unsent"], 0);
    assert!(entries(&day.leader_reads(MOVED_CASE)).iter().any(|row| row["entry"] == written.as_str()));
    day.everybody_twice();
    day.everybody_twice();
    day.all().into_iter().for_each(is_quiet);
    agree(MOVED_CASE, &["employment"], &[day.leader(), &day.astrid, &day.reader]);
    day.aase_has_nothing_of_the_moved_case();
}

/// Places in the log have no gap, and each device's envelopes stand in order, none twice. A number may be missing among
/// them: while the server heals it refuses what it cannot judge yet, and that is sealed again under another.
fn rows_are_unbroken(world: &World) {
    let rows = world.server().rows();
    let mut last: BTreeMap<&str, u64> = BTreeMap::new();
    for (at, row) in (1..).zip(&rows) {
        assert_eq!(row["seq"], at, "{row}");
        let dseq = row["dseq"].as_u64().unwrap();
        let before = last.insert(row["device"].as_str().unwrap(), dseq).unwrap_or(0);
        assert!(dseq > before, "{row}");
    }
}
