//! Search over what one consultant has written in years, in a database on disk, with as many different words as real notes have.

use std::collections::HashMap;

use anyhow::Result;
use feltbog_domain::{Closeness, DocumentId, EntryFields, EntryKind, FolderId, Moment, Wanted};
use feltbog_store::{EntryRowWrite, MetElsewhere, Store, StoreError, Writer};

use crate::figures::Figures;
use crate::report::{Aim, Report};

const TIMES: u32 = 20;
const CITIZENS: u8 = 25;
/// 25 citizens for three years at 150 entries a year; and what a screen may be asked of at most.
const SIZES: [(u32, f64); 2] = [(25 * 3 * 150, 50.0), (10_000, 200.0)];
const DIFFERENT_WORDS: u64 = 40_000;

pub(crate) fn run(report: &mut Report) -> Result<()> {
    for (entries, aim) in SIZES {
        let folder = tempfile::tempdir()?;
        let mut store = Store::open(&folder.path().join("feltbog.db"), &[7; 32])?;
        store.write(|w| (0..entries).try_for_each(|n| put(w, n)))?;
        store.checkpoint()?;
        let (often, seldom) = (word(3), word(DIFFERENT_WORDS / 3));
        let (first, rest) = seldom.split_at(2);
        let slip = format!("{first}x{rest}");
        let asked = [
            ("one common word", often.clone(), None),
            ("the beginning of many words", "ka".to_owned(), None),
            ("a rare word with a slip", slip.clone(), None),
            ("two words, one with a slip", format!("{often} {slip}"), None),
            ("a citizen's name and a word", format!("marianne {seldom}"), Some(FolderId::new([1; 16]))),
            ("nothing that is there", "qqwwxxzzqq".to_owned(), None),
        ];
        for (what, typed, named) in asked {
            let wanted = Wanted::typed(&typed);
            let folders = named.map(|folder| HashMap::from([(folder, Closeness::Exact)])).unwrap_or_default();
            let elsewhere = [MetElsewhere { folders, ..MetElsewhere::default() }];
            let figures = Figures::of(TIMES, |_| Ok(store.reader().search(&wanted, &elsewhere, 50).map(|_| ())?))?;
            report.value(&format!("search {entries}: {what}"), figures.median(), "ms", &Aim::AtMost(aim));
        }
    }
    Ok(())
}

fn put(w: &Writer<'_>, n: u32) -> Result<(), StoreError> {
    let fields = EntryFields::new(EntryKind::Contact, Moment::from_unix_ms(i64::from(n) * 3_600_000));
    w.put_entry(&EntryRowWrite {
        document: DocumentId::new(u128::from(n).to_be_bytes()),
        folder: FolderId::new([u8::try_from(n % u32::from(CITIZENS)).unwrap_or_default(); 16]),
        fields: &fields,
        note: &note(n),
        conflicts: "{}",
    })
}

/// Fifty words, the common ones often and most of the others seldom, as people write.
fn note(seed: u32) -> String {
    let mut state = u64::from(seed).wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    let mut text = String::new();
    for _ in 0..50 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let (drawn, again) = ((state >> 33) % 1_000_000, (state >> 20) % 8);
        // The share of the words up to the n-th grows as the logarithm of n.
        let rank = match again {
            0 => drawn % DIFFERENT_WORDS,
            1 => drawn % 4_000,
            2..=4 => drawn % 400,
            _ => drawn % 40,
        };
        text.push_str(&word(rank));
        text.push(' ');
    }
    text
}

/// The word of this rank, made of syllables.
fn word(rank: u64) -> String {
    const SYLLABLES: [&str; 40] = [
        "ka", "be", "ti", "ro", "mø", "sa", "le", "vi", "no", "gå", "fra", "ske", "pri", "tro", "sty", "la", "ne",
        "di", "ko", "bæ", "ma", "re", "si", "fo", "rø", "ta", "me", "li", "so", "hå", "va", "ge", "ri", "do", "ly",
        "ha", "de", "ni", "lo", "få",
    ];
    let mut rest = rank + 40;
    let mut word = String::new();
    while rest > 0 {
        word.push_str(SYLLABLES.get((rest % 40) as usize).copied().unwrap_or_default());
        rest /= 40;
    }
    word
}
