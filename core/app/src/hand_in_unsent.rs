//! Handing in the unsent work that lies beside a locked database, without opening it (decision 0023).

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use data_encoding::HEXLOWER_PERMISSIVE;
use feltbog_domain::{FolderId, TenantId};
use feltbog_protocol::{Envelope, EnvelopeBytes, HandInReply, HandInRequest, ReceiptChain, limits};
use feltbog_store::{Home, UnsentFile, UnsentFolder};
use feltbog_sync::Failure;

use crate::error::AppError;
use crate::exchange::failure_of;
use crate::transport::Transport;

const PATH: &str = "/v1/hand-in";
/// Room in a request for everything but the envelopes.
const FRAME: usize = 64 * 1024;

/// What became of the unsent work beside a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UnsentHandedIn {
    /// Folders whose work was handed in now.
    pub folders: u32,
    /// Folders whose work had been handed in before, and is not sent in another way yet.
    pub before: u32,
    /// Folders of which the server did not take something; it lies where it was.
    pub refused: u32,
}

/// Where to hand in.
struct Place {
    url: String,
    tenant: TenantId,
    server_key: [u8; 32],
}

/// Hands in what lies beside the database of a home. May be repeated. What was handed in before goes along, although it has
/// the server's signature: a server that was put back to an older state has forgotten it, and any other changes nothing.
///
/// # Errors
/// [`AppError::Exchange`] when the server does not answer or is not the municipality's own, [`AppError::File`].
pub async fn hand_in_unsent(home: &Path, transport: &dyn Transport) -> Result<UnsentHandedIn, AppError> {
    let unsent = Home::at(home).unsent();
    let files = unsent.files().map_err(|error| file_error(&error))?;
    let mut outcome = Outcome::default();
    if !files.is_empty() {
        let place = unsent.place().map_err(|error| file_error(&error))?.as_deref().and_then(Place::read);
        let place = place.ok_or(AppError::File(io::ErrorKind::InvalidData))?;
        let (handed, waiting): (Vec<UnsentFile>, Vec<UnsentFile>) = files.into_iter().partition(|file| file.handed);
        // What nobody else has goes first.
        for parcel in [parcels(&unsent, waiting)?, parcels(&unsent, handed)?].concat() {
            let accepted = place.send(transport, &parcel).await?;
            for ((file, envelope), accepted) in parcel.iter().zip(accepted) {
                unsent.note_handed(file, envelope.bytes(), accepted).map_err(|error| file_error(&error))?;
                outcome.of(file, accepted).insert(file.folder);
            }
        }
    }
    Ok(outcome.counted())
}

/// Folders by what became of their files.
#[derive(Default)]
struct Outcome {
    now: BTreeSet<FolderId>,
    before: BTreeSet<FolderId>,
    refused: BTreeSet<FolderId>,
}

impl Outcome {
    fn of(&mut self, file: &UnsentFile, accepted: bool) -> &mut BTreeSet<FolderId> {
        match (accepted, file.handed) {
            (false, _) => &mut self.refused,
            (true, true) => &mut self.before,
            (true, false) => &mut self.now,
        }
    }

    fn counted(&self) -> UnsentHandedIn {
        let count = |folders: usize| u32::try_from(folders).unwrap_or(u32::MAX);
        UnsentHandedIn {
            folders: count(self.now.len()),
            before: count(self.before.difference(&self.now).count()),
            refused: count(self.refused.len()),
        }
    }
}

fn file_error(error: &io::Error) -> AppError {
    AppError::File(error.kind())
}

type Parcel = Vec<(UnsentFile, Envelope)>;

/// What fits into one request at a time, in the order of the numbers. What was cut short by a power cut is passed over, its content is in the database;
/// and what is gone: another process has handed it in, or the device has put it away since newer files hold the same.
fn parcels(unsent: &UnsentFolder, files: Vec<UnsentFile>) -> Result<Vec<Parcel>, AppError> {
    let (mut parcels, mut room): (Vec<Parcel>, usize) = (Vec::new(), 0);
    for file in files {
        let bytes = match unsent.read(&file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            read => read.map_err(|error| file_error(&error))?,
        };
        let Ok(envelope) = Envelope::decode(bytes) else { continue };
        let size = envelope.bytes().len();
        match parcels.last_mut() {
            Some(parcel) if parcel.len() < limits::HAND_IN_ENVELOPES && size <= room => {
                room -= size;
                parcel.push((file, envelope));
            }
            _ => {
                room = (limits::REQUEST_BODY - FRAME).saturating_sub(size);
                parcels.push(vec![(file, envelope)]);
            }
        }
    }
    Ok(parcels)
}

impl Place {
    fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let (url, tenant, key) = (lines.next()?.to_owned(), lines.next()?.parse().ok()?, lines.next()?);
        let server_key = HEXLOWER_PERMISSIVE.decode(key.as_bytes()).ok()?.try_into().ok()?;
        Some(Self { url, tenant, server_key })
    }

    /// Sends one parcel; gives for each envelope whether it was accepted, once the server's own key has signed for it.
    async fn send(&self, transport: &dyn Transport, parcel: &Parcel) -> Result<Vec<bool>, AppError> {
        let envelopes = parcel.iter().map(|(_, envelope)| EnvelopeBytes(envelope.bytes().to_vec())).collect();
        let body = feltbog_protocol::encode(&HandInRequest { tenant: self.tenant, envelopes });
        let reply = transport.post(&self.url, PATH, Vec::new(), body).await;
        let reply = reply.map_err(|_| AppError::Exchange(Failure::Unreachable))?;
        if reply.status != 200 {
            let failure = failure_of(&reply).map_or_else(|failure| failure, |problem| Failure::Refused(problem.code));
            return Err(AppError::Exchange(failure));
        }
        let untrusted = || AppError::Exchange(Failure::Untrusted);
        let reply: HandInReply = feltbog_protocol::decode(&reply.body).map_err(|_| untrusted())?;
        if !self.signed_for(parcel, &reply) {
            return Err(untrusted());
        }
        Ok(reply.results.iter().map(|result| result.code.is_accepted()).collect())
    }

    fn signed_for(&self, parcel: &Parcel, reply: &HandInReply) -> bool {
        let (Some((_, first)), Some((_, last))) = (parcel.first(), parcel.last()) else { return false };
        let pairs = || parcel.iter().map(|(_, envelope)| envelope).zip(&reply.results);
        let chain = pairs().fold(ReceiptChain::default(), |chain, (envelope, result)| {
            chain.with(envelope.header().dseq, envelope.hash(), result.code)
        });
        let receipt = &reply.receipt;
        reply.results.len() == parcel.len()
            && (receipt.first, receipt.last) == (first.header().dseq, last.header().dseq)
            && receipt.chain == *chain.bytes()
            && receipt.is_signed_by(&self.server_key, self.tenant, &reply.clock.epoch, first.header().device)
    }
}

#[cfg(test)]
mod tests {
    use feltbog_store::Mark;

    use super::*;

    #[test]
    fn a_file_that_somebody_else_has_handed_in_meanwhile_is_passed_over() {
        let home = tempfile::tempdir().unwrap();
        let gone = UnsentFile {
            number: limits::RESERVE_NUMBERS,
            folder: FolderId::new([1; 16]),
            mark: Mark::Sealed(1),
            part: (1, 1),
            handed: false,
        };
        assert!(parcels(&Home::at(home.path()).unsent(), vec![gone]).unwrap().is_empty());
    }
}
