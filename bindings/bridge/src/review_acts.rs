//! Looking at a programme's review of fidelity, and acting in it.

use feltbog_app::{App, AppError, EvidenceTyped, ReviewTyped};
use feltbog_domain::EvidenceSource;

use crate::answer::id;
use crate::reply::Reply;
use crate::request::{ReviewAct, ReviewAsked};
use crate::views;

pub(crate) fn review(app: &App, asked: ReviewAsked) -> Result<Reply, AppError> {
    let ReviewAsked { programme, act } = asked;
    let Some(act) = act else {
        let looked = app.with(|d| d.look_at_review(programme.as_deref()))?;
        return Ok(Reply::Review(views::review(&looked)));
    };
    match act {
        ReviewAct::Begin { from, to, full_time, meetings_reviewed } => {
            let typed = ReviewTyped { programme, from, to, full_time, meetings_reviewed };
            app.save(|d| d.begin_review(&typed.wish()?))?;
        }
        ReviewAct::Seen { item, on, source, text } => {
            let source = EvidenceSource::from_code(&source);
            app.save(|d| {
                let typed = d.typed_as_seen(on.as_deref(), source, text)?;
                d.say_of_item(programme.as_deref(), item, &typed)
            })?;
        }
        ReviewAct::Points { item, points, note } => {
            let typed = EvidenceTyped::Points { points, note };
            app.save(|d| d.say_of_item(programme.as_deref(), item, &typed))?;
        }
        ReviewAct::PointsOfFile { file } => app.save(|d| d.give_points_of_file(programme.as_deref(), &file))?,
        ReviewAct::Reading { item, text } => {
            let typed = EvidenceTyped::Reading { text };
            app.save(|d| d.say_of_item(programme.as_deref(), item, &typed))?;
        }
        ReviewAct::Count => app.save(|d| d.count_into_review(programme.as_deref()))?,
        ReviewAct::Strike { id: said } => app.save(|d| d.strike_evidence(id(&said)?))?,
    }
    Ok(Reply::Done)
}
