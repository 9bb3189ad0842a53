//! Who may do what: role x membership x state of the device x everything that can be asked, in one table of rules that is
//! written down here once more, in other words than the server's. A new endpoint or kind without a row does not compile.

use feltbog_domain::{FolderId, FolderKind, ProgrammeId, Rights, Role, RoleGrant, Side};
use feltbog_protocol::{
    BackfillAsk, DeviceState, Envelope, EnvelopeKind, ErrorCode, Issuer, LoginReply, RefusalCode, Statement,
    SyncRequest, limits,
};
use feltbog_server::Endpoint;

use crate::support::{
    FirstDevice, Refused, TestDevice, TestInvitation, TestServer, TestTenant, bundle, bundle_of, certify, content,
    cover, deposit, enrolled, facts, fresh, fresh_id, get, grant, key_record, new_folder, new_read_log, now_ms, post,
    propose_erasure, reading, report, reserve, revoke, rotate, send_enrol, told,
};

use RefusalCode::{NoGrant, Ok as Taken};

/// What somebody has to do with the folder: an employment side that the founder made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Membership {
    Stranger,
    Reads,
    Writes,
    Manages,
    /// Stands in for somebody.
    Covers,
    /// Was let in, and shut out again.
    ShutOut,
}

use Membership::{Covers, Manages, Reads, ShutOut, Stranger, Writes};

const MEMBERSHIPS: [Membership; 6] = [Stranger, Reads, Writes, Manages, Covers, ShutOut];
const STATES: [DeviceState; 3] = [DeviceState::Free, DeviceState::Blocked, DeviceState::Revoked];

/// Everybody of the employment side, the treatment worker, and an office of the other side.
const PEOPLE: [(Role, Side); 10] = [
    (Role::Administrator, Side::Employment),
    (Role::Leader, Side::Employment),
    (Role::Deputy, Side::Employment),
    (Role::Consultant, Side::Employment),
    (Role::Treatment, Side::Treatment),
    (Role::Outreach, Side::Employment),
    (Role::Records, Side::Employment),
    (Role::Evaluator, Side::Employment),
    (Role::Reviewer, Side::Employment),
    (Role::Leader, Side::Treatment),
];

/// The most a role may hold in an employment side (protocol, settled point 1).
fn most(who: (Role, Side)) -> Option<Rights> {
    match who {
        (Role::Leader | Role::Deputy | Role::Consultant, Side::Employment) => Some(Rights::MANAGE),
        (Role::Records, Side::Employment) => Some(Rights::READ),
        _ => None,
    }
}

/// What the founder grants for a membership, and whether the server lets it happen.
fn wanted(membership: Membership) -> Option<Rights> {
    match membership {
        Stranger => None,
        Reads => Some(Rights::READ),
        Writes | Covers | ShutOut => Some(Rights::WRITE),
        Manages => Some(Rights::MANAGE),
    }
}

/// What the membership allows, for a role that may have it.
fn held(membership: Membership) -> Option<Rights> {
    if membership == ShutOut { None } else { wanted(membership) }
}

struct Cell<'s> {
    server: &'s TestServer,
    tenant: TestTenant<'s>,
    founder: TestDevice,
    somebody: TestDevice,
    entered_with: Vec<u8>,
    folder: FolderId,
}

