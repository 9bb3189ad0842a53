//! The n-th call of a device's database fails, for every n until the act gets through undisturbed.
//!
//! Each act in each way of failing; after every failure: the home opens, no save without its change, no cursor past a
//! row that is not stored, what was answered `Ok` is there, what was answered `Err` is there whole or not at all, and
//! the next try succeeds.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use feltbog_app::{App, AppError};
use feltbog_harness::{CaseLine, CsvSet, EntryLine};
use feltbog_power::{Disk, Failure, Fault, Lasting};
use feltbog_store::Store;

use crate::audit::{Books, audit, is_sound};
use crate::town::{AASE, INGRID, SERVER, Served, Stage, Town, contact, notes, open};

/// Whether the process goes on with the database open, or ends while the disk still fails and begins anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    GoesOn,
    EndsAndBegins,
}

const WAYS: [(Failure, Lasting, Then); 6] = [
    (Failure::Io, Lasting::Once, Then::GoesOn),
    (Failure::Io, Lasting::FromThenOn, Then::EndsAndBegins),
    (Failure::Full, Lasting::Once, Then::GoesOn),
    (Failure::Full, Lasting::FromThenOn, Then::GoesOn),
    (Failure::ShortWrite, Lasting::Once, Then::EndsAndBegins),
    (Failure::ShortWrite, Lasting::FromThenOn, Then::GoesOn),
];

/// An act of one device, and how to see what became of it.
struct Act<'t> {
    town: &'t Town,
    device: &'static str,
    /// Whether it needs a server.
    online: bool,
    /// What the act changes only together.
    holds: &'t dyn Fn(&Books, &Books),
    /// How often its effect is there.
    times: &'t dyn Fn(&App) -> usize,
    /// Whether doing it again does nothing more.
    repeatable: bool,
}

impl Act<'_> {
    /// Runs the act with each call failing in each way; returns how often that was.
    async fn with_every_call_failing(&self, act: impl AsyncFn(&App) -> Result<(), AppError>) -> u64 {
        let mut runs = 0;
        for (failure, lasting, then) in WAYS {
            for nth in 1.. {
                let fault = Fault { nth, failure, lasting };
                if !self.once(fault, then, &act).await {
                    break;
                }
                runs += 1;
            }
            eprintln!("{failure:?} {lasting:?}: {runs} runs");
        }
        runs
    }

    /// Whether the fault struck.
    async fn once(&self, fault: Fault, then: Then, act: &impl AsyncFn(&App) -> Result<(), AppError>) -> bool {
        let told = format!("{fault:?}, {then:?}");
        let stage = self.town.copy(if self.online { &[SERVER, INGRID, AASE] } else { &[INGRID, AASE] });
        let served = if self.online { Some(stage.serve().await) } else { None };
        let (home, key) = (stage.home(self.device), self.town.key(self.device));
        let before = audit(&home, &key);
        let disk = Disk::under(&home);
        let app = self.open(&stage, served.as_ref());
        disk.arm(fault);
        let said = act(&app).await;
        let (app, struck) = match then {
            Then::GoesOn => (app, disk.heal()),
            Then::EndsAndBegins => {
                drop(app);
                let struck = disk.heal();
                (self.open(&stage, served.as_ref()), struck)
            }
        };
        (self.holds)(&before, &audit(&home, &key));
        let there = (self.times)(&app);
        match &said {
            Ok(()) => assert_eq!(there, 1, "{told}: answered Ok"),
            // A commit whose sync failed may have reached the disk all the same: then it is found whole.
            Err(error) if then == Then::EndsAndBegins => assert!(there <= 1, "{told}: {error}"),
            Err(error) if !self.repeatable => assert_eq!(there, 0, "{told}: {error}"),
            Err(_) => {}
        }
        if struck || said.is_err() {
            assert!(struck, "{told}: {said:?} on a healthy disk");
            act(&app).await.unwrap_or_else(|error| panic!("{told}: {said:?}, and the next try: {error}"));
            let expected = if self.repeatable { 1 } else { there + 1 };
            assert_eq!((self.times)(&app), expected, "{told}: {said:?}");
            drop(app);
            (self.holds)(&before, &audit(&home, &key));
            is_sound(&home, &key);
            assert_eq!((self.times)(&self.open(&stage, served.as_ref())), expected, "{told}: opened again");
        }
        if let Some(served) = served {
            served.end().await.unwrap();
        }
        struck
    }

    fn open(&self, stage: &Stage, served: Option<&Served>) -> App {
        served.map_or_else(|| stage.open_alone(self.device), |served| stage.open(self.device, served)).unwrap()
    }
}

