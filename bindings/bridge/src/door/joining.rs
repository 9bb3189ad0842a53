//! Joining through a door behind which nobody lives yet.

use std::sync::atomic::Ordering;

use feltbog_app::{AppError, LoginFlow};
use tokio::runtime::Handle;
use zeroize::Zeroizing;

use super::background::gave_way;
use super::{Door, Key};
use crate::event::Event;
use crate::login::{Joining, LoginDone, LoginFirst, answer_to};
use crate::reply::{Joined, Refused, Reply};
use crate::session::{Session, gone_wrong, refused};
use crate::typed_secret::TypedSecret;

/// A login that somebody waits for. It outlives a lock: on a phone, whoever is at the provider's page has put the app away.
#[derive(Debug, Default)]
pub(super) struct LoginOnTheWay {
    /// Joining waits for it.
    begun: Option<LoginFirst>,
    /// Joining goes on with it.
    done: Option<LoginDone>,
    /// The device that is in has begun it, and was closed.
    pub(super) set_down: Option<LoginFlow>,
}

impl Door {
    /// Makes a device of this home. Where the municipality wants a login first, the answer says so: after it, the same again.
    pub(super) async fn join(
        &self,
        invitation: String,
        server: Option<String>,
        passphrase: TypedSecret,
    ) -> Result<Reply, Refused> {
        let _turning = self.inner.turn().await;
        if self.is_open() {
            return Err(refused(AppError::AlreadySetUp));
        }
        let key = self.new_key(&passphrase)?;
        let login = self.inner.login().done.take();
        let (home, here) = (self.inner.home.clone(), Handle::current());
        let mut others = self.inner.others.subscribe();
        // The vault may ask whoever holds the phone, and stops nobody else meanwhile.
        let joining = tokio::task::spawn_blocking(move || {
            here.block_on(async {
                tokio::select! {
                    joining = Session::join(&home, key.guard(), invitation.trim(), server.as_deref(), login) => joining,
                    // A phone that is put away does not wait for the server; the same again goes on from there.
                    _ = others.wait_for(|others| *others > 0) => Err(gave_way()),
                }
            })
        });
        match joining.await.unwrap_or_else(|_| Err(gone_wrong()))? {
            Joining::In(session, joined) => {
                self.stand_open(session);
                self.inner.tell(Event::Changed);
                Ok(Reply::Joined(Joined { municipality: Some(self.inner.place.number()), ..joined }))
            }
            Joining::LoginFirst(first) => {
                self.inner.unfinished.store(true, Ordering::Relaxed);
                let port = first.fixed_port();
                self.inner.login().begun = Some(first);
                Ok(Reply::LoginFirst { port, municipality: self.inner.place.number() })
            }
        }
    }

    /// What a new home is locked with: the phone's vault, or on a computer what was typed.
    fn new_key(&self, passphrase: &TypedSecret) -> Result<Key, Refused> {
        match &self.inner.vault {
            Some(vault) => Ok(Key::Vault(vault.clone())),
            None if passphrase.bytes().is_empty() => Err(refused(AppError::NoPassphrase)),
            None => Ok(Key::Passphrase(Zeroizing::new(passphrase.bytes().to_vec()))),
        }
    }

    /// Whether a login is about joining, and not about a device that is in.
    pub(super) fn waits_for_login(&self) -> bool {
        self.inner.login().begun.is_some()
    }

    pub(super) fn begin_login(&self, port: u16) -> Reply {
        let mut login = self.inner.login();
        let Some(first) = login.begun.as_mut() else { return Reply::Refused(gone_wrong()) };
        let answer = first.answer_to(answer_to(port));
        Reply::LoginBegun { url: first.url(answer), port: answer.port() }
    }

    pub(super) async fn finish_login(&self, answer: &str) -> Reply {
        let Some(first) = self.inner.login().begun.take() else { return Reply::Refused(gone_wrong()) };
        match first.finish(answer).await {
            Ok(done) => {
                self.inner.login().done = Some(done);
                Reply::LoggedIn { login_by: None }
            }
            Err(refused) => Reply::Refused(refused),
        }
    }
}
