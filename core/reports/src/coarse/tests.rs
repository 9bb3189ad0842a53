//! Whether what is told lets anybody infer a small group, tried in all small programmes.
//!
//! Somebody has everything that is told at the ends of two quarters. A group is told apart when all programmes that fit what was told
//! have one to four citizens in it. Every citizen is counted in some of the numbers and not in others, and which patterns there are
//! comes from thousands of lives, counted by the real measures. Then every programme of up to fourteen citizens is made of those
//! patterns. Whoever has two programmes before them learns no more: what is told of one says nothing of the other, and a group of
//! both is surely not empty only where its part in one of them is.

use std::collections::{BTreeMap, BTreeSet};

use feltbog_domain::{EmployerRef, FactRef, SubjectRef};
use jiff::civil::{Date, date};

use super::*;
use crate::fact::{Fact, JobTerms, ReferralState, Terms, What};

const CUTS: [Date; 2] = [date(2026, 3, 31), date(2026, 6, 30)];
const TODAY: Date = date(2026, 7, 1);
/// As many as are told as ten.
const MOST_CITIZENS: u8 = 14;

/// In which of the numbers somebody is counted: one bit each.
type Pattern = u8;
/// What is told of a programme with so many citizens of each pattern.
type Tells<'a> = &'a dyn Fn(&[(Pattern, u8)]) -> Vec<u64>;

#[test]
fn no_three_numbers_told_beside_how_many_there_are_let_anybody_infer_a_group_under_five() {
    let (names, lives) = (names(), different_lives());
    assert!(lives.len() > 100 && names.len() == 18, "{} lives in {} numbers", lives.len(), names.len());
    let mut tried = BTreeSet::new();
    for three in triples(names.len()) {
        let patterns: BTreeSet<Pattern> = lives.iter().map(|life| bits(life, three)).collect();
        let wholes = three.map(|number| PartOf::of(names[number], three.map(|other| names[other])));
        if tried.insert((patterns.clone(), wholes)) {
            let patterns: Vec<Pattern> = patterns.into_iter().collect();
            let found = told_apart(&patterns, &|counts| told(counts, wholes));
            assert_eq!(found, None, "by {:?}", three.map(|number| names[number]));
        }
    }
    assert!(tried.len() > 50, "{}", tried.len());
}

/// What rounding alone leaves open, found by the same trial.
#[test]
fn rounding_alone_would_tell_a_group_under_five_apart() {
    let rounded = |counts: &[(Pattern, u8)]| [0, 1, 2].map(|bit| in_fives(counted(counts, 1 << bit))).to_vec();
    // A whole and both its parts: was served in the quarter; left in it; was there at its end.
    assert!(told_apart(&[0b011, 0b101], &rounded).is_some());
    // Two groups and whoever is in both: had no job on entry; came into work.
    assert!(told_apart(&[0b000, 0b001, 0b010, 0b111], &rounded).is_some());
    // What is nearly all: had started; had left; has started by now.
    let all_and = |counts: &[(Pattern, u8)]| [vec![in_fives(counted(counts, 0))], rounded(counts)].concat();
    assert!(told_apart(&[0b000, 0b010, 0b100, 0b101, 0b111], &all_and).is_some());
}

/// Who left for a job is known of the day they left, so that the two numbers grow together. Order counts here, so the programmes are rows of
/// people who left one after the other, the first few before the first quarter's end.
#[test]
fn who_left_and_who_left_for_a_job_let_nobody_infer_a_group_under_five_at_two_ends_of_quarters() {
    let told = |row: &[bool]| {
        let first = row.len() - row.len() % (STEP as usize);
        let left = in_fives(row.len() as u64);
        vec![left, part_of(left, row[..first].iter().filter(|it| **it).count() as u64)]
    };
    let plainly =
        |row: &[bool]| vec![in_fives(row.len() as u64), in_fives(row.iter().filter(|it| **it).count() as u64)];
    assert_eq!(told_apart_of_rows(&told), None);
    assert!(told_apart_of_rows(&plainly).is_some());
}

