//! Looking for a word in every byte of a folder.

use std::fs;
use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};

/// Shorter words stand in random bytes by chance.
const SHORTEST: usize = 4;
/// Bytes shown on each side of the first find.
const AROUND: usize = 6;

/// What was looked through, and what was found.
pub(super) fn search(folder: &Path, word: &str) -> Result<Value> {
    let sought = folded(word.trim().as_bytes());
    if sought.len() < SHORTEST {
        return Ok(json!({ "too_short": true }));
    }
    let (mut finds, mut files, mut bytes, mut excerpt) = (0, 0, 0, None);
    for item in fs::read_dir(folder)? {
        let path = item?.path();
        let content = folded(&fs::read(&path)?);
        files += 1;
        bytes += content.len();
        let places = places(&content, &sought);
        finds += places.len();
        if let (None, Some(first)) = (&excerpt, places.first()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            excerpt = Some(json!({ "file": name, "text": readable(&fs::read(&path)?, *first, sought.len()) }));
        }
    }
    Ok(json!({ "finds": finds, "files": files, "bytes": bytes, "excerpt": excerpt }))
}

/// Small letters, the Danish ones in UTF-8 as well; as long as it was.
fn folded(bytes: &[u8]) -> Vec<u8> {
    let mut before = 0;
    let fold = |byte: &u8| {
        let danish = before == 0xc3 && (0x80..=0x9e).contains(byte);
        before = *byte;
        if danish { byte + 0x20 } else { byte.to_ascii_lowercase() }
    };
    bytes.iter().map(fold).collect()
}

fn places(content: &[u8], sought: &[u8]) -> Vec<usize> {
    content.windows(sought.len()).enumerate().filter(|(_, part)| *part == sought).map(|(place, _)| place).collect()
}

fn readable(content: &[u8], place: usize, length: usize) -> String {
    let end = content.len().min(place + length + AROUND);
    let part = content.get(place.saturating_sub(AROUND)..end).unwrap_or_default();
    String::from_utf8_lossy(part)
        .chars()
        .map(|sign| if sign.is_control() || sign == '\u{fffd}' { '·' } else { sign })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_whatever_case_it_stands() {
        for word in ["Åse Møller", "åse møller", "ÅSE MØLLER"] {
            assert_eq!(
                places(&folded("xx ÅSE møller åse MØLLER".as_bytes()), &folded(word.as_bytes())).len(),
                2,
                "{word}"
            );
        }
    }

    #[test]
    fn every_file_is_looked_through() {
        let folder = std::env::temp_dir().join(format!("feltbog-search-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("one"), b"\x00\x01Sluse Lager\xff").unwrap();
        fs::write(folder.join("two"), b"sealed").unwrap();
        let found = search(&folder, "sluse lager").unwrap();
        let nothing = search(&folder, "Marianne").unwrap();
        let short = search(&folder, "ab").unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!((&found["finds"], &found["files"], &found["bytes"]), (&json!(1), &json!(2), &json!(20)));
        assert_eq!(found["excerpt"], json!({ "file": "one", "text": "··Sluse Lager·" }));
        assert_eq!(nothing["finds"], json!(0));
        assert_eq!(short, json!({ "too_short": true }));
    }
}
