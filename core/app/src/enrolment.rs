//! Becoming a device: the first of a municipality, or a later one by invitation.

use std::path::Path;
use std::sync::Arc;

use feltbog_domain::{DeviceId, FolderKind, MemberId, ProgrammeId, Role, RoleGrant, Side, TenantId};
use feltbog_protocol::{
    BackfillAsk, BootstrapCode, CertificateBundle, Draft, EnrolReply, EnrolRequest, Envelope, EnvelopeBytes,
    EnvelopeHash, EnvelopeKind, Header, Invitation, Issuer, LoginProof, LoginWanted, OtherDevice, RoleCode,
    SetupRequest, SignedStatement, Statement,
};
use feltbog_sealing::{KeyFile, LocalKey, RecoveryShare, RootSeed, Secret, SigningPair, WrapPair, random_id};
use feltbog_store::{Home, HomeLock, Identity, Progress, RowStatus, Store};
use feltbog_sync::Failure;
use zeroize::Zeroizing;

use crate::clock::Clock;
use crate::device::{Device, unlock};
use crate::error::AppError;
use crate::exchange::failure_of;
use crate::login::{LoginFailure, LoginFlow, LoginKey};
use crate::seal_pending::PREV_UNBOUND;
use crate::transport::{HttpTransport, Transport};
use crate::user_keys::NewUserKey;

/// The row `meta` holds while the server has not answered: path and body of the request, to be sent again as it was.
const ENROLMENT: &str = "enrolment";

/// What the first device needs to know.
#[derive(Debug, Clone)]
pub struct SetupWish {
    /// Address of the server.
    pub server: String,
    /// The bootstrap code, as text.
    pub code: String,
    /// The first administrator's name.
    pub name: String,
    /// Name of the first programme; it can be given later with `programme`.
    pub programme: Option<String>,
}

/// What setting up gave.
#[derive(Debug)]
pub struct SetupDone {
    /// The recovery shares, any two of which restore the root. They exist nowhere else.
    pub shares: [RecoveryShare; 3],
    /// The new member.
    pub member: MemberId,
    /// The new device.
    pub device: DeviceId,
    /// The municipality.
    pub tenant: TenantId,
}

/// What joining gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// The member's name, as the invitation had it.
    pub name: String,
    /// The first role held.
    pub role: Option<Role>,
    /// The new member.
    pub member: MemberId,
    /// The new device.
    pub device: DeviceId,
}

/// Makes the first device of a municipality: root, recovery shares, administrator and leader of the first programme.
///
/// # Errors
/// When the server does not answer or refuses; nothing is left behind then.
pub async fn setup(
    folder: &Path,
    passphrase: &[u8],
    wish: &SetupWish,
    transport: &dyn Transport,
    clock: Arc<dyn Clock>,
) -> Result<(Device, SetupDone), AppError> {
    let url = HttpTransport::check_address(&wish.server)?;
    let code: BootstrapCode = wish.code.parse().map_err(|reason: &str| AppError::Unclear(reason.into()))?;
    let name = person_name(&wish.name)?;
    let seed = RootSeed::random();
    let programme: ProgrammeId = random_id();
    let newcomer = Newcomer::new(code.tenant, seed.root().public(), url, random_id(), name, FirstUserKey::first());
    let bundle = newcomer.first_bundle(&seed, &code, programme)?;
    let envelope = newcomer.envelope(&bundle)?;
    let request = SetupRequest {
        tenant: code.tenant,
        secret: code.secret,
        root: seed.root().public(),
        envelope: EnvelopeBytes(envelope.bytes().to_vec()),
    };
    let open = newcomer.make_home(folder, passphrase, None)?;
    let reply = match post(transport, &newcomer.identity.url, "/v1/setup", feltbog_protocol::encode(&request)).await {
        Ok(reply) => reply,
        Err(failure) => {
            // The root exists only in this process, so a half-finished setup is worth nothing.
            open.remove();
            return Err(AppError::Exchange(failure));
        }
    };
    let mut device = newcomer.move_in(open, &envelope, &reply, RowStatus::Applied, clock)?;
    device.furnish_municipality(programme, wish.programme.as_deref())?;
    let done = SetupDone {
        shares: RecoveryShare::split(&seed),
        member: newcomer.identity.member,
        device: newcomer.identity.device,
        tenant: newcomer.identity.tenant,
    };
    Ok((device, done))
}

/// Makes a device by invitation, with nobody else online. `server` is another address of the same server, where the one
/// in the invitation does not lead there, for instance behind the municipality's own proxy.
///
/// When the answer is lost, calling again with the same invitation sends the same request again.
///
/// # Errors
/// When the invitation is not whole, expired or used, or the server does not answer; [`AppError::LoginWanted`] where the
/// municipality wants a login as well.
pub async fn join(
    folder: &Path,
    passphrase: &[u8],
    invitation: &str,
    server: Option<&str>,
    transport: &dyn Transport,
    clock: Arc<dyn Clock>,
) -> Result<(Device, Joined), AppError> {
    join_with_login(folder, passphrase, invitation, server, None, transport, clock).await
}

