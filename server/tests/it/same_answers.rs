//! The log in memory and the log in a file answer every request of a random schedule with the same bytes.

use feltbog_domain::{FolderId, ProgrammeId, Rights};
use feltbog_protocol::{
    BackfillAsk, BackfillPart, EnrolReply, EnrolRequest, EnvelopeBytes, EnvelopeHash, ErasedPart, SyncReply,
    SyncRequest,
};
use feltbog_server::simulated::{Headers, RuleServer};
use proptest::prelude::*;

use crate::support::{
    FirstDevice, TestDevice, TestInvitation, bundle, close, confirm_erasure, content, cover, deposit, fresh_id, grant,
    hash_of, new_folder, now_ms, propose_entry_erasure, propose_erasure, purged, revoke, rotate,
};

const DEVICES: usize = 3;
const FOLDERS: usize = 2;

#[derive(Debug, Clone)]
enum Act {
    Write(usize, Option<u64>),
    Grant(usize),
    Cover(usize, i64),
    Wait(i64),
    Revoke(usize),
    Close,
    Rotate(u32),
    Deposit,
    Bundle(u32, usize),
    Propose,
    ProposeEntry,
    Confirm,
    Purged,
    Fetch { part: BackfillPart, after: u64, until: u64, cursor: u64, page: u32 },
    Remember { durable_ack: u64, cursor: u64 },
}

fn act() -> impl Strategy<Value = Act> {
    let part = prop_oneof![Just(BackfillPart::All), Just(BackfillPart::Access), Just(BackfillPart::Content)];
    let page = prop_oneof![Just(0_u32), Just(40_000), Just(1_000_000)];
    prop_oneof![
        4 => (50_usize..9_000, prop::option::of(0_u64..40)).prop_map(|(size, knows)| Act::Write(size, knows)),
        2 => (0..DEVICES).prop_map(Act::Grant),
        2 => (0..DEVICES, 0_i64..90).prop_map(|(to, minutes)| Act::Cover(to, minutes)),
        1 => (1_i64..60).prop_map(Act::Wait),
        1 => (0..DEVICES).prop_map(Act::Revoke),
        1 => Just(Act::Close),
        1 => (2_u32..4).prop_map(Act::Rotate),
        1 => Just(Act::Deposit),
        2 => (1_u32..3, 50_usize..20_000).prop_map(|(epoch, size)| Act::Bundle(epoch, size)),
        1 => Just(Act::Propose),
        2 => Just(Act::ProposeEntry),
        2 => Just(Act::Confirm),
        1 => Just(Act::Purged),
        4 => (part, 0_u64..20, 0_u64..40, 0_u64..40, page)
            .prop_map(|(part, after, until, cursor, page)| Act::Fetch { part, after, until, cursor, page }),
        1 => (0_u64..12, 0_u64..30).prop_map(|(durable_ack, cursor)| Act::Remember { durable_ack, cursor }),
    ]
}

/// Two servers that are asked the same.
struct Both {
    memory: RuleServer,
    file: RuleServer,
    now: i64,
    programme: ProgrammeId,
    /// The newest step of an erasure that somebody pushed.
    erasing: EnvelopeHash,
    /// The newest content that was taken, and where.
    written: Option<(FolderId, ErasedPart)>,
}

impl Both {
    fn post(&mut self, path: &str, headers: Headers<'_>, body: &[u8]) -> (u16, Vec<u8>) {
        let answer = self.memory.post(path, headers, body, self.now).unwrap();
        assert_eq!(answer, self.file.post(path, headers, body, self.now).unwrap());
        answer
    }

    fn exchange(&mut self, device: &TestDevice, request: &SyncRequest) -> Option<SyncReply> {
        let body = feltbog_protocol::encode(request);
        let (authorization, tenant) = (device.authorization("/v1/sync", &body, self.now), device.tenant.to_string());
        let headers = Headers { authorization: Some(&authorization), tenant: Some(&tenant) };
        let (status, body) = self.post("/v1/sync", headers, &body);
        (status == 200).then(|| feltbog_protocol::decode(&body).unwrap())
    }
}

