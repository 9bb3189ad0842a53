//! Kinds of journal entries.

use std::fmt;

/// What was done. The code is what is stored; a code of a newer version is kept as [`EntryKind::Unknown`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the table below gives each its word")]
pub enum EntryKind {
    EmployerVisit,
    EmployerContact,
    JobInterview,
    StatutoryTalk,
    Contact,
    NotReached,
    Application,
    Placement,
    JobStart,
    JobEnd,
    EducationStart,
    EducationEnd,
    WorkplaceSupport,
    FollowAlong,
    TreatmentMeeting,
    NetworkMeeting,
    Referral,
    BenefitGuidance,
    Note,
    DisclosureTalk,
    ProfileTalk,
    EducationSupport,
    Mentoring,
    OutreachAttempt,
    Canvassing,
    TeamMeeting,
    Supervision,
    FieldMentoring,
    Handover,
    Cover,
    Unknown(String),
}

/// A word that means two things in Danish; the caller asks which.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{word}\" kan være to ting: {first} eller {second}. Vælg den, du mener")]
pub struct AmbiguousWord {
    word: &'static str,
    first: &'static str,
    second: &'static str,
}

/// kind, code, word in the CSV files (empty where there is none), name shown to people
const TABLE: [(EntryKind, &str, &str, &str); 30] = [
    (EntryKind::EmployerVisit, "employer_visit", "virksomhedsbesøg", "Virksomhedsbesøg"),
    (EntryKind::EmployerContact, "employer_contact", "virksomhedskontakt", "Virksomhedskontakt"),
    (EntryKind::JobInterview, "job_interview", "ansættelsessamtale", "Ansættelsessamtale (arbejdsgiver)"),
    (EntryKind::StatutoryTalk, "statutory_talk", "jobsamtale", "Jobsamtale (kommunen)"),
    (EntryKind::Contact, "contact", "kontakt", "Kontakt"),
    (EntryKind::NotReached, "not_reached", "ikke truffet", "Ikke truffet"),
    (EntryKind::Application, "application", "ansøgning", "Ansøgning"),
    (EntryKind::Placement, "placement", "virksomhedsplacering", "Virksomhedsplacering"),
    (EntryKind::JobStart, "job_start", "jobstart", "Jobstart"),
    (EntryKind::JobEnd, "job_end", "jobophør", "Jobophør"),
    (EntryKind::EducationStart, "education_start", "uddannelsesstart", "Uddannelsesstart"),
    (EntryKind::EducationEnd, "education_end", "uddannelsesslut", "Uddannelsesslut"),
    (EntryKind::WorkplaceSupport, "workplace_support", "opfølgning", "Støtte på jobbet"),
    (EntryKind::FollowAlong, "follow_along", "opfølgning", "Opfølgning (uden for jobbet)"),
    (EntryKind::TreatmentMeeting, "treatment_meeting", "behandlingsmøde", "Behandlingsmøde"),
    (EntryKind::NetworkMeeting, "network_meeting", "rundbordssamtale", "Rundbordssamtale"),
    (EntryKind::Referral, "referral", "henvisning", "Henvisning"),
    (EntryKind::BenefitGuidance, "benefit_guidance", "ydelsesvejledning", "Vejledning om ydelser"),
    (EntryKind::Note, "note", "notat", "Notat"),
    (EntryKind::DisclosureTalk, "disclosure_talk", "", "Samtale om åbenhed"),
    (EntryKind::ProfileTalk, "profile_talk", "", "Samtale om erhvervsprofil"),
    (EntryKind::EducationSupport, "education_support", "", "Støtte på uddannelsen"),
    (EntryKind::Mentoring, "mentoring", "", "Mentortimer"),
    (EntryKind::OutreachAttempt, "outreach_attempt", "", "Opsøgende forsøg"),
    (EntryKind::Canvassing, "canvassing", "", "Opsøgning af virksomheder"),
    (EntryKind::TeamMeeting, "team_meeting", "", "Teammøde"),
    (EntryKind::Supervision, "supervision", "", "Supervision"),
    (EntryKind::FieldMentoring, "field_mentoring", "", "Feltvejledning"),
    (EntryKind::Handover, "handover", "", "Overdragelse"),
    (EntryKind::Cover, "cover", "", "Dækning"),
];

