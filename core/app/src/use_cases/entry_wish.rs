//! What somebody typed about an entry, and what it means.

use feltbog_domain::{
    CvrNumber, EntryFields, EntryKind, JobType, Moment, NextStep, Outcome, PNumber, Purpose, parse_coming_day,
    parse_time_of_day,
};
use jiff::civil::Date;

use crate::error::AppError;

/// Longest entry, in minutes.
const A_DAY: u32 = 24 * 60;
/// Most hours of a week.
const A_WEEK: u32 = 7 * 24;
/// What somebody may write in one line, in letters; a note has its own limit.
const LINE: usize = 300;

/// What one new entry says, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct LogWish {
    /// Id or number of the case; `None` or `-` for work without one.
    pub case: Option<String>,
    /// Code of the kind, or a Danish word that means one thing only.
    pub kind: String,
    /// When it happened; now when absent.
    pub at: Option<String>,
    /// How long it took.
    pub minutes: Option<u32>,
    /// Company number of the employer.
    pub employer: Option<String>,
    /// Number of one of its production units.
    pub unit: Option<String>,
    /// *Om virksomheden*: what the whole team may read.
    pub about_employer: Option<String>,
    /// Name for an employer the register does not know yet.
    pub employer_name: Option<String>,
    /// Whom we spoke with there.
    pub contact_person: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Code or word of the outcome.
    pub outcome: Option<String>,
    /// Met in person.
    pub face_to_face: Option<bool>,
    /// Whether the contact with an employer was about the citizen.
    pub client_specific: Option<bool>,
    /// Code or word of what the contact was for.
    pub purpose: Option<String>,
    /// Title of the job or education.
    pub job_title: Option<String>,
    /// Code or word of its terms.
    pub job_type: Option<String>,
    /// Its hours a week.
    pub hours_per_week: Option<u32>,
    /// Whether it is permanent.
    pub permanent: Option<bool>,
    /// Whether it fits what the citizen wants.
    pub fits_wish: Option<bool>,
    /// What happens next.
    pub next_step: NextStepWish,
    /// The note.
    pub note: String,
    /// Where both sides see it; `None` means the kind's own habit.
    pub shared: Option<bool>,
    /// Other citizens whom the same visit was about, each with a note of their own.
    pub also: Vec<AlsoAbout>,
}

/// Another citizen whom a visit was about.
#[derive(Debug, Clone, Default)]
pub struct AlsoAbout {
    /// Id or number of the case.
    pub case: String,
    /// What concerns this citizen.
    pub note: String,
}

/// What happens next, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct NextStepWish {
    /// What; when absent but a day is named, the day alone.
    pub text: Option<String>,
    /// The day: a date, a weekday, `i morgen`, `om en uge`.
    pub on: Option<String>,
    /// The time of day.
    pub time: Option<String>,
}

impl LogWish {
    /// The fields this means at this moment.
    pub(crate) fn fields(&self, now: Moment) -> Result<EntryFields, AppError> {
        let kind = EntryKind::from_typed(&self.kind).map_err(AppError::Unclear)?;
        let at = self.at.as_deref().filter(|at| !at.trim().is_empty()).map_or(Ok(now), |at| Moment::parse(at, now))?;
        Ok(EntryFields {
            minutes: checked_minutes(self.minutes)?,
            place: line(self.place.as_deref(), "stedet")?,
            employer: employer(self.employer.as_deref())?,
            unit: unit(self.unit.as_deref(), self.employer.as_deref())?,
            contact_person: line(self.contact_person.as_deref(), "navnet")?,
            face_to_face: self.face_to_face.or_else(|| kind.is_usually_in_person().then_some(true)),
            outcome: outcome(self.outcome.as_deref())?,
            client_specific: self.client_specific,
            purpose: purpose(self.purpose.as_deref())?,
            job_title: line(self.job_title.as_deref(), "stillingen")?,
            job_type: job_type(self.job_type.as_deref())?,
            hours_per_week: checked_hours(self.hours_per_week)?,
            permanent: self.permanent,
            fits_wish: self.fits_wish,
            next_step: self.next_step.parse(now.date())?,
            ..EntryFields::new(kind, at)
        })
    }
}

impl NextStepWish {
    /// The step this means, seen from a day.
    pub(crate) fn parse(&self, today: Date) -> Result<Option<NextStep>, AppError> {
        let text = line(self.text.as_deref(), "næste skridt")?;
        let on = non_empty(self.on.as_deref()).map(|day| coming_day(day, today)).transpose()?;
        let time = non_empty(self.time.as_deref())
            .map(|time| {
                parse_time_of_day(time)
                    .ok_or_else(|| AppError::Unclear("klokkeslættet forstås ikke: skriv fx 10:30".into()))
            })
            .transpose()?;
        if on.is_none() && time.is_some() {
            return Err(AppError::Unclear("næste skridt har et klokkeslæt, men ingen dag".into()));
        }
        Ok((text.is_some() || on.is_some()).then(|| NextStep {
            text: text.unwrap_or_default(),
            on,
            time,
            settled: None,
        }))
    }
}

pub(crate) fn coming_day(text: &str, today: Date) -> Result<Date, AppError> {
    parse_coming_day(text, today).ok_or_else(|| {
        AppError::Unclear("dagen forstås ikke: skriv fx 12-03-2026, fredag, i morgen eller om en uge".into())
    })
}

