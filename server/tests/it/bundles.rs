//! Cold bundles and the parts of a backfill: what a new device is shown first.

use feltbog_domain::{FolderId, Rights};
use feltbog_protocol::{BackfillAsk, BackfillDone, BackfillPart, RefusalCode, SyncReply, SyncRequest, limits};

use crate::support::{TestDevice, TestServer, TestTenant, bundle, close, content, fresh_id, grant, new_folder, rotate};

use RefusalCode::{NoGrant, Ok as Taken, UnknownEpoch};

const LARGE: usize = 15_000;

fn ask(server: &TestServer, device: &TestDevice, asks: Vec<BackfillAsk>, max_bytes: u32) -> SyncReply {
    let head = device.sync(server, &SyncRequest::default()).unwrap().clock.head;
    let request = SyncRequest { cursor: head, backfill: asks, max_bytes, ..SyncRequest::default() };
    device.sync(server, &request).unwrap()
}

fn kinds(reply: &SyncReply) -> Vec<u8> {
    reply.backfill_rows.iter().map(|row| row.envelope[5]).collect()
}

/// A folder of the founder's that a late consultant was granted; `until` is the grant's row.
fn granted(tenant: &TestTenant<'_>) -> (FolderId, TestDevice, TestDevice, u64) {
    let (mut founder, late, folder) = (tenant.founder.clone(), tenant.enrol_consultant(), fresh_id());
    founder.dseq = founder.sync(tenant.server, &SyncRequest::default()).unwrap().last_dseq;
    let push = [
        new_folder(&mut founder, folder, tenant.programme),
        content(&mut founder, folder, LARGE),
        rotate(&mut founder, folder, 2),
        grant(&mut founder, folder, late.member, Rights::WRITE),
    ];
    let reply = founder.try_push(tenant.server, &push).unwrap();
    (folder, founder, late, reply.results[3].seq.unwrap())
}

#[test]
fn a_bundle_is_taken_from_a_writer_under_the_newest_key_also_when_the_folder_is_closed() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (folder, mut founder, _, _) = granted(&tenant);
    let mut outsider = tenant.enrol_consultant();
    let push = [bundle(&mut founder, folder, 1, 40), bundle(&mut founder, folder, 2, 40), close(&mut founder, folder)];
    assert_eq!(founder.push(&server, &push), [UnknownEpoch, Taken, Taken]);
    let after = bundle(&mut founder, folder, 2, 40);
    assert_eq!(founder.push(&server, &[after]), [Taken]);
    let strangers = bundle(&mut outsider, folder, 2, 40);
    assert_eq!(outsider.push(&server, &[strangers]), [NoGrant]);
}

#[test]
fn a_bundle_is_in_nobody_elses_feed_and_in_no_part_but_access() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (folder, mut founder, late, until) = granted(&tenant);
    let made = bundle(&mut founder, folder, 2, 40);
    founder.push(&server, &[made]);
    assert!(late.pull(&server, 0).iter().all(|row| row.header().kind != 2));
    let of = |part| {
        kinds(&ask(
            &server,
            &late,
            vec![BackfillAsk { part, ..BackfillAsk::whole(folder, 0, until) }],
            limits::PAGE_MAX,
        ))
    };
    assert_eq!(of(BackfillPart::Access), [3, 3, 4, 2], "the bundle is newer than the grant and comes all the same");
    assert_eq!(of(BackfillPart::Content), [1]);
    assert_eq!(of(BackfillPart::All), [3, 1, 3, 4]);
}

#[test]
fn the_newest_two_bundles_keep_their_bodies_and_the_newest_is_sent() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (folder, mut founder, late, until) = granted(&tenant);
    let bundles: Vec<Vec<u8>> = (0..4).map(|n| bundle(&mut founder, folder, 2, 40 + n)).collect();
    let first = founder.try_push(&server, &bundles).unwrap();
    let rows = feltbog_server::show_log(
        server.store(),
        &feltbog_server::Excerpt { tenant: Some(tenant.id), after: 0, limit: 100, bytes: 4 },
    )
    .unwrap();
    let kept: Vec<bool> = rows.iter().filter(|row| row.kind == 2).map(|row| !row.first_bytes.is_empty()).collect();
    assert_eq!(kept, [false, false, true, true]);
    let access = BackfillAsk { part: BackfillPart::Access, ..BackfillAsk::whole(folder, until, until) };
    let reply = ask(&server, &late, vec![access], limits::PAGE_MAX);
    assert_eq!(reply.backfill_rows.iter().map(|row| &row.envelope).collect::<Vec<_>>(), [&bundles[3]]);
    assert_eq!(
        founder.try_push(&server, &bundles).unwrap().results,
        first.results,
        "asked again, the answer is the same"
    );
}

#[test]
fn the_access_part_goes_on_at_every_row_and_is_done_with_the_bundle() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (folder, mut founder, late, until) = granted(&tenant);
    let made = bundle(&mut founder, folder, 2, 2 * LARGE);
    founder.push(&server, &[made]);
    let (mut after, mut seen) = (0, Vec::new());
    loop {
        let access = BackfillAsk { part: BackfillPart::Access, ..BackfillAsk::whole(folder, after, until) };
        let reply = ask(&server, &late, vec![access], limits::PAGE_MIN);
        seen.extend(kinds(&reply));
        let [done] = reply.backfill_done[..] else { panic!("one ask, one answer") };
        assert_eq!(reply.more, !done.done);
        if done.done {
            break;
        }
        assert_eq!(done, BackfillDone { folder, after: until, until, done: false }, "only the bundle is left");
        after = done.after;
    }
    assert_eq!(seen, [3, 3, 4, 2]);
}

#[test]
fn a_folder_without_a_bundle_is_done_with_its_last_access_row() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (folder, _, late, until) = granted(&tenant);
    let access = BackfillAsk { part: BackfillPart::Access, ..BackfillAsk::whole(folder, 0, until) };
    let reply = ask(&server, &late, vec![access], limits::PAGE_MAX);
    assert_eq!(reply.backfill_done, [BackfillDone { folder, after: until, until, done: true }]);
}

#[test]
fn the_access_parts_of_all_folders_come_before_any_content() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (one, _, mut late, first) = granted(&tenant);
    let (other, mut founder, _, _) = granted(&tenant);
    let opened = grant(&mut founder, other, late.member, Rights::READ);
    let second = founder.try_push(&server, &[opened]).unwrap().results[0].seq.unwrap();
    let made = bundle(&mut late, one, 2, LARGE);
    late.push(&server, &[made]);
    let part = |folder, part, until| BackfillAsk { part, ..BackfillAsk::whole(folder, 0, until) };
    let asks = vec![
        part(one, BackfillPart::Content, first),
        part(one, BackfillPart::Access, first),
        part(other, BackfillPart::Content, second),
        part(other, BackfillPart::Access, second),
    ];
    let all = ask(&server, &late, asks.clone(), limits::PAGE_MAX);
    assert_eq!(kinds(&all), [3, 3, 4, 2, 3, 3, 4, 4, 1, 1]);
    let order: Vec<FolderId> = all.backfill_done.iter().map(|done| done.folder).collect();
    assert_eq!(order, [one, other, one, other], "answers stand in the order in which the rows come");
    let small = ask(&server, &late, asks, limits::PAGE_MIN);
    assert!(!kinds(&small).contains(&1), "where the page ends within the access parts, no content is begun");
    assert!(small.more);
}
