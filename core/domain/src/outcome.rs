//! What came of a contact.

/// The result of an entry, as a closed code list that a newer version may extend.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// `interested`, *interesseret*.
    Interested,
    /// `follow_up`, *følg op*.
    FollowUp,
    /// `rejected`, *afslag*.
    Rejected,
    /// `trial_shift_offered`, *tilbudt prøvevagt*.
    TrialShiftOffered,
    /// `job_offered`, *tilbudt job*.
    JobOffered,
    /// `agreed`, *aftalt*.
    Agreed,
    /// `started`, *startet*.
    Started,
    /// `ended`, *ophørt*.
    Ended,
    /// A code this version does not know; kept as it came.
    Unknown(String),
}

const TABLE: [(Outcome, &str, &str); 8] = [
    (Outcome::Interested, "interested", "interesseret"),
    (Outcome::FollowUp, "follow_up", "følg op"),
    (Outcome::Rejected, "rejected", "afslag"),
    (Outcome::TrialShiftOffered, "trial_shift_offered", "tilbudt prøvevagt"),
    (Outcome::JobOffered, "job_offered", "tilbudt job"),
    (Outcome::Agreed, "agreed", "aftalt"),
    (Outcome::Started, "started", "startet"),
    (Outcome::Ended, "ended", "ophørt"),
];

impl Outcome {
    /// The code that is stored.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Outcome::Unknown(code) => code,
            known => TABLE.iter().find(|(outcome, _, _)| outcome == known).map_or("", |row| row.1),
        }
    }

    /// The outcome of a stored code; never fails, so that no entry becomes unreadable.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        TABLE.iter().find(|row| row.1 == code).map_or_else(|| Outcome::Unknown(code.to_owned()), |row| row.0.clone())
    }

    /// The outcome of a word as typed or imported, Danish or English; nothing else.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase();
        TABLE.iter().find(|row| row.1 == word || row.2 == word).map(|row| row.0.clone())
    }

    /// The Danish word.
    #[must_use]
    pub fn danish(&self) -> &str {
        match self {
            Outcome::Unknown(code) => code,
            known => TABLE.iter().find(|(outcome, _, _)| outcome == known).map_or("", |row| row.2),
        }
    }

    /// Every Danish word, for messages.
    pub fn words() -> impl Iterator<Item = &'static str> {
        TABLE.iter().map(|row| row.2)
    }
}
