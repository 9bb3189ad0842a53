//! Certificates and the roster they build.

use feltbog_protocol::{CertificateBundle, Roster, SignedStatement, Statement};

use crate::specimens::{TENANT, founding, joining, root_public};
use crate::wire::message;

/// A bundle, and each statement in it.
#[must_use]
pub fn certificates(data: &[u8]) -> bool {
    let Some(bundle) = message::<CertificateBundle>(data) else { return false };
    for signed in &bundle.statements {
        if let Some(statement) = signed.statement() {
            let written = feltbog_protocol::encode(&statement);
            assert!(feltbog_protocol::decode::<Statement>(&written).is_ok_and(|again| again == statement));
        }
    }
    true
}

/// What a roster admits was signed by somebody entitled; what it refuses leaves nothing behind.
#[must_use]
pub fn roster(data: &[u8]) -> bool {
    let Ok(bundle) = feltbog_protocol::decode::<CertificateBundle>(data) else { return false };
    let empty = Roster::new(TENANT, root_public());
    let mut founded = empty.clone();
    founded.admit(&founding(), 1).expect("the founding bundle holds");
    let known: Vec<SignedStatement> = founding().statements.into_iter().chain(joining().statements).collect();
    let mut admitted = false;
    for before in [empty, founded] {
        let mut after = before.clone();
        if after.admit(&bundle, 1).is_ok() {
            admitted |= !bundle.statements.is_empty();
            assert!(bundle.statements.iter().all(|signed| known.contains(signed)), "a statement that nobody signed");
        } else {
            assert_eq!(format!("{after:?}"), format!("{before:?}"), "a refused bundle left something behind");
        }
    }
    admitted
}
