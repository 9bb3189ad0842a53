//! Each limit of the configuration, set small and met from outside.

use std::process::Command;

use feltbog_domain::{FolderId, Rights};
use feltbog_protocol::{
    BackfillAsk, DeviceState, EnvelopeKind, ErrorCode, HEADER_LEN, Hello, Issuer, RefusalCode, Statement, SyncRequest,
    limits,
};

use crate::support::{
    Refused, TestDevice, TestServer, TestTenant, bundle_of, certify, content, deposit, fresh_id, grant, new_folder,
    now_ms, reading, reserve, revoke,
};

use RefusalCode::{Ok as Taken, Quota};

/// A server with these limits, and a founder who made one folder with one push and one exchange.
fn within(limits: &str, test: impl FnOnce(&TestServer, &TestTenant<'_>, TestDevice, FolderId)) {
    let server = TestServer::with(format!("[limits]\n{limits}").parse().unwrap());
    let tenant = TestTenant::found(&server);
    let (mut founder, folder) = (tenant.founder.clone(), fresh_id());
    let made = new_folder(&mut founder, folder, tenant.programme);
    assert_eq!(founder.push(&server, &[made]), [Taken]);
    test(&server, &tenant, founder, folder);
}

fn asking(backfill: Vec<BackfillAsk>) -> SyncRequest {
    SyncRequest { backfill, max_bytes: limits::PAGE_MAX, ..SyncRequest::default() }
}

fn code_of<T: std::fmt::Debug>(answer: Result<T, Refused>) -> (u16, ErrorCode, Option<u64>) {
    let refused = answer.unwrap_err();
    (refused.status, refused.problem.code, refused.problem.limit)
}

#[test]
fn a_push_of_more_envelopes_is_refused_whole() {
    within("envelopes_per_push = 72", |server, _, mut founder, folder| {
        let push: Vec<_> = (0..73).map(|_| content(&mut founder, folder, 40)).collect();
        assert_eq!(code_of(founder.try_push(server, &push)), (413, ErrorCode::TooLarge, Some(72)));
        assert_eq!(founder.push(server, &push[..72]), [Taken; 72]);
    });
}

#[test]
fn an_envelope_of_256_kilobytes_is_taken_and_one_byte_more_is_not() {
    within("", |server, _, mut founder, folder| {
        let largest = content(&mut founder, folder, limits::ENVELOPE_BODY);
        let mut larger = content(&mut founder, folder, limits::ENVELOPE_BODY);
        let length = u32::try_from(limits::ENVELOPE_BODY + 1).unwrap().to_be_bytes();
        // The head ends with the body's length.
        larger[HEADER_LEN - 4..HEADER_LEN].copy_from_slice(&length);
        larger.insert(HEADER_LEN, 0);
        assert_eq!(founder.push(server, &[largest, larger]), [Taken, RefusalCode::TooLarge]);
    });
}

#[test]
fn backfills_beyond_the_limit_are_put_off_and_done_when_asked_again() {
    within("backfills_per_request = 2", |server, _, founder, folder| {
        let ask = |folder| BackfillAsk::whole(folder, 0, 10);
        let asks = vec![ask(fresh_id()), ask(folder), ask(FolderId::NONE)];
        let reply = founder.sync(server, &asking(asks.clone())).unwrap();
        let done: Vec<_> = reply.backfill_done.iter().map(|done| (done.folder, done.done)).collect();
        assert_eq!(done, [(FolderId::NONE, true), (asks[0].folder, true), (folder, false)]);
        assert!(reply.more);
        let rest = founder.sync(server, &asking(vec![ask(folder)])).unwrap();
        assert!(rest.backfill_done[0].done && !rest.more);
        assert_eq!(rest.backfill_rows.len(), 1);
    });
}

#[test]
fn no_page_is_larger_than_the_limit_whatever_a_device_asks_for() {
    within("page_max_bytes = 16384", |server, _, mut founder, folder| {
        let push: Vec<_> = (0..6).map(|_| content(&mut founder, folder, 5_000)).collect();
        let reply = founder.try_push(server, &push).unwrap();
        let bytes: usize = reply.rows.iter().map(|row| row.envelope.len()).sum();
        assert!(reply.more && (5_000..=16_384).contains(&bytes), "{bytes}");
    });
}

#[test]
fn no_more_rows_are_looked_at_than_the_limit() {
    within("rows_scanned = 3", |server, _, mut founder, folder| {
        let push: Vec<_> = (0..6).map(|_| content(&mut founder, folder, 40)).collect();
        let reply = founder.try_push(server, &push).unwrap();
        assert_eq!((reply.rows.len(), reply.cursor, reply.more), (3, 3, true));
    });
}

#[test]
fn a_clock_may_be_off_by_the_limit_and_no_more() {
    within("clock_skew_seconds = 3600", |server, _, founder, _| {
        let body = feltbog_protocol::encode(&SyncRequest::default());
        let status = |off_ms| founder.post_sync(server.address(), &body, now_ms() + off_ms).status;
        assert_eq!(
            [status(-3_500_000), status(3_500_000), status(-3_700_000), status(3_700_000)],
            [200, 200, 401, 401]
        );
    });
}

#[test]
fn a_lease_lasts_as_many_days_as_the_limit() {
    within("lease_days = 3", |server, _, founder, _| {
        let (days, before) = (3 * 24 * 60 * 60 * 1000, now_ms());
        let until_ms = founder.sync(server, &SyncRequest::default()).unwrap().lease.unwrap().until_ms;
        assert!((before + days..=now_ms() + days).contains(&until_ms));
    });
}

#[test]
fn more_work_handed_in_on_one_day_is_refused() {
    within("deposit_bytes_per_day = 2000", |server, tenant, _, folder| {
        let mut device = tenant.enrol_consultant();
        let push = [900, 900, 100].map(|size| {
            let inside = content(&mut device.clone(), folder, size);
            deposit(&mut device, folder, inside)
        });
        assert_eq!(device.push(server, &push), [Taken, Quota, Taken]);
    });
}

#[test]
fn envelopes_over_the_days_number_are_refused_but_for_a_revocation() {
    within("envelopes_per_day = 5", |server, tenant, mut founder, folder| {
        let consultant = tenant.enrol_consultant();
        // The device's certificate and the folder were the first two.
        let push = [
            grant(&mut founder, folder, consultant.member, Rights::WRITE),
            content(&mut founder, folder, 40),
            content(&mut founder, folder, 40),
            content(&mut founder, folder, 40),
            revoke(&mut founder, folder, consultant.member),
            content(&mut founder, folder, 40),
        ];
        let codes = founder.push(server, &push);
        assert_eq!(codes, [Taken, Taken, Taken, Quota, Taken, Quota]);
        assert_eq!(founder.push(server, &push), codes, "a disposition is for ever");
        let (mut other, mine) = (tenant.enrol_deputy(), fresh_id());
        let made = new_folder(&mut other, mine, tenant.programme);
        assert_eq!(other.push(server, &[made]), [Taken], "each device has a day of its own");
    });
}

#[test]
fn bytes_over_the_days_number_are_refused() {
    within("bytes_per_day = 10000", |server, _, mut founder, folder| {
        let push = [9_000, 40].map(|size| content(&mut founder, folder, size));
        assert_eq!(founder.push(server, &push), [Quota, Taken]);
    });
}

#[test]
fn a_device_that_asks_too_often_is_told_when_to_come_again_and_others_are_served() {
    within("requests_burst = 3\nrequests_per_minute = 1", |server, tenant, founder, _| {
        let body = feltbog_protocol::encode(&SyncRequest::default());
        let ask = |device: &TestDevice| device.post_sync(server.address(), &body, now_ms());
        assert_eq!([ask(&founder).status, ask(&founder).status], [200, 200], "the folder took the first");
        let refused = ask(&founder);
        let problem: feltbog_protocol::Problem = feltbog_protocol::decode(&refused.body).unwrap();
        assert_eq!((refused.status, problem.code), (429, ErrorCode::Busy));
        let after = refused.head.lines().find_map(|line| line.strip_prefix("retry-after: ")).unwrap();
        assert!((1..=60).contains(&after.parse::<u32>().unwrap()), "{after}");
        assert_eq!(ask(&tenant.enrol_consultant()).status, 200);
    });
}

/// Shut out by the founder, for good.
fn shut_out(founder: &mut TestDevice, device: &TestDevice) -> Vec<u8> {
    let out = Statement::DeviceState { device: device.id, state: DeviceState::Revoked.code(), reason: 0 };
    let signed = certify(founder.tenant, Issuer::Device(founder.id), &founder.key, &out);
    founder.seal(EnvelopeKind::Certificate, FolderId::NONE, 0, &bundle_of(&[signed]))
}

#[test]
fn a_device_that_was_shut_out_hands_in_for_as_many_days_as_the_limit() {
    let mut server = TestServer::with("[limits]\nhand_in_days = 5".parse().unwrap());
    let (device, folder) = {
        let tenant = TestTenant::found(&server);
        let (mut founder, device, folder) = (tenant.founder.clone(), tenant.enrol_consultant(), fresh_id());
        let push = [
            new_folder(&mut founder, folder, tenant.programme),
            grant(&mut founder, folder, device.member, Rights::WRITE),
            shut_out(&mut founder, &device),
        ];
        assert_eq!(founder.push(&server, &push), [Taken; 3]);
        (device, folder)
    };
    server.age_rows(4);
    let reply = device.hand_in(&server, &[reserve(&device, folder, 1)]).unwrap();
    assert_eq!(reply.results[0].code, Taken, "on the fifth day");
    server.age_rows(2);
    let late = device.hand_in(&server, &[reserve(&device, folder, 2)]);
    assert_eq!(code_of(late), (403, ErrorCode::DeviceRevoked, None));
}

#[test]
fn readings_are_kept_for_as_many_months_as_the_limit() {
    let mut server = TestServer::with("[limits]\nread_log_months = 6\nrequests_burst = 1000000".parse().unwrap());
    let (mut founder, programme, folder) = {
        let tenant = TestTenant::found(&server);
        (tenant.founder.clone(), tenant.programme, fresh_id())
    };
    let old = [new_folder(&mut founder, folder, programme), reading(&mut founder, folder, FolderId::NONE, 1)];
    assert_eq!(founder.push(&server, &old), [Taken; 2]);
    server.age_rows(50);
    let young = reading(&mut founder, folder, FolderId::NONE, 2);
    assert_eq!(founder.push(&server, &[young]), [Taken]);
    let readings = |server: &TestServer| {
        let hello = Hello { protocol: 1, build: 3, features: 0 };
        let request = SyncRequest { hello, max_bytes: limits::PAGE_MAX, ..SyncRequest::default() };
        let rows = founder.sync(server, &request).unwrap().rows;
        rows.iter().filter(|row| row.envelope[5] == EnvelopeKind::ReadLog.code()).count()
    };
    assert_eq!(readings(&server), 2);
    // Six months of thirty-one days are 186 days, so the first is past them and the second is not.
    server.age_rows(150);
    // They go beside the first exchange of the day.
    while readings(&server) == 2 {}
    assert_eq!(readings(&server), 1);
    server.age_rows(50);
    while readings(&server) == 1 {}
    assert_eq!(readings(&server), 0);
}

#[test]
fn a_request_without_a_devices_signature_uses_up_nothing_of_the_devices() {
    within("requests_burst = 2\nrequests_per_minute = 1", |server, tenant, founder, _| {
        let body = feltbog_protocol::encode(&SyncRequest::default());
        let forged = TestDevice { id: founder.id, ..TestDevice::new(tenant.id) };
        for _ in 0..5 {
            assert_eq!(forged.post_sync(server.address(), &body, now_ms()).status, 401);
        }
        assert_eq!(founder.post_sync(server.address(), &body, now_ms()).status, 200);
    });
}

#[test]
fn a_configuration_that_cannot_be_is_refused_at_the_start_in_one_sentence() {
    let home = tempfile::tempdir().unwrap();
    feltbog_server::init(home.path(), "Halsbæk").unwrap();
    let config = home.path().join("feltbog.toml");
    let refused = |text: &str| {
        std::fs::write(&config, text).unwrap();
        let mut serve = Command::new(env!("CARGO_BIN_EXE_feltbog-server"));
        serve.arg("serve").arg("--data").arg(home.path()).arg("--config").arg(&config);
        let ended = serve.args(["--listen", "127.0.0.1:0"]).output().unwrap();
        assert_eq!((ended.status.code(), ended.stdout.len()), (Some(1), 0));
        String::from_utf8(ended.stderr).unwrap()
    };
    let range = "feltbog-server: `lease_days` under [limits] must be a whole number from 1 to 366\n";
    assert_eq!(refused("[limits]\nlease_days = 0"), range);
    assert!(refused("[limits]\nlease_dais = 7").contains("`lease_dais`, which means nothing"));
    assert!(refused("[limits").contains("is not TOML"));
    assert!(refused("[login]\nissuer = \"http://login.kommune.dk\"").contains("`issuer` under [login]"));
}
