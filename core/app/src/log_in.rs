//! Logging in again on a device that is in: the terms from the server, the login back to it.

use feltbog_domain::Moment;
use feltbog_protocol::{ErrorCode, Lease, LoginProof, LoginReply, LoginRequest};
use feltbog_store::Progress;
use feltbog_sync::Failure;

use crate::app::on_device;
use crate::device::Device;
use crate::enrol_again::LEASE;
use crate::error::AppError;
use crate::exchange::failure_of;
use crate::in_turn::InTurn;
use crate::login::{LoginFailure, LoginFlow, LoginKey};
use crate::transport::Transport;

const PATH: &str = "/v1/login";
/// When the next login is due, in meta; eight bytes, milliseconds since 1970.
const LOGIN_BY: &str = "login_by";

/// A login that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginBegun {
    /// Where to send the person.
    pub url: String,
    /// The port of this computer on which the answer comes; 0 where it comes to the app.
    pub port: u16,
}

/// Asks the server what a login has to be, and begins one.
pub(crate) async fn begin(device: &InTurn<Device>, transport: &dyn Transport) -> Result<LoginFlow, AppError> {
    let terms = ask(device, transport, None).await?.terms.ok_or(AppError::Login(LoginFailure::NotAsked))?;
    on_device(device, |d| {
        let (tenant, device, sign_public) = (d.identity.tenant, d.identity.device, d.signing.public());
        LoginFlow::begin(terms, &LoginKey { tenant, device, sign_public }, d.now_ms())
    })
}

/// Changes the answer into a token and shows it to the server; says when the next login is due.
pub(crate) async fn finish(
    device: &InTurn<Device>,
    transport: &dyn Transport,
    flow: LoginFlow,
    answer: &str,
) -> Result<Option<Moment>, AppError> {
    let now_ms = on_device(device, |d| Ok(d.now_ms()))?;
    let proof = flow.finish(answer, transport, now_ms).await?;
    let reply = ask(device, transport, Some(proof)).await?;
    on_device(device, |d| d.take_login(&reply))
}

async fn ask(
    device: &InTurn<Device>,
    transport: &dyn Transport,
    proof: Option<LoginProof>,
) -> Result<LoginReply, AppError> {
    let body = feltbog_protocol::encode(&LoginRequest { proof });
    let unreachable = |_| AppError::Exchange(Failure::Unreachable);
    let (url, headers) = on_device(device, |d| d.signed_headers(PATH, &body))?;
    let mut reply = transport.post(&url, PATH, headers, body.clone()).await.map_err(unreachable)?;
    if let Ok(problem) = failure_of(&reply)
        && let (ErrorCode::ClockSkew, Some(server_ms)) = (problem.code, problem.server_time_ms)
    {
        let (url, headers) = on_device(device, |d| {
            d.set_clock_offset(server_ms)?;
            d.signed_headers(PATH, &body)
        })?;
        reply = transport.post(&url, PATH, headers, body).await.map_err(unreachable)?;
    }
    match reply.status {
        200 => feltbog_protocol::decode(&reply.body).map_err(|_| AppError::Exchange(Failure::Untrusted)),
        // A server of before has no logins.
        404 => Err(AppError::Login(LoginFailure::NotAsked)),
        _ => {
            let problem = failure_of(&reply).map_err(AppError::Exchange)?;
            let fault = problem.login.and_then(|wanted| wanted.fault);
            let refused = AppError::Exchange(Failure::Refused(problem.code));
            Err(fault.map_or(refused, |fault| AppError::Login(LoginFailure::Refused(fault))))
        }
    }
}

impl Device {
    /// Whether the municipality's own server signed a lease for this device.
    pub(crate) fn is_ours(&self, lease: &Lease) -> bool {
        let (tenant, device) = (self.identity.tenant, self.identity.device);
        self.roster.server_key().is_some_and(|key| lease.is_signed_by(key, tenant, device))
    }

    fn take_login(&mut self, reply: &LoginReply) -> Result<Option<Moment>, AppError> {
        let lease = reply.lease.as_ref().filter(|lease| self.is_ours(lease));
        let lease = lease.ok_or(AppError::Exchange(Failure::Untrusted))?;
        self.store.write(|w| {
            let progress = w.progress()?;
            w.set_progress(&Progress { lease_until_ms: lease.until_ms, ..progress })?;
            w.set_meta(LEASE, &feltbog_protocol::encode(lease))?;
            w.remove_meta(LOGIN_BY)?;
            Ok::<_, AppError>(())
        })?;
        Ok(reply.due_ms.map(Moment::from_unix_ms))
    }

    /// Keeps what the server said last of when a login is due.
    pub(crate) fn note_login_by(&mut self, by_ms: Option<i64>) -> Result<(), AppError> {
        let wanted = by_ms.map(i64::to_be_bytes);
        if self.store.reader().meta(LOGIN_BY)?.as_deref() == wanted.as_ref().map(<[u8; 8]>::as_slice) {
            return Ok(());
        }
        Ok(self.store.write(|w| match wanted {
            Some(bytes) => w.set_meta(LOGIN_BY, &bytes),
            None => w.remove_meta(LOGIN_BY),
        })?)
    }

    /// When somebody has to log in again, once that is near or over.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn login_by(&self) -> Result<Option<Moment>, AppError> {
        let stored = self.store.reader().meta(LOGIN_BY)?;
        Ok(stored.and_then(|bytes| bytes.try_into().ok()).map(|bytes| Moment::from_unix_ms(i64::from_be_bytes(bytes))))
    }
}
