//! The device database: log, outbox, documents, read models, search.
//!
//! Always encrypted (SQLCipher); there is no way to open it without a key. Every save is one transaction with an
//! fsync. The read models answer lists and search, so that no document is loaded on the way to a screen.

mod actors;
mod both_wrote;
mod certificates;
mod covers;
mod documents;
mod drafts;
mod envelopes;
mod erased_entries;
mod erasures;
mod exposed;
mod facts;
mod folders;
mod gossip;
mod grants;
mod handed_in;
mod hints;
mod home;
mod identity;
mod log_points;
mod meanwhile;
mod open;
mod outbox;
mod pages;
mod purge;
mod put_aside;
mod read_log;
mod read_model;
mod readings;
mod refused;
mod restored;
mod rows;
mod search;
mod shelf;
#[cfg(feature = "simulation")]
pub mod simulation;
mod unsent;

pub use covers::{GrantedCover, Seen};
pub use documents::{DocumentRow, PendingChange};
pub use drafts::DraftRow;
pub use envelopes::{RowStatus, StoredRow};
pub use erased_entries::Origin;
pub use erasures::{Confirmed, ErasedWork, ErasureRow, Proposed};
pub use facts::ToldRow;
pub use folders::FolderRow;
pub use gossip::{Claim, Finding};
pub use grants::{Cover, OwedGrant, OwedRevoke};
pub use handed_in::{HandedIn, TrayRow};
pub use hints::{HintRow, HintValue};
pub use home::{Home, HomeError, HomeLock};
pub use identity::{Identity, Progress};
pub use meanwhile::{HandedAwayRow, MeanwhileRow};
pub use open::{Reader, SCHEMA, Store, StoreError, Writer};
pub use outbox::{OutboxRow, SealedRow, UnsentCount, UnsentOfFolder};
pub use pages::PageCommit;
pub use put_aside::PutAside;
pub use read_log::{ReadLogBatch, ReadLogEntry};
pub use read_model::{
    CaseFolderRow, ConsentReadRow, ContactPersonRow, CountedCourse, CountedRow, EmployerReadRow, EntryReadRow,
    EntryRowWrite, KindOutline, OpeningRow, ProfileReadRow, ProgrammeReadRow, RegisterReadRow, StaffReadRow,
};
pub use readings::ReadingRow;
pub use refused::{RefusedRow, Unresolved, Untaken};
pub use restored::Rewind;
pub use search::{MetElsewhere, SearchHit};
pub use shelf::{Municipality, MunicipalityName, Place, Shelf, ShelfError};
pub use unsent::{Mark, UnsentFile, UnsentFolder};
