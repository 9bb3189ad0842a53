//! The caseload as the lines of `forloeb.csv`, for a spreadsheet or another Feltbog.

use csv::{Terminator, WriterBuilder};
use feltbog_domain::{CodeList, Disclosure, danish_date};
use jiff::civil::Date;

use crate::error::AppError;
use crate::use_cases::CaseSummary;

/// The headings the import knows.
const HEADINGS: [&str; 20] = [
    "sagsnr",
    "fornavn",
    "efternavn",
    "foedselsdato",
    "kommune",
    "bydel",
    "ydelse",
    "visitation",
    "spor",
    "indskrevet",
    "udskrevet",
    "udskrivningsgrund",
    "konsulent",
    "behandler",
    "behandlingssted",
    "samtykke_fra",
    "samtykke_til",
    "samtykke_omfang",
    "jobønske",
    "aabenhed",
];
/// Without it a spreadsheet reads æ, ø and å as other letters.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The whole file.
pub(crate) fn caseload_csv(cases: &[CaseSummary]) -> Result<String, AppError> {
    let mut writer = WriterBuilder::new().delimiter(b';').terminator(Terminator::CRLF).from_writer(Vec::new());
    let refused = |_| AppError::Unclear("listen kan ikke skrives som CSV".into());
    writer.write_record(HEADINGS).map_err(refused)?;
    for case in cases {
        writer.write_record(record(case).iter().map(|cell| harmless(cell))).map_err(refused)?;
    }
    let bytes = writer.into_inner().map_err(|_| AppError::Unclear("listen kan ikke skrives som CSV".into()))?;
    Ok(format!("{BYTE_ORDER_MARK}{}", String::from_utf8_lossy(&bytes)))
}

fn record(case: &CaseSummary) -> [String; 20] {
    let profile = &case.profile;
    let day = |day: Option<Date>| day.map(danish_date).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let (first, last) = case.name.rsplit_once(' ').unwrap_or((&case.name, ""));
    let consent = case.consents.first();
    [
        case.number.clone(),
        first.to_owned(),
        last.to_owned(),
        day(profile.born_on),
        text(&profile.municipality),
        text(&profile.district),
        text(&profile.benefit.as_deref().map(|code| CodeList::Benefit.danish(code).to_owned())),
        text(&profile.target_group.as_deref().map(|code| CodeList::TargetGroup.danish(code).to_owned())),
        text(&profile.track),
        day(profile.enrolled_on),
        day(profile.exited_on),
        text(&profile.exit_reason),
        text(&profile.consultant),
        text(&profile.therapist),
        text(&profile.treatment_site),
        day(consent.map(|consent| consent.from)),
        day(consent.map(|consent| consent.until)),
        consent.map(|consent| consent.types.join(", ")).unwrap_or_default(),
        text(&profile.job_wish),
        match profile.disclosure {
            Disclosure::Nothing => "ingen",
            Disclosure::Agreed => "det aftalte",
            Disclosure::Everything => "alt",
        }
        .to_owned(),
    ]
}

/// A cell that a spreadsheet would take for a formula is a text.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}
