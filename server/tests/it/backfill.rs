//! Backfill: what a grant opened, however often the road there is interrupted.

use feltbog_domain::{FolderId, Rights};
use feltbog_protocol::{BackfillAsk, BackfillDone, SyncRequest, limits};
use proptest::prelude::*;

use crate::support::{Reader, TestDevice, TestServer, TestTenant, content, fresh_id, grant, new_folder};

/// A folder with rows of these sizes; the grant stands before the row at `granted_at`.
fn folder_granted_late(
    tenant: &TestTenant<'_>,
    sizes: &[usize],
    granted_at: usize,
) -> (FolderId, TestDevice, Vec<u64>) {
    let (mut founder, late, folder) = (tenant.founder.clone(), tenant.enrol_consultant(), fresh_id());
    let mut push = vec![new_folder(&mut founder, folder, tenant.programme)];
    for (at, size) in sizes.iter().enumerate() {
        if at == granted_at {
            push.push(grant(&mut founder, folder, late.member, Rights::READ));
        }
        push.push(content(&mut founder, folder, *size));
    }
    if granted_at >= sizes.len() {
        push.push(grant(&mut founder, folder, late.member, Rights::READ));
    }
    let reply = founder.try_push(tenant.server, &push).unwrap();
    let rows = reply.results.iter().map(|result| result.seq.unwrap()).collect();
    (folder, late, rows)
}

#[derive(Debug, Clone)]
struct Road {
    sizes: Vec<usize>,
    granted_at: usize,
    steps: Vec<(u32, bool)>,
}

fn road() -> impl Strategy<Value = Road> {
    let sizes = prop::collection::vec(100_usize..9_000, 1..24);
    let steps = prop::collection::vec((prop_oneof![Just(0), Just(20_000), Just(70_000)], any::<bool>()), 0..12);
    (sizes, 0_usize..26, steps).prop_map(|(sizes, granted_at, steps)| Road { sizes, granted_at, steps })
}

#[test]
fn a_device_granted_late_has_exactly_the_folders_rows_whatever_the_pages_and_the_lost_replies() {
    let server = TestServer::start();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(24));
    let outcome = runner.run(&road(), |road| {
        let tenant = TestTenant::found(&server);
        let (folder, late, rows) = folder_granted_late(&tenant, &road.sizes, road.granted_at);
        let mut reader = Reader::new(late);
        for (page, lost) in &road.steps {
            if *lost {
                reader.exchange_lost(&server, *page);
            } else {
                reader.exchange(&server, *page);
            }
        }
        reader.drain(&server, limits::PAGE_MIN);
        prop_assert_eq!(reader.of_folder(folder), rows);
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn a_backfill_goes_on_after_the_row_it_reached() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (folder, late, rows) = folder_granted_late(&tenant, &[5_000; 10], 10);
    let until = *rows.last().unwrap();
    let (mut after, mut seen) = (0, Vec::new());
    loop {
        let request = SyncRequest {
            cursor: until,
            backfill: vec![BackfillAsk::whole(folder, after, until)],
            max_bytes: limits::PAGE_MIN,
            ..SyncRequest::default()
        };
        let reply = late.sync(&server, &request).unwrap();
        seen.extend(reply.backfill_rows.iter().map(|row| row.seq));
        let done = reply.backfill_done[0];
        assert_eq!(reply.more, !done.done);
        if done.done {
            assert_eq!(done, BackfillDone { folder, after: until, until, done: true });
            break;
        }
        assert_eq!(Some(&done.after), seen.last());
        after = done.after;
    }
    assert_eq!(seen, rows);
}

#[test]
fn without_a_grant_a_backfill_is_done_and_empty() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (folder, _, rows) = folder_granted_late(&tenant, &[40; 3], 3);
    let outsider = tenant.enrol_consultant();
    let until = *rows.last().unwrap();
    let backfill = vec![BackfillAsk::whole(folder, 0, until), BackfillAsk::whole(fresh_id(), 0, until)];
    let reply = outsider.sync(&server, &SyncRequest { cursor: 9, backfill, ..SyncRequest::default() }).unwrap();
    assert_eq!(reply.backfill_rows, []);
    assert!(reply.backfill_done.iter().all(|done| done.done && done.after == until));
}

#[test]
fn a_device_that_begins_anew_learns_again_which_folders_are_its_members() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (granted, late, rows) = folder_granted_late(&tenant, &[40; 3], 1);
    let mut maker = late.clone();
    let made = fresh_id();
    let push = [new_folder(&mut maker, made, tenant.programme), content(&mut maker, made, 40)];
    let head = maker.try_push(&server, &push).unwrap().clock.head;
    let all = |folder| BackfillAsk::whole(folder, 0, head);
    let request =
        |asks| SyncRequest { cursor: head, backfill: asks, max_bytes: limits::PAGE_MAX, ..SyncRequest::default() };
    let access = late.sync(&server, &request(vec![all(FolderId::NONE)])).unwrap();
    let kinds: Vec<u8> = access.backfill_rows.iter().map(|row| row.envelope[5]).collect();
    assert_eq!(kinds, [7, 7, 4, 3], "certificates, the grant, and the first key of the folder it made");
    let folders = late.sync(&server, &request(vec![all(granted), all(made)])).unwrap();
    assert_eq!(folders.backfill_rows.len(), rows.len() + 2, "all of both folders, also what came after the grant");
}
