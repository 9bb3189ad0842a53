//! Logging in at the municipality's identity provider: the code flow with PKCE (RFC 7636, 8252, 9207), without a network.
//!
//! Opening a browser and listening for its answer is the host's affair; asking the token endpoint is the transport's.

use data_encoding::BASE64URL_NOPAD;
use feltbog_domain::{DeviceId, TenantId};
use feltbog_protocol::{LoginFault, LoginProof, LoginTerms, login_nonce};
use feltbog_sealing::random_bytes;
use reqwest::Url;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::error::AppError;
use crate::transport::{HttpTransport, Transport};

/// Where a phone's app is sent back to (RFC 8252 section 7.1): a page there cannot wait on a port while the app lies behind it. The
/// hosts of both phones claim the scheme; whoever else does gets a code that is worth nothing without what is kept here.
const OF_THE_APP: &str = "dk.feltbog.app:/login";
/// How long somebody may take at the provider's page.
const PATIENCE_MS: i64 = 10 * 60 * 1000;

/// Why a login came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginFailure {
    /// The municipality asks for none.
    NotAsked,
    /// None was begun here, or it was finished before.
    NotBegun,
    /// It took too long.
    TooLate,
    /// The answer is not to what was asked here, or not from the provider.
    NotOurs,
    /// The person or the provider said no.
    Declined,
    /// The provider gave no token, or its endpoints cannot be used.
    Provider,
    /// The municipality's server does not take it.
    Refused(LoginFault),
}

/// Whose login it will be: the nonce is made of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LoginKey {
    pub(crate) tenant: TenantId,
    pub(crate) device: DeviceId,
    pub(crate) sign_public: [u8; 32],
}

/// How the provider's answer comes back to the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerTo {
    /// A port of this computer, on which somebody waits.
    Port(u16),
    /// The app itself, by an address that the phone opens with it.
    App,
}

impl AnswerTo {
    /// The port, where there is one; 0 elsewhere.
    #[must_use]
    pub const fn port(self) -> u16 {
        match self {
            Self::Port(port) => port,
            Self::App => 0,
        }
    }
}

/// A login that was begun. It is finished once, whatever comes of it: state, verifier and random part are good for one answer.
pub struct LoginFlow {
    terms: LoginTerms,
    random: [u8; 16],
    nonce: String,
    verifier: Zeroizing<String>,
    state: Zeroizing<String>,
    redirect: Url,
    begun_ms: i64,
}

/// What is wanted of a token endpoint's answer.
#[derive(Deserialize)]
struct Tokens {
    id_token: String,
}

impl std::fmt::Debug for LoginFlow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LoginFlow(..)")
    }
}

impl LoginFlow {
    /// Begins one as the server wants it.
    ///
    /// # Errors
    /// When the endpoints are not encrypted, or the answer would go to another computer.
    pub(crate) fn begin(terms: LoginTerms, key: &LoginKey, now_ms: i64) -> Result<Self, AppError> {
        let unusable = |_| AppError::Login(LoginFailure::Provider);
        HttpTransport::check_address(&terms.authorization_endpoint).map_err(unusable)?;
        HttpTransport::check_address(&terms.token_endpoint).map_err(unusable)?;
        let redirect = terms.redirect_uri.parse::<Url>().ok().filter(is_own_computer);
        let random = random_bytes();
        Ok(Self {
            nonce: login_nonce(key.tenant, key.device, &key.sign_public, &random),
            redirect: redirect.ok_or(AppError::Login(LoginFailure::Provider))?,
            random,
            verifier: Zeroizing::new(word()),
            state: Zeroizing::new(word()),
            begun_ms: now_ms,
            terms,
        })
    }

    /// The one port the provider knows, where it knows one.
    #[must_use]
    pub fn fixed_port(&self) -> Option<u16> {
        self.redirect.port()
    }

    /// Where the answer will come: on a computer to the port the provider knows, where it knows one.
    #[must_use]
    pub fn answer_to(&self, wanted: AnswerTo) -> AnswerTo {
        match wanted {
            AnswerTo::Port(port) => AnswerTo::Port(self.fixed_port().unwrap_or(port)),
            AnswerTo::App => AnswerTo::App,
        }
    }

