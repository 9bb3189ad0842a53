//! Padding that hides a length but for its magnitude.

/// The Padmé size for `len` bytes: at most 12 % more, leaking only O(log log len) bits.
///
/// Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", PETS 2019, section 4.
#[must_use]
pub fn padme(len: usize) -> usize {
    if len < 2 {
        return len;
    }
    let exponent = len.ilog2();
    let mantissa_bits = exponent.ilog2() + 1;
    let cleared = exponent.saturating_sub(mantissa_bits);
    let mask = (1_usize << cleared) - 1;
    len.saturating_add(mask) & !mask
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sizes_of_the_paper() {
        for (len, padded) in [(0, 0), (1, 1), (9, 10), (100, 104), (1_000, 1_024), (1_000_000, 1_015_808)] {
            assert_eq!(padme(len), padded, "{len}");
        }
    }

    proptest! {
        #[test]
        fn padding_never_shortens_and_adds_at_most_an_eighth(len in 0_usize..50_000_000) {
            let padded = padme(len);
            prop_assert!(padded >= len);
            prop_assert!(padded - len <= len / 8 + 1);
        }
    }
}
