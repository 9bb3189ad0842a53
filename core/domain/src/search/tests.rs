use proptest::prelude::*;
use proptest::sample::Index;

use super::*;

fn closeness(typed: &str, text: &str) -> Option<Closeness> {
    Wanted::typed(typed).closeness_to(text)
}

#[test]
fn a_word_is_found_by_its_beginning_and_however_its_letters_are_typed() {
    for (typed, text) in [
        ("kokken", "Køkkenet"),
        ("KØKKEN", "køkken"),
        ("aase", "Åse"),
        ("åse", "Aase"),
        ("soeren", "Søren"),
        ("søren", "Soeren"),
        ("aero", "Ærø"),
        ("trae", "blev træt"),
        ("walesa", "Wałęsa"),
        ("åse", "A\u{30a}se"),
        ("tirs prov", "Prøvevagt på tirsdag"),
        ("2030", "20304050"),
    ] {
        assert_eq!(closeness(typed, text), Some(Closeness::Exact), "{typed} in {text}");
    }
    for (typed, text) in [("okken", "køkken i et"), ("prov onsdag", "Prøvevagt på tirsdag"), ("xyz", "Åse")] {
        assert_ne!(closeness(typed, text), Some(Closeness::Exact), "{typed} in {text}");
    }
}

#[test]
fn one_slip_is_forgiven_from_four_letters_on_and_two_from_eight() {
    for (typed, word, expected) in [
        ("kgae", "kage", Some(Closeness::OneLetter)),
        ("kae", "kage", Some(Closeness::OneLetter)),
        ("kagge", "kage", Some(Closeness::OneLetter)),
        ("kaxe", "kage", Some(Closeness::OneLetter)),
        ("bux", "bus", None),
        ("kxxe", "kage", None),
        ("gartnri", "gartneri", Some(Closeness::OneLetter)),
        ("gratnri", "gartneri", Some(Closeness::TwoLetters)),
        ("gratnxi", "gartneri", None),
        ("kokekn", "køkkenet", Some(Closeness::OneLetter)),
        ("traekar", "trækker", Some(Closeness::TwoLetters)),
        ("vært", "træt", None),
    ] {
        assert_eq!(closeness(typed, word), expected, "{typed} for {word}");
    }
}

#[test]
fn the_beginning_of_a_word_may_have_a_slip_where_its_last_letter_is_right() {
    assert_eq!(closeness("gratn", "gartneriet"), Some(Closeness::OneLetter));
    assert_eq!(closeness("gatr", "gartneriet"), Some(Closeness::OneLetter));
    assert_eq!(closeness("garx", "gartneriet"), None);
    assert_eq!(closeness("gartx", "gartneriet"), None);
}

#[test]
fn a_number_is_that_number_or_its_beginning() {
    assert_eq!(closeness("SYD-0001", "SYD-0001"), Some(Closeness::Exact));
    assert_eq!(closeness("SYD-0002", "SYD-0001"), None);
    assert_eq!(closeness("24256790", "24256791"), None);
}

#[test]
fn the_passage_shows_the_text_as_it_was_written_and_says_where_the_words_stand() {
    let text = "Først lidt om vejret i går. 😀 Hun vil gerne arbejde i et køkken, helst om morgenen.";
    let passage = Wanted::typed("kokken morgen").passage(text, Closeness::Exact).unwrap();
    assert!(passage.text.starts_with('…') && passage.text.ends_with("om morgenen."), "{}", passage.text);
    let units: Vec<u16> = passage.text.encode_utf16().collect();
    let marked: Vec<String> =
        passage.marks.iter().map(|m| String::from_utf16(&units[m.start as usize..m.end as usize]).unwrap()).collect();
    assert_eq!(marked, ["køkken", "morgenen"]);
    assert!(passage.with_signs("[", "]").contains("et [køkken], helst om [morgenen]."));
    assert_eq!(Wanted::typed("onsdag").passage(text, Closeness::TwoLetters), None);
}

#[test]
fn a_word_without_end_is_shown_in_part() {
    let passage = Wanted::typed("aaa").passage(&"aaa ".repeat(1_000), Closeness::Exact).unwrap();
    assert_eq!(passage.text.chars().count(), SHOWN_WITH_TAIL);
    let passage = Wanted::typed("bb").passage(&format!("en {}", "b".repeat(5_000)), Closeness::Exact).unwrap();
    assert_eq!((passage.text.chars().count(), passage.marks.len()), (SHOWN_WITH_TAIL, 1));
}

