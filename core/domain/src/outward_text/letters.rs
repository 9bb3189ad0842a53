//! A text as words of plain letters, so that neither spelling nor what stands between letters hides a word.

use std::ops::Range;

/// One word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Its letters, lower case, with `ae`, `oe` and `aa` for the Danish three.
    pub(super) letters: String,
    /// Where it stands, in bytes.
    pub(super) at: Range<usize>,
    /// Whether it was written in capitals throughout.
    pub(super) capitals: bool,
    /// Whether nothing but hyphens, dots and the like stands between it and the word before.
    pub(super) tight: bool,
}

/// The words of a text. Characters without width are passed over: they stand in no dictionary.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let (mut open, mut tight) = (false, true);
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        if is_invisible(c) {
            continue;
        }
        if is_combining(c) {
            if let Some(token) = tokens.last_mut().filter(|_| open) {
                // An å may be written as a with a ring above.
                if c == '\u{30a}' && token.letters.ends_with('a') {
                    token.letters.push('a');
                }
                token.at.end = end;
            }
            continue;
        }
        if !c.is_alphanumeric() {
            tight = tight && !c.is_whitespace();
            open = false;
            continue;
        }
        if !open {
            tokens.push(Token { letters: String::new(), at: start..end, capitals: true, tight });
            (open, tight) = (true, true);
        }
        if let Some(token) = tokens.last_mut() {
            token.at.end = end;
            token.capitals &= c.is_uppercase() || c.is_ascii_digit();
            c.to_lowercase().for_each(|c| push_plain(&mut token.letters, c));
        }
    }
    tokens
}

/// The letters of a word or phrase of the lists, as those of a text.
pub(super) fn plain_words(phrase: &str) -> Vec<String> {
    tokens(phrase).into_iter().map(|token| token.letters).collect()
}

fn push_plain(letters: &mut String, c: char) {
    match c {
        'æ' | 'ä' => letters.push_str("ae"),
        'ø' | 'ö' => letters.push_str("oe"),
        'å' => letters.push_str("aa"),
        'á' | 'à' | 'â' | 'ã' => letters.push('a'),
        'é' | 'è' | 'ê' | 'ë' => letters.push('e'),
        'í' | 'ì' | 'î' | 'ï' => letters.push('i'),
        'ó' | 'ò' | 'ô' | 'õ' => letters.push('o'),
        'ú' | 'ù' | 'û' | 'ü' => letters.push('u'),
        other => letters.push(other),
    }
}

const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

const fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}
