//! When somebody has to log in again.

use super::when;

/// What is said while that is near or over.
pub(super) fn wanted(login_by: &str) -> String {
    format!(
        "Kommunen vil have, at du logger ind igen senest {}: feltbog login. Efter det hentes der ikke noget, før du har gjort \
         det. Det, du skriver, sendes stadig.",
        when::moment(login_by)
    )
}

/// After a login.
pub(super) fn done(login_by: Option<&str>) -> String {
    let next = login_by.map(|by| format!(" Næste gang er senest {}.", when::moment(by))).unwrap_or_default();
    format!("Du er logget ind.{next}\n")
}
