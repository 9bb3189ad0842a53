//! A signal in a sentence, as it is shown.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Signal, SignalKind};
use crate::moment::danish_date;

impl Signal {
    /// *Første møde med en virksomhed senest 14-03 (om 4 dage)*.
    #[must_use]
    pub fn danish(&self) -> String {
        let (day, when) = (self.short_day(), danish_when(self.days_left));
        let (what, had_to) = match self.kind {
            SignalKind::ConsentExpiring => return format!("Samtykket udløber {day} ({when})"),
            SignalKind::ConsentExpired => return format!("Samtykket udløb {day} ({when})"),
            SignalKind::UnsentNote if self.days_left < 0 => {
                return format!("Et notat ligger stadig kun her. Det skulle være sendt senest {day} ({when})");
            }
            SignalKind::UnsentNote => return format!("Et notat ligger kun her. Send det senest {day} ({when})"),
            SignalKind::FirstEmployerContact => ("Første møde med en virksomhed", "være holdt"),
            SignalKind::Placement => ("Virksomhedsplacering", "være begyndt"),
            SignalKind::BenefitGuidance => ("Vejledning om ydelser før jobstart", "være givet"),
            SignalKind::ContactBeforeStart => ("Et møde før start", "være holdt"),
            SignalKind::ContactAfterStart => ("Et møde efter start", "være holdt"),
            SignalKind::WeeklyContact => ("Ugens møde", "være holdt"),
            SignalKind::MonthlyContact => ("Månedens møde", "være holdt"),
            SignalKind::ContactAfterJobLoss => ("Et møde efter jobophøret", "være holdt"),
            SignalKind::StatutoryTalk => ("Næste jobsamtale (kommunen)", "være holdt"),
        };
        if self.days_left < 0 {
            format!("{what} skulle {had_to} senest {day} ({when})")
        } else {
            format!("{what} senest {day} ({when})")
        }
    }

    /// *First meeting with an employer by 14-03 (in 4 days)*.
    #[must_use]
    pub fn english(&self) -> String {
        let (day, when) = (self.short_day(), english_when(self.days_left));
        let what = match self.kind {
            SignalKind::ConsentExpiring => return format!("The consent ends {day} ({when})"),
            SignalKind::ConsentExpired => return format!("The consent ended {day} ({when})"),
            SignalKind::UnsentNote if self.days_left < 0 => {
                return format!("A note is still only here. It was to be sent by {day} ({when})");
            }
            SignalKind::UnsentNote => return format!("A note is only here. Send it by {day} ({when})"),
            SignalKind::FirstEmployerContact => "First meeting with an employer",
            SignalKind::Placement => "Placement at a company",
            SignalKind::BenefitGuidance => "Guidance about benefits before the job",
            SignalKind::ContactBeforeStart => "A meeting before the start",
            SignalKind::ContactAfterStart => "A meeting after the start",
            SignalKind::WeeklyContact => "This week's meeting",
            SignalKind::MonthlyContact => "This month's meeting",
            SignalKind::ContactAfterJobLoss => "A meeting after the job ended",
            SignalKind::StatutoryTalk => "Next statutory talk (the municipality)",
        };
        let was = if self.days_left < 0 { " was due" } else { "" };
        format!("{what}{was} by {day} ({when})")
    }

    /// `14-03`, and `14-03-2026` in another year.
    fn short_day(&self) -> String {
        let day = danish_date(self.due);
        if self.due.year() == self.today().year() { day.chars().take(5).collect() } else { day }
    }

    fn today(&self) -> Date {
        self.due.saturating_sub(self.days_left.days())
    }
}

fn danish_when(days_left: i32) -> String {
    match days_left {
        0 => "i dag".into(),
        1 => "i morgen".into(),
        -1 => "i går".into(),
        2.. => format!("om {days_left} dage"),
        _ => match long_ago(days_left) {
            Some((number, Unit::Years)) => format!("for {number} år siden"),
            Some((number, Unit::Months)) => format!("for {number} måneder siden"),
            None => format!("for {} dage siden", days_left.unsigned_abs()),
        },
    }
}

