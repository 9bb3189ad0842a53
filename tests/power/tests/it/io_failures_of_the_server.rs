//! The n-th call of the server's database fails, for every n until a device gets through undisturbed.

use feltbog_app::{App, AppError};
use feltbog_power::{Disk, Failure, Fault, Lasting};
use feltbog_protocol::PushResult;
use feltbog_server::ServeError;

use crate::audit::{LogRow, audit_server};
use crate::town::{AASE, SERVER, Town, contact, open};

const WAYS: [(Failure, Lasting); 6] = [
    (Failure::Io, Lasting::Once),
    (Failure::Io, Lasting::FromThenOn),
    (Failure::Full, Lasting::Once),
    (Failure::Full, Lasting::FromThenOn),
    (Failure::ShortWrite, Lasting::Once),
    (Failure::ShortWrite, Lasting::FromThenOn),
];

const UNSENT: i64 = 3;

async fn with_unsent_entries() -> Town {
    Town::founded()
        .await
        .with(async |stage| {
            let aase = stage.open_alone(AASE).unwrap();
            for number in 0..UNSENT {
                aase.with(|d| d.log_entry(&contact(&format!("Usendt {number}")))).unwrap();
            }
        })
        .await
}

/// Each result that was heard has its row.
fn are_honoured(heard: &[PushResult], rows: &[LogRow], told: &str) {
    for result in heard {
        let seq = i64::try_from(result.seq.expect("everything was accepted")).unwrap();
        let dseq = i64::try_from(result.dseq).unwrap();
        assert!(rows.iter().any(|row| row.0 == seq && row.2 == dseq), "{told}: {result:?} was answered for");
    }
}

/// One exchange with a server whose disk has this fault. Whether it struck.
async fn once(town: &Town, fault: Fault, undisturbed: usize) -> bool {
    let told = format!("{fault:?}");
    let stage = town.copy(&[SERVER, AASE]);
    let (data, home) = (stage.home(SERVER), stage.home(AASE));
    let _quick = Disk::under(&home);
    let disk = Disk::under(&data);
    let served = stage.serve().await;
    let way = served.reached_by(&town.http);
    let app = App::new(open(&home).unwrap(), way.clone());
    disk.arm(fault);
    let said = app.exchange().await;
    let struck = disk.has_struck();
    assert!(struck || said.is_ok(), "{told}: {said:?}");
    disk.heal();
    let ended = served.end().await;
    assert!(matches!(ended, Ok(()) | Err(ServeError::Disk)), "{told}: {ended:?}");
    are_honoured(&way.heard(), &audit_server(&data), &told);
    // Started again, it takes what is missing, once.
    let served = stage.serve().await;
    drop(app);
    let app = stage.open(AASE, &served).unwrap();
    app.exchange().await.unwrap_or_else(|error| panic!("{told}: {said:?}, and the next try: {error}"));
    assert_eq!(app.with(|d| d.unsent_count()).unwrap(), 0, "{told}");
    drop(app);
    served.end().await.unwrap();
    assert_eq!(audit_server(&data).len(), undisturbed, "{told}");
    struck
}

async fn rows_of_an_undisturbed_exchange(town: &Town) -> usize {
    let stage = town.copy(&[SERVER, AASE]);
    let served = stage.serve().await;
    let app = stage.open(AASE, &served).unwrap();
    app.exchange().await.unwrap();
    drop(app);
    served.end().await.unwrap();
    audit_server(&stage.home(SERVER)).len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_survives_every_failing_call() {
    let town = with_unsent_entries().await;
    let undisturbed = rows_of_an_undisturbed_exchange(&town).await;
    let mut runs = 0;
    for (failure, lasting) in WAYS {
        for nth in 1.. {
            if !once(&town, Fault { nth, failure, lasting }, undisturbed).await {
                break;
            }
            runs += 1;
        }
        eprintln!("{failure:?} {lasting:?}: {runs} runs");
    }
    assert!(runs > 30, "{runs}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_sync_failed_once_writes_no_more_until_it_is_started_again() {
    let town = with_unsent_entries().await;
    let undisturbed = rows_of_an_undisturbed_exchange(&town).await;
    for _ in 0..50 {
        let stage = town.copy(&[SERVER, AASE]);
        let (data, home) = (stage.home(SERVER), stage.home(AASE));
        let _quick = Disk::under(&home);
        let disk = Disk::under(&data);
        let served = stage.serve().await;
        let before = audit_server(&data);
        let app = stage.open(AASE, &served).unwrap();
        disk.arm(Fault { nth: 1, failure: Failure::Sync, lasting: Lasting::Once });
        let said = app.exchange().await;
        assert!(matches!(said, Err(AppError::Exchange(_))), "{said:?}");
        assert!(disk.heal());
        // The disk is healthy, and still nothing is taken: what it holds is not known.
        app.exchange().await.unwrap_err();
        assert_eq!(app.with(|d| d.unsent_count()).unwrap(), u32::try_from(UNSENT).unwrap());
        let ended = served.end().await;
        assert!(matches!(ended, Err(ServeError::Disk)), "{ended:?}");
        assert_eq!(audit_server(&data)[..before.len()], before);
        drop(app);
        let served = stage.serve().await;
        let app = stage.open(AASE, &served).unwrap();
        app.exchange().await.unwrap();
        assert_eq!(app.with(|d| d.unsent_count()).unwrap(), 0);
        drop(app);
        served.end().await.unwrap();
        assert_eq!(audit_server(&data).len(), undisturbed);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_disk_was_full_takes_what_waits_when_there_is_room_again() {
    let town = with_unsent_entries().await;
    let undisturbed = rows_of_an_undisturbed_exchange(&town).await;
    let stage = town.copy(&[SERVER, AASE]);
    let disk = Disk::under(&stage.home(SERVER));
    let served = stage.serve().await;
    let app = stage.open(AASE, &served).unwrap();
    disk.arm(Fault { nth: 1, failure: Failure::Full, lasting: Lasting::FromThenOn });
    app.exchange().await.unwrap_err();
    app.exchange().await.unwrap_err();
    assert!(disk.heal());
    app.exchange().await.unwrap();
    assert_eq!(app.with(|d| d.unsent_count()).unwrap(), 0);
    drop(app);
    served.end().await.unwrap();
    assert_eq!(audit_server(&stage.home(SERVER)).len(), undisturbed);
}

#[test]
fn a_store_that_could_not_be_made_is_made_by_the_next_try() {
    for (failure, lasting) in WAYS {
        for nth in 1.. {
            let folder = tempfile::tempdir().unwrap();
            let disk = Disk::under(folder.path());
            disk.arm(Fault { nth, failure, lasting });
            let said = feltbog_server::init(folder.path(), "Testkommunen");
            let struck = disk.heal();
            assert!(struck || said.is_ok());
            match feltbog_server::init(folder.path(), "Testkommunen") {
                Ok(_) => assert!(said.is_err(), "{failure:?} {nth}: the municipality was lost"),
                // A commit whose sync failed may be found all the same.
                Err(error) => assert!(error.to_string().contains("exists"), "{failure:?} {nth}: {said:?} then {error}"),
            }
            if !struck {
                break;
            }
        }
    }
}
