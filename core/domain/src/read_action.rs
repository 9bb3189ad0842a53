//! What somebody did who read about a citizen.

/// One way of reading. The code stands sealed in the read log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum ReadAction {
    /// Saw a case or an entry.
    Opened = 1,
    /// Saw the name in a list.
    Listed = 2,
    /// Saw a passage that a search found.
    Searched = 3,
    /// Saw who had read about the citizen.
    SawLog = 4,
    /// Took everything out as a file.
    Exported = 5,
}

impl ReadAction {
    /// Every action, in order of its code.
    pub const ALL: [ReadAction; 5] =
        [ReadAction::Opened, ReadAction::Listed, ReadAction::Searched, ReadAction::SawLog, ReadAction::Exported];

    /// The code in the log.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The action of a code, if this version knows it.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.code() == code)
    }

    /// The word in `--json` output.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            ReadAction::Opened => "opened",
            ReadAction::Listed => "listed",
            ReadAction::Searched => "searched",
            ReadAction::SawLog => "saw_log",
            ReadAction::Exported => "exported",
        }
    }

    /// The same in Danish, for the citizen who asks.
    #[must_use]
    pub const fn danish(self) -> &'static str {
        match self {
            ReadAction::Opened => "åbnede",
            ReadAction::Listed => "så navnet i listen",
            ReadAction::Searched => "søgte",
            ReadAction::SawLog => "så denne log",
            ReadAction::Exported => "tog ud som fil",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_is_found_by_its_code_and_has_a_word_of_its_own() {
        for action in ReadAction::ALL {
            assert_eq!(ReadAction::from_code(action.code()), Some(action));
            assert_eq!(ReadAction::ALL.iter().filter(|other| other.word() == action.word()).count(), 1);
        }
        assert_eq!(ReadAction::from_code(99), None);
    }
}
