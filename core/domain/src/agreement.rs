//! What a citizen agreed may be said to one employer.

use crate::case::Disclosure;
use crate::cvr::CvrNumber;
use crate::moment::Moment;
use crate::outward_text::MaySay;

/// One decision. Later ones replace it and it stays readable: the history is the list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// The employer.
    pub employer: CvrNumber,
    /// How much.
    pub disclosure: Disclosure,
    /// *Må siges*, in the citizen's words.
    pub may_say: Option<String>,
    /// *Må ikke siges*.
    pub may_not_say: Option<String>,
    /// When it was agreed.
    pub decided_at: Moment,
}

impl Agreement {
    /// What a text to this employer may give away.
    #[must_use]
    pub fn may_say(&self) -> MaySay<'_> {
        MaySay {
            disclosure: self.disclosure,
            may_say: self.may_say.as_deref().unwrap_or_default(),
            may_not_say: self.may_not_say.as_deref().unwrap_or_default(),
        }
    }
}

/// The decision in force for an employer. Of several made at the same moment the strictest counts; without any, nothing
/// may be said, whatever the citizen allows elsewhere.
#[must_use]
pub fn agreement_in_force<'a>(
    agreements: impl IntoIterator<Item = &'a Agreement>,
    employer: CvrNumber,
) -> Option<&'a Agreement> {
    agreements
        .into_iter()
        .filter(|agreement| agreement.employer == employer)
        .max_by_key(|agreement| (agreement.decided_at, std::cmp::Reverse(agreement.disclosure.strength())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agreement(cvr: &str, at: i64, disclosure: Disclosure) -> Agreement {
        Agreement {
            employer: cvr.parse().unwrap(),
            disclosure,
            may_say: None,
            may_not_say: None,
            decided_at: Moment::from_unix_ms(at),
        }
    }

    #[test]
    fn the_latest_decision_for_the_employer_counts_and_none_is_none() {
        let all = [
            agreement("24256790", 1_000, Disclosure::Everything),
            agreement("24256790", 2_000, Disclosure::Nothing),
            agreement("13585628", 3_000, Disclosure::Everything),
        ];
        let in_force = |cvr: &str| agreement_in_force(&all, cvr.parse().unwrap()).map(|found| found.disclosure);
        assert_eq!(in_force("24256790"), Some(Disclosure::Nothing));
        assert_eq!(in_force("13585628"), Some(Disclosure::Everything));
        assert_eq!(in_force("64942212"), None);
    }

    #[test]
    fn of_two_decisions_made_at_once_the_strictest_counts_in_any_order() {
        let strict = agreement("24256790", 1_000, Disclosure::Agreed);
        let open = agreement("24256790", 1_000, Disclosure::Everything);
        for all in [[strict.clone(), open.clone()], [open, strict.clone()]] {
            assert_eq!(agreement_in_force(&all, strict.employer), Some(&strict));
        }
    }
}
