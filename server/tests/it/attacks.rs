//! What somebody with one valid device and a program of their own may try, and the documented answer to it.

use feltbog_domain::{FolderId, Rights, Role, Side};
use feltbog_protocol::{
    BackfillAsk, Envelope, EnvelopeHash, EnvelopeKind, ErrorCode, Header, Issuer, KeyRecord, KeyRecordForm, Principal,
    RefusalCode, Statement, SyncRequest, limits,
};

use crate::support::{
    Refused, TestDevice, TestServer, TestTenant, answer_of, bundle_of, certify, content, fresh, fresh_id, fresh_key,
    grant, new_folder, now_ms, recipient, revoke, user_key_statement,
};

use RefusalCode::{BadSignature, NoGrant, Ok as Taken, UnknownEpoch};

/// A founder with a case, and Mallory, a consultant with a case of her own.
struct Town<'s> {
    server: &'s TestServer,
    tenant: TestTenant<'s>,
    founder: TestDevice,
    mallory: TestDevice,
    theirs: FolderId,
    own: FolderId,
}

impl<'s> Town<'s> {
    fn new(server: &'s TestServer) -> Self {
        let tenant = TestTenant::found(server);
        let (mut founder, mut mallory) = (tenant.founder.clone(), tenant.enrol_consultant());
        let (theirs, own) = (fresh_id(), fresh_id());
        let made = new_folder(&mut founder, theirs, tenant.programme);
        let written = content(&mut founder, theirs, 40);
        assert_eq!(founder.push(server, &[made, written]), [Taken, Taken]);
        let made = new_folder(&mut mallory, own, tenant.programme);
        assert_eq!(mallory.push(server, &[made]), [Taken]);
        Self { server, tenant, founder, mallory, theirs, own }
    }

    /// What became of one envelope; whatever it was, no row of it is in anybody's folder but where it was taken.
    fn one(&self, envelope: Vec<u8>) -> RefusalCode {
        self.mallory.push(self.server, &[envelope])[0]
    }

    fn head(&self) -> u64 {
        let ask = SyncRequest { epoch: self.founder.epoch, ..SyncRequest::default() };
        self.founder.sync(self.server, &ask).unwrap().clock.head
    }

    fn certificate(&mut self, issuer: Issuer, key: &ed25519_dalek::SigningKey, statement: &Statement) -> Vec<u8> {
        let signed = certify(self.mallory.tenant, issuer, key, statement);
        self.mallory.seal(EnvelopeKind::Certificate, FolderId::NONE, 0, &bundle_of(&[signed]))
    }
}

/// An envelope with one thing in its header changed and the signature left as it was.
fn moved(bytes: &[u8], change: impl Fn(&mut Header)) -> Vec<u8> {
    let envelope = Envelope::decode(bytes.to_vec()).unwrap();
    let mut header = envelope.header().clone();
    change(&mut header);
    let signature = bytes[bytes.len() - 64..].try_into().unwrap();
    feltbog_protocol::Draft::new(header, envelope.body()).unwrap().signed(signature).bytes().to_vec()
}

