//! The words there are in the index, and which of them come near.

use feltbog_domain::{Closeness, Wanted};

use crate::open::{Reader, StoreError};

/// Near words of one typed word that are looked for at most, the nearest first.
const NEAR: usize = 400;

/// For each typed word the words of the index that come near, without those that begin with it.
pub(super) struct NearWords(Vec<Vec<(Closeness, String)>>);

impl NearWords {
    pub(super) const fn none() -> Self {
        Self(Vec::new())
    }

    /// Whether any comes just as near as this.
    pub(super) fn any_at(&self, closeness: Closeness) -> bool {
        self.0.iter().flatten().any(|(near, _)| *near == closeness)
    }

    /// Those of one typed word that come as near as this or nearer.
    pub(super) fn within(&self, number: usize, within: Closeness) -> impl Iterator<Item = &str> {
        self.further(number, Closeness::Exact, within)
    }

    /// Those of them that do not come as near as `than`.
    pub(super) fn further(&self, number: usize, than: Closeness, within: Closeness) -> impl Iterator<Item = &str> {
        let words = self.0.get(number).into_iter().flatten();
        words.filter(move |(near, _)| *near > than && *near <= within).map(|(_, word)| word.as_str())
    }
}

impl Reader<'_> {
    /// Reads the vocabulary of the index through. It is a view of the index and is kept nowhere, so that no word outlives
    /// the entries it stood in.
    pub(super) fn near_words(&self, wanted: &Wanted) -> Result<NearWords, StoreError> {
        let mut near: Vec<Vec<(Closeness, String)>> = vec![Vec::new(); wanted.words().len()];
        let mut statement = self.sql.prepare_cached("SELECT term FROM temp.entry_word")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let Ok(word) = row.get_ref(0)?.as_str() else { continue };
            for (wanted, near) in wanted.words().iter().zip(&mut near) {
                let closeness = wanted.closeness_to_indexed(word).filter(|closeness| *closeness > Closeness::Exact);
                near.extend(closeness.map(|closeness| (closeness, word.to_owned())));
            }
        }
        for (wanted, near) in wanted.words().iter().zip(&mut near) {
            // A whole word before the beginning of a longer one.
            near.sort_by_key(|(closeness, word)| (*closeness, word.len().abs_diff(wanted.folded().len())));
            near.truncate(NEAR);
        }
        Ok(NearWords(near))
    }
}
