//! What was counted, held against what a programme aims at.

use feltbog_reports::{
    Contradiction, FactBook, Measure, NoProgramme, Programme, QuestionError, Scope, Standing, StatusNote,
    contradictions,
};

use crate::builder::{Programme as People, day};

/// Aims at 25 percent of those enrolled in 2022.
fn sydhavnen() -> Programme {
    Programme::shipped("ips-sydhavnen").unwrap()
}

fn note(people: &People, today: &str) -> StatusNote {
    note_of(people, Scope::Programme, today)
}

fn note_of(people: &People, scope: Scope, today: &str) -> StatusNote {
    StatusNote::of(&sydhavnen(), &FactBook::new(people.facts.clone()), scope, day(today)).unwrap()
}

/// As many people enrolled in 2022, of whom so many began a job in May.
fn enrolled(all: u8, started: u8) -> People {
    (1..=all).fold(People::default(), |people, person| {
        let people = people.person(person, 1).enrolled("2022-02-01");
        if person <= started { people.job("2022-05-02", person, 12) } else { people }
    })
}

#[test]
fn the_target_of_002_55195ca56a575ba2_is_held_against_its_own_measure_and_days() {
    for (all, started, standing) in [
        (4, 1, Standing::Reached),
        // 24.6 percent, which is 25 when rounded.
        (65, 16, Standing::NotReached),
        (5, 0, Standing::NotReached),
        (0, 0, Standing::Nobody),
    ] {
        let note = note(&enrolled(all, started), "2023-02-01");
        let held = &note.targets[0];
        assert_eq!(held.standing, standing, "{started} of {all}");
        let figure = held.figure.as_ref().unwrap();
        assert_eq!((figure.numerator, figure.denominator), (u64::from(started), Some(u64::from(all))));
        assert_eq!(figure.question.as_of(), day("2022-12-31"));
    }
}

#[test]
fn before_its_days_a_target_has_no_figure_and_within_them_no_verdict() {
    let people = enrolled(4, 4);
    for (today, standing, as_of) in [
        ("2021-12-31", Standing::NotBegun, None),
        ("2022-01-01", Standing::SoFar, Some("2022-01-01")),
        ("2022-12-30", Standing::SoFar, Some("2022-12-30")),
        ("2022-12-31", Standing::SoFar, Some("2022-12-31")),
        ("2023-01-01", Standing::Reached, Some("2022-12-31")),
        ("2026-06-01", Standing::Reached, Some("2022-12-31")),
    ] {
        let note = note(&people, today);
        let held = &note.targets[0];
        assert_eq!(held.standing, standing, "{today}");
        assert_eq!(held.figure.as_ref().map(|figure| figure.question.as_of()), as_of.map(day), "{today}");
    }
}

#[test]
fn where_those_of_whom_it_cannot_be_said_yet_decide_there_is_no_verdict() {
    let file = "name = \"P\"\nsource = \"s.txt\"\ntrack = \"drugs\"\nform = \"ips_drugs\"\ntarget_group = \"voksne\"\n\
         [[targets]]\nmeasure = \"retention_13w\"\nat_least_percent = 50\nfrom = \"2022-01-01\"\nto = \"2022-12-31\"\nsays = \"halvdelen\"\n";
    let programme = Programme::read(file).unwrap();
    // So many kept their job, so many lost it, so many began it in December.
    for (kept, lost, begun, standing) in [
        (2, 1, 0, Standing::Reached),
        (2, 1, 1, Standing::Reached),
        (2, 1, 2, Standing::Undecided),
        (1, 3, 1, Standing::NotReached),
        (0, 0, 2, Standing::Undecided),
    ] {
        let mut people = People::default();
        for person in 1..=kept + lost + begun {
            let on = if person <= kept + lost { "2022-02-01" } else { "2022-12-01" };
            people = people.person(person, 1).enrolled("2022-01-02").job(on, person, 20);
            if person > kept && person <= kept + lost {
                people = people.job_over("2022-03-01", person);
            }
        }
        let note =
            StatusNote::of(&programme, &FactBook::new(people.facts), Scope::Programme, day("2024-01-01")).unwrap();
        assert_eq!(
            note.targets[0].standing, standing,
            "{kept} kept, {lost} lost, {begun} begun: {:?}",
            note.targets[0].figure
        );
    }
}

#[test]
fn whoever_starts_or_comes_after_the_last_day_does_not_change_the_answer() {
    let people = enrolled(4, 0).person(1, 1).job("2023-01-02", 9, 20).person(9, 1).enrolled("2023-01-01");
    let note = note(&people, "2024-01-01");
    assert_eq!(note.targets[0].standing, Standing::NotReached);
    assert_eq!(note.targets[0].figure.as_ref().unwrap().denominator, Some(4));
}

#[test]
fn a_year_that_is_over_costs_so_much_for_each_place_and_each_person_who_came_into_work() {
    let note = note(&enrolled(8, 3), "2024-01-01");
    let years: Vec<_> =
        note.years.iter().map(|cost| (cost.year, cost.kroner, cost.per_place, cost.into_work)).collect();
    assert_eq!(years, [(2022, 2_504_000, Some(33_387), 3), (2023, 2_504_000, Some(33_387), 0)]);
    assert_eq!(note.years[0].per_person_into_work, Some(834_667));
    assert_eq!(note.years[1].per_person_into_work, None);
}

