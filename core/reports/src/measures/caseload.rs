//! For how many citizens each consultant is responsible.

use std::collections::BTreeMap;

use feltbog_domain::StaffRef;

use crate::fact_book::FactBook;
use crate::figure::{Detail, Figure, Row};
use crate::question::Question;

/// IPS-25, item 1: full score.
const SCALE: u64 = 20;
/// Sydhavnen.
const LOCAL: u64 = 25;

/// Citizens in the programme on the day, per consultant who is responsible for any.
pub(super) fn caseload(question: Question, book: &FactBook) -> Figure {
    let mut figure = Figure::empty(question);
    let mut by_staff: BTreeMap<StaffRef, u64> = BTreeMap::new();
    let mut nobody = 0;
    for course in book.courses(question.as_of()).iter().filter(|course| course.is_enrolled_on(question.as_of())) {
        match course.staff {
            Some(staff) => {
                *by_staff.entry(staff).or_default() += 1;
                figure.add(Some(course.subject), true, vec![course.enrolled.fact]);
            }
            None => nobody += 1,
        }
    }
    figure.denominator = Some(by_staff.len() as u64);
    let over = |limit: u64| by_staff.values().filter(|count| **count > limit).count() as u64;
    let detail = |name, numerator| Detail { name, numerator, denominator: None };
    figure.details =
        vec![detail("over_20", over(SCALE)), detail("over_25", over(LOCAL)), detail("without_consultant", nobody)];
    figure.rows = by_staff.into_iter().map(|(staff, count)| Row { staff: Some(staff), week: None, count }).collect();
    figure
}
