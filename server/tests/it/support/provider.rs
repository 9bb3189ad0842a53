use std::net::SocketAddr;
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use data_encoding::BASE64URL_NOPAD;
use feltbog_domain::TenantId;
use feltbog_protocol::{LoginProof, login_nonce};
use feltbog_server::Config;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaEncoding, RsaKeyPair,
};
use serde_json::{Value, json};

use super::{TestDevice, fresh, now_ms};

const CLIENT: &str = "feltbog-test";
pub const ENOUGH: &str = "urn:test:substantial";

/// An identity provider that says whatever a test wants it to.
pub struct FakeProvider {
    address: SocketAddr,
    ec: EcdsaKeyPair,
    rsa: RsaKeyPair,
    says: Arc<Mutex<Says>>,
}

struct Says {
    metadata: Value,
    keys: Value,
    keys_asked: u32,
    answers: bool,
}

/// A token before it is signed: a test changes what it likes.
#[derive(Clone)]
pub struct Token {
    pub header: Value,
    pub claims: Value,
    pub random: [u8; 16],
}

impl FakeProvider {
    pub fn start() -> Self {
        // `ring` makes no RSA keys; this one was made for these tests and signs nothing else.
        let (ec, rsa) = (new_ec_key(), RsaKeyPair::from_der(include_bytes!("rsa_test_key.bin")).unwrap());
        let keys = json!({ "keys": [ec_jwk("ec", &ec), rsa_jwk("rsa", &rsa)] });
        let says = Arc::new(Mutex::new(Says { metadata: Value::Null, keys, keys_asked: 0, answers: true }));
        let address = serve(Arc::clone(&says));
        let issuer = format!("http://{address}");
        says.lock().unwrap().metadata = json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/auth"),
            "token_endpoint": format!("{issuer}/token"),
            "jwks_uri": format!("{issuer}/jwks"),
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": true,
        });
        Self { address, ec, rsa, says }
    }

    pub fn issuer(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A configuration that asks for logins here.
    pub fn config(&self) -> Config {
        self.config_with("")
    }

    /// The same with more keys.
    pub fn config_with(&self, more: &str) -> Config {
        self.table("login", more)
    }

    /// The same for one municipality alone.
    pub fn config_of(&self, tenant: TenantId) -> Config {
        self.table(&format!("login.{tenant}"), "")
    }

    fn table(&self, name: &str, more: &str) -> Config {
        let text = format!(
            "[{name}]\nissuer = \"{}\"\nclient_id = \"{CLIENT}\"\nacr_values = [\"urn:test:high\", \"{ENOUGH}\"]\n{more}",
            self.issuer()
        );
        text.parse().unwrap()
    }

    /// Changes what it publishes of itself.
    pub fn publish(&self, change: impl FnOnce(&mut Value)) {
        change(&mut self.says.lock().unwrap().metadata);
    }

    /// Changes the keys it publishes.
    pub fn publish_keys(&self, change: impl FnOnce(&mut Vec<Value>)) {
        change(self.says.lock().unwrap().keys["keys"].as_array_mut().unwrap());
    }

    /// Answers nothing any more.
    pub fn fall_silent(&self) {
        self.says.lock().unwrap().answers = false;
    }

    /// How often it was asked for its keys.
    pub fn keys_asked(&self) -> u32 {
        self.says.lock().unwrap().keys_asked
    }

    /// A token that is right for this device.
    pub fn token(&self, device: &TestDevice, account: &str) -> Token {
        let (random, now_s) = (fresh()[..16].try_into().unwrap(), now_ms() / 1000);
        let nonce = login_nonce(device.tenant, device.id, &device.key.verifying_key().to_bytes(), &random);
        let claims = json!({
            "iss": self.issuer(), "sub": account, "aud": CLIENT, "exp": now_s + 300, "iat": now_s,
            "auth_time": now_s - 20, "nonce": nonce, "acr": ENOUGH,
        });
        Token { header: json!({ "alg": "ES256", "kid": "ec", "typ": "JWT" }), claims, random }
    }

    /// Shows what is right for this device.
    pub fn proof(&self, device: &TestDevice, account: &str) -> LoginProof {
        self.signed(&self.token(device, account))
    }

    /// Signs with the key that the token's own header asks for.
    pub fn signed(&self, token: &Token) -> LoginProof {
        let signed = token.signed_part();
        let signature = match token.header["alg"].as_str().unwrap() {
            "RS256" => self.rsa_signature(&RSA_PKCS1_SHA256, signed.as_bytes()),
            "PS256" => self.rsa_signature(&RSA_PSS_SHA256, signed.as_bytes()),
            _ => self.ec_signature(signed.as_bytes()),
        };
        token.with_signature(&signature)
    }

    pub fn ec_signature(&self, signed: &[u8]) -> Vec<u8> {
        self.ec.sign(&SystemRandom::new(), signed).unwrap().as_ref().to_vec()
    }

    fn rsa_signature(&self, encoding: &'static dyn RsaEncoding, signed: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.rsa.public().modulus_len()];
        self.rsa.sign(encoding, &SystemRandom::new(), signed, &mut signature).unwrap();
        signature
    }

    /// The public key's bytes, as an attacker has them.
    pub fn public_bytes(&self) -> Vec<u8> {
        self.ec.public_key().as_ref().to_vec()
    }

    /// Makes new keys, as providers do, under another name.
    pub fn change_keys(&mut self, kid: &str) {
        self.ec = new_ec_key();
        let jwk = ec_jwk(kid, &self.ec);
        self.publish_keys(|keys| *keys = vec![jwk]);
    }
}

