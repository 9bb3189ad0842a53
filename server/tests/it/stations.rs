//! A recovery station: entered with the root's signature, for a day.

use ed25519_dalek::SigningKey;
use feltbog_domain::FolderId;
use feltbog_protocol::{EnvelopeKind, ErrorCode, Issuer, RefusalCode, SignedStatement, Statement, limits};

use crate::support::{TestDevice, TestServer, TestTenant, bundle_of, certify, fresh_key, now_ms, send_enrol};

const MINUTE_MS: i64 = 60 * 1000;

/// A station's certificate in the root's name.
pub(crate) fn station(
    tenant: &TestTenant<'_>,
    device: &TestDevice,
    signed_by: &SigningKey,
    good_for_ms: i64,
) -> SignedStatement {
    let statement = Statement::Station {
        device: device.id,
        member: device.member,
        sign_public: device.key.verifying_key().to_bytes(),
        reason: 1,
        expires_ms: now_ms() + good_for_ms,
    };
    certify(tenant.id, Issuer::Root, signed_by, &statement)
}

fn refusal(tenant: &TestTenant<'_>, device: &TestDevice, certificate: SignedStatement) -> (u16, ErrorCode) {
    let refused = send_enrol(tenant.server, tenant.id, device.first_envelope(&[certificate])).unwrap_err();
    (refused.status, refused.problem.code)
}

#[test]
fn a_station_is_let_in_for_a_day_and_not_for_longer() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let device = TestDevice::new(tenant.id);
    let hour = 60 * MINUTE_MS;
    let longer = station(&tenant, &device, &tenant.root, limits::STATION_MS + hour);
    assert_eq!(refusal(&tenant, &device, longer), (403, ErrorCode::InvitationRefused));
    let over = station(&tenant, &device, &tenant.root, -hour);
    assert_eq!(refusal(&tenant, &device, over), (403, ErrorCode::InvitationExpired));
    let a_day = station(&tenant, &device, &tenant.root, limits::STATION_MS);
    send_enrol(&server, tenant.id, device.first_envelope(&[a_day])).unwrap();
}

#[test]
fn a_station_that_the_root_did_not_sign_is_not_let_in() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let device = TestDevice::new(tenant.id);
    for key in [fresh_key(), tenant.founder.key.clone()] {
        let forged = station(&tenant, &device, &key, MINUTE_MS);
        assert_eq!(refusal(&tenant, &device, forged), (403, ErrorCode::InvitationRefused));
    }
}

#[test]
fn a_station_comes_by_enrolment_only_whoever_signed_it() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut founder, device) = (tenant.founder.clone(), TestDevice::new(tenant.id));
    let own = founder.key.clone();
    for key in [&tenant.root, &own] {
        let certificate = station(&tenant, &device, key, MINUTE_MS);
        let pushed = founder.seal(EnvelopeKind::Certificate, FolderId::NONE, 0, &bundle_of(&[certificate]));
        assert_eq!(founder.push(&server, &[pushed]), [RefusalCode::NoGrant]);
    }
}