#[test]
fn an_envelope_moved_to_another_folder_tenant_epoch_or_author_fails_by_its_signature() {
    type Move = (&'static str, fn(&mut Header, &Header));
    const MOVES: [Move; 6] = [
        ("folder", |header, other| header.folder = other.folder),
        ("tenant", |header, other| header.tenant = other.tenant),
        ("author", |header, other| header.device = other.device),
        ("epoch", |header, _| header.key_epoch = 2),
        ("chain", |header, _| header.prev = EnvelopeHash([7; 32])),
        ("what was seen", |header, _| header.base_seq = 99),
    ];
    for (what, change) in MOVES {
        let server = TestServer::start();
        let mut town = Town::new(&server);
        let other = Header { tenant: fresh_id(), ..town.founder.header(1, town.theirs, 1, 1) };
        let written = content(&mut town.mallory, town.own, 40);
        let before = town.head();
        let moved = moved(&written, |header| change(header, &other));
        assert_eq!(town.one(moved), BadSignature, "{what}");
        assert_eq!(town.head(), before, "{what}: a refusal is no row");
    }
}

#[test]
fn an_envelope_under_another_number_is_a_gap_or_a_fork_and_one_that_comes_again_is_the_same() {
    let server = TestServer::start();
    let mut town = Town::new(&server);
    let written = content(&mut town.mallory, town.own, 40);
    let refused = |bytes: Vec<u8>| town.mallory.try_push(&server, &[bytes]).unwrap_err();
    let far = refused(moved(&written, |header| header.dseq += 5));
    assert_eq!((far.status, far.problem.code), (409, ErrorCode::SequenceGap));
    assert_eq!(town.one(written.clone()), Taken);
    let head = town.head();
    assert_eq!(town.one(written.clone()), Taken, "asking again gives the same answer");
    assert_eq!(town.head(), head, "and no second row");
    let twin = town.mallory.sign(Envelope::decode(written).unwrap().header().clone(), &[1; 40]);
    let Refused { status, problem } = refused(twin);
    assert_eq!((status, problem.code), (409, ErrorCode::DeviceFork));
}

#[test]
fn nobody_writes_reads_or_lets_themselves_in_where_they_were_not_let_in() {
    let server = TestServer::start();
    let mut town = Town::new(&server);
    let (theirs, me, founder) = (town.theirs, town.mallory.member, town.founder.member);
    let wraps = KeyRecord {
        form: KeyRecordForm::AddedWraps,
        commitment: [9; 32],
        predecessor: None,
        recipients: vec![recipient(Principal::Member(me), 1)],
        folder_kind: None,
        programme: None,
    };
    let attempts = [
        ("write", content(&mut town.mallory, theirs, 40)),
        ("grant oneself", grant(&mut town.mallory, theirs, me, Rights::MANAGE)),
        ("wrap for oneself", town.mallory.seal(EnvelopeKind::KeyRecord, theirs, 1, &feltbog_protocol::encode(&wraps))),
        ("take the folder over", new_folder(&mut town.mallory, theirs, town.tenant.programme)),
        ("shut its owner out", revoke(&mut town.mallory, theirs, founder)),
    ];
    for (what, envelope) in attempts {
        let code = town.one(envelope);
        assert!(matches!(code, NoGrant | UnknownEpoch), "{what}: {code}");
    }
    let ask = SyncRequest {
        epoch: town.mallory.epoch,
        backfill: vec![BackfillAsk::whole(theirs, 0, 100), BackfillAsk::whole(fresh_id(), 0, 100)],
        max_bytes: limits::PAGE_MAX,
        ..SyncRequest::default()
    };
    let reply = town.mallory.sync(&server, &ask).unwrap();
    let folders: Vec<FolderId> = reply
        .rows
        .iter()
        .chain(&reply.backfill_rows)
        .map(|row| Envelope::decode(row.envelope.clone()).unwrap().header().folder)
        .collect();
    assert!(!folders.contains(&theirs));
    assert!(reply.backfill_done.iter().all(|done| done.done), "whether a folder exists is not told");
}

#[test]
fn a_member_who_was_shut_out_of_a_case_reads_nothing_of_it_any_more() {
    let server = TestServer::start();
    let mut town = Town::new(&server);
    let (theirs, me) = (town.theirs, town.mallory.member);
    let let_in = grant(&mut town.founder, theirs, me, Rights::WRITE);
    let out = revoke(&mut town.founder, theirs, me);
    let after = content(&mut town.founder, theirs, 40);
    assert_eq!(town.founder.push(&server, &[let_in, out, after])[..2], [Taken, Taken]);
    let seen = town.mallory.pull(&server, 0);
    assert!(seen.iter().all(|row| row.header().known_kind() != Some(EnvelopeKind::ChangeSet)), "{seen:?}");
    let ask = SyncRequest {
        epoch: town.mallory.epoch,
        backfill: vec![BackfillAsk::whole(theirs, 0, 100)],
        ..SyncRequest::default()
    };
    assert!(town.mallory.sync(&server, &ask).unwrap().backfill_rows.is_empty());
    let written = content(&mut town.mallory, theirs, 40);
    assert_eq!(town.one(written), NoGrant);
}

#[test]
fn nobody_swaps_anothers_key_makes_an_office_or_speaks_for_the_root() {
    let server = TestServer::start();
    let mut town = Town::new(&server);
    let (own_key, programme) = (town.mallory.key.clone(), town.tenant.programme);
    let (founder, founder_device) = (town.founder.member, town.founder.id);
    let (member, own_member, own) = (fresh_id(), town.mallory.member, Issuer::Device(town.mallory.id));
    let leader = feltbog_domain::RoleGrant { role: Role::Leader, programme, side: Side::Employment };
    let statements = [
        ("another's key", user_key_statement(founder, 2, founder_device)),
        ("recovery key", Statement::RecoveryKey { epoch: 2, public: fresh() }),
        ("receipt key", Statement::ServerKey { public: fresh() }),
        ("own roles", Statement::Member { member: own_member, roles: vec![leader.into()] }),
        ("a new member", Statement::Member { member, roles: vec![leader.into()] }),
        (
            "an invitation",
            Statement::Invitation { public: fresh(), member, roles: vec![leader.into()], expires_ms: i64::MAX },
        ),
        (
            "an invitation into nothing",
            Statement::Invitation { public: fresh(), member, roles: Vec::new(), expires_ms: i64::MAX },
        ),
        (
            "another's new phone",
            Statement::DeviceInvitation {
                public: fresh(),
                member: founder,
                expires_ms: i64::MAX,
                user_key_epoch: 1,
                others: Vec::new(),
            },
        ),
        ("shut the founder out", Statement::DeviceState { device: founder_device, state: 2, reason: 0 }),
        ("send the founder away", Statement::MemberLeft { member: founder }),
    ];
    let before = town.head();
    for (what, statement) in statements {
        let signed = town.certificate(own, &own_key, &statement);
        assert_eq!(town.one(signed), NoGrant, "{what}");
        for forged_issuer in [Issuer::Root, Issuer::Device(founder_device)] {
            let forged = town.certificate(forged_issuer, &fresh_key(), &statement);
            assert_eq!(town.one(forged), BadSignature, "{what} in the name of {forged_issuer:?}");
        }
    }
    assert_eq!(town.head(), before);
}

#[test]
fn a_request_for_another_municipality_an_old_one_and_one_with_another_body_are_not_served() {
    let server = TestServer::start();
    let town = Town::new(&server);
    let elsewhere = TestTenant::found(&server);
    let mut abroad = town.mallory.clone();
    abroad.tenant = elsewhere.id;
    let ask = SyncRequest::default();
    assert_eq!(abroad.sync(&server, &ask).unwrap_err().problem.code, ErrorCode::UnknownDevice);
    let body = feltbog_protocol::encode(&ask);
    let eleven_minutes = 11 * 60 * 1000;
    for time_ms in [now_ms() - eleven_minutes, now_ms() + eleven_minutes] {
        let late = answer_of::<feltbog_protocol::SyncReply>(&town.mallory.post_sync(server.address(), &body, time_ms));
        assert_eq!(late.unwrap_err().problem.code, ErrorCode::ClockSkew);
    }
}
