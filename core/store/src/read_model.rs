//! What lists and pages are answered from. Written beside each document, rebuilt from documents when in doubt.

mod cases;
mod counted;
mod employers;
mod entries;
mod municipality;
mod outlines;
mod register;
mod rows;
mod writing;

pub use counted::{CountedCourse, CountedRow};
pub use rows::{
    CaseFolderRow, ConsentReadRow, ContactPersonRow, EmployerReadRow, EntryReadRow, EntryRowWrite, KindOutline,
    OpeningRow, ProfileReadRow, ProgrammeReadRow, RegisterReadRow, StaffReadRow,
};
