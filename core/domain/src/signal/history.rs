//! What the rules look at, and what they say about it.

use jiff::ToSpan;
use jiff::civil::Date;

use super::Signal;
use super::rule::{Limit, Rule, Starts, Stops};
use super::rules::RULES;
use super::work::{Milestone, Work};
use crate::consent::Consent;
use crate::entry_kind::EntryKind;

/// The newest entry of its kind and of its answer to "face to face".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LatestEntry<'a> {
    /// What was done.
    pub kind: &'a EntryKind,
    /// Whether people met, if that was said.
    pub face_to_face: Option<bool>,
    /// The day, today at the latest: what is planned has stopped no clock.
    pub on: Date,
}

/// What the rules look at.
#[derive(Debug, Clone, Default)]
pub struct CaseHistory<'a> {
    /// First day in the programme.
    pub enrolled_on: Option<Date>,
    /// Whether the case is closed: then nothing is due.
    pub closed: bool,
    /// The newest entries up to today.
    pub latest: Vec<LatestEntry<'a>>,
    /// Starts and ends of jobs and educations, oldest first, planned ones included.
    pub milestones: Vec<Milestone>,
    /// The newest consent.
    pub consent: Option<&'a Consent>,
    /// The day the oldest entry without a receipt was saved.
    pub unsent_since: Option<Date>,
}

/// A clock that runs: what happened since this day stops it, and this is its last day in time.
struct Running {
    since: Date,
    due: Date,
}

impl CaseHistory<'_> {
    /// The signals on a day, most pressing first.
    #[must_use]
    pub fn signals(&self, today: Date) -> Vec<Signal> {
        self.signals_by(&RULES, today)
    }

    /// The signals of other rules than the common ones.
    #[must_use]
    pub fn signals_by(&self, rules: &[Rule], today: Date) -> Vec<Signal> {
        if self.closed {
            return Vec::new();
        }
        let work = Work::on(&self.milestones, today);
        let mut found: Vec<Signal> = rules.iter().filter_map(|rule| self.signal(rule, &work, today)).collect();
        found.sort_by_key(|signal| signal.days_left);
        keep_one_meeting(&mut found);
        found
    }

    fn signal(&self, rule: &Rule, work: &Work<'_>, today: Date) -> Option<Signal> {
        if rule.rests_in_work && work.is_any() {
            return None;
        }
        let Running { since, due } = self.running(rule, work)?;
        let days_left = days_between(today, due);
        if days_left > rule.warns || self.is_stopped(rule.stops, since) {
            return None;
        }
        let kind = rule.late.filter(|_| days_left < 0).unwrap_or(rule.kind);
        Some(Signal { kind, rule: *rule, due, days_left })
    }

    fn running(&self, rule: &Rule, work: &Work<'_>) -> Option<Running> {
        let from = |day: Date| Running { since: day, due: rule.limit.due(day) };
        match rule.starts {
            Starts::Enrolment => self.enrolled_on.map(from),
            Starts::WeekBeforeStart => work.next_start().map(|start| from(start.saturating_sub(1.week()))),
            // Guidance holds, whenever it was given.
            Starts::Job => work.job().map(|start| Running { since: Date::MIN, ..from(start) }),
            Starts::Start => work.newest_start().map(from),
            Starts::MeetingInFirstMonth | Starts::LaterMeeting => self.next_meeting(rule, work.newest_start()?),
            Starts::JobEnd => work.job_lost().map(from),
            Starts::StatutoryTalk => self.next_talk(rule),
            Starts::ConsentEnd => self.consent.map(|consent| from(consent.until)),
            Starts::Saved => self.unsent_since.map(from),
        }
    }

    /// The meeting after the last one. It is a weekly one as long as that week ends within a month of the start. So the
    /// day follows from the start and the last meeting alone, and what is late stays late until they meet.
    fn next_meeting(&self, rule: &Rule, start: Date) -> Option<Running> {
        let last = self.last_meeting().filter(|met| *met >= start)?;
        let weekly = Limit::Days(7).due(last) <= Limit::Month.due(start);
        let due = rule.limit.due(last);
        (weekly == (rule.starts == Starts::MeetingInFirstMonth))
            .then_some(Running { since: last.saturating_add(1.day()), due })
    }

    /// Each talk starts the clock of the next.
    fn next_talk(&self, rule: &Rule) -> Option<Running> {
        let last = self.last(is_statutory_talk);
        let since = last.map(|held| held.saturating_add(1.day())).or(self.enrolled_on)?;
        Some(Running { since, due: rule.limit.due(last.or(self.enrolled_on)?) })
    }

    fn is_stopped(&self, stops: Stops, since: Date) -> bool {
        let stopped_by = |day: Option<Date>| day.is_some_and(|day| day >= since);
        match stops {
            Stops::EmployerMeeting => stopped_by(self.last(is_employer_meeting)),
            Stops::Placement => {
                let start = |m: &&Milestone| matches!(m.kind, EntryKind::JobStart | EntryKind::EducationStart);
                stopped_by(self.last(|entry| *entry.kind == EntryKind::Placement))
                    || stopped_by(self.milestones.iter().filter(start).map(|m| m.on).max())
            }
            Stops::BenefitGuidance => stopped_by(self.last(|entry| *entry.kind == EntryKind::BenefitGuidance)),
            Stops::CitizenMeeting => stopped_by(self.last_meeting()),
            Stops::StatutoryTalk => stopped_by(self.last(is_statutory_talk)),
            // These end by what the history holds: another consent, or nothing unsent.
            Stops::NewConsent | Stops::Receipt => false,
        }
    }

    fn last_meeting(&self) -> Option<Date> {
        self.last(|entry| entry.kind.is_real_contact() && entry.kind.is_meeting(entry.face_to_face))
    }

    fn last(&self, counts: impl Fn(&LatestEntry<'_>) -> bool) -> Option<Date> {
        self.latest.iter().filter(|entry| counts(entry)).map(|entry| entry.on).max()
    }
}

fn is_employer_meeting(entry: &LatestEntry<'_>) -> bool {
    matches!(entry.kind, EntryKind::EmployerVisit | EntryKind::EmployerContact | EntryKind::JobInterview)
        && entry.kind.is_meeting(entry.face_to_face)
}

fn is_statutory_talk(entry: &LatestEntry<'_>) -> bool {
    *entry.kind == EntryKind::StatutoryTalk && entry.kind.is_meeting(entry.face_to_face)
}

/// One meeting answers every clock that asks for one, so only the most pressing speaks.
fn keep_one_meeting(sorted: &mut Vec<Signal>) {
    let mut asked = false;
    sorted.retain(|signal| {
        let asks = signal.rule.stops == Stops::CitizenMeeting;
        let again = asks && asked;
        asked |= asks;
        !again
    });
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests;
