//! `haendelser.csv`.

use std::collections::HashSet;

use feltbog_domain::{CvrNumber, DocumentKind, EntryFields, EntryKind, Moment, Outcome, parse_danish_date};
use feltbog_notes::document_id;

use super::csv_lines::Table;
use super::fields::{FieldError, Fields};
use super::{ENTRIES, ImportedCase, Importer};
use crate::error::AppError;

const A_DAY: u32 = 24 * 60;
const HOURS_PER_WEEK: u32 = 80;

/// One line.
struct EntryLine {
    key: String,
    case: String,
    fields: EntryFields,
    note: String,
}

impl Importer<'_> {
    pub(super) fn entries(&mut self, text: &str) -> Result<(), AppError> {
        let table = Table::parse(text);
        let mut keys = HashSet::new();
        for line in &table.lines {
            match Fields::of(&table, line).and_then(|fields| read(&fields)) {
                Ok(entry) if !keys.insert(entry.key.clone()) => {
                    self.report.refuse(ENTRIES, line.number, "haendelse", "nøglen står på en tidligere linje");
                }
                Ok(entry) => self.entry(line.number, &entry)?,
                Err((field, reason)) => self.report.refuse(ENTRIES, line.number, field, reason),
            }
        }
        Ok(())
    }

    fn entry(&mut self, line: u32, entry: &EntryLine) -> Result<(), AppError> {
        if !self.cases.contains_key(&entry.case) {
            match self.known_case(&entry.case)? {
                Some(known) => {
                    self.cases.insert(entry.case.clone(), known);
                }
                None => {
                    self.report.refuse(ENTRIES, line, "sagsnr", "sagen er ikke indlæst");
                    return Ok(());
                }
            }
        }
        if let Some(cvr) = entry.fields.employer
            && !self.knows_employer(cvr)?
        {
            self.report.refuse(ENTRIES, line, "cvr", "virksomheden er ikke i registret");
            return Ok(());
        }
        let Some(case) = self.cases.get(&entry.case) else { return Ok(()) };
        let ids = ids(case, &entry.key);
        for id in &ids {
            if self.w.is_erased_document(*id)? {
                self.report.refuse(ENTRIES, line, "haendelse", "registreringen er slettet og kommer ikke ind igen");
                return Ok(());
            }
            if self.w.has_document(*id)? {
                self.report.unchanged += 1;
                return Ok(());
            }
        }
        let folder = match &case.shared {
            Some(shared) if entry.fields.kind.is_shared_by_default() => shared,
            _ => &case.employment,
        };
        let id = document_id(folder.id, DocumentKind::Entry, &entry.key);
        self.editor.write_new_entry(self.w, folder, id, &entry.fields, &entry.note)?;
        self.report.entries += 1;
        Ok(())
    }
}

/// Where the entry may lie already: it stays where it is, even when consent came since.
fn ids(case: &ImportedCase, key: &str) -> Vec<feltbog_domain::DocumentId> {
    [Some(&case.employment), case.shared.as_ref()]
        .into_iter()
        .flatten()
        .map(|folder| document_id(folder.id, DocumentKind::Entry, key))
        .collect()
}

fn read(fields: &Fields<'_>) -> Result<EntryLine, FieldError> {
    let employer = fields
        .text("cvr")
        .map(|cvr| cvr.parse::<CvrNumber>().map_err(|error| ("cvr", error.to_string())))
        .transpose()?;
    let word = fields.required("type")?;
    let kind = EntryKind::from_csv(word, employer.is_some()).ok_or_else(|| ("type", "typen findes ikke".to_owned()))?;
    let outcome = fields
        .text("resultat")
        .map(|word| Outcome::from_word(word).ok_or_else(|| ("resultat", "resultatet findes ikke".to_owned())))
        .transpose()?;
    Ok(EntryLine {
        key: fields.required("haendelse")?.to_owned(),
        case: fields.required("sagsnr")?.to_owned(),
        note: fields.text("notat").unwrap_or_default().to_owned(),
        fields: EntryFields {
            minutes: fields.number("minutter", A_DAY)?,
            place: fields.owned("sted"),
            employer,
            contact_person: fields.owned("kontaktperson"),
            face_to_face: fields.flag("ansigt_til_ansigt")?,
            outcome,
            hours_per_week: fields.number("timer_pr_uge", HOURS_PER_WEEK)?,
            job_title: fields.owned("stilling"),
            permanent: fields.flag("varig")?,
            recorded_by: Some(fields.required("konsulent")?.to_owned()),
            ..EntryFields::new(kind, moment(fields)?)
        },
    })
}

/// `dd-mm-åååå tt:mm`, on the wall in Denmark.
fn moment(fields: &Fields<'_>) -> Result<Moment, FieldError> {
    const WRONG: &str = "tidspunktet findes ikke eller er ikke skrevet dd-mm-åååå tt:mm";
    let text = fields.required("tidspunkt")?;
    let wrong = || ("tidspunkt", WRONG.to_owned());
    let (day, time) = text.split_once(' ').ok_or_else(wrong)?;
    let day = parse_danish_date(day).ok_or_else(wrong)?;
    let (hour, minute) = time.split_once(':').ok_or_else(wrong)?;
    let (hour, minute) = (hour.parse().map_err(|_| wrong())?, minute.parse().map_err(|_| wrong())?);
    let time = jiff::civil::Time::new(hour, minute, 0, 0).map_err(|_| wrong())?;
    Ok(Moment::from_civil(day.to_datetime(time)))
}
