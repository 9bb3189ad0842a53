//! The jobs and educations a citizen is in, was in, or is about to begin.

use jiff::civil::Date;

use crate::cvr::CvrNumber;
use crate::entry_kind::EntryKind;
use crate::which_ends::which_ends;

/// The start or end of a job or an education.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// Which.
    pub kind: EntryKind,
    /// The day.
    pub on: Date,
    /// Where, if it is known.
    pub employer: Option<CvrNumber>,
}

/// What the milestones say on a day.
#[derive(Debug, Default)]
pub(super) struct Work<'a> {
    jobs: Vec<&'a Milestone>,
    educations: Vec<&'a Milestone>,
    planned: Vec<&'a Milestone>,
    last_job_end: Option<Date>,
}

impl<'a> Work<'a> {
    /// Reads them, oldest first.
    pub(super) fn on(milestones: &'a [Milestone], today: Date) -> Self {
        let mut work = Work::default();
        for milestone in milestones {
            let over = milestone.on <= today;
            match milestone.kind {
                EntryKind::JobStart | EntryKind::EducationStart if !over => work.planned.push(milestone),
                EntryKind::JobStart => work.jobs.push(milestone),
                EntryKind::EducationStart => work.educations.push(milestone),
                EntryKind::JobEnd if over => {
                    end(&mut work.jobs, milestone);
                    work.last_job_end = Some(milestone.on);
                }
                EntryKind::EducationEnd if over => end(&mut work.educations, milestone),
                _ => {}
            }
        }
        work
    }

    /// The newest start of what has not ended.
    pub(super) fn newest_start(&self) -> Option<Date> {
        self.jobs.iter().chain(&self.educations).map(|start| start.on).max()
    }

    /// The next start that is planned.
    pub(super) fn next_start(&self) -> Option<Date> {
        self.planned.iter().map(|start| start.on).min()
    }

    /// The job somebody has to be ready for first: the newest that has begun, or else the next.
    pub(super) fn job(&self) -> Option<Date> {
        let begun = self.jobs.iter().map(|start| start.on).max();
        let planned = self.planned.iter().filter(|start| start.kind == EntryKind::JobStart).map(|start| start.on);
        begun.or_else(|| planned.min())
    }

    /// The end of the last job, unless something new has begun since.
    pub(super) fn job_lost(&self) -> Option<Date> {
        let lost = self.last_job_end?;
        self.newest_start().is_none_or(|start| start < lost).then_some(lost)
    }

    /// Whether the citizen is in a job or an education, or about to start.
    pub(super) fn is_any(&self) -> bool {
        self.newest_start().or_else(|| self.next_start()).is_some()
    }
}

fn end(open: &mut Vec<&Milestone>, ended: &Milestone) {
    if let Some(place) = which_ends(open.iter().map(|start| start.employer), ended.employer) {
        open.remove(place);
    }
}
