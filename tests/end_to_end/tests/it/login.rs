//! Staff login against a certified identity provider, through the shipped binaries.

use std::io::{Read, Write};
use std::net::TcpStream;

use feltbog_harness::{Device, IdentityProvider, LOW, Ran, SUBSTANTIAL, World};
use serde_json::Value;

use crate::support::{AASE, ERIK, is_quiet};

/// A municipality whose server has just begun to ask for a login.
fn asking() -> (World, IdentityProvider) {
    let (mut world, provider) = (World::new(), IdentityProvider::start());
    world.configure_server(&provider.config());
    (world, provider)
}

/// Runs a command with somebody at a browser who has this account.
fn as_person(device: &Device, provider: &IdentityProvider, arguments: &[&str], account: &str, level: &str) -> Ran {
    device.run_logging_in(arguments, |address| {
        let arrived = provider.log_in(address, account, level);
        assert!(arrived.status == 200 && arrived.page.contains("tilbage til Feltbog"), "{arrived:?}");
    })
}

#[test]
fn joining_asks_for_a_login_and_goes_on_after_it() {
    let (world, provider) = asking();
    let aase = world.device("aase");
    let invitation = world.leader().invite(AASE, "consultant");
    let join = ["join", invitation.as_str(), "--json"];

    let sentence = as_person(&aase, &provider, &join, "-", SUBSTANTIAL).refused();
    assert!(sentence.contains("ikke logget ind"), "{sentence}");
    let sentence = as_person(&aase, &provider, &join, "aase", LOW).refused();
    assert!(sentence.contains("stærkere login"), "{sentence}");
    aase.refused(&["cases"]);
    let joined = as_person(&aase, &provider, &join, "aase", SUBSTANTIAL).done().json();
    assert_eq!(joined["name"], AASE);

    world.exchange_twice(&[&aase]);
    aase.json(&["case", "new", "--number", "NY-1", "--name", "Bo Bak"]);
    world.exchange_twice(&[&aase]);
    assert_eq!(aase.status()["login_by"], Value::Null);
    is_quiet(&aase);
    // Whose account it was is in no file of the server, and the token in no log.
    let log = world.server().log();
    assert!(log.contains("a device was enrolled") && !log.contains("eyJ"));

    let erik = world.device("erik");
    let invitation = world.leader().invite(ERIK, "treatment");
    let sentence = as_person(&erik, &provider, &["join", &invitation], "aase", SUBSTANTIAL).refused();
    assert!(sentence.contains("som en anden"), "{sentence}");
    as_person(&erik, &provider, &["join", &invitation], "erik", SUBSTANTIAL).done();
}

#[test]
fn a_device_of_before_is_told_logs_in_and_is_not_asked_again() {
    let (world, provider) = asking();
    let leader = world.leader();
    let synced = leader.sync();
    assert_eq!(synced["login_by"], leader.status()["login_by"]);
    assert!(synced["login_by"].is_string(), "{synced}");
    assert!(leader.run(&["status"]).done().stdout.contains("feltbog login"));

    let sentence = as_person(leader, &provider, &["login"], "ingrid", LOW).refused();
    assert!(sentence.contains("stærkere login"), "{sentence}");
    assert!(leader.status()["login_by"].is_string());
    let logged_in = as_person(leader, &provider, &["login", "--json"], "ingrid", SUBSTANTIAL).done().json();
    assert!(logged_in["login_by"].is_string(), "{logged_in}");
    leader.sync();
    assert_eq!(leader.status()["login_by"], Value::Null);
    let sentence = as_person(leader, &provider, &["login"], "somebody else", SUBSTANTIAL).refused();
    assert!(sentence.contains("som en anden"), "{sentence}");
}

#[test]
fn somebody_logs_in_while_feltbog_is_open_on_the_computer() {
    let (world, provider) = asking();
    let host = world.leader().open();
    let ran = as_person(world.leader(), &provider, &["login"], "ingrid", SUBSTANTIAL).done();
    assert!(ran.stdout.contains("Du er logget ind"), "{ran:?}");
    // What was begun there and never finished is finished by nobody.
    let finish = serde_json::json!({ "type": "finish_login", "answer": "/callback?code=a&state=b" });
    assert_eq!(host.call(&finish).unwrap()["code"], "login_not_begun");
    host.stop();
}

#[test]
fn where_no_login_is_asked_for_there_is_nothing_to_log_in_to() {
    let world = World::new();
    let sentence = world.leader().refused(&["login"]);
    assert!(sentence.contains("bruger ikke login"), "{sentence}");
}

#[test]
fn the_provider_itself_gives_nothing_without_the_challenge_or_the_verifier() {
    let provider = IdentityProvider::start();
    let ask = |more: &str| {
        let address = format!(
            "{}/auth?client_id=feltbog&response_type=code&scope=openid&state=s&nonce=n\
             &redirect_uri=http%3A%2F%2F127.0.0.1%3A40001%2Fcallback{more}",
            provider.issuer()
        );
        provider.log_in(&address, "aase", SUBSTANTIAL).url
    };
    assert!(ask("").contains("error=invalid_request"), "no challenge");
    assert!(
        ask("&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=plain")
            .contains("error=")
    );
    for verifier in ["", "&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXX"] {
        let answer = ask("&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256");
        let code = answer.split("code=").nth(1).unwrap().split('&').next().unwrap();
        let body = format!(
            "grant_type=authorization_code&client_id=feltbog&code={code}\
             &redirect_uri=http%3A%2F%2F127.0.0.1%3A40001%2Fcallback{verifier}"
        );
        let said = post(&provider.issuer()["http://".len()..], "/token", &body);
        assert!(said.starts_with("HTTP/1.1 400") && said.contains("invalid_grant"), "{said}");
    }
}

fn post(address: &str, path: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         connection: close\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(&[head.as_bytes(), body.as_bytes()].concat()).unwrap();
    let mut said = String::new();
    stream.read_to_string(&mut said).unwrap();
    said
}
