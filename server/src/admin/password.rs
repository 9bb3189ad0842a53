//! The password of the administration page. The server makes it and shows it once; a file in the folder of the store keeps what is
//! needed to know it again, so every process on that folder goes by the same one, and by a new one from the next request on.

use std::fs;
use std::io;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use ring::pbkdf2;
use zeroize::Zeroizing;

use super::private_file;

/// What a guess costs whoever has a copy of the file. Argon2 would cost them more, but the server links nothing that opens what is
/// sealed under a passphrase; and the password is chance of 120 bits, which nobody guesses.
const ROUNDS: u32 = 600_000;
const WAY: &str = "pbkdf2-hmac-sha256";
const SECRET_LEN: usize = 15;
const SALT_LEN: usize = 16;
/// Letters between two hyphens.
const GROUP: usize = 4;

/// A password as the file keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Password {
    rounds: NonZeroU32,
    salt: [u8; SALT_LEN],
    derived: [u8; 32],
}

/// The file, whether it is there or not.
pub(super) fn file(folder: &Path) -> PathBuf {
    folder.join("password")
}

impl Password {
    /// Makes a password, keeps it in place of any before, and gives it to be shown.
    pub(super) fn make(folder: &Path) -> io::Result<Zeroizing<String>> {
        let (mut secret, mut salt) = (Zeroizing::new([0; SECRET_LEN]), [0; SALT_LEN]);
        getrandom::fill(secret.as_mut_slice()).and_then(|()| getrandom::fill(&mut salt)).map_err(io::Error::other)?;
        let letters = Zeroizing::new(BASE32_NOPAD.encode(secret.as_slice()).to_lowercase());
        let mut shown = Zeroizing::new(String::with_capacity(letters.len() * 2));
        for (place, letter) in letters.chars().enumerate() {
            if place > 0 && place % GROUP == 0 {
                shown.push('-');
            }
            shown.push(letter);
        }
        let rounds = NonZeroU32::new(ROUNDS).unwrap_or(NonZeroU32::MIN);
        let mut derived = [0; 32];
        pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, rounds, &salt, shown.as_bytes(), &mut derived);
        private_file::put(&file(folder), Self { rounds, salt, derived }.line().as_bytes())?;
        Ok(shown)
    }

    /// The one that holds now; nothing where none was made, or it was taken away.
    pub(super) fn read(folder: &Path) -> io::Result<Option<Self>> {
        match fs::read_to_string(file(folder)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            text => Self::of_line(&text?).map(Some).ok_or_else(|| io::Error::other("the file holds no password")),
        }
    }

    /// Whether somebody typed it. Takes as long for a wrong one as for the right one.
    pub(super) fn is(&self, typed: &str) -> bool {
        let (way, typed) = (pbkdf2::PBKDF2_HMAC_SHA256, typed.trim().as_bytes());
        pbkdf2::verify(way, self.rounds, &self.salt, typed, &self.derived).is_ok()
    }

    /// Something that is the same for this password alone, and tells nothing of it.
    pub(super) fn mark(&self) -> String {
        HEXLOWER.encode(&self.salt)
    }

    fn line(&self) -> String {
        format!("{WAY} {} {} {}\n", self.rounds, HEXLOWER.encode(&self.salt), HEXLOWER.encode(&self.derived))
    }

    fn of_line(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        if words.next()? != WAY {
            return None;
        }
        let rounds = words.next()?.parse().ok()?;
        let salt = HEXLOWER.decode(words.next()?.as_bytes()).ok()?.try_into().ok()?;
        let derived = HEXLOWER.decode(words.next()?.as_bytes()).ok()?.try_into().ok()?;
        Some(Self { rounds, salt, derived })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_again_and_no_other_is_and_the_file_does_not_tell_it() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(Password::read(home.path()).unwrap(), None);
        let shown = Password::make(home.path()).unwrap();
        assert_eq!(shown.len(), 24 + 5);
        let kept = Password::read(home.path()).unwrap().unwrap();
        assert!(kept.is(&shown) && kept.is(&format!(" {}\n", *shown)));
        assert!(!kept.is("") && !kept.is(&shown[1..]));
        assert!(!fs::read_to_string(file(home.path())).unwrap().contains(shown.as_str()));
        let next = Password::make(home.path()).unwrap();
        assert!(Password::read(home.path()).unwrap().unwrap().is(&next));
        assert_ne!(Password::read(home.path()).unwrap().unwrap().mark(), kept.mark());
    }

    #[test]
    fn a_file_that_holds_no_password_lets_nobody_in() {
        let home = tempfile::tempdir().unwrap();
        for text in ["", "plain secret", "pbkdf2-hmac-sha256 0 00 00", "pbkdf2-hmac-sha256 1 00 00"] {
            fs::write(file(home.path()), text).unwrap();
            assert!(Password::read(home.path()).is_err(), "{text}");
        }
    }
}
