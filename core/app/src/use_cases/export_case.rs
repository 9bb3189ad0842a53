//! Everything this device may see of one citizen, for an access request.

mod as_paper;
mod as_text;
mod marked;
mod other_devices;
mod said;

use feltbog_domain::{DocumentId, Moment, Person, ReadAction, Side};

use crate::device::Device;
use crate::error::AppError;
use crate::folders::find_case;
use crate::others_named::{Other, Others};
use crate::reading::{Read, told_under};
use crate::use_cases::caseload::CaseSummary;
use crate::use_cases::show_case::{CaseView, EntryView};

pub use other_devices::OtherDevices;

/// Something that names another person, to be looked at before the file is handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToReview {
    /// The entry; nothing for the case's own facts.
    pub entry: Option<DocumentId>,
    /// The field.
    pub field: &'static str,
    /// The word that names somebody.
    pub name: String,
    /// Who that is.
    pub who: Other,
}

/// The file of one citizen.
#[derive(Debug, Clone)]
pub struct CaseExport {
    /// When it was made.
    pub at: Moment,
    /// By whom.
    pub by: String,
    /// For which administrations that person works.
    pub sides: Vec<Side>,
    /// Who else may have written something in the case that has not come here.
    pub others: Vec<OtherDevices>,
    /// The case, oldest entry first, each addendum below what it adds to.
    pub view: CaseView,
    /// What names others.
    pub review: Vec<ToReview>,
    /// Entries of the case that are only on this device.
    pub own_unsent: u32,
}

/// What nobody can know here.
pub const OTHERS_UNSENT: &str = "Andre enheder kan have noget, der ikke er sendt.";

impl Device {
    /// The file of one citizen. That it was made stands in the read log before this returns. It holds no word of the entry
    /// that another citizen has of the same visit.
    ///
    /// # Errors
    /// [`AppError::UnknownCase`].
    pub fn export_case(&mut self, case: &str) -> Result<CaseExport, AppError> {
        let found = find_case(&self.store.reader(), case)?;
        let (mut view, told) = self.case_view(case)?;
        let around = view.case.as_ref().map(|case| case.profile.people.as_slice()).unwrap_or_default();
        let others = self.others_than(&found.head.name, around, &view.entries)?;
        view.entries = in_order(std::mem::take(&mut view.entries));
        let export = CaseExport {
            at: self.now(),
            by: self.my_name()?,
            sides: self.my_sides(),
            others: self.other_devices(&found.folders)?,
            review: review(&view, &others),
            own_unsent: view.case.as_ref().map_or(0, |case| case.unsent),
            view,
        };
        self.note_reads(told.into_iter().map(|folder| Read::of(folder, ReadAction::Exported)).collect())?;
        Ok(export)
    }

    /// The caseload as the lines of `forloeb.csv`. That each citizen is in it stands in the read log before this returns.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn export_caseload(&mut self) -> Result<(String, u32), AppError> {
        let cases = self.cases()?;
        let told = cases.iter().filter_map(|case| told_under(case.folders.iter().copied()));
        self.note_reads(told.map(|folder| Read::of(folder, ReadAction::Exported)).collect())?;
        Ok((crate::caseload_csv::caseload_csv(&cases)?, u32::try_from(cases.len()).unwrap_or(u32::MAX)))
    }

    fn my_sides(&self) -> Vec<Side> {
        let mut sides: Vec<Side> = self.my_roles().iter().map(|grant| grant.side).collect();
        sides.sort_unstable();
        sides.dedup();
        sides
    }

    fn others_than(&self, citizen: &str, around: &[Person], entries: &[EntryView]) -> Result<Others, AppError> {
        let r = self.store.reader();
        let mut others = Others::default();
        for staff in r.staff()? {
            others.add(&staff.name, Other::Staff);
        }
        for therapist in r.profiles()?.into_iter().flat_map(|row| [row.profile.therapist, row.profile.consultant]) {
            others.add(&therapist.unwrap_or_default(), Other::Staff);
        }
        for person in r.employers()?.into_iter().filter_map(|employer| employer.fields.contact_person) {
            others.add(&person, Other::EmployerContact);
        }
        for row in r.contact_people()? {
            others.add(&row.person.name, Other::EmployerContact);
        }
        for person in entries.iter().filter_map(|entry| entry.fields.contact_person.as_ref()) {
            others.add(person, Other::EmployerContact);
        }
        for person in around {
            others.add(&person.name, Other::Around);
        }
        for row in r.case_folders()? {
            others.add(&row.name, Other::Citizen);
        }
        others.leave_out(citizen);
        Ok(others)
    }
}

