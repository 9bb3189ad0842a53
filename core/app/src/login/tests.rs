use super::*;

use std::sync::Mutex;

use crate::transport::{Answer, Headers, HttpReply, Unreachable};

const ISSUER: &str = "https://login.kommune.dk";
const NOW_MS: i64 = 1_774_000_000_000;

fn terms() -> LoginTerms {
    LoginTerms {
        issuer: ISSUER.into(),
        client_id: "feltbog".into(),
        scope: "openid profile".into(),
        acr_values: vec!["urn:high".into(), "urn:substantial".into()],
        authorization_endpoint: "https://login.kommune.dk/auth?tenant=1".into(),
        token_endpoint: "https://login.kommune.dk/token".into(),
        max_age_s: 600,
        redirect_uri: "http://127.0.0.1/callback".into(),
        names_issuer: true,
    }
}

fn key() -> LoginKey {
    LoginKey { tenant: TenantId::new([1; 16]), device: DeviceId::new([2; 16]), sign_public: [3; 32] }
}

fn begun_with(terms: LoginTerms) -> (LoginFlow, Url) {
    let mut flow = LoginFlow::begin(terms, &key(), NOW_MS).unwrap();
    let url = flow.authorization_url(AnswerTo::Port(4711)).parse().unwrap();
    (flow, url)
}

fn begun() -> (LoginFlow, Url) {
    begun_with(terms())
}

fn asked(url: &Url, name: &str) -> String {
    only(url, name).unwrap().unwrap().to_string()
}

fn answer(flow: &LoginFlow) -> String {
    format!("/callback?code=abc%2B1&state={}&iss=https%3A%2F%2Flogin.kommune.dk", flow.state.as_str())
}

#[test]
fn the_address_asks_for_a_code_with_a_challenge_a_state_and_the_device_s_own_nonce() {
    let (flow, url) = begun();
    assert_eq!((url.host_str(), url.path()), (Some("login.kommune.dk"), "/auth"));
    let challenge = BASE64URL_NOPAD.encode(&Sha256::digest(flow.verifier.as_bytes()));
    for (name, value) in [
        ("tenant", "1"),
        ("response_type", "code"),
        ("client_id", "feltbog"),
        ("redirect_uri", "http://127.0.0.1:4711/callback"),
        ("scope", "openid profile"),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
        ("max_age", "600"),
        ("acr_values", "urn:high urn:substantial"),
        ("nonce", login_nonce(key().tenant, key().device, &key().sign_public, &flow.random).as_str()),
    ] {
        assert_eq!(asked(&url, name), value, "{name}");
    }
    assert!(flow.verifier.len() >= 43 && asked(&url, "state").len() >= 43);
    assert!(!url.as_str().contains(flow.verifier.as_str()));
    let (other, _) = begun();
    assert!(flow.state != other.state && flow.verifier != other.verifier && flow.nonce != other.nonce);
}

#[test]
fn a_port_that_the_provider_knows_is_the_one() {
    let (flow, url) = begun_with(LoginTerms { redirect_uri: "http://localhost:9911".into(), ..terms() });
    assert_eq!(flow.fixed_port(), Some(9911));
    assert_eq!(asked(&url, "redirect_uri"), "http://localhost:9911/");
    assert_eq!(begun().0.fixed_port(), Some(4711), "once it is chosen it stays");
}

#[test]
fn on_a_phone_the_answer_comes_to_the_app_and_from_nowhere_else() {
    let mut flow = LoginFlow::begin(terms(), &key(), NOW_MS).unwrap();
    let url: Url = flow.authorization_url(AnswerTo::App).parse().unwrap();
    assert_eq!(asked(&url, "redirect_uri"), OF_THE_APP);
    assert_eq!(flow.answer_to(AnswerTo::App).port(), 0);
    let query = answer(&flow).split_once('?').unwrap().1.to_owned();
    for there in ["dk.feltbog.app:/login", "dk.feltbog.app:///login"] {
        assert_eq!(flow.code_in(&format!("{there}?{query}"), NOW_MS).unwrap().as_str(), "abc+1", "{there}");
    }
    for elsewhere in
        ["dk.feltbog.app:/other", "dk.feltbog.app://host/login", "dk.feltbog.apps:/login", "http://127.0.0.1/login"]
    {
        let judged = flow.code_in(&format!("{elsewhere}?{query}"), NOW_MS);
        assert_eq!(judged.unwrap_err(), LoginFailure::NotOurs, "{elsewhere}");
    }
    let sent: Vec<_> = flow.token_request("c").into_iter().filter(|(name, _)| *name == "redirect_uri").collect();
    assert_eq!(sent[0].1.as_str(), OF_THE_APP, "the provider compares it with what was asked");
}

#[test]
fn a_server_that_names_other_places_is_not_followed() {
    for wrong in [
        LoginTerms { authorization_endpoint: "http://login.kommune.dk/auth".into(), ..terms() },
        LoginTerms { token_endpoint: "http://login.kommune.dk/token".into(), ..terms() },
        LoginTerms { token_endpoint: "file:///etc/passwd".into(), ..terms() },
        LoginTerms { redirect_uri: "https://evil.example/callback".into(), ..terms() },
        LoginTerms { redirect_uri: "http://evil.example/callback".into(), ..terms() },
        LoginTerms { redirect_uri: "http://127.0.0.1/callback?x=1".into(), ..terms() },
    ] {
        let refused = LoginFlow::begin(wrong, &key(), NOW_MS).unwrap_err();
        assert!(matches!(refused, AppError::Login(LoginFailure::Provider)));
    }
}

