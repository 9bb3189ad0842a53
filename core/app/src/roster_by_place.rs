//! Who is who, as the certificates say that are here, each judged after those that stand before it in the log.
//!
//! Own certificates count on this device from when they were made, and stand behind everything until they have a place. What
//! a colleague certified before that is judged without them: who was shut out by an own word that is not sent yet was entitled
//! still, and everybody else takes it in.

use feltbog_protocol::{CertificateBundle, Envelope, Roster};
use feltbog_store::{Identity, Reader};

use crate::error::AppError;
use crate::user_keys::announces_user_key;

/// Where own certificates stand that have no place yet.
const UNPLACED: u64 = u64::MAX;

/// The roster of what is stored.
pub(crate) fn stored_roster(r: &Reader<'_>, identity: &Identity) -> Result<Roster, AppError> {
    Ok(admitted(identity, stored(r)?).0)
}

/// The roster of what is stored and of one more row, and whether that one was admitted.
pub(crate) fn roster_with(
    r: &Reader<'_>,
    identity: &Identity,
    seq: u64,
    bundle: &CertificateBundle,
) -> Result<(Roster, bool), AppError> {
    let mut bundles = stored(r)?;
    bundles.push((seq, bundle.clone()));
    bundles.sort_by_key(|(place, _)| *place);
    let (roster, left_out) = admitted(identity, bundles);
    Ok((roster, !left_out.contains(&seq)))
}

fn stored(r: &Reader<'_>) -> Result<Vec<(u64, CertificateBundle)>, AppError> {
    let rows = r.certificate_rows()?;
    let read = |(place, envelope): &(u64, Envelope)| {
        let bundle: CertificateBundle = feltbog_protocol::decode(envelope.body()).ok()?;
        // A new key of the member's counts when it has its place: another device may have been quicker.
        (*place != UNPLACED || !announces_user_key(&bundle)).then_some((*place, bundle))
    };
    Ok(rows.iter().filter_map(read).collect())
}

/// One whose chain is not here yet is tried again when another was admitted: after a restore of the server certificates may
/// stand in another order than they were made in. Comes with the places of those that were not admitted.
fn admitted(identity: &Identity, mut bundles: Vec<(u64, CertificateBundle)>) -> (Roster, Vec<u64>) {
    let mut roster = Roster::new(identity.tenant, identity.root);
    loop {
        let before = bundles.len();
        bundles.retain(|(place, bundle)| roster.admit(bundle, *place).is_err());
        if bundles.len() == before || bundles.is_empty() {
            return (roster, bundles.into_iter().map(|(place, _)| place).collect());
        }
    }
}