impl<'s> Cell<'s> {
    /// The world of one cell, or nothing where the server, rightly, grants the role nothing of the kind.
    fn of(server: &'s TestServer, who: (Role, Side), membership: Membership, state: DeviceState) -> Option<Self> {
        let tenant = TestTenant::found(server);
        let (mut founder, folder) = (tenant.founder.clone(), fresh_id());
        let programme = if who.0 == Role::Administrator { ProgrammeId::NONE } else { tenant.programme };
        let roles = vec![RoleGrant { role: who.0, programme, side: who.1 }.into()];
        let invitation = TestInvitation::by(&founder, roles);
        let mut somebody = invitation.device.clone();
        let entered_with = somebody.first_envelope(&invitation.statements());
        somebody.entered(&send_enrol(server, somebody.tenant, entered_with.clone()).unwrap());
        let made = new_folder(&mut founder, folder, tenant.programme);
        assert_eq!(founder.push(server, &[made]), [Taken]);
        if let Some(rights) = wanted(membership) {
            let granted = match membership {
                Covers => cover(&mut founder, folder, somebody.member, now_ms() + 86_400_000),
                _ => grant(&mut founder, folder, somebody.member, rights),
            };
            let allowed = most(who).is_some_and(|most| most.covers(rights));
            let expected = if allowed { Taken } else { NoGrant };
            assert_eq!(founder.push(server, &[granted]), [expected], "{who:?} {membership:?}");
            if !allowed {
                return None;
            }
        }
        let written = content(&mut founder, folder, 40);
        assert_eq!(founder.push(server, &[written]), [Taken]);
        let mut cell = Self { server, tenant, founder, somebody, entered_with, folder };
        if membership == ShutOut && !cell.shuts_out(who) {
            return None;
        }
        if state != DeviceState::Free {
            let (device, state) = (cell.somebody.id, state.code());
            cell.founder_says(&Statement::DeviceState { device, state, reason: 0 });
        }
        Some(cell)
    }

    /// Whoever opens the folder by office is not shut out of it.
    fn shuts_out(&mut self, who: (Role, Side)) -> bool {
        let out = revoke(&mut self.founder, self.folder, self.somebody.member);
        let by_office = matches!(who, (Role::Leader | Role::Deputy | Role::Records, Side::Employment));
        let expected = if by_office { NoGrant } else { Taken };
        assert_eq!(self.founder.push(self.server, &[out]), [expected], "{who:?}");
        !by_office
    }

    fn founder_says(&mut self, statement: &Statement) {
        let founder = &mut self.founder;
        let signed = certify(founder.tenant, Issuer::Device(founder.id), &founder.key, statement);
        let envelope = founder.seal(EnvelopeKind::Certificate, FolderId::NONE, 0, &bundle_of(&[signed]));
        assert_eq!(founder.push(self.server, &[envelope]), [Taken]);
    }

    /// One envelope of a kind, such as somebody entitled would send it.
    fn envelope(&mut self, kind: EnvelopeKind) -> Vec<u8> {
        let (folder, founder) = (self.folder, self.founder.member);
        let somebody = &mut self.somebody;
        match kind {
            EnvelopeKind::ChangeSet => content(somebody, folder, 40),
            EnvelopeKind::ColdBundle => bundle(somebody, folder, 1, 40),
            EnvelopeKind::KeyRecord => rotate(somebody, folder, 2),
            EnvelopeKind::Grant => grant(somebody, folder, founder, Rights::READ),
            EnvelopeKind::Revoke => revoke(somebody, folder, fresh_id()),
            EnvelopeKind::Erase => propose_erasure(somebody, &[folder], self.tenant.programme),
            EnvelopeKind::Certificate => {
                let roles = self.tenant.consultant();
                let invitation =
                    Statement::Invitation { public: fresh(), member: fresh_id(), roles, expires_ms: i64::MAX };
                let signed = certify(somebody.tenant, Issuer::Device(somebody.id), &somebody.key, &invitation);
                somebody.seal(EnvelopeKind::Certificate, FolderId::NONE, 0, &bundle_of(&[signed]))
            }
            EnvelopeKind::ReadLog => reading(somebody, folder, FolderId::NONE, 1),
            EnvelopeKind::FactBatch => facts(somebody, folder, &told(&[enrolled(1, 5)])),
            EnvelopeKind::QuarantineReport => somebody.seal(kind, FolderId::NONE, 0, &[0xff; 40]),
            EnvelopeKind::Deposit => {
                let inside = content(somebody, folder, 40);
                somebody.dseq -= 1;
                deposit(somebody, folder, inside)
            }
        }
    }

