//! Staff login: what a server that asks for one takes, and everything it does not, against a provider that says anything.

use data_encoding::BASE64URL_NOPAD;
use feltbog_protocol::{
    BackfillAsk, DeviceState, EnvelopeKind, ErrorCode, Issuer, LoginFault, LoginProof, LoginReply, LoginTerms,
    LoginWanted, RefusalCode, Statement, SyncRequest, limits,
};
use serde_json::{Value, json};

use crate::support::{
    FakeProvider, Refused, TestDevice, TestInvitation, TestServer, TestTenant, bundle_of, certify, content, ec_jwk,
    fresh, grant, new_ec_key, new_folder, now_ms, send_enrol, send_enrol_with,
};

use crate::stations::station;
use LoginFault::{NotValid, OtherPerson};

const DAY_MS: i64 = 86_400_000;

pub(crate) fn invited<'s>(tenant: &TestTenant<'s>) -> TestInvitation {
    TestInvitation::by(&tenant.founder, tenant.consultant())
}

fn wanted(refused: Refused) -> LoginWanted {
    assert_eq!((refused.status, refused.problem.code), (401, ErrorCode::LoginRequired), "{refused:?}");
    *refused.problem.login.unwrap()
}

pub(crate) fn fault(refused: Refused) -> Option<LoginFault> {
    wanted(refused).fault
}

#[test]
fn rsa_signatures_of_both_kinds_are_taken() {
    let provider = FakeProvider::start();
    let server = TestServer::with(provider.config());
    let tenant = TestTenant::found(&server);
    for alg in ["RS256", "PS256"] {
        let invitation = invited(&tenant);
        let mut token = provider.token(&invitation.device, alg);
        token.header = json!({ "alg": alg, "kid": "rsa" });
        invitation.enrol_with(&server, Some(provider.signed(&token))).unwrap();
    }
}

#[test]
fn each_municipality_asks_for_its_own_login_and_the_others_for_none() {
    let provider = FakeProvider::start();
    let mut server = TestServer::start();
    let started = server.init("Ringsted Kommune");
    server.ask_for(provider.config_of(started.tenant));
    let (ringsted, slagelse) = (TestTenant::of(&server, started.bootstrap), TestTenant::found(&server));

    invited(&slagelse).enrol(&server).unwrap();
    let invitation = invited(&ringsted);
    let asked = wanted(invitation.enrol_with(&server, None).unwrap_err());
    assert_eq!((asked.terms.issuer, asked.fault), (provider.issuer(), None));
    let token = provider.token(&invitation.device, "aase");
    invitation.enrol_with(&server, Some(provider.signed(&token))).unwrap();
}

#[test]
fn a_key_is_meant_by_name_and_two_of_one_name_are_nobodys() {
    let provider = FakeProvider::start();
    let second = ec_jwk("ec", &new_ec_key());
    provider.publish_keys(|keys| keys.push(second));
    let server = TestServer::with(provider.config());
    let tenant = TestTenant::found(&server);
    let invitation = invited(&tenant);
    let mut token = provider.token(&invitation.device, "aase");
    assert_eq!(fault(invitation.enrol_with(&server, Some(provider.signed(&token))).unwrap_err()), Some(NotValid));
    // The name of one key and the kind of another: of that kind there is one.
    token.header = json!({ "alg": "RS256" });
    invitation.enrol_with(&server, Some(provider.signed(&token))).unwrap();
}

#[test]
fn keys_for_other_purposes_and_other_algorithms_verify_nothing() {
    let provider = FakeProvider::start();
    provider.publish_keys(|keys| {
        keys[0]["use"] = json!("enc");
        keys[1]["alg"] = json!("PS256");
    });
    let server = TestServer::with(provider.config());
    let tenant = TestTenant::found(&server);
    let invitation = invited(&tenant);
    let mut token = provider.token(&invitation.device, "aase");
    assert_eq!(fault(invitation.enrol_with(&server, Some(provider.signed(&token))).unwrap_err()), Some(NotValid));
    token.header = json!({ "alg": "RS256", "kid": "rsa" });
    assert_eq!(fault(invitation.enrol_with(&server, Some(provider.signed(&token))).unwrap_err()), Some(NotValid));
    token.header = json!({ "alg": "PS256", "kid": "rsa" });
    invitation.enrol_with(&server, Some(provider.signed(&token))).unwrap();
}