#[test]
fn the_code_is_taken_from_the_answer_to_this_login_only() {
    let (flow, _) = begun();
    let state = flow.state.as_str();
    assert_eq!(flow.code_in(&answer(&flow), NOW_MS + 1).unwrap().as_str(), "abc+1");
    let iss = "iss=https%3A%2F%2Flogin.kommune.dk";
    for (name, wrong) in [
        ("no state", format!("/callback?code=a&{iss}")),
        ("another state", format!("/callback?code=a&state={}&{iss}", word())),
        ("the state and more", format!("/callback?code=a&state={state}x&{iss}")),
        ("half the state", format!("/callback?code=a&state={}&{iss}", &state[..20])),
        ("two states", format!("/callback?code=a&state={state}&state=x&{iss}")),
        ("another provider", format!("/callback?code=a&state={state}&iss=https%3A%2F%2Fevil.example")),
        ("no provider", format!("/callback?code=a&state={state}")),
        ("two providers", format!("/callback?code=a&state={state}&{iss}&iss=x")),
        ("two codes", format!("/callback?code=a&code=b&state={state}&{iss}")),
        ("no code", format!("/callback?state={state}&{iss}")),
        ("an empty code", format!("/callback?code=&state={state}&{iss}")),
        ("another path", answer(&flow).replace("/callback", "/other")),
        ("another computer", format!("//evil.example{}", answer(&flow))),
        ("nothing", String::new()),
    ] {
        assert_eq!(flow.code_in(&wrong, NOW_MS).unwrap_err(), LoginFailure::NotOurs, "{name}");
    }
}

#[test]
fn a_provider_that_does_not_name_itself_need_not() {
    let (flow, _) = begun_with(LoginTerms { names_issuer: false, ..terms() });
    let state = flow.state.as_str();
    assert!(flow.code_in(&format!("/callback?code=a&state={state}"), NOW_MS).is_ok());
    let other = format!("/callback?code=a&state={state}&iss=https%3A%2F%2Fevil.example");
    assert_eq!(flow.code_in(&other, NOW_MS).unwrap_err(), LoginFailure::NotOurs);
}

#[test]
fn a_no_of_the_provider_counts_only_with_the_state() {
    let (flow, _) = begun();
    let no = answer(&flow).replace("code=abc%2B1", "error=access_denied");
    assert_eq!(flow.code_in(&no, NOW_MS).unwrap_err(), LoginFailure::Declined);
    assert_eq!(flow.code_in("/callback?error=access_denied", NOW_MS).unwrap_err(), LoginFailure::NotOurs);
}

#[test]
fn an_answer_after_ten_minutes_or_from_the_past_is_too_late() {
    let (flow, _) = begun();
    assert!(flow.code_in(&answer(&flow), NOW_MS + PATIENCE_MS).is_ok());
    for now_ms in [NOW_MS + PATIENCE_MS + 1, NOW_MS - 1] {
        assert_eq!(flow.code_in(&answer(&flow), now_ms).unwrap_err(), LoginFailure::TooLate);
    }
}

/// A token endpoint that writes down what it is asked.
struct Endpoint {
    status: u16,
    says: &'static str,
    asked: Mutex<Vec<(String, String)>>,
}

impl Transport for Endpoint {
    fn post<'a>(&'a self, _: &'a str, _: &'a str, _: Headers, _: Vec<u8>) -> Answer<'a> {
        Box::pin(std::future::ready(Err(Unreachable)))
    }

    fn form<'a>(&'a self, address: &'a str, fields: &'a [(&'static str, Zeroizing<String>)]) -> Answer<'a> {
        assert_eq!(address, "https://login.kommune.dk/token");
        *self.asked.lock().unwrap() =
            fields.iter().map(|(name, value)| ((*name).to_owned(), value.to_string())).collect();
        let (status, body) = (self.status, self.says.as_bytes().to_vec());
        Box::pin(std::future::ready(Ok(HttpReply { status, body, bytes_up: 0, bytes_down: 0 })))
    }
}

#[tokio::test]
async fn the_code_is_changed_into_a_token_with_the_verifier() {
    let endpoint = Endpoint { status: 200, says: "{\"id_token\":\"e.y.J\"}", asked: Mutex::default() };
    let (flow, _) = begun();
    let (verifier, random, answer) = (flow.verifier.to_string(), flow.random, answer(&flow));
    let proof = flow.finish(&answer, &endpoint, NOW_MS).await.unwrap();
    assert_eq!(proof, LoginProof { random, id_token: "e.y.J".into() });
    let expected = [
        ("grant_type", "authorization_code"),
        ("code", "abc+1"),
        ("redirect_uri", "http://127.0.0.1:4711/callback"),
        ("client_id", "feltbog"),
        ("code_verifier", &verifier),
    ];
    assert_eq!(*endpoint.asked.lock().unwrap(), expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn a_provider_that_gives_no_token_gives_a_sentence() {
    for (status, says) in
        [(400, "{\"error\":\"invalid_grant\"}"), (400, "{\"id_token\":\"a\"}"), (200, "{}"), (200, "<html>")]
    {
        let endpoint = Endpoint { status, says, asked: Mutex::default() };
        let (flow, _) = begun();
        let answer = answer(&flow);
        let refused = flow.finish(&answer, &endpoint, NOW_MS).await.unwrap_err();
        assert!(matches!(refused, AppError::Login(LoginFailure::Provider)), "{says}");
    }
}

#[tokio::test]
async fn an_answer_that_is_not_ours_reaches_no_endpoint() {
    let endpoint = Endpoint { status: 200, says: "{\"id_token\":\"e.y.J\"}", asked: Mutex::default() };
    let (flow, _) = begun();
    flow.finish("/callback?code=a&state=x", &endpoint, NOW_MS).await.unwrap_err();
    assert!(endpoint.asked.lock().unwrap().is_empty());
}