/// Oldest first, addenda below their entry.
fn in_order(mut entries: Vec<EntryView>) -> Vec<EntryView> {
    entries.sort_by(|a, b| a.fields.at.cmp(&b.fields.at).then(a.entry.cmp(&b.entry)));
    let known: Vec<DocumentId> = entries.iter().map(|entry| entry.entry).collect();
    let (addenda, whole): (Vec<EntryView>, Vec<EntryView>) =
        entries.into_iter().partition(|entry| entry.fields.addendum_to.is_some_and(|to| known.contains(&to)));
    let mut ordered: Vec<EntryView> = whole;
    for addendum in addenda {
        // An addendum to an addendum stands below that, and a later one below an earlier.
        let below = ordered.iter().rposition(|entry| {
            Some(entry.entry) == addendum.fields.addendum_to || entry.fields.addendum_to == addendum.fields.addendum_to
        });
        let at = below.map_or(ordered.len(), |at| at + 1);
        ordered.insert(at, addendum);
    }
    ordered
}

fn review(view: &CaseView, others: &Others) -> Vec<ToReview> {
    let mut found = Vec::new();
    if let Some(case) = &view.case {
        found.extend(in_facts(case, others));
    }
    for (agreement, _) in &view.agreements {
        for text in [&agreement.may_say, &agreement.may_not_say].into_iter().flatten() {
            found.extend(in_text(None, "agreement", text, others));
        }
    }
    for entry in &view.entries {
        found.extend(in_entry(entry, others));
    }
    found
}

fn in_facts(case: &CaseSummary, others: &Others) -> Vec<ToReview> {
    let profile = &case.profile;
    let named = |field, name: &Option<String>| {
        name.clone().map(|name| ToReview { entry: None, field, name, who: Other::Staff })
    };
    let mut found: Vec<ToReview> = [named("consultant", &profile.consultant), named("therapist", &profile.therapist)]
        .into_iter()
        .flatten()
        .collect();
    found.extend(profile.people.iter().map(|person| ToReview {
        entry: None,
        field: "people",
        name: person.name.clone(),
        who: Other::Around,
    }));
    for note in profile.people.iter().filter_map(|person| person.note.as_ref()) {
        found.extend(in_text(None, "people", note, others));
    }
    let former = profile.former_wishes.iter().map(|former| ("former_wishes", &former.wish));
    let texts = [
        ("job_wish", &profile.job_wish),
        ("plan", &profile.plan),
        ("strengths", &profile.strengths),
        ("support", &profile.support),
        ("exit_reason", &profile.exit_reason),
    ];
    let texts = texts.into_iter().filter_map(|(field, text)| Some((field, text.as_ref()?)));
    found.extend(texts.chain(former).flat_map(|(field, text)| in_text(None, field, text, others)));
    found
}

fn in_entry(entry: &EntryView, others: &Others) -> Vec<ToReview> {
    let fields = &entry.fields;
    let whole = |field, name: &str, who| ToReview { entry: Some(entry.entry), field, name: name.to_owned(), who };
    let mut found: Vec<ToReview> = Vec::new();
    found.extend(fields.contact_person.iter().map(|name| whole("contact_person", name, Other::EmployerContact)));
    found.extend(entry.authors.iter().map(|name| whole("authors", name, Other::Staff)));
    found.extend(entry.imported_by.iter().map(|name| whole("imported_by", name, Other::Staff)));
    let texts = [
        ("note", Some(entry.note.as_str())),
        ("next_step", fields.next_step.as_ref().map(|step| step.text.as_str())),
        ("place", fields.place.as_deref()),
        ("job_title", fields.job_title.as_deref()),
        ("mistaken", fields.marks.mistaken.as_deref()),
    ];
    let texts = texts.into_iter().filter_map(|(field, text)| Some((field, text?)));
    found.extend(texts.flat_map(|(field, text)| in_text(Some(entry.entry), field, text, others)));
    let both = entry.conflicts.values().flatten();
    found.extend(both.flat_map(|text| in_text(Some(entry.entry), "conflicts", text, others)));
    found
}

fn in_text(entry: Option<DocumentId>, field: &'static str, text: &str, others: &Others) -> Vec<ToReview> {
    others.named_in(text).into_iter().map(|(name, who)| ToReview { entry, field, name, who }).collect()
}
