//! The citizen's consent to exchange between the two sides.

use jiff::civil::Date;

/// Consent names which types of information, between whom, and until when (retssikkerhedsloven § 11 a,
/// sundhedsloven § 44: at most a year for health information).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Types of information, such as *jobmål* and *fremmøde*; never empty.
    pub types: Vec<String>,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// The organisation that hands out.
    pub giver: Option<String>,
    /// The organisation that receives.
    pub receiver: Option<String>,
}

impl Consent {
    /// Splits a list as people write it, at commas.
    #[must_use]
    pub fn types_from(text: &str) -> Vec<String> {
        text.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    }

    /// Whether it is in force on a day, both ends included.
    #[must_use]
    pub fn is_in_force(&self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }
}