/// The same with a login. After [`AppError::LoginWanted`] the keys that the login is bound to are kept in the folder.
///
/// # Errors
/// As [`join`], and [`AppError::Login`] when the server does not take the login; then it may be tried again.
pub async fn join_with_login(
    folder: &Path,
    passphrase: &[u8],
    invitation: &str,
    server: Option<&str>,
    login: Option<LoginProof>,
    transport: &dyn Transport,
    clock: Arc<dyn Clock>,
) -> Result<(Device, Joined), AppError> {
    let invitation: Invitation = invitation.parse()?;
    let url = HttpTransport::check_address(server.unwrap_or(&invitation.url))?;
    let expires_ms = invitation.expires_ms().ok_or(feltbog_protocol::InvitationError::Altered)?;
    let (newcomer, envelope, open, roles) = match resume(folder, passphrase, &invitation)? {
        Some(resumed) => resumed,
        None => {
            if expires_ms < clock.now_ms() {
                return Err(AppError::InvitationExpired);
            }
            begin(folder, passphrase, &invitation, url)?
        }
    };
    let envelope_bytes = EnvelopeBytes(envelope.bytes().to_vec());
    let request = EnrolRequest { tenant: invitation.tenant, envelope: envelope_bytes, lease: None, login };
    match ask(transport, &newcomer.identity.url, "/v1/enrol", feltbog_protocol::encode(&request)).await {
        Ok(reply) => {
            let device = newcomer.move_in(open, &envelope, &reply, RowStatus::Stored, clock)?;
            let Identity { name, member, device: id, .. } = newcomer.identity;
            let role = roles.first().and_then(|role| role.known()).map(|grant| grant.role);
            Ok((device, Joined { name, role, member, device: id }))
        }
        Err(NotEnrolled { wanted: Some(wanted), .. }) => Err(match wanted.fault {
            Some(fault) => AppError::Login(LoginFailure::Refused(fault)),
            None => {
                let flow = LoginFlow::begin(wanted.terms, &newcomer.login_key(), clock.now_ms())?;
                AppError::LoginWanted(Box::new(flow))
            }
        }),
        Err(NotEnrolled { failure, .. }) => {
            // A clear no ends it; silence may mean that only the answer was lost, so the keys stay for another try.
            if matches!(failure, Failure::Refused(_)) {
                open.remove();
            }
            Err(AppError::Exchange(failure))
        }
    }
}

type Begun = (Newcomer, Envelope, OpenHome, Vec<RoleCode>);

/// What an invitation makes.
enum Invited {
    /// A new member with a first device.
    Member { member: MemberId, roles: Vec<RoleCode> },
    /// One more device of a member.
    Device { member: MemberId, user_key_epoch: u32, others: Vec<OtherDevice> },
}

impl Invited {
    fn by(invitation: &Invitation) -> Option<Self> {
        match invitation.statement.statement()? {
            Statement::Invitation { member, roles, .. } => Some(Invited::Member { member, roles }),
            Statement::DeviceInvitation { member, user_key_epoch, others, .. } => {
                Some(Invited::Device { member, user_key_epoch, others })
            }
            _ => None,
        }
    }

    const fn member(&self) -> MemberId {
        match self {
            Invited::Member { member, .. } | Invited::Device { member, .. } => *member,
        }
    }

    fn roles(&self) -> Option<&[RoleCode]> {
        match self {
            Invited::Member { roles, .. } => Some(roles),
            Invited::Device { .. } => None,
        }
    }
}

fn begin(folder: &Path, passphrase: &[u8], invitation: &Invitation, url: String) -> Result<Begun, AppError> {
    let altered = || AppError::Invitation(feltbog_protocol::InvitationError::Altered);
    let invited = Invited::by(invitation).ok_or_else(altered)?;
    let (member, user_key) = (invited.member(), FirstUserKey::wanted(&invited));
    let newcomer = Newcomer::new(invitation.tenant, invitation.root, url, member, invitation.name.clone(), user_key);
    let bundle = newcomer.invited_bundle(invitation, invited.roles())?;
    let envelope = newcomer.envelope(&bundle)?;
    let open = newcomer.make_home(folder, passphrase, Some(envelope.bytes()))?;
    Ok((newcomer, envelope, open, invited.roles().unwrap_or_default().to_vec()))
}

