//! Erasing a case: two people, everything of it gone from every file, and gone again after every restore.

use feltbog_domain::{FolderId, FolderKind, ProgrammeId, Rights};
use feltbog_protocol::{
    BackfillAsk, EnvelopeKind, ErrorCode, Principal, ReceiptProof, Recipient, RefusalCode, SyncRequest, limits,
};
use rusqlite::Connection;

use crate::support::{
    TestDevice, TestServer, TestTenant, confirm_erasure, content, deposit, fresh, fresh_id, grant, hash_of, key_record,
    new_folder, propose_erasure, purged,
};

use RefusalCode::{Erased, NoGrant, Ok as Taken, TwoPeople, UnknownProposal};

/// A deputy proposes, the founder (an administrator) confirms. Two cases, of which one shall go.
struct Town {
    administrator: TestDevice,
    deputy: TestDevice,
    consultant: TestDevice,
    programme: ProgrammeId,
    folder: FolderId,
    stays: FolderId,
    /// Sealed text and a wrapped key of the case that goes, and of the one that stays.
    goes: [Vec<u8>; 2],
    kept: [Vec<u8>; 2],
    /// The server's word on the consultant's text of the case that goes.
    written: (Vec<u8>, ReceiptProof),
}

impl Town {
    fn on(server: &TestServer) -> Self {
        let tenant = TestTenant::found(server);
        let (mut administrator, deputy, mut consultant) =
            (tenant.founder.clone(), tenant.enrol_deputy(), tenant.enrol_consultant());
        let (programme, folder, stays) = (tenant.programme, fresh_id(), fresh_id());
        let (mut marks, mut written) = (Vec::new(), Vec::new());
        for case in [folder, stays] {
            let (text, wrap) = (marked(96), marked(80));
            let mut record = key_record(&administrator, FolderKind::Employment, programme);
            record.recipients.push(Recipient {
                principal: Principal::Member(deputy.member),
                epoch: 1,
                wrap: wrap.clone(),
            });
            let push = [
                administrator.seal(EnvelopeKind::KeyRecord, case, 1, &feltbog_protocol::encode(&record)),
                grant(&mut administrator, case, deputy.member, Rights::MANAGE),
                grant(&mut administrator, case, consultant.member, Rights::WRITE),
            ];
            assert_eq!(administrator.push(server, &push), [Taken; 3]);
            let note = consultant.seal(EnvelopeKind::ChangeSet, case, 1, &text);
            let (codes, proof) = consultant.push_proven(server, std::slice::from_ref(&note));
            assert_eq!(codes, [Taken]);
            marks.push([text, wrap]);
            written.push((note, proof));
        }
        let kept = marks.pop().unwrap();
        let goes = marks.pop().unwrap();
        let written = written.swap_remove(0);
        Self { administrator, deputy, consultant, programme, folder, stays, goes, kept, written }
    }

    /// Proposes and confirms; gives the proofs of both.
    fn erase(&mut self, server: &TestServer) -> [(Vec<u8>, ReceiptProof); 2] {
        let proposal = propose_erasure(&mut self.deputy, &[self.folder], self.programme);
        let (codes, proposed) = self.deputy.push_proven(server, std::slice::from_ref(&proposal));
        assert_eq!(codes, [Taken]);
        let confirmation = confirm_erasure(&mut self.administrator, hash_of(&proposal));
        let (codes, confirmed) = self.administrator.push_proven(server, std::slice::from_ref(&confirmation));
        assert_eq!(codes, [Taken]);
        [(proposal, proposed), (confirmation, confirmed)]
    }

    fn holds(&self, server: &TestServer) -> bool {
        self.goes.iter().any(|mark| server.holds(mark))
    }
}

/// Bytes that stand nowhere else.
pub(crate) fn marked(size: usize) -> Vec<u8> {
    std::iter::repeat_with(fresh).flatten().take(size).collect()
}

pub(crate) fn kinds_of(server: &TestServer, device: &TestDevice, folder: FolderId) -> Vec<u8> {
    let backfill = vec![BackfillAsk::whole(folder, 0, 1_000)];
    let request = SyncRequest { backfill, max_bytes: limits::PAGE_MAX, ..SyncRequest::default() };
    let reply = device.sync(server, &request).unwrap();
    let rows = reply.rows.iter().chain(&reply.backfill_rows);
    rows.filter(|row| row.envelope[24..40] == *folder.as_bytes()).map(|row| row.envelope[5]).collect()
}

