//! What a municipality tells its region, and what a region takes.

use feltbog_domain::ProgrammeId;
use feltbog_reports::{
    Aggregate, DEFINITIONS, FactBook, Fingerprint, Measure, Municipalities, NoAggregate, NoMunicipalities,
    QuestionError, RegionTable, Told, is_told,
};

use crate::builder::{Programme, day};

const END: &str = "2026-03-31";

/// So many who entered, of whom the first left for a job in the order of their numbers.
fn aggregate(entered: u8, left: u8) -> Aggregate {
    let mut people = Programme::default();
    for person in 1..=entered {
        people = people.person(person, 1).enrolled("2026-01-05").job("2026-01-20", 1, 37);
        if person <= left {
            people = people.exited("2026-02-10");
        }
    }
    of(&people, END, "2026-04-01").unwrap()
}

fn of(people: &Programme, as_of: &str, today: &str) -> Result<Aggregate, QuestionError> {
    let book = FactBook::new(people.facts.iter().copied());
    Aggregate::of((ProgrammeId::new([1; 16]), "IPS"), &book, day(as_of), day(today))
}

fn numbers(aggregate: &Aggregate, measure: Measure) -> (u64, Option<u64>) {
    let figure = aggregate.figures.iter().find(|figure| figure.measure == measure.code()).unwrap();
    (figure.above, figure.below)
}

#[test]
fn twenty_three_who_entered_and_twelve_who_left_are_told_as_groups() {
    let told = aggregate(23, 12);
    told.check().unwrap();
    // All began a job: told as at most five fewer than all. Of the twelve who left ten are looked at.
    assert_eq!(numbers(&told, Measure::EverStarted), (15, Some(20)));
    assert_eq!(numbers(&told, Measure::AtExit), (5, Some(10)));
    assert_eq!(numbers(&told, Measure::PointPrevalence), (5, Some(10)), "eleven are there, all at work");
    assert_eq!(numbers(&told, Measure::PersonsIntoWork), (15, None));
    assert!(told.figures.iter().all(|figure| is_told(Measure::from_code(&figure.measure).unwrap())));
}

#[test]
fn sums_say_how_many_they_may_lack_and_the_truth_lies_within() {
    for (entered, left) in [(0, 0), (4, 4), (5, 0), (9, 9), (14, 3), (23, 12), (40, 35)] {
        let (one, other) = (aggregate(entered, left), aggregate(23, 12));
        let table = RegionTable::of(&[&one, &other]).unwrap();
        for row in &table.rows {
            let true_numbers = match row.measure {
                Measure::EverStarted => (entered + 23, entered + 23),
                Measure::AtExit => (left + 12, left + 12),
                Measure::PointPrevalence => (entered - left + 11, entered - left + 11),
                _ => continue,
            };
            let (above, below) = (u64::from(true_numbers.0), u64::from(true_numbers.1));
            let Told { above: told_above, below: told_below } = row.sum.told;
            assert!(told_above <= above && above <= told_above + row.sum.above_may_lack.unwrap(), "{row:?}");
            let told_below = told_below.unwrap();
            assert!(told_below.saturating_sub(row.sum.below_may_exceed) <= below, "{row:?}");
            assert!(below <= told_below + row.sum.below_may_lack, "{row:?}");
        }
    }
}

#[test]
fn only_ends_of_quarters_that_are_over_are_told() {
    let nobody = Programme::default();
    assert_eq!(of(&nobody, "2026-03-30", "2026-04-01"), Err(QuestionError::NoCut));
    assert_eq!(of(&nobody, END, END), Err(QuestionError::NotOverYet));
}

#[test]
fn figures_that_are_not_told_as_groups_are_refused() {
    let good = aggregate(23, 12);
    let changed = |change: &dyn Fn(&mut Aggregate)| {
        let mut other = good.clone();
        change(&mut other);
        other.check()
    };
    assert_eq!(changed(&|it| it.definitions += 1), Err(NoAggregate::OtherDefinitions(DEFINITIONS + 1)));
    assert_eq!(changed(&|it| it.as_of = day("2026-03-30")), Err(NoAggregate::NoCut));
    assert_eq!(changed(&|it| it.figures[0].above = 16), Err(NoAggregate::Numbers));
    assert_eq!(changed(&|it| it.figures[0].above = 20), Err(NoAggregate::Numbers), "all of them");
    assert_eq!(changed(&|it| it.figures[0].below = None), Err(NoAggregate::Numbers));
    assert_eq!(changed(&|it| it.figures[0].below = Some(u64::MAX / 5 * 5)), Err(NoAggregate::Numbers));
    assert_eq!(changed(&|it| drop(it.figures.pop())), Err(NoAggregate::Measures));
    assert_eq!(changed(&|it| it.figures.swap(0, 1)), Err(NoAggregate::Measures));
    assert_eq!(changed(&|it| it.name = "a\u{1b}[2J".into()), Err(NoAggregate::Name));
}

#[test]
fn the_definitions_are_those_of_their_number() {
    let said: String = Measure::all()
        .filter(|measure| is_told(*measure))
        .map(|measure| format!("{}: {}\n", measure.code(), measure.definition().da))
        .collect();
    let golden = include_str!("definitions-1.txt");
    assert_eq!(DEFINITIONS, 1);
    assert_eq!(said, golden, "another definition is another number: figures of both must not be added up");
}

#[test]
fn the_list_that_is_shown_as_an_example_can_be_read_and_a_double_one_cannot() {
    let list = Municipalities::read(include_str!("../../examples/kommuner.toml")).unwrap();
    assert_eq!(list.municipalities.len(), 2);
    let root = list.municipalities[0].root;
    assert_eq!(root.to_string().parse::<Fingerprint>(), Ok(root));
    assert_eq!(list.of_root(root).map(|one| one.name.as_str()), Some("Eksempel Kommune"));
    for wrong in ["0f", &"0g".repeat(32), &"0f".repeat(33)] {
        assert!(wrong.parse::<Fingerprint>().is_err(), "{wrong}");
    }
    let one =
        |name: &str, digits: &str| format!("[[municipality]]\nname = \"{name}\"\nroot = \"{}\"\n", digits.repeat(32));
    let read = |a: String, b: String| Municipalities::read(&format!("name = \"R\"\n{a}{b}"));
    assert_eq!(read(one("A", "0f"), one("A", "1f")), Err(NoMunicipalities::NameTwice("A".into())));
    assert_eq!(read(one("A", "0f"), one("B", "0f")), Err(NoMunicipalities::RootTwice("B".into())));
    assert!(matches!(read(one("A", "0f"), "colour = 1\n".into()), Err(NoMunicipalities::Unreadable(_))));
}
