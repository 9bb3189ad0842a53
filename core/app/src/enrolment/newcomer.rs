//! A device that does not exist yet: its ids, its keys, and what it certifies of itself.

use std::path::Path;
use std::sync::Arc;

use feltbog_domain::{DeviceId, MemberId, ProgrammeId, Role, RoleGrant, Side, TenantId};
use feltbog_protocol::{
    BackfillAsk, BootstrapCode, CertificateBundle, Draft, EnrolReply, Envelope, EnvelopeHash, EnvelopeKind, Header,
    Invitation, Issuer, RoleCode, SignedStatement, Statement,
};
use feltbog_sealing::{RootSeed, Secret, SigningPair, WrapPair, random_id};
use feltbog_store::{Home, Identity, Progress, RowStatus, Store};
use zeroize::Zeroizing;

use super::{ENROLMENT, Invited, OpenHome};
use crate::clock::Clock;
use crate::device::Device;
use crate::error::AppError;
use crate::key_vault::Guard;
use crate::login::LoginKey;
use crate::seal_pending::PREV_UNBOUND;
use crate::user_keys::NewUserKey;

/// A device that does not exist yet: its ids and keys.
pub(crate) struct Newcomer {
    pub(crate) identity: Identity,
    pub(super) user_key: FirstUserKey,
}

/// The member's key as a new device makes it: the first one, or the next where the member has other devices.
pub(crate) struct FirstUserKey {
    pub(super) seed: Secret,
    pub(super) epoch: u32,
    others: Vec<(DeviceId, [u8; 32])>,
}

impl FirstUserKey {
    /// Of a member who is new.
    pub(crate) fn first() -> Self {
        Self { seed: Secret::random(), epoch: 1, others: Vec::new() }
    }

    /// As the invitation wants it: the first key of somebody new, the next of a member who has devices already.
    pub(super) fn wanted(invited: &Invited) -> Self {
        match invited {
            Invited::Member { .. } => Self::first(),
            Invited::Device { user_key_epoch, others, .. } => Self {
                seed: Secret::random(),
                epoch: user_key_epoch.saturating_add(1),
                others: others.iter().map(|other| (other.device, other.wrap_public)).collect(),
            },
        }
    }
}

impl Newcomer {
    /// The successor of a device whose database was an older copy. `seeds`: id, signing, wrapping.
    pub(crate) fn renewed(old: &Identity, seeds: &[u8; 80]) -> Self {
        let (device, keys) = seeds.split_at(16);
        let (sign, wrap) = keys.split_at(32);
        let mut identity = old.clone();
        identity.device = feltbog_domain::DeviceId::new(device.try_into().unwrap_or_default());
        identity.sign_seed = Zeroizing::new(sign.try_into().unwrap_or_default());
        identity.wrap_seed = Zeroizing::new(wrap.try_into().unwrap_or_default());
        Self { identity, user_key: FirstUserKey::first() }
    }

    pub(crate) fn new(
        tenant: TenantId,
        root: [u8; 32],
        url: String,
        member: MemberId,
        name: String,
        user_key: FirstUserKey,
    ) -> Self {
        let identity = Identity {
            tenant,
            root,
            url,
            device: random_id(),
            member,
            name,
            sign_seed: Zeroizing::new(feltbog_sealing::random_bytes()),
            wrap_seed: Zeroizing::new(feltbog_sealing::random_bytes()),
        };
        Self { identity, user_key }
    }

    pub(super) fn login_key(&self) -> LoginKey {
        let Identity { tenant, device, .. } = self.identity;
        LoginKey { tenant, device, sign_public: self.signing().public() }
    }

    pub(crate) fn signing(&self) -> SigningPair {
        SigningPair::from_seed(&Secret::new(*self.identity.sign_seed))
    }

    pub(super) fn first_bundle(
        &self,
        seed: &RootSeed,
        code: &BootstrapCode,
        programme: ProgrammeId,
    ) -> Result<CertificateBundle, AppError> {
        let root = seed.root();
        let by_root = |statement: &Statement| root.certify(self.identity.tenant, Issuer::Root, statement);
        let recovery = seed.recovery().public();
        let leader = RoleGrant { role: Role::Leader, programme, side: Side::Employment };
        let administrator =
            RoleGrant { role: Role::Administrator, programme: ProgrammeId::NONE, side: Side::Employment };
        let roles = vec![administrator.into(), leader.into()];
        let statements = vec![
            by_root(&Statement::RecoveryKey { epoch: 1, public: recovery }),
            by_root(&Statement::ServerKey { public: code.server_key }),
            by_root(&Statement::Member { member: self.identity.member, roles }),
            by_root(&self.device_statement(1)),
            self.user_key_statement(&recovery)?,
        ];
        Ok(CertificateBundle { statements })
    }

