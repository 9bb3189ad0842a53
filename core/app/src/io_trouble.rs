//! What the operating system says about a file, for people.

use std::io::ErrorKind;

/// In Danish where it is one of the ordinary things; never with a name or a path.
#[must_use]
pub fn io_trouble(kind: ErrorKind) -> String {
    match kind {
        ErrorKind::NotFound => "den findes ikke".to_owned(),
        ErrorKind::PermissionDenied => "du har ikke lov".to_owned(),
        ErrorKind::IsADirectory | ErrorKind::NotADirectory => "mapper og filer er byttet om".to_owned(),
        ErrorKind::InvalidData => "det er ikke tekst".to_owned(),
        ErrorKind::StorageFull => "der er ikke mere plads".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "der kan kun læses".to_owned(),
        ErrorKind::AddrInUse => "en anden bruger den".to_owned(),
        other => other.to_string(),
    }
}
