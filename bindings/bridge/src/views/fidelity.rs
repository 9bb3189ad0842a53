//! How near a programme keeps to the method.

use feltbog_app::CountedFidelity;
use feltbog_reports::{Band, Scored, Scorer, Section, Sum, WhyNot};

use super::scope::scope;
use crate::reply::{FidelityItem, FidelityPage, FidelitySum};

pub(crate) fn fidelity(counted: &CountedFidelity) -> FidelityPage {
    let CountedFidelity { review, fidelity, programme, scope: whose } = counted;
    FidelityPage {
        programme: programme.clone(),
        from: review.days.from.to_string(),
        to: review.days.to.to_string(),
        scope: scope(*whose),
        items: fidelity.items.iter().map(item).collect(),
        counted: sum(fidelity.counted),
        by_people: sum(fidelity.by_people),
        band: fidelity.band.map(|band| word(band).to_owned()),
    }
}

fn item(scored: &Scored) -> FidelityItem {
    let Scored { basis, review, .. } = scored;
    FidelityItem {
        number: scored.item.number,
        section: section(scored.item.section()).to_owned(),
        name: scored.item.name.da.to_owned(),
        name_en: scored.item.name.en.to_owned(),
        counted: scored.item.counted,
        points: scored.points.ok(),
        why_not: scored.points.err().map(|why| why_not(why).to_owned()),
        scored_by: scored.points.is_ok().then(|| scorer(scored.scorer).to_owned()),
        numerator: basis.map(|basis| basis.above),
        denominator: basis.map(|basis| basis.below),
        undecided: basis.map_or(0, |basis| basis.undecided),
        assumed_ordinary: basis.map_or(0, |basis| basis.assumed_ordinary),
        people_points: review.as_ref().map(|score| score.points),
        note: review.as_ref().and_then(|score| score.note.clone()),
    }
}

const fn sum(sum: Sum) -> FidelitySum {
    FidelitySum { points: sum.points, of: sum.of, open: sum.open }
}

const fn scorer(scorer: Scorer) -> &'static str {
    match scorer {
        Scorer::Entries => "entries",
        Scorer::People => "people",
    }
}

const fn section(section: Section) -> &'static str {
    match section {
        Section::Staffing => "staffing",
        Section::Organisation => "organisation",
        Section::Services => "services",
    }
}

const fn why_not(why: WhyNot) -> &'static str {
    match why {
        WhyNot::NotScoredYet => "not_scored_yet",
        WhyNot::NothingToCount => "nothing_to_count",
        WhyNot::FewSeekWork => "few_seek_work",
        WhyNot::FewJobs => "few_jobs",
        WhyNot::TooLittleKnown => "too_little_known",
        WhyNot::OwnOnly => "own_only",
        WhyNot::NotCountedYet => "not_counted_yet",
    }
}

const fn word(band: Band) -> &'static str {
    match band {
        Band::Exemplary => "exemplary",
        Band::Good => "good",
        Band::Fair => "fair",
        Band::NotSupportedEmployment => "not_supported_employment",
    }
}
