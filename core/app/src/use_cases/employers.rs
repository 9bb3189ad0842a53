//! The programme's employers, those that are one shown as one.

use std::collections::{BTreeMap, BTreeSet};

use feltbog_domain::{
    CvrNumber, DocumentId, EmployerFields, EmployerGroups, EmployerUnit, LooksLike, MemberId, Moment, Opening, fold,
    likely_same,
};
use feltbog_store::{ContactPersonRow, EmployerReadRow};

use crate::device::Device;
use crate::error::AppError;
use crate::use_cases::employer_contact::ContactView;

/// One employer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmployerSummary {
    /// What the register says.
    pub fields: EmployerFields,
    /// When somebody was last there; no citizen is named.
    pub last_visit: Option<Moment>,
    /// The colleague who was last in touch with them.
    pub last_by: Option<String>,
    /// A colleague who was there a short time ago, and when.
    pub recent: Option<(String, Moment)>,
    /// Who works there, the one to ask for first, those who left last.
    pub people: Vec<ContactPersonRow>,
    /// What it looks for, what stands open first.
    pub openings: Vec<OpeningView>,
    /// The companies that are the same one.
    pub also: Vec<(CvrNumber, String)>,
    /// Others that look like the same one, and why.
    pub likely: Vec<(CvrNumber, String, LooksLike)>,
    /// Others of which somebody said that they are not.
    pub apart: Vec<(CvrNumber, String)>,
}

impl EmployerSummary {
    /// What stands open today.
    pub fn open_openings(&self) -> impl Iterator<Item = &OpeningView> {
        self.openings.iter().filter(|opening| opening.is_open)
    }

    /// Whom to ask for.
    #[must_use]
    pub fn ask_for(&self) -> Option<&str> {
        if self.people.is_empty() {
            return self.fields.contact_person.as_deref();
        }
        self.people.iter().find(|row| !row.person.left).map(|row| row.person.name.as_str())
    }

    pub(crate) fn is_apart_from(&self, other: CvrNumber) -> bool {
        self.apart.iter().any(|(apart, _)| *apart == other)
    }

    fn holds(&self, wanted: &str) -> bool {
        let numbers: Vec<String> =
            self.also.iter().map(|(cvr, _)| cvr.to_string()).chain([self.fields.cvr.to_string()]).collect();
        let units = self.fields.units.iter().flat_map(|unit| [Some(unit.number.to_string()), unit.name.clone()]);
        let texts = [Some(self.fields.name.as_str()), self.fields.trade.as_deref(), self.fields.town.as_deref()];
        let texts = texts.into_iter().flatten().chain(self.also.iter().map(|(_, name)| name.as_str()));
        let people = self.people.iter().map(|row| row.person.name.as_str());
        let open = self.open_openings().map(|opening| opening.opening.text.as_str());
        texts
            .chain(numbers.iter().map(String::as_str))
            .chain(people)
            .chain(open)
            .any(|text| fold(text).contains(wanted))
            || units.flatten().any(|text| fold(&text).contains(wanted))
    }
}

/// What an employer looks for, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningView {
    /// The document.
    pub id: DocumentId,
    /// What it is.
    pub opening: Opening,
    /// Who noted it.
    pub by: String,
    /// Whether it stands open today.
    pub is_open: bool,
}

