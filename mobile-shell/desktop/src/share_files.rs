//! The recovery shares on their way to three different people.

use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::private_file;

/// Three empty files, made before the shares exist: once a municipality is set up its shares are shown this one time,
/// and then it is too late to find out that the place cannot be written.
pub(crate) struct ShareFiles {
    files: Vec<(PathBuf, fs::File)>,
    written: bool,
}

impl ShareFiles {
    /// Makes `andel-1.txt` to `andel-3.txt` in `folder`.
    pub(crate) fn reserve(folder: &Path, home: &Path) -> Result<Self, Failure> {
        let folder = settled(folder).map_err(Failure::Shares)?;
        if folder.starts_with(settled(home).map_err(Failure::Shares)?) {
            return Err(Failure::SharesAtHome);
        }
        fs::create_dir_all(&folder).map_err(Failure::Shares)?;
        let mut reserved = Self { files: Vec::with_capacity(SHARES), written: false };
        for number in 1..=SHARES {
            let path = folder.join(format!("andel-{number}.txt"));
            let file = private_file::create(&path).map_err(|error| match error.kind() {
                io::ErrorKind::AlreadyExists => Failure::ShareExists(path.display().to_string()),
                _ => Failure::Shares(error),
            })?;
            reserved.files.push((path, file));
        }
        Ok(reserved)
    }

    /// Writes the shares and says where they lie. What could not be written must be shown instead.
    pub(crate) fn write(mut self, shares: &[String], belongs_to: &BelongsTo) -> io::Result<Vec<PathBuf>> {
        if shares.len() != self.files.len() {
            return Err(io::Error::other("another number of shares than files"));
        }
        for (number, ((_, file), share)) in (1..).zip(self.files.iter_mut().zip(shares)) {
            file.write_all(explained(number, share, belongs_to).as_bytes())?;
            file.sync_all()?;
        }
        self.written = true;
        Ok(self.files.iter().map(|(path, _)| path.clone()).collect())
    }
}

impl Drop for ShareFiles {
    fn drop(&mut self) {
        if self.written {
            return;
        }
        for (path, _) in &self.files {
            let _ = private_file::remove(path);
        }
    }
}

/// Whose shares they are: what a recovery station has to be told.
#[derive(Debug, Clone)]
pub(crate) struct BelongsTo {
    /// Address of the server.
    pub(crate) server: String,
    /// The municipality's id.
    pub(crate) tenant: String,
}

/// A share as it is handed to the person who keeps it.
pub(crate) fn explained(number: usize, share: &str, belongs_to: &BelongsTo) -> String {
    let BelongsTo { server, tenant } = belongs_to;
    format!(
        "Feltbog: gendannelsesandel {number} af {SHARES}

Med to af de tre andele kan kommunens Feltbog åbnes igen, hvis alle enheder går tabt.
Én andel alene åbner intet. Giv de tre andele til tre forskellige personer, gem dem
hver sit sted, helst på papir, og aldrig sammen med en enhed, der har Feltbog.

Feltbog: recovery share {number} of {SHARES}

Any two of the three shares open the municipality's Feltbog again if every device is lost.
One share alone opens nothing. Give the three shares to three different people, keep each
in its own place, best on paper, and never together with a device that has Feltbog.

server: {server}
kommune: {tenant}

{share}
"
    )
}

/// Whose shares lie in a folder, and the shares.
pub(crate) fn read(folder: &Path) -> Result<(Option<BelongsTo>, Vec<Zeroizing<String>>), Failure> {
    let (mut belongs_to, mut shares) = (None, Vec::new());
    for number in 1..=SHARES {
        let text = match fs::read_to_string(folder.join(format!("andel-{number}.txt"))) {
            Ok(text) => Zeroizing::new(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(Failure::Shares(error)),
        };
        let after =
            |word: &str| text.lines().find_map(|line| line.strip_prefix(word)).map(|rest| rest.trim().to_owned());
        if let (Some(server), Some(tenant)) = (after("server:"), after("kommune:")) {
            belongs_to = Some(BelongsTo { server, tenant });
        }
        shares.extend(
            text.lines().rev().find(|line| !line.trim().is_empty()).map(|line| Zeroizing::new(line.trim().to_owned())),
        );
    }
    Ok((belongs_to, shares))
}

/// The path without links and `..`, as far as it exists; the rest is taken as written.
fn settled(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    let mut settled = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                settled.pop();
            }
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => {
                settled.push(part);
                if let Ok(real) = fs::canonicalize(&settled) {
                    settled = real;
                }
            }
        }
    }
    Ok(settled)
}

const SHARES: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    fn belongs_to() -> BelongsTo {
        BelongsTo { server: "https://feltbog.example".to_owned(), tenant: "01".repeat(16) }
    }

    fn shares() -> Vec<String> {
        ["first", "second", "third"].map(str::to_owned).to_vec()
    }

    #[test]
    fn three_files_each_with_its_own_share() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("shares");
        let written = ShareFiles::reserve(&folder, &place.path().join("home"))
            .ok()
            .unwrap()
            .write(&shares(), &belongs_to())
            .unwrap();
        assert_eq!(written.len(), 3);
        let second = fs::read_to_string(folder.join("andel-2.txt")).unwrap();
        assert!(second.contains("andel 2 af 3") && second.contains("second") && !second.contains("first"), "{second}");
    }

    #[test]
    fn never_inside_the_home() {
        let place = tempfile::tempdir().unwrap();
        let home = place.path().join("home");
        for folder in [home.clone(), home.join("shares"), place.path().join("x/../home/deep")] {
            assert!(matches!(ShareFiles::reserve(&folder, &home), Err(Failure::SharesAtHome)), "{folder:?}");
        }
        assert!(!home.exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_does_not_lead_into_the_home() {
        let place = tempfile::tempdir().unwrap();
        let home = place.path().join("home");
        fs::create_dir(&home).unwrap();
        std::os::unix::fs::symlink(&home, place.path().join("link")).unwrap();
        let folder = place.path().join("link/shares");
        assert!(matches!(ShareFiles::reserve(&folder, &home), Err(Failure::SharesAtHome)));
    }

    #[test]
    fn nothing_is_overwritten_and_nothing_is_left_behind() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("andel-2.txt"), "old").unwrap();
        let refused = ShareFiles::reserve(place.path(), &place.path().join("home"));
        assert!(matches!(refused, Err(Failure::ShareExists(_))));
        assert!(!place.path().join("andel-1.txt").exists());
        assert_eq!(fs::read_to_string(place.path().join("andel-2.txt")).unwrap(), "old");
    }

    #[test]
    fn a_setup_that_was_refused_leaves_no_empty_files() {
        let place = tempfile::tempdir().unwrap();
        drop(ShareFiles::reserve(place.path(), &place.path().join("home")).ok().unwrap());
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
    }
}
