//! Staff login by OpenID Connect, where `[login]` stands in the configuration.
//!
//! The device does the code flow with PKCE; this end verifies the ID token it comes back with. Nothing of the person is kept but
//! a pseudonym of the account and the time.
//!
//! ```text
//! device --code, verifier--> provider --ID token--> device --token, random--> here: signature, claims, nonce of this device's key
//! ```

mod address;
mod config;
mod id_token;
mod keys;
mod logins;
mod provider;

use feltbog_protocol::{LoginFault, LoginTerms};

pub use config::{LoginConfig, LoginConfigError};
pub use logins::Logins;

use id_token::Refused;
use provider::{Provider, Unusable};

/// The login of one municipality's staff.
pub(crate) struct Login {
    config: LoginConfig,
    provider: Provider,
}

/// Somebody logged in.
#[derive(Debug, Clone)]
pub(crate) struct LoggedIn {
    /// The account's name at the provider. It goes no further than to its pseudonym.
    pub(crate) subject: String,
    /// When, milliseconds since 1970.
    pub(crate) at_ms: i64,
}

/// Why nobody logged in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotLoggedIn {
    /// What was shown does not do.
    Fault(LoginFault),
    /// The provider could not be asked; later it may do.
    Later,
}

impl Login {
    /// The login that a configuration asks for. Nothing is asked of the provider before somebody comes.
    pub(crate) fn new(config: LoginConfig) -> Result<Self, reqwest::Error> {
        Ok(Self { provider: Provider::new(&config.issuer)?, config })
    }

    /// What was configured.
    pub(crate) fn config(&self) -> &LoginConfig {
        &self.config
    }

    /// What a login has to be; nothing while the provider does not answer.
    pub(crate) async fn terms(&self) -> Option<LoginTerms> {
        let metadata = told(self.provider.metadata().await)?;
        let names_issuer = metadata.authorization_response_iss_parameter_supported;
        Some(self.config.terms(metadata.authorization_endpoint, metadata.token_endpoint, names_issuer))
    }

    /// Verifies a token for whoever made this nonce.
    pub(crate) async fn verify(&self, id_token: &str, nonce: &str, now_ms: i64) -> Result<LoggedIn, NotLoggedIn> {
        let mut judged = self.judge(id_token, nonce, now_ms, false).await?;
        if judged == Err(Refused::UnknownKey) {
            judged = self.judge(id_token, nonce, now_ms, true).await?;
        }
        match judged {
            Ok(login) => Ok(LoggedIn { subject: login.subject, at_ms: login.at_ms }),
            Err(refused) => {
                let (fault, rule) = match refused {
                    Refused::UnknownKey => (LoginFault::NotValid, "kid"),
                    Refused::Fault(fault, rule) => (fault, rule),
                };
                tracing::info!(%fault, rule, "a login was not taken");
                Err(NotLoggedIn::Fault(fault))
            }
        }
    }

    async fn judge(
        &self,
        id_token: &str,
        nonce: &str,
        now_ms: i64,
        anew: bool,
    ) -> Result<Result<id_token::Login, Refused>, NotLoggedIn> {
        let keys = told(self.provider.keys(anew).await).ok_or(NotLoggedIn::Later)?;
        Ok(id_token::verify(id_token, &keys, &self.config, nonce, now_ms))
    }
}

/// Tells whoever runs the server why logins do not work.
fn told<T>(asked: Result<T, Unusable>) -> Option<T> {
    asked.inspect_err(|error| tracing::error!(%error, "nobody can log in")).ok()
}
