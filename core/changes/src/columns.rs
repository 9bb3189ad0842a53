//! Columns as automerge writes them: run lengths, and flags as alternating counts.

use crate::input::push_number;

/// Writes a column of numbers that may be absent. Runs of two and more are counted, single values stand together.
#[derive(Default)]
pub(crate) struct Runs {
    bytes: Vec<u8>,
    singles: Vec<u64>,
    run: Option<(Option<u64>, u64)>,
    has_values: bool,
}

impl Runs {
    pub(crate) fn push(&mut self, value: Option<u64>, times: u64) {
        if times == 0 {
            return;
        }
        self.has_values |= value.is_some();
        match &mut self.run {
            Some((last, count)) if *last == value => *count += times,
            _ => {
                self.end_run();
                self.run = Some((value, times));
            }
        }
    }

    /// The column; empty when no row has a value, as automerge leaves such a column out.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        self.end_run();
        self.end_singles();
        if self.has_values { self.bytes } else { Vec::new() }
    }

    fn end_run(&mut self) {
        match self.run.take() {
            Some((Some(value), 1)) => self.singles.push(value),
            Some((Some(value), count)) => {
                self.end_singles();
                push_signed(&mut self.bytes, i64::try_from(count).unwrap_or(i64::MAX));
                push_number(&mut self.bytes, value);
            }
            Some((None, count)) => {
                self.end_singles();
                self.bytes.push(0);
                push_number(&mut self.bytes, count);
            }
            None => {}
        }
    }

    fn end_singles(&mut self) {
        if self.singles.is_empty() {
            return;
        }
        push_signed(&mut self.bytes, -i64::try_from(self.singles.len()).unwrap_or(i64::MAX));
        for value in self.singles.drain(..) {
            push_number(&mut self.bytes, value);
        }
    }
}

/// So many rows without a flag, then so many with one.
pub(crate) fn flags(without: u64, with: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    push_number(&mut bytes, without);
    if with > 0 {
        push_number(&mut bytes, with);
    }
    bytes
}

/// Signed LEB128.
pub(crate) fn push_signed(bytes: &mut Vec<u8>, mut value: i64) {
    loop {
        let low = u8::try_from(value & 0x7f).unwrap_or_default();
        value >>= 7;
        if (value == 0 && low & 0x40 == 0) || (value == -1 && low & 0x40 != 0) {
            bytes.push(low);
            return;
        }
        bytes.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_singles_and_gaps_stand_as_automerge_writes_them() {
        let mut runs = Runs::default();
        runs.push(None, 5);
        for value in [0, 9, 1, 1, 1, 7] {
            runs.push(Some(value), 1);
        }
        assert_eq!(runs.finish(), [0, 5, 0x7e, 0, 9, 3, 1, 0x7f, 7]);
        let mut nothing = Runs::default();
        nothing.push(None, 5);
        assert!(nothing.finish().is_empty());
    }

    #[test]
    fn signed_numbers_take_the_fewest_bytes() {
        for (value, expected) in
            [(63, vec![63]), (64, vec![0xc0, 0]), (-1, vec![0x7f]), (-64, vec![0x40]), (-65, vec![0xbf, 0x7f])]
        {
            let mut bytes = Vec::new();
            push_signed(&mut bytes, value);
            assert_eq!(bytes, expected, "{value}");
        }
    }
}
