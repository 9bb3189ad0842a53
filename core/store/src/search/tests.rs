use std::collections::BTreeSet;

use feltbog_domain::{DocumentId, EntryFields, Moment, search_text};
use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::{EntryRowWrite, Store, Writer};

/// An entry by its number, folder, hour and note; its number is its document.
#[derive(Debug, Clone)]
struct Written {
    number: u8,
    folder: u8,
    hour: i64,
    note: String,
    mistaken: bool,
}

fn written(number: u8, folder: u8, note: &str) -> Written {
    Written { number, folder, hour: i64::from(number), note: note.to_owned(), mistaken: false }
}

fn put(w: &Writer<'_>, entry: &Written) -> Result<(), StoreError> {
    let mut fields = EntryFields::new(EntryKind::Note, Moment::from_unix_ms(entry.hour * 3_600_000));
    fields.marks.mistaken = entry.mistaken.then(|| "forkert borger".to_owned());
    w.put_entry(&EntryRowWrite {
        document: DocumentId::new([entry.number; 16]),
        folder: FolderId::new([entry.folder; 16]),
        fields: &fields,
        note: &entry.note,
        conflicts: "{}",
    })
}

fn store_with(entries: &[Written]) -> Store {
    let mut store = Store::in_memory(&[1; 32]).unwrap();
    store.write(|w| entries.iter().try_for_each(|entry| put(w, entry))).unwrap();
    store
}

fn hits(store: &Store, typed: &str) -> Vec<SearchHit> {
    store.reader().search(&Wanted::typed(typed), &[], 50).unwrap()
}

/// Numbers of the entries found.
fn found(store: &Store, typed: &str) -> Vec<u8> {
    hits(store, typed).iter().map(|hit| hit.entry.document.as_bytes()[0]).collect()
}

/// Everything that stands in the index, words and where its pages begin.
fn vocabulary(store: &Store) -> BTreeSet<String> {
    let reader = store.reader();
    let mut words: BTreeSet<String> = BTreeSet::new();
    let mut statement = reader.sql.prepare("SELECT term FROM entry_word").unwrap();
    words.extend(statement.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap));
    // Of each page's first word, as much as tells it from the one before, after a sign for the kind of index.
    let mut statement = reader.sql.prepare("SELECT term FROM entry_text_idx").unwrap();
    let terms = statement.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap().map(Result::unwrap);
    // It is cut after a byte, which may be in the middle of a letter.
    let whole = |term: &[u8]| String::from_utf8_lossy(term).trim_end_matches(char::REPLACEMENT_CHARACTER).to_owned();
    words.extend(terms.filter(|term| term.len() > 1).map(|term| whole(&term[1..])));
    words
}

#[test]
fn kokken_finds_køkken_and_shows_it_as_it_was_written() {
    let store = store_with(&[written(1, 1, "Hun vil gerne arbejde i et køkken, helst om morgenen.")]);
    let hits = hits(&store, "kokken");
    assert_eq!(hits.len(), 1);
    assert!(hits[0].passage.with_signs("[", "]").contains("[køkken]"), "{:?}", hits[0].passage);
}

#[test]
fn all_words_must_be_there_each_as_the_beginning_of_a_word() {
    let store = store_with(&[written(1, 1, "Aftalte prøvevagt på tirsdag")]);
    assert_eq!(found(&store, "tirs prov"), [1]);
    assert!(found(&store, "prov onsdag").is_empty());
}

#[test]
fn signs_of_the_query_language_are_only_gaps_between_words() {
    let store = store_with(&[written(1, 1, "Aftalte prøvevagt")]);
    for typed in
        ["\"", "prøvevagt OR", "NEAR(", "*", "text:aftalte", "a\"b", "", "\0", "aftalte\0prøvevagt", "प्रेम", "%"]
    {
        assert!(store.reader().search(&Wanted::typed(typed), &[], 50).is_ok(), "{typed}");
    }
    assert_eq!(found(&store, "\"aftalte\" -prøvevagt"), [1]);
}

