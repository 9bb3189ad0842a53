//! How long work lay on a phone.

use super::days::median;
use crate::fact_book::FactBook;
use crate::figure::Figure;
use crate::question::Question;

/// Days from what was done in the period until the server had it.
pub(super) fn days(question: Question, book: &FactBook) -> Figure {
    let mut figure = Figure::empty(question);
    let mut all = Vec::new();
    for fact in book.until(question.as_of()).iter().filter(|fact| question.holds(fact.day)) {
        match fact.received {
            Some(received) => {
                // A clock that ran ahead wrote down what had not happened yet; it lay there for no time.
                let days = fact.day.until(received).map_or(0, |span| span.get_days()).max(0);
                all.push(u64::from(days.unsigned_abs()));
                figure.add(fact.subject, true, vec![fact.id]);
            }
            None => figure.undecided += 1,
        }
    }
    figure.numerator = all.iter().sum();
    figure.details.extend(median(&mut all));
    figure
}