pub(crate) fn checked_minutes(minutes: Option<u32>) -> Result<Option<u32>, AppError> {
    match minutes {
        Some(minutes) if minutes > A_DAY => Err(AppError::Unclear("minutterne er flere, end der er på et døgn".into())),
        minutes => Ok(minutes),
    }
}

pub(crate) fn checked_hours(hours: Option<u32>) -> Result<Option<u32>, AppError> {
    match hours {
        Some(hours) if hours > A_WEEK => Err(AppError::Unclear("timerne er flere, end der er på en uge".into())),
        hours => Ok(hours),
    }
}

pub(crate) fn employer(text: Option<&str>) -> Result<Option<CvrNumber>, AppError> {
    Ok(non_empty(text).map(str::parse::<CvrNumber>).transpose()?)
}

/// A production unit, where an employer is named whose it can be.
fn unit(text: Option<&str>, of: Option<&str>) -> Result<Option<PNumber>, AppError> {
    let Some(number) = changed_unit(text)? else { return Ok(None) };
    non_empty(of).map(|_| Some(number)).ok_or_else(|| AppError::Unclear("skriv også, hvilken virksomhed det er".into()))
}

pub(crate) fn changed_unit(text: Option<&str>) -> Result<Option<PNumber>, AppError> {
    non_empty(text).map(|text| text.parse().map_err(|error| AppError::Unclear(format!("{error}")))).transpose()
}

pub(crate) fn outcome(text: Option<&str>) -> Result<Option<Outcome>, AppError> {
    chosen(text, Outcome::from_word, "resultatet", || Outcome::words().collect())
}

pub(crate) fn purpose(text: Option<&str>) -> Result<Option<Purpose>, AppError> {
    chosen(text, Purpose::from_word, "formålet", || Purpose::words().collect())
}

pub(crate) fn job_type(text: Option<&str>) -> Result<Option<JobType>, AppError> {
    chosen(text, JobType::from_word, "ansættelsens slags", || JobType::words().collect())
}

fn chosen<T>(
    text: Option<&str>,
    read: impl Fn(&str) -> Option<T>,
    what: &str,
    words: impl Fn() -> Vec<&'static str>,
) -> Result<Option<T>, AppError> {
    let Some(word) = non_empty(text) else { return Ok(None) };
    let unknown = || AppError::Unclear(format!("{what} findes ikke; vælg mellem: {}", words().join(", ")));
    read(word).map(Some).ok_or_else(unknown)
}

/// One line of text; nothing typed is nothing.
pub(crate) fn line(text: Option<&str>, what: &str) -> Result<Option<String>, AppError> {
    let Some(text) = non_empty(text) else { return Ok(None) };
    if text.chars().count() > LINE {
        return Err(AppError::Unclear(format!("{what} er over {LINE} tegn; skriv resten i notatet")));
    }
    Ok(Some(text.to_owned()))
}

pub(crate) fn non_empty(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Moment {
        "2026-03-12T10:40:00+01:00".parse().unwrap()
    }

    fn step(text: &str, on: &str, time: &str) -> Result<Option<NextStep>, AppError> {
        let some = |text: &str| Some(text.to_owned());
        NextStepWish { text: some(text), on: some(on), time: some(time) }.parse(now().date())
    }

    #[test]
    fn a_next_step_is_a_day_a_time_and_a_few_words_as_people_type_them() {
        let found = step("ring til butikken", "om en uge", "kl. 9.30").unwrap().unwrap();
        assert_eq!((found.text.as_str(), found.on.unwrap().to_string().as_str()), ("ring til butikken", "2026-03-19"));
        assert_eq!(found.time.unwrap().to_string(), "09:30:00");
        assert!(found.is_open());
        assert_eq!(step("", "", "").unwrap(), None);
        assert!(step("", "fredag", "").unwrap().unwrap().text.is_empty());
    }

    #[test]
    fn a_time_without_a_day_and_a_day_nobody_knows_are_asked_about() {
        assert!(step("ring", "", "9:30").unwrap_err().to_string().contains("ingen dag"));
        assert!(step("ring", "engang", "").unwrap_err().to_string().contains("om en uge"));
        assert!(step("ring", "fredag", "25:70").unwrap_err().to_string().contains("10:30"));
    }

    #[test]
    fn words_of_lists_are_understood_and_others_are_answered_with_the_list() {
        assert_eq!(job_type(Some("Småjob")).unwrap(), Some(JobType::Small));
        let sentence = job_type(Some("job")).unwrap_err().to_string();
        assert!(sentence.contains("ordinær ansættelse"), "{sentence}");
        assert_eq!(purpose(Some("  ")).unwrap(), None);
    }

    #[test]
    fn more_hours_than_a_week_has_and_lines_that_are_notes_are_refused() {
        assert!(checked_hours(Some(169)).is_err() && checked_hours(Some(37)).is_ok());
        assert!(checked_minutes(Some(1441)).is_err() && checked_minutes(Some(1440)).is_ok());
        assert!(line(Some(&"å".repeat(301)), "stedet").unwrap_err().to_string().contains("notatet"));
    }
}