#[test]
fn of_those_who_left_the_first_fives_are_looked_at() {
    let day = |day: i8| date(2026, 2, day);
    let left = |number: u8, on: i8, at_work: bool| {
        let job = at_work.then_some((date(2026, 1, 10), What::JobStarted(TERMS)));
        let life = [(date(2026, 1, 5), What::Enrolled { out_of_work: None }), (day(on), What::Exited)];
        facts_of(number, &life.into_iter().chain(job).collect::<Vec<_>>())
    };
    let at_exit = |facts: Vec<Vec<Fact>>| {
        let question = Question::at_a_cut(Measure::AtExit, CUTS[0], None, TODAY).unwrap();
        let figure = coarse(question, &FactBook::new(facts.concat()));
        (figure.numerator, figure.denominator)
    };
    let mut facts: Vec<Vec<Fact>> = (1..=4).map(|number| left(number, 2, true)).collect();
    facts.extend((5..=8).map(|number| left(number, 3, false)));
    facts.push(left(9, 4, true));
    facts.extend((21..=25).map(|number| facts_of(number, &[(date(2026, 1, 5), What::Enrolled { out_of_work: None })])));
    assert_eq!(at_exit(facts.clone()), (0, Some(5)), "the fifth for a job is the ninth who left");
    facts.push(left(10, 5, false));
    facts.extend((11..=15).map(|number| left(number, 6, false)));
    assert_eq!(at_exit(facts), (5, Some(15)));
}

#[test]
fn who_is_there_is_reckoned_and_neither_all_of_them_nor_one_is_told_apart() {
    let at_work = |entered, left, part| {
        let counts = Counts { entered, whole: Whole::There { left }, part };
        (counts.part_told(), counts.whole_told())
    };
    assert_eq!(at_work(73, 0, 16), (15, 70));
    assert_eq!(at_work(14, 9, 5), (0, 5));
    assert_eq!(at_work(10, 10, 0), (0, 5), "that all have left is not told");
    assert_eq!(at_work(73, 0, 73), (65, 70), "nor that all are at work");
    assert_eq!(at_work(4, 1, 2), (0, 0));
}

#[test]
fn a_number_under_five_is_nought_and_a_mean_of_fewer_than_five_is_none() {
    assert_eq!([0, 4, 5, 9, 10, 73].map(in_fives), [0, 0, 5, 5, 10, 70]);
    assert_eq!(whole_days(7, 2) * in_fives(2), 0);
    assert_eq!((whole_days(1233, 73), whole_days(0, 0)), (17, 0));
}

/// What a number is part of, as far as it is among the three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum PartOf {
    /// It is everybody at its own quarter's end.
    Nothing,
    /// All, or the one of the three that was everybody at its quarter's end.
    Entered(Option<usize>),
    /// Those of them who have not left, as another of the three tells.
    There(Option<usize>, usize),
}

impl PartOf {
    fn of((cut, measure, part): Name, three: [Name; 3]) -> Self {
        let at = |part: &str| three.iter().position(|it| (it.0, it.2) == (cut, part));
        match (part, measure, at("left")) {
            ("entered", ..) => PartOf::Nothing,
            ("above", "point_prevalence", Some(left)) => PartOf::There(at("entered"), left),
            _ => PartOf::Entered(at("entered")),
        }
    }
}

/// How many citizens have all of these bits.
fn counted(counts: &[(Pattern, u8)], bits: Pattern) -> u64 {
    counts.iter().filter(|(pattern, _)| pattern & bits == bits).map(|(_, count)| u64::from(*count)).sum()
}

/// How many there are in all, and what is told of each of the three.
fn told(counts: &[(Pattern, u8)], wholes: [PartOf; 3]) -> Vec<u64> {
    let all = in_fives(counted(counts, 0));
    let entered = |number: Option<usize>| number.map_or(all, |number| in_fives(counted(counts, 1 << number)));
    let three = wholes.iter().enumerate().map(|(number, whole)| {
        let count = counted(counts, 1 << number);
        match *whole {
            PartOf::Nothing => in_fives(count),
            PartOf::Entered(whole) => part_of(entered(whole), count),
            PartOf::There(whole, left) => {
                let left = part_of(entered(whole), counted(counts, 1 << left));
                part_of(entered(whole) - left, count)
            }
        }
    });
    std::iter::once(all).chain(three).collect()
}

