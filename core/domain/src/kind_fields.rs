//! Which few fields a kind of entry asks for.

use crate::entry_kind::EntryKind;

/// One field of the form. Time, minutes, citizen, note and next step stand in every form and are not listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is named after the field of an entry")]
pub enum EntryField {
    Employer,
    Place,
    FaceToFace,
    ClientSpecific,
    Purpose,
    Outcome,
    FitsWish,
    JobTitle,
    JobType,
    HoursPerWeek,
    Permanent,
}

impl EntryField {
    /// The field's name in the document.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            EntryField::Employer => "employer",
            EntryField::Place => "place",
            EntryField::FaceToFace => "face_to_face",
            EntryField::ClientSpecific => "client_specific",
            EntryField::Purpose => "purpose",
            EntryField::Outcome => "outcome",
            EntryField::FitsWish => "fits_wish",
            EntryField::JobTitle => "job_title",
            EntryField::JobType => "job_type",
            EntryField::HoursPerWeek => "hours_per_week",
            EntryField::Permanent => "permanent",
        }
    }
}

impl EntryKind {
    /// The fields a form for this kind shows, in their order. Whatever else is written is kept.
    #[must_use]
    pub const fn fields(&self) -> &'static [EntryField] {
        use EntryField::{
            ClientSpecific, Employer, FaceToFace, FitsWish, HoursPerWeek, JobTitle, JobType, Outcome, Permanent, Place,
            Purpose,
        };
        match self {
            EntryKind::EmployerVisit | EntryKind::EmployerContact => {
                &[Employer, Outcome, FaceToFace, ClientSpecific, FitsWish, Purpose]
            }
            EntryKind::Canvassing => &[Employer, Outcome, Purpose],
            EntryKind::JobInterview => &[Employer, Outcome, FaceToFace, FitsWish, JobTitle],
            EntryKind::Application => &[Employer, Outcome, FitsWish, JobTitle],
            EntryKind::Placement => &[Employer, JobTitle, HoursPerWeek],
            EntryKind::JobStart => &[Employer, JobTitle, JobType, HoursPerWeek, Permanent, FitsWish],
            EntryKind::JobEnd => &[Employer, JobTitle],
            EntryKind::EducationStart => &[Place, JobTitle, JobType, HoursPerWeek],
            EntryKind::EducationEnd => &[Place, JobTitle],
            EntryKind::WorkplaceSupport => &[Employer, FaceToFace, Outcome],
            EntryKind::FollowAlong
            | EntryKind::EducationSupport
            | EntryKind::Contact
            | EntryKind::StatutoryTalk
            | EntryKind::TreatmentMeeting
            | EntryKind::NetworkMeeting
            | EntryKind::DisclosureTalk
            | EntryKind::ProfileTalk
            | EntryKind::BenefitGuidance
            | EntryKind::Mentoring => &[Place, FaceToFace, Outcome],
            EntryKind::Referral => &[Place, Outcome],
            EntryKind::NotReached
            | EntryKind::OutreachAttempt
            | EntryKind::TeamMeeting
            | EntryKind::Supervision
            | EntryKind::FieldMentoring => &[Place],
            EntryKind::Note | EntryKind::Handover | EntryKind::Cover | EntryKind::Unknown(_) => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_that_starts_asks_for_its_terms_and_nobody_else_does() {
        let asking: Vec<&str> = EntryKind::all()
            .filter(|kind| kind.fields().contains(&EntryField::Permanent))
            .map(EntryKind::code)
            .collect();
        assert_eq!(asking, ["job_start"]);
    }

    #[test]
    fn no_form_asks_for_more_than_six_things_and_for_nothing_twice() {
        for kind in EntryKind::all() {
            let mut fields = kind.fields().to_vec();
            fields.sort_unstable();
            fields.dedup();
            assert!(fields.len() == kind.fields().len() && fields.len() <= 6, "{kind}");
        }
    }

    #[test]
    fn whatever_is_usually_with_an_employer_asks_which() {
        for kind in EntryKind::all().filter(|kind| kind.is_with_an_employer()) {
            assert!(kind.fields().contains(&EntryField::Employer), "{kind}");
        }
    }
}