enum Unit {
    Months,
    Years,
}

/// Nobody thinks in 2,605 days: from two months on, months, and from two years on, years; whole ones that are over.
const fn long_ago(days_left: i32) -> Option<(u32, Unit)> {
    match days_left.unsigned_abs() {
        0..61 => None,
        days @ 61..731 => Some((days * 12 / 365, Unit::Months)),
        days => Some((days * 100 / 36_525, Unit::Years)),
    }
}

fn english_when(days_left: i32) -> String {
    match days_left {
        0 => "today".into(),
        1 => "tomorrow".into(),
        -1 => "yesterday".into(),
        2.. => format!("in {days_left} days"),
        _ => match long_ago(days_left) {
            Some((number, Unit::Years)) => format!("{number} years ago"),
            Some((number, Unit::Months)) => format!("{number} months ago"),
            None => format!("{} days ago", days_left.unsigned_abs()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Limit, RULES, Rule, statutory_talk};
    use super::*;

    #[test]
    fn what_is_long_over_is_told_in_months_and_years() {
        let told: Vec<String> = [-60, -61, -730, -731, -2605].map(danish_when).to_vec();
        let expected =
            ["for 60 dage siden", "for 2 måneder siden", "for 24 måneder siden", "for 2 år siden", "for 7 år siden"];
        assert_eq!(told, expected);
        assert_eq!(english_when(-2605), "7 years ago");
    }

    fn every_rule() -> impl Iterator<Item = Rule> {
        RULES.into_iter().chain([statutory_talk(Limit::Months(3))])
    }

    fn signal(kind: SignalKind, due: &str, days_left: i32) -> Signal {
        let rule = every_rule().find(|rule| rule.kind == kind || rule.late == Some(kind)).unwrap();
        Signal { kind, rule, due: due.parse().unwrap(), days_left }
    }

    #[test]
    fn a_signal_says_what_by_when_and_how_many_days_that_is() {
        use SignalKind::{ConsentExpired, ConsentExpiring, FirstEmployerContact, Placement, UnsentNote};
        for (kind, due, days_left, danish) in [
            (FirstEmployerContact, "2026-03-14", 4, "Første møde med en virksomhed senest 14-03 (om 4 dage)"),
            (FirstEmployerContact, "2026-03-14", 1, "Første møde med en virksomhed senest 14-03 (i morgen)"),
            (FirstEmployerContact, "2026-03-14", 0, "Første møde med en virksomhed senest 14-03 (i dag)"),
            (Placement, "2026-03-14", -1, "Virksomhedsplacering skulle være begyndt senest 14-03 (i går)"),
            (
                Placement,
                "2025-12-31",
                -3,
                "Virksomhedsplacering skulle være begyndt senest 31-12-2025 (for 3 dage siden)",
            ),
            (ConsentExpiring, "2026-03-14", 2, "Samtykket udløber 14-03 (om 2 dage)"),
            (ConsentExpired, "2026-03-14", -2, "Samtykket udløb 14-03 (for 2 dage siden)"),
            (UnsentNote, "2026-03-14", 0, "Et notat ligger kun her. Send det senest 14-03 (i dag)"),
        ] {
            assert_eq!(signal(kind, due, days_left).danish(), danish);
        }
        let english = signal(FirstEmployerContact, "2026-03-14", 4).english();
        assert_eq!(english, "First meeting with an employer by 14-03 (in 4 days)");
        assert_eq!(
            signal(Placement, "2026-03-14", -2).english(),
            "Placement at a company was due by 14-03 (2 days ago)"
        );
    }

    #[test]
    fn every_signal_has_its_own_sentence_in_both_languages() {
        let kinds = every_rule().flat_map(|rule| std::iter::once(rule.kind).chain(rule.late));
        let mut sentences: Vec<String> =
            kinds.map(|kind| signal(kind, "2026-03-14", 2)).flat_map(|s| [s.danish(), s.english()]).collect();
        let all = sentences.len();
        sentences.sort();
        sentences.dedup();
        assert_eq!(sentences.len(), all);
    }
}
