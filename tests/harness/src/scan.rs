//! Looking for words where there must be none.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

/// Bytes every needle has at least: shorter ones turn up by chance in what is sealed.
const LEAST: usize = 6;

/// Words to look for.
#[derive(Debug, Clone, Default)]
pub struct Needles {
    words: BTreeSet<String>,
}

/// A word that was found, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// The word.
    pub word: String,
    /// The file, or what the text was called.
    pub place: String,
}

impl Needles {
    /// Every word of `letters` letters or more, and every number of eight digits, of a text.
    pub fn add_words(&mut self, text: &str, letters: usize) {
        for word in text.split(|sign: char| !sign.is_alphanumeric()) {
            let is_number = word.len() == 8 && word.bytes().all(|byte| byte.is_ascii_digit());
            if is_number || (word.chars().count() >= letters && word.chars().all(char::is_alphabetic)) {
                self.words.insert(word.to_owned());
            }
        }
    }

    /// This text as it stands.
    pub fn add(&mut self, text: &str) {
        if text.len() >= LEAST {
            self.words.insert(text.to_owned());
        }
    }

    /// Leaves out what may be known, and every word that is part of it.
    pub fn allow(&mut self, text: &str) {
        let text = text.to_lowercase();
        self.words.retain(|word| !text.contains(&word.to_lowercase()));
    }

    /// How many words are looked for.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Looks in every file below a folder, and in the names of files.
    #[must_use]
    pub fn in_folder(&self, folder: &Path) -> BTreeSet<Found> {
        let index = self.index();
        let mut found = BTreeSet::new();
        for path in files(folder) {
            let place = path.display().to_string();
            let name = path.strip_prefix(folder).unwrap().display().to_string();
            found.extend(self.look(&index, name.as_bytes(), &place));
            found.extend(self.look(&index, &fs::read(&path).unwrap_or_default(), &place));
        }
        found
    }

    /// Looks in bytes.
    #[must_use]
    pub fn in_bytes(&self, bytes: &[u8], place: &str) -> BTreeSet<Found> {
        self.look(&self.index(), bytes, place)
    }

    /// The ways each word may be written, by their first bytes.
    fn index(&self) -> HashMap<[u8; LEAST], Vec<(Vec<u8>, &str)>> {
        let mut index: HashMap<[u8; LEAST], Vec<(Vec<u8>, &str)>> = HashMap::new();
        for word in &self.words {
            for written in spellings(word) {
                let start: [u8; LEAST] = written[..LEAST].try_into().unwrap();
                index.entry(start).or_default().push((written, word));
            }
        }
        index
    }

    fn look(&self, index: &HashMap<[u8; LEAST], Vec<(Vec<u8>, &str)>>, bytes: &[u8], place: &str) -> BTreeSet<Found> {
        let mut found = BTreeSet::new();
        for at in 0..bytes.len().saturating_sub(LEAST - 1) {
            let rest = &bytes[at..];
            let Some(candidates) = rest.first_chunk().and_then(|start| index.get(start)) else { continue };
            for (written, word) in candidates {
                if rest.starts_with(written) {
                    found.insert(Found { word: (*word).to_owned(), place: place.to_owned() });
                }
            }
        }
        found
    }
}

/// As it stands, in lower and upper case, as an index folds it, and two bytes a letter.
fn spellings(word: &str) -> BTreeSet<Vec<u8>> {
    let lower = word.to_lowercase();
    let folded = lower.replace(['ø', 'ö'], "o").replace(['å', 'á'], "a").replace(['æ', 'ä'], "ae").replace('é', "e");
    let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [word.as_bytes().to_vec(), lower.into_bytes(), word.to_uppercase().into_bytes(), folded.into_bytes(), wide]
        .into_iter()
        .filter(|written| written.len() >= LEAST)
        .collect()
}

/// Every file below a folder.
#[must_use]
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if entry.file_type().unwrap().is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// Bytes of all files below a folder.
#[must_use]
pub fn size_of(folder: &Path) -> u64 {
    files(folder).iter().map(|path| fs::metadata(path).map_or(0, |facts| facts.len())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_files_however_they_are_written() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("deep")).unwrap();
        fs::write(folder.path().join("deep/file.bin"), b"\x00\xffkontaktperson").unwrap();
        fs::write(
            folder.path().join("wide"),
            "Virksomhed".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
        )
        .unwrap();
        fs::write(folder.path().join("index"), "koekken kokkenet 93236106").unwrap();
        let mut needles = Needles::default();
        needles.add_words("Kontaktperson i Virksomhed 93236106, Køkkenet og borgeren", 8);
        let found: Vec<String> = needles.in_folder(folder.path()).into_iter().map(|found| found.word).collect();
        assert_eq!(found, ["93236106", "Kontaktperson", "Køkkenet", "Virksomhed"]);
    }

    #[test]
    fn what_may_be_known_is_left_out() {
        let mut needles = Needles::default();
        needles.add_words("Testkommunen og Beskæftigelse", 8);
        needles.allow("Testkommunen");
        assert_eq!(needles.len(), 1);
    }
}
