//! What an employer looks for.

use feltbog_domain::{DocumentId, DocumentKind, Opening, OpeningState};
use feltbog_notes::Document;

use crate::device::Device;
use crate::error::AppError;
use crate::team_text::TeamTexts;
use crate::use_cases::entry_wish::{checked_hours, coming_day, job_type, line, non_empty};

/// What was typed about an opening; what is `None` stays as it was, an empty text takes the value away.
#[derive(Debug, Clone, Default)]
pub struct OpeningWish {
    /// Which; a new one when absent.
    pub opening: Option<DocumentId>,
    /// What is looked for.
    pub text: Option<String>,
    /// Hours a week.
    pub hours_per_week: Option<u32>,
    /// Code or word of its terms.
    pub job_type: Option<String>,
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub until: Option<String>,
    /// Code or word of what became of it.
    pub state: Option<String>,
}

impl Device {
    /// Notes or puts right what an employer looks for.
    ///
    /// # Errors
    /// As [`Self::change_employer`]; an unknown opening, a new one without words, and one that ends before it begins.
    pub fn put_opening(&mut self, employer: &str, wish: &OpeningWish) -> Result<DocumentId, AppError> {
        let (cvr, folder) = self.known_employer(employer)?;
        TeamTexts::of(self)?.check_text(wish.text.as_deref())?;
        let today = self.now().date();
        let new = || {
            let text = line(wish.text.as_deref(), "det, der søges,")?;
            let text = text.ok_or_else(|| AppError::Unclear("skriv, hvad virksomheden søger".into()))?;
            Ok::<_, AppError>(Opening {
                employer: cvr,
                text,
                hours_per_week: None,
                job_type: None,
                from: None,
                until: None,
                state: OpeningState::Open,
                noted_on: today,
            })
        };
        let (folder, id, before) = self.row_or_new(folder, wish.opening, DocumentKind::Opening, Document::opening)?;
        let opening = wish.applied_to(before.map_or_else(new, Ok)?, today)?;
        self.write_row(&folder, id, DocumentKind::Opening, |document, actor| document.write_opening(actor, &opening))
    }
}

impl OpeningWish {
    fn applied_to(&self, mut opening: Opening, today: jiff::civil::Date) -> Result<Opening, AppError> {
        if let Some(text) = self.text.as_deref() {
            let text = line(Some(text), "det, der søges,")?;
            opening.text = text.ok_or_else(|| AppError::Unclear("skriv, hvad virksomheden søger".into()))?;
        }
        opening.hours_per_week = checked_hours(self.hours_per_week)?.or(opening.hours_per_week);
        if self.job_type.is_some() {
            opening.job_type = job_type(self.job_type.as_deref())?;
        }
        let day = |typed: &str| non_empty(Some(typed)).map(|day| coming_day(day, today)).transpose();
        if let Some(typed) = self.from.as_deref() {
            opening.from = day(typed)?;
        }
        if let Some(typed) = self.until.as_deref() {
            opening.until = day(typed)?;
        }
        if let Some(word) = non_empty(self.state.as_deref()) {
            opening.state = opening_state(word)?;
        }
        if opening.from.zip(opening.until).is_some_and(|(from, until)| until < from) {
            return Err(AppError::Unclear("den sidste dag er før den første".into()));
        }
        Ok(opening)
    }
}

pub(crate) fn opening_state(word: &str) -> Result<OpeningState, AppError> {
    OpeningState::from_word(word).ok_or_else(|| {
        let words: Vec<&str> = OpeningState::words().collect();
        AppError::Unclear(format!("tilstanden findes ikke; vælg mellem: {}", words.join(", ")))
    })
}
