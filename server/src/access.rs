//! Who may do what: devices, setup and enrolment, the judging of pushed envelopes, what a device may see.
//!
//! Nothing here knows of HTTP and nothing here writes SQL: requests come as messages of the wire, refusals go as
//! [`Problem`](feltbog_protocol::Problem)s, and rows reach the log only as [`Admitted`].

mod admitted;
mod again;
mod authenticate;
mod blocking;
mod certified;
mod enrol;
mod entry;
mod epoch;
mod erase;
mod hand_in;
mod judge;
mod login;
mod offices;
mod pace;
mod parcel;
mod presence;
mod proofs;
mod push;
mod read_log;
mod refusal;
mod report;
mod rosters;
mod seat;
mod setup;
mod shut_out;
mod sync;

use feltbog_domain::TenantId;
use feltbog_protocol::Roster;
use tokio::sync::Semaphore;

use crate::crowd::Crowd;
use crate::limits::Limits;
use crate::log::{Log, ReadLog, StoreError};
use crate::login::{Login, Logins};
use crate::receipt_key::ReceiptKey;
use crate::stops::Stops;
use crate::surroundings::Surroundings;
use crate::tries::Tries;

pub(crate) use admitted::{Admitted, Effect};
pub(crate) use authenticate::Claim;
pub(crate) use certified::Certified;
pub(crate) use refusal::Refusal;
pub(crate) use seat::Seat;

use pace::Pace;
use presence::Presence;
use read_log::ForgottenOn;
use rosters::Rosters;
use seat::Places;

/// Who belongs to a tenant, as its log says.
pub(crate) fn roster_of(transaction: &dyn ReadLog, tenant: TenantId, root: [u8; 32]) -> Result<Roster, StoreError> {
    Ok(Rosters::default().seen_by(transaction, tenant, root)?.roster.clone())
}

/// Everything a request is judged with.
pub(crate) struct Access {
    log: Log,
    rosters: Rosters,
    presence: Presence,
    pace: Pace,
    /// Handing in has buckets of its own: it takes no key, and must not empty those of a device at work.
    hand_in_pace: Pace,
    tries: Tries<TenantId>,
    forgotten_on: ForgottenOn,
    /// Connections of each device.
    places: Places,
    desks: Semaphore,
    first_syncs: Semaphore,
    limits: Limits,
    logins: Logins<Login>,
    stops: Stops,
    key: ReceiptKey,
    around: Surroundings,
}

impl Access {
    pub(crate) fn new(log: Log, key: ReceiptKey, around: Surroundings, limits: Limits, logins: Logins<Login>) -> Self {
        let places = usize::try_from(limits.first_syncs_at_once).unwrap_or(Semaphore::MAX_PERMITS);
        Self {
            log,
            rosters: Rosters::default(),
            presence: Presence::default(),
            pace: Pace::default(),
            hand_in_pace: Pace::default(),
            tries: Tries::default(),
            forgotten_on: ForgottenOn::default(),
            places: Crowd::of(limits.connections_per_device),
            desks: blocking::desks(),
            first_syncs: Semaphore::new(places.min(Semaphore::MAX_PERMITS)),
            limits,
            logins,
            stops: Stops::default(),
            key,
            around,
        }
    }

    /// The same, which goes by what those who run the server have stopped.
    pub(crate) fn stopping(self, stops: Stops) -> Self {
        Self { stops, ..self }
    }

    /// The public part of the key receipts are signed with.
    pub(crate) fn receipt_key(&self) -> [u8; 32] {
        self.key.public()
    }

    /// The log.
    pub(crate) fn log(&self) -> &Log {
        &self.log
    }

    /// Waits until the disk has failed and nothing is accepted any more.
    pub(crate) async fn disk_failed(&self) {
        self.log.failed().await;
    }
}
