//! A door that a phone's vault opens.

use std::time::Duration;

use feltbog_app::VaultFailure;

use super::*;
use crate::reply::Joined;
use crate::typed_secret::TypedSecret;

/// Turns every bit over.
pub(crate) struct Pocket;

impl KeyVault for Pocket {
    fn wrap_key(&self, key: &[u8]) -> Result<Vec<u8>, VaultFailure> {
        Ok(key.iter().map(|byte| !byte).collect())
    }

    fn unwrap_key(&self, wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultFailure> {
        Ok(Zeroizing::new(wrapped.iter().map(|byte| !byte).collect()))
    }
}

/// A phone that has joined and is locked, and whose server says nothing any more.
struct Phone {
    folder: TempDir,
    door: Door,
    _silent: TcpListener,
}

impl Phone {
    async fn new() -> Self {
        let town = Town::founded().await;
        let invitation = town.invitation().await;
        let Town { folder, server, .. } = town;
        let door = closed(&folder.path().join("phone"), Some(Arc::new(Pocket)));
        assert_eq!(code(&door.call(Request::Choices).await), NOT_SET_UP);
        let joined = door
            .call(Request::Join { invitation, server: None, beside: None, passphrase: TypedSecret::default() })
            .await;
        assert!(matches!(joined, Reply::Joined(Joined { name, .. }) if name == "Vera"));
        door.lock().await;
        let _silent = server.silenced().await;
        Self { folder, door, _silent }
    }

    fn is_gone_from_memory(&self) -> bool {
        Session::open_guarded(&self.folder.path().join("phone"), Guard::Vault(&Pocket)).is_ok()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exchange_in_the_background_gives_way_to_whoever_opens_the_door() {
    let phone = Phone::new().await;
    let mut exchange: Pin<Box<dyn Future<Output = _> + Send>> =
        Box::pin(phone.door.exchange_within(Duration::from_secs(3600)));
    assert!(is_waiting(&mut exchange));
    let asked = phone.door.call(Request::Choices).await;
    assert_eq!(code(&asked), NEEDS_PASSPHRASE, "nobody is answered at a door that is locked");
    let (exchanged, opened) = tokio::join!(exchange, phone.door.open());
    assert_eq!(exchanged.unwrap_err().code, "gave_way");
    opened.unwrap();
    assert!(matches!(phone.door.call(Request::Choices).await, Reply::Choices(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exchange_that_runs_out_of_time_leaves_the_door_as_it_was() {
    let phone = Phone::new().await;
    let exchanged = phone.door.exchange_within(Duration::ZERO).await;
    assert_eq!(exchanged.unwrap_err().code, "out_of_time");
    assert_eq!(code(&phone.door.call(Request::Choices).await), NEEDS_PASSPHRASE);
    assert!(phone.is_gone_from_memory());

    phone.door.open().await.unwrap();
    assert_eq!(phone.door.exchange_within(Duration::ZERO).await.unwrap_err().code, "out_of_time");
    assert!(matches!(phone.door.call(Request::Choices).await, Reply::Choices(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_door_that_is_forgotten_leads_to_an_empty_home() {
    let phone = Phone::new().await;
    phone.door.open().await.unwrap();
    phone.door.forget().await.unwrap();
    assert_eq!(code(&phone.door.call(Request::Choices).await), NOT_SET_UP);
    assert_eq!(phone.door.open().await.unwrap_err().code, NOT_SET_UP);
    assert!(!Home::at(&phone.folder.path().join("phone")).database().exists());
}