    fn ask(&self) -> SyncRequest {
        SyncRequest {
            epoch: self.somebody.epoch,
            backfill: vec![BackfillAsk::whole(self.folder, 0, 1_000)],
            max_bytes: limits::PAGE_MAX,
            ..SyncRequest::default()
        }
    }
}

/// Whether an envelope of a kind enters the log when the device is served.
fn enters(kind: EnvelopeKind, who: (Role, Side), membership: Membership) -> bool {
    let may = |rights: Rights| held(membership).is_some_and(|held| held.covers(rights));
    match kind {
        EnvelopeKind::ChangeSet | EnvelopeKind::ColdBundle | EnvelopeKind::KeyRecord | EnvelopeKind::FactBatch => {
            may(Rights::WRITE)
        }
        EnvelopeKind::Grant | EnvelopeKind::Revoke => may(Rights::MANAGE),
        EnvelopeKind::Erase => matches!(who, (Role::Leader | Role::Deputy | Role::Records, Side::Employment)),
        EnvelopeKind::Certificate => matches!(who.0, Role::Administrator | Role::Leader | Role::Deputy),
        // Whoever was ever let in may have read, and tells so.
        EnvelopeKind::ReadLog => membership != Stranger,
        EnvelopeKind::QuarantineReport | EnvelopeKind::Deposit => true,
    }
}

const KINDS: [EnvelopeKind; 11] = [
    EnvelopeKind::ChangeSet,
    EnvelopeKind::ColdBundle,
    EnvelopeKind::Grant,
    EnvelopeKind::Revoke,
    EnvelopeKind::Erase,
    EnvelopeKind::Certificate,
    EnvelopeKind::ReadLog,
    EnvelopeKind::FactBatch,
    EnvelopeKind::QuarantineReport,
    EnvelopeKind::Deposit,
    // Last, since it changes the folder's key.
    EnvelopeKind::KeyRecord,
];

fn exchange(cell: &mut Cell<'_>, who: (Role, Side), membership: Membership, state: DeviceState) {
    let name = format!("{who:?} {membership:?} {state:?}");
    let refused = match state {
        DeviceState::Free => None,
        DeviceState::Blocked => Some(ErrorCode::DeviceBlocked),
        DeviceState::Revoked => Some(ErrorCode::DeviceRevoked),
    };
    match (cell.somebody.sync(cell.server, &cell.ask()), refused) {
        (Ok(reply), None) => {
            let content = |row: &feltbog_protocol::Row| {
                Envelope::decode(row.envelope.clone()).unwrap().header().known_kind() == Some(EnvelopeKind::ChangeSet)
            };
            let reads = reply.rows.iter().chain(&reply.backfill_rows).any(content);
            assert_eq!(reads, held(membership).is_some(), "{name}: reading");
        }
        (Err(said), Some(code)) => assert_eq!((said.status, said.problem.code), (403, code), "{name}: reading"),
        (said, _) => panic!("{name}: reading: {said:?}"),
    }
    for kind in KINDS {
        let envelope = cell.envelope(kind);
        let said = cell.somebody.try_push(cell.server, &[envelope]);
        if state == DeviceState::Blocked {
            assert_eq!(said.unwrap_err().problem.code, ErrorCode::DeviceBlocked, "{name}: {kind:?}");
            cell.somebody.dseq -= 1;
            continue;
        }
        let code = said.unwrap().results[0].code;
        let expected = match state {
            DeviceState::Revoked if kind == EnvelopeKind::ReadLog => enters(kind, who, membership),
            DeviceState::Revoked => kind == EnvelopeKind::Deposit,
            _ => enters(kind, who, membership),
        };
        assert_eq!(code.is_accepted(), expected, "{name}: {kind:?} was {code}");
        if !expected {
            assert_eq!(code, NoGrant, "{name}: {kind:?}");
        }
    }
}

