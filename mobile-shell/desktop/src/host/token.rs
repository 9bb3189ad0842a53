//! The secret of one launch.

use std::fmt;
use std::hint::black_box;

use zeroize::Zeroizing;

/// Header that carries it; a page of another origin cannot set it without asking, and is not given leave.
pub(super) const TOKEN_HEADER: &str = "x-feltbog-token";

/// Whoever holds it may ask everything the person at this computer may.
#[derive(Clone)]
pub(super) struct Token(Zeroizing<String>);

impl Token {
    pub(super) fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    pub(super) fn text(&self) -> &str {
        &self.0
    }

    /// Whether this is it. Takes the same time wherever the first wrong byte stands.
    pub(super) fn is(&self, given: &[u8]) -> bool {
        let known = self.0.as_bytes();
        if known.is_empty() || known.len() != given.len() {
            return false;
        }
        let different = known.iter().zip(given).fold(0, |different, (a, b)| black_box(different | (a ^ b)));
        black_box(different) == 0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_token_opens() {
        let token = Token::new("abcdef".to_owned());
        assert!(token.is(b"abcdef"));
        for wrong in ["", "abcde", "abcdefg", "abcdeF", "Abcdef"] {
            assert!(!token.is(wrong.as_bytes()), "{wrong:?}");
        }
    }

    #[test]
    fn an_empty_token_opens_nothing() {
        assert!(!Token::new(String::new()).is(b""));
    }

    #[test]
    fn it_does_not_print() {
        assert_eq!(format!("{:?}", Token::new("secret".to_owned())), "Token(..)");
    }
}