fn how_many(app: &App, note: &str) -> usize {
    app.with(notes).unwrap().iter().filter(|(_, text)| text == note).count()
}

fn saves_have_their_changes(before: &Books, after: &Books) {
    after.every_save_has_its_change(before);
}

#[tokio::test(flavor = "multi_thread")]
async fn logging_an_entry_survives_every_failing_call() {
    let town = Town::founded().await;
    let act = Act {
        town: &town,
        device: AASE,
        online: false,
        holds: &saves_have_their_changes,
        times: &|app| how_many(app, "Ny"),
        repeatable: false,
    };
    let runs = act.with_every_call_failing(async |app| app.with(|d| d.log_entry(&contact("Ny")).map(drop))).await;
    assert!(runs > 50, "{runs}");
}

#[tokio::test(flavor = "multi_thread")]
async fn editing_a_note_survives_every_failing_call() {
    let town = Town::founded().await;
    let act = Act {
        town: &town,
        device: AASE,
        online: false,
        holds: &|_, _| {},
        times: &|app| how_many(app, "Fra før, nummer 2, og rettet"),
        repeatable: true,
    };
    let runs = act
        .with_every_call_failing(async |app| {
            app.with(|d| {
                let all = notes(d)?;
                let (entry, _) = all.iter().find(|(_, text)| text.starts_with("Fra før, nummer 2")).unwrap();
                let heads = d.open_entry(*entry)?.heads;
                d.edit_note(*entry, "Fra før, nummer 2, og rettet", &heads).map(drop)
            })
        })
        .await;
    assert!(runs > 50, "{runs}");
}

#[tokio::test(flavor = "multi_thread")]
async fn importing_survives_every_failing_call() {
    let town = Town::founded().await;
    let files = town.home("csv");
    CsvSet::new()
        .employer("93236106", "Vesterbro Kirke ApS")
        .case(&CaseLine::new("SYD-8", "Heidi", "Åse Møller", ""))
        .entry(&EntryLine::new("a", "SYD-8", "jobsamtale", "Første"))
        .entry(&EntryLine::new("b", "SYD-8", "jobsamtale", "Anden"))
        .write(&files);
    let act = Act {
        town: &town,
        device: INGRID,
        online: false,
        holds: &saves_have_their_changes_or_more,
        // Whole or not at all: both entries, or not even the case.
        times: &|app| {
            app.with(|d| match d.show_case("SYD-8") {
                Ok(shown) => {
                    assert_eq!(shown.entries.len(), 2);
                    Ok(1)
                }
                Err(AppError::UnknownCase) => Ok(0),
                Err(error) => Err(error),
            })
            .unwrap()
        },
        repeatable: true,
    };
    let runs = act
        .with_every_call_failing(async |app| {
            app.with(|d| {
                let report = d.import(&files, None, false)?;
                assert_eq!(report.refused, []);
                Ok(())
            })
        })
        .await;
    assert!(runs > 50, "{runs}");
}

