//! What a search found.

use feltbog_app::{Found, FoundWhat};
use feltbog_domain::Closeness;

use crate::reply::{Hit, HitWhat, MarkRow};

pub(crate) fn hit(found: Found) -> Hit {
    let marks = found.passage.marks.iter().map(|mark| MarkRow { start: mark.start, end: mark.end }).collect();
    let nothing = Hit {
        what: HitWhat::Entry,
        entry: None,
        case: None,
        case_name: None,
        employer: None,
        employer_name: None,
        kind: None,
        kind_name: None,
        at: None,
        near: found.closeness > Closeness::Exact,
        snippet: found.passage.text,
        marks,
    };
    match found.what {
        FoundWhat::Citizen { case, name, newest } => Hit {
            what: HitWhat::Citizen,
            entry: newest.map(|entry| entry.to_string()),
            case: Some(case.to_string()),
            case_name: Some(name),
            ..nothing
        },
        FoundWhat::Profile { case, name } => {
            Hit { what: HitWhat::Profile, case: Some(case.to_string()), case_name: Some(name), ..nothing }
        }
        FoundWhat::Employer { cvr, name } => {
            Hit { what: HitWhat::Employer, employer: Some(cvr.to_string()), employer_name: Some(name), ..nothing }
        }
        FoundWhat::Entry { entry, citizen, kind, at } => {
            let (case, case_name) = citizen.map(|(case, name)| (case.to_string(), name)).unzip();
            Hit {
                entry: Some(entry.to_string()),
                case,
                case_name,
                kind: Some(kind.code().to_owned()),
                kind_name: Some(kind.danish().to_owned()),
                at: Some(at.to_string()),
                ..nothing
            }
        }
    }
}
