//! The room left in one page.

use feltbog_protocol::limits;

/// Bytes that a row costs in a page beside its envelope: its number and the frame of the encoding.
const ROW_OVERHEAD: u64 = 16;

/// Room for rows, shared by the main feed and all backfills of one reply.
pub(crate) struct PageBudget {
    left: u64,
    empty: bool,
    rows_scanned: u64,
}

impl PageBudget {
    /// A page of `max_bytes`, within what any device may ask for; at most so many rows are looked at for it.
    pub(crate) fn new(max_bytes: u32, rows_scanned: u64) -> Self {
        let left = u64::from(max_bytes.clamp(limits::PAGE_MIN, limits::PAGE_MAX));
        #[cfg(feature = "simulation")]
        let left = left.min(crate::simulated::page_ceiling());
        Self { left, empty: true, rows_scanned }
    }

    /// The last row to be looked at after `cursor`.
    pub(crate) fn last_scanned(&self, cursor: u64, head: u64) -> u64 {
        head.min(cursor.saturating_add(self.rows_scanned))
    }

    /// Takes room for an envelope. The first one always fits, or a device with small pages would never get past a
    /// large row.
    pub(crate) fn take(&mut self, size: u64) -> bool {
        let cost = size.saturating_add(ROW_OVERHEAD);
        let fits = self.empty || cost <= self.left;
        if fits {
            self.left = self.left.saturating_sub(cost);
            self.empty = false;
        }
        fits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_row_fits_whatever_its_size_and_the_second_only_into_what_is_left() {
        let mut page = PageBudget::new(1, 1);
        assert!(page.take(300_000));
        assert!(!page.take(1));
    }

    #[test]
    fn a_page_is_never_larger_than_the_largest() {
        let mut page = PageBudget::new(u32::MAX, 1);
        assert!(page.take(u64::from(limits::PAGE_MAX) - 2 * ROW_OVERHEAD));
        assert!(page.take(0));
        assert!(!page.take(0));
    }
}
