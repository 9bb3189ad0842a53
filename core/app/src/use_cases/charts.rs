//! What charts are drawn from.

use feltbog_reports::{Charts, Programme, Scope};
use jiff::civil::Date;

use crate::counted_programme::CountedProgramme;
use crate::device::Device;
use crate::error::AppError;
use crate::use_cases::report::{ReportWish, unclear};

/// Charts, and of whom they are.
#[derive(Debug, Clone)]
pub struct CountedCharts {
    /// The counts.
    pub charts: Charts,
    /// The day at whose end they hold.
    pub as_of: Date,
    /// Consultants with the citizens each is responsible for, by name: nobody is ranked.
    pub caseload: Vec<(String, u64)>,
    /// The most citizens a consultant has, as the programme's own file says.
    pub caseload_limit: Option<u32>,
    /// Whose facts were counted.
    pub scope: Scope,
}

impl Device {
    /// Counts what charts are drawn from. No citizen is named in it, so nothing is written into the read log.
    ///
    /// # Errors
    /// When the days cannot be understood, or do not go together.
    pub fn charts(&mut self, wish: &ReportWish) -> Result<CountedCharts, AppError> {
        let (as_of, period) = self.days(wish)?;
        let CountedProgramme { facts, scope, .. } = self.counted(wish.programme.as_deref())?;
        let charts = Charts::of(&facts.book, as_of, period).map_err(unclear)?;
        let name = |staff| facts.staff.get(&staff).cloned().unwrap_or_default();
        let mut caseload: Vec<(String, u64)> =
            charts.caseload.iter().map(|(staff, count)| (name(*staff), *count)).collect();
        caseload.sort();
        let file = self.programme_file(wish.programme.as_deref())?.read;
        let limit = |programme: Programme| programme.caseload_limit;
        let caseload_limit = file.and_then(Result::ok).and_then(limit);
        Ok(CountedCharts { charts, as_of, caseload, caseload_limit, scope })
    }
}
