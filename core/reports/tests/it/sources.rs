//! Every number of the five texts that follows from their own data, and where a text does not agree with itself.

use feltbog_reports::{Contradiction, Form, Measure, Programme, contradictions};

fn programme(name: &str) -> Programme {
    Programme::shipped(name).unwrap()
}

#[test]
fn every_programme_that_is_shipped_can_be_read_and_names_its_source() {
    for name in Programme::shipped_names() {
        let read = programme(name);
        assert!(read.source.ends_with(".txt") && read.source.len() == 24, "{name}");
    }
}

#[test]
fn the_programme_of_000_05bb028d0b64dfc0_has_two_baselines() {
    let read = programme("ips-rusmiddel-koebenhavn");
    assert_eq!(read.sites.iter().map(|site| (site.count, site.staff)).collect::<Vec<_>>(), [(4, 6), (1, 2)]);
    // Over 40 percent, "knap 29 procent" better: of 31.0 percent, or of 11.
    assert_eq!(contradictions(&read), [Contradiction::TwoBaselines { of_it: 310, on_top: 110 }]);
}

#[test]
fn the_programmes_of_001_d4cf859534336f5d_are_five_years_called_three() {
    assert_eq!(contradictions(&programme("ips-vestsjaelland")), []);
    let region = programme("ips-region-sjaelland");
    assert_eq!(region.municipalities.len(), 3 + 11);
    assert_eq!(region.funding(), Some(4_474_000 + 19_500_000 + 826_575 + 280_000));
    assert_eq!(
        contradictions(&region),
        [
            Contradiction::Years { said: 3, counted: 5 },
            // 960 citizens with 20 consultants: not at one time.
            Contradiction::MoreThanTheMethodAllows { each: 48 },
        ]
    );
}

#[test]
fn the_budget_of_002_55195ca56a575ba2_adds_up_and_its_target_is_not_its_status() {
    let read = programme("ips-sydhavnen");
    assert_eq!((read.cost_of("2022"), read.total_cost()), (Some(2_504), 10_016));
    assert_eq!((read.places(), read.cost_per_place("2022")), (Some(75), Some(33_387)));
    assert_eq!(read.cost_per_outcome("2022", 25), Some(133_547));
    assert_eq!(read.cost_per_place("2026"), None);
    let amount = |year: &str, text, table| Contradiction::Amount { year: year.to_owned(), text, table };
    assert_eq!(
        contradictions(&read),
        [
            // 2.5 million in the text, 2.504 in the table.
            amount("2022", 2_500, 2_504),
            amount("2023", 2_500, 2_504),
            amount("2024", 2_500, 2_504),
            amount("2025", 2_500, 2_504),
            // 2.5 million a year were granted, says the text; the table says less.
            amount("2019", 2_500, 1_900),
            amount("2020", 2_500, 2_400),
            amount("2021", 2_500, 2_400),
            Contradiction::TargetOfAnotherMeasure { published: Measure::PointPrevalence, target: Measure::EverStarted },
        ]
    );
}

#[test]
fn the_headline_of_003_ef9ddbbd97ae6894_holds_for_one_of_its_two_groups() {
    let read = programme("ips-koebenhavn");
    assert_eq!(read.principles.len(), 7);
    // 216 of 347 are 62 percent; with 32 of 127 (25 percent) they are 52.
    assert_eq!(contradictions(&read), [Contradiction::Headline { percent: 62, together: 52 }]);
}

#[test]
fn both_counts_of_004_89deca7af67d4cd8_add_up_apart() {
    let read = programme("star-survey");
    assert_eq!(read.form, Form::Survey);
    assert_eq!(contradictions(&read), []);
    let survey = read.survey.unwrap();
    let other = survey.with_other_knowledge.as_ref().unwrap();
    assert_eq!((survey.yes, other.yes), (32, 48), "what was answered, and what is known from elsewhere too");
}

#[test]
fn a_wrong_sum_and_a_wrong_percentage_are_found() {
    let mut read = programme("star-survey");
    let survey = read.survey.as_mut().unwrap();
    (survey.yes, survey.response_percent) = (33, 68);
    assert_eq!(
        contradictions(&read),
        [
            Contradiction::Sum { what: "answered".to_owned(), said: 63, counted: 64 },
            Contradiction::Percentage { said: 68, counted: 67 },
        ]
    );
    let mut read = programme("ips-koebenhavn");
    (read.published[1].denominator, read.headline) = (Some(3), None);
    assert_eq!(contradictions(&read), [Contradiction::NoSuchShare { percent: 25, of: 3 }]);
}

#[test]
fn a_file_with_a_word_too_many_or_a_measure_that_is_none_says_where() {
    let text = "name = \"X\"\nsource = \"x\"\ntrack = \"drugs\"\nform = \"ips\"\ntarget_group = \"x\"\n";
    assert!(Programme::read(text).is_ok());
    let wrong = Programme::read(&format!("{text}colour = \"red\"\n")).unwrap_err().to_string();
    assert!(wrong.contains("colour") && wrong.contains('6'), "{wrong}");
    let target = "[[targets]]\nmeasure = \"joy\"\nat_least_percent = 1\nfrom = \"2022-01-01\"\nto = \"2022-12-31\"\nsays = \"\"\n";
    assert!(Programme::read(&format!("{text}{target}")).unwrap_err().to_string().contains("joy"));
    assert!(Programme::shipped("elsewhere").is_err());
}
