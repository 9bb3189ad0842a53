//! The recovery station: two of the three who keep a share open the municipality's Feltbog when its devices are lost.
//!
//! It is a device like others with a certificate of its own, signed by the root: for a day it may read everything, wrap keys
//! for members' new devices, and invite those devices. It has no right to write, and every other device sees that it was
//! used. The seed exists in full only here, and only while the command runs; what stays in the station's home are the folder
//! keys it opened, under its passphrase.

use std::path::Path;
use std::sync::Arc;

use feltbog_domain::{DeviceId, FolderId, TenantId};
use feltbog_protocol::{
    CertificateBundle, EnrolRequest, EnvelopeBytes, Issuer, KeyRecord, Principal, Statement, limits,
};
use feltbog_sealing::{FolderKey, FolderKeyContext, RecoveryShare, RootSeed, WrapPair, random_id};
use feltbog_store::RowStatus;
use zeroize::Zeroizing;

use crate::clock::Clock;
use crate::device::Device;
use crate::enrolment::{FirstUserKey, Newcomer, post};
use crate::error::AppError;
use crate::key_vault::Guard;
use crate::take_in::Intake;
use crate::transport::{HttpTransport, Transport};

/// What a station is called where devices bear their member's name.
pub(crate) const STATION: &str = "Gendannelse";

/// Why the shares are put together. The code is on the record for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecoveryReason {
    /// Devices are lost.
    LostDevices = 1,
    /// Somebody asks what is held about them.
    AccessRequest = 2,
    /// A complaint.
    Complaint = 3,
    /// To see whether every wrap still opens.
    Drill = 4,
    /// Another.
    Other = 5,
}

/// What a station needs to know.
pub struct RecoverWish {
    /// Address of the server.
    pub server: String,
    /// The municipality.
    pub tenant: TenantId,
    /// Two different shares, as they are written down.
    pub shares: [Zeroizing<String>; 2],
    /// Why.
    pub reason: RecoveryReason,
}

/// A key record whose wrap for the recovery key does not open, or opens to another key than the record says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unopened {
    /// The folder.
    pub folder: FolderId,
    /// Which of its keys.
    pub epoch: u32,
    /// Who wrote the record.
    pub author: DeviceId,
}

/// What the recovery key opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recovered {
    /// Key records whose wrap opened to the key they say.
    pub opened: u32,
    /// Those whose did not.
    pub failed: Vec<Unopened>,
}

/// The recovery key while it is in use.
pub(crate) struct Recovery {
    pair: WrapPair,
    found: Recovered,
}

impl Recovery {
    /// What opens everything.
    pub(crate) fn pair(&self) -> &WrapPair {
        &self.pair
    }
}

/// Makes a recovery station in a new home.
///
/// # Errors
/// Shares that do not belong together or to this municipality, or a server that does not answer; nothing is left behind then.
pub async fn recover(
    folder: &Path,
    passphrase: &[u8],
    wish: &RecoverWish,
    transport: &dyn Transport,
    clock: Arc<dyn Clock>,
) -> Result<Device, AppError> {
    let url = HttpTransport::check_address(&wish.server)?;
    let seed = combined(&wish.shares)?;
    let newcomer =
        Newcomer::new(wish.tenant, seed.root().public(), url, random_id(), STATION.into(), FirstUserKey::first());
    let statement = Statement::Station {
        device: newcomer.identity.device,
        member: newcomer.identity.member,
        sign_public: newcomer.signing().public(),
        reason: wish.reason as u8,
        expires_ms: clock.now_ms() + limits::STATION_MS,
    };
    let bundle = CertificateBundle { statements: vec![seed.root().certify(wish.tenant, Issuer::Root, &statement)] };
    let envelope = newcomer.envelope(&bundle)?;
    let open = newcomer.make_home(folder, Guard::Passphrase(passphrase), None)?;
    let request = EnrolRequest {
        tenant: wish.tenant,
        envelope: EnvelopeBytes(envelope.bytes().to_vec()),
        lease: None,
        login: None,
    };
    match post(transport, &newcomer.identity.url, "/v1/enrol", feltbog_protocol::encode(&request)).await {
        Ok(reply) => {
            let mut device = newcomer.move_in(open, &envelope, &reply, RowStatus::Stored, clock)?;
            device.recovery = Some(Recovery { pair: seed.recovery(), found: Recovered::default() });
            Ok(device)
        }
        Err(failure) => {
            open.remove();
            Err(AppError::Exchange(failure))
        }
    }
}

fn combined(shares: &[Zeroizing<String>; 2]) -> Result<RootSeed, AppError> {
    let unclear = |_| AppError::Unclear("andelene passer ikke sammen, eller en af dem er skrevet forkert af".into());
    let [one, other] = shares;
    let one: RecoveryShare = one.trim().parse().map_err(unclear)?;
    let other: RecoveryShare = other.trim().parse().map_err(unclear)?;
    RecoveryShare::combine(&one, &other).map_err(unclear)
}

impl Device {
    /// Lets go of the recovery key, and says what it opened.
    pub fn end_recovery(&mut self) -> Recovered {
        self.recovery.take().map(|recovery| recovery.found).unwrap_or_default()
    }
}

impl Intake<'_> {
    /// Opens a folder's key with the recovery key, where that is in use.
    pub(crate) fn recover_key(
        &mut self,
        author: DeviceId,
        context: &FolderKeyContext,
        record: &KeyRecord,
    ) -> Result<(), AppError> {
        let Some(recovery) = self.recovery.as_mut() else { return Ok(()) };
        let Some(wrap) = record.recipients.iter().find(|recipient| recipient.principal == Principal::Recovery) else {
            return Ok(());
        };
        let (folder, epoch) = (context.folder, context.epoch);
        let Ok(key) = FolderKey::unwrap(context, wrap, &recovery.pair, &record.commitment) else {
            recovery.found.failed.push(Unopened { folder, epoch, author });
            return Ok(());
        };
        recovery.found.opened += 1;
        self.w.set_folder_key(folder, epoch, key.secret().expose())?;
        self.reveal_older_keys(folder, epoch, key, record)?;
        Ok(self.w.retry_waiting(folder)?)
    }
}
