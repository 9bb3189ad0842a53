//! A strict look at a change's bytes before automerge sees them.
//!
//! ```text
//! 85 6f 4a 83 | checksum 4 | type 1 | length | body
//! body: n, n x dependency 32 | actor | number | first operation | time | message | n, n x other actor
//!       | n, n x (column, length) | the columns' bytes
//! ```
//!
//! Automerge inflates compressed chunks and columns without limit, and expands run lengths without limit: 20 kB may
//! stand for 20 million letters. So nothing compressed is let through, and every run is counted before it is expanded.
//! What is counted here is only size; what a change says is checked in `change_rules.rs`.

use sha2::{Digest, Sha256};

use crate::caps::Caps;
use crate::error::ApplyError;

/// Refuses everything but one plain change within the caps.
pub(crate) fn check_chunk(bytes: &[u8], caps: &Caps) -> Result<(), ApplyError> {
    if bytes.len() > caps.change_bytes {
        return Err(ApplyError::TooManyBytes);
    }
    let body = check_header(bytes)?;
    let mut body = Input(body);
    check_preamble(&mut body, caps)?;
    let columns = split_columns(&mut body)?;
    // What follows the columns would travel and be stored without ever being shown.
    if !body.0.is_empty() {
        return Err(ApplyError::Malformed);
    }
    check_columns(&columns, caps)
}

/// The actor that a change names as its writer.
pub(crate) fn actor_in(bytes: &[u8]) -> Result<&[u8], ApplyError> {
    let mut body = Input(check_header(bytes)?);
    let dependencies = body.length()?;
    body.take(dependencies.saturating_mul(32))?;
    check_actor(&mut body)
}

fn check_header(bytes: &[u8]) -> Result<&[u8], ApplyError> {
    let mut input = Input(bytes);
    if input.take(4)? != MAGIC {
        return Err(ApplyError::Malformed);
    }
    let checksum = input.take(4)?;
    let kind = input.byte()?;
    if matches!(kind, DOCUMENT_CHUNK | COMPRESSED_CHUNK | BUNDLE_CHUNK) {
        return Err(ApplyError::CompressedChunk);
    }
    let checked = input.0;
    if kind != CHANGE_CHUNK || input.length()? != input.0.len() {
        return Err(ApplyError::Malformed);
    }
    // Automerge reads a single change without looking at its checksum.
    let digest = Sha256::new().chain_update([kind]).chain_update(checked).finalize();
    if digest.starts_with(checksum) { Ok(input.0) } else { Err(ApplyError::Malformed) }
}

fn check_preamble(body: &mut Input<'_>, caps: &Caps) -> Result<(), ApplyError> {
    let dependencies = body.length()?;
    if dependencies > caps.dependencies {
        return Err(ApplyError::TooManyOperations);
    }
    body.take(dependencies.saturating_mul(32))?;
    check_actor(body)?;
    body.unsigned()?; // number
    body.unsigned()?; // first operation
    body.signed()?; // time
    if body.length()? != 0 {
        return Err(ApplyError::Malformed); // a message would be text that is never shown
    }
    let others = body.length()?;
    if others > caps.dependencies {
        return Err(ApplyError::TooManyOperations);
    }
    (0..others).try_for_each(|_| check_actor(body).map(|_| ()))
}

/// An actor is 16 random bytes, and one more where an edit was made on an older state.
fn check_actor<'a>(body: &mut Input<'a>) -> Result<&'a [u8], ApplyError> {
    let length = body.length()?;
    if !(16..=17).contains(&length) {
        return Err(ApplyError::Malformed);
    }
    body.take(length)
}

/// A column's specification and its bytes.
type Column<'a> = (u64, &'a [u8]);

fn split_columns<'a>(body: &mut Input<'a>) -> Result<Vec<Column<'a>>, ApplyError> {
    let count = body.length()?;
    if count > KNOWN_COLUMNS.len() {
        return Err(ApplyError::Malformed);
    }
    let mut lengths = Vec::with_capacity(count);
    let mut previous = None;
    for _ in 0..count {
        let specification = body.unsigned()?;
        if specification & DEFLATED != 0 {
            return Err(ApplyError::CompressedChunk);
        }
        let is_next = previous.is_none_or(|previous| previous < specification);
        if !is_next || !KNOWN_COLUMNS.contains(&specification) {
            return Err(ApplyError::Malformed);
        }
        previous = Some(specification);
        lengths.push((specification, body.length()?));
    }
    lengths.into_iter().map(|(specification, length)| Ok((specification, body.take(length)?))).collect()
}

