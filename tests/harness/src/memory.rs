//! What lies in a process's memory, to look for words where there must be none.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;

/// Every stretch a process can write to: heap, stacks, what it mapped for itself. Of a stretch that cannot be read, nothing.
///
/// # Panics
/// When the process is gone, or the system does not let its parent look.
#[must_use]
pub(crate) fn of_process(id: u32) -> Vec<Vec<u8>> {
    let maps = fs::read_to_string(format!("/proc/{id}/maps")).unwrap();
    let memory = File::open(format!("/proc/{id}/mem")).unwrap();
    maps.lines().filter_map(writable).filter_map(|(from, to)| read(&memory, from, to)).collect()
}

fn writable(line: &str) -> Option<(u64, u64)> {
    let (range, rest) = line.split_once(' ')?;
    let (from, to) = range.split_once('-')?;
    let number = |text| u64::from_str_radix(text, 16).ok();
    rest.starts_with("rw").then_some((number(from)?, number(to)?))
}

fn read(memory: &File, from: u64, to: u64) -> Option<Vec<u8>> {
    let mut bytes = vec![0; usize::try_from(to - from).ok()?];
    memory.read_exact_at(&mut bytes, from).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::Needles;

    #[test]
    fn a_word_in_memory_is_found() {
        // Put together while running, so that it stands in no file of the program.
        let kept: String = "esufremmo".chars().rev().chain("hvidtøl".chars()).collect();
        let mut needles = Needles::default();
        needles.add(&kept);
        let found = of_process(std::process::id()).iter().any(|bytes| !needles.in_bytes(bytes, "memory").is_empty());
        assert!(found, "{kept}");
    }
}