#[test]
fn an_invitation_alone_is_told_what_is_wanted() {
    let provider = FakeProvider::start();
    let server = TestServer::with(provider.config());
    let tenant = TestTenant::found(&server);
    let LoginWanted { terms, fault } = wanted(invited(&tenant).enrol(&server).unwrap_err());
    let issuer = provider.issuer();
    let expected = LoginTerms {
        issuer: issuer.clone(),
        client_id: "feltbog-test".into(),
        scope: "openid".into(),
        acr_values: vec!["urn:test:high".into(), "urn:test:substantial".into()],
        authorization_endpoint: format!("{issuer}/auth"),
        token_endpoint: format!("{issuer}/token"),
        max_age_s: 600,
        redirect_uri: "http://127.0.0.1/callback".into(),
        names_issuer: true,
    };
    assert_eq!((terms, fault), (expected, None));
}

#[test]
fn an_invitation_that_is_over_sends_nobody_to_log_in() {
    let provider = FakeProvider::start();
    let server = TestServer::with(provider.config());
    let tenant = TestTenant::found(&server);
    let over = TestInvitation::good_for(&tenant.founder, tenant.consultant(), -1);
    assert_eq!(over.enrol(&server).unwrap_err().problem.code, ErrorCode::InvitationExpired);
    let used = invited(&tenant);
    used.enrol_with(&server, Some(provider.proof(&used.device, "aase"))).unwrap();
    let other = TestInvitation { device: TestDevice::new(used.device.tenant), ..used };
    assert_ne!(other.enrol(&server).unwrap_err().problem.code, ErrorCode::LoginRequired);
}

#[test]
fn a_stolen_token_is_of_no_use_to_another_device() {
    let provider = FakeProvider::start();
    let server = TestServer::with(provider.config());
    let tenant = TestTenant::found(&server);
    let (victim, thief) = (invited(&tenant), invited(&tenant));
    let stolen = provider.proof(&victim.device, "aase");
    assert_eq!(fault(thief.enrol_with(&server, Some(stolen.clone())).unwrap_err()), Some(NotValid));
    // Not even under the victim's own id: the key is another one.
    let mut pretender = thief.device.clone();
    pretender.id = victim.device.id;
    let envelope = pretender.first_envelope(&thief.statements_for(&pretender));
    let refused = send_enrol_with(&server, pretender.tenant, envelope, Some(stolen.clone())).unwrap_err();
    assert_eq!(fault(refused), Some(NotValid));
    victim.enrol_with(&server, Some(stolen)).unwrap();
}

#[test]
fn a_token_by_another_issuer_lets_nobody_in_whatever_it_says_of_itself() {
    let (provider, other) = (FakeProvider::start(), FakeProvider::start());
    let server = TestServer::with(provider.config());
    let tenant = TestTenant::found(&server);
    let invitation = invited(&tenant);
    let device = &invitation.device;
    let genuine = || other.token(device, "aase");
    let mut pretended = genuine();
    pretended.claims["iss"] = json!(provider.issuer());
    for token in [genuine(), pretended] {
        assert_eq!(fault(invitation.enrol_with(&server, Some(other.signed(&token))).unwrap_err()), Some(NotValid));
    }
    let aase = invitation.enrol_with(&server, Some(provider.proof(device, "aase"))).unwrap();
    assert_eq!(fault(aase.log_in(&server, Some(other.proof(&aase, "aase"))).unwrap_err()), Some(NotValid));
    assert_eq!(other.keys_asked(), 0, "nobody asks a stranger for keys");
}

#[test]
fn another_issuer_in_the_configuration_binds_everybody_anew() {
    let (first, second) = (FakeProvider::start(), FakeProvider::start());
    let mut server = TestServer::with(first.config());
    let founder = TestTenant::found(&server).founder.clone();
    founder.log_in(&server, Some(first.proof(&founder, "ida"))).unwrap();
    server.ask_for(second.config());
    assert_eq!(fault(founder.log_in(&server, Some(first.proof(&founder, "ida"))).unwrap_err()), Some(NotValid));
    founder.log_in(&server, Some(second.proof(&founder, "ib"))).unwrap();
    assert_eq!(fault(founder.log_in(&server, Some(second.proof(&founder, "ida"))).unwrap_err()), Some(OtherPerson));
}

