//! The caseload as the lines of `forloeb.csv`, for a spreadsheet or another Feltbog.

use feltbog_domain::{CodeList, Disclosure, danish_date};
use jiff::civil::Date;

use crate::error::AppError;
use crate::spreadsheet::spreadsheet;
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
/// The whole file.
pub(crate) fn caseload_csv(cases: &[CaseSummary]) -> Result<String, AppError> {
    spreadsheet(&HEADINGS, cases.iter().map(record))
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
