//! Secrets on paper and on disk.

use feltbog_sealing::{HostToken, KeyFile, RecoveryShare};

use crate::specimens::{self, local_key};

/// An officer's share as it is typed: it has a check sum, so what is taken is what was written down.
#[must_use]
pub fn recovery_share(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else { return false };
    let Ok(share) = text.parse::<RecoveryShare>() else { return false };
    assert!(share.to_text().parse::<RecoveryShare>().is_ok_and(|again| again == share));
    assert!(specimens::RECOVERY_SHARES.iter().any(|known| known.parse() == Ok(share.clone())), "a share nobody wrote");
    true
}

/// The file beside the database. Opening it is slow on purpose, and is tested byte by byte elsewhere.
#[must_use]
pub fn key_file(data: &[u8]) -> bool {
    let Ok(file) = KeyFile::from_bytes(data) else { return false };
    let written = file.to_bytes();
    assert!(written.len() <= 2 * data.len() + 64);
    assert!(KeyFile::from_bytes(&written).is_ok_and(|again| again == file));
    true
}

/// The host's token as it lies on disk, sealed: one altered letter and it does not open.
#[must_use]
pub fn host_token(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else { return false };
    let Some(token) = HostToken::open(text, &local_key()) else { return false };
    assert_eq!(text, specimens::HOST_TOKEN, "an altered token opened");
    !token.expose().is_empty()
}