fn shred_keys(server: &TestServer, folder: FolderId) -> u32 {
    let shred = Connection::open(server.data().join("shred.db")).unwrap();
    shred.query_row("SELECT count(*) FROM shred WHERE folder = ?1", [folder.as_bytes()], |row| row.get(0)).unwrap()
}

#[test]
fn nobody_erases_alone_and_nobody_who_does_not_answer_for_the_case() {
    let server = TestServer::start();
    let mut town = Town::on(&server);
    let Town { folder, programme, .. } = town;
    let alone = propose_erasure(&mut town.administrator, &[folder], programme);
    let confirmed_alone = confirm_erasure(&mut town.administrator, hash_of(&alone));
    assert_eq!(town.administrator.push(&server, &[alone, confirmed_alone]), [Taken, TwoPeople]);
    let of_a_colleague = propose_erasure(&mut town.consultant, &[folder], programme);
    let unknown = confirm_erasure(&mut town.consultant, hash_of(&of_a_colleague));
    assert_eq!(town.consultant.push(&server, &[of_a_colleague.clone(), unknown]), [NoGrant, NoGrant]);
    let refused = confirm_erasure(&mut town.administrator, hash_of(&of_a_colleague));
    assert_eq!(town.administrator.push(&server, &[refused]), [UnknownProposal], "a refused proposal is none");
    let strange = propose_erasure(&mut town.deputy, &[folder, fresh_id()], programme);
    let elsewhere = propose_erasure(&mut town.deputy, &[folder], fresh_id());
    assert_eq!(town.deputy.push(&server, &[strange, elsewhere]), [NoGrant, NoGrant]);
    let mut unconfirmed = town.deputy.clone();
    let proposal = propose_erasure(&mut unconfirmed, &[folder], programme);
    let by_a_deputy = confirm_erasure(&mut unconfirmed, hash_of(&proposal));
    assert_eq!(unconfirmed.push(&server, &[proposal, by_a_deputy]), [Taken, NoGrant]);
    assert!(town.holds(&server), "nothing of all this erased anything");
    assert!(kinds_of(&server, &town.consultant, folder).contains(&1));
}

#[test]
fn an_erased_case_is_sent_to_nobody_and_takes_nothing_ever_again() {
    let server = TestServer::start();
    let mut town = Town::on(&server);
    let before = kinds_of(&server, &town.deputy, town.stays);
    town.erase(&server);
    for device in [&town.administrator, &town.deputy, &town.consultant] {
        assert_eq!(kinds_of(&server, device, town.folder), [0_u8; 0]);
        let erasures = device.pull(&server, 0).iter().filter(|row| row.header().kind == 6).count();
        assert_eq!(erasures, 2, "everybody is told");
    }
    let Town { folder, programme, .. } = town;
    let late = content(&mut town.consultant, folder, 40);
    let handed_in = deposit(&mut town.consultant, folder, late.clone());
    assert_eq!(town.consultant.push(&server, &[late, handed_in]), [Erased; 2]);
    let push = [
        grant(&mut town.deputy, folder, town.consultant.member, Rights::READ),
        new_folder(&mut town.deputy, folder, programme),
        propose_erasure(&mut town.deputy, &[folder], programme),
    ];
    assert_eq!(town.deputy.push(&server, &push), [Erased; 3]);
    assert_eq!(kinds_of(&server, &town.deputy, town.stays), before, "the other case is as it was");
    let more = content(&mut town.consultant, town.stays, 40);
    assert_eq!(town.consultant.push(&server, &[more]), [Taken]);
}

#[test]
fn no_file_of_the_server_holds_a_byte_of_an_erased_case() {
    let mut server = TestServer::start();
    let mut town = Town::on(&server);
    let [text, wrap] = town.goes.clone();
    assert!(server.holds(&text), "sealed text is found where it is");
    assert!(!server.holds(&wrap), "a wrapped key never stands in a file as it came");
    assert!(kinds_of(&server, &town.deputy, town.folder).contains(&3));
    town.erase(&server);
    assert!(!town.holds(&server), "while the server runs");
    server.restart();
    assert!(!town.holds(&server), "and after it has begun again");
    assert_eq!((shred_keys(&server, town.folder), shred_keys(&server, town.stays)), (0, 1));
    assert!(server.holds(&town.kept[0]), "the other case is there");
}

