//! A tenth of the figures that a release needs; `cargo xtask soak` lives the rest.

use feltbog_simulation::{Fate, Size};

use super::lived;

fn nothing_goes_wrong(size: Size, fates: impl Iterator<Item = Fate>) {
    let (mut wrong, mut words, mut sent) = (Vec::new(), 0, 0);
    for fate in fates {
        let (life, seed) = (lived(&fate), fate.seed);
        words += life.figures.words;
        sent += life.figures.sent;
        wrong.extend(life.findings.first().map(|first| format!("seed {seed}: {first}")));
    }
    assert!(wrong.is_empty(), "{} lives went wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(words > size.devices && sent > 0, "lives in which nothing happens prove nothing");
}

#[test]
fn three_devices_lose_nothing_and_end_equal() {
    nothing_goes_wrong(Size::SMALL, (0..300).map(|seed| Fate::of(seed, Size::SMALL)));
}

#[test]
fn eight_devices_lose_nothing_and_end_equal() {
    nothing_goes_wrong(Size::MIDDLE, (0..30).map(|seed| Fate::of(seed, Size::MIDDLE)));
}

#[test]
fn twenty_five_devices_lose_nothing_and_end_equal() {
    nothing_goes_wrong(Size::LARGE, (0..2).map(|seed| Fate::of(seed, Size::LARGE)));
}
