//! The way from a command to the host that has its home open.

use std::path::Path;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, StatusCode};
use feltbog_bridge::{Asked, CONTRACT_VERSION, Reply, Request, open_host_token};
use serde::Deserialize;

use super::token::{TOKEN_HEADER, Token};
use super::{loopback, notice};
use crate::failure::Failure;
use crate::passphrase::Passphrase;

/// Time for a host of this computer to say that it is there.
const KNOCK: Duration = Duration::from_secs(2);

/// A host that answers, and the token to be let in.
pub(crate) struct HostLink {
    port: u16,
    token: Token,
    municipality: Option<u32>,
}

#[derive(Deserialize)]
struct Contract {
    contract_version: u32,
}

impl HostLink {
    /// The host of this home, if one answers.
    ///
    /// # Errors
    /// A wrong passphrase, or a host of another contract.
    pub(crate) async fn find(home: &Path, passphrase: &Passphrase) -> Result<Option<Self>, Failure> {
        let Some(posted) = notice::read(home) else { return Ok(None) };
        match contract(posted.port).await {
            None => Ok(None),
            Some(CONTRACT_VERSION) => {
                let token = Token::new(open_host_token(home, passphrase.bytes(), &posted.token)?);
                Ok(Some(Self { port: posted.port, token, municipality: posted.municipality }))
            }
            Some(_) => Err(Failure::OtherVersion),
        }
    }

    /// Where a browser finds it.
    pub(crate) fn address(&self) -> String {
        super::address(self.port, self.token.text())
    }

    /// One question or act. Without a time limit, because an import takes as long as it takes;
    /// a host that dies closes the connection.
    pub(crate) async fn call(&self, request: Request) -> Result<Reply, Failure> {
        let silent = || Failure::HostSilent;
        let asked = Asked { municipality: self.municipality, request };
        let body = serde_json::to_vec(&asked).map_err(|_| silent())?;
        let request = loopback::request(Method::POST, "/call")
            .header(CONTENT_TYPE, "application/json")
            .header(TOKEN_HEADER, self.token.text())
            .body(Body::from(body))
            .map_err(|_| silent())?;
        let (_, answer) = loopback::send(self.port, request).await.map_err(|_| silent())?;
        // Whatever the status: what the host has to say about a failure is a reply as well.
        serde_json::from_slice(&answer).map_err(|_| silent())
    }
}

/// The contract of whatever listens there.
async fn contract(port: u16) -> Option<u32> {
    let request = loopback::request(Method::GET, "/contract").body(Body::empty()).ok()?;
    let (status, answer) = tokio::time::timeout(KNOCK, loopback::send(port, request)).await.ok()?.ok()?;
    let contract: Contract = serde_json::from_slice(&answer).ok()?;
    (status == StatusCode::OK).then_some(contract.contract_version)
}
