//! Whatever days somebody tells, there is an answer, and soon: nobody stops a server with a fact of the year 9999.

use feltbog_reports::{FactBook, Measure, Question, coarse};

use crate::builder::{Programme, day};

const DAYS: [&str; 5] = ["-009999-01-01", "0000-02-29", "2024-02-29", "2199-12-31", "9999-12-31"];
/// The server answers for no later day.
const ASKED: [&str; 3] = ["-009999-01-01", "2024-02-29", "2199-12-31"];

fn lived(enrolled: &str, then: &str, exited: &str) -> Programme {
    let placed = feltbog_reports::What::Placed;
    let begun = Programme::default().person(1, 1).enrolled(enrolled).met(then, 1).what(then, placed);
    begun.job(then, 1, 20).received(exited).exited(exited)
}

#[test]
fn facts_of_the_first_and_the_last_day_there_is_are_counted() {
    for enrolled in DAYS {
        for then in DAYS {
            for exited in DAYS {
                let book = FactBook::new(lived(enrolled, then, exited).facts);
                for measure in Measure::all() {
                    for as_of in ASKED {
                        let Ok(question) = Question::new(measure, day(as_of), None) else { continue };
                        let figure = question.answer(&book);
                        assert!(figure.denominator.is_none_or(|below| below <= 20_000), "{measure:?}");
                        assert_eq!(coarse(question, &book).rows, [], "{measure:?}");
                    }
                }
            }
        }
    }
}