fn town(both: &mut Both) -> (Vec<TestDevice>, Vec<FolderId>) {
    let code = both.memory.found("Kommune").unwrap();
    assert_eq!(both.file.found("Kommune").unwrap(), code);
    let mut first = FirstDevice::new(code);
    let (_, body) = both.post("/v1/setup", Headers::default(), &feltbog_protocol::encode(&first.request()));
    first.device.entered(&feltbog_protocol::decode::<EnrolReply>(&body).unwrap());
    let programme = first.programme;
    both.programme = programme;
    let role = |role| feltbog_domain::RoleGrant { role, programme, side: feltbog_domain::Side::Employment }.into();
    let mut devices = vec![first.device.clone()];
    for held in [feltbog_domain::Role::Consultant, feltbog_domain::Role::Deputy] {
        let invitation = TestInvitation::by(&first.device, vec![role(held)]);
        let envelope = EnvelopeBytes(invitation.device.first_envelope(&invitation.statements()));
        let request = EnrolRequest { tenant: first.device.tenant, envelope, lease: None, login: None };
        assert_eq!(both.post("/v1/enrol", Headers::default(), &feltbog_protocol::encode(&request)).0, 200);
        devices.push(invitation.device);
    }
    let folders: Vec<FolderId> = (0..FOLDERS).map(|_| fresh_id()).collect();
    for (device, folder) in devices.iter_mut().zip(&folders) {
        let push = vec![EnvelopeBytes(new_folder(device, *folder, programme))];
        assert!(both.exchange(device, &SyncRequest { push, ..SyncRequest::default() }).is_some());
    }
    (devices, folders)
}

fn take(both: &mut Both, devices: &mut [TestDevice], device: usize, folder: FolderId, act: &Act) {
    let others: Vec<_> = devices.iter().map(|device| device.member).collect();
    let device = &mut devices[device];
    if let Act::Wait(minutes) = act {
        both.now += minutes * 60_000;
    }
    let epoch = both.exchange(device, &SyncRequest::default()).unwrap().clock.epoch;
    let pushed =
        match *act {
            Act::Write(size, _) => content(device, folder, size),
            Act::Grant(to) => grant(device, folder, others[to], Rights::MANAGE),
            Act::Cover(to, minutes) => cover(device, folder, others[to], both.now + minutes * 60_000),
            Act::Wait(_) => return,
            Act::Revoke(whom) => revoke(device, folder, others[whom]),
            Act::Close => close(device, folder),
            Act::Rotate(key_epoch) => rotate(device, folder, key_epoch),
            Act::Bundle(key_epoch, size) => bundle(device, folder, key_epoch, size),
            Act::Propose => propose_erasure(device, &[folder], both.programme),
            Act::ProposeEntry => {
                let Some((folder, part)) = both.written else { return };
                propose_entry_erasure(device, folder, part, both.programme)
            }
            Act::Confirm => confirm_erasure(device, both.erasing),
            Act::Purged => purged(device, both.erasing, &[folder]),
            Act::Deposit => {
                let inside = content(&mut device.clone(), folder, 60);
                deposit(device, folder, inside)
            }
            Act::Fetch { part, after, until, cursor, page } => {
                let backfill = [(folder, part), (FolderId::NONE, BackfillPart::All)]
                    .map(|(folder, part)| BackfillAsk { folder, after, until, part });
                let request =
                    SyncRequest { cursor, backfill: backfill.to_vec(), max_bytes: page, ..SyncRequest::default() };
                both.exchange(device, &request);
                return;
            }
            Act::Remember { durable_ack, cursor } => {
                both.exchange(device, &SyncRequest { epoch, durable_ack, cursor, ..SyncRequest::default() });
                return;
            }
        };
    if matches!(act, Act::Propose | Act::ProposeEntry) {
        both.erasing = hash_of(&pushed);
    }
    for _ in 0..2 {
        let push = vec![EnvelopeBytes(pushed.clone())];
        let knows_erasures_to = if let Act::Write(_, knows) = act { *knows } else { None };
        let reply = both.exchange(device, &SyncRequest { push, knows_erasures_to, ..SyncRequest::default() }).unwrap();
        if let (Act::Write(..), Some(seq)) = (act, reply.results[0].seq) {
            let (hash, dseq) = (hash_of(&pushed).0, reply.results[0].dseq);
            both.written = Some((folder, ErasedPart { hash, device: device.id, dseq, seq, kind: 1, remainder: None }));
        }
    }
}

#[test]
fn memory_and_file_give_the_same_bytes_whatever_the_schedule() {
    let schedule = prop::collection::vec((0..DEVICES, 0..FOLDERS, act()), 0..50);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(32));
    let outcome = runner.run(&schedule, |steps| {
        let home = tempfile::tempdir().unwrap();
        let mut both = Both {
            memory: RuleServer::new(5).unwrap(),
            file: RuleServer::on_file(5, home.path()).unwrap(),
            now: now_ms(),
            programme: ProgrammeId::NONE,
            erasing: EnvelopeHash::default(),
            written: None,
        };
        let (mut devices, folders) = town(&mut both);
        for (device, folder, act) in &steps {
            take(&mut both, &mut devices, *device, folders[*folder], act);
        }
        let tenant = devices[0].tenant;
        prop_assert_eq!(both.memory.rows(tenant).unwrap(), both.file.rows(tenant).unwrap());
        Ok(())
    });
    outcome.unwrap();
}
