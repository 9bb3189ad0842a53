//! Closed lists of codes that a newer version may extend.

/// Declares such a list: a code is stored, a Danish word is shown, and a code this version does not know is kept as it
/// came, so that no entry becomes unreadable.
macro_rules! code_list {
    ($(#[$about:meta])* $list:ident { $($(#[$doc:meta])* $item:ident = $code:literal, $danish:literal;)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum $list {
            $(#[doc = concat!("`", $code, "`, *", $danish, "*.")] $(#[$doc])* $item,)+
            /// A code this version does not know; kept as it came.
            Unknown(String),
        }

        impl $list {
            /// Every item with its code and its Danish word.
            const TABLE: &[($list, &str, &str)] = &[$(($list::$item, $code, $danish)),+];

            /// Every item this version knows.
            pub fn all() -> impl Iterator<Item = &'static $list> {
                Self::TABLE.iter().map(|row| &row.0)
            }

            /// The code that is stored.
            #[must_use]
            pub fn code(&self) -> &str {
                match self {
                    $list::Unknown(code) => code,
                    $($list::$item => $code,)+
                }
            }

            /// The item of a stored code; never fails, so that no entry becomes unreadable.
            #[must_use]
            pub fn from_code(code: &str) -> Self {
                let known = Self::TABLE.iter().find(|row| row.1 == code);
                known.map_or_else(|| $list::Unknown(code.to_owned()), |row| row.0.clone())
            }

            /// The item of a word as typed or imported, code or Danish; nothing else.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                let word = word.trim().to_lowercase();
                Self::TABLE.iter().find(|row| row.1 == word || row.2 == word).map(|row| row.0.clone())
            }

            /// The Danish word.
            #[must_use]
            pub fn danish(&self) -> &str {
                match self {
                    $list::Unknown(code) => code,
                    $($list::$item => $danish,)+
                }
            }

            /// Every Danish word, for messages.
            pub fn words() -> impl Iterator<Item = &'static str> {
                Self::TABLE.iter().map(|row| row.2)
            }
        }
    };
}
pub(crate) use code_list;
