//! Folding text for search.

/// Lower case, and the letters that keyboards and ears confuse made equal: `ø ö oe` to `o`, `å aa` to `a`, `æ ä` to `ae`, accents off.
///
/// "kokken" finds "køkken", "aase" finds "Åse", "soeren" finds "Søren". Both the text that is indexed and the words that are
/// typed go through it. The beginning of a word folds to the beginning of the folded word.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in spelled(text) {
        match c {
            'æ' => folded.push_str("ae"),
            'a' if folded.ends_with('a') => {}
            'e' if folded.ends_with('o') => {}
            other => folded.push(other),
        }
    }
    folded
}

/// Letter by letter the same, without regard to what two letters mean together: "baad" stays as long as it is, `æ` stays one
/// letter. One slip of the finger is one letter here, which it need not be in what is folded.
#[must_use]
pub fn fold_letters(text: &str) -> String {
    spelled(text).collect()
}

/// Signs that stand above the letter before them: a text that was copied may hold its `å` as two characters.
pub(crate) const fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn spelled(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase).filter(|c| !is_accent(*c)).map(plain)
}

const fn plain(letter: char) -> char {
    match letter {
        'ø' | 'ö' | 'ó' | 'ò' | 'ô' | 'õ' | 'ő' | 'ō' => 'o',
        'ä' => 'æ',
        'å' | 'á' | 'à' | 'â' | 'ã' | 'ă' | 'ą' | 'ā' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ě' | 'ė' | 'ē' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ı' | 'ī' => 'i',
        'ú' | 'ù' | 'û' | 'ü' | 'ű' | 'ů' | 'ū' => 'u',
        'ý' | 'ÿ' => 'y',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' | 'ð' => 'd',
        'ğ' => 'g',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' | 'ß' => 's',
        'ť' | 'ţ' | 'ț' => 't',
        'ź' | 'ž' | 'ż' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danish_letters_meet_their_plain_neighbours() {
        assert_eq!(fold("Køkken"), fold("kokken"));
        assert_eq!(fold("Åse"), fold("aase"));
        assert_eq!(fold("Ærø"), fold("aero"));
        assert_eq!(fold("Søren"), fold("SOEREN"));
        assert_eq!(fold("A\u{30a}se"), fold("Åse"));
        assert_eq!(fold("Şükrü Wałęsa"), "sukru walesa");
    }

    #[test]
    fn what_begins_a_word_begins_the_folded_word() {
        for word in ["Søren", "Aase", "Soeen", "Ærøskøbing", "poesi", "Israel", "æbleskive"] {
            for (end, _) in word.char_indices() {
                assert!(fold(word).starts_with(&fold(&word[..end])), "{} of {word}", &word[..end]);
            }
        }
    }
}
