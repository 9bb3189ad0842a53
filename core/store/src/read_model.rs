//! What lists and pages are answered from. Written beside each document, rebuilt from documents when in doubt.

mod employers;
mod reading;
mod register;
mod rows;
mod writing;

pub use rows::{
    CaseFolderRow, ConsentReadRow, ContactPersonRow, EmployerReadRow, EntryReadRow, EntryRowWrite, KindOutline,
    OpeningRow, ProfileReadRow, ProgrammeReadRow, RegisterReadRow, StaffReadRow,
};
