//! Becoming a device: the first of a municipality, or a later one by invitation.

mod newcomer;

use std::path::Path;
use std::sync::Arc;

use feltbog_domain::{DeviceId, FolderKind, MemberId, ProgrammeId, Role, TenantId};
use feltbog_protocol::{
    BootstrapCode, EnrolReply, EnrolRequest, Envelope, EnvelopeBytes, Invitation, LoginProof, LoginWanted, OtherDevice,
    RoleCode, SetupRequest, Statement,
};
use feltbog_sealing::{LocalKey, RecoveryShare, RootSeed, Secret, random_id};
use feltbog_store::{Home, HomeLock, Identity, RowStatus, Store};
use feltbog_sync::Failure;

pub(crate) use self::newcomer::{FirstUserKey, Newcomer};
use crate::clock::Clock;
use crate::device::Device;
use crate::error::AppError;
use crate::exchange::failure_of;
use crate::key_vault::Guard;
use crate::login::{LoginFailure, LoginFlow};
use crate::transport::{HttpTransport, Transport};

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
    let open = newcomer.make_home(folder, Guard::Passphrase(passphrase), None)?;
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
    join_with_login(folder, Guard::Passphrase(passphrase), invitation, server, None, transport, clock).await
}

/// The same with a login, and with whatever the home is locked with. After [`AppError::LoginWanted`] the keys that the login is
/// bound to are kept in the folder.
///
/// # Errors
/// As [`join`], and [`AppError::Login`] when the server does not take the login; then it may be tried again.
pub async fn join_with_login(
    folder: &Path,
    guard: Guard<'_>,
    invitation: &str,
    server: Option<&str>,
    login: Option<LoginProof>,
    transport: &dyn Transport,
    clock: Arc<dyn Clock>,
) -> Result<(Device, Joined), AppError> {
    let invitation: Invitation = invitation.parse()?;
    let url = HttpTransport::check_address(server.unwrap_or(&invitation.url))?;
    let expires_ms = invitation.expires_ms().ok_or(feltbog_protocol::InvitationError::Altered)?;
    let (newcomer, envelope, open, roles) = match resume(folder, guard, &invitation)? {
        Some(resumed) => resumed,
        None => {
            if expires_ms < clock.now_ms() {
                return Err(AppError::InvitationExpired);
            }
            begin(folder, guard, &invitation, url)?
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

impl Device {
    /// Whether an invitation is to the municipality this device is of; what is no invitation is to none.
    #[must_use]
    pub fn is_of(&self, invitation: &str) -> bool {
        let invitation: Result<Invitation, _> = invitation.trim().parse();
        invitation
            .is_ok_and(|invitation| (invitation.tenant, invitation.root) == (self.identity.tenant, self.identity.root))
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

fn begin(folder: &Path, guard: Guard<'_>, invitation: &Invitation, url: String) -> Result<Begun, AppError> {
    let altered = || AppError::Invitation(feltbog_protocol::InvitationError::Altered);
    let invited = Invited::by(invitation).ok_or_else(altered)?;
    let (member, user_key) = (invited.member(), FirstUserKey::wanted(&invited));
    let newcomer = Newcomer::new(invitation.tenant, invitation.root, url, member, invitation.name.clone(), user_key);
    let bundle = newcomer.invited_bundle(invitation, invited.roles())?;
    let envelope = newcomer.envelope(&bundle)?;
    let open = newcomer.make_home(folder, guard, Some(envelope.bytes()))?;
    Ok((newcomer, envelope, open, invited.roles().unwrap_or_default().to_vec()))
}

/// A home in which joining was begun with this invitation and not answered.
fn resume(folder: &Path, guard: Guard<'_>, invitation: &Invitation) -> Result<Option<Begun>, AppError> {
    let home = Home::at(folder);
    if !home.is_set_up() {
        return Ok(None);
    }
    let local_key = guard.unlock(&home)?;
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
