//! Full-text search over the entries this device may see.

mod gone_words;
mod index;
mod vocabulary;

use std::collections::{HashMap, HashSet};

use feltbog_domain::{Closeness, CvrNumber, EntryKind, FolderId, Outcome, Passage, Wanted};
use rusqlite::OptionalExtension;

pub(crate) use self::gone_words::forget_gone_words;
pub(crate) use self::index::make_ready;
use self::vocabulary::NearWords;
use crate::open::{Reader, StoreError};
use crate::read_model::EntryReadRow;
use crate::rows::{RowExt, parsed};

/// So many entries are sooner read than a common word's near ones are looked up.
const FEW: usize = 64;

/// One entry in which the words were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchHit {
    /// The entry.
    pub entry: EntryReadRow,
    /// How near the farthest of the words came.
    pub closeness: Closeness,
    /// Where the words stand; the beginning of the note where none of them stands in the entry itself.
    pub passage: Passage,
}

/// Where one of the words is met beside the entries: by the citizen, or by the employer, an entry is about.
#[derive(Debug, Clone, Default)]
pub struct MetElsewhere {
    /// Folders of citizens.
    pub folders: HashMap<FolderId, Closeness>,
    /// Employers.
    pub employers: HashMap<CvrNumber, Closeness>,
}

impl MetElsewhere {
    fn comes_as_near_as(&self, closeness: Closeness) -> bool {
        self.folders.values().chain(self.employers.values()).any(|met| *met == closeness)
    }
}

/// An entry, and what it is about.
struct Place {
    row: i64,
    folder: FolderId,
    employer: Option<CvrNumber>,
}

/// Where one word is met, as near as it may be.
struct Met<'a> {
    rows: HashSet<i64>,
    elsewhere: Option<&'a MetElsewhere>,
    within: Closeness,
    /// How near every entry it is met in is among `rows`; nearer than `within` where only some were looked at.
    whole: Closeness,
}

impl<'a> Met<'a> {
    fn nowhere(elsewhere: Option<&'a MetElsewhere>) -> Self {
        Self { rows: HashSet::new(), elsewhere, within: Closeness::Exact, whole: Closeness::Exact }
    }

    fn by_text_alone(&self) -> bool {
        self.elsewhere.is_none_or(|met| met.folders.is_empty() && met.employers.is_empty())
    }

    fn by_text(&self, place: &Place) -> bool {
        self.rows.contains(&place.row)
    }

    fn by_citizen(&self, place: &Place) -> bool {
        let met = self.elsewhere.and_then(|elsewhere| elsewhere.folders.get(&place.folder));
        met.is_some_and(|closeness| *closeness <= self.within)
    }

    fn by_employer(&self, place: &Place) -> bool {
        let met = place.employer.and_then(|employer| self.elsewhere?.employers.get(&employer));
        met.is_some_and(|closeness| *closeness <= self.within)
    }
}

