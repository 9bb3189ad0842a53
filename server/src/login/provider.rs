//! The identity provider over the network: where its endpoints are and which keys it signs with.

use std::time::{Duration, Instant};

use reqwest::{Client, Url};
use serde::Deserialize;
use tokio::sync::Mutex;

use super::address::{is_loopback, is_safe};
use super::keys::Keys;

/// Time for one answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long an answer is believed.
const FRESH: Duration = Duration::from_secs(60 * 60);
/// Pause between two looks for keys we do not know: whoever makes up names of keys must not make us flood the provider.
const BETWEEN_LOOKS: Duration = Duration::from_secs(60);
/// Pause after the provider did not answer.
const AFTER_SILENCE: Duration = Duration::from_secs(5);
/// Longer than any document of a provider.
const LONGEST: usize = 256 * 1024;

/// Where things are, as the provider publishes it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Metadata {
    issuer: String,
    pub(super) authorization_endpoint: String,
    pub(super) token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    code_challenge_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    pub(super) authorization_response_iss_parameter_supported: bool,
}

/// The provider cannot be asked, or what it says cannot be right. The text is for whoever runs the server.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the identity provider is of no use now: {0}")]
pub(super) struct Unusable(pub(super) &'static str);

/// A provider, and what it said last.
pub(super) struct Provider {
    client: Client,
    issuer: String,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    metadata: Option<(Metadata, Instant)>,
    keys: Option<(Keys, Instant)>,
    looked_anew: Option<Instant>,
    silent: Option<(Unusable, Instant)>,
}

impl Provider {
    pub(super) fn new(issuer: &str) -> Result<Self, reqwest::Error> {
        // A second call finds it installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut client = Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none());
        if issuer.parse::<Url>().is_ok_and(|url| is_loopback(&url)) {
            client = client.no_proxy();
        }
        Ok(Self { client: client.build()?, issuer: issuer.to_owned(), known: Mutex::default() })
    }

    /// Where its endpoints are.
    pub(super) async fn metadata(&self) -> Result<Metadata, Unusable> {
        self.metadata_in(&mut *self.known.lock().await).await
    }

    /// The keys it signs with; those it has now, where `anew` is asked for and was not a moment ago.
    pub(super) async fn keys(&self, anew: bool) -> Result<Keys, Unusable> {
        let known = &mut *self.known.lock().await;
        let may_look = known.looked_anew.is_none_or(|at| at.elapsed() >= BETWEEN_LOOKS);
        if let Some((keys, at)) = &known.keys
            && at.elapsed() < FRESH
            && !(anew && may_look)
        {
            return Ok(keys.clone());
        }
        if anew {
            known.looked_anew = Some(Instant::now());
        }
        known.must_not_be_silent()?;
        let metadata = self.metadata_in(known).await?;
        let fetched = self.fetch(&metadata.jwks_uri).await;
        let read = fetched.and_then(|text| Keys::read(&text).ok_or(Unusable("its keys cannot be read")));
        let keys = note(known, read)?;
        known.keys = Some((keys.clone(), Instant::now()));
        Ok(keys)
    }

    async fn metadata_in(&self, known: &mut Known) -> Result<Metadata, Unusable> {
        if let Some((metadata, _)) = known.metadata.as_ref().filter(|(_, at)| at.elapsed() < FRESH) {
            return Ok(metadata.clone());
        }
        known.must_not_be_silent()?;
        let read = self.discover().await;
        let metadata = note(known, read)?;
        known.metadata = Some((metadata.clone(), Instant::now()));
        Ok(metadata)
    }

    async fn discover(&self) -> Result<Metadata, Unusable> {
        let place = format!("{}/.well-known/openid-configuration", self.issuer.trim_end_matches('/'));
        let metadata: Metadata = serde_json::from_slice(&self.fetch(&place).await?)
            .map_err(|_| Unusable("its configuration cannot be read"))?;
        if metadata.issuer != self.issuer {
            return Err(Unusable("it calls itself something else than `issuer` in the configuration"));
        }
        let addresses = [&metadata.authorization_endpoint, &metadata.token_endpoint, &metadata.jwks_uri];
        if !addresses.into_iter().all(|address| is_safe(address)) {
            return Err(Unusable("it names an address without encryption"));
        }
        let methods = metadata.code_challenge_methods_supported.as_ref();
        if methods.is_some_and(|methods| !methods.iter().any(|method| method == "S256")) {
            return Err(Unusable("it knows no PKCE with S256"));
        }
        Ok(metadata)
    }

    async fn fetch(&self, address: &str) -> Result<Vec<u8>, Unusable> {
        let silent = |_| Unusable("it does not answer");
        let mut response = self.client.get(address).send().await.map_err(silent)?;
        if response.status() != reqwest::StatusCode::OK {
            return Err(Unusable("it answers with an error"));
        }
        let mut text = Vec::new();
        while let Some(part) = response.chunk().await.map_err(silent)? {
            if text.len() + part.len() > LONGEST {
                return Err(Unusable("its answer is too long"));
            }
            text.extend_from_slice(&part);
        }
        Ok(text)
    }
}

impl Known {
    /// Refuses at once while a provider that did not answer is left alone.
    fn must_not_be_silent(&self) -> Result<(), Unusable> {
        match self.silent.as_ref().filter(|(_, at)| at.elapsed() < AFTER_SILENCE) {
            Some((why, _)) => Err(why.clone()),
            None => Ok(()),
        }
    }
}

/// Remembers silence, so that a provider that is down is not waited for by one request after the other.
fn note<T>(known: &mut Known, read: Result<T, Unusable>) -> Result<T, Unusable> {
    known.silent = read.as_ref().err().map(|why| (why.clone(), Instant::now()));
    read
}
