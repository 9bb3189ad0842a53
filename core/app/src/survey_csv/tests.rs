//! The national survey: the source's totals follow from a file of units, the two counts apart.

use feltbog_reports::{Answers, Coverage, WithOther};

use super::*;

/// Invented units whose answers give what the text says.
const UNITS: &str = include_str!("../../../../tests/fixtures/star-survey/svar.csv");
const HEAD: &str = "enhed;svar;viden;viden_fra;grunde;hjaelp;uddannelse;i_maalgruppen;tilbudt;i_indsatsen\n";

fn star() -> ProgrammeFile {
    ProgrammeFile::Shipped("star-survey".into())
}

fn of(lines: &str) -> SurveyRead {
    survey(&format!("{HEAD}{lines}"), None).unwrap()
}

#[test]
fn the_totals_of_004_89deca7af67d4cd8_follow_from_ninety_four_units() {
    assert_eq!(Programme::shipped("star-survey").unwrap().source, "004_89deca7af67d4cd8.txt");
    let read = survey(UNITS, Some(&star())).unwrap();
    assert_eq!((read.refused.len(), read.contradictions.len()), (0, 0), "{:?}", read.contradictions);
    let count = read.count;
    assert_eq!(count.answers, Answers { yes: 32, no: 31, no_answer: 31 });
    assert_eq!((count.answers.answered(), count.answers.units(), count.answers.response_percent()), (63, 94, Some(67)));
    assert_eq!(count.with_other, WithOther { yes: 48, no: 35, unknown: 11 });
    // Of the thirty-one that did not answer, sixteen and four are known from elsewhere.
    assert_eq!(count.known_from.values().sum::<u32>(), 20);
    assert_eq!(count.disagreeing, Vec::<String>::new());
    // "enten uddannet eller under uddannelse", at each of those that work with it.
    assert_eq!(count.training.get(&Training::Trained), Some(&22));
    assert_eq!((count.training.get(&Training::InTraining), count.training_not_said), (Some(&10), 0));
    assert_eq!(count.training.get(&Training::Untrained), None);
    // Counted by hand from the file's columns.
    let reasons: Vec<u32> = Reason::ALL.iter().map(|reason| count.reasons[reason]).collect();
    assert_eq!(reasons, [10, 10, 8, 8, 4]);
    let help: Vec<u32> = HelpWith::ALL.iter().map(|help| count.help[help]).collect();
    assert_eq!(help, [7, 20, 12]);
    let reached = Coverage { units: 31, in_target_group: 2_245, offered: 918, units_offered: 31, enrolled: 450 };
    assert_eq!(count.coverage, reached);
    assert!(
        count.coverage.in_target_group > count.coverage.enrolled,
        "more it is for than it reaches, as the text says"
    );
}

#[test]
fn what_is_known_from_elsewhere_changes_no_answer_and_a_disagreement_is_named() {
    let read = of("A;ja;nej;møde;;;;;;\nB;;ja;netværk;;;;;;\nC;nej;;;;;;;;\nD;;;;;;;;;\n");
    assert_eq!(read.count.answers, Answers { yes: 1, no: 1, no_answer: 2 });
    assert_eq!(read.count.with_other, WithOther { yes: 2, no: 1, unknown: 1 });
    assert_eq!(read.count.disagreeing, ["A"]);
}

#[test]
fn a_source_that_says_other_numbers_than_its_units_is_shown_with_both() {
    let one_less = UNITS.lines().filter(|line| !line.starts_with("Jobcenter 94")).collect::<Vec<_>>().join("\n");
    let found = survey(&one_less, Some(&star())).unwrap().contradictions;
    let said: Vec<&str> = found.iter().map(|sentence| sentence.da.as_str()).collect();
    assert_eq!(
        said,
        [
            "Teksten siger 94 for enheder, men delene giver 93.",
            "Teksten siger 31 for enheder uden svar, men delene giver 30.",
            "Teksten siger 11 for enheder, ingen ved noget om, men delene giver 10.",
            "Teksten siger 67 pct., men tallene ved siden af giver 68 pct.",
        ]
    );
    let none = survey(UNITS, Some(&ProgrammeFile::Shipped("ips-sydhavnen".into()))).unwrap_err();
    assert!(none.sentence().contains("ingen spørgeskemaundersøgelse"));
}

