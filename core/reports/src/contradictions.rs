//! Where a source does not agree with itself. Nothing is smoothed: both numbers are shown.

use jiff::Unit;

use crate::compare::comparable;
use crate::measure::Measure;
use crate::programme::{Costs, ImprovementUnit, Programme, Published, Survey};

/// Two statements of one source that cannot both be so, or that must not be read together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contradiction {
    /// The percentage is not that of the persons beside it.
    Percentage {
        /// As published.
        said: u8,
        /// Of the persons.
        counted: u64,
    },
    /// No whole number of persons is the percentage of those below the line.
    NoSuchShare {
        /// As published.
        percent: u8,
        /// Persons below the line.
        of: u32,
    },
    /// A headline tells of several groups what holds for one.
    Headline {
        /// What it says.
        percent: u8,
        /// Of the groups it names, together, as far as their persons are known.
        together: u64,
    },
    /// A sum is not what its parts add up to.
    Sum {
        /// Of what.
        what: String,
        /// As published.
        said: u64,
        /// Of the parts.
        counted: u64,
    },
    /// Text and table name different amounts for a year, in thousands of kroner.
    Amount {
        /// The year.
        year: String,
        /// In the text.
        text: u64,
        /// In the table.
        table: u64,
    },
    /// The years from the first to the last day are not as many as it says.
    Years {
        /// As published.
        said: i16,
        /// From first to last day.
        counted: i16,
    },
    /// A result and the target answer two questions: one must not be subtracted from the other.
    TargetOfAnotherMeasure {
        /// What was published.
        published: Measure,
        /// What is aimed at.
        target: Measure,
    },
    /// An improvement in percent that may be of the baseline or points on top: the two baselines it leads to, in tenths of a percent.
    TwoBaselines {
        /// Where it is of the baseline.
        of_it: u32,
        /// Where it is points on top.
        on_top: u32,
    },
    /// Every consultant would have more citizens than the method allows, were they all there at once.
    MoreThanTheMethodAllows {
        /// Citizens per consultant.
        each: u32,
    },
}

/// The most citizens a consultant may have for a full score (IPS-25, item 1: more than 25 falls below good practice).
const CASELOAD: u32 = 25;

/// Everything in a programme's file that does not fit together.
#[must_use]
pub fn contradictions(programme: &Programme) -> Vec<Contradiction> {
    let mut found: Vec<Contradiction> = programme.published.iter().filter_map(of_published).collect();
    found.extend(of_headline(programme));
    found.extend(programme.costs.iter().filter_map(of_costs));
    found.extend(of_sums(programme));
    found.extend(of_years(programme));
    found.extend(of_targets(programme));
    found.extend(of_baseline(programme));
    found.extend(programme.survey.iter().flat_map(of_survey));
    found.extend(of_caseload(programme));
    found
}

fn of_published(published: &Published) -> Option<Contradiction> {
    let (below, said) = (published.denominator?, published.percent);
    match published.numerator {
        Some(above) => {
            let counted = percent(u64::from(above), u64::from(below));
            (counted != u64::from(said)).then_some(Contradiction::Percentage { said, counted })
        }
        None => {
            (!is_share_of(said, u64::from(below))).then_some(Contradiction::NoSuchShare { percent: said, of: below })
        }
    }
}

/// Whether some number of so many persons is this percentage: the least that is not below it when rounded is, or none.
fn is_share_of(said: u8, below: u64) -> bool {
    let least = (below * (2 * u64::from(said)).saturating_sub(1)).div_ceil(200);
    least <= below && percent(least, below) == u64::from(said)
}

/// Where a group's persons are not told, as many as come nearest to its percentage.
fn of_headline(programme: &Programme) -> Option<Contradiction> {
    let headline = programme.headline.as_ref()?;
    let (mut above, mut below) = (0, 0);
    for published in &programme.published {
        let all = u64::from(published.denominator?);
        above += published.numerator.map_or((all * u64::from(published.percent) + 50) / 100, u64::from);
        below += all;
    }
    let together = percent(above, below);
    (together != u64::from(headline.percent)).then_some(Contradiction::Headline { percent: headline.percent, together })
}

