//! Where in the programme a citizen is, read from the entries.

use crate::entry_kind::EntryKind;

/// The phase shown in the list of citizens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    /// No employer has been contacted yet.
    Start,
    /// Looking: employers have been contacted.
    Search,
    /// In a job that has not ended.
    Job,
    /// In an education that has not ended.
    Education,
    /// *Afsluttet*.
    Closed,
    /// Not known here: this device sees only what the other side shares.
    Unknown,
}

impl Phase {
    /// The word in `--json` output.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Phase::Start => "start",
            Phase::Search => "search",
            Phase::Job => "job",
            Phase::Education => "education",
            Phase::Closed => "closed",
            Phase::Unknown => "unknown",
        }
    }

    /// The phase after these kinds of entries, oldest first. A job weighs more than an education at the same time.
    #[must_use]
    pub fn after<'a>(kinds: impl IntoIterator<Item = &'a EntryKind>, closed: bool) -> Self {
        let (mut jobs, mut educations, mut searching) = (0_i32, 0_i32, false);
        for kind in kinds {
            match kind {
                EntryKind::JobStart => jobs += 1,
                EntryKind::JobEnd => jobs = (jobs - 1).max(0),
                EntryKind::EducationStart => educations += 1,
                EntryKind::EducationEnd => educations = (educations - 1).max(0),
                EntryKind::EmployerVisit
                | EntryKind::EmployerContact
                | EntryKind::JobInterview
                | EntryKind::Application
                | EntryKind::Placement => searching = true,
                _ => {}
            }
        }
        match (closed, jobs, educations, searching) {
            (true, ..) => Phase::Closed,
            (_, 1.., ..) => Phase::Job,
            (_, _, 1.., _) => Phase::Education,
            (_, _, _, true) => Phase::Search,
            _ => Phase::Start,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_that_ended_leads_back_to_the_search() {
        let kinds = [EntryKind::EmployerVisit, EntryKind::JobStart, EntryKind::JobEnd];
        assert_eq!(Phase::after(&kinds[..2], false), Phase::Job);
        assert_eq!(Phase::after(&kinds, false), Phase::Search);
        assert_eq!(Phase::after(&kinds, true), Phase::Closed);
    }
}
