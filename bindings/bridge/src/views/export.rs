//! What is taken out as a file.

use data_encoding::BASE64;
use feltbog_app::{AppError, CaseExport, OTHERS_UNSENT};

use super::case_page;
use crate::reply::{CaseFile, ConsentOfFile, ExportedFile, ToReviewRow};

const KNOWN_NAMES_ONLY: &str = "Listen kender kun navne, der findes på enheden; læs også teksten.";

/// The file of one citizen in a form: `pdf`, `json` or `text`.
pub(crate) fn exported_case(export: CaseExport, format: &str) -> Result<ExportedFile, AppError> {
    let (review, own_unsent) = (u32::try_from(export.review.len()).unwrap_or(u32::MAX), export.own_unsent);
    let base64 = format == "pdf";
    let text = match format {
        "pdf" => BASE64.encode(&export.pdf().map_err(|_| AppError::Unclear("sagen kan ikke skrives som PDF".into()))?),
        "text" => export.text(),
        "json" => serde_json::to_string_pretty(&case_file(export))
            .map_err(|_| AppError::Unclear("sagen kan ikke skrives som JSON".into()))?,
        _ => return Err(AppError::Unclear("formatet skal være pdf, json eller text".into())),
    };
    Ok(ExportedFile { text, base64, cases: 1, review, own_unsent })
}

fn case_file(export: CaseExport) -> CaseFile {
    let case = export.view.case.as_ref();
    let profile = case.map(|case| case.profile.clone()).unwrap_or_default();
    CaseFile {
        review: export
            .review
            .into_iter()
            .map(|mark| ToReviewRow {
                entry: mark.entry.map(|entry| entry.to_string()),
                field: mark.field.to_owned(),
                name: mark.name,
                who: mark.who.word().to_owned(),
            })
            .collect(),
        caution: vec![KNOWN_NAMES_ONLY.to_owned(), OTHERS_UNSENT.to_owned()],
        exported_at: export.at.to_string(),
        exported_by: export.by,
        own_unsent: export.own_unsent,
        consent_parties: case
            .map(|case| case.consents.as_slice())
            .unwrap_or_default()
            .iter()
            .map(|consent| ConsentOfFile {
                types: consent.types.clone(),
                from: consent.from.to_string(),
                until: consent.until.to_string(),
                giver: consent.giver.clone(),
                receiver: consent.receiver.clone(),
            })
            .collect(),
        born_on: profile.born_on.map(|day| day.to_string()),
        municipality: profile.municipality,
        district: profile.district,
        page: case_page(export.view),
    }
}