fn of_costs(costs: &Costs) -> Option<Contradiction> {
    sum(&costs.what, costs.total_said, costs.thousands.values().copied().map(u64::from).sum())
}

fn of_sums(programme: &Programme) -> Vec<Contradiction> {
    let mut found = Vec::new();
    if let Some(said) = programme.costs_said {
        found.extend(sum("total", said.total, programme.total_cost()));
        for year in programme.years() {
            let counted = programme.cost_of(&year).unwrap_or(0);
            found.extend(sum(&year, said.each_year, counted));
            found.extend(amount(&year, said.in_the_text, counted));
        }
    }
    if let Some(granted) = &programme.granted {
        let table = granted.thousands.iter();
        found.extend(table.filter_map(|(year, table)| amount(year, granted.in_the_text, u64::from(*table))));
    }
    let lists = [
        ("municipalities", programme.municipalities_said, programme.municipalities.len()),
        ("principles", programme.principles_said, programme.principles.len()),
    ];
    found.extend(lists.into_iter().filter_map(|(what, said, counted)| sum(what, said? as u64, counted as u64)));
    found
}

fn of_years(programme: &Programme) -> Option<Contradiction> {
    let (said, from, to) = (programme.years_said?, programme.from?, programme.to?);
    let counted = from.until((Unit::Year, to.tomorrow().ok()?)).ok()?.get_years();
    (counted != said).then_some(Contradiction::Years { said, counted })
}

fn of_targets(programme: &Programme) -> Vec<Contradiction> {
    let pairs = programme.targets.iter().flat_map(|target| programme.published.iter().map(move |it| (it, target)));
    pairs
        .filter(|(published, target)| comparable(published.measure, target.measure).is_err())
        .map(|(published, target)| Contradiction::TargetOfAnotherMeasure {
            published: published.measure,
            target: target.measure,
        })
        .collect()
}

fn of_baseline(programme: &Programme) -> Option<Contradiction> {
    let baseline = programme.baseline.as_ref().filter(|it| it.unit == Some(ImprovementUnit::NotSaid))?;
    let better = u32::from(baseline.improvement_percent?);
    let result = u32::from(programme.published.iter().find(|it| Some(it.measure) == baseline.measure)?.percent);
    // In tenths of a percent, rounded.
    let of_it = (result * 1000 * 2 + (100 + better)) / ((100 + better) * 2);
    Some(Contradiction::TwoBaselines { of_it, on_top: result.saturating_sub(better) * 10 })
}

fn of_survey(survey: &Survey) -> Vec<Contradiction> {
    let mut found = Vec::new();
    let all = |parts: &[u32]| parts.iter().copied().map(u64::from).sum();
    let (units, answered) = (u64::from(survey.units), u64::from(survey.answered));
    found.extend(sum("answered", answered, all(&[survey.yes, survey.no])));
    found.extend(sum("units", units, all(&[survey.answered, survey.no_answer])));
    let counted = percent(answered, units);
    if counted != u64::from(survey.response_percent) {
        found.push(Contradiction::Percentage { said: survey.response_percent, counted });
    }
    if let Some(other) = &survey.with_other_knowledge {
        found.extend(sum("units", units, all(&[other.yes, other.no, other.unknown])));
    }
    found
}

fn of_caseload(programme: &Programme) -> Option<Contradiction> {
    let each = programme.citizens_at_least?.div_ceil(programme.consultants?.get());
    (each > CASELOAD).then_some(Contradiction::MoreThanTheMethodAllows { each })
}

fn sum(what: &str, said: u64, counted: u64) -> Option<Contradiction> {
    (said != counted).then(|| Contradiction::Sum { what: what.to_owned(), said, counted })
}

fn amount(year: &str, text: u64, table: u64) -> Option<Contradiction> {
    (text != table).then(|| Contradiction::Amount { year: year.to_owned(), text, table })
}

/// Rounded to whole percent, halves up, as the sources do.
fn percent(above: u64, below: u64) -> u64 {
    (above * 200 + below).checked_div(below * 2).unwrap_or(0)
}
