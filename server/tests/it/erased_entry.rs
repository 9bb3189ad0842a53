//! Erasing one entry: the envelopes that held it keep their places and lose their bodies, what else they held stands anew,
//! and nothing sealed without knowing of it is taken.

use feltbog_domain::{DocumentId, FolderId, FolderKind, ProgrammeId, Rights};
use feltbog_protocol::{
    CaseRef, DocumentBytes, Envelope, EnvelopeBytes, EnvelopeKind, Erase, ErasedEntries, ErasedPart, ErasureProposal,
    Principal, ReceiptProof, Recipient, RefusalCode, SyncRequest, limits,
};

use crate::erasure::{kinds_of, marked};
use crate::support::{
    TestDevice, TestServer, TestTenant, bundle, confirm_erasure, content, fresh_id, grant, hash_of, key_record,
};

use RefusalCode::{NoGrant, Ok as Taken, StaleLineage, TwoPeople};

/// A consultant's envelope with an entry that shall go and something that stays; the deputy holds both.
struct Office {
    administrator: TestDevice,
    deputy: TestDevice,
    consultant: TestDevice,
    programme: ProgrammeId,
    folder: FolderId,
    text: Vec<u8>,
    written: (Vec<u8>, ReceiptProof),
    outline: Vec<u8>,
}

impl Office {
    fn on(server: &TestServer) -> Self {
        let tenant = TestTenant::found(server);
        let (mut administrator, mut deputy, mut consultant) =
            (tenant.founder.clone(), tenant.enrol_deputy(), tenant.enrol_consultant());
        let (programme, folder, text, outline) = (tenant.programme, fresh_id(), marked(96), marked(96));
        let mut record = key_record(&administrator, FolderKind::Employment, programme);
        let wrap = Recipient { principal: Principal::Member(deputy.member), epoch: 1, wrap: marked(80) };
        record.recipients.push(wrap);
        let made = [
            administrator.seal(EnvelopeKind::KeyRecord, folder, 1, &feltbog_protocol::encode(&record)),
            grant(&mut administrator, folder, deputy.member, Rights::MANAGE),
            grant(&mut administrator, folder, consultant.member, Rights::WRITE),
        ];
        assert_eq!(administrator.push(server, &made), [Taken; 3]);
        let note = consultant.seal(EnvelopeKind::ChangeSet, folder, 1, &text);
        let (codes, proof) = consultant.push_proven(server, std::slice::from_ref(&note));
        assert_eq!(codes, [Taken]);
        let outlined = deputy.seal(EnvelopeKind::ColdBundle, folder, 1, &outline);
        assert_eq!(deputy.push(server, &[outlined]), [Taken]);
        Self { administrator, deputy, consultant, programme, folder, text, written: (note, proof), outline }
    }

    /// What the consultant's envelope is to a proposal.
    fn part(&self, server: &TestServer, remainder: Option<u64>) -> ErasedPart {
        let envelope = Envelope::decode(self.written.0.clone()).unwrap();
        let (device, dseq) = (envelope.header().device, envelope.header().dseq);
        let rows = self.consultant.pull(server, 0);
        let seq = rows.iter().find(|row| row.hash() == envelope.hash()).map(|row| self.place(server, row)).unwrap();
        ErasedPart { hash: envelope.hash().0, device, dseq, seq, kind: 1, remainder }
    }

    fn place(&self, server: &TestServer, wanted: &Envelope) -> u64 {
        let request = SyncRequest { max_bytes: limits::PAGE_MAX, ..SyncRequest::default() };
        let reply = self.consultant.sync(server, &request).unwrap();
        reply.rows.iter().find(|row| row.envelope == wanted.bytes()).unwrap().seq
    }

