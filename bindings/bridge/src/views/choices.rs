//! What forms offer.

use feltbog_app::Choices as AppChoices;
use feltbog_domain::{DatedCode, JobType, Outcome, Purpose, StepOutcome};

use crate::reply::{Choice, Choices, DatedChoice, KindChoice};

pub(super) fn choice(code: &str, name: &str) -> Choice {
    Choice { code: code.to_owned(), name: name.to_owned() }
}

fn dated(code: &DatedCode) -> DatedChoice {
    DatedChoice { code: code.code.to_owned(), name: code.danish.to_owned(), name_en: code.english.to_owned() }
}

pub(crate) fn choices(choices: AppChoices) -> Choices {
    let kinds = choices
        .kinds
        .into_iter()
        .map(|choice| KindChoice {
            code: choice.kind.code().to_owned(),
            name: choice.kind.danish().to_owned(),
            shared_by_default: choice.shared_by_default,
            without_case: choice.without_case,
            fields: choice.kind.fields().iter().map(|field| field.code().to_owned()).collect(),
            usually_in_person: choice.kind.is_usually_in_person(),
        })
        .collect();
    Choices {
        kinds,
        outcomes: Outcome::all().map(|outcome| choice(outcome.code(), outcome.danish())).collect(),
        purposes: Purpose::all().map(|purpose| choice(purpose.code(), purpose.danish())).collect(),
        job_types: JobType::all().map(|terms| choice(terms.code(), terms.danish())).collect(),
        step_outcomes: StepOutcome::all().map(|outcome| choice(outcome.code(), outcome.danish())).collect(),
        places: choices.places,
        benefits: choices.benefits.into_iter().map(dated).collect(),
        target_groups: choices.target_groups.into_iter().map(dated).collect(),
    }
}
