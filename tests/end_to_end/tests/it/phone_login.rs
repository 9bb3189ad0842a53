//! Staff login on a phone, whose answer comes to the app and not to a port: by the bus that its host speaks.

use std::sync::Arc;

use feltbog_bridge::{Asked, Doors, KeyVault, Reply, Request, VaultFailure};
use feltbog_harness::{IdentityProvider, LOW, SUBSTANTIAL, World};
use serde_json::{Value, json};
use tempfile::TempDir;
use zeroize::Zeroizing;

use crate::support::AASE;

/// Turns every bit over.
struct Pocket;

impl KeyVault for Pocket {
    fn wrap_key(&self, key: &[u8]) -> Result<Vec<u8>, VaultFailure> {
        Ok(key.iter().map(|byte| !byte).collect())
    }

    fn unwrap_key(&self, wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultFailure> {
        Ok(Zeroizing::new(wrapped.iter().map(|byte| !byte).collect()))
    }
}

struct Phone {
    doors: Doors,
    _folder: TempDir,
}

impl Phone {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { doors: Doors::with_vault(&folder.path().join("phone"), Arc::new(Pocket)), _folder: folder }
    }

    async fn call(&self, request: Value) -> Reply {
        self.doors.call(serde_json::from_value::<Asked>(request).unwrap()).await
    }

    /// Where the person is sent.
    async fn begin_login(&self) -> String {
        match self.call(json!({ "type": "begin_login", "port": 0 })).await {
            Reply::LoginBegun { url, port: 0 } => url,
            other => panic!("{other:?}"),
        }
    }

    async fn finish_login(&self, answer: String) -> Reply {
        self.call(json!({ "type": "finish_login", "answer": answer })).await
    }

    async fn join(&self, invitation: &str) -> Reply {
        self.call(json!({ "type": "join", "invitation": invitation, "server": null })).await
    }
}

fn code(reply: &Reply) -> &str {
    match reply {
        Reply::Refused(refused) => &refused.code,
        other => panic!("{other:?}"),
    }
}

/// What the provider sends the phone's system to: an address that it opens with the app.
fn logged_in(provider: &IdentityProvider, address: &str, level: &str) -> String {
    let url = provider.log_in(address, "aase", level).url;
    assert!(url.starts_with("dk.feltbog.app:/login?"), "{url}");
    url
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_joins_with_a_login_although_it_is_put_away_while_its_owner_logs_in() {
    let (mut world, provider) = (World::new(), IdentityProvider::start());
    world.configure_server(&provider.config());
    let invitation = world.leader().invite(AASE, "consultant");
    let phone = Phone::new();

    assert!(matches!(phone.join(&invitation).await, Reply::LoginFirst { port: None, municipality: 1 }));
    let address = phone.begin_login().await;
    phone.doors.lock().await;
    assert!(matches!(phone.finish_login(logged_in(&provider, &address, LOW)).await, Reply::LoggedIn { .. }));
    assert_eq!(code(&phone.join(&invitation).await), "too_weak");

    // A login that was refused is over; the invitation is not.
    assert!(matches!(phone.join(&invitation).await, Reply::LoginFirst { .. }));
    let address = phone.begin_login().await;
    let answer = logged_in(&provider, &address, SUBSTANTIAL);
    assert!(matches!(phone.finish_login(answer.clone()).await, Reply::LoggedIn { .. }));
    match phone.join(&invitation).await {
        Reply::Joined(joined) => assert_eq!((joined.name.as_str(), joined.municipality), (AASE, Some(1))),
        other => panic!("{other:?}"),
    }
    assert_eq!(code(&phone.finish_login(answer).await), "login_not_begun", "an answer is good once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_is_in_logs_in_again_although_it_is_locked_meanwhile() {
    let (mut world, provider) = (World::new(), IdentityProvider::start());
    let invitation = world.leader().invite(AASE, "consultant");
    let phone = Phone::new();
    assert!(matches!(phone.join(&invitation).await, Reply::Joined(_)));
    world.configure_server(&provider.config());

    let address = phone.begin_login().await;
    phone.doors.lock().await;
    let answer = logged_in(&provider, &address, SUBSTANTIAL);
    assert_eq!(code(&phone.finish_login(answer.clone()).await), "needs_passphrase");
    phone.doors.open().await.unwrap();
    assert!(matches!(phone.finish_login(answer).await, Reply::LoggedIn { login_by: Some(_) }));
    assert!(matches!(phone.doors.call(Request::Sync.into()).await, Reply::Synced(_)));
}
