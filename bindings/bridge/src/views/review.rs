//! A programme's evidence of fidelity.

use feltbog_app::{KeptEvidence, KeptReview, LookedAtReview};
use feltbog_domain::EvidenceSaid;
use feltbog_reports::{ITEMS, Item, Scope, Score};

use crate::reply::{ReviewItem, ReviewPage, SaidOfItem};

pub(crate) fn review(looked: &LookedAtReview) -> ReviewPage {
    let LookedAtReview { kept, fidelity, may_begin, may_write } = looked;
    let kept = kept.as_ref();
    let review = kept.map(|kept| &kept.review);
    let scores = kept.map(|kept| kept.scored().scores).unwrap_or_default();
    ReviewPage {
        from: review.map(|review| review.days.from.to_string()),
        to: review.map(|review| review.days.to.to_string()),
        full_time: review.and_then(|review| review.full_time),
        meetings_reviewed: review.map(|review| review.meetings_reviewed.word().to_owned()),
        items: ITEMS.iter().map(|it| item(it, kept, &scores)).collect(),
        fidelity: (fidelity.scope == Scope::Programme).then(|| super::fidelity(fidelity)),
        may_begin: *may_begin,
        may_write: *may_write,
    }
}

fn item(item: &Item, kept: Option<&KeptReview>, scores: &[Score]) -> ReviewItem {
    let said = kept.iter().flat_map(|kept| &kept.said).filter(|one| one.evidence.item == u32::from(item.number));
    ReviewItem {
        number: item.number,
        name: item.name.da.to_owned(),
        name_en: item.name.en.to_owned(),
        agreed: scores.iter().find(|score| score.item == item.number).map(|score| score.points),
        said: said.map(said_of_item).collect(),
    }
}

fn said_of_item(kept: &KeptEvidence) -> SaidOfItem {
    let KeptEvidence { id, evidence, by, is_own_word, may_strike } = kept;
    let mut row = SaidOfItem {
        id: id.to_string(),
        on: evidence.on.to_string(),
        what: "newer".to_owned(),
        source: None,
        source_code: None,
        text: None,
        points: None,
        review: None,
        by: by.clone(),
        struck: evidence.struck,
        may_strike: *may_strike,
    };
    match &evidence.said {
        EvidenceSaid::Seen { source, text } => {
            (row.what, row.text) = ("seen".to_owned(), Some(text.clone()));
            (row.source, row.source_code) = (Some(source.danish().to_owned()), Some(source.code().to_owned()));
        }
        EvidenceSaid::Reading { text } => (row.what, row.text) = ("reading".to_owned(), Some(text.clone())),
        EvidenceSaid::Points { points, review, note } => {
            (row.what, row.text, row.review) = ("points".to_owned(), note.clone(), Some(review.to_string()));
            // What somebody wrote over another's points is nobody's word.
            row.points = is_own_word.then_some(*points);
        }
        EvidenceSaid::Counted { review, points, .. } => {
            (row.what, row.review) = ("counted".to_owned(), Some(review.to_string()));
            row.points = points.filter(|_| *is_own_word);
        }
        EvidenceSaid::Newer => {}
    }
    row
}