#[test]
fn an_older_copy_is_erased_again_before_the_first_answer() {
    for by_command in [false, true] {
        let mut server = TestServer::start();
        let mut town = Town::on(&server);
        let copy = server.copy();
        let [(proposal, proposed), (confirmation, confirmed)] = town.erase(&server);
        if by_command {
            server.stop();
            assert!(server.restore(&copy).status.success());
            assert!(!town.holds(&server), "before any server runs");
            server.restart();
        } else {
            server.put_back(&copy, true);
        }
        assert!(!town.holds(&server), "by command: {by_command}");
        let ask = SyncRequest { epoch: town.deputy.epoch, ..SyncRequest::default() };
        let refused = town.deputy.sync(&server, &ask).unwrap_err();
        assert_eq!(refused.problem.code, ErrorCode::EpochChanged);
        assert_eq!(kinds_of(&server, &town.deputy, town.folder), [0_u8; 0]);
        let late = content(&mut town.consultant.clone(), town.folder, 40);
        assert_eq!(town.consultant.push(&server, &[late]), [Erased]);
        // The two steps find their places again, in whatever order.
        assert_eq!(town.administrator.push_with(&server, &[confirmation], vec![confirmed]), [Taken]);
        assert_eq!(town.deputy.push_with(&server, &[proposal], vec![proposed]), [Taken]);
        assert!(!town.holds(&server));
    }
}

#[test]
fn a_shred_store_that_lost_a_key_costs_the_key_records_and_nothing_else() {
    let mut server = TestServer::start();
    let town = Town::on(&server);
    server.stop();
    let shred = Connection::open(server.data().join("shred.db")).unwrap();
    shred.execute("DELETE FROM shred WHERE folder = ?1", [town.folder.as_bytes()]).unwrap();
    drop(shred);
    server.restart();
    let kinds = kinds_of(&server, &town.deputy, town.folder);
    assert!(!kinds.contains(&3) && kinds.contains(&1), "{kinds:?}");
    assert!(kinds_of(&server, &town.deputy, town.stays).contains(&3));
}

#[test]
fn that_a_device_holds_nothing_more_is_told_to_the_offices_and_to_itself() {
    let server = TestServer::start();
    let mut town = Town::on(&server);
    let [_, (confirmation, _)] = town.erase(&server);
    let said = purged(&mut town.consultant, hash_of(&confirmation), &[town.folder]);
    assert_eq!(town.consultant.push(&server, &[said]), [Taken]);
    let count = |device: &TestDevice| device.pull(&server, 0).iter().filter(|row| row.header().kind == 8).count();
    let colleague = town.consultant.clone();
    let outsider = crate::support::TestInvitation::by(
        &town.administrator,
        vec![
            feltbog_domain::RoleGrant {
                role: feltbog_domain::Role::Consultant,
                programme: town.programme,
                side: feltbog_domain::Side::Employment,
            }
            .into(),
        ],
    )
    .enrol(&server)
    .unwrap();
    assert_eq!((count(&town.administrator), count(&town.deputy), count(&colleague), count(&outsider)), (1, 1, 1, 0));
    let certificates = vec![BackfillAsk::whole(FolderId::NONE, 0, 1_000)];
    let request = SyncRequest { backfill: certificates, max_bytes: limits::PAGE_MAX, ..SyncRequest::default() };
    let reply = town.deputy.sync(&server, &request).unwrap();
    let told = reply.backfill_rows.iter().filter(|row| matches!(row.envelope[5], 6 | 8)).count();
    assert_eq!(told, 3, "an office's new device is told of it with the certificates");
}

#[test]
fn work_of_an_erased_case_that_comes_back_with_its_receipt_is_refused() {
    let mut server = TestServer::start();
    let mut town = Town::on(&server);
    town.erase(&server);
    let (note, proof) = town.written.clone();
    // The copy knows the consultant, not the consultant's work.
    server.stop();
    server.lose_work_of(town.consultant.id);
    server.restart();
    assert_eq!(town.consultant.push_with(&server, &[note], vec![proof]), [Erased]);
    assert!(!town.holds(&server));
}

/// Of a log in a file alone.
mod on_file {
    use super::*;

