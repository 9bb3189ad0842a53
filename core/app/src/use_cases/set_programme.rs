//! What a programme's leader sets for it.

use feltbog_domain::{DocumentKind, ProgrammeId, ProgrammeSettings, Rights, Role, RoleGrant, Side, TalkInterval};
use feltbog_notes::{ProgrammeFields, document_id};

use crate::device::Device;
use crate::error::AppError;
use crate::new_programme::staff_folder;
use crate::use_cases::entry_wish::non_empty;

/// What was changed: what is absent stays as it was, an empty text takes the value away.
#[derive(Debug, Clone, Default)]
pub struct ProgrammeWish {
    /// Name of the programme; may be absent while there is one.
    pub programme: Option<String>,
    /// Whether its consultants are the authority.
    pub authority: Option<bool>,
    /// From one statutory talk to the next, as people type it: *3 måneder*.
    pub talk_interval: Option<String>,
}

/// A programme's settings, and whether this member may change them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgrammeView {
    /// Its name.
    pub name: String,
    /// What is set.
    pub settings: ProgrammeSettings,
    /// Whether this member leads it.
    pub may_set: bool,
}

impl Device {
    /// Sets what differs from programme to programme. It holds on every device of the municipality once it is fetched there.
    ///
    /// # Errors
    /// [`AppError::NotAllowed`] unless the member leads the programme's employment side; an interval that cannot be
    /// understood.
    pub fn set_programme(&mut self, wish: &ProgrammeWish) -> Result<(), AppError> {
        let programme = self.programme(wish.programme.as_deref())?;
        if !self.leads_employment(programme) {
            return Err(AppError::NotAllowed("ændre programmets indstillinger"));
        }
        let interval = wish.talk_interval.as_deref().map(interval).transpose()?;
        let editor = self.editor();
        self.store.write(|w| {
            let staff = staff_folder(w)?.ok_or(AppError::NothingFetchedYet)?;
            let known = w.programmes()?.into_iter().find(|row| row.id == programme);
            let Some(known) = known else {
                return Err(AppError::Unclear("programmet har ikke noget navn endnu: feltbog programme NAVN".into()));
            };
            if !w.rights(staff.id, editor.member)?.is_some_and(|own| own.covers(Rights::WRITE)) {
                return Err(AppError::NotAllowed("ændre programmets indstillinger"));
            }
            let settings = ProgrammeSettings {
                authority: wish.authority.or(known.settings.authority),
                talk_interval: interval.unwrap_or(known.settings.talk_interval),
            };
            let id = document_id(staff.id, DocumentKind::Programme, &programme.to_string());
            editor.edit(w, &staff, id, DocumentKind::Programme, |document, actor| {
                let file = document.programme()?.file;
                document.write_programme(actor, &ProgrammeFields { programme, name: known.name, settings, file })
            })?;
            Ok(())
        })
    }

    /// What is set for each programme this member works in, or administrates.
    pub(crate) fn programme_views(&self) -> Result<Vec<ProgrammeView>, AppError> {
        let is_mine = |id: ProgrammeId| {
            self.my_roles().iter().any(|grant| grant.programme == id || grant.role == Role::Administrator)
        };
        let rows = self.store.reader().programmes()?.into_iter().filter(|row| is_mine(row.id));
        let view = rows.map(|row| ProgrammeView {
            may_set: self.leads_employment(row.id),
            name: row.name,
            settings: row.settings,
        });
        Ok(view.collect())
    }

    /// Whether the member leads the programme's employment side.
    pub(super) fn leads_employment(&self, programme: ProgrammeId) -> bool {
        let leads = |grant: &RoleGrant| {
            grant.role == Role::Leader && grant.side == Side::Employment && grant.programme == programme
        };
        self.my_roles().iter().any(leads)
    }
}

fn interval(text: &str) -> Result<Option<String>, AppError> {
    let Some(text) = non_empty(Some(text)) else { return Ok(None) };
    let interval = TalkInterval::typed(text);
    interval.map(|interval| Some(interval.to_string())).ok_or_else(|| {
        AppError::Unclear("tiden mellem to samtaler forstås ikke: skriv fx 3 måneder, 4 uger eller 28 dage".into())
    })
}
