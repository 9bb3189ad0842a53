//! Readings: told by whoever may have read, kept for whoever holds the key, deleted when the time is over.

use feltbog_domain::{FolderId, FolderKind, Rights};
use feltbog_protocol::{
    BackfillAsk, DeviceState, EnvelopeBytes, EnvelopeKind, Hello, Issuer, ReadLogKeyName, ReadLogRow, RefusalCode,
    Statement, SyncReply, SyncRequest, limits,
};
use feltbog_server::simulated::{Headers, RuleServer};

use crate::support::{
    FirstDevice, TestDevice, TestInvitation, TestServer, TestTenant, bundle_of, certify, fresh_id, grant, key_record,
    new_folder, new_read_log, reading, revoke,
};

use RefusalCode::{BadFrame, NoGrant, Ok as Taken};

const NEWEST: Hello = Hello { protocol: 1, build: 3, features: 0 };

fn readings(reply: &SyncReply) -> usize {
    let rows = reply.rows.iter().chain(&reply.backfill_rows);
    rows.filter(|row| row.envelope[5] == EnvelopeKind::ReadLog.code()).count()
}

fn fetched(server: &TestServer, device: &TestDevice, hello: Hello, backfill: Vec<BackfillAsk>) -> usize {
    let request = SyncRequest { hello, backfill, max_bytes: limits::PAGE_MAX, ..SyncRequest::default() };
    readings(&device.sync(server, &request).unwrap())
}

#[test]
fn readings_are_told_by_whoever_may_open_the_folder_or_could_once() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut leader, folder) = (tenant.founder.clone(), fresh_id());
    let (mut reader, mut leaver, mut stranger) =
        (tenant.enrol_consultant(), tenant.enrol_consultant(), tenant.enrol_consultant());
    let push = [
        new_folder(&mut leader, folder, tenant.programme),
        grant(&mut leader, folder, reader.member, Rights::READ),
        grant(&mut leader, folder, leaver.member, Rights::WRITE),
        revoke(&mut leader, folder, leaver.member),
        reading(&mut leader, folder, FolderId::NONE, 1),
    ];
    assert_eq!(leader.push(&server, &push), [Taken; 5]);
    for (device, expected) in [(&mut reader, Taken), (&mut leaver, Taken), (&mut stranger, NoGrant)] {
        let told = reading(device, folder, FolderId::NONE, 1);
        assert_eq!(device.push(&server, &[told]), [expected]);
    }
    let nowhere = reading(&mut reader, fresh_id(), FolderId::NONE, 1);
    assert_eq!(reader.push(&server, &[nowhere]), [NoGrant]);
}

#[test]
fn readings_that_count_nothing_are_too_long_or_are_sealed_for_no_read_log_are_refused() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut leader, folder, other) = (tenant.founder.clone(), fresh_id(), fresh_id());
    let made = [new_folder(&mut leader, folder, tenant.programme), new_folder(&mut leader, other, tenant.programme)];
    assert_eq!(leader.push(&server, &made), [Taken; 2]);
    let good = ReadLogRow {
        first: 1,
        count: 1,
        elsewhere: 0,
        key: ReadLogKeyName { folder: FolderId::NONE, epoch: 1 },
        wrap: vec![7; 80],
        sealed: vec![7; 40],
    };
    let sealed_for = |folder| ReadLogKeyName { folder, epoch: 1 };
    let rows = [
        (ReadLogRow { first: 0, ..good.clone() }, BadFrame),
        (ReadLogRow { count: 0, ..good.clone() }, BadFrame),
        (ReadLogRow { elsewhere: 1, ..good.clone() }, BadFrame),
        (ReadLogRow { count: 501, ..good.clone() }, BadFrame),
        (ReadLogRow { sealed: vec![7; limits::READ_LOG_BODY], ..good.clone() }, BadFrame),
        (ReadLogRow { key: sealed_for(other), ..good.clone() }, NoGrant),
        (good, Taken),
    ];
    for (row, expected) in rows {
        let told = leader.seal(EnvelopeKind::ReadLog, folder, 0, &feltbog_protocol::encode(&row));
        assert_eq!(leader.push(&server, &[told]), [expected], "{}+{}", row.first, row.count);
    }
    let unreadable = leader.seal(EnvelopeKind::ReadLog, folder, 0, b"of a newer version");
    assert_eq!(leader.push(&server, &[unreadable]), [BadFrame]);
}

#[test]
fn one_sides_readings_are_not_sealed_for_the_other_sides_officers() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let side = feltbog_domain::Side::Treatment;
    let role = feltbog_domain::RoleGrant { role: feltbog_domain::Role::Records, programme: tenant.programme, side };
    let mut officer = TestInvitation::by(&tenant.founder, vec![role.into()]).enrol(&server).unwrap();
    let (mut leader, log, folder) = (tenant.founder.clone(), fresh_id(), fresh_id());
    let record = key_record(&officer, FolderKind::TreatmentReadLog, tenant.programme);
    let made = officer.seal(EnvelopeKind::KeyRecord, log, 1, &feltbog_protocol::encode(&record));
    assert_eq!(officer.push(&server, &[made]), [Taken]);
    let told = [new_folder(&mut leader, folder, tenant.programme), reading(&mut leader, folder, log, 1)];
    assert_eq!(leader.push(&server, &told), [Taken, NoGrant]);
}

