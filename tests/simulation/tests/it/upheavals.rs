//! Lives in which phones are blocked and shut out, colleagues stand in for each other, and entries and cases are erased.

use feltbog_simulation::{Course, Fate, Size};

use super::lived;

/// How much came up in all of them: lives without it would prove nothing.
#[derive(Debug, Default)]
struct Seen {
    erased: usize,
    shut_out: usize,
    deposits: usize,
}

fn nothing_goes_wrong(size: Size, seeds: std::ops::Range<u64>) -> Seen {
    let (mut wrong, mut seen) = (Vec::new(), Seen::default());
    for seed in seeds {
        let life = lived(&Fate::of(seed, size).in_course(Course::Upheaval));
        seen.erased += life.figures.erased;
        seen.shut_out += life.figures.shut_out;
        seen.deposits += life.figures.deposits;
        wrong.extend(life.findings.first().map(|first| format!("seed {seed}: {first}")));
    }
    assert!(wrong.is_empty(), "{} lives went wrong:\n{}", wrong.len(), wrong.join("\n"));
    seen
}

#[test]
fn three_devices_lose_nothing_in_an_upheaval_and_erase_what_two_people_erased() {
    let seen = nothing_goes_wrong(Size::SMALL, 0..100);
    assert!(seen.shut_out > 0 && seen.deposits > 0, "nobody was shut out: {seen:?}");
}

#[test]
fn eight_devices_lose_nothing_in_an_upheaval_and_erase_what_two_people_erased() {
    let seen = nothing_goes_wrong(Size::MIDDLE, 0..8);
    assert!(seen.shut_out > 0 && seen.deposits > 0 && seen.erased > 0, "an upheaval in which little happens: {seen:?}");
}