#[test]
fn a_recovery_station_is_asked_for_no_login_by_a_provider_that_is_silent() {
    let provider = FakeProvider::start();
    let server = TestServer::with(provider.config());
    let tenant = TestTenant::found(&server);
    provider.fall_silent();
    let device = TestDevice::new(tenant.id);
    let certificate = station(&tenant, &device, &tenant.root, limits::STATION_MS);
    send_enrol(&server, tenant.id, device.first_envelope(&[certificate])).unwrap();
    let served = device.sync(&server, &SyncRequest::default()).unwrap();
    assert_eq!(served.login_by_ms, None);
    assert!(!served.rows.is_empty() && served.lease.is_some());
    let LoginReply { terms, due_ms, .. } = device.log_in(&server, None).unwrap();
    assert_eq!((terms, due_ms), (None, None));
}

#[test]
fn one_account_is_one_person_and_stays_so() {
    let provider = FakeProvider::start();
    let server = TestServer::with(provider.config());
    let mut tenant = TestTenant::found(&server);
    let (first, second) = (invited(&tenant), invited(&tenant));
    let aase = first.enrol_with(&server, Some(provider.proof(&first.device, "aase"))).unwrap();
    let refused = second.enrol_with(&server, Some(provider.proof(&second.device, "aase"))).unwrap_err();
    assert_eq!(fault(refused), Some(OtherPerson), "one account for two people");
    assert_eq!(fault(aase.log_in(&server, Some(provider.proof(&aase, "bo"))).unwrap_err()), Some(OtherPerson));
    aase.log_in(&server, Some(provider.proof(&aase, "aase"))).unwrap();
    // Whoever left may come again.
    let founder = &mut tenant.founder;
    let left = Statement::MemberLeft { member: aase.member };
    let signed = certify(founder.tenant, Issuer::Device(founder.id), &founder.key, &left);
    let envelope = founder.seal(EnvelopeKind::Certificate, feltbog_domain::FolderId::NONE, 0, &bundle_of(&[signed]));
    assert_eq!(founder.push(&server, &[envelope]), [RefusalCode::Ok]);
    second.enrol_with(&server, Some(provider.proof(&second.device, "aase"))).unwrap();
}

#[test]
fn whoever_was_given_a_new_account_comes_with_it_once_the_operator_forgot_the_old_one() {
    let provider = FakeProvider::start();
    let mut server = TestServer::with(provider.config());
    let founder = TestTenant::found(&server).founder.clone();
    founder.log_in(&server, Some(provider.proof(&founder, "ida"))).unwrap();
    let forget =
        |store: feltbog_server::Store, member| feltbog_server::forget_login(store, member).map_err(|no| no.to_string());
    assert!(forget(server.store(), founder.member).unwrap_err().contains("stop it first"));
    server.stop();
    assert!(forget(server.store(), crate::support::fresh_id()).unwrap_err().contains("no account"));
    forget(server.store(), founder.member).unwrap();
    server.restart();
    founder.log_in(&server, Some(provider.proof(&founder, "ida.2"))).unwrap();
    assert_eq!(fault(founder.log_in(&server, Some(provider.proof(&founder, "ida"))).unwrap_err()), Some(OtherPerson));
}

#[test]
fn nobody_s_account_stands_in_the_server_s_files() {
    let provider = FakeProvider::start();
    let mut server = TestServer::with(provider.config());
    let tenant = TestTenant::found(&server);
    let invitation = invited(&tenant);
    let account = "aase.borg.0101704321@kommune.example";
    invitation.enrol_with(&server, Some(provider.proof(&invitation.device, account))).unwrap();
    let read = server.copy().bytes();
    assert!(
        read.windows(20).any(|part| part == &provider.issuer().as_bytes()[..20]),
        "it is looked for in the right place"
    );
    assert!(!read.windows(20).any(|part| part == &account.as_bytes()[..20]));
}

