//! TEMPORARY.
#![allow(dead_code, missing_docs, clippy::unused_async, clippy::todo, unreachable_pub)]
use feltbog_bridge::*;
use std::path::{Path, PathBuf};
pub const CONTRACT_VERSION: u32 = 1;
#[derive(Clone)]
pub struct Session;
pub struct HostTokenPair {
    pub token: String,
    pub sealed: String,
}
pub struct SetupWish {
    pub server: String,
    pub code: String,
    pub name: String,
    pub programme: Option<String>,
}
pub struct SetupDone {
    pub shares: Vec<String>,
    pub member: String,
    pub device: String,
}
pub struct Joined {
    pub name: String,
    pub role: String,
    pub member: String,
    pub device: String,
}
impl Session {
    pub fn open(_home: &Path, _passphrase: &[u8]) -> Result<Session, Refused> {
        todo!()
    }
    pub async fn setup(_home: &Path, _passphrase: &[u8], _wish: SetupWish) -> Result<(Session, SetupDone), Refused> {
        todo!()
    }
    pub async fn join(_home: &Path, _passphrase: &[u8], _invitation: &str) -> Result<(Session, Joined), Refused> {
        todo!()
    }
    pub async fn call(&self, _request: Request) -> Reply {
        todo!()
    }
    pub fn events(&self) -> tokio::sync::broadcast::Receiver<Event> {
        todo!()
    }
    pub fn new_host_token(&self) -> HostTokenPair {
        todo!()
    }
    pub async fn keep_in_touch(&self) {
        todo!()
    }
}
pub fn open_host_token(_home: &Path, _passphrase: &[u8], _sealed: &str) -> Result<String, Refused> {
    todo!()
}
pub fn host_file(home: &Path) -> PathBuf {
    home.join("host.json")
}