/// A group of patterns that has one to four citizens in every programme that fits some answers.
fn told_apart(patterns: &[Pattern], told: Tells<'_>) -> Option<Vec<Pattern>> {
    let groups = 1_usize << patterns.len();
    let mut fewest_and_most: BTreeMap<Vec<u64>, Vec<(u8, u8)>> = BTreeMap::new();
    for programme in programmes(patterns.len(), MOST_CITIZENS) {
        let counts: Vec<(Pattern, u8)> = patterns.iter().copied().zip(programme).collect();
        let seen = fewest_and_most.entry(told(&counts)).or_insert_with(|| vec![(u8::MAX, 0); groups]);
        let mut in_group = vec![0_u8; groups];
        for group in 1..groups {
            let last = group.trailing_zeros() as usize;
            in_group[group] = in_group[group & (group - 1)] + counts[last].1;
            let (fewest, most) = &mut seen[group];
            (*fewest, *most) = ((*fewest).min(in_group[group]), (*most).max(in_group[group]));
        }
    }
    let found = fewest_and_most.values().find_map(|seen| (1..groups).find(|group| is_small(seen[*group])))?;
    Some(patterns.iter().enumerate().filter(|(at, _)| found & (1 << at) != 0).map(|(_, it)| *it).collect())
}

/// Every way to have at most so many citizens of so many kinds.
fn programmes(kinds: usize, most: u8) -> Vec<Vec<u8>> {
    if kinds == 0 {
        return vec![Vec::new()];
    }
    let one_more = |count: u8| {
        programmes(kinds - 1, most - count).into_iter().map(move |mut rest| {
            rest.push(count);
            rest
        })
    };
    (0..=most).flat_map(one_more).collect()
}

/// The same for rows of people who left, each for a job or not, some of them in the first quarter.
fn told_apart_of_rows(told: &dyn Fn(&[bool]) -> Vec<u64>) -> Option<usize> {
    let kind = |at: usize, for_a_job: bool, early: usize| usize::from(at < early) * 2 + usize::from(for_a_job);
    let mut fewest_and_most: BTreeMap<Vec<u64>, [(u8, u8); 16]> = BTreeMap::new();
    for people in 0..=usize::from(MOST_CITIZENS) {
        for (row, early) in (0..1_u32 << people).flat_map(|row| (0..=people).map(move |early| (row, early))) {
            let row: Vec<bool> = (0..people).map(|at| row & (1 << at) != 0).collect();
            let seen = [told(&row[..early]), told(&row)].concat();
            let kinds = row.iter().enumerate().map(|(at, for_a_job)| kind(at, *for_a_job, early));
            let counts = kinds.fold([0_u8; 4], |mut counts, kind| {
                counts[kind] += 1;
                counts
            });
            let seen = fewest_and_most.entry(seen).or_insert([(u8::MAX, 0); 16]);
            for (group, (fewest, most)) in seen.iter_mut().enumerate() {
                let in_group = (0..4).filter(|kind| group & (1 << kind) != 0).map(|kind| counts[kind]).sum();
                (*fewest, *most) = ((*fewest).min(in_group), (*most).max(in_group));
            }
        }
    }
    fewest_and_most.values().find_map(|seen| (1..16).find(|group| is_small(seen[*group])))
}

/// At least one citizen for certain, and four at most.
fn is_small((fewest, most): (u8, u8)) -> bool {
    fewest >= 1 && most <= 4
}

fn triples(numbers: usize) -> impl Iterator<Item = [usize; 3]> {
    (0..numbers).flat_map(move |a| (a..numbers).flat_map(move |b| (b..numbers).map(move |c| [a, b, c])))
}

fn bits(life: &[bool], three: [usize; 3]) -> Pattern {
    three.iter().enumerate().map(|(bit, number)| u8::from(life[*number]) << bit).sum()
}

/// A number that is told: the quarter's end, the measure, and which of the measure's numbers.
type Name = (Date, &'static str, &'static str);

fn names() -> Vec<Name> {
    told_of(&FactBook::default()).into_iter().map(|(name, _)| name).collect()
}

/// For every different life, in which of all numbers it is counted.
fn different_lives() -> BTreeSet<Vec<bool>> {
    let counted = |count: u64| {
        assert!(count <= 1, "a citizen is counted once");
        count == 1
    };
    let of = |life: Vec<Fact>| told_of(&FactBook::new(life)).into_iter().map(|(_, count)| counted(count)).collect();
    every_life().into_iter().map(of).collect()
}