impl Device {
    /// Employers of whom something that is shown holds the words, most recently visited first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn employers(&self, words: &str) -> Result<Vec<EmployerSummary>, AppError> {
        let wanted = fold(words.trim());
        let mut found = self.register_of_employers()?;
        found.retain(|employer| employer.holds(&wanted));
        Ok(found)
    }

    /// The employer of a number, or the one it was merged into.
    pub(crate) fn employer(&self, cvr: CvrNumber) -> Result<Option<EmployerSummary>, AppError> {
        let is = |employer: &EmployerSummary| {
            employer.fields.cvr == cvr || employer.also.iter().any(|(other, _)| *other == cvr)
        };
        Ok(self.register_of_employers()?.into_iter().find(is))
    }

    /// Which companies are one.
    pub(crate) fn employer_groups(&self) -> Result<EmployerGroups, AppError> {
        Ok(EmployerGroups::of(self.store.reader().merged_employers()?))
    }

    fn register_of_employers(&self) -> Result<Vec<EmployerSummary>, AppError> {
        let r = self.store.reader();
        let (rows, groups, staff) = (r.employers()?, self.employer_groups()?, self.staff_names()?);
        let (likely, apart) = (likely_same(rows.iter().map(|row| &row.fields)), apart(&rows, &groups));
        let mut together: BTreeMap<CvrNumber, Vec<EmployerReadRow>> = BTreeMap::new();
        for row in rows {
            together.entry(groups.head(row.fields.cvr)).or_default().push(row);
        }
        let mut employers = Vec::with_capacity(together.len());
        for (head, rows) in together {
            employers.push(self.as_one(head, rows, &groups, &staff)?);
        }
        self.add_people_and_openings(&mut employers, &groups, &staff)?;
        add_likely(&mut employers, likely, &apart, &groups);
        employers.sort_by(|a, b| b.last_visit.cmp(&a.last_visit).then_with(|| a.fields.name.cmp(&b.fields.name)));
        Ok(employers)
    }

    /// The documents of one company as one employer: what the head says, and where it says nothing, the others.
    fn as_one(
        &self,
        head: CvrNumber,
        mut rows: Vec<EmployerReadRow>,
        groups: &EmployerGroups,
        staff: &BTreeMap<MemberId, String>,
    ) -> Result<EmployerSummary, AppError> {
        rows.sort_by_key(|row| (row.fields.cvr != head, row.fields.cvr, row.document));
        let last_entry = rows.iter().filter_map(|row| row.last_visit).max();
        let mut said = rows.into_iter().map(|row| row.fields);
        let mut fields = said.next().ok_or(AppError::UnknownEmployer)?;
        let mut also: Vec<(CvrNumber, String)> = Vec::new();
        for other in said {
            if other.cvr != fields.cvr && !also.iter().any(|(known, _)| *known == other.cvr) {
                also.push((other.cvr, other.name.clone()));
            }
            fields.unverified &= other.unverified || other.cvr != fields.cvr;
            fill_in(&mut fields, other);
        }
        let contacts = self.contacts_by(&groups.members(head), TO_LOOK_AT, staff)?;
        let last = contacts.first();
        let last_at = last.map(|last| last.contact.at);
        Ok(EmployerSummary {
            last_visit: last_entry.max(last_at),
            // Who it was is known of the team's own contacts only.
            last_by: last.filter(|_| last_at >= last_entry).map(|last| last.by.clone()),
            recent: recent_of_a_colleague(&contacts, self.now()),
            fields,
            people: Vec::new(),
            openings: Vec::new(),
            also,
            likely: Vec::new(),
            apart: Vec::new(),
        })
    }

    fn add_people_and_openings(
        &self,
        employers: &mut [EmployerSummary],
        groups: &EmployerGroups,
        staff: &BTreeMap<MemberId, String>,
    ) -> Result<(), AppError> {
        let (r, today) = (self.store.reader(), self.now().date());
        let at: BTreeMap<CvrNumber, usize> =
            employers.iter().enumerate().map(|(at, employer)| (groups.head(employer.fields.cvr), at)).collect();
        let place = |cvr: CvrNumber| at.get(&groups.head(cvr)).copied();
        for row in r.contact_people()? {
            if let Some(employer) = place(row.person.employer).and_then(|at| employers.get_mut(at)) {
                employer.people.push(row);
            }
        }
        for row in r.openings()? {
            let Some(employer) = place(row.opening.employer).and_then(|at| employers.get_mut(at)) else { continue };
            let by = row.by.and_then(|by| staff.get(&by).cloned());
            employer.openings.push(OpeningView {
                id: row.document,
                is_open: row.opening.is_open_on(today),
                opening: row.opening,
                by: by.unwrap_or_else(|| "en kollega".into()),
            });
        }
        for employer in employers {
            employer.people.sort_by(|a, b| a.person.place().cmp(&b.person.place()));
            employer.openings.sort_by_key(|opening| !opening.is_open);
        }
        Ok(())
    }
}