    pub(super) fn invited_bundle(
        &self,
        invitation: &Invitation,
        roles: Option<&[RoleCode]>,
    ) -> Result<CertificateBundle, AppError> {
        let altered = || AppError::Invitation(feltbog_protocol::InvitationError::Altered);
        let tenant = self.identity.tenant;
        if !invitation.recovery.is_signed_by(tenant, &invitation.root) {
            return Err(altered());
        }
        let Some(Statement::RecoveryKey { public: recovery, .. }) = invitation.recovery.statement() else {
            return Err(altered());
        };
        let key = SigningPair::from_seed(&Secret::new(invitation.seed));
        let issuer = Issuer::Invitation(key.public());
        let mut statements = vec![invitation.statement.clone()];
        if let Some(roles) = roles {
            let member = Statement::Member { member: self.identity.member, roles: roles.to_vec() };
            statements.push(key.certify(tenant, issuer, &member));
        }
        statements.push(key.certify(tenant, issuer, &self.device_statement(1)));
        statements.push(self.user_key_statement(&recovery)?);
        Ok(CertificateBundle { statements })
    }

    pub(crate) fn device_statement(&self, incarnation: u32) -> Statement {
        Statement::Device {
            device: self.identity.device,
            member: self.identity.member,
            sign_public: self.signing().public(),
            wrap_public: WrapPair::from_seed(&Secret::new(*self.identity.wrap_seed)).public(),
            incarnation,
        }
    }

    /// The member's own key for this device, the member's others, and recovery, signed by this device.
    fn user_key_statement(&self, recovery: &[u8; 32]) -> Result<SignedStatement, AppError> {
        let own = WrapPair::from_seed(&Secret::new(*self.identity.wrap_seed)).public();
        let key = NewUserKey {
            tenant: self.identity.tenant,
            member: self.identity.member,
            epoch: self.user_key.epoch,
            seed: &self.user_key.seed,
            devices: std::iter::once((self.identity.device, own)).chain(self.user_key.others.iter().copied()).collect(),
            recovery: *recovery,
        };
        key.certified_by(self.identity.device, &self.signing())
    }

    pub(crate) fn envelope(&self, bundle: &CertificateBundle) -> Result<Envelope, AppError> {
        let header = Header {
            kind: EnvelopeKind::Certificate.code(),
            suite: 0,
            codec: 0,
            tenant: self.identity.tenant,
            folder: feltbog_domain::FolderId::NONE,
            lineage: 0,
            key_epoch: 0,
            device: self.identity.device,
            dseq: 1,
            base_seq: 0,
            prev: EnvelopeHash::default(),
            salt: [0; 16],
            commitment: [0; 32],
        };
        let draft = Draft::new(header, &feltbog_protocol::encode(bundle)).map_err(feltbog_sealing::SealError::Frame)?;
        Ok(self.signing().sign_envelope(draft))
    }

    pub(crate) fn make_home(
        &self,
        folder: &Path,
        guard: Guard<'_>,
        enrolment: Option<&[u8]>,
    ) -> Result<OpenHome, AppError> {
        let home = Home::at(folder);
        if home.is_set_up() {
            return Err(AppError::AlreadySetUp);
        }
        home.create()?;
        let lock = home.lock()?;
        home.set_keyless_database_aside(crate::SystemClock.now_ms())?;
        home.create()?;
        let (key_file, local_key) = guard.new_key()?;
        let mut store = Store::open(&home.database(), local_key.database().expose())?;
        store.write(|w| {
            w.set_identity(&self.identity)?;
            w.set_user_key(self.user_key.epoch, self.user_key.seed.expose())?;
            if let Some(envelope) = enrolment {
                w.set_meta(ENROLMENT, envelope)?;
            }
            Ok::<_, AppError>(())
        })?;
        // The key file comes last: without it there is no device here.
        home.write_file(&home.key_file(), &key_file)?;
        Ok(OpenHome { home, store, local_key, lock })
    }

    pub(crate) fn move_in(
        &self,
        mut open: OpenHome,
        envelope: &Envelope,
        reply: &EnrolReply,
        status: RowStatus,
        clock: Arc<dyn Clock>,
    ) -> Result<Device, AppError> {
        open.store.write(|w| {
            w.store_row(reply.cert_seq, envelope, status)?;
            w.set_meta(PREV_UNBOUND, &envelope.hash().0)?;
            w.set_progress(&Progress {
                epoch: reply.clock.epoch,
                cursor: reply.cert_seq,
                head: reply.clock.head,
                last_dseq: 1,
                clock_offset_ms: 0,
                lease_until_ms: reply.lease.as_ref().map_or(0, |lease| lease.until_ms),
                last_exchange_ms: 0,
            })?;
            // Certificates older than our own come by backfill; newer ones in the feed.
            w.open_backfill(BackfillAsk::whole(feltbog_domain::FolderId::NONE, 0, reply.cert_seq))?;
            w.remove_meta(ENROLMENT)?;
            Ok::<_, AppError>(())
        })?;
        Device::assemble(open.store, open.local_key, open.lock, clock)
    }
}
