//! Everything that may be wrong with a token, at joining and at renewal: none of it lets a device in.

use data_encoding::BASE64URL_NOPAD;
use feltbog_protocol::{LoginFault, LoginProof};
use ring::hmac;
use ring::rand::SystemRandom;
use serde_json::{Value, json};

use crate::support::{FakeProvider, TestServer, TestTenant, Token, ec_jwk, new_ec_key, now_ms};

use LoginFault::{NotValid, TooOld, TooWeak};

use crate::login::{fault, invited};

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
