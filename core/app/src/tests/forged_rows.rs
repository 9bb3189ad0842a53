//! Rows that the server made up.

use feltbog_protocol::{Draft, EnvelopeHash, EnvelopeKind, Header, Revoke, RevokeReason};
use feltbog_store::RowStatus;

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
            let header = Header {
                kind: EnvelopeKind::Revoke.code(),
                suite: 0,
                codec: 0,
                tenant: d.identity.tenant,
                folder,
                lineage: 0,
                key_epoch: 0,
                device: d.identity.device,
                dseq: 9_999,
                base_seq: 0,
                prev: EnvelopeHash::default(),
                salt: [0; 16],
                commitment: [0; 32],
            };
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