/// Contacts looked through for a colleague's.
pub(crate) const TO_LOOK_AT: u32 = 10;
/// Days within which a colleague's contact is worth a word before one's own.
const RECENT_DAYS: i64 = 14;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The colleague who was in touch shortly before a moment.
pub(crate) fn recent_of_a_colleague(contacts: &[ContactView], at: Moment) -> Option<(String, Moment)> {
    let recent = |view: &&ContactView| {
        let before_ms = at.unix_ms() - view.contact.at.unix_ms();
        !view.mine && (0..=RECENT_DAYS * DAY_MS).contains(&before_ms)
    };
    contacts.iter().find(recent).map(|view| (view.by.clone(), view.contact.at))
}

/// Companies somebody said are two, each pair both ways, merged ones by their head.
fn apart(rows: &[EmployerReadRow], groups: &EmployerGroups) -> BTreeSet<(CvrNumber, CvrNumber)> {
    let said = rows.iter().flat_map(|row| row.fields.apart_from.iter().map(|other| (row.fields.cvr, *other)));
    let heads = said.map(|(one, other)| (groups.head(one), groups.head(other)));
    heads.filter(|(one, other)| one != other).flat_map(|(one, other)| [(one, other), (other, one)]).collect()
}

fn add_likely(
    employers: &mut [EmployerSummary],
    likely: BTreeMap<(CvrNumber, CvrNumber), LooksLike>,
    apart: &BTreeSet<(CvrNumber, CvrNumber)>,
    groups: &EmployerGroups,
) {
    let shown: BTreeMap<CvrNumber, (CvrNumber, String)> = employers
        .iter()
        .map(|employer| (groups.head(employer.fields.cvr), (employer.fields.cvr, employer.fields.name.clone())))
        .collect();
    let both_ways = likely.into_iter().flat_map(|((one, other), why)| [((one, other), why), ((other, one), why)]);
    let likely: BTreeMap<(CvrNumber, CvrNumber), LooksLike> = both_ways
        .map(|((one, other), why)| ((groups.head(one), groups.head(other)), why))
        .filter(|(pair, _)| pair.0 != pair.1 && !apart.contains(pair))
        .collect();
    for employer in employers {
        let head = groups.head(employer.fields.cvr);
        let others = |pair: &(CvrNumber, CvrNumber)| shown.get(&pair.1).filter(|_| pair.0 == head).cloned();
        employer.apart = apart.iter().filter_map(others).collect();
        let with_why =
            |(pair, why): (&(CvrNumber, CvrNumber), &LooksLike)| others(pair).map(|(cvr, name)| (cvr, name, *why));
        employer.likely = likely.iter().filter_map(with_why).collect();
    }
}

fn fill_in(fields: &mut EmployerFields, other: EmployerFields) {
    fields.trade = fields.trade.take().or(other.trade);
    if fields.address.is_none() && fields.postcode.is_none() && fields.town.is_none() {
        (fields.address, fields.postcode, fields.town) = (other.address, other.postcode, other.town);
    }
    fields.contact_person = fields.contact_person.take().or(other.contact_person);
    for unit in other.units {
        add_unit(&mut fields.units, unit);
    }
}

fn add_unit(units: &mut Vec<EmployerUnit>, unit: EmployerUnit) {
    if !units.iter().any(|known| known.number == unit.number) {
        units.push(unit);
    }
}