#[test]
fn a_lease_lasts_no_longer_than_the_login_carries() {
    let provider = FakeProvider::start();
    let server = TestServer::with(provider.config_with("renew_days = 10"));
    let tenant = TestTenant::found(&server);
    let invitation = invited(&tenant);
    let proof = provider.proof(&invitation.device, "aase");
    let envelope = invitation.device.first_envelope(&invitation.statements());
    let reply = send_enrol_with(&server, invitation.device.tenant, envelope.clone(), Some(proof)).unwrap();
    let ten_days = now_ms() + 10 * DAY_MS;
    let lease = |until_ms: i64| ten_days - 60_000 < until_ms && until_ms <= ten_days;
    assert!(lease(reply.lease.unwrap().until_ms));
    // Asked again, without a login: the same device, the same answer, nothing longer.
    let again = send_enrol_with(&server, invitation.device.tenant, envelope, None).unwrap();
    assert!(again.cert_seq == reply.cert_seq && lease(again.lease.unwrap().until_ms));
    let renewed = invitation.device.log_in(&server, Some(provider.proof(&invitation.device, "aase"))).unwrap();
    assert!(lease(renewed.lease.unwrap().until_ms) && lease(renewed.due_ms.unwrap()));
    let synced = invitation.device.sync(&server, &SyncRequest::default()).unwrap();
    assert!(lease(synced.lease.unwrap().until_ms));
    assert_eq!(synced.login_by_ms, None, "nobody is bothered ten days before");
}

/// A token of somebody who logged in two days ago, which a municipality may allow.
fn of_two_days_ago(provider: &FakeProvider, device: &TestDevice) -> LoginProof {
    let mut token = provider.token(device, "aase");
    token.claims["auth_time"] = json!(now_ms() / 1000 - 2 * 86_400);
    provider.signed(&token)
}

#[test]
fn whose_login_is_over_hands_in_and_is_sent_nothing_until_the_next() {
    let provider = FakeProvider::start();
    let server = TestServer::with(provider.config_with("renew_days = 1\nmax_age_seconds = 259200"));
    let mut tenant = TestTenant::found(&server);
    let invitation = invited(&tenant);
    let proof = of_two_days_ago(&provider, &invitation.device);
    let mut aase = invitation.enrol_with(&server, Some(proof)).unwrap();
    let (folder, founder) = (crate::support::fresh_id(), &mut tenant.founder);
    let made = [
        new_folder(founder, folder, tenant.programme),
        grant(founder, folder, aase.member, feltbog_domain::Rights::WRITE),
        content(founder, folder, 40),
    ];
    assert_eq!(founder.push(&server, &made), [RefusalCode::Ok; 3]);
    let ask = SyncRequest {
        epoch: aase.epoch,
        backfill: vec![BackfillAsk::whole(folder, 0, 1_000)],
        max_bytes: limits::PAGE_MAX,
        ..SyncRequest::default()
    };
    let reply = aase.sync(&server, &ask).unwrap();
    assert!(reply.rows.is_empty() && reply.backfill_rows.is_empty() && reply.lease.is_none());
    assert!(!reply.more && reply.backfill_done.iter().all(|done| !done.done));
    assert!(reply.login_by_ms.unwrap() < now_ms());
    let written = content(&mut aase, folder, 40);
    assert_eq!(
        aase.push(&server, &[written]),
        [RefusalCode::Ok],
        "what somebody wrote is never lost for want of a login"
    );

    let said = aase.log_in(&server, Some(provider.proof(&aase, "aase"))).unwrap();
    assert!(said.due_ms.unwrap() > now_ms());
    let reply = aase.sync(&server, &ask).unwrap();
    assert!(!reply.rows.is_empty() && reply.lease.is_some() && reply.login_by_ms.is_none());
    // The older token once more takes nothing back, and adds nothing.
    assert_eq!(aase.log_in(&server, Some(of_two_days_ago(&provider, &aase))).unwrap().due_ms, said.due_ms);
}

