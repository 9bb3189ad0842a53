//! A home that a phone's vault locks.

use std::sync::{Arc, Mutex};

use feltbog_domain::Role;
use zeroize::Zeroizing;

use super::town::{PASSPHRASE, Town};
use crate::key_vault::{Guard, KeyVault, VaultFailure};
use crate::{AppError, Device, HttpTransport, InviteWish, SystemClock, join_with_login};

/// Turns bits over with its own, unless told to refuse.
struct Pocket(Mutex<Result<u8, VaultFailure>>);

impl Pocket {
    fn of(bits: u8) -> Self {
        Self(Mutex::new(Ok(bits)))
    }

    fn turned(&self, bytes: &[u8]) -> Result<Vec<u8>, VaultFailure> {
        let bits = (*self.0.lock().unwrap())?;
        Ok(bytes.iter().map(|byte| byte ^ bits).collect())
    }
}

impl KeyVault for Pocket {
    fn wrap_key(&self, key: &[u8]) -> Result<Vec<u8>, VaultFailure> {
        self.turned(key)
    }

    fn unwrap_key(&self, wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultFailure> {
        self.turned(wrapped).map(Zeroizing::new)
    }
}

async fn joined(town: &Town, home: &str, vault: &Pocket) -> Result<Device, AppError> {
    let wish =
        InviteWish { name: home.into(), role: Role::Consultant, programme: None, side: None, valid_minutes: None };
    let invitation = town.leader.with(|d| d.invite(&wish)).unwrap().to_text();
    let (transport, clock) = (HttpTransport::new().unwrap(), Arc::new(SystemClock));
    let guard = Guard::Vault(vault);
    join_with_login(&town.home(home), guard, &invitation, None, None, &transport, clock).await.map(|(device, _)| device)
}

fn opened(town: &Town, home: &str, guard: Guard<'_>) -> Result<Device, AppError> {
    Device::open_guarded(&town.home(home), guard, Arc::new(SystemClock))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_home_behind_a_vault_opens_with_that_vault_alone_and_no_failure_changes_anything() {
    let town = Town::founded().await;
    let vault = Pocket::of(0x5a);
    drop(joined(&town, "Vera", &vault).await.unwrap());
    let other = Pocket::of(0xa5);
    let code = |guard| opened(&town, "Vera", guard).unwrap_err().code();
    for (failure, word) in [
        (VaultFailure::Declined, "vault_declined"),
        (VaultFailure::Unavailable, "vault_unavailable"),
        (VaultFailure::KeyGone, "vault_key_gone"),
        (VaultFailure::Broken, "vault_broken"),
    ] {
        *vault.0.lock().unwrap() = Err(failure);
        assert_eq!(code(Guard::Vault(&vault)), word);
    }
    assert_eq!(code(Guard::Vault(&other)), "wrong_key");
    assert_eq!(code(Guard::Passphrase(PASSPHRASE)), "key_file");
    *vault.0.lock().unwrap() = Ok(0x5a);
    assert!(opened(&town, "Vera", Guard::Vault(&vault)).is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vault_that_refuses_makes_no_home() {
    let town = Town::founded().await;
    let vault = Pocket(Mutex::new(Err(VaultFailure::Declined)));
    assert_eq!(joined(&town, "Vera", &vault).await.unwrap_err().code(), "vault_declined");
    *vault.0.lock().unwrap() = Ok(1);
    assert!(joined(&town, "Vera", &vault).await.is_ok());
}