/// A device that is in asks for its enrolment once more: the same answer, unless it is not served any more.
fn enrol(cell: &Cell<'_>, state: DeviceState) {
    let said = send_enrol(cell.server, cell.somebody.tenant, cell.entered_with.clone());
    match state {
        DeviceState::Free => assert_eq!(said.unwrap().cert_seq, cell.somebody.cert_seq),
        DeviceState::Blocked => assert_eq!(said.unwrap_err().problem.code, ErrorCode::DeviceBlocked),
        DeviceState::Revoked => assert_eq!(said.unwrap_err().problem.code, ErrorCode::DeviceRevoked),
    }
}

/// Where no login is asked for, whoever is served is told so.
fn login(cell: &Cell<'_>, state: DeviceState) {
    let said = cell.somebody.log_in(cell.server, None);
    match state {
        DeviceState::Free => assert_eq!(said.unwrap(), LoginReply::default()),
        DeviceState::Blocked => assert_eq!(said.unwrap_err().problem.code, ErrorCode::DeviceBlocked),
        DeviceState::Revoked => assert_eq!(said.unwrap_err().problem.code, ErrorCode::DeviceRevoked),
    }
}

/// Figures are for the offices of the employment side and, in whole fives and not all of them, for evaluators.
fn figures(cell: &Cell<'_>, who: (Role, Side), state: DeviceState) {
    let ask = |measure| report(&cell.somebody, cell.server, cell.tenant.programme, measure, "2026-03-31");
    let said = ask("ever_started");
    let sees = matches!(who, (Role::Leader | Role::Deputy | Role::Records, Side::Employment) | (Role::Evaluator, _));
    let refused = |said: Result<_, Refused>| said.unwrap_err().problem.code;
    match state {
        DeviceState::Free if sees => {
            assert_eq!(said.unwrap().figures.len(), 1, "{who:?}");
            assert_eq!(ask("caseload").is_ok(), who.0 != Role::Evaluator, "{who:?}");
        }
        DeviceState::Free => assert_eq!(refused(said), ErrorCode::NotEntitled, "{who:?}"),
        DeviceState::Blocked => assert_eq!(refused(said), ErrorCode::DeviceBlocked),
        DeviceState::Revoked => assert_eq!(refused(said), ErrorCode::DeviceRevoked),
    }
}

/// What was made in reserve is taken from every device the municipality knows, whatever became of it since: the work in it
/// is somebody else's to judge. What was not made in reserve is not taken here.
fn hand_in(cell: &mut Cell<'_>) {
    let (server, folder) = (cell.server, cell.folder);
    let made = reserve(&cell.somebody, folder, 1);
    for _ in 0..2 {
        let reply = cell.somebody.hand_in(server, std::slice::from_ref(&made)).unwrap();
        assert_eq!(reply.results.iter().map(|result| result.code).collect::<Vec<_>>(), [Taken]);
    }
    let ordinary = deposit(&mut cell.somebody, folder, made);
    cell.somebody.dseq -= 1;
    assert_eq!(cell.somebody.hand_in(server, &[ordinary]).unwrap_err().problem.code, ErrorCode::BadRequest);
}

/// Nobody sets a municipality up a second time, whoever they are.
fn setup(cell: &Cell<'_>) {
    let code = feltbog_protocol::BootstrapCode {
        tenant: cell.somebody.tenant,
        secret: fresh()[..16].try_into().unwrap(),
        server_key: cell.tenant.server_key,
    };
    let said = FirstDevice::new(code).set_up(cell.server);
    assert_eq!(said.unwrap_err().problem.code, ErrorCode::BootstrapRefused);
}

