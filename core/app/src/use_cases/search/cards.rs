//! Citizens and employers as a search sees them. They are few and are looked through each time: no index of their names has
//! to be kept, or forgotten.

use std::collections::{BTreeMap, HashMap};

use feltbog_domain::{
    CaseId, CaseProfile, Closeness, DocumentId, EmployerFields, FolderId, FolderKind, Passage, Wanted,
};
use feltbog_store::{MetElsewhere, Reader};

use super::{Found, FoundWhat, Told};
use crate::error::AppError;
use crate::reading::told_under;

struct Citizen {
    name: String,
    number: String,
    folders: Vec<(FolderId, FolderKind)>,
    profile: Option<CaseProfile>,
}

/// Everybody and every employer this device may see.
pub(super) struct Cards {
    citizens: BTreeMap<CaseId, Citizen>,
    employers: Vec<EmployerFields>,
}

impl Citizen {
    fn card(&self) -> String {
        format!("{} {}", self.name, self.number)
    }

    /// What is shown of the vocational profile, the newest wish first.
    fn profile_texts(&self) -> impl Iterator<Item = &str> {
        let texts = self.profile.iter().flat_map(|profile| {
            let now = [&profile.job_wish, &profile.plan, &profile.strengths, &profile.support];
            let before = profile.former_wishes.iter().rev().map(|former| former.wish.as_str());
            now.into_iter().filter_map(|text| text.as_deref()).chain(before)
        });
        texts.filter(|text| !text.trim().is_empty())
    }

    fn told_under(&self) -> Option<FolderId> {
        told_under(self.folders.iter().copied())
    }
}

fn employer_card(fields: &EmployerFields) -> String {
    let place = [fields.postcode.as_deref(), fields.town.as_deref()];
    let place = place.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let cvr = fields.cvr.to_string();
    let parts = [
        Some(fields.name.as_str()),
        fields.trade.as_deref(),
        fields.address.as_deref(),
        Some(place.as_str()),
        fields.contact_person.as_deref(),
        Some(cvr.as_str()),
    ];
    parts.into_iter().flatten().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(" · ")
}

impl Cards {
    pub(super) fn of(r: &Reader<'_>) -> Result<Self, AppError> {
        let mut citizens: BTreeMap<CaseId, Citizen> = BTreeMap::new();
        let mut case_of: HashMap<FolderId, CaseId> = HashMap::new();
        for row in r.case_folders()? {
            let Some(folder) = r.folder(row.folder)? else { continue };
            case_of.insert(row.folder, row.case);
            let new = || Citizen { name: row.name, number: row.number, folders: Vec::new(), profile: None };
            citizens.entry(row.case).or_insert_with(new).folders.push((folder.id, folder.kind));
        }
        for row in r.profiles()? {
            let citizen = case_of.get(&row.folder).and_then(|case| citizens.get_mut(case));
            if let Some(citizen) = citizen {
                citizen.profile = Some(row.profile);
            }
        }
        let employers = r.employers()?.into_iter().map(|row| row.fields).collect();
        Ok(Self { citizens, employers })
    }

    pub(super) fn citizen_of(&self, folder: FolderId) -> Option<(CaseId, String)> {
        let holds = |citizen: &Citizen| citizen.folders.iter().any(|(id, _)| *id == folder);
        self.citizens.iter().find(|(_, citizen)| holds(citizen)).map(|(case, citizen)| (*case, citizen.name.clone()))
    }

    /// For each word, whose entries it meets by the citizen's name or number, or the employer's name.
    pub(super) fn elsewhere(&self, wanted: &Wanted) -> Vec<MetElsewhere> {
        let mut elsewhere = vec![MetElsewhere::default(); wanted.words().len()];
        for citizen in self.citizens.values() {
            let card = citizen.card();
            for (word, met) in wanted.words().iter().zip(&mut elsewhere) {
                let Some(closeness) = word.closeness_to_text(&card) else { continue };
                met.folders.extend(citizen.folders.iter().map(|(folder, _)| (*folder, closeness)));
            }
        }
        for employer in &self.employers {
            for (word, met) in wanted.words().iter().zip(&mut elsewhere) {
                let closeness = word.closeness_to_text(&employer.name);
                met.employers.extend(closeness.map(|closeness| (employer.cvr, closeness)));
            }
        }
        elsewhere
    }

    /// Citizens and employers that meet all the words, of each sort at most so many.
    pub(super) fn found(&self, r: &Reader<'_>, wanted: &Wanted, limit: usize) -> Result<Vec<Told>, AppError> {
        let (mut by_name, mut by_profile, mut employers) = (Vec::new(), Vec::new(), Vec::new());
        for (case, citizen) in &self.citizens {
            let card = citizen.card();
            if let Some(closeness) = wanted.closeness_to(&card) {
                by_name.push((*case, citizen, closeness, card));
            } else if let Some((closeness, passage)) = citizen_by_profile(citizen, &card, wanted) {
                by_profile.push((*case, citizen, closeness, passage));
            }
        }
        for employer in &self.employers {
            let card = employer_card(employer);
            let closeness = wanted.closeness_to(&card);
            employers.extend(closeness.map(|closeness| (employer, closeness, card)));
        }
        // In the order they came among equals.
        by_name.sort_by_key(|(_, _, closeness, _)| *closeness);
        by_profile.sort_by_key(|(_, _, closeness, _)| *closeness);
        employers.sort_by_key(|(_, closeness, _)| *closeness);

        let mut found = Vec::new();
        for (case, citizen, closeness, card) in by_name.into_iter().take(limit) {
            let passage = wanted.passage(&card, closeness).unwrap_or_default();
            let what = FoundWhat::Citizen { case, name: citizen.name.clone(), newest: newest_of(r, citizen)? };
            found.push(about(case, citizen, Found { what, closeness, passage }));
        }
        for (case, citizen, closeness, passage) in by_profile.into_iter().take(limit) {
            let what = FoundWhat::Profile { case, name: citizen.name.clone() };
            found.push(about(case, citizen, Found { what, closeness, passage }));
        }
        for (employer, closeness, card) in employers.into_iter().take(limit) {
            let passage = wanted.passage(&card, closeness).unwrap_or_default();
            let what = FoundWhat::Employer { cvr: employer.cvr, name: employer.name.clone() };
            found.push(Told { found: Found { what, closeness, passage }, case: None, folder: None });
        }
        Ok(found)
    }
}

fn about(case: CaseId, citizen: &Citizen, found: Found) -> Told {
    Told { found, case: Some(case), folder: citizen.told_under() }
}

/// Every word in the profile, or in the name beside it.
fn citizen_by_profile(citizen: &Citizen, card: &str, wanted: &Wanted) -> Option<(Closeness, Passage)> {
    let texts: Vec<&str> = citizen.profile_texts().collect();
    let everything = texts.iter().fold(card.to_owned(), |mut all, text| {
        all.push('\n');
        all.push_str(text);
        all
    });
    let closeness = wanted.closeness_to(&everything)?;
    let passage = texts.into_iter().find_map(|text| wanted.passage(text, closeness))?;
    Some((closeness, passage))
}

fn newest_of(r: &Reader<'_>, citizen: &Citizen) -> Result<Option<DocumentId>, AppError> {
    let mut newest = None;
    for (folder, _) in &citizen.folders {
        let entry = r.newest_entry(*folder)?;
        newest = newest.max(entry.map(|entry| (entry.fields.at, entry.document)));
    }
    Ok(newest.map(|(_, document)| document))
}
