//! The measures, one file each family.

mod caseload;
mod days;
mod diversity;
mod employer_contacts;
mod first_contact;
mod into_work;
mod placement;
mod received;
mod retention;
mod status;
mod treatment;

pub(crate) use self::first_contact::days_waited;
use crate::fact_book::FactBook;
use crate::figure::Figure;
use crate::measure::Measure;
use crate::question::Question;

/// Answers a question.
pub(crate) fn answer(question: Question, book: &FactBook) -> Figure {
    match question.measure() {
        Measure::EverStarted => into_work::ever_started(question, book),
        Measure::AtExit => status::at_exit(question, book),
        Measure::PointPrevalence => status::point_prevalence(question, book),
        Measure::PersonsIntoWork => into_work::persons_into_work(question, book),
        Measure::EmploymentRateOutOfWork => into_work::employment_rate_out_of_work(question, book),
        Measure::WorkingInQuarter => status::working_in_quarter(question, book),
        Measure::DaysToFirstEmployerContact => first_contact::days(question, book),
        Measure::FirstEmployerContactWithin30Days => first_contact::within_30_days(question, book),
        Measure::PlacementWithinAMonth => placement::within_a_month(question, book),
        Measure::DaysToPlacement => placement::days(question, book),
        Measure::EmployerContactsPerWeek => employer_contacts::per_week(question, book),
        Measure::Retention13Weeks => retention::after(question, book, retention::THIRTEEN_WEEKS),
        Measure::Retention26Weeks => retention::after(question, book, retention::TWENTY_SIX_WEEKS),
        Measure::Caseload => caseload::caseload(question, book),
        Measure::DiversityOfJobs => diversity::jobs(question, book),
        Measure::DiversityOfEmployers => diversity::employers(question, book),
        Measure::DaysOccurredToReceived => received::days(question, book),
        Measure::TreatmentStarts => treatment::starts(question, book),
    }
}
