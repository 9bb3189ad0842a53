//! What kind of days a life has.

/// Which acts come up. A kept seed names its course, so that lives of one are not changed by what is added to another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Course {
    /// Entries, notes, cases, consents, handovers.
    #[default]
    Everyday,
    /// Those, and what shakes a municipality: phones are blocked and shut out, colleagues stand in for each other, entries and
    /// cases are erased, people read what is recorded. A second administrator and a leader of the treatment side are there.
    Upheaval,
    /// An upheaval in which people are given roles and lose them.
    Reshuffle,
}

impl Course {
    /// Every course.
    pub const ALL: [Course; 3] = [Course::Everyday, Course::Upheaval, Course::Reshuffle];

    /// The word in a failure file.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Course::Everyday => "everyday",
            Course::Upheaval => "upheaval",
            Course::Reshuffle => "reshuffle",
        }
    }

    /// Reads [`Self::word`].
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Course::ALL.into_iter().find(|course| course.word() == word)
    }
}