fn check_columns(columns: &[Column<'_>], caps: &Caps) -> Result<(), ApplyError> {
    let operations = count_operations(bytes_of(columns, ACTION), caps)?;
    let mut expanded = 0_usize;
    let mut predecessors = 0_usize;
    for (specification, bytes) in columns {
        match *specification {
            ACTION | VALUE | PREDECESSOR_ACTOR | PREDECESSOR_COUNTER => {}
            INSERT | EXPAND => check_flags(bytes, operations)?,
            KEY_TEXT | MARK_NAME => expanded = expanded.saturating_add(expanded_text(bytes, operations, caps)?),
            VALUE_META => {
                let meta = sum_unsigned(bytes, operations, |meta| meta >> 4)?;
                if meta != bytes_of(columns, VALUE).len() {
                    return Err(ApplyError::Malformed);
                }
            }
            PREDECESSOR_COUNT => predecessors = sum_unsigned(bytes, operations, |count| count)?,
            KEY_COUNTER => check_signed(bytes, operations)?,
            _ => sum_unsigned(bytes, operations, |_| 0).map(|_| ())?,
        }
    }
    if expanded > caps.expanded_bytes || predecessors > caps.operations {
        return Err(ApplyError::TooManyOperations);
    }
    sum_unsigned(bytes_of(columns, PREDECESSOR_ACTOR), predecessors, |_| 0)?;
    check_signed(bytes_of(columns, PREDECESSOR_COUNTER), predecessors)
}

fn bytes_of<'a>(columns: &[Column<'a>], wanted: u64) -> &'a [u8] {
    columns.iter().find(|(specification, _)| *specification == wanted).map_or(&[], |(_, bytes)| *bytes)
}

fn count_operations(actions: &[u8], caps: &Caps) -> Result<usize, ApplyError> {
    let mut operations = 0_usize;
    walk_runs(actions, |input, run| {
        operations = operations.saturating_add(run.rows());
        if operations > caps.operations {
            return Err(ApplyError::TooManyOperations);
        }
        run.values(|_| input.unsigned().map(|_| ()))
    })?;
    // We never write an empty change, and automerge computes the last operation as first + count - 1.
    if operations == 0 { Err(ApplyError::Malformed) } else { Ok(operations) }
}

/// Sums a weight over the rows of a column of unsigned numbers that may have at most `rows` rows.
fn sum_unsigned(bytes: &[u8], rows: usize, weight: impl Fn(u64) -> u64) -> Result<usize, ApplyError> {
    let (mut seen, mut sum) = (0_usize, 0_u64);
    walk_runs(bytes, |input, run| {
        count_rows(&mut seen, run.rows(), rows)?;
        run.values(|repeats| {
            let value = weight(input.unsigned()?);
            sum = sum.saturating_add(value.saturating_mul(repeats as u64));
            Ok(())
        })
    })?;
    usize::try_from(sum).map_err(|_| ApplyError::TooManyOperations)
}

fn check_signed(bytes: &[u8], rows: usize) -> Result<(), ApplyError> {
    let mut seen = 0;
    walk_runs(bytes, |input, run| {
        count_rows(&mut seen, run.rows(), rows)?;
        run.values(|_| input.signed().map(|_| ()))
    })
}

/// What a text costs in memory beside its letters. Without it 200,000 settings of a short name would pass for a megabyte.
const TEXT_FRAME: usize = 64;

/// The bytes a column of texts fills once every repetition is written out.
fn expanded_text(bytes: &[u8], rows: usize, caps: &Caps) -> Result<usize, ApplyError> {
    let (mut seen, mut expanded) = (0, 0_usize);
    walk_runs(bytes, |input, run| {
        count_rows(&mut seen, run.rows(), rows)?;
        run.values(|repeats| {
            let length = input.length()?;
            input.take(length)?;
            expanded = expanded.saturating_add(length.saturating_add(TEXT_FRAME).saturating_mul(repeats));
            if expanded > caps.expanded_bytes { Err(ApplyError::TooManyOperations) } else { Ok(()) }
        })
    })?;
    Ok(expanded)
}

/// Flags are alternating run lengths.
fn check_flags(bytes: &[u8], rows: usize) -> Result<(), ApplyError> {
    let (mut input, mut seen) = (Input(bytes), 0);
    while !input.0.is_empty() {
        let run = input.length()?;
        count_rows(&mut seen, run, rows)?;
    }
    Ok(())
}

fn count_rows(seen: &mut usize, run: usize, rows: usize) -> Result<(), ApplyError> {
    *seen = seen.saturating_add(run);
    if *seen > rows { Err(ApplyError::Malformed) } else { Ok(()) }
}