#[test]
fn exact_ones_come_before_near_ones_and_the_newest_first_among_equals() {
    let store = store_with(&[
        written(1, 1, "Gartneriet var lukket"),
        written(2, 1, "Gatrneriet var åbent"),
        written(3, 2, "Talte med gartneriet"),
        written(4, 2, "Gatrnreiet igen"),
        written(5, 2, "Bageriet"),
    ]);
    assert_eq!(found(&store, "gartneriet"), [3, 1, 2, 4]);
    let nearness: Vec<Closeness> = hits(&store, "gartneriet").iter().map(|hit| hit.closeness).collect();
    assert_eq!(nearness, [Closeness::Exact, Closeness::Exact, Closeness::OneLetter, Closeness::TwoLetters]);
    assert_eq!(store.reader().search(&Wanted::typed("gartneriet"), &[], 3).unwrap().len(), 3);
}

#[test]
fn the_citizen_or_the_employer_an_entry_is_about_meets_a_word_too() {
    let store = store_with(&[
        written(1, 1, "Talte om køkkenet"),
        written(2, 2, "Talte om køkkenet"),
        written(3, 1, "Talte om lageret"),
    ]);
    let marianne = MetElsewhere {
        folders: HashMap::from([(FolderId::new([1; 16]), Closeness::Exact)]),
        ..MetElsewhere::default()
    };
    let found = |typed: &str, elsewhere: &[MetElsewhere]| -> Vec<u8> {
        let hits = store.reader().search(&Wanted::typed(typed), elsewhere, 50).unwrap();
        hits.iter().map(|hit| hit.entry.document.as_bytes()[0]).collect()
    };
    assert_eq!(found("marianne køkken", &[marianne.clone(), MetElsewhere::default()]), [1]);
    assert_eq!(found("køkken marianne", &[MetElsewhere::default(), marianne.clone()]), [1]);
    // Her name alone finds her, and not everything that was ever written about her.
    assert!(found("marianne", std::slice::from_ref(&marianne)).is_empty());
    assert_eq!(found("talte", &[MetElsewhere::default()]), [3, 2, 1]);
}

#[test]
fn what_was_entered_by_mistake_is_found_again_only_when_it_counts_again() {
    let mut wrong = written(1, 1, "Xylofonbageren ringede");
    let mut store = store_with(std::slice::from_ref(&wrong));
    assert_eq!(found(&store, "xylofonbager"), [1]);
    wrong.mistaken = true;
    store.write(|w| put(w, &wrong)).unwrap();
    assert!(found(&store, "xylofonbager").is_empty() && found(&store, "xylofonbgaer").is_empty());
    assert!(!vocabulary(&store).iter().any(|word| word.starts_with("xylo")));
    wrong.mistaken = false;
    store.write(|w| put(w, &wrong)).unwrap();
    assert_eq!(found(&store, "xylofonbager"), [1]);
}

#[test]
fn what_a_note_said_before_is_not_found_any_more() {
    let mut store = store_with(&[written(1, 1, "Gartneriet ved søen")]);
    store.write(|w| put(w, &written(1, 1, "Værkstedet ved søen"))).unwrap();
    assert!(found(&store, "gartneriet").is_empty());
    assert_eq!(found(&store, "vaerksted"), [1]);
}

#[test]
fn an_index_that_was_left_empty_is_filled_when_the_database_opens() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("feltbog.db");
    let mut store = Store::open(&path, &[1; 32]).unwrap();
    let mut wrong = written(2, 1, "Kirken");
    wrong.mistaken = true;
    store.write(|w| put(w, &written(1, 1, "Køkkenet")).and_then(|()| put(w, &wrong))).unwrap();
    store
        .write(|w| {
            w.sql.execute_batch("DELETE FROM entry_text")?;
            w.remove_meta("search_filled")
        })
        .unwrap();
    assert!(found(&store, "køkken").is_empty());
    drop(store);
    let store = Store::open(&path, &[1; 32]).unwrap();
    assert_eq!((found(&store, "køkken"), found(&store, "kirken")), (vec![1], vec![]));
}

