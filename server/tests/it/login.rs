//! Staff login: what a server that asks for one takes, and everything it does not, against a provider that says anything.

use data_encoding::BASE64URL_NOPAD;
use feltbog_protocol::{
    BackfillAsk, DeviceState, EnvelopeKind, ErrorCode, Issuer, LoginFault, LoginProof, LoginReply, LoginTerms,
    LoginWanted, RefusalCode, Statement, SyncRequest, limits,
};
use ring::hmac;
use ring::rand::SystemRandom;
use serde_json::{Value, json};

use crate::support::{
    FakeProvider, Refused, TestDevice, TestInvitation, TestServer, TestTenant, Token, bundle_of, certify, content,
    ec_jwk, fresh, grant, new_ec_key, new_folder, now_ms, send_enrol_with,
};

use LoginFault::{NotValid, OtherPerson, TooOld, TooWeak};

const DAY_MS: i64 = 86_400_000;

fn invited<'s>(tenant: &TestTenant<'s>) -> TestInvitation {
    TestInvitation::by(&tenant.founder, tenant.consultant())
}

fn wanted(refused: Refused) -> LoginWanted {
    assert_eq!((refused.status, refused.problem.code), (401, ErrorCode::LoginRequired), "{refused:?}");
    *refused.problem.login.unwrap()
}

fn fault(refused: Refused) -> Option<LoginFault> {
    wanted(refused).fault
}

/// What an attacker does with a token that would be right.
type Attack = fn(&FakeProvider, Token) -> LoginProof;

fn claim(provider: &FakeProvider, mut token: Token, name: &str, value: Value) -> LoginProof {
    token.claims[name] = value;
    provider.signed(&token)
}

fn without(provider: &FakeProvider, mut token: Token, name: &str) -> LoginProof {
    token.claims.as_object_mut().unwrap().remove(name);
    provider.signed(&token)
}

fn header(provider: &FakeProvider, mut token: Token, name: &str, value: Value) -> LoginProof {
    token.header[name] = value;
    provider.signed(&token)
}

fn shifted(provider: &FakeProvider, token: Token, name: &str, seconds: i64) -> LoginProof {
    claim(provider, token, name, json!(now_ms() / 1000 + seconds))
}

fn unsigned(mut token: Token, alg: &str) -> LoginProof {
    token.header["alg"] = json!(alg);
    token.with_signature(&[])
}

fn by_secret(secret: &[u8], mut token: Token) -> LoginProof {
    token.header["alg"] = json!("HS256");
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    token.with_signature(hmac::sign(&key, token.signed_part().as_bytes()).as_ref())
}

fn by_stranger(mut token: Token, shows_key: bool) -> LoginProof {
    let key = new_ec_key();
    if shows_key {
        token.header["jwk"] = ec_jwk("ec", &key);
        token.header["jku"] = json!("https://evil.example/jwks");
    }
    let signature = key.sign(&SystemRandom::new(), token.signed_part().as_bytes()).unwrap();
    token.with_signature(signature.as_ref())
}