    /// Where to send the person.
    #[must_use]
    pub fn authorization_url(&mut self, answer: AnswerTo) -> String {
        self.come_back_to(self.answer_to(answer));
        let challenge = BASE64URL_NOPAD.encode(&Sha256::digest(self.verifier.as_bytes()));
        let Ok(mut url) = self.terms.authorization_endpoint.parse::<Url>() else { return String::new() };
        let max_age = self.terms.max_age_s.to_string();
        let levels = self.terms.acr_values.join(" ");
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.terms.client_id)
            .append_pair("redirect_uri", self.redirect.as_str())
            .append_pair("scope", &self.terms.scope)
            .append_pair("state", &self.state)
            .append_pair("nonce", &self.nonce)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256")
            .append_pair("max_age", &max_age);
        if !levels.is_empty() {
            url.query_pairs_mut().append_pair("acr_values", &levels);
        }
        url.into()
    }

    fn come_back_to(&mut self, answer: AnswerTo) {
        match answer {
            AnswerTo::Port(port) => {
                // Addresses without a host have no port; this one has a host.
                let _ = self.redirect.set_port(Some(port));
            }
            AnswerTo::App => self.redirect = OF_THE_APP.parse().unwrap_or_else(|_| self.redirect.clone()),
        }
    }

    /// Finishes it with what the browser was sent back to: the path and what follows, or a whole address. The code is changed into a token.
    ///
    /// # Errors
    /// [`AppError::Login`], and [`AppError::Exchange`] when the provider cannot be reached.
    pub async fn finish(self, answer: &str, transport: &dyn Transport, now_ms: i64) -> Result<LoginProof, AppError> {
        let code = self.code_in(answer, now_ms).map_err(AppError::Login)?;
        let fields = self.token_request(&code);
        let reply = transport.form(&self.terms.token_endpoint, &fields).await;
        let reply = reply.map_err(|_| AppError::Exchange(feltbog_sync::Failure::Unreachable))?;
        // With all tokens in it; only the one that is asked for is copied out. That one goes on in a request, and from there on
        // it is the HTTP library's: it is good with this device's key alone, and for minutes.
        let body = Zeroizing::new(reply.body);
        let tokens: Option<Tokens> = serde_json::from_slice(&body).ok().filter(|_| reply.status == 200);
        let Tokens { id_token } = tokens.ok_or(AppError::Login(LoginFailure::Provider))?;
        Ok(LoginProof { random: self.random, id_token })
    }

    /// The code in an answer, if it is the answer to this and from the provider it was asked of.
    fn code_in(&self, answer: &str, now_ms: i64) -> Result<Zeroizing<String>, LoginFailure> {
        if !(0..=PATIENCE_MS).contains(&now_ms.saturating_sub(self.begun_ms)) {
            return Err(LoginFailure::TooLate);
        }
        let url = self.redirect.join(answer).map_err(|_| LoginFailure::NotOurs)?;
        let code = self.code_of(&url);
        // The address holds the code as well.
        drop(Zeroizing::new(String::from(url)));
        code
    }

    fn code_of(&self, url: &Url) -> Result<Zeroizing<String>, LoginFailure> {
        if place_of(url) != place_of(&self.redirect) {
            return Err(LoginFailure::NotOurs);
        }
        let state = only(url, "state")?.ok_or(LoginFailure::NotOurs)?;
        // Compared by hashes, so that time tells nothing of how much of it fits.
        if Sha256::digest(state.as_bytes()) != Sha256::digest(self.state.as_bytes()) {
            return Err(LoginFailure::NotOurs);
        }
        match only(url, "iss")? {
            Some(issuer) if *issuer != self.terms.issuer => return Err(LoginFailure::NotOurs),
            None if self.terms.names_issuer => return Err(LoginFailure::NotOurs),
            _ => {}
        }
        if only(url, "error")?.is_some() {
            return Err(LoginFailure::Declined);
        }
        only(url, "code")?.filter(|code| !code.is_empty()).ok_or(LoginFailure::NotOurs)
    }

    fn token_request(&self, code: &str) -> Vec<(&'static str, Zeroizing<String>)> {
        let text = |text: &str| Zeroizing::new(text.to_owned());
        vec![
            ("grant_type", text("authorization_code")),
            ("code", text(code)),
            ("redirect_uri", text(self.redirect.as_str())),
            ("client_id", text(&self.terms.client_id)),
            ("code_verifier", self.verifier.clone()),
        ]
    }
}

/// The value of a name that stands there once or not at all; twice is somebody's trick.
fn only(url: &Url, name: &str) -> Result<Option<Zeroizing<String>>, LoginFailure> {
    let mut values =
        url.query_pairs().filter(|(key, _)| key == name).map(|(_, value)| Zeroizing::new(value.into_owned()));
    let first = values.next();
    if values.next().is_some() { Err(LoginFailure::NotOurs) } else { Ok(first) }
}

/// Everything before the question mark. Two addresses of an app's own scheme have no origin in common, so that is not asked.
fn place_of(url: &Url) -> (&str, Option<&str>, Option<u16>, &str) {
    (url.scheme(), url.host_str().filter(|host| !host.is_empty()), url.port_or_known_default(), url.path())
}

fn is_own_computer(url: &Url) -> bool {
    url.scheme() == "http"
        && matches!(url.host_str(), Some("127.0.0.1" | "localhost"))
        && url.query().is_none()
        && url.fragment().is_none()
}

/// 256 random bits, as 43 letters that need no escape.
fn word() -> String {
    BASE64URL_NOPAD.encode(&random_bytes::<32>())
}

#[cfg(test)]
mod tests;
