//! A programme's evidence of fidelity.

use feltbog_app::{KeptEvidence, KeptReview};
use feltbog_domain::EvidenceSaid;
use feltbog_reports::{ITEMS, Item, Score};

use crate::reply::{FidelityPage, ReviewItem, ReviewPage, SaidOfItem};

pub(crate) fn review(kept: Option<&KeptReview>, fidelity: Option<FidelityPage>) -> ReviewPage {
    let days = kept.map(|kept| kept.review.days);
    let scores = kept.map(|kept| kept.scored().scores).unwrap_or_default();
    ReviewPage {
        from: days.map(|days| days.from.to_string()),
        to: days.map(|days| days.to.to_string()),
        items: ITEMS.iter().map(|it| item(it, kept, &scores)).collect(),
        fidelity,
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
    let KeptEvidence { id, evidence, by, is_own_word } = kept;
    let mut row = SaidOfItem {
        id: id.to_string(),
        on: evidence.on.to_string(),
        what: "newer".to_owned(),
        source: None,
        text: None,
        points: None,
        review: None,
        by: by.clone(),
        struck: evidence.struck,
    };
    match &evidence.said {
        EvidenceSaid::Seen { source, text } => {
            (row.what, row.source, row.text) =
                ("seen".to_owned(), Some(source.danish().to_owned()), Some(text.clone()));
        }
        EvidenceSaid::Reading { text } => (row.what, row.text) = ("reading".to_owned(), Some(text.clone())),
        EvidenceSaid::Points { points, review, note } => {
            (row.what, row.text, row.review) = ("points".to_owned(), note.clone(), Some(review.to_string()));
            // What somebody wrote over another's points is nobody's word.
            row.points = is_own_word.then_some(*points);
        }
        EvidenceSaid::Newer => {}
    }
    row
}