/// Named, so that a failure says which.
const ATTACKS: &[(&str, Attack, LoginFault)] = &[
    ("a level that is not enough", |p, t| claim(p, t, "acr", json!("urn:test:low")), TooWeak),
    ("no level", |p, t| without(p, t, "acr"), TooWeak),
    ("a level in a list", |p, t| claim(p, t, "acr", json!(["urn:test:high"])), NotValid),
    ("another nonce", |p, t| claim(p, t, "nonce", json!(BASE64URL_NOPAD.encode(&[7; 32]))), NotValid),
    ("no nonce", |p, t| without(p, t, "nonce"), NotValid),
    ("another try's random part", |p, t| LoginProof { random: [9; 16], ..p.signed(&t) }, NotValid),
    ("another client's token", |p, t| claim(p, t, "aud", json!("payroll")), NotValid),
    ("a token for others as well", |p, t| claim(p, t, "aud", json!(["feltbog-test", "payroll"])), NotValid),
    ("a token for nobody", |p, t| claim(p, t, "aud", json!([])), NotValid),
    ("another client asked for it", |p, t| claim(p, t, "azp", json!("payroll")), NotValid),
    ("another issuer", |p, t| claim(p, t, "iss", json!("https://evil.example")), NotValid),
    (
        "nearly the issuer",
        |p, t| {
            let issuer = format!("{}/", p.issuer());
            claim(p, t, "iss", json!(issuer))
        },
        NotValid,
    ),
    ("no account", |p, t| claim(p, t, "sub", json!("")), NotValid),
    ("an account without end", |p, t| claim(p, t, "sub", json!("a".repeat(256))), NotValid),
    ("a token that has run out", |p, t| shifted(p, t, "exp", -61), TooOld),
    ("a token of before", |p, t| shifted(p, t, "iat", -670), TooOld),
    ("a token of tomorrow", |p, t| shifted(p, t, "iat", 300), NotValid),
    ("a token that is not good yet", |p, t| shifted(p, t, "nbf", 300), NotValid),
    ("a login of this morning", |p, t| shifted(p, t, "auth_time", -3 * 3600), TooOld),
    ("a login of tomorrow", |p, t| shifted(p, t, "auth_time", 300), NotValid),
    ("a login of no time", |p, t| without(p, t, "auth_time"), NotValid),
    ("no signature", |_, t| unsigned(t, "none"), NotValid),
    ("no signature, in other letters", |_, t| unsigned(t, "nOnE"), NotValid),
    ("no signature under a good name", |_, t| unsigned(t, "ES256"), NotValid),
    ("the public key as a secret", |p, t| by_secret(&p.public_bytes(), t), NotValid),
    ("the published key as a secret", |p, t| by_secret(ec_text(p).as_bytes(), t), NotValid),
    ("nothing as a secret", |_, t| by_secret(b"", t), NotValid),
    ("a stranger's key under the right name", |_, t| by_stranger(t, false), NotValid),
    ("a stranger's key that the token brings along", |_, t| by_stranger(t, true), NotValid),
    ("a key that is not published", |p, t| header(p, t, "kid", json!("other")), NotValid),
    ("the name of a key of another kind", |p, t| header(p, t, "kid", json!("rsa")), NotValid),
    (
        "a signature of another kind than the key",
        |p, t| {
            let mut t = t;
            t.header = json!({ "alg": "RS256", "kid": "ec" });
            p.signed(&t)
        },
        NotValid,
    ),
    ("a signature of a kind we do not take", |p, t| header(p, t, "alg", json!("ES384")), NotValid),
    ("a header that asks for more", |p, t| header(p, t, "crit", json!(["b64"])), NotValid),
    ("a token of another sort", |p, t| header(p, t, "typ", json!("at+jwt")), NotValid),
    ("claims that were changed after signing", |p, t| changed_after_signing(p, &t), NotValid),
    ("a claim twice", |p, t| twice(p, &t), NotValid),
    ("a token without end", |p, t| claim(p, t, "padding", json!("x".repeat(20_000))), NotValid),
    ("no token", |_, t| LoginProof { random: t.random, id_token: String::new() }, NotValid),
    ("two dots", |_, t| LoginProof { random: t.random, id_token: "..".into() }, NotValid),
    ("an encrypted token", |_, t| LoginProof { random: t.random, id_token: "a.b.c.d.e".into() }, NotValid),
];

fn ec_text(provider: &FakeProvider) -> String {
    let mut text = String::new();
    provider.publish_keys(|keys| text = keys[0].to_string());
    text
}

fn changed_after_signing(provider: &FakeProvider, token: &Token) -> LoginProof {
    let proof = provider.signed(token);
    let signature = proof.id_token.rsplit('.').next().unwrap();
    let mut other = token.clone();
    other.claims["sub"] = json!("the mayor");
    LoginProof { id_token: format!("{}.{signature}", other.signed_part()), ..proof }
}

fn twice(provider: &FakeProvider, token: &Token) -> LoginProof {
    let header = BASE64URL_NOPAD.encode(token.header.to_string().as_bytes());
    let claims = token.claims.to_string().replacen('{', "{\"sub\":\"the mayor\",", 1);
    let signed = format!("{header}.{}", BASE64URL_NOPAD.encode(claims.as_bytes()));
    let signature = BASE64URL_NOPAD.encode(&provider.ec_signature(signed.as_bytes()));
    LoginProof { random: token.random, id_token: format!("{signed}.{signature}") }
}

#[test]
fn no_attack_on_a_token_lets_a_device_in_and_the_right_token_does() {
    let provider = FakeProvider::start();
    let server = TestServer::with(provider.config());
    let tenant = TestTenant::found(&server);
    let invitation = invited(&tenant);
    for (name, attack, expected) in ATTACKS {
        let proof = attack(&provider, provider.token(&invitation.device, "aase"));
        let refused = invitation.enrol_with(&server, Some(proof)).expect_err(name);
        assert_eq!(fault(refused), Some(*expected), "{name}");
    }
    // None of that used up the invitation, and the token alone was what was wrong.
    let proof = provider.proof(&invitation.device, "aase");
    invitation.enrol_with(&server, Some(proof)).unwrap();
}

#[test]
fn no_attack_on_a_token_renews_a_lease() {
    let provider = FakeProvider::start();
    let server = TestServer::with(provider.config());
    let founder = TestTenant::found(&server).founder.clone();
    for (name, attack, expected) in ATTACKS {
        let refused =
            founder.log_in(&server, Some(attack(&provider, provider.token(&founder, "ida")))).expect_err(name);
        assert_eq!(fault(refused), Some(*expected), "{name}");
    }
    assert!(founder.log_in(&server, Some(provider.proof(&founder, "ida"))).unwrap().lease.is_some());
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
        |data: &std::path::Path, member| feltbog_server::forget_login(data, member).map_err(|no| no.to_string());
    assert!(forget(server.data(), founder.member).unwrap_err().contains("stop it first"));
    server.stop();
    assert!(forget(server.data(), crate::support::fresh_id()).unwrap_err().contains("no account"));
    forget(server.data(), founder.member).unwrap();
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
    let read = server.copy();
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
