//! Signals and limits with the rule behind each.

use feltbog_domain::{CaseloadLimit, Signal, Source, caseload_limits_passed};

use crate::reply::{Caseload, CaseloadSignalRow, RuleRow, SignalRow};

pub(super) fn signal_row(signal: Signal) -> SignalRow {
    SignalRow {
        kind: signal.kind.word().to_owned(),
        text: signal.danish(),
        text_en: signal.english(),
        due: signal.due.to_string(),
        days_left: signal.days_left,
        because: rule_row(signal.rule.danish, signal.rule.english, signal.rule.source),
    }
}

pub(super) fn caseload(active: u32) -> Caseload {
    let signals = caseload_limits_passed(active).map(|limit| caseload_signal(limit, active)).collect();
    Caseload { active, signals }
}

fn caseload_signal(limit: CaseloadLimit, active: u32) -> CaseloadSignalRow {
    CaseloadSignalRow {
        kind: limit.code.to_owned(),
        limit: limit.limit,
        text: format!("Du har {active} borgere. Det er flere end {}", limit.limit),
        text_en: format!("You have {active} citizens. That is more than {}", limit.limit),
        because: rule_row(limit.danish, limit.english, limit.source),
    }
}

fn rule_row(danish: &str, english: &str, source: Source) -> RuleRow {
    RuleRow {
        rule: danish.to_owned(),
        rule_en: english.to_owned(),
        source: source.danish.to_owned(),
        source_en: source.english.to_owned(),
        source_kind: source.kind.word().to_owned(),
    }
}
