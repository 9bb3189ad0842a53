//! Reading numbers and bytes from the front of a slice.

/// The bytes end too early, or say what cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the bytes cannot be read")]
pub struct Malformed;

/// What is left to read.
pub struct Input<'a>(pub &'a [u8]);

impl<'a> Input<'a> {
    /// The next bytes.
    ///
    /// # Errors
    /// [`Malformed`] when they are not there.
    pub fn take(&mut self, length: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(Malformed)?;
        self.0 = rest;
        Ok(taken)
    }

    /// The next byte.
    ///
    /// # Errors
    /// [`Malformed`] when they are not there.
    pub fn byte(&mut self) -> Result<u8, Malformed> {
        let (byte, rest) = self.0.split_first().ok_or(Malformed)?;
        self.0 = rest;
        Ok(*byte)
    }

    /// The next bytes, as many as the type says.
    ///
    /// # Errors
    /// [`Malformed`] when they are not there.
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        self.take(N)?.try_into().map_err(|_| Malformed)
    }

    /// Unsigned LEB128.
    ///
    /// # Errors
    /// [`Malformed`] when it is none.
    pub fn number(&mut self) -> Result<u64, Malformed> {
        let (mut value, mut shift) = (0_u64, 0_u32);
        loop {
            let byte = self.byte()?;
            if shift == 63 && byte > 1 {
                return Err(Malformed);
            }
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
            shift += 7;
        }
    }

    /// A number that counts something.
    ///
    /// # Errors
    /// [`Malformed`] when they are not there.
    pub fn length(&mut self) -> Result<usize, Malformed> {
        usize::try_from(self.number()?).map_err(|_| Malformed)
    }

    /// Bytes with their length before them.
    ///
    /// # Errors
    /// [`Malformed`] when they are not there.
    pub fn sized(&mut self) -> Result<&'a [u8], Malformed> {
        let length = self.length()?;
        self.take(length)
    }
}

/// Writes unsigned LEB128.
pub fn push_number(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(0x80 | u8::try_from(value & 0x7f).unwrap_or_default());
        value >>= 7;
    }
    bytes.push(u8::try_from(value).unwrap_or_default());
}

/// Writes a count.
pub fn push_length(bytes: &mut Vec<u8>, length: usize) {
    push_number(bytes, length as u64);
}

/// Writes bytes with their length before them.
pub fn push_sized(bytes: &mut Vec<u8>, content: &[u8]) {
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