    #[test]
    fn wraps_of_an_older_copy_cannot_be_read_once_the_key_is_gone() {
        let mut server = TestServer::start();
        let mut town = Town::on(&server);
        let copy = server.copy();
        town.erase(&server);
        let stored = |mark: &[u8]| copy.bytes().windows(mark.len()).any(|here| here == mark);
        assert!(stored(&town.goes[0]), "the copy holds the sealed text");
        assert!(!stored(&town.goes[1]) && !stored(&town.kept[1]), "and no wrapped key that could be opened");
        let shred = std::fs::read(server.data().join("shred.db")).unwrap();
        let key_of = |folder: FolderId| shred.windows(16).any(|here| here == folder.as_bytes());
        assert!(key_of(town.folder), "the list of erasures names the folder");
        assert_eq!(shred_keys(&server, town.folder), 0);
        // The copy without the list and without the key: whoever has it reads nothing of the wraps.
        let elsewhere = tempfile::tempdir().unwrap();
        std::fs::write(elsewhere.path().join("feltbog.db"), copy.bytes()).unwrap();
        let keys = Connection::open(elsewhere.path().join("shred.db")).unwrap();
        let ours = server.data().join("shred.db");
        keys.execute("ATTACH ?1 AS ours", [ours.to_str().unwrap()]).unwrap();
        keys.execute_batch("CREATE TABLE shred AS SELECT * FROM ours.shred; CREATE TABLE erasure_log AS SELECT * FROM ours.erasure_log WHERE 0;")
            .unwrap();
        drop(keys);
        let excerpt = feltbog_server::Excerpt { tenant: Some(town.deputy.tenant), after: 0, limit: 100, bytes: 4096 };
        let shown = feltbog_server::show_log(elsewhere.path(), &excerpt).unwrap();
        let records: Vec<_> = shown.iter().filter(|row| row.kind == 3).collect();
        assert_eq!(records.len(), 2);
        for (row, mark) in records.iter().zip([&town.goes[1], &town.kept[1]]) {
            let readable = row.first_bytes.windows(mark.len()).any(|here| here == mark);
            assert_eq!(readable, row.folder == town.stays);
        }
    }

    #[test]
    fn whatever_a_crash_leaves_between_the_steps_is_finished_at_the_next_start() {
        let mut server = TestServer::start();
        let mut town = Town::on(&server);
        server.stop();
        let (database, shred) = (server.data().join("feltbog.db"), server.data().join("shred.db"));
        let before = (std::fs::read(&database).unwrap(), std::fs::read(&shred).unwrap());
        server.restart();
        town.erase(&server);
        server.stop();
        let after = (std::fs::read(&database).unwrap(), std::fs::read(&shred).unwrap());
        // The key is still there, the list is written: once with the rows, once without.
        let half_done = {
            std::fs::write(&shred, &before.1).unwrap();
            let connection = Connection::open(&shred).unwrap();
            let done = tempfile::tempdir().unwrap();
            let path = done.path().join("done.db");
            std::fs::write(&path, &after.1).unwrap();
            connection.execute("ATTACH ?1 AS done", [path.to_str().unwrap()]).unwrap();
            connection.execute("INSERT INTO erasure_log SELECT * FROM done.erasure_log", []).unwrap();
            connection.execute("DETACH done", []).unwrap();
            drop(connection);
            std::fs::read(&shred).unwrap()
        };
        for (name, rows) in [("listed", &before.0), ("committed", &after.0)] {
            std::fs::write(&database, rows).unwrap();
            std::fs::write(&shred, &half_done).unwrap();
            std::fs::remove_file(server.data().join("feltbog.mark")).unwrap();
            assert_eq!(
                (shred_keys(&server, town.folder), town.holds(&server)),
                (1, name == "listed"),
                "{name}: as meant"
            );
            server.restart();
            assert_eq!((shred_keys(&server, town.folder), town.holds(&server)), (0, false), "{name}");
            assert_eq!(kinds_of(&server, &town.deputy, town.folder), [0_u8; 0], "{name}");
            assert!(kinds_of(&server, &town.deputy, town.stays).contains(&1), "{name}");
            server.stop();
        }
        // A key that was made for rows which never came does no harm.
        std::fs::write(&database, &before.0).unwrap();
        std::fs::write(&shred, &before.1).unwrap();
        std::fs::remove_file(server.data().join("feltbog.mark")).unwrap();
        Connection::open(&shred)
            .unwrap()
            .execute("INSERT INTO shred SELECT tenant, zeroblob(16), key FROM shred LIMIT 1", [])
            .unwrap();
        server.restart();
        assert!(kinds_of(&server, &town.deputy, town.folder).contains(&3));
    }
}
