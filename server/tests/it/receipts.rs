//! Receipts: the server's signed word that it disposed of what was pushed.

use feltbog_protocol::{Envelope, ReceiptChain, RefusalCode};

use crate::support::{TestServer, TestTenant, content, fresh_id, new_folder};

#[test]
fn a_receipt_speaks_for_every_pushed_envelope_and_its_disposition() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut founder, folder) = (tenant.founder.clone(), fresh_id());
    let push = [
        new_folder(&mut founder, folder, tenant.programme),
        content(&mut founder, fresh_id(), 40),
        content(&mut founder, folder, 40),
    ];
    let reply = founder.try_push(&server, &push).unwrap();
    let receipt = reply.receipt.unwrap();
    let codes = [RefusalCode::Ok, RefusalCode::NoGrant, RefusalCode::Ok];
    let chain = push.iter().zip(codes).zip(2_u64..).fold(ReceiptChain::default(), |chain, ((bytes, code), dseq)| {
        chain.with(dseq, Envelope::decode(bytes.clone()).unwrap().hash(), code)
    });
    assert_eq!((receipt.first, receipt.last, receipt.chain), (2, 4, *chain.bytes()));
    assert!(receipt.is_signed_by(&tenant.server_key, tenant.id, &founder.epoch, founder.id));
    assert!(!receipt.is_signed_by(&tenant.server_key, tenant.id, &[0; 16], founder.id));
}

#[test]
fn a_push_that_is_repeated_gets_the_same_receipt() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut founder, folder) = (tenant.founder.clone(), fresh_id());
    let push = [new_folder(&mut founder, folder, tenant.programme), content(&mut founder, folder, 40)];
    let first = founder.try_push(&server, &push).unwrap();
    let again = founder.try_push(&server, &push).unwrap();
    assert!(first.receipt.is_some());
    assert_eq!(again.receipt, first.receipt);
}

#[test]
fn without_a_push_there_is_no_receipt_but_a_lease() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let reply = tenant.founder.try_push(&server, &[]).unwrap();
    assert_eq!(reply.receipt, None);
    let lease = reply.lease.unwrap();
    assert!(lease.is_signed_by(&tenant.server_key, tenant.id, tenant.founder.id));
    assert!(!lease.is_signed_by(&tenant.server_key, tenant.id, fresh_id()));
    assert_eq!(lease.until_ms - reply.clock.time_ms, 35 * 24 * 60 * 60 * 1000);
}
