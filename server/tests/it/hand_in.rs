//! Handing in from beside a locked database: no key signs the request, every envelope is signed.

use feltbog_domain::{FolderId, ProgrammeId, Rights};
use feltbog_protocol::{
    DeviceState, EnvelopeHash, EnvelopeKind, ErrorCode, Issuer, ReceiptChain, RefusalCode, Statement, limits,
};

use crate::support::{
    TestDevice, TestServer, TestTenant, bundle_of, certify, content, fresh_id, grant, new_folder, reserve,
};

use RefusalCode::{NoGrant, Ok as Taken, Quota};

/// A leader with a folder, and a consultant who writes in it.
struct Office<'s> {
    server: &'s TestServer,
    server_key: [u8; 32],
    leader: TestDevice,
    consultant: TestDevice,
    folder: FolderId,
    programme: ProgrammeId,
}

impl<'s> Office<'s> {
    fn new(server: &'s TestServer) -> Self {
        let tenant = TestTenant::found(server);
        let (mut leader, consultant, folder) = (tenant.founder.clone(), tenant.enrol_consultant(), fresh_id());
        let made = new_folder(&mut leader, folder, tenant.programme);
        let granted = grant(&mut leader, folder, consultant.member, Rights::WRITE);
        assert_eq!(leader.push(server, &[made, granted]), [Taken, Taken]);
        Self { server, server_key: tenant.server_key, leader, consultant, folder, programme: tenant.programme }
    }

    fn hand_in(&self, envelopes: &[Vec<u8>]) -> Vec<RefusalCode> {
        let reply = self.consultant.hand_in(self.server, envelopes).unwrap();
        reply.results.iter().map(|result| result.code).collect()
    }

    fn refused(&self, envelopes: &[Vec<u8>]) -> ErrorCode {
        self.consultant.hand_in(self.server, envelopes).unwrap_err().problem.code
    }

    fn reserve(&self, number: u64) -> Vec<u8> {
        reserve(&self.consultant, self.folder, number)
    }

    fn set(&mut self, state: DeviceState) {
        let statement = Statement::DeviceState { device: self.consultant.id, state: state.code(), reason: 0 };
        let leader = &mut self.leader;
        let signed = certify(leader.tenant, Issuer::Device(leader.id), &leader.key, &statement);
        let envelope = leader.seal(EnvelopeKind::Certificate, FolderId::NONE, 0, &bundle_of(&[signed]));
        assert_eq!(leader.push(self.server, &[envelope]), [Taken]);
    }

    fn in_the_leaders_feed(&self) -> usize {
        self.leader.pull(self.server, 0).iter().filter(|row| row.header().kind == 11).count()
    }
}

#[test]
fn what_was_made_in_reserve_reaches_the_leaders_once_however_often_it_is_handed_in() {
    let server = TestServer::start();
    let office = Office::new(&server);
    let made = [office.reserve(1), office.reserve(7)];
    for _ in 0..3 {
        assert_eq!(office.hand_in(&made), [Taken, Taken]);
    }
    assert_eq!(office.hand_in(&[office.reserve(7), office.reserve(9)]), [Taken, Taken]);
    assert_eq!(office.in_the_leaders_feed(), 3);
}

#[test]
fn the_server_signs_for_what_it_took_and_for_what_it_did_not() {
    let server = TestServer::start();
    let office = Office::new(&server);
    let made = [office.reserve(1), reserve(&office.consultant, fresh_id(), 2)];
    let reply = office.consultant.hand_in(&server, &made).unwrap();
    let hash = |bytes: &Vec<u8>| -> EnvelopeHash { feltbog_protocol::Envelope::decode(bytes.clone()).unwrap().hash() };
    let chain = [(1, Taken), (2, NoGrant)].iter().zip(&made).fold(ReceiptChain::default(), |chain, (said, bytes)| {
        chain.with(limits::RESERVE_NUMBERS + said.0, hash(bytes), said.1)
    });
    assert_eq!(reply.receipt.chain, *chain.bytes());
    let device = &office.consultant;
    assert!(reply.receipt.is_signed_by(&office.server_key, device.tenant, &reply.clock.epoch, device.id));
}

#[test]
fn the_device_s_own_count_goes_on_as_if_nothing_had_been_handed_in() {
    let server = TestServer::start();
    let mut office = Office::new(&server);
    assert_eq!(office.hand_in(&[office.reserve(1)]), [Taken]);
    let written = content(&mut office.consultant, office.folder, 40);
    let reply = office.consultant.try_push(&server, &[written]).unwrap();
    assert_eq!((reply.results[0].code, reply.last_dseq), (Taken, office.consultant.dseq));
}

#[test]
fn reserve_numbers_are_of_no_use_in_an_exchange() {
    let server = TestServer::start();
    let office = Office::new(&server);
    let refused = office.consultant.try_push(&server, &[office.reserve(1)]).unwrap_err();
    assert_eq!(refused.problem.code, ErrorCode::BadRequest);
}

#[test]
fn a_blocked_device_and_one_shut_out_hand_in_all_the_same() {
    let server = TestServer::start();
    let mut office = Office::new(&server);
    for (number, state) in [(1, DeviceState::Blocked), (2, DeviceState::Revoked)] {
        office.set(state);
        assert_eq!(office.hand_in(&[office.reserve(number)]), [Taken], "{state:?}");
    }
}

#[test]
fn what_is_forged_altered_or_of_another_kind_sinks_the_request_and_uses_up_no_number() {
    let server = TestServer::start();
    let mut office = Office::new(&server);
    let mut altered = office.reserve(1);
    altered[200] ^= 1;
    assert_eq!(office.refused(&[altered]), ErrorCode::BadRequest);
    let forged = reserve(&TestDevice { id: office.leader.id, ..office.consultant.clone() }, office.folder, 1);
    assert_eq!(office.refused(&[forged]), ErrorCode::BadRequest);
    let written = content(&mut office.consultant, office.folder, 40);
    assert_eq!(office.refused(&[written]), ErrorCode::BadRequest);
    assert_eq!(office.refused(&[office.reserve(2), office.reserve(1)]), ErrorCode::BadRequest);
    assert_eq!(office.refused(&[]), ErrorCode::BadRequest);
    let many: Vec<Vec<u8>> = (0..65).map(|number| office.reserve(number)).collect();
    assert_eq!(office.refused(&many), ErrorCode::TooLarge);
    assert_eq!(office.hand_in(&[office.reserve(1)]), [Taken]);
}

#[test]
fn what_was_refused_may_be_handed_in_again() {
    let server = TestServer::start();
    let mut office = Office::new(&server);
    let later = fresh_id();
    let made = reserve(&office.consultant, later, 1);
    assert_eq!(office.hand_in(std::slice::from_ref(&made)), [NoGrant]);
    let founded = new_folder(&mut office.leader, later, office.programme);
    assert_eq!(office.leader.push(&server, &[founded]), [Taken]);
    assert_eq!(office.hand_in(&[made]), [Taken]);
}

#[test]
fn what_one_device_hands_in_on_one_day_is_bounded() {
    let server = TestServer::with("[limits]\ndeposit_bytes_per_day = 700".parse().unwrap());
    let office = Office::new(&server);
    assert_eq!(office.hand_in(&[office.reserve(1)]), [Taken]);
    assert!(office.hand_in(&(2..9).map(|number| office.reserve(number)).collect::<Vec<_>>()).contains(&Quota));
}
