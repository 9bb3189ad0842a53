//! The passphrase: the first line of a file, or typed without echo.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal};
use std::path::Path;

use zeroize::Zeroizing;

use crate::failure::Failure;

/// What unlocks the device; wiped from memory when dropped.
pub(crate) struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// The passphrase of a home that exists.
    pub(crate) fn known(file: Option<&Path>) -> Result<Self, Failure> {
        match file {
            Some(file) => Self::from_file(file),
            None => Self::asked("Adgangssætning: ")?.checked(),
        }
    }

    /// The passphrase of a home that is being made: typed twice, so that a slip does not lock it for good.
    pub(crate) fn chosen(file: Option<&Path>) -> Result<Self, Failure> {
        let Some(file) = file else {
            let first = Self::asked("Vælg en adgangssætning: ")?.checked()?;
            let again = Self::asked("Skriv den igen: ")?;
            return if first.0 == again.0 { Ok(first) } else { Err(Failure::PassphrasesDiffer) };
        };
        Self::from_file(file)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    fn from_file(file: &Path) -> Result<Self, Failure> {
        let file = File::open(file).map_err(Failure::PassphraseFile)?;
        let mut line = Zeroizing::new(String::new());
        BufReader::new(file).read_line(&mut line).map_err(Failure::PassphraseFile)?;
        Self(Zeroizing::new(line.trim_end_matches(['\r', '\n']).to_owned())).checked()
    }

    fn asked(question: &str) -> Result<Self, Failure> {
        if !io::stdin().is_terminal() {
            return Err(Failure::NoPassphrase);
        }
        rpassword::prompt_password(question).map(|typed| Self(Zeroizing::new(typed))).map_err(Failure::Prompt)
    }

    fn checked(self) -> Result<Self, Failure> {
        if self.0.is_empty() { Err(Failure::EmptyPassphrase) } else { Ok(self) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Passphrase, Failure> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pass");
        std::fs::write(&path, text).unwrap();
        Passphrase::known(Some(&path))
    }

    #[test]
    fn the_first_line_counts_and_its_end_does_not() {
        for text in ["rødgrød med fløde", "rødgrød med fløde\n", "rødgrød med fløde\r\n", "rødgrød med fløde\nandet\n"]
        {
            assert_eq!(read(text).ok().unwrap().bytes(), "rødgrød med fløde".as_bytes(), "{text:?}");
        }
    }

    #[test]
    fn spaces_belong_to_it() {
        assert_eq!(read(" a b \n").ok().unwrap().bytes(), b" a b ");
    }

    #[test]
    fn an_empty_file_opens_nothing() {
        assert!(matches!(read("\n"), Err(Failure::EmptyPassphrase)));
    }
}