#[test]
fn everybody_may_do_what_the_table_says_and_nothing_else() {
    let server = TestServer::start();
    let mut cells = 0;
    for who in PEOPLE {
        for membership in MEMBERSHIPS {
            for state in STATES {
                let Some(mut cell) = Cell::of(&server, who, membership, state) else { continue };
                cells += 1;
                for endpoint in Endpoint::ALL {
                    match endpoint {
                        Endpoint::Setup => setup(&cell),
                        Endpoint::Enrol => enrol(&cell, state),
                        Endpoint::Sync => exchange(&mut cell, who, membership, state),
                        Endpoint::Login => login(&cell, state),
                        Endpoint::Report => figures(&cell, who, state),
                        Endpoint::HandIn => hand_in(&mut cell),
                        Endpoint::Live => assert_eq!(endpoint.path(), "/health/live", "asks for nobody's word"),
                        Endpoint::Ready => assert_eq!(endpoint.path(), "/health/ready", "asks for nobody's word"),
                        // No device gets in there, whoever's it is; `admin.rs` says who does.
                        Endpoint::AdminPage => assert_eq!(get(server.address(), endpoint.path()).status, 404),
                        Endpoint::AdminLogin | Endpoint::AdminLogout => {
                            let form = [("content-type", "application/x-www-form-urlencoded")];
                            assert_eq!(post(server.address(), endpoint.path(), &form, b"").status, 404);
                        }
                    }
                }
            }
        }
    }
    // Ten people as strangers, three who may manage, one who may read, each in three states; one who can be shut out.
    assert_eq!(cells, 3 * (10 + 3 * 4 + 1 + 1));
}

/// The key of a read log: made and opened by the records officers of its side alone, whoever else is asked.
#[test]
fn the_read_log_is_made_opened_and_fetched_by_records_officers_and_nobody_else() {
    let server = TestServer::start();
    for who in PEOPLE {
        let tenant = TestTenant::found(&server);
        let (mut officer, mut founder) = (tenant.enrol_records(), tenant.founder.clone());
        let (log, folder) = (fresh_id(), fresh_id());
        let programme = if who.0 == Role::Administrator { ProgrammeId::NONE } else { tenant.programme };
        let roles = vec![RoleGrant { role: who.0, programme, side: who.1 }.into()];
        let mut somebody = TestInvitation::by(&founder, roles).enrol(&server).unwrap();
        let keeps_records = who == (Role::Records, Side::Employment);
        let expected = if keeps_records { Taken } else { NoGrant };
        let made = new_read_log(&mut somebody, fresh_id(), tenant.programme);
        assert_eq!(somebody.push(&server, &[made]), [expected], "{who:?} makes one");
        let made = new_read_log(&mut officer, log, tenant.programme);
        assert_eq!(officer.push(&server, &[made]), [Taken]);
        let granted = grant(&mut officer, log, somebody.member, Rights::READ);
        assert_eq!(officer.push(&server, &[granted]), [expected], "{who:?} is let in");
        let told = [new_folder(&mut founder, folder, tenant.programme), reading(&mut founder, folder, log, 1)];
        assert_eq!(founder.push(&server, &told), [Taken; 2]);
        let fetched = |device: &TestDevice, backfill: Vec<BackfillAsk>| {
            let hello = feltbog_protocol::Hello { protocol: 1, build: 3, features: 0 };
            let request = SyncRequest { hello, backfill, max_bytes: limits::PAGE_MAX, ..SyncRequest::default() };
            let reply = device.sync(&server, &request).unwrap();
            let rows = reply.rows.into_iter().chain(reply.backfill_rows);
            rows.filter(|row| row.envelope[5] == EnvelopeKind::ReadLog.code()).count()
        };
        assert_eq!(fetched(&somebody, Vec::new()), usize::from(keeps_records), "{who:?} by the feed");
        let asks = vec![BackfillAsk::whole(log, 0, 1_000), BackfillAsk::whole(folder, 0, 1_000)];
        assert_eq!(fetched(&somebody, asks.clone()), 2 * usize::from(keeps_records), "{who:?} by backfill");
        assert_eq!(fetched(&officer, asks), 2);
    }
}

