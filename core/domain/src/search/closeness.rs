//! How many slips of the finger lie between two words.

/// How near what was found comes to what was typed, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Closeness {
    /// The word itself, or its beginning.
    Exact,
    /// One letter is wrong, missing or too many, or two neighbours stand the other way round.
    OneLetter,
    /// Two of these.
    TwoLetters,
}

impl Closeness {
    /// All of them, the nearest first.
    pub const ALL: [Closeness; 3] = [Closeness::Exact, Closeness::OneLetter, Closeness::TwoLetters];

    const fn of(slips: u8) -> Option<Self> {
        match slips {
            0 => Some(Closeness::Exact),
            1 => Some(Closeness::OneLetter),
            2 => Some(Closeness::TwoLetters),
            _ => None,
        }
    }
}

/// Nobody types longer words, and what is not typed by hand has no slips.
const LONGEST: usize = 40;
/// More slips than any word may have.
const FAR: u8 = u8::MAX / 2;

/// How many slips a word of so many letters may have: in short ones every other word would be near.
const fn allowed(letters: usize) -> u8 {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// How near a typed word comes to a whole word, or to the beginning of one where its last letter is right: were that one
/// wrong too, all that begins alike would be near. Numbers have no slips: the next number is somebody else's.
pub(super) fn near(typed: &str, word: &str) -> Option<Closeness> {
    if may_be_near(typed, word) { count(typed, word) } else { None }
}

/// A look at which letters there are. Nearly every word of a vocabulary is sorted out here, before anything is counted.
fn may_be_near(typed: &str, word: &str) -> bool {
    if typed.len() < 3 || word.len() < 4 || has_digit(typed) || has_digit(word) {
        return false;
    }
    (letters_in(typed) & !letters_in(word)).count_ones() <= 2
}

fn has_digit(word: &str) -> bool {
    word.contains(char::is_numeric)
}

/// A bit for each letter there is; letters may share one.
fn letters_in(word: &str) -> u64 {
    word.chars().fold(0, |seen, letter| seen | 1_u64.rotate_left(u32::from(letter) % u64::BITS))
}

fn count(typed: &str, word: &str) -> Option<Closeness> {
    let (typed, word): (Vec<char>, Vec<char>) = (typed.chars().collect(), word.chars().collect());
    let (as_whole, as_beginning) = (allowed(word.len()), allowed(typed.len()));
    let most = as_whole.max(as_beginning);
    if typed.len() > LONGEST || typed.len() > word.len() + usize::from(most) {
        return None;
    }
    // What follows the beginning counts no letter.
    let reached = word.get(..typed.len() + usize::from(most)).unwrap_or(&word);
    let slips = slips(&typed, reached, most)?;
    let whole = slips.until(word.len()).filter(|slips| *slips <= as_whole);
    let beginning = slips.beginning(&typed, reached).filter(|slips| *slips <= as_beginning);
    whole.into_iter().chain(beginning).min().and_then(Closeness::of)
}

/// The last rows of the table of slips between all beginnings of two words (optimal string alignment).
struct Slips {
    last: Vec<u8>,
    before: Vec<u8>,
    two_before: Vec<u8>,
}

fn at(row: &[u8], place: usize) -> u8 {
    row.get(place).copied().unwrap_or(FAR)
}

/// `None` as soon as there are too many.
fn slips(typed: &[char], word: &[char], most: u8) -> Option<Slips> {
    let first = (0..=word.len()).map(|place| u8::try_from(place).unwrap_or(FAR)).collect();
    let mut rows = Slips { last: first, before: Vec::new(), two_before: Vec::new() };
    let mut earlier = None;
    for letter in typed {
        let next = next_row(&rows, *letter, earlier, word);
        let is_too_far = |row: &[u8]| row.iter().all(|slips| *slips > most);
        // Two that stand the other way round are counted across one row.
        if is_too_far(&next) && is_too_far(&rows.last) {
            return None;
        }
        rows = Slips { two_before: rows.before, before: rows.last, last: next };
        earlier = Some(*letter);
    }
    Some(rows)
}

fn next_row(rows: &Slips, letter: char, earlier: Option<char>, word: &[char]) -> Vec<u8> {
    let mut row = Vec::with_capacity(rows.last.len());
    let mut left = at(&rows.last, 0).saturating_add(1);
    row.push(left);
    let mut previous = None;
    for (place, other) in (1..).zip(word) {
        let replaced = at(&rows.last, place - 1).saturating_add(u8::from(letter != *other));
        let mut best = replaced.min(at(&rows.last, place).saturating_add(1)).min(left.saturating_add(1));
        if place > 1 && previous == Some(&letter) && earlier == Some(*other) {
            best = best.min(at(&rows.before, place - 2).saturating_add(1));
        }
        row.push(best);
        (left, previous) = (best, Some(other));
    }
    row
}

impl Slips {
    /// Between what was typed and so many letters of the word.
    fn until(&self, letters: usize) -> Option<u8> {
        self.last.get(letters).copied()
    }

    /// Between what was typed and the nearest beginning that ends in its last letter, or in its last two the other way round.
    fn beginning(&self, typed: &[char], word: &[char]) -> Option<u8> {
        let (last, earlier) = (typed.last(), typed.iter().nth_back(1));
        let ends = (1..).zip(word).filter(|(_, letter)| Some(*letter) == last);
        let right = ends.map(|(place, _)| at(&self.before, place - 1)).min();
        let pairs = (2..).zip(word.iter().zip(word.iter().skip(1)));
        let swapped = pairs
            .filter(|(_, (one, two))| Some(*one) == last && Some(*two) == earlier)
            .map(|(place, _)| at(&self.two_before, place - 2).saturating_add(1))
            .min();
        right.into_iter().chain(swapped).min()
    }
}
