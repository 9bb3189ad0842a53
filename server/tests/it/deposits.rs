//! Work that found no open folder: anybody may hand it in, leaders and deputies of the programme get it.

use feltbog_domain::{FolderId, Rights};
use feltbog_protocol::{BackfillAsk, BackfillPart, RefusalCode, SyncRequest, limits};

use crate::support::{TestDevice, TestServer, TestTenant, content, deposit, fresh_id, grant, new_folder, revoke};

use RefusalCode::{BadFrame, BadSignature, NoGrant, Ok as Taken};

fn deposits_in_the_feed_of(server: &TestServer, device: &TestDevice) -> usize {
    device.pull(server, 0).iter().filter(|row| row.header().kind == 11).count()
}

fn deposits_backfilled_to(server: &TestServer, device: &TestDevice, folder: FolderId, part: BackfillPart) -> usize {
    let ask = BackfillAsk { part, ..BackfillAsk::whole(folder, 0, 1_000) };
    let request = SyncRequest { backfill: vec![ask], max_bytes: limits::PAGE_MAX, ..SyncRequest::default() };
    let reply = device.sync(server, &request).unwrap();
    reply.backfill_rows.iter().filter(|row| row.envelope[5] == 11).count()
}

#[test]
fn work_handed_in_reaches_the_programmes_leaders_and_deputies_and_its_own_device_and_nobody_else() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut leader, folder) = (tenant.founder.clone(), fresh_id());
    let (mut leaver, stayer, deputy) = (tenant.enrol_consultant(), tenant.enrol_consultant(), tenant.enrol_deputy());
    let ungranted = tenant.enrol_deputy();
    let push = [
        new_folder(&mut leader, folder, tenant.programme),
        grant(&mut leader, folder, leaver.member, Rights::WRITE),
        grant(&mut leader, folder, stayer.member, Rights::WRITE),
        grant(&mut leader, folder, deputy.member, Rights::MANAGE),
        revoke(&mut leader, folder, leaver.member),
    ];
    assert_eq!(leader.push(&server, &push), [Taken; 5]);
    let late = content(&mut leaver, folder, 40);
    let handed_in = deposit(&mut leaver, folder, late.clone());
    assert_eq!(leaver.push(&server, &[late, handed_in]), [NoGrant, Taken]);
    let count = |device| {
        let backfilled = |part| deposits_backfilled_to(&server, device, folder, part);
        let parts = [BackfillPart::All, BackfillPart::Access, BackfillPart::Content].map(backfilled);
        (deposits_in_the_feed_of(&server, device), parts)
    };
    assert_eq!(count(&leader), (1, [1, 0, 1]));
    assert_eq!(count(&deputy), (1, [1, 0, 1]));
    assert_eq!(count(&leaver), (1, [0, 0, 0]), "its own feed has it; a backfill needs a grant");
    assert_eq!(count(&stayer), (0, [0, 0, 0]), "a grant without the office");
    assert_eq!(count(&ungranted), (0, [0, 0, 0]), "the office without a grant");
}

#[test]
fn a_deposit_carries_an_envelope_of_its_own_device_for_its_own_folder() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut leader, mut outsider, folder) = (tenant.founder.clone(), tenant.enrol_consultant(), fresh_id());
    let push = [new_folder(&mut leader, folder, tenant.programme), content(&mut leader, folder, 40)];
    leader.push(&server, &push);
    let mut altered = content(&mut outsider, folder, 40);
    altered[170] ^= 1;
    let elsewhere = content(&mut outsider, fresh_id(), 40);
    let somebody_elses = push[1].clone();
    outsider.dseq = 1;
    let push = [
        deposit(&mut outsider, folder, altered),
        deposit(&mut outsider, folder, elsewhere.clone()),
        deposit(&mut outsider, folder, somebody_elses),
        deposit(&mut outsider, folder, b"no envelope".to_vec()),
        deposit(&mut outsider, fresh_id(), elsewhere),
    ];
    assert_eq!(outsider.push(&server, &push), [BadSignature, BadFrame, BadSignature, BadFrame, NoGrant]);
}
