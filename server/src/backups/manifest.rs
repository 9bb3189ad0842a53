//! What a set holds, with a hash of each file: a bit that turned over on the way or in the archive is noticed.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use data_encoding::HEXLOWER;
use feltbog_domain::Moment;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

const NAME: &str = "manifest.json";
const CHUNK: usize = 64 * 1024;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// Version of the program that made the set.
    program: String,
    made: Moment,
    /// SHA-256 of each file, by its name.
    files: BTreeMap<String, String>,
}

/// Why a set is not what its manifest says.
#[derive(Debug, thiserror::Error)]
pub(super) enum ManifestError {
    /// A file.
    #[error("a file of the backup could not be read: {0}")]
    File(#[from] io::Error),
    /// No manifest of ours.
    #[error("the backup's manifest.json cannot be read: {0}")]
    Syntax(#[from] serde_json::Error),
    /// Another file than was written.
    #[error("{0} in the backup is not what was written: it was damaged or replaced")]
    Differs(String),
}

impl Manifest {
    /// Of the files in a folder.
    pub(super) fn of(folder: &Path, made_ms: i64) -> Result<Self, ManifestError> {
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.insert(name, hash(&path)?);
        }
        let program = env!("CARGO_PKG_VERSION").to_owned();
        Ok(Self { program, made: Moment::from_unix_ms(made_ms), files })
    }

    pub(super) fn write(&self, folder: &Path) -> Result<(), ManifestError> {
        Ok(fs::write(folder.join(NAME), serde_json::to_vec_pretty(self)?)?)
    }

    /// Reads a folder's manifest and holds its files against it.
    pub(super) fn check(folder: &Path) -> Result<(), ManifestError> {
        let manifest: Self = serde_json::from_slice(&fs::read(folder.join(NAME))?)?;
        for (name, written) in manifest.files {
            if hash(&folder.join(&name))? != written {
                return Err(ManifestError::Differs(name));
            }
        }
        Ok(())
    }
}

fn hash(path: &Path) -> io::Result<String> {
    let (mut file, mut sum, mut chunk) = (File::open(path)?, Sha256::new(), vec![0; CHUNK]);
    loop {
        let read = file.read(&mut chunk)?;
        if read == 0 {
            return Ok(HEXLOWER.encode(&sum.finalize()));
        }
        sum.update(chunk.get(..read).unwrap_or_default());
    }
}