/// An import saves some documents more than once.
fn saves_have_their_changes_or_more(before: &Books, after: &Books) {
    for (document, saved) in &after.documents {
        let changed = before.documents.get(document) != Some(saved);
        let more = after.pending.get(document) > before.pending.get(document);
        assert_eq!(changed, more, "a document and its changes part");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sealing_and_sending_survives_every_failing_call() {
    let town = Town::founded()
        .await
        .with(async |stage| {
            let aase = stage.open_alone(AASE).unwrap();
            for number in 0..3 {
                aase.with(|d| d.log_entry(&contact(&format!("Usendt {number}")))).unwrap();
            }
        })
        .await;
    let act = Act {
        town: &town,
        device: AASE,
        online: true,
        holds: &|before, after| {
            // Sealed or pending, and the text is the same.
            assert_eq!(before.documents, after.documents);
            if after.last_dseq == before.last_dseq {
                assert_eq!(after.pending, before.pending);
            } else {
                assert!(after.pending.is_empty(), "sealed and still pending");
            }
        },
        times: &|app| usize::from(app.with(|d| d.unsent_count()).unwrap() == 0),
        repeatable: true,
    };
    let runs = act.with_every_call_failing(exchange).await;
    assert!(runs > 50, "{runs}");
}

async fn exchange(app: &App) -> Result<(), AppError> {
    let report = app.exchange().await?;
    assert_eq!(report.refused, []);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn taking_in_what_others_wrote_survives_every_failing_call() {
    let town = Town::founded()
        .await
        .with(async |stage| {
            let served = stage.serve().await;
            let ingrid = stage.open(INGRID, &served).unwrap();
            for number in 0..3 {
                ingrid.with(|d| d.log_entry(&contact(&format!("Fra Ingrid {number}")))).unwrap();
            }
            ingrid.exchange().await.unwrap();
            drop(ingrid);
            served.end().await.unwrap();
        })
        .await;
    let undisturbed = rows_of_an_undisturbed_exchange(&town).await;
    let act = Act {
        town: &town,
        device: AASE,
        online: true,
        holds: &|_, after| after.the_cursor_passed_nothing(&undisturbed),
        times: &|app| {
            let mine = (0..3).map(|number| how_many(app, &format!("Fra Ingrid {number}"))).sum::<usize>();
            usize::from(mine == 3)
        },
        repeatable: true,
    };
    let runs = act.with_every_call_failing(exchange).await;
    assert!(runs > 50, "{runs}");
}

async fn rows_of_an_undisturbed_exchange(town: &Town) -> BTreeSet<i64> {
    let stage = town.copy(&[SERVER, AASE]);
    let served = stage.serve().await;
    let aase = stage.open(AASE, &served).unwrap();
    exchange(&aase).await.unwrap();
    drop(aase);
    served.end().await.unwrap();
    let stored = audit(&stage.home(AASE), &town.key(AASE)).stored;
    assert!(stored.len() > 10);
    stored
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_a_home_survives_every_failing_call_and_changes_nothing() {
    let town = Town::founded().await;
    let expected = notes(&mut open(&town.home(AASE)).unwrap()).unwrap();
    for (failure, lasting, _) in WAYS {
        for nth in 1.. {
            let stage = town.copy(&[AASE]);
            let home = stage.home(AASE);
            let disk = Disk::under(&home);
            disk.arm(Fault { nth, failure, lasting });
            let said = open(&home).and_then(|mut device| notes(&mut device));
            let struck = disk.heal();
            match said {
                Ok(notes) => assert_eq!(notes, expected),
                Err(error) => assert!(struck, "{error}"),
            }
            assert_eq!(notes(&mut open(&home).unwrap()).unwrap(), expected, "{failure:?} {nth}");
            if !struck {
                break;
            }
        }
    }
}

#[test]
fn a_new_database_that_could_not_be_made_is_made_by_the_next_try() {
    let mut runs = 0;
    for (failure, lasting, _) in WAYS {
        for nth in 1.. {
            let folder = tempfile::tempdir().unwrap();
            let disk = Disk::under(folder.path());
            disk.arm(Fault { nth, failure, lasting });
            let said = write_a_word(folder.path());
            let struck = disk.heal();
            assert!(struck || said.is_ok(), "{said:?}");
            let store = Store::open(&folder.path().join("feltbog.db"), &[3; 32]).unwrap();
            let word = store.reader().meta("word").unwrap();
            assert!(word.is_some() || said.is_err(), "{failure:?} {nth}: answered Ok");
            drop(store);
            write_a_word(folder.path()).unwrap();
            if !struck {
                break;
            }
            runs += 1;
        }
        eprintln!("{failure:?} {lasting:?}: {runs} runs");
    }
    assert!(runs > 100, "{runs}");
}

fn write_a_word(folder: &Path) -> Result<(), feltbog_store::StoreError> {
    let mut store = Store::open(&folder.join("feltbog.db"), &[3; 32])?;
    store.write(|w| w.set_meta("word", b"value"))
}

#[test]
fn the_fault_reaches_the_file_it_is_meant_for_and_no_other() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let disk = Disk::under(one.path());
    disk.arm(Fault { nth: 1, failure: Failure::Io, lasting: Lasting::FromThenOn });
    assert!(write_a_word(one.path()).is_err());
    write_a_word(other.path()).unwrap();
    assert!(disk.has_struck());
    drop(disk);
    fs::remove_file(one.path().join("feltbog.db")).unwrap_or_default();
    write_a_word(one.path()).unwrap();
}
