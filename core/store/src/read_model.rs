//! What lists and pages are answered from. Written beside each document, rebuilt from documents when in doubt.

mod cases;
mod counted;
mod employers;
mod entries;
mod municipality;
mod outlines;
mod rows;
mod writing;

pub use counted::CountedRow;
pub use rows::{
    CaseFolderRow, ConsentReadRow, EmployerReadRow, EntryReadRow, EntryRowWrite, KindOutline, ProfileReadRow,
    ProgrammeReadRow, RegisterReadRow, StaffReadRow,
};
