//! Why a case is erased: a closed list, since the reason stands in clear for ever and free text could name somebody.

use std::fmt;
use std::str::FromStr;

/// A reason. The code is what travels and never changes its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum ErasureReason {
    /// The time the case had to be kept has run out.
    RetentionOver = 1,
    /// It was made for the wrong person.
    WrongPerson = 2,
    /// The citizen asked for it.
    CitizensRequest = 3,
    /// An authority or a court decided so.
    Decision = 4,
    /// Another reason, in the municipality's own records.
    Other = 5,
}

impl ErasureReason {
    /// Every reason, in order of its code.
    pub const ALL: [ErasureReason; 5] = [
        ErasureReason::RetentionOver,
        ErasureReason::WrongPerson,
        ErasureReason::CitizensRequest,
        ErasureReason::Decision,
        ErasureReason::Other,
    ];

    /// The code on the wire.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The reason of a code, if this version knows it.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// The word on the command line and in `--json` output.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            ErasureReason::RetentionOver => "retention_over",
            ErasureReason::WrongPerson => "wrong_person",
            ErasureReason::CitizensRequest => "citizens_request",
            ErasureReason::Decision => "decision",
            ErasureReason::Other => "other",
        }
    }

    /// The words a Danish reader sees.
    #[must_use]
    pub const fn danish(self) -> &'static str {
        match self {
            ErasureReason::RetentionOver => "opbevaringstiden er udløbet",
            ErasureReason::WrongPerson => "oprettet på den forkerte person",
            ErasureReason::CitizensRequest => "borgeren har bedt om det",
            ErasureReason::Decision => "en myndighed eller domstol har bestemt det",
            ErasureReason::Other => "anden grund",
        }
    }
}

impl fmt::Display for ErasureReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for ErasureReason {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = text.trim().to_lowercase();
        Self::ALL.into_iter().find(|reason| reason.word() == wanted).ok_or_else(|| {
            let words: Vec<&str> = Self::ALL.iter().map(|reason| reason.word()).collect();
            format!("grunden findes ikke; vælg en af: {}", words.join(", "))
        })
    }
}