/// Every number of persons that is told, before it is rounded. Those who left for a job have a test of their own.
fn told_of(book: &FactBook) -> Vec<(Name, u64)> {
    let mut told = Vec::new();
    for cut in CUTS {
        for measure in Measure::all().filter(|measure| counts_persons(*measure)) {
            let Ok(question) = Question::at_a_cut(measure, cut, None, TODAY) else { continue };
            let counts = Counts::of(&question.answer(book), book);
            let mut tell = |part, count| told.push(((cut, measure.code(), part), count));
            if measure != Measure::AtExit {
                tell("above", counts.part);
            }
            match (measure, counts.whole) {
                (Measure::EverStarted, _) => tell("entered", counts.entered),
                (Measure::AtExit, Whole::Some(left)) => tell("left", left),
                (_, Whole::Some(some)) => tell("below", some),
                _ => {}
            }
        }
    }
    told
}

const TERMS: JobTerms = JobTerms {
    employer: Some(EmployerRef::new([1; 16])),
    job: None,
    hours_per_week: Some(37),
    permanent: None,
    terms: Terms::Ordinary,
};
const MET: What =
    What::EmployerContact { employer: None, visit: None, face_to_face: true, client_specific: true, fits_wish: None };

/// Lives of one citizen, in everything that is told of them: entered early, late or after the first quarter; with or without a job then;
/// left or not; at work or in education for long or shortly; met, placed and referred soon, late or never.
fn every_life() -> Vec<Vec<Fact>> {
    let enrolled = |on, out_of_work| vec![(on, What::Enrolled { out_of_work })];
    let entries = [date(2025, 7, 1), date(2026, 1, 5), date(2026, 3, 20), date(2026, 5, 4)];
    let mut lives: Vec<Vec<(Date, What)>> = entries.into_iter().map(|on| enrolled(on, None)).collect();
    let then = |lives: &mut Vec<Vec<(Date, What)>>, choices: &[Vec<(Date, What)>]| {
        let with = |life: &Vec<(Date, What)>, more: &Vec<(Date, What)>| [life.clone(), more.clone()].concat();
        *lives = lives.iter().flat_map(|life| choices.iter().map(move |more| with(life, more))).collect();
    };
    let (job, job_over) = (What::JobStarted(TERMS), What::JobEnded { employer: TERMS.employer });
    let education = What::EducationStarted { ordinary: Some(true) };
    let one = |on: Date, what: What| vec![(on, what)];
    then(&mut lives, &[vec![], one(date(2026, 3, 25), What::Exited), one(date(2026, 6, 1), What::Exited)]);
    then(
        &mut lives,
        &[
            vec![],
            one(date(2025, 6, 1), job),
            one(date(2025, 7, 10), job),
            one(date(2026, 3, 22), job),
            vec![(date(2026, 1, 10), job), (date(2026, 2, 1), job_over)],
            vec![(date(2026, 1, 10), job), (date(2026, 5, 1), job_over)],
            vec![(date(2025, 12, 1), job), (date(2026, 2, 1), job_over), (date(2026, 5, 10), job)],
            one(date(2026, 5, 10), job),
            vec![(date(2025, 6, 1), job), (date(2026, 5, 10), job)],
            one(date(2026, 3, 22), education),
            one(date(2026, 5, 10), education),
            vec![(date(2026, 1, 10), education), (date(2026, 5, 10), job)],
        ],
    );
    then(&mut lives, &[vec![], one(date(2026, 1, 10), MET), one(date(2026, 3, 24), MET), one(date(2026, 6, 10), MET)]);
    then(&mut lives, &[vec![], one(date(2026, 1, 10), What::Placed), one(date(2026, 6, 10), What::Placed)]);
    let referred = |month: i8, state| (date(2026, month, 28), What::ReferredToTreatment { state });
    let (offered, started) = (ReferralState::Offered, ReferralState::Started);
    then(
        &mut lives,
        &[
            vec![],
            vec![referred(3, offered)],
            vec![referred(2, offered), referred(3, started)],
            vec![referred(3, offered), referred(5, started)],
            vec![referred(5, offered)],
            vec![referred(5, offered), referred(6, started)],
        ],
    );
    lives.into_iter().map(|life| facts_of(1, &life)).collect()
}

fn facts_of(citizen: u8, life: &[(Date, What)]) -> Vec<Fact> {
    let subject = Some(SubjectRef::new([citizen; 16]));
    let fact = |(number, (day, what)): (u8, &(Date, What))| {
        let id = [[citizen; 8], [number; 8]].concat().try_into().map(FactRef::new).unwrap();
        Fact { id, subject, staff: None, day: *day, received: None, what: *what }
    };
    (0..).zip(life).map(fact).collect()
}
