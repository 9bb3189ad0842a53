//! Text given on the command line, or on standard input when a dash stands there.

use std::io::{self, Read};

use crate::failure::Failure;

/// The text; a note on standard input is not seen by others who list this computer's processes.
pub(super) fn typed_text(given: String) -> Result<String, Failure> {
    if given == "-" { read(io::stdin().lock()) } else { Ok(given) }
}

fn read(mut input: impl Read) -> Result<String, Failure> {
    let mut text = String::new();
    input.read_to_string(&mut text).map_err(Failure::Input)?;
    // The end of the last line belongs to the shell, not to the note.
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_line_end_goes() {
        assert_eq!(read("a\nb\n\n".as_bytes()).ok().unwrap(), "a\nb\n");
        assert_eq!(read("a\r\n".as_bytes()).ok().unwrap(), "a");
        assert_eq!(read("æ".as_bytes()).ok().unwrap(), "æ");
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        assert!(matches!(read([0xff, 0xfe].as_slice()), Err(Failure::Input(_))));
    }
}
