//! A consent of the citizen: what may be shared, between whom, until when. It opens the shared folder.

use feltbog_domain::{Consent, DocumentKind, FolderKind};
use feltbog_notes::document_id;
use feltbog_protocol::RevokeReason;
use feltbog_store::{FolderRow, OwedRevoke, Writer};

use crate::device::Device;
use crate::editing::Editor;
use crate::error::AppError;
use crate::folders::{find_case, make_case_folder};
use crate::register::keep_register;
use crate::use_cases::new_case::{a_year_from, typed_day};

/// What a consent says, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct ConsentWish {
    /// Id or number of the case.
    pub case: String,
    /// Types of information; at least one, and none of them "everything" (retssikkerhedsloven § 11 a).
    pub types: Vec<String>,
    /// The organisation that hands out.
    pub giver: Option<String>,
    /// The organisation that receives.
    pub receiver: Option<String>,
    /// First day; today when absent.
    pub from: Option<String>,
    /// Last day; a year from the first when absent.
    pub until: Option<String>,
}

impl Device {
    /// Records a consent. The first one makes the shared folder.
    ///
    /// # Errors
    /// When the case is unknown, no types are named, or the days do not fit.
    pub fn give_consent(&mut self, wish: &ConsentWish) -> Result<(), AppError> {
        let consent = self.consent(wish)?;
        let case = find_case(&self.store.reader(), &wish.case)?;
        if case.of(FolderKind::Employment).is_none() {
            return Err(AppError::NotAllowed("registrere samtykke"));
        }
        let editor = self.editor();
        self.store.write(|w| {
            let shared = match case.of(FolderKind::Shared) {
                Some(shared) => shared.clone(),
                None => make_case_folder(w, editor, FolderKind::Shared, &case.head)?,
            };
            write_consent(w, editor, &shared, &consent)?;
            keep_register(w, editor)
        })
    }

    /// Records that the citizen withdrew the consent: the shared folder takes no new content, and what was lawfully
    /// shared stays readable to both sides. A later consent opens a new one (protocol, settled point 10).
    ///
    /// # Errors
    /// When the case is unknown or nothing is shared, or when it is not this side that keeps the consent.
    pub fn withdraw_consent(&mut self, case: &str) -> Result<(), AppError> {
        let case = find_case(&self.store.reader(), case)?;
        if case.of(FolderKind::Employment).is_none() {
            return Err(AppError::NotAllowed("trække samtykket tilbage"));
        }
        let shared = case.of(FolderKind::Shared).ok_or(AppError::NoConsent)?.id;
        self.store.write(|w| {
            w.close_folder(shared, 0)?;
            Ok(w.owe_revoke(OwedRevoke {
                folder: shared,
                member: None,
                reason: RevokeReason::ConsentWithdrawn,
                to: None,
            })?)
        })
    }

    /// The consent a wish describes, checked: named types, an end, and days that fit.
    pub(crate) fn consent(&self, wish: &ConsentWish) -> Result<Consent, AppError> {
        let types: Vec<String> = wish.types.iter().map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()).collect();
        if types.is_empty() {
            return Err(AppError::Unclear("skriv, hvilke oplysninger der må deles, fx jobmål og fremmøde".into()));
        }
        if types.iter().any(|t| matches!(t.to_lowercase().as_str(), "alt" | "alle" | "alle oplysninger" | "all")) {
            return Err(AppError::Unclear(
                "et samtykke skal nævne, hvilke oplysninger det gælder; \"alt\" er ikke nok".into(),
            ));
        }
        let from = typed_day(wish.from.as_deref())?.unwrap_or_else(|| self.now().date());
        let until = typed_day(wish.until.as_deref())?.unwrap_or_else(|| a_year_from(from));
        if until < from {
            return Err(AppError::Unclear("samtykket slutter, før det begynder".into()));
        }
        Ok(Consent { types, from, until, giver: wish.giver.clone(), receiver: wish.receiver.clone() })
    }
}

/// Writes a consent; one for each first day, so that an import twice changes nothing.
pub(crate) fn write_consent(
    w: &Writer<'_>,
    editor: Editor,
    shared: &FolderRow,
    consent: &Consent,
) -> Result<bool, AppError> {
    let id = document_id(shared.id, DocumentKind::Consent, &consent.from.to_string());
    editor.edit(w, shared, id, DocumentKind::Consent, |document, actor| document.write_consent(actor, consent))
}
