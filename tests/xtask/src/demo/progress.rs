//! What the person at the terminal reads while it works.

/// One short line in two languages.
pub(super) fn say(danish: &str, english: &str) {
    println!("{danish}  ·  {english}");
}
