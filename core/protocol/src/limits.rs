//! Limits both ends share, so that a device never builds what the server would refuse. Units are bytes unless named.

/// Largest body of one envelope.
pub const ENVELOPE_BODY: usize = 256 * 1024;
/// Largest body of a cold bundle.
pub const BUNDLE_BODY: usize = 4 * 1024 * 1024;
/// Largest body of a deposit: a whole envelope, and its key wrapped for the leaders.
pub const DEPOSIT_BODY: usize = ENVELOPE_BODY + 64 * 1024;
/// Largest wrap and sealed readings of one envelope.
pub const READ_LOG_BODY: usize = 64 * 1024;
/// Months for which it is kept who read what, unless the municipality says otherwise.
pub const READ_LOG_MONTHS: u64 = 13;
/// Fewest and most months a municipality can say: the server takes no others, and no device believes them.
pub const READ_LOG_MONTHS_RANGE: std::ops::RangeInclusive<u64> = 6..=60;
/// The longest a month can be, as it is counted by server and devices.
pub const MONTH_MS: i64 = 31 * 24 * 60 * 60 * 1000;
/// Readings in one envelope.
pub const READS_PER_ENVELOPE: u64 = 500;
/// Largest payload after inflation.
pub const PLAINTEXT: usize = 1024 * 1024;
/// Documents in one envelope.
pub const DOCUMENTS_PER_ENVELOPE: usize = 200;
/// Envelopes in one request.
pub const PUSH_ENVELOPES: usize = 200;
/// Folders asked to be backfilled in one request.
pub const BACKFILL_FOLDERS: usize = 200;
/// Rows the server looks at in one request.
pub const SCANNED_ROWS: u64 = 20_000;
/// Smallest page a device may ask for.
pub const PAGE_MIN: u32 = 16 * 1024;
/// Page a device starts with.
pub const PAGE_START: u32 = 64 * 1024;
/// Largest page.
pub const PAGE_MAX: u32 = 1024 * 1024;
/// Largest request body: a full page of the largest envelopes' frames, and room for the rest of the message.
pub const REQUEST_BODY: usize = 2 * 1024 * 1024;
/// Milliseconds a device's clock may differ from the server's in a request's signature.
pub const CLOCK_SKEW_MS: i64 = 10 * 60 * 1000;
/// Days a device may stay offline before it locks.
pub const LEASE_DAYS: i64 = 35;
/// Days ahead somebody may be let in for a time: the longest holiday and some.
pub const COVER_DAYS: i64 = 92;
/// Days in which a device that was shut out may hand in what it had not sent.
pub const HAND_IN_DAYS: i64 = 30;
/// Envelopes in one request that hands in from beside a locked database.
pub const HAND_IN_ENVELOPES: usize = 64;
/// The first number of deposits made in reserve. They stand outside of a device's own count, which has no gaps: most of them
/// are never sent.
pub const RESERVE_NUMBERS: u64 = 1 << 62;
/// Milliseconds a recovery station is served.
pub const STATION_MS: i64 = 24 * 60 * 60 * 1000;
/// Minutes an invitation is good for unless the inviter says otherwise.
pub const INVITATION_MINUTES: u32 = 24 * 60;
/// Days of which a new device is shown the entries before it has fetched them all.
pub const BUNDLE_DAYS: i64 = 90;
/// Proofs of earlier receipts in one request.
pub const PROOFS: usize = 200;
/// Points of the log in one request.
pub const POINTS: usize = 64;
/// Roles one certificate may carry.
pub const ROLES_PER_MEMBER: usize = 32;
/// Recipients in one key record.
pub const RECIPIENTS: usize = 1_000;
/// Folders of one erasure.
pub const ERASED_FOLDERS: usize = 64;
/// Single documents of one folder in one erasure: an entry and its addenda.
pub const ERASED_DOCUMENTS: usize = 200;
/// Envelopes of one folder that lose their bodies in one erasure.
pub const ERASED_PARTS: usize = 1_000;
/// Members named in one erasure.
pub const ERASED_MEMBERS: usize = 1_000;
/// Days within which a proposed erasure has to be confirmed.
pub const ERASURE_PROPOSAL_DAYS: i64 = 30;
