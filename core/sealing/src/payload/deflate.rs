//! Deflate with a preset dictionary, and inflating within bounds.

use feltbog_protocol::limits;
use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use zeroize::Zeroizing;

use super::PayloadError;

/// Raw deflate of everything at once.
pub(crate) fn deflate(plain: &[u8], dictionary: &[u8]) -> Result<Zeroizing<Vec<u8>>, PayloadError> {
    let mut deflate = Compress::new(Compression::best(), false);
    if !dictionary.is_empty() {
        deflate.set_dictionary(dictionary).map_err(|_| PayloadError::Malformed)?;
    }
    // Stored blocks, which is what incompressible bytes become, add five bytes to 16 KiB and a few at the end.
    let mut packed = Zeroizing::new(Vec::with_capacity(plain.len() + plain.len() / 1_024 + 64));
    match deflate.compress_vec(plain, &mut packed, FlushCompress::Finish) {
        Ok(Status::StreamEnd) => Ok(packed),
        _ => Err(PayloadError::Malformed),
    }
}

/// Inflates to exactly `plain_len` bytes, at most [`limits::PLAINTEXT`].
pub(crate) fn inflate(packed: &[u8], plain_len: usize, dictionary: &[u8]) -> Result<Zeroizing<Vec<u8>>, PayloadError> {
    if plain_len > limits::PLAINTEXT {
        return Err(PayloadError::TooLarge);
    }
    let mut inflate = Decompress::new(false);
    if !dictionary.is_empty() {
        inflate.set_dictionary(dictionary).map_err(|_| PayloadError::Malformed)?;
    }
    // Room for one byte more than announced, so that a longer stream is noticed without being inflated.
    let mut plain = Zeroizing::new(vec![0; plain_len + 1]);
    let status = inflate.decompress(packed, &mut plain, FlushDecompress::Finish);
    let written = usize::try_from(inflate.total_out()).unwrap_or(usize::MAX);
    if written > plain_len {
        return Err(PayloadError::TooLarge);
    }
    if !matches!(status, Ok(Status::StreamEnd)) || written != plain_len {
        return Err(PayloadError::Malformed);
    }
    plain.truncate(plain_len);
    Ok(plain)
}
