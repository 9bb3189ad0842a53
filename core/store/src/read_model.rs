//! What lists and pages are answered from. Written beside each document, rebuilt from documents when in doubt.

mod counted;
mod employers;
mod reading;
mod rows;
mod writing;

pub use counted::CountedRow;
pub use rows::{
    CaseFolderRow, ConsentReadRow, EmployerReadRow, EntryReadRow, EntryRowWrite, KindOutline, ProfileReadRow,
    ProgrammeReadRow, RegisterReadRow, StaffReadRow,
};