    fn wish(&self, part: ErasedPart) -> ErasureProposal {
        let entries = ErasedEntries {
            folder: self.folder,
            kind: FolderKind::Employment.code(),
            documents: vec![DocumentBytes(DocumentId::new([5; 16]))],
            parts: vec![part],
        };
        ErasureProposal {
            folders: Vec::new(),
            entries: vec![entries],
            programme: self.programme,
            reason: 2,
            subjects: Vec::new(),
            members: vec![self.deputy.member, self.consultant.member],
            case_ref: CaseRef(*fresh_id::<FolderId>().as_bytes()),
        }
    }

    fn proposed(&mut self, wish: &ErasureProposal) -> Vec<u8> {
        let body = feltbog_protocol::encode(&Erase::Proposal(wish.clone()));
        self.deputy.seal(EnvelopeKind::Erase, FolderId::NONE, 0, &body)
    }

    /// The remainder, the proposal, the confirmation; gives what stays and the proofs of the two steps.
    fn erase(&mut self, server: &TestServer) -> (Vec<u8>, [(Vec<u8>, ReceiptProof); 2]) {
        let stays = marked(96);
        let part = self.part(server, Some(self.deputy.dseq + 1));
        let remainder = self.deputy.seal(EnvelopeKind::ChangeSet, self.folder, 1, &stays);
        let proposal = self.proposed(&self.wish(part));
        let (codes, proposed) = self.deputy.push_proven(server, &[remainder, proposal.clone()]);
        assert_eq!(codes, [Taken; 2]);
        assert!(server.holds(&self.text), "one person alone erases nothing");
        let alone = confirm_erasure(&mut self.deputy.clone(), hash_of(&proposal));
        assert_eq!(self.deputy.clone().push(server, &[alone]), [NoGrant]);
        self.deputy.dseq += 1;
        let confirmation = confirm_erasure(&mut self.administrator, hash_of(&proposal));
        let (codes, confirmed) = self.administrator.push_proven(server, std::slice::from_ref(&confirmation));
        assert_eq!(codes, [Taken]);
        (stays, [(proposal, proposed), (confirmation, confirmed)])
    }
}

fn push_knowing(device: &TestDevice, server: &TestServer, knows: Option<u64>, envelope: Vec<u8>) -> RefusalCode {
    let push = vec![EnvelopeBytes(envelope)];
    let request = SyncRequest { push, knows_erasures_to: knows, ..SyncRequest::default() };
    device.sync(server, &request).unwrap().results[0].code
}

#[test]
fn an_erased_entry_is_in_no_file_and_everything_else_is_where_it_was() {
    let mut server = TestServer::start();
    let mut office = Office::on(&server);
    assert!(server.holds(&office.outline));
    let head = office.deputy.sync(&server, &SyncRequest::default()).unwrap().clock.head;
    let (stays, _) = office.erase(&server);
    for again in [false, true] {
        if again {
            server.restart();
        }
        assert!(!server.holds(&office.text), "again: {again}");
        assert!(!server.holds(&office.outline), "an outline of the folder tells of the entry as well");
        assert!(server.holds(&stays));
        let contents = kinds_of(&server, &office.deputy, office.folder).into_iter().filter(|kind| *kind == 1);
        assert_eq!(contents.count(), 2, "what stays, once in the feed and once in the folder");
    }
    let clock = office.deputy.sync(&server, &SyncRequest::default()).unwrap().clock;
    assert_eq!(clock.head, head + 3, "its row keeps its place, and nothing moved");
    let (note, _) = office.written.clone();
    assert_eq!(office.consultant.push(&server, &[note]), [Taken], "asked again, the answer is the same");
    assert!(!server.holds(&office.text));
}

#[test]
fn what_was_sealed_without_knowing_of_an_erasure_is_refused_until_its_author_knows() {
    let server = TestServer::start();
    let mut office = Office::on(&server);
    office.erase(&server);
    let head = office.deputy.sync(&server, &SyncRequest::default()).unwrap().clock.head;
    let mut consultant = office.consultant.clone();
    let mut push = |knows| {
        let envelope = content(&mut consultant, office.folder, 40);
        push_knowing(&consultant, &server, knows, envelope)
    };
    assert_eq!(push(Some(head - 1)), StaleLineage);
    assert_eq!(push(Some(head)), Taken);
    assert_eq!(push(None), Taken, "a version that does not say so is not shut out");
    let outline = bundle(&mut office.deputy, office.folder, 1, 60);
    assert_eq!(push_knowing(&office.deputy, &server, Some(0), outline), StaleLineage);
}

