//! What somebody types about a review of fidelity, and what is meant by it.

use feltbog_domain::EvidenceSource;
use feltbog_reports::{Period, Reviewed};
use jiff::civil::Date;

use super::new_case::typed_day;
use crate::device::Device;
use crate::error::AppError;

/// The days of a review, and what no entry tells.
#[derive(Debug, Clone)]
pub struct ReviewWish {
    /// The programme; may be absent while there is one.
    pub programme: Option<String>,
    /// The days that are looked at.
    pub days: Period,
    /// Full-time consultants on the last day.
    pub full_time: Option<f64>,
    /// How often meetings with employers are gone through.
    pub meetings_reviewed: Reviewed,
}

/// The same as it was typed.
#[derive(Debug, Clone)]
pub struct ReviewTyped {
    /// The programme; may be absent while there is one.
    pub programme: Option<String>,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Full-time consultants on the last day.
    pub full_time: Option<f64>,
    /// `weekly`, `monthly` or `seldom`, which it is when absent.
    pub meetings_reviewed: Option<String>,
}

impl ReviewTyped {
    /// What is meant.
    ///
    /// # Errors
    /// [`AppError::Unclear`] when a day cannot be understood, or the last lies before the first; with another word for how often.
    pub fn wish(self) -> Result<ReviewWish, AppError> {
        let day = |typed: &str| {
            typed_day(Some(typed))?.ok_or_else(|| AppError::Unclear("skriv både den første og den sidste dag".into()))
        };
        let days = Period::new(day(&self.from)?, day(&self.to)?)
            .map_err(|_| AppError::Unclear("perioden slutter, før den begynder".into()))?;
        let meetings_reviewed = match self.meetings_reviewed.as_deref() {
            None => Reviewed::default(),
            Some(word) => Reviewed::typed(word)
                .ok_or_else(|| AppError::Unclear("møderne gennemgås weekly, monthly eller seldom".into()))?,
        };
        Ok(ReviewWish { programme: self.programme, days, full_time: self.full_time, meetings_reviewed })
    }
}

/// What somebody says of an item.
#[derive(Debug, Clone)]
pub enum EvidenceTyped {
    /// What was seen on a day.
    Seen {
        /// The day.
        on: Date,
        /// Where.
        source: EvidenceSource,
        /// What.
        text: String,
    },
    /// The points this member gives.
    Points {
        /// One to five.
        points: u8,
        /// Why.
        note: Option<String>,
    },
    /// How the item is read here.
    Reading {
        /// The reading.
        text: String,
    },
}

impl Device {
    /// What was seen, as it was typed; today unless a day is named.
    ///
    /// # Errors
    /// [`AppError::Unclear`] when the day cannot be understood or has not been, and where the source is none of the four.
    pub fn typed_as_seen(
        &self,
        on: Option<&str>,
        source: EvidenceSource,
        text: String,
    ) -> Result<EvidenceTyped, AppError> {
        let today = self.now().date();
        let on = typed_day(on)?.unwrap_or(today);
        if on > today {
            return Err(AppError::Unclear("dagen er ikke kommet endnu".into()));
        }
        if matches!(source, EvidenceSource::Unknown(_)) {
            return Err(AppError::Unclear("det er set i et møde, et dokument, en observation eller en samtale".into()));
        }
        Ok(EvidenceTyped::Seen { on, source, text })
    }
}
