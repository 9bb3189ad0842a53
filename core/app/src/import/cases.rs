//! `forloeb.csv`.

use feltbog_domain::{CaseProfile, Consent, Disclosure, FolderKind};
use feltbog_notes::HeadFields;
use feltbog_sealing::random_id;

use super::csv_lines::Table;
use super::fields::{FieldError, Fields};
use super::{CASES, ImportedCase, Importer};
use crate::error::AppError;
use crate::use_cases::make_case;

/// One line.
struct CaseLine {
    number: String,
    name: String,
    profile: CaseProfile,
    consent: Option<Consent>,
}

impl Importer<'_> {
    pub(super) fn cases(&mut self, text: &str) -> Result<(), AppError> {
        let table = Table::parse(text);
        for line in &table.lines {
            match Fields::of(&table, line).and_then(|fields| read(&fields)) {
                Ok(case) if self.cases.contains_key(&case.number) => {
                    self.report.refuse(CASES, line.number, "sagsnr", "nummeret står på en tidligere linje");
                }
                Ok(case) => self.case(case)?,
                Err((field, reason)) => self.report.refuse(CASES, line.number, field, reason),
            }
        }
        Ok(())
    }

    fn case(&mut self, line: CaseLine) -> Result<(), AppError> {
        self.report.staff_names.extend(line.profile.consultant.clone());
        if line.consent.is_some() {
            self.report.staff_names.extend(line.profile.therapist.clone());
        } else {
            self.report.without_consent.push(line.number.clone());
        }
        let imported = match self.known_case(&line.number)? {
            Some(known) => {
                self.report.unchanged += 1;
                known
            }
            None => {
                let head = HeadFields {
                    case: random_id(),
                    number: line.number.clone(),
                    name: line.name,
                    programme: self.programme,
                };
                let (employment, shared) = make_case(self.w, self.editor, &head, &line.profile, line.consent.as_ref())?;
                self.report.cases += 1;
                ImportedCase { employment, shared }
            }
        };
        self.cases.insert(line.number, imported);
        Ok(())
    }

    /// A case of this number that is here already, of this programme.
    pub(super) fn known_case(&self, number: &str) -> Result<Option<ImportedCase>, AppError> {
        // Another programme may use the same number.
        let mut folders = Vec::new();
        for row in self.w.folders_of_case(number)?.into_iter().filter(|row| row.programme == self.programme) {
            folders.extend(self.w.folder(row.folder)?);
        }
        let of = |kind| folders.iter().find(|folder| folder.kind == kind).cloned();
        let Some(employment) = of(FolderKind::Employment) else { return Ok(None) };
        Ok(Some(ImportedCase { employment, shared: of(FolderKind::Shared) }))
    }
}

fn read(fields: &Fields<'_>) -> Result<CaseLine, FieldError> {
    let name = format!("{} {}", fields.required("fornavn")?, fields.text("efternavn").unwrap_or_default());
    let enrolled_on = fields.date("indskrevet")?.ok_or_else(|| ("indskrevet", "feltet mangler".to_owned()))?;
    let exited_on = fields.date("udskrevet")?;
    if exited_on.is_some_and(|day| day < enrolled_on) {
        return Err(("udskrevet", "dagen ligger før indskrivningen".to_owned()));
    }
    let disclosure = fields.text("aabenhed").unwrap_or_default();
    let profile = CaseProfile {
        enrolled_on: Some(enrolled_on),
        exited_on,
        exit_reason: fields.owned("udskrivningsgrund"),
        born_on: fields.date("foedselsdato")?,
        municipality: fields.owned("kommune"),
        district: fields.owned("bydel"),
        benefit: fields.owned("ydelse"),
        target_group: fields.owned("visitation"),
        track: fields.owned("spor"),
        consultant: fields.owned("konsulent"),
        therapist: fields.owned("behandler"),
        treatment_site: fields.owned("behandlingssted"),
        job_wish: fields.owned("jobønske"),
        disclosure: Disclosure::from_csv(disclosure)
            .ok_or_else(|| ("aabenhed", "skal være ingen, det aftalte eller alt".to_owned()))?,
        ..CaseProfile::default()
    };
    Ok(CaseLine {
        number: fields.required("sagsnr")?.to_owned(),
        name: name.trim().to_owned(),
        profile,
        consent: consent(fields)?,
    })
}

/// No first day is no consent. A consent names what it covers and ends; half a consent is a mistake in the line.
fn consent(fields: &Fields<'_>) -> Result<Option<Consent>, FieldError> {
    let types = Consent::types_from(fields.text("samtykke_omfang").unwrap_or_default());
    let (from, until) = (fields.date("samtykke_fra")?, fields.date("samtykke_til")?);
    match (from, until) {
        (None, None) if types.is_empty() => Ok(None),
        (None, _) => Err(("samtykke_fra", "samtykket har ingen første dag".to_owned())),
        (_, None) => Err(("samtykke_til", "samtykket har ingen sidste dag".to_owned())),
        (Some(from), Some(until)) if until < from => {
            Err(("samtykke_til", "samtykket slutter, før det begynder".to_owned()))
        }
        _ if types.is_empty() => Err(("samtykke_omfang", "samtykket nævner ikke, hvad der må deles".to_owned())),
        (Some(from), Some(until)) => Ok(Some(Consent { types, from, until, giver: None, receiver: None })),
    }
}