/// Words as made up as a note's may be, with all letters that fold.
fn word() -> impl Strategy<Value = String> {
    "[A-ZÆØÅa-zæøåé]{1,11}|aa[a-z]{2,5}|[a-z]{2,4}oe[a-z]{1,3}|[0-9]{1,6}"
}

fn note() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(word(), 1..30)
}

fn with_a_slip(word: &str, kind: u8, at: Index, letter: char) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let len = letters.len();
    match kind {
        0 => letters[at.index(len)] = letter,
        1 => drop(letters.remove(at.index(len))),
        2 => letters.insert(at.index(len), letters[at.index(len)]),
        3 => letters.insert(at.index(len + 1), letter),
        _ => letters.swap(at.index(len - 1), at.index(len - 1) + 1),
    }
    letters.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn every_word_of_a_note_is_found_with_any_one_slip(
        notes in prop::collection::vec(note(), 1..6), kind in 0_u8..5, at in any::<Index>(), letter in "[a-zæøå]"
    ) {
        let entries: Vec<Written> = (0..).zip(&notes).map(|(n, note)| written(n, 1, &note.join(" "))).collect();
        let store = store_with(&entries);
        for (number, note) in (0_u8..).zip(&notes) {
            for word in note {
                prop_assert!(found(&store, word).contains(&number), "{word} itself");
                if word.chars().count() >= 4 && !word.contains(char::is_numeric) {
                    let typed = with_a_slip(word, kind, at, letter.chars().next().unwrap());
                    prop_assert!(found(&store, &typed).contains(&number), "{typed} for {word}");
                }
            }
        }
    }

    #[test]
    fn two_words_are_met_where_each_of_them_is(
        notes in prop::collection::vec(note(), 1..8), picks in prop::collection::vec((any::<Index>(), any::<Index>()), 2),
        kind in 0_u8..5, at in any::<Index>(), letter in "[a-zæøå]"
    ) {
        let entries: Vec<Written> = (0..).zip(&notes).map(|(n, note)| written(n, 1, &note.join(" "))).collect();
        let store = store_with(&entries);
        let typed: Vec<String> = picks
            .iter()
            .map(|(note, word)| word.get(note.get(notes.as_slice()).as_slice()))
            .map(|word| if word.chars().count() < 4 { word.clone() } else { with_a_slip(word, kind, at, letter.chars().next().unwrap()) })
            .collect();
        let of = |typed: &str| BTreeSet::from_iter(found(&store, typed));
        let together = of(&typed.join(" "));
        prop_assert_eq!(together, &of(&typed[0]) & &of(&typed[1]), "{:?}", typed);
    }

    #[test]
    fn what_may_not_be_seen_any_more_is_never_found_and_leaves_no_word(
        kept in prop::collection::vec(note(), 1..8), gone in prop::collection::vec(note(), 1..25), wrong in note()
    ) {
        let mut entries: Vec<Written> = (0..).zip(&kept).map(|(n, note)| written(n, 1, &note.join(" "))).collect();
        entries.extend((100..).zip(&gone).map(|(n, note)| written(n, 2, &note.join(" "))));
        let mut store = store_with(&entries);
        let mut mistaken = written(200, 1, &wrong.join(" "));
        store.write(|w| put(w, &mistaken)).unwrap();
        mistaken.mistaken = true;
        store.write(|w| put(w, &mistaken)).unwrap();
        store.write(|w| w.purge_folder(FolderId::new([2; 16]))).unwrap();
        store.checkpoint().unwrap();
        for word in gone.iter().flatten().chain(&wrong) {
            prop_assert!(found(&store, word).iter().all(|number| *number < 100), "{word}");
        }
        let kept_words: BTreeSet<String> = kept
            .iter()
            .map(|note| search_text(&note.join(" ")))
            .chain([search_text(EntryKind::Note.danish())])
            .flat_map(|text| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
            .collect();
        for word in vocabulary(&store) {
            prop_assert!(kept_words.iter().any(|kept| kept.starts_with(&word)), "{word} is left");
        }
    }
}