impl Token {
    /// What the signature is over.
    pub fn signed_part(&self) -> String {
        let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
        format!("{}.{}", part(&self.header), part(&self.claims))
    }

    pub fn with_signature(&self, signature: &[u8]) -> LoginProof {
        let id_token = format!("{}.{}", self.signed_part(), BASE64URL_NOPAD.encode(signature));
        LoginProof { random: self.random, id_token }
    }
}

pub fn new_ec_key() -> EcdsaKeyPair {
    let (random, rules) = (SystemRandom::new(), &ECDSA_P256_SHA256_FIXED_SIGNING);
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(rules, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(rules, pkcs8.as_ref(), &random).unwrap()
}

pub fn ec_jwk(kid: &str, key: &EcdsaKeyPair) -> Value {
    let point = key.public_key().as_ref();
    let part = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
    json!({ "kty": "EC", "crv": "P-256", "kid": kid, "use": "sig", "x": part(&point[1..33]), "y": part(&point[33..]) })
}

fn rsa_jwk(kid: &str, key: &RsaKeyPair) -> Value {
    let parts: ring::rsa::PublicKeyComponents<Vec<u8>> = key.public().into();
    let part = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
    json!({ "kty": "RSA", "kid": kid, "n": part(&parts.n), "e": part(&parts.e) })
}

/// The thread ends with the test's process.
fn serve(says: Arc<Mutex<Says>>) -> SocketAddr {
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let router = Router::new()
                .route("/.well-known/openid-configuration", get(metadata))
                .route("/jwks", get(keys))
                .with_state(says);
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            tell.send(listener.local_addr().unwrap()).unwrap();
            axum::serve(listener, router).await.unwrap();
        });
    });
    told.recv().unwrap()
}

async fn metadata(State(says): State<Arc<Mutex<Says>>>) -> Result<String, StatusCode> {
    let says = says.lock().unwrap();
    if says.answers { Ok(says.metadata.to_string()) } else { Err(StatusCode::BAD_GATEWAY) }
}

async fn keys(State(says): State<Arc<Mutex<Says>>>) -> Result<String, StatusCode> {
    let mut says = says.lock().unwrap();
    says.keys_asked += 1;
    if says.answers { Ok(says.keys.to_string()) } else { Err(StatusCode::BAD_GATEWAY) }
}
