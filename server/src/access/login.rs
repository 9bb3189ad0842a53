//! Who has to have logged in, and until when a login carries.
//!
//! A login is one more condition beside an invitation, never instead of one: it opens nothing, and whoever runs the identity
//! provider can let nobody in. It bounds the lease, so that a closed account ends the work of its devices by itself.

use std::sync::Arc;

use feltbog_domain::{DeviceId, MemberId, TenantId};
use feltbog_protocol::{
    DeviceState, ErrorCode, LoginFault, LoginProof, LoginReply, LoginRequest, LoginTerms, LoginWanted, Problem,
    login_nonce,
};

use super::authenticate::Caller;
use super::{Access, Claim, Refusal};
use crate::log::{LoginRow, WriteLog};
use crate::login::{LoggedIn, LoginConfig, NotLoggedIn};

/// A login that holds, for one device.
pub(super) struct Shown {
    login: LoggedIn,
    terms: LoginTerms,
}

impl Access {
    /// When the next login is due after this one; nothing where none is asked for. Who was never asked has some days.
    pub(super) fn due_after(&self, tenant: TenantId, login: Option<LoginRow>, now_ms: i64) -> Option<i64> {
        let config = self.logins.of(tenant)?.config();
        let login = login.unwrap_or(LoginRow { at_ms: now_ms, is_login: false });
        let good_for = if login.is_login { config.renew_ms() } else { LoginConfig::grace_ms() };
        Some(login.at_ms.saturating_add(good_for))
    }

    /// When the person of a device has to log in; nothing where nobody has to, and on a recovery station, which is there for
    /// the day when nobody can.
    pub(super) fn login_due(&self, caller: &Caller) -> Option<i64> {
        self.due_after(caller.tenant, caller.login, self.around.now_ms()).filter(|_| !caller.is_station)
    }

    /// How long a lease given now lasts: never longer than the login carries.
    pub(super) fn lease_until(&self, due_ms: Option<i64>, now_ms: i64) -> i64 {
        now_ms.saturating_add(self.limits.lease_ms()).min(due_ms.unwrap_or(i64::MAX))
    }

    /// Whether it is so near that the person should hear of it.
    pub(super) fn is_worth_telling(&self, tenant: TenantId, due_ms: i64, now_ms: i64) -> bool {
        self.logins.of(tenant).is_some_and(|login| due_ms.saturating_sub(now_ms) <= login.config().warn_ms())
    }

    /// Begins the days a device has that was there before a login was asked for.
    pub(super) async fn ask_for_login(self: &Arc<Self>, caller: Caller) -> Result<Caller, Refusal> {
        if !self.asks_for_login(caller.tenant) || caller.is_station || caller.login.is_some() {
            return Ok(caller);
        }
        let asked = LoginRow { at_ms: self.around.now_ms(), is_login: false };
        let (tenant, device) = (caller.tenant, caller.device);
        self.log.write(move |transaction| transaction.note_login(tenant, device, asked)).await?;
        Ok(Caller { login: Some(asked), ..caller })
    }

    /// Verifies what a device shows. Without anything that holds, the refusal says what is wanted.
    pub(super) async fn must_log_in(
        &self,
        tenant: TenantId,
        device: DeviceId,
        sign_public: &[u8; 32],
        proof: Option<LoginProof>,
    ) -> Result<Option<Shown>, Refusal> {
        let Some(login) = self.logins.of(tenant) else { return Ok(None) };
        let terms = login.terms().await.ok_or(ErrorCode::Busy)?;
        let Some(proof) = proof else { return Err(wanted(terms, None)) };
        let nonce = login_nonce(tenant, device, sign_public, &proof.random);
        match login.verify(&proof.id_token, &nonce, self.around.now_ms()).await {
            Ok(login) => Ok(Some(Shown { login, terms })),
            Err(NotLoggedIn::Fault(fault)) => Err(wanted(terms, Some(fault))),
            Err(NotLoggedIn::Later) => Err(ErrorCode::Busy.into()),
        }
    }