/// One run of a run-length encoded column.
enum Run {
    /// One value that stands for so many rows.
    Repeated(usize),
    /// So many values, each for its row.
    Literal(usize),
    /// So many rows without a value.
    Nothing(usize),
}

impl Run {
    const fn rows(&self) -> usize {
        match self {
            Run::Repeated(rows) | Run::Literal(rows) | Run::Nothing(rows) => *rows,
        }
    }

    /// Calls `read` for each value with the number of rows it stands for.
    fn values(&self, mut read: impl FnMut(usize) -> Result<(), ApplyError>) -> Result<(), ApplyError> {
        match self {
            Run::Repeated(rows) => read(*rows),
            Run::Literal(rows) => (0..*rows).try_for_each(|_| read(1)),
            Run::Nothing(_) => Ok(()),
        }
    }
}

/// Walks the runs of a column. `each` must refuse too many rows before it reads their values.
fn walk_runs<'a>(
    bytes: &'a [u8],
    mut each: impl FnMut(&mut Input<'a>, Run) -> Result<(), ApplyError>,
) -> Result<(), ApplyError> {
    let mut input = Input(bytes);
    while !input.0.is_empty() {
        let count = input.signed()?;
        let rows = usize::try_from(count.unsigned_abs()).map_err(|_| ApplyError::TooManyOperations)?;
        let run = match count {
            1.. => Run::Repeated(rows),
            0 => Run::Nothing(input.length()?),
            _ => Run::Literal(rows),
        };
        if run.rows() == 0 {
            return Err(ApplyError::Malformed);
        }
        each(&mut input, run)?;
    }
    Ok(())
}

/// What is left to read.
struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], ApplyError> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(ApplyError::Malformed)?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, ApplyError> {
        let (byte, rest) = self.0.split_first().ok_or(ApplyError::Malformed)?;
        self.0 = rest;
        Ok(*byte)
    }

    fn length(&mut self) -> Result<usize, ApplyError> {
        usize::try_from(self.unsigned()?).map_err(|_| ApplyError::Malformed)
    }

    /// LEB128 in its shortest form.
    fn unsigned(&mut self) -> Result<u64, ApplyError> {
        let (mut value, mut shift) = (0_u64, 0_u32);
        loop {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            let is_last = byte & 0x80 == 0;
            let overflows = shift == 63 && bits > 1;
            let is_padded = is_last && byte == 0 && shift > 0;
            if shift > 63 || overflows || is_padded {
                return Err(ApplyError::Malformed);
            }
            value |= bits << shift;
            if is_last {
                return Ok(value);
            }
            shift += 7;
        }
    }

    /// Signed LEB128. Padded forms pass here and are caught when the change is encoded again.
    fn signed(&mut self) -> Result<i64, ApplyError> {
        let (mut value, mut shift) = (0_i64, 0_u32);
        loop {
            let byte = self.byte()?;
            if shift > 63 || (shift == 63 && !matches!(byte, 0 | 0x7f)) {
                return Err(ApplyError::Malformed);
            }
            value |= i64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                let is_negative = byte & 0x40 != 0 && shift < 64;
                return Ok(if is_negative { value | (-1_i64 << shift) } else { value });
            }
        }
    }
}

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const DOCUMENT_CHUNK: u8 = 0;
const CHANGE_CHUNK: u8 = 1;
const COMPRESSED_CHUNK: u8 = 2;
const BUNDLE_CHUNK: u8 = 3;

/// The bit of a specification that says "inflate me".
const DEFLATED: u64 = 0b1000;
const OBJECT_ACTOR: u64 = 0x01;
const OBJECT_COUNTER: u64 = 0x02;
const KEY_ACTOR: u64 = 0x11;
const KEY_COUNTER: u64 = 0x13;
const KEY_TEXT: u64 = 0x15;
const INSERT: u64 = 0x34;
const ACTION: u64 = 0x42;
const VALUE_META: u64 = 0x56;
const VALUE: u64 = 0x57;
const PREDECESSOR_COUNT: u64 = 0x70;
const PREDECESSOR_ACTOR: u64 = 0x71;
const PREDECESSOR_COUNTER: u64 = 0x73;
const EXPAND: u64 = 0x94;
const MARK_NAME: u64 = 0xa5;
const KNOWN_COLUMNS: [u64; 14] = [
    OBJECT_ACTOR,
    OBJECT_COUNTER,
    KEY_ACTOR,
    KEY_COUNTER,
    KEY_TEXT,
    INSERT,
    ACTION,
    VALUE_META,
    VALUE,
    PREDECESSOR_COUNT,
    PREDECESSOR_ACTOR,
    PREDECESSOR_COUNTER,
    EXPAND,
    MARK_NAME,
];
