//! A citizen's own facts.

use feltbog_app::ProfileChanges;
use feltbog_domain::{CaseProfile, ExitReason};

use crate::reply::{CaseFacts, FormerWishRow};
use crate::request::ProfileTyped;

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
        target_group: profile.target_group.clone(),
        exited_on: profile.exited_on.map(|day| day.to_string()),
        exit_reason: profile.exit_reason.as_deref().map(ExitReason::in_danish),
        aftercare_from: profile.aftercare_from.map(|day| day.to_string()),
        former_wishes: profile
            .former_wishes
            .iter()
            .map(|former| FormerWishRow { until: former.until.to_string(), wish: former.wish.clone() })
            .collect(),
    }
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