const SHOWN_WITH_TAIL: usize = 161;

#[derive(Debug, Clone)]
enum Slip {
    Wrong(Index, char),
    Missing(Index),
    TooMany(Index, char),
    Doubled(Index),
    Swapped(Index),
}

fn slip() -> impl Strategy<Value = Slip> {
    let letter = || proptest::char::ranges(vec!['a'..='z', 'æ'..='æ', 'ø'..='ø', 'å'..='å'].into());
    prop_oneof![
        (any::<Index>(), letter()).prop_map(|(at, c)| Slip::Wrong(at, c)),
        any::<Index>().prop_map(Slip::Missing),
        (any::<Index>(), letter()).prop_map(|(at, c)| Slip::TooMany(at, c)),
        any::<Index>().prop_map(Slip::Doubled),
        any::<Index>().prop_map(Slip::Swapped),
    ]
}

fn slipped(word: &str, slip: &Slip) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let len = letters.len();
    match slip {
        Slip::Wrong(at, c) => letters[at.index(len)] = *c,
        Slip::Missing(at) => drop(letters.remove(at.index(len))),
        Slip::TooMany(at, c) => letters.insert(at.index(len + 1), *c),
        Slip::Doubled(at) => letters.insert(at.index(len), letters[at.index(len)]),
        Slip::Swapped(at) => {
            let at = at.index(len - 1);
            letters.swap(at, at + 1);
        }
    }
    letters.into_iter().collect()
}

proptest! {
    #[test]
    fn any_word_is_near_to_itself_with_any_one_slip(word in "[A-Za-zÆØÅæøåé]{4,14}", slip in slip()) {
        let typed = slipped(&word, &slip);
        prop_assert!(closeness(&typed, &word).is_some(), "{typed} for {word}");
        let index = search_text(&word);
        let wanted = Wanted::typed(&typed);
        let in_index = index.split(' ').any(|term| wanted.words().iter().any(|w| w.closeness_to_indexed(term).is_some()));
        prop_assert!(in_index, "{typed} in the index of {word}");
    }

    #[test]
    fn a_word_of_eight_letters_is_near_to_itself_with_two_slips(word in "[a-zæøå]{8,14}", one in slip(), two in slip()) {
        let typed = slipped(&slipped(&word, &one), &two);
        // Slips that meet in one place may add up to a third.
        if strictly_apart(&word, &typed) {
            prop_assert!(closeness(&typed, &word).is_some(), "{typed} for {word}");
        }
    }

    #[test]
    fn a_beginning_is_exact_whatever_letters_it_has(word in "\\PC{1,20}", end in any::<Index>()) {
        let letters: Vec<char> = word.chars().collect();
        let beginning: String = letters[..=end.index(letters.len())].iter().collect();
        let wanted = Wanted::typed(&beginning);
        prop_assert_eq!(wanted.closeness_to(&word), Some(Closeness::Exact));
    }

    #[test]
    fn marks_are_words_of_the_text(text in "\\PC{0,400}", typed in "\\PC{1,12}") {
        if let Some(passage) = Wanted::typed(&typed).passage(&text, Closeness::TwoLetters) {
            let units: Vec<u16> = passage.text.encode_utf16().collect();
            let mut last = 0;
            for mark in &passage.marks {
                prop_assert!(last <= mark.start && mark.start < mark.end);
                last = mark.end;
                let marked = String::from_utf16(&units[mark.start as usize..mark.end as usize]).unwrap();
                prop_assert!(text.contains(&marked));
            }
            prop_assert!(!passage.marks.is_empty());
            prop_assert!(text.contains(passage.text.trim_matches('…').trim_matches(char::is_whitespace)));
        }
    }
}

/// Whether two slips are what lies between the words, counted the plain way without neighbours that change places.
fn strictly_apart(word: &str, typed: &str) -> bool {
    let (word, typed): (Vec<char>, Vec<char>) = (word.chars().collect(), typed.chars().collect());
    let mut row: Vec<usize> = (0..=word.len()).collect();
    for (i, letter) in typed.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, other) in word.iter().enumerate() {
            next.push((row[j] + usize::from(letter != other)).min(row[j + 1] + 1).min(next[j] + 1));
        }
        row = next;
    }
    row[word.len()] <= 2
}
