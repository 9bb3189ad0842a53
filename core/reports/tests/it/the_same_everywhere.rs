//! What must hold for any programme.

use feltbog_reports::{FactBook, Measure, Question, ReferralState, Terms};
use proptest::prelude::*;

use crate::builder::{Programme, day};

/// Any programme: a few people, each with a few things on days of two years.
fn any_programme() -> impl Strategy<Value = Programme> {
    let thing = (0_u8..6, 0_u8..3, 0_u8..12, 0_i32..700);
    prop::collection::vec(thing, 0..60).prop_map(|things| {
        things.into_iter().fold(Programme::default(), |programme, (person, consultant, what, days)| {
            let on = day("2019-01-01").saturating_add(jiff::Span::new().days(days)).to_string();
            let programme = programme.person(person, consultant);
            match what {
                0..=2 => programme.enrolled(&on),
                3 => programme.exited(&on),
                4 | 5 => programme.job(&on, consultant, 10),
                6 => programme.job_over(&on, consultant),
                7 => programme.education(&on),
                8 => programme.met(&on, consultant),
                9 => programme.contact(&on, consultant, Some(person), true, true),
                10 => programme.referred(&on, ReferralState::Started),
                _ => programme.job_of(&on, consultant, None, Terms::NotSaid),
            }
        })
    })
}

proptest! {
    #[test]
    fn the_order_facts_come_in_changes_no_figure(programme in any_programme(), seed in any::<u64>()) {
        let mut shuffled = programme.facts.clone();
        let mut state = seed | 1;
        shuffled.sort_by_cached_key(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            state
        });
        let twice = shuffled.iter().chain(&programme.facts).copied();
        let (told_once, told_twice) = (FactBook::new(programme.facts.iter().copied()), FactBook::new(twice));
        for measure in Measure::all() {
            let question = Question::new(measure, day("2020-06-30"), None).unwrap();
            prop_assert_eq!(question.answer(&told_once), question.answer(&told_twice));
        }
    }

    #[test]
    fn a_share_is_never_more_than_the_whole_and_every_figure_has_its_evidence(programme in any_programme()) {
        for measure in Measure::all() {
            let figure = programme.ask(measure, "2020-06-30");
            if measure.unit() == feltbog_reports::Unit::Share {
                prop_assert!(figure.value().is_none_or(|value| (0.0..=1.0).contains(&value)));
                let counted = figure.evidence.iter().filter(|one| one.counts).count() as u64;
                prop_assert_eq!(counted, figure.numerator);
                prop_assert_eq!(figure.evidence.len() as u64, figure.denominator.unwrap());
            }
            prop_assert!(figure.evidence.iter().all(|one| !one.facts.is_empty()));
        }
    }

    #[test]
    fn what_happens_later_changes_no_figure_of_an_earlier_day(programme in any_programme()) {
        let until: Vec<_> = programme.facts.iter().copied().filter(|fact| fact.day <= day("2019-12-31")).collect();
        for measure in Measure::all() {
            let question = Question::new(measure, day("2019-12-31"), None).unwrap();
            let (all, earlier) = (FactBook::new(programme.facts.iter().copied()), FactBook::new(until.iter().copied()));
            prop_assert_eq!(question.answer(&all), question.answer(&earlier));
        }
    }
}