impl EntryKind {
    /// Every kind this version knows.
    pub fn all() -> impl Iterator<Item = &'static EntryKind> {
        TABLE.iter().map(|row| &row.0)
    }

    /// The code that is stored and typed on the command line.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            EntryKind::Unknown(code) => code,
            known => TABLE.iter().find(|row| row.0 == *known).map_or("", |row| row.1),
        }
    }

    /// The kind of a stored code; never fails, so that no entry becomes unreadable.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        TABLE.iter().find(|row| row.1 == code).map_or_else(|| EntryKind::Unknown(code.to_owned()), |row| row.0.clone())
    }

    /// The kind of a word in an imported file. `opfølgning` at an employer is support at work, elsewhere follow-along.
    #[must_use]
    pub fn from_csv(word: &str, at_employer: bool) -> Option<Self> {
        let word = word.trim().to_lowercase();
        if word == "opfølgning" {
            return Some(if at_employer { EntryKind::WorkplaceSupport } else { EntryKind::FollowAlong });
        }
        TABLE.iter().find(|row| !row.2.is_empty() && row.2 == word).map(|row| row.0.clone())
    }

    /// The kind somebody typed: a code, or a Danish word that means one thing only.
    ///
    /// # Errors
    /// The sentence to show: the word is unknown, or it means two things.
    pub fn from_typed(word: &str) -> Result<Self, String> {
        let lower = word.trim().to_lowercase();
        let mut typed = TABLE.iter().filter(|row| row.0.is_logged_by_people());
        if let Some(row) = typed.find(|row| row.1 == lower.replace('-', "_") || row.3.to_lowercase() == lower) {
            return Ok(row.0.clone());
        }
        match lower.as_str() {
            "jobsamtale" => {
                return Err(AmbiguousWord {
                    word: "jobsamtale",
                    first: "statutory_talk (Jobsamtale, kommunen)",
                    second: "job_interview (Ansættelsessamtale, arbejdsgiver)",
                }
                .to_string());
            }
            "opfølgning" => {
                return Err(AmbiguousWord {
                    word: "opfølgning",
                    first: "workplace_support (Støtte på jobbet)",
                    second: "follow_along (Opfølgning uden for jobbet)",
                }
                .to_string());
            }
            _ => {}
        }
        Self::from_csv(&lower, false).ok_or_else(|| {
            let codes: Vec<&str> = TABLE.iter().filter(|row| row.0.is_logged_by_people()).map(|row| row.1).collect();
            format!("slagsen findes ikke; vælg en af: {}", codes.join(", "))
        })
    }

    /// The name shown to people. The bare word *jobsamtale* is never shown alone: it means two things.
    #[must_use]
    pub fn danish(&self) -> &str {
        match self {
            EntryKind::Unknown(code) => code,
            known => TABLE.iter().find(|row| row.0 == *known).map_or("", |row| row.3),
        }
    }

    /// Whether the entry is shared with the other side unless somebody says otherwise (where there is consent).
    #[must_use]
    pub const fn is_shared_by_default(&self) -> bool {
        matches!(self, EntryKind::Referral | EntryKind::TreatmentMeeting)
    }

    /// Whether somebody was really met or spoken with: an attempt is no contact, nor is work about the citizen without them.
    #[must_use]
    pub const fn is_real_contact(&self) -> bool {
        !matches!(
            self,
            EntryKind::NotReached
                | EntryKind::OutreachAttempt
                | EntryKind::Note
                | EntryKind::Application
                | EntryKind::EmployerContact
                | EntryKind::Canvassing
                | EntryKind::TeamMeeting
                | EntryKind::Supervision
                | EntryKind::FieldMentoring
                | EntryKind::JobStart
                | EntryKind::JobEnd
                | EntryKind::EducationStart
                | EntryKind::EducationEnd
                | EntryKind::Handover
                | EntryKind::Cover
                | EntryKind::Unknown(_)
        )
    }

    /// Whether it is in person unless somebody says otherwise; of a contact nobody knows.
    #[must_use]
    pub const fn is_usually_in_person(&self) -> bool {
        matches!(self, EntryKind::EmployerVisit | EntryKind::JobInterview)
    }

    /// Whether it takes place at or with an employer, and is told to colleagues without naming a citizen.
    #[must_use]
    pub const fn is_with_an_employer(&self) -> bool {
        matches!(
            self,
            EntryKind::EmployerVisit
                | EntryKind::EmployerContact
                | EntryKind::JobInterview
                | EntryKind::WorkplaceSupport
                | EntryKind::Canvassing
        )
    }

    /// Whether people choose it; the others are written by what they tell of.
    #[must_use]
    pub const fn is_logged_by_people(&self) -> bool {
        !matches!(self, EntryKind::Handover | EntryKind::Cover)
    }

    /// Whether a job or an education starts or ends with it.
    #[must_use]
    pub const fn is_milestone(&self) -> bool {
        matches!(self, EntryKind::JobStart | EntryKind::JobEnd | EntryKind::EducationStart | EntryKind::EducationEnd)
    }

    /// Whether the entry needs no case.
    #[must_use]
    pub const fn may_stand_without_a_case(&self) -> bool {
        matches!(
            self,
            EntryKind::Canvassing
                | EntryKind::TeamMeeting
                | EntryKind::Supervision
                | EntryKind::FieldMentoring
                | EntryKind::Contact
                | EntryKind::OutreachAttempt
                | EntryKind::NotReached
                | EntryKind::EmployerVisit
                | EntryKind::EmployerContact
                | EntryKind::Note
        )
    }
}

