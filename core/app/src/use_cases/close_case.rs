//! A case ends, begins again, or goes on as aftercare.

use feltbog_domain::{CaseId, ExitReason, Phase, tells_of_a_missed_talk};

use crate::device::Device;
use crate::error::AppError;
use crate::folders::find_case;
use crate::use_cases::entry_wish::line;

/// What closing a case answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseClosed {
    /// The case.
    pub case: CaseId,
    /// Something to think about, in Danish.
    pub warning: Option<String>,
}

impl Device {
    /// Closes a case: today is its last day. Entries can still be written afterwards; work ends later than a case does.
    /// *I mål* means in job or education and in no need of support; any other reason is named.
    ///
    /// # Errors
    /// An unknown case, one that is closed already, a missing reason, *i mål* without a job or an education, or a side that
    /// does not keep the case.
    pub fn close_case(&mut self, case: &str, reason: &str) -> Result<CaseClosed, AppError> {
        let (reason, beside) = ExitReason::read(reason);
        let beside = line(beside, "grunden")?;
        if reason == ExitReason::Other && beside.is_none() {
            return Err(AppError::Unclear("skriv, hvorfor forløbet slutter".into()));
        }
        let found = find_case(&self.store.reader(), case)?.head.case;
        let phase = self.case_summary(found)?.phase;
        let today = self.now().date();
        let case = self.change_facts(case, "afslutte borgeren", |facts| {
            if facts.exited_on.is_some() {
                return Err(AppError::Unclear("forløbet er allerede afsluttet".into()));
            }
            if reason == ExitReason::GoalReached && !matches!(phase, Phase::Job | Phase::Education) {
                return Err(AppError::Unclear(
                    "»i mål« er, når borgeren er i job eller uddannelse og ikke har brug for mere støtte; her er intet \
                     job og ingen uddannelse i gang. Registrér starten først, eller vælg en anden grund"
                        .into(),
                ));
            }
            facts.exited_on = Some(today);
            facts.exit_reason = Some(reason.stored(beside.as_deref()));
            Ok(())
        })?;
        let warning = self.closing_warning(case, &reason, beside.as_deref())?;
        Ok(CaseClosed { case, warning })
    }

    fn closing_warning(
        &self,
        case: CaseId,
        reason: &ExitReason,
        beside: Option<&str>,
    ) -> Result<Option<String>, AppError> {
        if beside.is_some_and(tells_of_a_missed_talk) {
            return Ok(Some(
                "At borgeren ikke kom, er ingen grund til at afslutte (IPS-25, punkt 25): kontakten søges igen. Sagen er \
                 afsluttet og kan genåbnes: feltbog case reopen"
                    .into(),
            ));
        }
        if *reason != ExitReason::GoalReached {
            return Ok(None);
        }
        let r = self.store.reader();
        for row in r.open_steps()? {
            if r.case_of_folder(row.folder)?.is_some_and(|of| of.case == case) {
                return Ok(Some(
                    "Der er stadig en åben aftale. Er der brug for mere støtte, så genåbn: feltbog case reopen".into(),
                ));
            }
        }
        Ok(None)
    }

    /// Opens a closed case again; it is no aftercare any more. Returns the case.
    ///
    /// # Errors
    /// An unknown case, one that is open, or a side that does not keep the case.
    pub fn reopen_case(&mut self, case: &str) -> Result<CaseId, AppError> {
        self.change_facts(case, "genåbne borgeren", |facts| {
            if facts.exited_on.take().is_none() {
                return Err(AppError::Unclear("forløbet er ikke afsluttet".into()));
            }
            facts.exit_reason = None;
            facts.aftercare_from = None;
            Ok(())
        })
    }

    /// *Efterværn*: support goes on after the goal, from today, or ends. Returns the case.
    ///
    /// # Errors
    /// An unknown case, aftercare that has begun or ended already, or a side that does not keep the case.
    pub fn aftercare(&mut self, case: &str, end: bool) -> Result<CaseId, AppError> {
        let today = self.now().date();
        self.change_facts(case, "skrive efterværn på borgeren", |facts| {
            match (end, facts.aftercare_from) {
                (true, None) => return Err(AppError::Unclear("borgeren er ikke i efterværn".into())),
                (false, Some(_)) => return Err(AppError::Unclear("borgeren er allerede i efterværn".into())),
                (true, Some(_)) => facts.aftercare_from = None,
                (false, None) => facts.aftercare_from = Some(today),
            }
            Ok(())
        })
    }
}
