//! Logging in: while joining, and again on a device that is in.

use std::path::Path;
use std::sync::Arc;

use feltbog_app::{AnswerTo, App, AppError, Clock, Guard, HttpTransport, LoginFlow, LoginProof, SystemClock};

use crate::reply::{Joined, Refused, Reply};
use crate::request::Request;
use crate::session::{Session, refused};

/// A login somebody has to do before joining goes on. It is good for one answer.
#[derive(Debug)]
pub struct LoginFirst(Box<LoginFlow>);

impl LoginFirst {
    /// The one port of this computer that the identity provider knows, where it knows one.
    #[must_use]
    pub fn fixed_port(&self) -> Option<u16> {
        self.0.fixed_port()
    }

    /// Where the answer will come.
    #[must_use]
    pub fn answer_to(&self, wanted: AnswerTo) -> AnswerTo {
        self.0.answer_to(wanted)
    }

    /// Where to send the person.
    #[must_use]
    pub fn url(&mut self, answer: AnswerTo) -> String {
        self.0.authorization_url(answer)
    }

    /// Finishes it with what the browser was sent back to: the path and what follows.
    ///
    /// # Errors
    /// [`Refused`] when it is not the answer to this login, or the provider gives no token.
    pub async fn finish(self, answer: &str) -> Result<LoginDone, Refused> {
        let transport = HttpTransport::new().map_err(refused)?;
        let proof = self.0.finish(answer, &transport, SystemClock.now_ms()).await;
        proof.map(LoginDone).map_err(refused)
    }
}

/// A login to join with.
#[derive(Debug)]
pub struct LoginDone(LoginProof);

/// How far joining came.
pub enum Joining {
    /// The device is in.
    In(Session, Joined),
    /// The municipality wants a login first; then the same again, with it.
    LoginFirst(LoginFirst),
}

impl Session {
    /// Makes a device by invitation; `server` is another address of the same server, where the invitation's does not fit.
    ///
    /// # Errors
    /// [`Refused`] when the invitation is not whole, expired or used, the login is not taken, or the server does not answer.
    pub async fn join(
        home: &Path,
        guard: Guard<'_>,
        invitation: &str,
        server: Option<&str>,
        login: Option<LoginDone>,
    ) -> Result<Joining, Refused> {
        let (transport, clock) = (HttpTransport::new().map_err(refused)?, Arc::new(SystemClock));
        let login = login.map(|done| done.0);
        let joining = feltbog_app::join_with_login(home, guard, invitation, server, login, &transport, clock).await;
        match joining {
            Ok((device, joined)) => Ok(Joining::In(Self::around(device)?, Joined::of(joined))),
            Err(AppError::LoginWanted(flow)) => Ok(Joining::LoginFirst(LoginFirst(flow))),
            Err(error) => Err(refused(error)),
        }
    }
}

/// Whether the session answers a request itself, because it waits for the network.
pub(crate) const fn is_about_login(request: &Request) -> bool {
    matches!(request, Request::BeginLogin { .. } | Request::FinishLogin { .. })
}

pub(crate) async fn answer(app: &App, request: Request) -> Reply {
    let answered = match request {
        Request::BeginLogin { port } => {
            let begun = app.begin_login(answer_to(port)).await;
            begun.map(|begun| Reply::LoginBegun { url: begun.url, port: begun.port })
        }
        Request::FinishLogin { answer } => {
            app.finish_login(&answer).await.map(|due| Reply::LoggedIn { login_by: due.map(|due| due.to_string()) })
        }
        _ => return Reply::Done,
    };
    answered.unwrap_or_else(|error| Reply::Refused(refused(error)))
}

/// The bus knows ports alone: none is what a phone says, whose answer comes to the app.
pub(crate) const fn answer_to(port: u16) -> AnswerTo {
    if port == 0 { AnswerTo::App } else { AnswerTo::Port(port) }
}

/// On a computer only a host can wait, and the one around this bus does not.
pub(crate) fn no_port() -> Refused {
    let message = "Herfra kan du ikke logge ind. Brug `feltbog login`.".to_owned();
    Refused { code: "login_port".to_owned(), message, message_en: None, retryable: false }
}