#[test]
fn no_successor_comes_in_past_the_login_of_the_device_before_it() {
    let provider = FakeProvider::start();
    let server = TestServer::with(provider.config_with("renew_days = 1\nmax_age_seconds = 259200"));
    let tenant = TestTenant::found(&server);
    let invitation = invited(&tenant);
    let proof = of_two_days_ago(&provider, &invitation.device);
    let mut aase = invitation.enrol_with(&server, Some(proof)).unwrap();
    let (pushed, next) = (aase.successor(), aase.successor());
    let certificate = bundle_of(&[aase.certify_successor(&pushed, 2)]);
    let envelope = aase.seal(EnvelopeKind::Certificate, feltbog_domain::FolderId::NONE, 0, &certificate);
    assert_eq!(aase.push(&server, &[envelope]), [RefusalCode::NoGrant], "devices come by enrolment only");
    assert!(pushed.sync(&server, &SyncRequest::default()).is_err());

    let envelope = next.first_envelope(&[aase.certify_successor(&next, 2)]);
    send_enrol_with(&server, tenant.id, envelope, None).unwrap();
    let reply = next.sync(&server, &SyncRequest::default()).unwrap();
    assert!(reply.login_by_ms.unwrap() < now_ms() && reply.lease.is_none() && reply.rows.is_empty());
}

#[test]
fn the_days_without_a_login_begin_once_however_a_device_asks() {
    let provider = FakeProvider::start();
    let mut server = TestServer::start();
    let founder = TestTenant::found(&server).founder.clone();
    server.ask_for(provider.config());
    let next = founder.successor();
    let envelope = next.first_envelope(&[founder.certify_successor(&next, 2)]);
    let first = send_enrol_with(&server, founder.tenant, envelope.clone(), None).unwrap().lease.unwrap();
    let due = next.sync(&server, &SyncRequest::default()).unwrap().login_by_ms.unwrap();
    assert_eq!(first.until_ms, due, "what enrolling gave is what is left of the week");
    let again = send_enrol_with(&server, founder.tenant, envelope, None).unwrap().lease.unwrap();
    assert_eq!(again.until_ms, due);
    let last = next.successor();
    let envelope = last.first_envelope(&[next.certify_successor(&last, 3)]);
    send_enrol_with(&server, founder.tenant, envelope, None).unwrap();
    assert_eq!(last.sync(&server, &SyncRequest::default()).unwrap().login_by_ms, Some(due));
}

#[test]
fn a_lease_that_lasts_longer_than_the_login_carries_is_taken_back_by_a_shorter_one() {
    let provider = FakeProvider::start();
    let server = TestServer::with(provider.config());
    let founder = TestTenant::found(&server).founder.clone();
    let held = now_ms() + 35 * DAY_MS;
    let ask = SyncRequest { lease_until_ms: Some(held), ..SyncRequest::default() };
    let lease = founder.sync(&server, &ask).unwrap().lease.expect("a week, and not the five it held before");
    assert!(lease.until_ms <= now_ms() + 7 * DAY_MS);
}

#[test]
fn devices_that_were_there_before_have_a_week_and_are_told() {
    let provider = FakeProvider::start();
    let server = TestServer::with(provider.config());
    let founder = TestTenant::found(&server).founder.clone();
    let week = now_ms() + 7 * DAY_MS;
    let near = |ms: i64| (week - 60_000..=week + 60_000).contains(&ms);
    let first = founder.sync(&server, &SyncRequest::default()).unwrap();
    assert!(near(first.lease.unwrap().until_ms) && near(first.login_by_ms.unwrap()));
    let second = founder.sync(&server, &SyncRequest::default()).unwrap();
    assert_eq!(second.login_by_ms, first.login_by_ms, "the week begins once");
    let asked = founder.log_in(&server, None).unwrap();
    assert_eq!((asked.due_ms, asked.terms.unwrap().client_id.as_str()), (first.login_by_ms, "feltbog-test"));
    founder.log_in(&server, Some(provider.proof(&founder, "ida"))).unwrap();
    assert_eq!(founder.sync(&server, &SyncRequest::default()).unwrap().login_by_ms, None);
}

#[test]
fn without_a_configuration_an_invitation_is_enough_and_a_login_is_not_looked_at() {
    let provider = FakeProvider::start();
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let invitation = invited(&tenant);
    let junk = LoginProof { random: [0; 16], id_token: "junk".into() };
    let device = invitation.enrol_with(&server, Some(junk.clone())).unwrap();
    assert_eq!(device.log_in(&server, Some(junk)).unwrap(), LoginReply::default());
    assert_eq!(device.sync(&server, &SyncRequest::default()).unwrap().login_by_ms, None);
    assert_eq!(provider.keys_asked(), 0);
}

