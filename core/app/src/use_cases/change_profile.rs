//! What is known of a citizen as a worker: wish, plan, strengths, support, and how to reach them.

use feltbog_domain::{CaseId, CodeList, FormerCode, FormerWish};
use jiff::civil::Date;

use crate::device::Device;
use crate::error::AppError;
use crate::use_cases::entry_wish::line;
use crate::use_cases::reach::{contact_by, phone};
use crate::use_cases::typed::{long, set};

/// What was changed, as it was typed: what is absent stays as it was, an empty text takes the value away.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs, reason = "each field is named after the fact it changes")]
pub struct ProfileChanges {
    pub job_wish: Option<String>,
    pub plan: Option<String>,
    pub strengths: Option<String>,
    pub support: Option<String>,
    pub phone: Option<String>,
    pub contact_by: Option<String>,
    pub therapist: Option<String>,
    pub treatment_site: Option<String>,
    pub benefit: Option<String>,
    pub target_group: Option<String>,
}

impl Device {
    /// Changes the facts of a case. A wish, a benefit or a target group that is replaced stays in the history with the day it
    /// was; of the latter two those can be chosen that are valid today. Returns the case.
    ///
    /// # Errors
    /// An unknown case, something that cannot be understood, or a side that does not keep the facts.
    pub fn change_profile(&mut self, case: &str, changes: &ProfileChanges) -> Result<CaseId, AppError> {
        let today = self.now().date();
        self.change_facts(case, "ændre borgerens oplysninger", |facts| {
            let before = facts.job_wish.clone();
            set(&mut facts.job_wish, &changes.job_wish, |text| line(text, "ønsket"))?;
            if let Some(wish) = before.filter(|before| facts.job_wish.as_ref() != Some(before)) {
                facts.former_wishes.push(FormerWish { until: today, wish });
            }
            set(&mut facts.plan, &changes.plan, |text| long(text, "planen"))?;
            set(&mut facts.strengths, &changes.strengths, |text| long(text, "styrkerne"))?;
            set(&mut facts.support, &changes.support, |text| long(text, "støtten"))?;
            set(&mut facts.phone, &changes.phone, phone)?;
            set(&mut facts.contact_by, &changes.contact_by, contact_by)?;
            set(&mut facts.therapist, &changes.therapist, |text| line(text, "navnet"))?;
            set(&mut facts.treatment_site, &changes.treatment_site, |text| line(text, "stedet"))?;
            let (benefit, group) = (&mut facts.benefit, &mut facts.target_group);
            facts.former_benefits.extend(set_code(benefit, &changes.benefit, CodeList::Benefit, today)?);
            facts.former_target_groups.extend(set_code(group, &changes.target_group, CodeList::TargetGroup, today)?);
            Ok(())
        })
    }
}

/// Sets a dated code; returns the one it replaced. What stands there already may be typed again, whatever it is.
fn set_code(
    value: &mut Option<String>,
    typed: &Option<String>,
    list: CodeList,
    today: Date,
) -> Result<Option<FormerCode>, AppError> {
    let before = value.clone();
    set(value, typed, |word| {
        let Some(word) = word else { return Ok(None) };
        let is_the_same = before.as_deref().is_some_and(|before| before == word || list.danish(before) == word);
        if is_the_same {
            return Ok(before.clone());
        }
        let code = list.find(word).filter(|code| code.is_valid_on(today));
        code.map(|code| Some(code.code.to_owned())).ok_or_else(|| {
            let words: Vec<&str> = list.valid_on(today).map(|code| code.danish).collect();
            AppError::Unclear(format!("“{word}” kan ikke vælges i dag; vælg mellem: {}", words.join("; ")))
        })
    })?;
    Ok(before.filter(|before| value.as_ref() != Some(before)).map(|code| FormerCode { until: today, code }))
}
