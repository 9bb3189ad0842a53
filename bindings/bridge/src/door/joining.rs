//! Joining through a door behind which nobody lives yet.

use feltbog_app::{AppError, Guard};
use tokio::runtime::Handle;

use super::Door;
use super::background::gave_way;
use crate::event::Event;
use crate::login::{Joining, LoginDone, LoginFirst};
use crate::reply::{Refused, Reply};
use crate::session::{Session, gone_wrong, refused};

/// A login that joining waits for: begun, or done.
#[derive(Debug, Default)]
pub(super) struct LoginOnTheWay {
    begun: Option<LoginFirst>,
    done: Option<LoginDone>,
}

impl Door {
    /// Makes a device of this home. Where the municipality wants a login first, the answer says so: after it, the same again.
    pub(super) async fn join(&self, invitation: String, server: Option<String>) -> Result<Reply, Refused> {
        let _turning = self.inner.turn().await;
        let vault = self.inner.vault.clone().filter(|_| !self.is_open());
        let vault = vault.ok_or_else(|| refused(AppError::AlreadySetUp))?;
        let login = self.inner.login().done.take();
        let (home, here) = (self.inner.home.clone(), Handle::current());
        let mut others = self.inner.others.subscribe();
        // The vault may ask whoever holds the phone, and stops nobody else meanwhile.
        let joining = tokio::task::spawn_blocking(move || {
            let guard = Guard::Vault(vault.as_ref());
            here.block_on(async {
                tokio::select! {
                    joining = Session::join(&home, guard, invitation.trim(), server.as_deref(), login) => joining,
                    // A phone that is put away does not wait for the server; the same again goes on from there.
                    _ = others.wait_for(|others| *others > 0) => Err(gave_way()),
                }
            })
        });
        match joining.await.unwrap_or_else(|_| Err(gone_wrong()))? {
            Joining::In(session, joined) => {
                self.stand_open(session);
                self.inner.tell(Event::Changed);
                Ok(Reply::Joined(joined))
            }
            Joining::LoginFirst(first) => {
                let port = first.fixed_port();
                self.inner.login().begun = Some(first);
                Ok(Reply::LoginFirst { port })
            }
        }
    }

    /// Whether a login is about joining, and not about a device that is in.
    pub(super) fn waits_for_login(&self) -> bool {
        self.inner.login().begun.is_some()
    }

    pub(super) fn begin_login(&self, port: u16) -> Reply {
        let mut login = self.inner.login();
        let Some(first) = login.begun.as_mut() else { return Reply::Refused(gone_wrong()) };
        let port = first.fixed_port().unwrap_or(port);
        Reply::LoginBegun { url: first.url(port), port }
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