/// A home in which joining was begun with this invitation and not answered.
fn resume(folder: &Path, passphrase: &[u8], invitation: &Invitation) -> Result<Option<Begun>, AppError> {
    let home = Home::at(folder);
    if !home.is_set_up() {
        return Ok(None);
    }
    let local_key = unlock(&home, passphrase)?;
    let lock = home.lock()?;
    let store = Store::open(&home.database(), local_key.database().expose())?;
    let Some(stored) = store.reader().meta(ENROLMENT)? else { return Err(AppError::AlreadySetUp) };
    let Some(invited) = Invited::by(invitation) else { return Err(AppError::AlreadySetUp) };
    let identity = store.reader().identity()?.ok_or(AppError::AlreadySetUp)?;
    let open = OpenHome { home, store, local_key, lock };
    let mut user_key = FirstUserKey::wanted(&invited);
    let seed = open.store.reader().user_key(user_key.epoch)?;
    let (Some(seed), true) = (seed, identity.member == invited.member()) else {
        // Begun with another invitation and never answered: nothing was ever written here.
        open.remove();
        return Ok(None);
    };
    user_key.seed = Secret::new(*seed);
    let envelope = Envelope::decode(stored).map_err(|_| feltbog_store::StoreError::Unreadable("an enrolment"))?;
    Ok(Some((Newcomer { identity, user_key }, envelope, open, invited.roles().unwrap_or_default().to_vec())))
}

pub(crate) struct OpenHome {
    home: Home,
    store: Store,
    local_key: LocalKey,
    lock: HomeLock,
}

impl OpenHome {
    /// Takes away what was made for a device that never came to be.
    pub(crate) fn remove(self) {
        let home = self.home.clone();
        drop(self);
        // Where the file system refuses, the next try finds a home that was never answered, and says so.
        let _ = home.remove();
    }
}

/// A device that does not exist yet: its ids and keys.
pub(crate) struct Newcomer {
    pub(crate) identity: Identity,
    user_key: FirstUserKey,
}

/// The member's key as a new device makes it: the first one, or the next where the member has other devices.
pub(crate) struct FirstUserKey {
    seed: Secret,
    epoch: u32,
    others: Vec<(DeviceId, [u8; 32])>,
}

impl FirstUserKey {
    /// Of a member who is new.
    pub(crate) fn first() -> Self {
        Self { seed: Secret::random(), epoch: 1, others: Vec::new() }
    }

    /// As the invitation wants it: the first key of somebody new, the next of a member who has devices already.
    fn wanted(invited: &Invited) -> Self {
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

    fn login_key(&self) -> LoginKey {
        let Identity { tenant, device, .. } = self.identity;
        LoginKey { tenant, device, sign_public: self.signing().public() }
    }

    pub(crate) fn signing(&self) -> SigningPair {
        SigningPair::from_seed(&Secret::new(*self.identity.sign_seed))
    }

    fn first_bundle(
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

    fn invited_bundle(
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
        passphrase: &[u8],
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
        let (key_file, local_key) = KeyFile::create(passphrase)?;
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
        home.write_file(&home.key_file(), &key_file.to_bytes())?;
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

pub(crate) async fn post(
    transport: &dyn Transport,
    url: &str,
    path: &str,
    body: Vec<u8>,
) -> Result<EnrolReply, Failure> {
    ask(transport, url, path, body).await.map_err(|not| not.failure)
}

/// Why a device is not in, and the login that would help.
struct NotEnrolled {
    failure: Failure,
    wanted: Option<Box<LoginWanted>>,
}

impl From<Failure> for NotEnrolled {
    fn from(failure: Failure) -> Self {
        Self { failure, wanted: None }
    }
}

async fn ask(transport: &dyn Transport, url: &str, path: &str, body: Vec<u8>) -> Result<EnrolReply, NotEnrolled> {
    let reply = transport.post(url, path, Vec::new(), body).await.map_err(|_| Failure::Unreachable)?;
    if reply.status != 200 {
        let problem = failure_of(&reply)?;
        return Err(NotEnrolled { failure: Failure::Refused(problem.code), wanted: problem.login });
    }
    feltbog_protocol::decode(&reply.body).map_err(|_| Failure::Untrusted.into())
}

/// A person's name as it is shown: not empty, on one line.
pub(crate) fn person_name(name: &str) -> Result<String, AppError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() { Err(AppError::Unclear("navnet mangler".into())) } else { Ok(name) }
}

impl Device {
    /// The staff folder with the first member, and the first programme.
    fn furnish_municipality(&mut self, programme: ProgrammeId, name: Option<&str>) -> Result<(), AppError> {
        let (editor, roles, my_name) = (self.editor(), self.my_roles().to_vec(), self.identity.name.clone());
        self.store.write(|w| {
            let staff = crate::folders::make_folder(w, editor, FolderKind::Staff, ProgrammeId::NONE)?;
            crate::use_cases::write_staff(w, editor, &staff, editor.member, &my_name, &roles)?;
            crate::new_programme::furnish_programme(w, editor, programme, name)
        })
    }
}