impl fmt::Display for EntryKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_survives_its_code() {
        for kind in EntryKind::all() {
            assert_eq!(&EntryKind::from_code(kind.code()), kind);
        }
    }

    #[test]
    fn a_code_of_a_newer_version_is_kept() {
        assert_eq!(EntryKind::from_code("hologram_visit").code(), "hologram_visit");
    }

    #[test]
    fn the_bare_word_jobsamtale_asks_which() {
        let sentence = EntryKind::from_typed("jobsamtale").unwrap_err();
        assert!(sentence.contains("statutory_talk") && sentence.contains("job_interview"), "{sentence}");
        assert!(EntryKind::from_typed("opfølgning").is_err());
        assert_eq!(EntryKind::from_typed("Virksomhedsbesøg"), Ok(EntryKind::EmployerVisit));
    }

    #[test]
    fn in_an_imported_file_the_same_word_is_the_statutory_talk() {
        assert_eq!(EntryKind::from_csv("jobsamtale", false), Some(EntryKind::StatutoryTalk));
        assert_eq!(EntryKind::from_csv("opfølgning", true), Some(EntryKind::WorkplaceSupport));
        assert_eq!(EntryKind::from_csv("opfølgning", false), Some(EntryKind::FollowAlong));
        assert_eq!(EntryKind::from_csv("", false), None);
    }

    #[test]
    fn nobody_logs_a_handover_by_hand() {
        for kind in [EntryKind::Handover, EntryKind::Cover] {
            assert!(EntryKind::from_typed(kind.code()).is_err() && EntryKind::from_typed(kind.danish()).is_err());
            assert!(!kind.is_real_contact() && !kind.may_stand_without_a_case());
            assert_eq!(EntryKind::from_code(kind.code()), kind);
        }
        let sentence = EntryKind::from_typed("hologram").unwrap_err();
        assert!(!sentence.contains("handover"), "{sentence}");
    }

    #[test]
    fn an_attempt_is_no_contact() {
        assert!(!EntryKind::NotReached.is_real_contact());
        assert!(EntryKind::StatutoryTalk.is_real_contact());
    }
}
