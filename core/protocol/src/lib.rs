//! The wire: how sealed envelopes travel between devices and a server that cannot read them.
//!
//! Everything both ends must agree on stands here: the frame and its signature, certificates and the roster they
//! build, the access rules, the messages of one exchange, receipts, refusals, limits. Nothing here can open an
//! envelope; the server links this crate and no other that could.

mod access;
mod aggregate_proof;
mod bounded;
mod certificate;
mod codes;
mod enrolment;
mod envelope;
mod erase;
mod erasure_certificate;
mod erasure_rules;
mod fact_batch;
mod fact_code;
mod fact_ledger;
mod hand_in;
mod hand_in_rules;
mod id_bytes;
mod invitation;
pub mod limits;
mod log_point;
mod login;
mod padme;
mod purge_receipt;
mod read_log;
mod receipt;
mod records;
mod report_message;
mod request_signature;
mod roster;
mod sync_message;

pub use access::{
    FolderFacts, FolderMade, judge_content, judge_deposit, judge_facts, judge_grant, judge_key_record, judge_revoke,
};
pub use aggregate_proof::{AggregateProof, AggregateProofError, certificates_of, root_fingerprint};
pub use certificate::{
    CertificateBundle, DeviceState, DeviceWrap, Issuer, OtherDevice, RoleCode, SignedStatement, Statement,
};
pub use codes::{ErrorCode, LoginFault, RefusalCode};
pub use enrolment::{BootstrapCode, EnrolReply, EnrolRequest, SetupRequest};
pub use envelope::{
    Draft, Envelope, EnvelopeHash, EnvelopeKind, FrameError, HEADER_LEN, Header, SIGNATURE_LEN, SignatureError,
    VerifiedEnvelope,
};
pub use erase::{CaseRef, DocumentBytes, Erase, ErasedEntries, ErasedFolder, ErasedPart, ErasureProposal};
pub use erasure_certificate::{ErasureCertificate, ErasureState, HolderDevice, Purge, erasure_certificate};
pub use erasure_rules::{judge_erasure_confirmation, judge_erasure_proposal};
pub use fact_batch::{FactBatch, PseudonymsTag};
pub use fact_ledger::FactLedger;
pub use hand_in::{HandInReply, HandInRequest};
pub use hand_in_rules::{FolderBegun, belongs_to_a_hand_in};
pub use invitation::{Invitation, InvitationError};
pub use log_point::{LogChain, LogPoint, thin};
pub use login::{LoginProof, LoginReply, LoginRequest, LoginTerms, LoginWanted, login_nonce};
pub use padme::padme;
pub use purge_receipt::PurgeReceipt;
pub use read_log::{ReadLogKeyName, ReadLogRow, judge_read_log};
pub use receipt::{DisposedEnvelope, Lease, Receipt, ReceiptChain, ReceiptProof};
pub use records::{
    Deposit, Grant, KeyRecord, KeyRecordForm, Principal, ProgrammeBytes, Recipient, Revoke, RevokeReason,
};
pub use report_message::{FactCount, ReportReply, ReportRequest, ToldDetail, ToldFigure, ToldRow};
pub use request_signature::{RequestSignature, RequestSignatureError};
pub use roster::{CertificateError, DeviceEntry, MemberEntry, Place, ReadLogKeyEntry, Roster, UserKeyEntry};
pub use sync_message::{
    BackfillAsk, BackfillDone, BackfillPart, EnvelopeBytes, Hello, Problem, PushResult, Row, ServerClock, Stats,
    SyncReply, SyncRequest,
};

/// Version of the protocol this crate speaks; the major number stands in the path.
pub const PROTOCOL: u32 = 1;

/// Decodes one CBOR message and refuses anything after it.
///
/// # Errors
/// When the bytes are no such message, or more follows.
pub fn decode<'b, T: minicbor::Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, minicbor::decode::Error> {
    let mut decoder = minicbor::Decoder::new(bytes);
    let value = decoder.decode()?;
    if decoder.position() != bytes.len() {
        return Err(minicbor::decode::Error::message("bytes after the end of the message"));
    }
    Ok(value)
}

/// Encodes one CBOR message.
#[must_use]
pub fn encode<T: minicbor::Encode<()>>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing into a vector cannot fail, and none of our encoders refuses a value.
    let written = minicbor::encode(value, &mut bytes);
    debug_assert!(written.is_ok(), "an encoder refused its value");
    bytes
}
