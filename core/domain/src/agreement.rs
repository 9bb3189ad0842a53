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

/// What is in force for companies that are one. The strictest counts, and where nothing was agreed for one of them, that is
/// the strictest: saying that two companies are one never lets more be said at any of their doors. What may be said is what
/// all of them have, in the same words; what may not is everything that any has.
#[must_use]
pub fn agreement_for_all<'a>(
    agreements: impl IntoIterator<Item = &'a Agreement> + Clone,
    employers: &[CvrNumber],
) -> Option<Agreement> {
    if let [only] = employers {
        return agreement_in_force(agreements, *only).cloned();
    }
    let each = employers.iter().map(|employer| agreement_in_force(agreements.clone(), *employer));
    let in_force: Vec<&Agreement> = each.clone().flatten().collect();
    let newest = in_force.iter().max_by_key(|agreement| agreement.decided_at)?;
    let decided = each.map(|agreement| agreement.map_or(Disclosure::Nothing, |agreement| agreement.disclosure));
    let mut disclosure = decided.min_by_key(|disclosure| disclosure.strength()).unwrap_or_default();
    let mut words = in_force.iter().filter(|agreement| agreement.disclosure == Disclosure::Agreed);
    let may_say = words.next().and_then(|agreement| agreement.may_say.clone());
    if disclosure == Disclosure::Agreed && words.any(|agreement| agreement.may_say != may_say) {
        disclosure = Disclosure::Nothing;
    }
    let mut may_not_say: Vec<&str> = in_force.iter().filter_map(|agreement| agreement.may_not_say.as_deref()).collect();
    may_not_say.sort_unstable();
    may_not_say.dedup();
    Some(Agreement {
        employer: newest.employer,
        disclosure,
        may_say: may_say.filter(|_| disclosure == Disclosure::Agreed),
        may_not_say: Some(may_not_say.join(", ")).filter(|text| !text.is_empty()),
        decided_at: newest.decided_at,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::outward_text::{Audience, giveaways, is_blocked};

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

    const NUMBERS: [&str; 3] = ["24256790", "13585628", "64942212"];
    const TEXTS: [&str; 5] = [
        "Hun kommer fra IPS",
        "Han er i behandling for misbrug",
        "Hun har en depression",
        "Han kommer mandag klokken ti",
        "Hun er i praktik gennem IPS og får medicin",
    ];

    fn any_agreement() -> impl Strategy<Value = Agreement> {
        let words = || {
            proptest::option::of(prop_oneof![
                Just("IPS".to_owned()),
                Just("depression".to_owned()),
                Just("behandling".to_owned())
            ])
        };
        let disclosure = prop_oneof![Just(Disclosure::Nothing), Just(Disclosure::Agreed), Just(Disclosure::Everything)];
        (0..3_usize, disclosure, words(), words(), 0..4_i64).prop_map(|(at, disclosure, may_say, may_not_say, when)| {
            Agreement {
                employer: NUMBERS[at].parse().unwrap(),
                disclosure,
                may_say,
                may_not_say,
                decided_at: Moment::from_unix_ms(when * 1000),
            }
        })
    }

    fn blocks(agreement: Option<&Agreement>, text: &str) -> bool {
        let may_say = agreement.map(Agreement::may_say).unwrap_or_default();
        is_blocked(&giveaways(text, Audience::Employer(may_say), &[]))
    }

    proptest! {
        #[test]
        fn merging_never_lets_more_be_said_at_any_door(
            all in proptest::collection::vec(any_agreement(), 0..6),
            together in proptest::sample::subsequence(NUMBERS.to_vec(), 1..=3),
        ) {
            let employers: Vec<CvrNumber> = together.iter().map(|number| number.parse().unwrap()).collect();
            let merged = agreement_for_all(&all, &employers);
            for employer in &employers {
                let alone = agreement_in_force(&all, *employer);
                let strength = |agreement: Option<&Agreement>| agreement.map_or(0, |found| found.disclosure.strength());
                prop_assert!(strength(merged.as_ref()) <= strength(alone));
                for text in TEXTS {
                    prop_assert!(!blocks(alone, text) || blocks(merged.as_ref(), text), "{text}: {alone:?} {merged:?}");
                }
                if let [_] = employers.as_slice() {
                    prop_assert_eq!(merged.as_ref(), alone);
                }
            }
            let mut turned = all.clone();
            turned.reverse();
            let other = agreement_for_all(&turned, &employers);
            let said = |found: &Option<Agreement>| found.clone().map(|a| (a.disclosure, a.may_say, a.may_not_say));
            let at_once = all.iter().enumerate().any(|(at, one)| {
                all.iter().skip(at + 1).any(|other| (one.employer, one.decided_at) == (other.employer, other.decided_at))
            });
            prop_assert!(at_once || said(&merged) == said(&other));
        }
    }

    #[test]
    fn companies_that_are_one_may_hear_what_was_agreed_for_all_of_them_and_nothing_more() {
        let of = |at: usize, disclosure, may_say: Option<&str>, may_not_say: Option<&str>| Agreement {
            may_say: may_say.map(str::to_owned),
            may_not_say: may_not_say.map(str::to_owned),
            ..agreement(NUMBERS[at], 1_000, disclosure)
        };
        let both: Vec<CvrNumber> = NUMBERS[..2].iter().map(|number| number.parse().unwrap()).collect();
        let found = |all: &[Agreement]| {
            agreement_for_all(all, &both).map(|found| (found.disclosure, found.may_say, found.may_not_say))
        };
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(found(&[]), None);
        let open = of(0, Disclosure::Everything, None, Some("medicin"));
        assert_eq!(found(std::slice::from_ref(&open)), Some((Disclosure::Nothing, None, text("medicin"))));
        let agreed = of(1, Disclosure::Agreed, Some("stress"), Some("IPS"));
        assert_eq!(
            found(&[open.clone(), agreed.clone()]),
            Some((Disclosure::Agreed, text("stress"), text("IPS, medicin")))
        );
        let other_words = of(0, Disclosure::Agreed, Some("træthed"), None);
        assert_eq!(found(&[other_words, agreed]), Some((Disclosure::Nothing, None, text("IPS"))));
    }
}
