//! A new case, also offline.

use feltbog_domain::{CaseId, CaseProfile, Consent, DocumentKind, FolderKind, Role, parse_danish_date};
use feltbog_notes::{HeadFields, document_id};
use feltbog_sealing::random_id;
use feltbog_store::{FolderRow, Writer};
use jiff::civil::Date;

use crate::device::Device;
use crate::editing::Editor;
use crate::enrolment::person_name;
use crate::error::AppError;
use crate::folders::make_case_folder;
use crate::register::keep_register;
use crate::use_cases::give_consent::{ConsentWish, write_consent};

/// What a new case says, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct NewCaseWish {
    /// The case number.
    pub number: String,
    /// The citizen's name.
    pub name: String,
    /// Name of the programme; may be absent while there is one.
    pub programme: Option<String>,
    /// First day; today when absent.
    pub enrolled_on: Option<String>,
    /// What the citizen wants to work with.
    pub job_wish: Option<String>,
    /// Types of information the citizen agrees to share; none means no consent.
    pub consent_types: Vec<String>,
    /// Last day of that consent; a year from today when absent.
    pub consent_until: Option<String>,
}

impl Device {
    /// Whether any of this member's roles allows to make a case.
    pub(crate) fn may_make_cases(&self) -> bool {
        let roles = self.my_roles();
        roles.iter().any(|grant| FolderKind::Employment.may_be_made_by(grant.programme, roles))
    }

    /// Makes a case with its employment folder; with a consent also the shared one.
    ///
    /// # Errors
    /// When something typed cannot be understood, the number is in use here, or the role does not allow it.
    pub fn new_case(&mut self, wish: &NewCaseWish) -> Result<CaseId, AppError> {
        let programme = self.programme(wish.programme.as_deref())?;
        if !FolderKind::Employment.may_be_made_by(programme, self.my_roles()) {
            return Err(AppError::NotAllowed("oprette borgere"));
        }
        let number = case_number(&wish.number)?;
        if !self.store.reader().folders_of_case(&number)?.is_empty() {
            return Err(AppError::Unclear("der er allerede en borger med det nummer".into()));
        }
        let today = self.now().date();
        let head = HeadFields { case: random_id(), number, name: person_name(&wish.name)?, programme };
        let consultant = self.my_roles().iter().any(|g| g.role == Role::Consultant && g.programme == programme);
        let profile = CaseProfile {
            enrolled_on: Some(typed_day(wish.enrolled_on.as_deref())?.unwrap_or(today)),
            consultant: consultant.then(|| self.my_name()).transpose()?,
            job_wish: wish.job_wish.clone().filter(|wish| !wish.trim().is_empty()),
            ..CaseProfile::default()
        };
        let consent = match wish.consent_types.as_slice() {
            [] => None,
            types => Some(self.consent(&ConsentWish {
                types: types.to_vec(),
                until: wish.consent_until.clone(),
                ..ConsentWish::default()
            })?),
        };
        let editor = self.editor();
        self.store.write(|w| {
            make_case(w, editor, &head, &profile, consent.as_ref())?;
            keep_register(w, editor)
        })?;
        Ok(head.case)
    }
}

/// Makes the folders and documents of a case. Returns the employment folder, and the shared one where there is consent.
pub(crate) fn make_case(
    w: &Writer<'_>,
    editor: Editor,
    head: &HeadFields,
    profile: &CaseProfile,
    consent: Option<&Consent>,
) -> Result<(FolderRow, Option<FolderRow>), AppError> {
    let employment = make_case_folder(w, editor, FolderKind::Employment, head)?;
    write_profile(w, editor, &employment, profile)?;
    let Some(consent) = consent else { return Ok((employment, None)) };
    let shared = make_case_folder(w, editor, FolderKind::Shared, head)?;
    write_consent(w, editor, &shared, consent)?;
    Ok((employment, Some(shared)))
}

/// Writes the case's own facts under the id every device arrives at.
pub(crate) fn write_profile(
    w: &Writer<'_>,
    editor: Editor,
    employment: &FolderRow,
    profile: &CaseProfile,
) -> Result<bool, AppError> {
    let id = document_id(employment.id, DocumentKind::Profile, "profile");
    editor.edit(w, employment, id, DocumentKind::Profile, |document, actor| document.write_profile(actor, profile))
}

/// A case number: not empty, without spaces at its ends.
fn case_number(number: &str) -> Result<String, AppError> {
    let number = number.trim();
    if number.is_empty() || number == "-" {
        Err(AppError::Unclear("borgerens nummer mangler".into()))
    } else {
        Ok(number.to_owned())
    }
}

/// `dd-mm-åååå` or `åååå-mm-dd`; nothing typed is nothing.
pub(crate) fn typed_day(text: Option<&str>) -> Result<Option<Date>, AppError> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    parse_danish_date(text)
        .or_else(|| text.parse().ok())
        .map(Some)
        .ok_or_else(|| AppError::Unclear("datoen forstås ikke: skriv fx 12-03-2026".into()))
}

/// The longest a consent may last (sundhedsloven § 44).
pub(crate) fn a_year_from(day: Date) -> Date {
    day.checked_add(jiff::Span::new().years(1)).unwrap_or(day)
}

impl Device {
    /// The name of this device's member, as the staff list has it.
    pub(crate) fn my_name(&self) -> Result<String, AppError> {
        Ok(self.staff_name(self.me())?.unwrap_or_else(|| self.identity.name.clone()))
    }

    pub(crate) fn staff_name(&self, member: feltbog_domain::MemberId) -> Result<Option<String>, AppError> {
        Ok(self.store.reader().staff()?.into_iter().find(|row| row.member == member).map(|row| row.name))
    }
}
