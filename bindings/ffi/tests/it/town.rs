//! A municipality in one process, and phones in it.

use std::sync::{Arc, Mutex, mpsc};

use feltbog_bridge::{Reply, Request, Session, SetupWish};
use feltbog_ffi::{App, HostError, KeyVault, Listener, ListenerError, OpenOptions, VaultError};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A server and the leader's device.
pub(crate) struct Town {
    folder: TempDir,
    leader: Session,
}

/// Turns bits over with its own, unless told to refuse. Counts how often it was asked for the key.
pub(crate) struct Pocket {
    bits: Mutex<Result<u8, VaultError>>,
    asked: Mutex<u32>,
}

/// Passes every event on.
pub(crate) struct Ear(mpsc::Sender<Value>);

/// An opened app and what it tells.
pub(crate) struct Phone {
    pub(crate) app: Arc<App>,
    pub(crate) vault: Arc<Pocket>,
    pub(crate) told: mpsc::Receiver<Value>,
}

impl Pocket {
    pub(crate) fn of(bits: u8) -> Arc<Self> {
        Arc::new(Self { bits: Mutex::new(Ok(bits)), asked: Mutex::default() })
    }

    pub(crate) fn answers(&self, bits: Result<u8, VaultError>) {
        *self.bits.lock().unwrap() = bits;
    }

    pub(crate) fn asked(&self) -> u32 {
        *self.asked.lock().unwrap()
    }

    fn turned(&self, bytes: &[u8]) -> Result<Vec<u8>, VaultError> {
        let bits = self.bits.lock().unwrap().clone()?;
        Ok(bytes.iter().map(|byte| byte ^ bits).collect())
    }
}

impl KeyVault for Pocket {
    fn wrap_key(&self, key: Vec<u8>) -> Result<Vec<u8>, VaultError> {
        self.turned(&key)
    }

    fn unwrap_key(&self, wrapped: Vec<u8>) -> Result<Vec<u8>, VaultError> {
        *self.asked.lock().unwrap() += 1;
        self.turned(&wrapped)
    }
}

impl Ear {
    pub(crate) fn new() -> (Arc<Self>, mpsc::Receiver<Value>) {
        let (tells, told) = mpsc::channel();
        (Arc::new(Self(tells)), told)
    }
}

impl Listener for Ear {
    fn on_event(&self, event: String) -> Result<(), ListenerError> {
        let event = serde_json::from_str(&event).expect("an event is JSON");
        self.0.send(event).map_err(|_| ListenerError::Gone)
    }
}

impl Town {
    pub(crate) async fn founded() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("server");
        let code = feltbog_server::init(&data, "By").unwrap().bootstrap.to_text();
        let server = feltbog_server::Server::bind(&data, "127.0.0.1:0".parse().unwrap()).await.unwrap();
        let wish = SetupWish {
            server: format!("http://{}", server.address()),
            code,
            name: "Lone Vest".into(),
            programme: Some("Program".into()),
        };
        tokio::spawn(server.run(std::future::pending()));
        let (leader, _) = Session::setup(&folder.path().join("leader"), b"blomme", wish).await.unwrap();
        Self { folder, leader }
    }

    pub(crate) fn home(&self) -> String {
        self.folder.path().join("phone").to_str().unwrap().to_owned()
    }

    pub(crate) async fn invitation(&self) -> String {
        let request = json!({ "type": "invite", "name": "Vera", "role": "consultant" });
        let Reply::Invited { invitation, .. } = self.leader.call(serde_json::from_value(request).unwrap()).await else {
            panic!("not invited")
        };
        invitation
    }

    /// The leader sends and fetches.
    pub(crate) async fn leader_exchanges(&self) {
        assert!(matches!(self.leader.call(Request::Sync).await, Reply::Synced(_)));
    }

    pub(crate) async fn opened(&self, vault: Arc<Pocket>, locked: bool) -> Result<Phone, HostError> {
        let (ear, told) = Ear::new();
        let options = OpenOptions { home: self.home(), locked };
        let app = App::open(options, vault.clone(), ear).await?;
        Ok(Phone { app, vault, told })
    }

    /// Vera's phone, with the keys that go with her role.
    pub(crate) async fn joined(&self) -> Phone {
        let phone = self.opened(Pocket::of(0x5a), false).await.unwrap();
        let joined = phone.call(&json!({ "type": "join", "invitation": self.invitation().await })).await;
        assert_eq!((&joined["type"], &joined["name"]), (&"joined".into(), &"Vera".into()), "{joined}");
        phone.exchange().await;
        self.leader_exchanges().await;
        phone.exchange().await;
        phone
    }
}

impl Phone {
    pub(crate) async fn call(&self, request: &Value) -> Value {
        serde_json::from_str(&self.app.call(request.to_string()).await.unwrap()).unwrap()
    }

    pub(crate) async fn exchange(&self) {
        let synced = self.call(&json!({ "type": "sync" })).await;
        assert_eq!(synced["type"], "synced", "{synced}");
    }

    pub(crate) async fn new_case(&self, number: &str) {
        let made = self.call(&json!({ "type": "new_case", "number": number, "name": "Bo Bak" })).await;
        assert_eq!(made["type"], "case_made", "{made}");
    }

    pub(crate) async fn numbers(&self) -> Vec<Value> {
        let cases = self.call(&json!({ "type": "cases" })).await;
        cases["cases"]
            .as_array()
            .unwrap_or_else(|| panic!("{cases}"))
            .iter()
            .map(|case| case["number"].clone())
            .collect()
    }

    /// Waits for an event of this kind; there is one, or the test never ends.
    pub(crate) fn hears(&self, kind: &str) -> Value {
        hears(&self.told, kind)
    }
}

pub(crate) fn hears(told: &mpsc::Receiver<Value>, kind: &str) -> Value {
    told.iter().find(|event| event["type"] == kind).unwrap_or_else(|| panic!("nothing more is told, and no {kind}"))
}

pub(crate) fn code(refused: Result<impl Sized, HostError>) -> String {
    match refused {
        Err(HostError::Refused { code, sentence, .. }) => {
            assert!(sentence.ends_with('.') && sentence.len() > 10, "no sentence: {sentence}");
            code
        }
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("not refused"),
    }
}