/// Whether every word is met. Where the citizen alone meets them all, or the employer, they are what was looked for and
/// not everything that was written about them.
fn is_found(place: &Place, words: &[Met<'_>]) -> bool {
    let is_met = |word: &Met<'_>| word.by_text(place) || word.by_citizen(place) || word.by_employer(place);
    words.iter().all(is_met)
        && (words.iter().any(|word| word.by_text(place))
            || !words.iter().all(|word| word.by_citizen(place)) && !words.iter().all(|word| word.by_employer(place)))
}

impl Reader<'_> {
    /// Entries in which every word is met, by a word or the beginning of one: exact ones first, then those with a slip of
    /// the finger, the newest first among equals. `elsewhere` says for each word where it is met beside the entries.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn search(
        &self,
        wanted: &Wanted,
        elsewhere: &[MetElsewhere],
        limit: usize,
    ) -> Result<Vec<SearchHit>, StoreError> {
        if wanted.words().is_empty() {
            return Ok(Vec::new());
        }
        let places = self.newest_first()?;
        let (mut found, mut known) = (Vec::new(), HashSet::new());
        let mut near = NearWords::none();
        let mut words: Vec<Met<'_>> =
            (0..wanted.words().len()).map(|number| Met::nowhere(elsewhere.get(number))).collect();
        for within in Closeness::ALL {
            if within == Closeness::OneLetter {
                near = self.near_words(wanted)?;
            }
            let is_new = within == Closeness::Exact
                || near.any_at(within)
                || elsewhere.iter().any(|met| met.comes_as_near_as(within));
            if !is_new {
                continue;
            }
            self.look_up(wanted, &near, within, &mut words)?;
            let here = places.iter().filter(|place| is_found(place, &words) && !known.contains(&place.row));
            found.extend(here.map(|place| (place.row, within)).take(limit.saturating_sub(found.len())));
            if found.len() >= limit {
                break;
            }
            known.extend(found.iter().map(|(row, _)| *row));
        }
        let mut hits = Vec::with_capacity(found.len());
        for (row, closeness) in found {
            let Some(entry) = self.entry_in_row(row)? else { continue };
            let passage = passage(&entry, wanted, closeness);
            hits.push(SearchHit { entry, closeness, passage });
        }
        Ok(hits)
    }

    /// Looks every word up as near as this. What was met nearer is met still. Words with few near ones come first: where they
    /// leave few entries over, these are read, and not everything that comes near a common word.
    fn look_up(
        &self,
        wanted: &Wanted,
        near: &NearWords,
        within: Closeness,
        words: &mut [Met<'_>],
    ) -> Result<(), StoreError> {
        let mut order: Vec<usize> = (0..words.len()).collect();
        order.sort_by_key(|number| near.within(*number, within).count());
        let mut left: Option<HashSet<i64>> = None;
        for number in order {
            let Some((word, met)) = wanted.words().get(number).zip(words.get_mut(number)) else { continue };
            met.within = within;
            if within == Closeness::Exact {
                met.rows.extend(self.rows_with(&format!("\"{}\"*", word.folded()))?);
            } else if let Some(left) = &left {
                let near: HashSet<&str> = near.within(number, within).collect();
                for row in left {
                    if !met.rows.contains(row) && self.has_one_of(*row, &near)? {
                        met.rows.insert(*row);
                    }
                }
            } else {
                let further = near.further(number, met.whole, within).map(|word| format!("\"{word}\""));
                met.rows.extend(self.rows_with(&further.collect::<Vec<_>>().join(" OR "))?);
                met.whole = within;
            }
            if met.by_text_alone() && met.rows.len() <= FEW {
                left = Some(met.rows.clone());
            }
        }
        Ok(())
    }

    /// What was marked as mistaken is not among them.
    fn newest_first(&self) -> Result<Vec<Place>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT row, folder, employer FROM entry INDEXED BY entry_newest WHERE mistaken IS NULL ORDER BY at_ms DESC",
        )?;
        let places = statement
            .query_map([], |row| Ok(Place { row: row.get(0)?, folder: row.id(1)?, employer: parsed(row.get(2)?) }))?;
        Ok(places.collect::<Result<_, _>>()?)
    }

    /// Entries of the index; letters and digits alone are asked for, so nothing of FTS5's own query language gets through.
    fn rows_with(&self, query: &str) -> Result<Vec<i64>, StoreError> {
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let mut statement = self.sql.prepare_cached("SELECT rowid FROM entry_text WHERE entry_text MATCH ?1")?;
        let rows = statement.query_map([query], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether one of these words stands in an entry.
    fn has_one_of(&self, row: i64, words: &HashSet<&str>) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT text FROM entry_text WHERE rowid = ?1")?;
        let text: Option<String> = statement.query_row([row], |row| row.get(0)).optional()?;
        Ok(text.is_some_and(|text| text.split(' ').any(|word| words.contains(word))))
    }
}

/// Everything of an entry that people remember it by, and what of it is shown first.
fn searched_texts<'a>(note: &'a str, fields: &'a feltbog_domain::EntryFields) -> impl Iterator<Item = &'a str> {
    [
        Some(note),
        fields.place.as_deref(),
        fields.contact_person.as_deref(),
        fields.job_title.as_deref(),
        fields.next_step.as_ref().map(|step| step.text.as_str()),
        fields.outcome.as_ref().map(Outcome::danish),
        Some(EntryKind::danish(&fields.kind)),
        fields.marks.journal_number.as_deref(),
    ]
    .into_iter()
    .flatten()
}

fn passage(entry: &EntryReadRow, wanted: &Wanted, within: Closeness) -> Passage {
    let found = searched_texts(&entry.note, &entry.fields).find_map(|text| wanted.passage(text, within));
    found.unwrap_or_else(|| Passage::beginning(&entry.note))
}

#[cfg(test)]
mod tests;
