//! The table that is printed: measure, value, ratio to a reference of the same run, aim, reached or not.

use crate::figures::Figures;
use crate::scale::Scale;

/// Lines as they come, and the first scale's values for what must not grow with history.
#[derive(Default)]
pub(crate) struct Report {
    first: Vec<(String, f64)>,
    is_first: bool,
    begun: bool,
    missed: Vec<String>,
    scale: String,
}

/// What a value is measured against.
pub(crate) enum Aim {
    /// At most this, in the value's own unit.
    AtMost(f64),
    /// At most so many times the reference named here.
    Times(f64, &'static str, f64),
    /// At most so many times what the first scale of this run took.
    Flat(f64),
    /// Only told.
    None,
}

impl Report {
    pub(crate) fn begin(&mut self, scale: Scale) {
        self.is_first = !self.begun;
        self.begun = true;
        self.scale = scale.to_string();
        println!("\n== {scale}");
        println!("{:<50} {:>13}  {:<38} {:<24}", "measure", "value", "beside", "aim");
    }

    /// Median and p99 of timings.
    pub(crate) fn timings(&mut self, what: &str, figures: &Figures, median: &Aim, p99: &Aim) {
        self.value(&format!("{what}, median"), figures.median(), "ms", median);
        self.value(&format!("{what}, p99"), figures.p99(), "ms", p99);
    }

    /// One value in `ms`, `B` or whatever its unit is.
    pub(crate) fn value(&mut self, what: &str, value: f64, unit: &str, aim: &Aim) {
        let at_first = self.first.iter().find(|(known, _)| known == what).map(|(_, value)| *value);
        let (beside, aim, reached) = match aim {
            Aim::AtMost(most) => (String::new(), format!("<= {} {unit}", number(*most)), Some(value <= *most)),
            Aim::Times(most, name, base) => {
                let beside = format!("{:.2} x {name}", value / base);
                (beside, format!("<= {most:.1} x"), Some(value <= most * base))
            }
            Aim::Flat(most) => match at_first {
                Some(first) if !self.is_first => {
                    let beside = format!("{:.2} x the first scale", value / first);
                    (beside, format!("flat: <= {most:.1} x"), Some(value <= most * first))
                }
                _ => (String::new(), format!("flat: <= {most:.1} x"), None),
            },
            Aim::None => (String::new(), String::new(), None),
        };
        let verdict = match reached {
            Some(true) => "reached",
            Some(false) => "NOT REACHED",
            None => "",
        };
        println!("{what:<50} {:>10} {unit:<3} {beside:<38} {aim:<24} {verdict}", number(value));
        if reached == Some(false) {
            self.missed.push(format!("{what} ({})", self.scale));
        }
        if self.is_first {
            self.first.push((what.to_owned(), value));
        }
    }

    /// Peak memory in kilobytes, where the system tells it.
    pub(crate) fn memory(&mut self, what: &str, kilobytes: Option<f64>) {
        let Some(kilobytes) = kilobytes else { return println!("{what:<50} (not told by this system)") };
        self.value(what, kilobytes / 1_024.0, "MB", &Aim::AtMost(30.0));
        self.value(&format!("{what}, by history"), kilobytes / 1_024.0, "MB", &Aim::Flat(1.3));
    }

    pub(crate) fn note(&self, line: &str) {
        println!("    {line}");
    }

    pub(crate) fn end(&self) {
        match self.missed.as_slice() {
            [] => println!("\nEvery aim was reached."),
            missed => println!("\nNot reached:\n  {}", missed.join("\n  ")),
        }
    }
}

fn number(value: f64) -> String {
    if value >= 1_000.0 { format!("{value:.0}") } else { format!("{value:.3}") }
}