#[test]
fn a_device_that_is_not_served_cannot_log_in() {
    let provider = FakeProvider::start();
    let server = TestServer::with(provider.config());
    let mut tenant = TestTenant::found(&server);
    let invitation = invited(&tenant);
    let aase = invitation.enrol_with(&server, Some(provider.proof(&invitation.device, "aase"))).unwrap();
    for (state, code) in
        [(DeviceState::Blocked, ErrorCode::DeviceBlocked), (DeviceState::Revoked, ErrorCode::DeviceRevoked)]
    {
        let founder = &mut tenant.founder;
        let said = Statement::DeviceState { device: aase.id, state: state.code(), reason: 0 };
        let signed = certify(founder.tenant, Issuer::Device(founder.id), &founder.key, &said);
        let envelope =
            founder.seal(EnvelopeKind::Certificate, feltbog_domain::FolderId::NONE, 0, &bundle_of(&[signed]));
        assert_eq!(founder.push(&server, &[envelope]), [RefusalCode::Ok]);
        let refused = aase.log_in(&server, Some(provider.proof(&aase, "aase"))).unwrap_err();
        assert_eq!(refused.problem.code, code);
    }
}

#[test]
fn new_keys_of_the_provider_are_found_and_made_up_names_of_keys_do_not_flood_it() {
    let mut provider = FakeProvider::start();
    let server = TestServer::with(provider.config());
    let tenant = TestTenant::found(&server);
    let invitation = invited(&tenant);
    invitation.enrol_with(&server, Some(provider.proof(&invitation.device, "aase"))).unwrap();
    assert_eq!(provider.keys_asked(), 1);
    provider.change_keys("newer");
    let later = invited(&tenant);
    let mut token = provider.token(&later.device, "bo");
    token.header["kid"] = json!("newer");
    later.enrol_with(&server, Some(provider.signed(&token))).unwrap();
    assert_eq!(provider.keys_asked(), 2);
    let stranger = invited(&tenant);
    for _ in 0..5 {
        let mut token = provider.token(&stranger.device, "carl");
        token.header["kid"] = json!(BASE64URL_NOPAD.encode(&fresh()));
        assert_eq!(fault(stranger.enrol_with(&server, Some(provider.signed(&token))).unwrap_err()), Some(NotValid));
    }
    assert_eq!(provider.keys_asked(), 2);
}

/// What a provider says otherwise than it should.
type Change = fn(&mut Value);

#[test]
fn a_provider_that_is_silent_or_not_what_it_should_be_lets_nobody_in_and_stops_no_work() {
    let wrong: [(&str, Change); 5] = [
        ("another name", |says| says["issuer"] = json!("https://evil.example")),
        ("keys in the clear", |says| says["jwks_uri"] = json!("http://keys.example/jwks")),
        ("a page in the clear", |says| says["authorization_endpoint"] = json!("http://login.example/auth")),
        ("no PKCE", |says| says["code_challenge_methods_supported"] = json!(["plain"])),
        ("no keys", |says| drop(says.as_object_mut().unwrap().remove("jwks_uri"))),
    ];
    for (name, change) in wrong {
        let provider = FakeProvider::start();
        provider.publish(change);
        let server = TestServer::with(provider.config());
        let tenant = TestTenant::found(&server);
        let invitation = invited(&tenant);
        let refused = invitation.enrol_with(&server, Some(provider.proof(&invitation.device, "aase"))).unwrap_err();
        assert_eq!((refused.status, refused.problem.code), (503, ErrorCode::Busy), "{name}");
        assert!(tenant.founder.sync(&server, &SyncRequest::default()).unwrap().lease.is_some(), "{name}");
    }
    let provider = FakeProvider::start();
    provider.fall_silent();
    let server = TestServer::with(provider.config());
    let tenant = TestTenant::found(&server);
    assert_eq!(invited(&tenant).enrol(&server).unwrap_err().problem.code, ErrorCode::Busy);
    assert_eq!(tenant.founder.log_in(&server, None).unwrap_err().problem.code, ErrorCode::Busy);
    assert!(tenant.founder.sync(&server, &SyncRequest::default()).unwrap().lease.is_some());
}
