//! Timings of one act, repeated.

use std::time::Instant;

use anyhow::Result;

/// Milliseconds of each repetition, sorted.
pub(crate) struct Figures(Vec<f64>);

impl Figures {
    /// Runs an act `times` times; the act is told which repetition it is.
    pub(crate) fn of(times: u32, mut act: impl FnMut(u32) -> Result<()>) -> Result<Self> {
        let mut taken = Vec::new();
        for n in 0..times {
            let started = Instant::now();
            act(n)?;
            taken.push(started.elapsed().as_secs_f64() * 1_000.0);
        }
        Ok(Self::from_values(taken))
    }

    pub(crate) fn from_values(mut taken: Vec<f64>) -> Self {
        taken.sort_by(f64::total_cmp);
        Self(taken)
    }

    pub(crate) fn median(&self) -> f64 {
        self.at(0.5)
    }

    pub(crate) fn p99(&self) -> f64 {
        self.at(0.99)
    }

    pub(crate) fn longest(&self) -> f64 {
        self.at(1.0)
    }

    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "an index of a few thousand"
    )]
    fn at(&self, share: f64) -> f64 {
        let at = ((self.0.len() as f64 - 1.0) * share).round() as usize;
        self.0.get(at).copied().unwrap_or_default()
    }
}
