//! Random schedules of writing, granting and reading: nobody misses a row, and nobody gets one too many.

use feltbog_domain::{FolderId, Rights};
use feltbog_protocol::RefusalCode;
use proptest::prelude::*;

use crate::support::{Reader, TestServer, TestTenant, content, fresh_id, grant, new_folder};

const MEMBERS: usize = 3;
const FOLDERS: usize = 3;

#[derive(Debug, Clone)]
enum Step {
    /// A member writes in a folder, allowed or not.
    Write { member: usize, folder: usize, size: usize },
    /// The folder's maker opens it to a member.
    Grant { folder: usize, member: usize },
    /// A member's device exchanges; the reply may be lost.
    Exchange { member: usize, page: u32, lost: bool },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..MEMBERS, 0..FOLDERS, 50_usize..6_000)
            .prop_map(|(member, folder, size)| Step::Write { member, folder, size }),
        1 => (0..FOLDERS, 0..MEMBERS).prop_map(|(folder, member)| Step::Grant { folder, member }),
        3 => (0..MEMBERS, prop_oneof![Just(0_u32), Just(60_000)], any::<bool>())
            .prop_map(|(member, page, lost)| Step::Exchange { member, page, lost }),
    ]
}

/// Folder n is made by member n; what each member may open, and all rows there are.
struct World<'s> {
    server: &'s TestServer,
    readers: Vec<Reader>,
    folders: Vec<FolderId>,
    granted: Vec<Vec<bool>>,
    rows: Vec<Vec<u64>>,
}

impl<'s> World<'s> {
    fn new(server: &'s TestServer) -> Self {
        let tenant = TestTenant::found(server);
        let mut readers: Vec<Reader> = (0..MEMBERS).map(|_| Reader::new(tenant.enrol_consultant())).collect();
        let folders: Vec<FolderId> = (0..FOLDERS).map(|_| fresh_id()).collect();
        let granted = (0..MEMBERS).map(|member| (0..FOLDERS).map(|folder| folder == member).collect()).collect();
        let mut rows = Vec::new();
        for (reader, folder) in readers.iter_mut().zip(&folders) {
            let made = new_folder(&mut reader.device, *folder, tenant.programme);
            let reply = reader.device.try_push(server, &[made]).unwrap();
            rows.push(vec![reply.results[0].seq.unwrap()]);
        }
        Self { server, readers, folders, granted, rows }
    }

    fn take(&mut self, step: &Step) {
        match *step {
            Step::Write { member, folder, size } => {
                let device = &mut self.readers[member].device;
                let envelope = content(device, self.folders[folder], size);
                let result = device.try_push(self.server, &[envelope]).unwrap().results[0];
                let allowed = self.granted[member][folder];
                assert_eq!(result.code == RefusalCode::Ok, allowed);
                self.rows[folder].extend(result.seq);
            }
            Step::Grant { folder, member } => {
                let (to, folder_id) = (self.readers[member].device.member, self.folders[folder]);
                let maker = &mut self.readers[folder].device;
                let envelope = grant(maker, folder_id, to, Rights::MANAGE);
                let result = maker.try_push(self.server, &[envelope]).unwrap().results[0];
                self.rows[folder].push(result.seq.unwrap());
                self.granted[member][folder] = true;
            }
            Step::Exchange { member, page, lost: true } => self.readers[member].exchange_lost(self.server, page),
            Step::Exchange { member, page, lost: false } => drop(self.readers[member].exchange(self.server, page)),
        }
        self.nobody_has_too_much();
    }

    fn nobody_has_too_much(&self) {
        for (reader, granted) in self.readers.iter().zip(&self.granted) {
            for (folder, granted) in self.folders.iter().zip(granted) {
                assert!(*granted || !reader.has_content_of(*folder), "content without a grant");
            }
        }
    }

    fn everybody_has_all_after_draining(&mut self) {
        for (reader, granted) in self.readers.iter_mut().zip(&self.granted) {
            reader.drain(self.server, 0);
            for ((folder, granted), rows) in self.folders.iter().zip(granted).zip(&self.rows) {
                let expected: &[u64] = if *granted { rows } else { &[] };
                assert_eq!(reader.of_folder(*folder), expected);
            }
        }
    }
}

#[test]
fn whatever_the_schedule_each_member_ends_with_the_rows_of_the_granted_folders_and_no_others() {
    let server = TestServer::start();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(24));
    let outcome = runner.run(&prop::collection::vec(step(), 0..60), |steps| {
        let mut world = World::new(&server);
        steps.iter().for_each(|step| world.take(step));
        world.nobody_has_too_much();
        world.everybody_has_all_after_draining();
        Ok(())
    });
    outcome.unwrap();
}
