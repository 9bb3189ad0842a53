//! Lives in which people are given offices and lose them, beside everything that shakes a municipality.

use feltbog_simulation::{Course, Fate, Size};

use super::lived;

fn nothing_goes_wrong(size: Size, seeds: std::ops::Range<u64>) {
    let mut wrong = Vec::new();
    for seed in seeds {
        let life = lived(&Fate::of(seed, size).in_course(Course::Reshuffle));
        wrong.extend(life.findings.first().map(|first| format!("seed {seed}: {first}")));
    }
    assert!(wrong.is_empty(), "{} lives went wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn three_devices_lose_nothing_and_keep_nothing_when_offices_change() {
    nothing_goes_wrong(Size::SMALL, 0..60);
}

#[test]
fn eight_devices_lose_nothing_and_keep_nothing_when_offices_change() {
    nothing_goes_wrong(Size::MIDDLE, 0..4);
}
