//! What the team knows of each other's work with employers. It names no citizen.

use std::collections::BTreeMap;

use feltbog_domain::{
    CvrNumber, DocumentId, DocumentKind, EmployerContact, EntryFields, FolderKind, MemberId, Moment, ProgrammeId,
    Rights,
};
use feltbog_notes::document_id;
use feltbog_store::{FolderRow, Reader, Writer};

use crate::device::Device;
use crate::editing::Editor;
use crate::error::AppError;
use crate::use_cases::employers::{TO_LOOK_AT, recent_of_a_colleague};

/// One contact as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactView {
    /// What the team shares of it.
    pub contact: EmployerContact,
    /// The colleague's name.
    pub by: String,
    /// It was this member.
    pub mine: bool,
}

impl Device {
    /// The team's contacts with companies that are one, newest first.
    pub(crate) fn contacts_with(&self, employers: &[CvrNumber], limit: u32) -> Result<Vec<ContactView>, AppError> {
        self.contacts_by(employers, limit, &self.staff_names()?)
    }

    /// The same where the names of the staff are at hand.
    pub(crate) fn contacts_by(
        &self,
        employers: &[CvrNumber],
        limit: u32,
        names: &BTreeMap<MemberId, String>,
    ) -> Result<Vec<ContactView>, AppError> {
        let mut contacts = Vec::new();
        for employer in employers {
            contacts.extend(self.store.reader().employer_contacts(*employer, limit)?);
        }
        contacts.sort_by_key(|(contact, _)| std::cmp::Reverse(contact.at));
        contacts.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let view = |(contact, by): (EmployerContact, Option<MemberId>)| ContactView {
            mine: by == Some(self.me()),
            contact,
            by: by.and_then(|by| names.get(&by).cloned()).unwrap_or_else(|| "en kollega".into()),
        };
        Ok(contacts.into_iter().map(view).collect())
    }

    pub(crate) fn staff_names(&self) -> Result<BTreeMap<MemberId, String>, AppError> {
        Ok(self.store.reader().staff()?.into_iter().map(|row| (row.member, row.name)).collect())
    }

    /// A word when a colleague was in touch with the employer shortly before: two of a team at one counter look like two
    /// companies that do not talk with each other.
    pub(crate) fn recent_contact_of_a_colleague(
        &self,
        employer: CvrNumber,
        at: Moment,
    ) -> Result<Option<String>, AppError> {
        let contacts = self.contacts_with(&self.employer_groups()?.members(employer), TO_LOOK_AT)?;
        Ok(recent_of_a_colleague(&contacts, at).map(|(by, when)| {
            let when = when.danish();
            format!("{by} var i kontakt med virksomheden {when}. Aftal med hinanden, hvem der gør hvad")
        }))
    }
}

/// Tells the team of a contact, where this device is one of the team.
pub(crate) fn tell_the_team(
    w: &Writer<'_>,
    editor: Editor,
    programme: ProgrammeId,
    entry: DocumentId,
    fields: &EntryFields,
    about: Option<&str>,
) -> Result<(), AppError> {
    let (Some(employer), true) = (fields.employer, fields.kind.is_with_an_employer()) else { return Ok(()) };
    let Some(register) = writable_register(w, editor, programme)? else { return Ok(()) };
    let contact = EmployerContact {
        employer,
        unit: fields.unit,
        at: fields.at,
        kind: fields.kind.clone(),
        face_to_face: fields.face_to_face,
        contact_person: fields.contact_person.clone(),
        purpose: fields.purpose.clone(),
        outcome: fields.outcome.clone(),
        about: about.map(str::to_owned),
        mistaken: false,
    };
    write_contact(w, editor, &register, contact_id(&register, entry, fields), &contact)
}

/// What was put right in an entry is put right in what the team knows of it.
pub(crate) fn keep_the_team_told(w: &Writer<'_>, editor: Editor, entry: DocumentId) -> Result<(), AppError> {
    let Some(row) = w.entry(entry)? else { return Ok(()) };
    let Some(folder) = w.folder(row.folder)? else { return Ok(()) };
    let Some(register) = writable_register(w, editor, folder.programme)? else { return Ok(()) };
    let id = contact_id(&register, entry, &row.fields);
    let Some(known) = w.document(id)?.filter(|known| known.kind == DocumentKind::EmployerContact) else {
        // What became a contact with an employer afterwards is told by whoever wrote it; who imported it was not there.
        let mine = w.authors(entry)?.first() == Some(&editor.member);
        let told = mine && row.fields.recorded_by.is_none() && row.fields.marks.counts();
        return if told { tell_the_team(w, editor, folder.programme, entry, &row.fields, None) } else { Ok(()) };
    };
    let before = feltbog_notes::Document::load(known.kind, &known.saved)?.employer_contact()?;
    let fields = &row.fields;
    let counts = match fields.visit {
        Some(visit) => w.counts_in_visit(visit)?,
        None => fields.marks.counts(),
    };
    let contact = EmployerContact {
        employer: fields.employer.unwrap_or(before.employer),
        unit: fields.unit,
        at: fields.at,
        kind: fields.kind.clone(),
        face_to_face: fields.face_to_face,
        contact_person: fields.contact_person.clone(),
        purpose: fields.purpose.clone(),
        outcome: fields.outcome.clone(),
        mistaken: !counts || fields.employer.is_none() || !fields.kind.is_with_an_employer(),
        ..before
    };
    write_contact(w, editor, &register, id, &contact)
}

/// One contact for one visit, however many citizens it was about.
fn contact_id(register: &FolderRow, entry: DocumentId, fields: &EntryFields) -> DocumentId {
    document_id(register.id, DocumentKind::EmployerContact, &fields.visit.unwrap_or(entry).to_string())
}

fn writable_register(r: &Reader<'_>, editor: Editor, programme: ProgrammeId) -> Result<Option<FolderRow>, AppError> {
    let Some(register) = r.folders_of(FolderKind::Employers, programme)?.into_iter().next() else { return Ok(None) };
    let may = r.rights(register.id, editor.member)?.is_some_and(|rights| rights.covers(Rights::WRITE));
    Ok((may && !register.closed).then_some(register))
}

fn write_contact(
    w: &Writer<'_>,
    editor: Editor,
    register: &FolderRow,
    id: DocumentId,
    contact: &EmployerContact,
) -> Result<(), AppError> {
    editor.edit(w, register, id, DocumentKind::EmployerContact, |document, actor| {
        document.write_employer_contact(actor, contact)
    })?;
    Ok(())
}
