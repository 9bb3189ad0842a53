//! What a programme costs and saves, by hand.

use feltbog_reports::{FactBook, Programme as File, Saving, Scope, StatusNote};

use crate::builder::{Programme, day};

fn note(file: &File, scope: Scope, today: &str) -> StatusNote {
    let people = Programme::default()
        .person(1, 1)
        .enrolled("2018-01-10")
        .job("2018-03-01", 1, 20)
        .exited("2018-06-01")
        .person(2, 1)
        .enrolled("2018-01-10")
        .exited("2018-09-01")
        .person(3, 1)
        .enrolled("2018-02-01");
    StatusNote::of(file, &FactBook::new(people.facts), scope, day(today)).unwrap()
}

#[test]
fn the_saving_of_001_d4cf859534336f5d_is_its_72_000_for_each_course_that_is_over() {
    let file = File::shipped("ips-vestsjaelland").unwrap();
    let saving = note(&file, Scope::Programme, "2018-12-31").saving;
    assert_eq!(saving, Some(Saving { per_course: 72_000, courses: 2, kroner: 144_000 }));
    let said = saving.unwrap().sentence().da;
    assert!(said.contains("72.000 kr. mindre") && said.contains("2 afsluttede forløb er det 144.000 kr."), "{said}");
    assert!(said.contains("ikke målt her"), "{said}");
    // The day before the second left.
    assert_eq!(note(&file, Scope::Programme, "2018-08-31").saving.map(|it| it.kroner), Some(72_000));
    assert_eq!(note(&file, Scope::Own, "2018-12-31").saving, None, "of one's own citizens nothing is said");
    let without = File::shipped("ips-sydhavnen").unwrap();
    assert_eq!(note(&without, Scope::Programme, "2018-12-31").saving, None);
}

#[test]
fn a_years_cost_is_divided_by_its_places_and_by_those_who_came_into_work() {
    let text = "name = \"P\"\nsource = \"s\"\ntrack = \"drugs\"\nform = \"ips\"\ntarget_group = \"voksne\"\n\
        consultants = 2\ncaseload_limit = 20\n\
        [[costs]]\nwhat = \"alt\"\nthousands = { 2018 = 1_300 }\ntotal_said = 1_300\n";
    let years = note(&File::read(text).unwrap(), Scope::Programme, "2019-01-01").years;
    // 1,300,000 over forty places, and over the one who began a job.
    let [year] = years[..] else { panic!("{years:?}") };
    assert_eq!(
        (year.kroner, year.per_place, year.into_work, year.per_person_into_work),
        (1_300_000, Some(32_500), 1, Some(1_300_000))
    );
}