#[test]
fn a_year_that_goes_on_has_no_cost_for_each_person_yet() {
    assert_eq!(note(&enrolled(8, 3), "2022-12-31").years, []);
}

#[test]
fn what_one_consultant_sees_is_held_against_nothing() {
    for (all, started) in [(4, 4), (4, 0), (0, 0)] {
        for today in ["2022-06-01", "2024-01-01"] {
            let note = note_of(&enrolled(all, started), Scope::Own, today);
            let held = &note.targets[0];
            assert_eq!(held.standing, Standing::OwnOnly, "{today}");
            assert_eq!(held.figure.as_ref().unwrap().denominator, Some(u64::from(all)), "the figure is shown");
            assert!(note.years.iter().all(|year| year.per_person_into_work.is_none()));
        }
    }
    assert_eq!(note_of(&enrolled(4, 4), Scope::Own, "2021-01-01").targets[0].standing, Standing::NotBegun);
    let years = note_of(&enrolled(4, 3), Scope::Own, "2023-01-01").years;
    assert_eq!((years[0].into_work, years[0].per_place), (3, Some(33_387)));
}

#[test]
fn every_contradiction_of_the_shipped_programmes_is_told_in_both_languages_with_both_numbers() {
    for name in Programme::shipped_names() {
        for found in contradictions(&Programme::shipped(name).unwrap()) {
            let said = found.sentence();
            assert!(said.da.ends_with('.') && said.en.ends_with('.') && said.da != said.en, "{found:?}");
            if let Contradiction::Amount { text, table, .. } = &found {
                for sentence in [&said.da, &said.en] {
                    assert!(
                        sentence.contains(&text.to_string()) && sentence.contains(&table.to_string()),
                        "{sentence}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_target_that_cannot_be_held_against_anything_is_refused_in_the_file() {
    let file = |measure: &str, from: &str, to: &str| {
        format!(
            "name = \"P\"\nsource = \"s.txt\"\ntrack = \"drugs\"\nform = \"ips_drugs\"\ntarget_group = \"voksne\"\n\
             [[targets]]\nmeasure = \"{measure}\"\nat_least_percent = 25\nfrom = \"{from}\"\nto = \"{to}\"\nsays = \"25 pct.\"\n"
        )
    };
    for (measure, from, to, why) in [
        ("persons_into_work", "2022-01-01", "2022-12-31", NoProgramme::TargetIsNoShare(Measure::PersonsIntoWork)),
        ("ever_started", "2022-12-31", "2022-01-01", NoProgramme::TargetEndsBeforeItBegins(Measure::EverStarted)),
        (
            "ever_starting",
            "2022-01-01",
            "2022-12-31",
            NoProgramme::NoMeasure { line: 7, code: "ever_starting".to_owned() },
        ),
    ] {
        assert_eq!(Programme::read(&file(measure, from, to)), Err(why));
    }
    assert!(Programme::read(&file("ever_started", "2022-06-30", "2022-06-30")).is_ok(), "a single day");
    assert_eq!(
        Programme::read(&file("working_in_quarter", "2022-01-01", "2022-06-30")),
        Err(NoProgramme::TargetIsNoQuarter(Measure::WorkingInQuarter))
    );
    let mut half_a_year = Programme::read(&file("working_in_quarter", "2022-01-01", "2022-03-31")).unwrap();
    half_a_year.targets[0].to = day("2022-06-30");
    let empty = FactBook::new(Vec::new());
    assert_eq!(
        StatusNote::of(&half_a_year, &empty, Scope::Programme, day("2023-01-01")),
        Err(QuestionError::NoQuarter)
    );
    assert_eq!(
        StatusNote::of(&half_a_year, &empty, Scope::Programme, day("2021-01-01")),
        Err(QuestionError::NoQuarter)
    );
}

#[test]
fn a_file_that_is_none_is_refused_with_the_line_and_on_one_line() {
    for (file, line) in
        [("name = \"P\"\nsource = 5\n", "line 2: "), ("name = \"P\"\nnoname", "line 2: "), ("", "line 1: ")]
    {
        let refused = Programme::read(file).unwrap_err().to_string();
        assert!(refused.starts_with(line) && !refused.contains('\n'), "{refused}");
    }
}

#[test]
fn an_amount_under_what_is_no_year_is_refused_and_not_left_out() {
    let file = |year: &str, table: &str| {
        let head = "name = \"P\"\nsource = \"s.txt\"\ntrack = \"drugs\"\nform = \"ips\"\ntarget_group = \"voksne\"\n";
        Programme::read(&format!("{head}{table}thousands = {{ 2021 = 1, \"{year}\" = 500 }}\n"))
    };
    let tables = ["[[costs]]\nwhat = \"x\"\ntotal_said = 501\n", "[granted]\nsays = \"x\"\nin_the_text = 1\n"];
    for table in tables {
        for year in ["2022/23", "22", "02022", "i alt", "", "٢٠٢٢"] {
            assert_eq!(file(year, table), Err(NoProgramme::NoYear { line: 9, year: year.to_owned() }));
        }
        assert!(file("2022", table).is_ok());
    }
}
