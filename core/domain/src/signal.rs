//! What needs action in a case, each with the rule behind it.

use jiff::civil::Date;

use crate::consent::Consent;
use crate::entry_kind::EntryKind;

/// Days within which the first face-to-face contact with an employer is due (IPS-25, item 15).
const FIRST_EMPLOYER_CONTACT_DAYS: i32 = 30;
/// Days before its end at which a consent is announced as expiring.
const CONSENT_WARNING_DAYS: i32 = 30;

/// Which rule spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SignalKind {
    /// The first employer contact is due or overdue.
    FirstEmployerContact,
    /// The consent ends soon.
    ConsentExpiring,
    /// The consent has ended.
    ConsentExpired,
}

impl SignalKind {
    /// The word in `--json` output and the key of its text in the user interface.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            SignalKind::FirstEmployerContact => "first_employer_contact",
            SignalKind::ConsentExpiring => "consent_expiring",
            SignalKind::ConsentExpired => "consent_expired",
        }
    }
}

/// One thing that needs action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signal {
    /// Which rule.
    pub kind: SignalKind,
    /// Days until it is due; negative when overdue.
    pub days_left: i32,
}

/// What the rules look at.
#[derive(Debug, Clone, Default)]
pub struct CaseHistory<'a> {
    /// First day in the programme.
    pub enrolled_on: Option<Date>,
    /// Whether the case is closed: then nothing is due.
    pub closed: bool,
    /// Kind and "face to face" of the entries; of several alike one is enough.
    pub entries: Vec<(&'a EntryKind, Option<bool>)>,
    /// The newest consent.
    pub consent: Option<&'a Consent>,
}

impl CaseHistory<'_> {
    /// The signals on a day, most pressing first. Attempts and phone calls stop no clock that asks for a meeting.
    #[must_use]
    pub fn signals(&self, today: Date) -> Vec<Signal> {
        if self.closed {
            return Vec::new();
        }
        let mut found: Vec<Signal> =
            self.first_employer_contact(today).into_iter().chain(self.consent(today)).collect();
        found.sort_by_key(|signal| signal.days_left);
        found
    }

    fn first_employer_contact(&self, today: Date) -> Option<Signal> {
        let enrolled = self.enrolled_on?;
        let met = self.entries.iter().any(|(kind, face_to_face)| {
            matches!(kind, EntryKind::EmployerVisit | EntryKind::EmployerContact | EntryKind::JobInterview)
                && (*face_to_face).unwrap_or(!matches!(kind, EntryKind::EmployerContact))
        });
        (!met).then(|| Signal {
            kind: SignalKind::FirstEmployerContact,
            days_left: FIRST_EMPLOYER_CONTACT_DAYS - days_between(enrolled, today),
        })
    }

    fn consent(&self, today: Date) -> Option<Signal> {
        let days_left = days_between(today, self.consent?.until);
        let kind = if days_left < 0 { SignalKind::ConsentExpired } else { SignalKind::ConsentExpiring };
        (days_left <= CONSENT_WARNING_DAYS).then_some(Signal { kind, days_left })
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_phone_call_does_not_stop_the_clock_of_the_first_employer_contact() {
        let call = EntryKind::EmployerContact;
        let history = CaseHistory {
            enrolled_on: Some(day("2026-02-14")),
            entries: vec![(&call, Some(false))],
            ..CaseHistory::default()
        };
        let signals = history.signals(day("2026-03-12"));
        assert_eq!(signals, [Signal { kind: SignalKind::FirstEmployerContact, days_left: 4 }]);
    }

    #[test]
    fn a_visit_stops_it_and_a_closed_case_has_no_signals() {
        let visit = EntryKind::EmployerVisit;
        let mut history = CaseHistory {
            enrolled_on: Some(day("2026-02-14")),
            entries: vec![(&visit, Some(true))],
            ..CaseHistory::default()
        };
        assert!(history.signals(day("2026-03-12")).is_empty());
        history.entries.clear();
        history.closed = true;
        assert!(history.signals(day("2026-03-12")).is_empty());
    }

    #[test]
    fn a_consent_is_announced_before_and_after_its_end() {
        let consent = Consent {
            types: vec!["jobmål".into()],
            from: day("2025-03-20"),
            until: day("2026-03-20"),
            giver: None,
            receiver: None,
        };
        let history = CaseHistory { consent: Some(&consent), ..CaseHistory::default() };
        assert_eq!(history.signals(day("2026-03-12"))[0].kind, SignalKind::ConsentExpiring);
        assert_eq!(history.signals(day("2026-03-21"))[0].kind, SignalKind::ConsentExpired);
        assert!(history.signals(day("2026-01-01")).is_empty());
    }
}
