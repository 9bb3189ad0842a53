//! Reading numbers and bytes from the front of a slice.

use super::PayloadError;

/// What is left to read.
pub(super) struct Input<'a>(pub(super) &'a [u8]);

impl<'a> Input<'a> {
    pub(super) fn take(&mut self, length: usize) -> Result<&'a [u8], PayloadError> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(PayloadError::Malformed)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(super) fn byte(&mut self) -> Result<u8, PayloadError> {
        let (byte, rest) = self.0.split_first().ok_or(PayloadError::Malformed)?;
        self.0 = rest;
        Ok(*byte)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], PayloadError> {
        self.take(N)?.try_into().map_err(|_| PayloadError::Malformed)
    }

    /// Unsigned LEB128.
    pub(super) fn number(&mut self) -> Result<u64, PayloadError> {
        let (mut value, mut shift) = (0_u64, 0_u32);
        loop {
            let byte = self.byte()?;
            if shift == 63 && byte > 1 {
                return Err(PayloadError::Malformed);
            }
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
            shift += 7;
        }
    }

    pub(super) fn length(&mut self) -> Result<usize, PayloadError> {
        usize::try_from(self.number()?).map_err(|_| PayloadError::Malformed)
    }

    /// Bytes with their length before them.
    pub(super) fn sized(&mut self) -> Result<&'a [u8], PayloadError> {
        let length = self.length()?;
        self.take(length)
    }
}

pub(super) fn push_number(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(0x80 | u8::try_from(value & 0x7f).unwrap_or_default());
        value >>= 7;
    }
    bytes.push(u8::try_from(value).unwrap_or_default());
}

pub(super) fn push_length(bytes: &mut Vec<u8>, length: usize) {
    push_number(bytes, length as u64);
}

pub(super) fn push_sized(bytes: &mut Vec<u8>, content: &[u8]) {
    push_length(bytes, content.len());
    bytes.extend_from_slice(content);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_survive_being_written() {
        for value in [0, 1, 127, 128, 16_383, 16_384, u64::from(u32::MAX), u64::MAX] {
            let mut bytes = Vec::new();
            push_number(&mut bytes, value);
            let mut input = Input(&bytes);
            assert_eq!(input.number(), Ok(value));
            assert!(input.0.is_empty());
        }
        assert!(Input(&[0xff; 10]).number().is_err());
        assert!(Input(&[0x80]).number().is_err());
    }
}