    /// Notes a login, and whose account it is: the first one binds, every later one has to be the same.
    pub(super) fn note_login(
        &self,
        transaction: &dyn WriteLog,
        whose: (TenantId, MemberId, DeviceId),
        shown: &Shown,
    ) -> Result<LoginRow, Refusal> {
        let ((tenant, member, device), issuer) = (whose, shown.terms.issuer.as_str());
        let account = self.key.pseudonym(tenant, issuer, &shown.login.subject);
        let is_theirs = match transaction.login_account(tenant, member, issuer)? {
            Some(bound) => bound == account,
            None => transaction.bind_account(tenant, member, issuer, &account, self.around.now_ms())?,
        };
        if !is_theirs {
            return Err(wanted(shown.terms.clone(), Some(LoginFault::OtherPerson)));
        }
        // An old login that is shown late carries no further than the newest one.
        let before = transaction.login(tenant, device)?.filter(|before| before.is_login);
        let at_ms = before.map_or(shown.login.at_ms, |before| before.at_ms.max(shown.login.at_ms));
        let row = LoginRow { at_ms, is_login: true };
        transaction.note_login(tenant, device, row)?;
        Ok(row)
    }

    /// `POST /v1/login`: the terms, or a login that is taken.
    pub(crate) async fn login(self: &Arc<Self>, claim: Claim) -> Result<LoginReply, Refusal> {
        let (caller, request) = self.blocking(move |this| this.receive_login(&claim)).await?;
        let now_ms = self.around.now_ms();
        if request.proof.is_none() || caller.is_station {
            let terms = match self.logins.of(caller.tenant).filter(|_| !caller.is_station) {
                Some(login) => Some(login.terms().await.ok_or(ErrorCode::Busy)?),
                None => None,
            };
            return Ok(LoginReply { terms, due_ms: self.login_due(&caller), lease: None });
        }
        let shown = self.must_log_in(caller.tenant, caller.device, &caller.sign_public, request.proof).await?;
        let Some(shown) = shown else { return Ok(LoginReply::default()) };
        let (this, whose) = (Arc::clone(self), (caller.tenant, caller.member, caller.device));
        let row = self.log.write(move |transaction| this.take_login(transaction, whose, &shown, now_ms)).await?;
        let due_ms = self.due_after(caller.tenant, Some(row), now_ms);
        let lease = self.key.lease(caller.tenant, caller.device, self.lease_until(due_ms, now_ms));
        Ok(LoginReply { terms: None, due_ms, lease: Some(lease) })
    }

    /// The provider was asked meanwhile, and the device may have been shut out, or its person have left.
    fn take_login(
        &self,
        transaction: &dyn WriteLog,
        whose: (TenantId, MemberId, DeviceId),
        shown: &Shown,
        now_ms: i64,
    ) -> Result<LoginRow, Refusal> {
        must_be_free(self.find_caller(transaction, whose.0, whose.2, now_ms)?.state)?;
        self.note_login(transaction, whose, shown)
    }

    fn receive_login(&self, claim: &Claim) -> Result<(Caller, LoginRequest), Refusal> {
        let now_ms = self.around.now_ms();
        let caller = self.log.read(|transaction| self.authenticate(transaction, claim, now_ms))?;
        self.pace
            .take(caller.tenant, caller.device, &self.limits, now_ms)
            .map_err(|after_s| Refusal::TooOften { after_s })?;
        must_be_free(caller.state)?;
        let request = feltbog_protocol::decode(&claim.body).map_err(|_| ErrorCode::BadRequest)?;
        Ok((caller, request))
    }

    /// Asks each provider who it is before anybody comes, so that whoever starts the server reads at once what is wrong.
    pub(crate) async fn look_at_providers(&self) {
        for login in self.logins.all() {
            if login.terms().await.is_some() {
                tracing::info!(issuer = login.config().issuer, "staff log in");
            }
        }
    }

    /// Whether anybody of a municipality is asked at all.
    pub(super) fn asks_for_login(&self, tenant: TenantId) -> bool {
        self.logins.of(tenant).is_some()
    }
}

pub(super) fn must_be_free(state: DeviceState) -> Result<(), ErrorCode> {
    match state {
        DeviceState::Free => Ok(()),
        DeviceState::Blocked => Err(ErrorCode::DeviceBlocked),
        DeviceState::Revoked => Err(ErrorCode::DeviceRevoked),
    }
}

fn wanted(terms: LoginTerms, fault: Option<LoginFault>) -> Refusal {
    let login = Some(Box::new(LoginWanted { terms, fault }));
    Problem { login, ..Problem::new(ErrorCode::LoginRequired) }.into()
}
