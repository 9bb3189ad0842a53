//! Meetings with employers, per consultant and week.

use std::collections::{BTreeMap, BTreeSet};

use feltbog_domain::{EmployerRef, FactRef, StaffRef, SubjectRef, VisitRef};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::fact::{Fact, What};
use crate::fact_book::FactBook;
use crate::figure::{Figure, Row};
use crate::question::{Period, Question};

/// Year and number.
type Week = (i16, i8);

/// What one meeting is known by: the visit it belongs to, or else its own entry.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Meeting {
    Visit(VisitRef, Option<EmployerRef>),
    Entry(FactRef),
}

/// Meetings face to face about a citizen, for each consultant and ISO week (IPS-25, item 17). One visit about two citizens is one meeting. A week
/// of a consultant stands below the line when she was responsible for somebody or met an employer in it. Weeks of which days lie outside the
/// period count with the days that lie in it.
pub(super) fn per_week(question: Question, book: &FactBook) -> Figure {
    let mut figure = Figure::empty(question);
    let Some(Period { from, to }) = asked_for(question, book) else { return figure };
    let mut weeks: BTreeMap<(StaffRef, Week), u64> = BTreeMap::new();
    for course in book.courses(question.as_of()) {
        let Some(staff) = course.staff else { continue };
        let last = course.exited.map_or(to, |exit| exit.on.yesterday().unwrap_or(exit.on).min(to));
        for week in weeks_between(course.enrolled.on.max(from), last) {
            weeks.entry((staff, week)).or_default();
        }
    }
    let mut seen: BTreeSet<(StaffRef, Meeting)> = BTreeSet::new();
    for (fact, staff, meeting) in book.until(to).iter().filter(|fact| fact.day >= from).filter_map(meeting) {
        if seen.insert((staff, meeting)) {
            *weeks.entry((staff, week_of(fact.day))).or_default() += 1;
            figure.add(fact.subject, true, vec![fact.id]);
        } else {
            figure.evidence.push(told_again(fact.subject, fact.id));
        }
    }
    figure.denominator = Some(weeks.len() as u64);
    figure.rows =
        weeks.into_iter().map(|((staff, week), count)| Row { staff: Some(staff), week: Some(week), count }).collect();
    figure
}

fn told_again(subject: Option<SubjectRef>, fact: FactRef) -> crate::figure::Evidence {
    crate::figure::Evidence { subject, counts: false, facts: vec![fact] }
}

/// Without a period, everything since the first enrolment.
fn asked_for(question: Question, book: &FactBook) -> Option<Period> {
    question.period().or_else(|| {
        let first = book.courses(question.as_of()).iter().map(|course| course.enrolled.on).min()?;
        Some(Period { from: first, to: question.as_of() })
    })
}

fn meeting(fact: &Fact) -> Option<(&Fact, StaffRef, Meeting)> {
    match fact.what {
        What::EmployerContact { face_to_face: true, client_specific: true, visit, employer, .. } => {
            let meeting = visit.map_or(Meeting::Entry(fact.id), |visit| Meeting::Visit(visit, employer));
            Some((fact, fact.staff?, meeting))
        }
        _ => None,
    }
}

fn week_of(day: Date) -> Week {
    let week = day.iso_week_date();
    (week.year(), week.week())
}

fn weeks_between(from: Date, to: Date) -> BTreeSet<Week> {
    let mut weeks = BTreeSet::new();
    let mut day = from;
    while day <= to {
        weeks.insert(week_of(day));
        let Ok(next) = day.checked_add(7.days()) else { break };
        day = next;
    }
    if from <= to {
        weeks.insert(week_of(to));
    }
    weeks
}