#[test]
fn an_officer_who_comes_later_fetches_what_was_told_before_and_an_older_build_gets_nothing() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut officer, mut leader) = (tenant.enrol_records(), tenant.founder.clone());
    let (log, folder) = (fresh_id(), fresh_id());
    let made = new_read_log(&mut officer, log, tenant.programme);
    officer.push(&server, &[made]);
    let told = [new_folder(&mut leader, folder, tenant.programme), reading(&mut leader, folder, log, 1)];
    assert_eq!(leader.push(&server, &told), [Taken; 2]);
    let late = tenant.enrol_records();
    let granted = grant(&mut officer, log, late.member, Rights::READ);
    assert_eq!(officer.push(&server, &[granted]), [Taken]);
    assert_eq!(fetched(&server, &late, NEWEST, Vec::new()), 0);
    let ask = vec![BackfillAsk::whole(log, 0, 1_000)];
    assert_eq!(fetched(&server, &late, NEWEST, ask.clone()), 1);
    assert_eq!(fetched(&server, &late, Hello { build: 2, ..NEWEST }, ask.clone()), 0);
    let again = reading(&mut leader, folder, log, 2);
    leader.push(&server, &[again]);
    assert_eq!(fetched(&server, &late, NEWEST, Vec::new()), 1, "by the feed from now on");
    assert_eq!(fetched(&server, &tenant.founder, NEWEST, ask), 2, "a device's own come back to itself, in the feed");
    let asked = |device: &TestDevice| {
        let request = SyncRequest { hello: NEWEST, ..SyncRequest::default() };
        device.sync(&server, &request).unwrap().read_log_months
    };
    assert_eq!((asked(&late), asked(&tenant.founder)), (Some(13), None), "told to those who keep it");
}

#[test]
fn a_device_that_was_shut_out_tells_what_was_read_on_it() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut leader, mut reader, folder) = (tenant.founder.clone(), tenant.enrol_consultant(), fresh_id());
    let out = Statement::DeviceState { device: reader.id, state: DeviceState::Revoked.code(), reason: 0 };
    let signed = certify(leader.tenant, Issuer::Device(leader.id), &leader.key, &out);
    let push = [
        new_folder(&mut leader, folder, tenant.programme),
        grant(&mut leader, folder, reader.member, Rights::WRITE),
        leader.seal(EnvelopeKind::Certificate, FolderId::NONE, 0, &bundle_of(&[signed])),
    ];
    assert_eq!(leader.push(&server, &push), [Taken; 3]);
    let told = reading(&mut reader, folder, FolderId::NONE, 1);
    assert_eq!(reader.push(&server, &[told]), [Taken]);
}

#[test]
fn readings_are_deleted_when_their_time_is_over_in_memory_as_in_the_file() {
    const BEGUN: i64 = 1_700_000_000_000;
    const MONTH: i64 = 31 * 24 * 60 * 60 * 1000;
    let folder = tempfile::tempdir().unwrap();
    for mut server in [RuleServer::new(1).unwrap(), RuleServer::on_file(1, folder.path()).unwrap()] {
        let mut first = FirstDevice::new(server.found("Kommune").unwrap());
        let body = feltbog_protocol::encode(&first.request());
        let (_, reply) = server.post("/v1/setup", Headers::default(), &body, BEGUN).unwrap();
        first.device.entered(&feltbog_protocol::decode(&reply).unwrap());
        let (mut device, programme, case) = (first.device, first.programme, fresh_id());
        let mut exchange = |push: Vec<Vec<u8>>, device: &TestDevice, now: i64| {
            let push = push.into_iter().map(EnvelopeBytes).collect();
            let request = SyncRequest { hello: NEWEST, push, max_bytes: limits::PAGE_MAX, ..SyncRequest::default() };
            let body = feltbog_protocol::encode(&request);
            let (signed, tenant) = (device.authorization("/v1/sync", &body, now), device.tenant.to_string());
            let headers = Headers { authorization: Some(&signed), tenant: Some(&tenant) };
            let (status, reply) = server.post("/v1/sync", headers, &body, now).unwrap();
            assert_eq!(status, 200);
            readings(&feltbog_protocol::decode(&reply).unwrap())
        };
        let old = vec![new_folder(&mut device, case, programme), reading(&mut device, case, FolderId::NONE, 1)];
        assert_eq!(exchange(old, &device, BEGUN), 1);
        let young = vec![reading(&mut device, case, FolderId::NONE, 2)];
        assert_eq!(exchange(young, &device, BEGUN + 2 * MONTH), 2);
        assert_eq!(exchange(Vec::new(), &device, BEGUN + 13 * MONTH), 2, "the last day");
        assert_eq!(exchange(Vec::new(), &device, BEGUN + 14 * MONTH), 1);
        assert_eq!(exchange(Vec::new(), &device, BEGUN + 16 * MONTH), 0);
    }
}

#[test]
fn who_keeps_records_no_longer_is_sent_no_readings_though_nobody_is_there_to_take_the_key() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut officer, mut leader) = (tenant.enrol_records(), tenant.founder.clone());
    let (log, folder) = (fresh_id(), fresh_id());
    let made = new_read_log(&mut officer, log, tenant.programme);
    officer.push(&server, &[made]);
    let told = [new_folder(&mut leader, folder, tenant.programme), reading(&mut leader, folder, log, 1)];
    assert_eq!(leader.push(&server, &told), [Taken; 2]);
    let ask = || vec![BackfillAsk::whole(log, 0, 1_000)];
    assert_eq!(fetched(&server, &officer, NEWEST, ask()), 2, "by the feed, and by filling up");
    let roles = Statement::Member { member: officer.member, roles: tenant.consultant() };
    let signed = certify(leader.tenant, Issuer::Device(leader.id), &leader.key, &roles);
    let changed = leader.seal(EnvelopeKind::Certificate, FolderId::NONE, 0, &bundle_of(&[signed]));
    assert_eq!(leader.push(&server, &[changed]), [Taken]);
    assert_eq!(fetched(&server, &officer, NEWEST, ask()), 0);
}
