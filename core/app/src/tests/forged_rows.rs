//! Rows that the server made up.

use feltbog_protocol::{Draft, EnvelopeKind, Revoke, RevokeReason};
use feltbog_store::RowStatus;

use super::made_up::header;
use super::shared_case::{SharedCase, folder, log, note};
use crate::AppError;

#[tokio::test(flavor = "multi_thread")]
async fn a_revocation_under_our_own_name_that_we_did_not_sign_takes_nothing_off_the_device() {
    let case = SharedCase::begun().await;
    let entry = log(&case.vera, "Første.");
    case.vera.exchange().await.unwrap();
    let folder = folder(&case.vera).id;
    case.vera
        .with(|d| {
            let header = header(d, EnvelopeKind::Revoke, folder, 9_999);
            let revoke = Revoke { member: Some(d.identity.member), reason: RevokeReason::Left, to: None };
            let forged = Draft::new(header, &feltbog_protocol::encode(&revoke)).unwrap().signed([7; 64]);
            d.store.write(|w| Ok::<_, AppError>(w.store_row(9_999, &forged, RowStatus::Stored)?))?;
            while d.take_in_some()? {}
            assert_eq!(d.store.reader().quarantined()?, 1);
            Ok(())
        })
        .unwrap();
    assert_eq!(note(&case.vera, entry), "Første.");
}