/// The evidence of fidelity: made by the leader of the employment side, read and written by her, her deputy and reviewers. A
/// reviewer is let into nothing else, and told no figures.
#[test]
fn the_evidence_is_for_the_employment_sides_leaders_and_reviewers_and_a_reviewer_opens_nothing_else() {
    let server = TestServer::start();
    for who in PEOPLE {
        let tenant = TestTenant::found(&server);
        let (mut founder, evidence) = (tenant.founder.clone(), fresh_id());
        let programme = if who.0 == Role::Administrator { ProgrammeId::NONE } else { tenant.programme };
        let roles = vec![RoleGrant { role: who.0, programme, side: who.1 }.into()];
        let mut somebody = TestInvitation::by(&founder, roles).enrol(&server).unwrap();
        let expected = |taken: bool| if taken { Taken } else { NoGrant };
        let folder_of = |device: &mut TestDevice, folder, kind| {
            let record = key_record(device, kind, tenant.programme);
            device.seal(EnvelopeKind::KeyRecord, folder, 1, &feltbog_protocol::encode(&record))
        };
        let leads = who == (Role::Leader, Side::Employment);
        let made = folder_of(&mut somebody, fresh_id(), FolderKind::Evidence);
        assert_eq!(somebody.push(&server, &[made]), [expected(leads)], "{who:?} makes one");
        let made = folder_of(&mut founder, evidence, FolderKind::Evidence);
        let written = content(&mut founder, evidence, 40);
        assert_eq!(founder.push(&server, &[made, written]), [Taken; 2]);
        let works = matches!(who, (Role::Leader | Role::Deputy | Role::Reviewer, Side::Employment));
        let let_in = grant(&mut founder, evidence, somebody.member, Rights::WRITE);
        assert_eq!(founder.push(&server, &[let_in]), [expected(works)], "{who:?} is let in");
        let written = content(&mut somebody, evidence, 40);
        assert_eq!(somebody.push(&server, &[written]), [expected(works)], "{who:?} writes");
        let ask = SyncRequest {
            backfill: vec![BackfillAsk::whole(evidence, 0, 1_000)],
            max_bytes: limits::PAGE_MAX,
            ..SyncRequest::default()
        };
        let reply = somebody.sync(&server, &ask).unwrap();
        let content_of_it = reply.rows.iter().chain(&reply.backfill_rows).any(|row| {
            let envelope = Envelope::decode(row.envelope.clone()).unwrap();
            envelope.header().folder == evidence && envelope.header().known_kind() == Some(EnvelopeKind::ChangeSet)
        });
        assert_eq!(content_of_it, works, "{who:?} reads");
        let passed_on = grant(&mut somebody, evidence, founder.member, Rights::READ);
        let said = somebody.push(&server, &[passed_on]);
        // The founder let her in to write, and not to let others in.
        assert_eq!(said, [NoGrant], "{who:?} lets others in");
    }
}

#[test]
fn a_reviewer_is_let_into_no_folder_but_staff_and_evidence() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let mut founder = tenant.founder.clone();
    let roles = vec![RoleGrant { role: Role::Reviewer, programme: tenant.programme, side: Side::Employment }.into()];
    let mut reviewer = TestInvitation::by(&founder, roles).enrol(&server).unwrap();
    for kind in FolderKind::ALL {
        let folder = fresh_id();
        let record = key_record(&founder, kind, tenant.programme);
        let made = founder.seal(EnvelopeKind::KeyRecord, folder, 1, &feltbog_protocol::encode(&record));
        // What the leader does not make, nobody is let into by her either.
        if founder.push(&server, &[made]) != [Taken] {
            continue;
        }
        let let_in = grant(&mut founder, folder, reviewer.member, Rights::READ);
        let open = matches!(kind, FolderKind::Staff | FolderKind::Evidence);
        assert_eq!(founder.push(&server, &[let_in]), [if open { Taken } else { NoGrant }], "{kind:?}");
        let record = key_record(&reviewer, kind, tenant.programme);
        let made = reviewer.seal(EnvelopeKind::KeyRecord, fresh_id(), 1, &feltbog_protocol::encode(&record));
        assert_eq!(reviewer.push(&server, &[made]), [NoGrant], "{kind:?} is made");
    }
    let said = report(&reviewer, &server, tenant.programme, "ever_started", "2026-03-31");
    assert_eq!(said.unwrap_err().problem.code, ErrorCode::NotEntitled);
}
