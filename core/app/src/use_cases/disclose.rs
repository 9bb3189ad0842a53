//! What may be said to an employer: agreed with the citizen, for one employer, with its history.

use feltbog_domain::{
    Agreement, CvrNumber, Disclosure, DocumentKind, FolderId, FolderKind, Moment, ReadAction, agreement_for_all,
};
use feltbog_sealing::random_id;

use crate::device::Device;
use crate::error::AppError;
use crate::folders::find_case;
use crate::reading::Read;
use crate::use_cases::employer_contact::ContactView;
use crate::use_cases::employers::EmployerSummary;
use crate::use_cases::entry_wish::line;

/// Contacts shown before going in.
const SHOWN: u32 = 6;

/// What was agreed, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct DiscloseWish {
    /// Id or number of the case.
    pub case: String,
    /// Company number.
    pub employer: String,
    /// `none`, `agreed` or `all`.
    pub decision: String,
    /// *Må siges*.
    pub may_say: Option<String>,
    /// *Må ikke siges*.
    pub may_not_say: Option<String>,
}

/// *Ved døren*: everything worth knowing before going in, on one card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoorCard {
    /// The employer.
    pub employer: CvrNumber,
    /// Its name.
    pub name: Option<String>,
    /// Whom to ask for.
    pub contact_person: Option<String>,
    /// Everything the register knows of it, and of those that are the same one.
    pub known: Option<EmployerSummary>,
    /// The team's latest contacts; no citizen is named.
    pub contacts: Vec<ContactView>,
    /// What is in force for the citizen at hand; nothing may be said without it.
    pub agreement: Option<Agreement>,
}

impl Device {
    /// Records what a citizen agreed may be said to an employer, and to every company that is the same one. What was agreed
    /// before stays in the history.
    ///
    /// # Errors
    /// An unknown case or word, *det aftalte* without words, or a side that does not keep the agreement.
    pub fn disclose(&mut self, wish: &DiscloseWish) -> Result<(), AppError> {
        let employer: CvrNumber = wish.employer.trim().parse()?;
        let disclosure = Disclosure::from_typed(&wish.decision)
            .ok_or_else(|| AppError::Unclear("skriv none, agreed eller all".into()))?;
        let may_say = line(wish.may_say.as_deref(), "det, der må siges,")?;
        if disclosure == Disclosure::Agreed && may_say.is_none() {
            return Err(AppError::Unclear("skriv med borgerens ord, hvad der må siges".into()));
        }
        let case = find_case(&self.store.reader(), &wish.case)?;
        let folder = case.of(FolderKind::Employment).ok_or(AppError::NotAllowed("aftale, hvad der må siges"))?.clone();
        let employers = self.employer_groups()?.members(employer);
        let agreement = Agreement {
            employer,
            disclosure,
            may_say: may_say.filter(|_| disclosure != Disclosure::Nothing),
            may_not_say: line(wish.may_not_say.as_deref(), "det, der ikke må siges,")?,
            decided_at: self.after_what_was_decided(folder.id, &employers)?,
        };
        let editor = self.editor();
        self.store.write(|w| {
            for employer in employers {
                let agreement = Agreement { employer, ..agreement.clone() };
                editor.edit(w, &folder, random_id(), DocumentKind::Agreement, |document, actor| {
                    document.write_agreement(actor, &agreement)
                })?;
            }
            Ok(())
        })
    }

    fn agreement_to_show(&mut self, case: &str, employer: CvrNumber) -> Result<Option<Agreement>, AppError> {
        let case = find_case(&self.store.reader(), case)?;
        let Some(folder) = case.of(FolderKind::Employment).map(|folder| folder.id) else { return Ok(None) };
        let agreements = self.store.reader().agreements(folder)?;
        self.note_reads(vec![Read::of(folder, ReadAction::Opened)])?;
        let employers = self.employer_groups()?.members(employer);
        Ok(agreement_for_all(&agreements, &employers))
    }

    /// Now, and later than every decision known here: one that a clock set ahead dated into the future would otherwise stay
    /// in force however often the citizen takes it back.
    fn after_what_was_decided(&self, folder: FolderId, employers: &[CvrNumber]) -> Result<Moment, AppError> {
        let agreements = self.store.reader().agreements(folder)?;
        let of_these = agreements.iter().filter(|known| employers.contains(&known.employer));
        let last = of_these.map(|known| known.decided_at).max();
        let next = last.map(|last| Moment::from_unix_ms(last.unix_ms().saturating_add(1_000)));
        Ok(next.map_or(self.now(), |next| next.max(self.now())))
    }

    /// The card for an employer, and for a citizen where one is at hand. The citizen's part stands in the read log before
    /// this returns.
    ///
    /// # Errors
    /// A company number that cannot be one, or an unknown case.
    pub fn at_the_door(&mut self, employer: &str, case: Option<&str>) -> Result<DoorCard, AppError> {
        let employer: CvrNumber = employer.trim().parse()?;
        let agreement = case.map(|case| self.agreement_to_show(case, employer)).transpose()?.flatten();
        let known = self.employer(employer)?;
        Ok(DoorCard {
            employer: known.as_ref().map_or(employer, |known| known.fields.cvr),
            name: known.as_ref().map(|known| known.fields.name.clone()),
            contact_person: known.as_ref().and_then(|known| known.ask_for().map(str::to_owned)),
            contacts: self.contacts_with(&self.employer_groups()?.members(employer), SHOWN)?,
            agreement,
            known,
        })
    }
}
