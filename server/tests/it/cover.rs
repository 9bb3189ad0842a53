//! Access for a time, by the server's clock.

use feltbog_domain::{FolderId, MemberId, Role, RoleGrant, Side};
use feltbog_protocol::{
    EnrolReply, EnrolRequest, EnvelopeBytes, EnvelopeKind, Grant, RefusalCode, SyncReply, SyncRequest, limits,
};
use feltbog_server::simulated::{Headers, RuleServer};

use RefusalCode::{NoGrant, Ok as Taken, RotationDue};

use crate::support::{
    FirstDevice, TestDevice, TestInvitation, content, cover, fresh_id, grant, new_folder, now_ms, revoke, rotate,
};

const HOUR: i64 = 3_600_000;

/// A leader with a folder, and a consultant who stands in; time passes when the test says so.
struct Office {
    server: RuleServer,
    now: i64,
    leader: TestDevice,
    stand_in: TestDevice,
    folder: FolderId,
}

impl Office {
    fn new() -> Self {
        let (mut server, now) = (RuleServer::new(1).unwrap(), now_ms());
        let mut first = FirstDevice::new(server.found("Kommune").unwrap());
        let body = feltbog_protocol::encode(&first.request());
        let (_, body) = server.post("/v1/setup", Headers::default(), &body, now).unwrap();
        first.device.entered(&feltbog_protocol::decode::<EnrolReply>(&body).unwrap());
        let (leader, programme) = (first.device, first.programme);
        let role = RoleGrant { role: Role::Consultant, programme, side: Side::Employment };
        let invitation = TestInvitation::by(&leader, vec![role.into()]);
        let envelope = EnvelopeBytes(invitation.device.first_envelope(&invitation.statements()));
        let request = EnrolRequest { tenant: leader.tenant, envelope, lease: None, login: None };
        let body = feltbog_protocol::encode(&request);
        assert_eq!(server.post("/v1/enrol", Headers::default(), &body, now).unwrap().0, 200);
        let mut office = Self { server, now, leader, stand_in: invitation.device, folder: fresh_id() };
        let made = new_folder(&mut office.leader, office.folder, programme);
        assert_eq!(office.leader_sends(vec![made]), [Taken]);
        office
    }

    fn exchange(&mut self, device: &TestDevice, request: &SyncRequest) -> SyncReply {
        let body = feltbog_protocol::encode(request);
        let (authorization, tenant) = (device.authorization("/v1/sync", &body, self.now), device.tenant.to_string());
        let headers = Headers { authorization: Some(&authorization), tenant: Some(&tenant) };
        let (status, body) = self.server.post("/v1/sync", headers, &body, self.now).unwrap();
        assert_eq!(status, 200);
        feltbog_protocol::decode(&body).unwrap()
    }

    fn send(&mut self, device: &TestDevice, envelopes: Vec<Vec<u8>>) -> Vec<RefusalCode> {
        let push = envelopes.into_iter().map(EnvelopeBytes).collect();
        let reply = self.exchange(device, &SyncRequest { push, ..SyncRequest::default() });
        reply.results.iter().map(|result| result.code).collect()
    }

    fn leader_sends(&mut self, envelopes: Vec<Vec<u8>>) -> Vec<RefusalCode> {
        let leader = self.leader.clone();
        self.send(&leader, envelopes)
    }

    fn covered_until(&mut self, until_ms: i64) {
        let granted = cover(&mut self.leader, self.folder, self.stand_in.member, until_ms);
        assert_eq!(self.leader_sends(vec![granted]), [Taken]);
    }

    fn stand_in_writes(&mut self) -> RefusalCode {
        let written = content(&mut self.stand_in, self.folder, 40);
        let device = self.stand_in.clone();
        self.send(&device, vec![written])[0]
    }

    fn leader_writes(&mut self) -> RefusalCode {
        let written = content(&mut self.leader, self.folder, 40);
        self.leader_sends(vec![written])[0]
    }

    fn member(&self) -> MemberId {
        self.stand_in.member
    }
}

#[test]
fn a_cover_ends_by_itself_and_then_a_new_key_is_owed() {
    let mut office = Office::new();
    office.covered_until(office.now + HOUR);
    assert_eq!((office.stand_in_writes(), office.leader_writes()), (Taken, Taken));
    office.now += HOUR;
    assert_eq!((office.stand_in_writes(), office.leader_writes()), (NoGrant, RotationDue));
    let fed = office.exchange(&office.stand_in.clone(), &SyncRequest::default()).rows;
    assert!(fed.iter().all(|row| row.envelope[48..64] == *office.stand_in.id.as_bytes() || row.seq < 5), "{fed:?}");
    let renewed = rotate(&mut office.leader, office.folder, 2);
    let fresh = office.leader.seal(EnvelopeKind::ChangeSet, office.folder, 2, b"sealed");
    assert_eq!(office.leader_sends(vec![renewed, fresh]), [Taken, Taken], "the new key settles it");
    assert_eq!(office.stand_in_writes(), NoGrant);
}

#[test]
fn a_cover_takes_nothing_from_whoever_may_open_the_folder_for_good() {
    let mut office = Office::new();
    let (folder, member) = (office.folder, office.member());
    let for_good = grant(&mut office.leader, folder, member, feltbog_domain::Rights::WRITE);
    office.leader_sends(vec![for_good]);
    office.covered_until(office.now + HOUR);
    office.now += 2 * HOUR;
    assert_eq!((office.stand_in_writes(), office.leader_writes()), (Taken, Taken));
}

#[test]
fn who_stood_in_may_be_let_in_for_good_and_a_cover_may_be_made_longer_or_ended() {
    let mut office = Office::new();
    let (folder, member) = (office.folder, office.member());
    office.covered_until(office.now + HOUR);
    office.covered_until(office.now + 3 * HOUR);
    office.now += 2 * HOUR;
    assert_eq!(office.stand_in_writes(), Taken);
    let ended = revoke(&mut office.leader, folder, member);
    office.leader_sends(vec![ended]);
    assert_eq!((office.stand_in_writes(), office.leader_writes()), (NoGrant, RotationDue));
    let for_good = grant(&mut office.leader, folder, member, feltbog_domain::Rights::WRITE);
    office.leader_sends(vec![for_good]);
    office.now += 48 * HOUR;
    assert_eq!(office.stand_in_writes(), RotationDue);
}

#[test]
fn nobody_is_let_in_for_a_time_that_is_no_end_nor_to_let_others_in() {
    let mut office = Office::new();
    let (folder, member) = (office.folder, office.member());
    let far = office.now + (limits::COVER_DAYS + 1) * 24 * HOUR;
    let too_long = cover(&mut office.leader, folder, member, far);
    let managing =
        Grant { until_ms: Some(office.now + HOUR), ..Grant::lasting(member, feltbog_domain::Rights::MANAGE) };
    let managing = office.leader.seal(EnvelopeKind::Grant, folder, 0, &feltbog_protocol::encode(&managing));
    assert_eq!(office.leader_sends(vec![too_long, managing]), [NoGrant, NoGrant]);
    assert_eq!(office.stand_in_writes(), NoGrant);
}