#[test]
fn a_proposal_names_what_stands_in_the_log_and_comes_after_what_it_leaves() {
    let server = TestServer::start();
    let mut office = Office::on(&server);
    let part = office.part(&server, None);
    let mut refused = |part: ErasedPart, name: &str| {
        let wish = office.wish(part);
        let proposal = office.proposed(&wish);
        assert_eq!(office.deputy.push(&server, &[proposal]), [NoGrant], "{name}");
    };
    refused(ErasedPart { hash: [1; 32], ..part }, "another envelope under the number");
    refused(ErasedPart { seq: part.seq + 1, ..part }, "another place");
    refused(ErasedPart { remainder: Some(1_000), ..part }, "a remainder that was not sent");
    let mut of_consultant = office.consultant.clone();
    let body = feltbog_protocol::encode(&Erase::Proposal(office.wish(part)));
    let alone = of_consultant.seal(EnvelopeKind::Erase, FolderId::NONE, 0, &body);
    assert_eq!(of_consultant.push(&server, &[alone]), [NoGrant]);
    let by_administrator = office.administrator.seal(EnvelopeKind::Erase, FolderId::NONE, 0, &body);
    let both = confirm_erasure(&mut office.administrator, hash_of(&by_administrator));
    assert_eq!(office.administrator.push(&server, &[by_administrator, both]), [Taken, TwoPeople]);
    assert!(server.holds(&office.text));
}

#[test]
fn who_belongs_where_is_never_erased_by_naming_its_row() {
    let server = TestServer::start();
    let mut office = Office::on(&server);
    let rows = office.deputy.pull(&server, 0);
    let granted = rows.iter().find(|row| row.header().kind == EnvelopeKind::Grant.code()).unwrap();
    let request = SyncRequest { max_bytes: limits::PAGE_MAX, ..SyncRequest::default() };
    let reply = office.deputy.sync(&server, &request).unwrap();
    let seq = reply.rows.iter().find(|row| row.envelope == granted.bytes()).unwrap().seq;
    let header = granted.header();
    let (hash, device) = (granted.hash().0, header.device);
    let part = ErasedPart { hash, device, dseq: header.dseq, seq, kind: 1, remainder: None };
    let wish = office.wish(part);
    let proposal = office.proposed(&wish);
    assert_eq!(office.deputy.push(&server, std::slice::from_ref(&proposal)), [Taken]);
    let confirmation = confirm_erasure(&mut office.administrator, hash_of(&proposal));
    assert_eq!(office.administrator.push(&server, &[confirmation]), [Taken]);
    assert!(office.deputy.pull(&server, 0).iter().any(|row| row.hash() == granted.hash()));
}

#[test]
fn an_older_copy_loses_the_entry_again_and_takes_it_from_nobody() {
    let mut server = TestServer::start();
    let mut office = Office::on(&server);
    let copy = server.copy();
    let (_, steps) = office.erase(&server);
    server.put_back(&copy, true);
    assert!(!server.holds(&office.text), "before the first answer");
    assert!(!server.holds(&office.outline));
    // The copy of another day knows the consultant, and not what the consultant wrote.
    server.stop();
    server.lose_work_of(office.consultant.id);
    server.restart();
    let (note, proof) = office.written.clone();
    assert_eq!(office.consultant.push_with(&server, &[note], vec![proof]), [Taken], "its place is taken again");
    assert!(!server.holds(&office.text), "without what stood there");
    assert!(!kinds_of(&server, &office.deputy, office.folder).contains(&1));
    let [_, (confirmation, confirmed)] = steps;
    assert_eq!(office.administrator.push_with(&server, &[confirmation], vec![confirmed]), [Taken]);
}
