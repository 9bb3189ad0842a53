//! A citizen's own facts.

use feltbog_app::{PersonChanges, ProfileChanges};
use feltbog_domain::{CaseProfile, CodeList, ExitReason, FormerCode, Person};

use crate::reply::{AroundRow, CaseFacts, FormerCodeRow, FormerWishRow};
use crate::request::{AroundTyped, ProfileTyped};

pub(crate) fn facts(profile: &CaseProfile) -> CaseFacts {
    let contact_by = profile.contact_by.as_ref();
    CaseFacts {
        plan: profile.plan.clone(),
        strengths: profile.strengths.clone(),
        support: profile.support.clone(),
        phone: profile.phone.clone(),
        contact_by: contact_by.map(|way| way.code().to_owned()),
        contact_by_name: contact_by.map(|way| way.danish().to_owned()),
        treatment_site: profile.treatment_site.clone(),
        benefit: profile.benefit.clone(),
        benefit_name: profile.benefit.as_deref().map(|code| CodeList::Benefit.danish(code).to_owned()),
        benefit_name_en: profile.benefit.as_deref().map(|code| CodeList::Benefit.english(code).to_owned()),
        target_group: profile.target_group.clone(),
        target_group_name: profile.target_group.as_deref().map(|code| CodeList::TargetGroup.danish(code).to_owned()),
        target_group_name_en: profile
            .target_group
            .as_deref()
            .map(|code| CodeList::TargetGroup.english(code).to_owned()),
        former_codes: former_codes(profile),
        exited_on: profile.exited_on.map(|day| day.to_string()),
        exit_reason: profile.exit_reason.as_deref().map(ExitReason::in_danish),
        aftercare_from: profile.aftercare_from.map(|day| day.to_string()),
        former_wishes: profile
            .former_wishes
            .iter()
            .map(|former| FormerWishRow { until: former.until.to_string(), wish: former.wish.clone() })
            .collect(),
        people: profile.people.iter().map(person).collect(),
    }
}

fn person(person: &Person) -> AroundRow {
    AroundRow {
        person: person.id.to_string(),
        name: person.name.clone(),
        relation: person.relation.clone(),
        organisation: person.organisation.clone(),
        phone: person.phone.clone(),
        email: person.email.clone(),
        contact_by: person.contact_by.as_ref().map(|way| way.code().to_owned()),
        contact_by_name: person.contact_by.as_ref().map(|way| way.danish().to_owned()),
        note: person.note.clone(),
        until: person.until.map(|day| day.to_string()),
    }
}

pub(crate) fn person_changes(typed: AroundTyped) -> PersonChanges {
    PersonChanges {
        name: typed.name,
        relation: typed.relation,
        organisation: typed.organisation,
        phone: typed.phone,
        email: typed.email,
        contact_by: typed.contact_by,
        note: typed.note,
        around: typed.around,
    }
}

fn former_codes(profile: &CaseProfile) -> Vec<FormerCodeRow> {
    let of = |list: CodeList, former: &[FormerCode]| -> Vec<FormerCodeRow> {
        let row = |was: &FormerCode| FormerCodeRow {
            until: was.until.to_string(),
            name: list.danish(&was.code).to_owned(),
            name_en: list.english(&was.code).to_owned(),
        };
        former.iter().map(row).collect()
    };
    let mut former = of(CodeList::Benefit, &profile.former_benefits);
    former.extend(of(CodeList::TargetGroup, &profile.former_target_groups));
    former.sort_by(|one, other| one.until.cmp(&other.until));
    former
}

pub(crate) fn profile_changes(typed: ProfileTyped) -> ProfileChanges {
    ProfileChanges {
        job_wish: typed.job_wish,
        plan: typed.plan,
        strengths: typed.strengths,
        support: typed.support,
        phone: typed.phone,
        contact_by: typed.contact_by,
        therapist: typed.therapist,
        treatment_site: typed.treatment_site,
        benefit: typed.benefit,
        target_group: typed.target_group,
    }
}
