//! What charts are drawn from: counts alone, nobody by name but the consultant of a caseload.

use std::collections::BTreeMap;

use feltbog_domain::StaffRef;
use jiff::civil::Date;

use crate::course::Course;
use crate::fact_book::FactBook;
use crate::figure::Figure;
use crate::measure::Measure;
use crate::question::{Period, Question, QuestionError};

/// Most weeks that are drawn: half a year, the newest.
pub const MOST_WEEKS: usize = 26;
/// Last days of the waits that are told apart (IPS-25, item 15: five points down to two); what is longer stands together.
const WAITS: [u16; 4] = [30, 60, 150, 270];

/// The charts of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charts {
    /// How many of those who were enrolled came to each stage, in order.
    pub funnel: Vec<(Stage, u64)>,
    /// Of the same, by the days until they first met an employer.
    pub waits: Vec<Wait>,
    /// Of the same, those who have met none yet.
    pub met_nobody: u64,
    /// Meetings with employers by week, oldest first.
    pub weeks: Vec<MeetingWeek>,
    /// Citizens by the consultant who is responsible, on the day that is asked for.
    pub caseload: Vec<(StaffRef, u64)>,
}

/// How far somebody came. Nobody has to pass one to reach the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Enrolled.
    Enrolled,
    /// Has met an employer face to face.
    MetEmployer,
    /// Has begun a competitive job or an education on ordinary terms.
    Started,
    /// Is in one on the day that is asked for.
    AtWork,
}

/// Citizens who waited about as long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// The first day, counted from the enrolment.
    pub from_day: u16,
    /// The last; nothing for all that is longer.
    pub to_day: Option<u16>,
    /// How many.
    pub citizens: u64,
}

/// The meetings of one ISO week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeetingWeek {
    /// Year and number.
    pub week: (i16, i8),
    /// Meetings face to face about a citizen.
    pub meetings: u64,
    /// Consultants who were responsible for somebody, or met an employer, in it.
    pub consultants: u64,
}

impl Charts {
    /// Counts what is drawn, of those enrolled in a period, or of all.
    ///
    /// # Errors
    /// [`QuestionError`] when the period ends after the day.
    pub fn of(book: &FactBook, as_of: Date, period: Option<Period>) -> Result<Self, QuestionError> {
        let entered = Question::new(Measure::EverStarted, as_of, period)?;
        let courses: Vec<Course> =
            book.courses(as_of).into_iter().filter(|course| entered.holds(course.enrolled.on)).collect();
        let (waits, met_nobody) = waits(&courses);
        let meetings = Question::new(Measure::EmployerContactsPerWeek, as_of, period)?.answer(book);
        let caseload = Question::new(Measure::Caseload, as_of, None)?.answer(book);
        let caseload = caseload.rows.iter().filter_map(|row| Some((row.staff?, row.count))).collect();
        Ok(Self { funnel: funnel(&courses, as_of), waits, met_nobody, weeks: weeks(&meetings), caseload })
    }
}

fn funnel(courses: &[Course], as_of: Date) -> Vec<(Stage, u64)> {
    let count = |is: &dyn Fn(&Course) -> bool| courses.iter().filter(|course| is(course)).count() as u64;
    vec![
        (Stage::Enrolled, count(&|_| true)),
        (Stage::MetEmployer, count(&|course| days_to_a_meeting(course).is_some())),
        (Stage::Started, count(&|course| course.first_start(as_of).is_some())),
        (Stage::AtWork, count(&|course| course.at_work_on(as_of).is_some())),
    ]
}

fn waits(courses: &[Course]) -> (Vec<Wait>, u64) {
    let firsts = WAITS.iter().map(|last| last + 1);
    let ends = WAITS.iter().copied().map(Some).chain([None]);
    let mut waits: Vec<Wait> = std::iter::once(0)
        .chain(firsts)
        .zip(ends)
        .map(|(from_day, to_day)| Wait { from_day, to_day, citizens: 0 })
        .collect();
    let mut met_nobody = 0;
    for course in courses {
        let Some(days) = days_to_a_meeting(course) else {
            met_nobody += 1;
            continue;
        };
        let of_it = |wait: &&mut Wait| wait.to_day.is_none_or(|last| days <= u32::from(last));
        waits.iter_mut().find(of_it).into_iter().for_each(|wait| wait.citizens += 1);
    }
    (waits, met_nobody)
}

fn days_to_a_meeting(course: &Course) -> Option<u32> {
    course.first_since(&course.employer_meetings).map(|met| course.days_to(met.on).unsigned_abs())
}

/// All consultants together: nobody is set beside another.
fn weeks(meetings: &Figure) -> Vec<MeetingWeek> {
    let mut by_week: BTreeMap<(i16, i8), (u64, u64)> = BTreeMap::new();
    for (week, count) in meetings.rows.iter().filter_map(|row| Some((row.week?, row.count))) {
        let (meetings, consultants) = by_week.entry(week).or_default();
        *meetings += count;
        *consultants += 1;
    }
    let unseen = by_week.len().saturating_sub(MOST_WEEKS);
    let newest = by_week.into_iter().skip(unseen);
    newest.map(|(week, (meetings, consultants))| MeetingWeek { week, meetings, consultants }).collect()
}