#[test]
fn a_line_that_cannot_be_so_is_refused_with_its_column_and_the_others_are_counted() {
    let read = of(
        "A;ja;;;mentor;;;;;\nB;måske;;;;;;;;\nC;;ja;;;;;;;\nD;ja;;;;;;10;11;\nE;ja;;;;;;10;;11\nF;nej;;;ferie;;;;;\n\
        G;nej;;;;;;;;\ng;ja;;;;;;;;\n;ja;;;;;;;;\nH;ja\nI;ja;;;;;;10;4;5\nJ;ja;;;;;;mange;;\nK;;;møde;;;;;;\n",
    );
    let refused: Vec<(u32, &str)> = read.refused.iter().map(|line| (line.line, line.field.as_str())).collect();
    assert_eq!(
        refused,
        [
            (2, "grunde"),
            (3, "svar"),
            (4, "viden_fra"),
            (5, "tilbudt"),
            (6, "i_indsatsen"),
            (7, "grunde"),
            (9, "enhed"),
            (10, "enhed"),
            (11, ""),
            (12, "i_indsatsen"),
            (13, "i_maalgruppen"),
            (14, "viden"),
        ]
    );
    assert_eq!(read.count.answers, Answers { yes: 0, no: 1, no_answer: 0 });
    assert!(survey("navn;svar\nA;ja\n", None).is_err());
}

#[test]
fn coverage_is_over_units_that_say_both_numbers() {
    let read = of("A;ja;;;;;;40;20;10\nB;ja;;;;;;60;;\nC;ja;;;;;;;;5\nD;ja;;;;;;60;;15\n");
    let expected = Coverage { units: 2, in_target_group: 100, offered: 20, units_offered: 1, enrolled: 25 };
    assert_eq!(read.count.coverage, expected);
}

#[test]
fn a_word_that_stands_there_twice_is_one_and_of_two_that_exclude_each_other_none_is_guessed() {
    let read = of("A;nej;;;udgifter, udgifter;;;;;\nB;ja;;;;;uddannet, ikke uddannet;;;\nC;;ja;møde, projekt;;;;;;\n");
    assert_eq!(read.count.reasons[&Reason::Cost], 1, "units, not words");
    let refused: Vec<(u32, &str)> = read.refused.iter().map(|line| (line.line, line.field.as_str())).collect();
    assert_eq!(refused, [(3, "uddannelse"), (4, "viden_fra")]);
}

#[test]
fn a_column_of_which_nothing_is_read_is_named() {
    let read = survey("enhed;svar;viden;grund;telefon\nA;nej;;udgifter;12345678\n", None).unwrap();
    assert_eq!(read.unread, ["grund", "telefon"]);
    assert_eq!(of("").unread, Vec::<String>::new());
}

#[test]
fn what_comes_out_as_a_spreadsheet_reads_as_the_same_survey() {
    let lines = "Jobcenter Slagelse;ja;nej;møde;;supervision, undervisning;uddannet;40;20;10\n=B;;ja;netværk;;;;;;\nC;nej;;;mentor, udgifter;;;;;\n";
    let read = of(lines);
    assert_eq!(read.refused, []);
    let again = survey(&read.sheet, None).unwrap();
    assert_eq!((again.units, again.count, again.unread, again.refused), (read.units, read.count, vec![], vec![]));
    assert!(read.sheet.contains(";Slagelse;svarede ja\r\n"), "{}", read.sheet);
    assert!(read.sheet.contains("\r\n'=B;"), "no cell is a formula: {}", read.sheet);
}
