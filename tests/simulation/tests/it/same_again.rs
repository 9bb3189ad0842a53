//! A life can be lived again.

use feltbog_simulation::{Fate, Size, failure_file, live};

#[test]
fn the_same_seed_gives_the_same_life_to_the_last_byte() {
    for seed in [3, 14, 15] {
        let fate = Fate::of(seed, Size::SMALL);
        let (first, second) = (live(&fate).unwrap(), live(&fate).unwrap());
        let differ = first.trace.lines().zip(second.trace.lines()).find(|(one, other)| one != other);
        assert_eq!(differ, None, "seed {seed}");
        assert_eq!(first.trace.hash(), second.trace.hash(), "seed {seed}");
    }
}

#[test]
fn another_seed_gives_another_life() {
    let hash = |seed| live(&Fate::of(seed, Size::SMALL)).unwrap().trace.hash();
    assert_ne!(hash(1), hash(2));
}

#[test]
fn a_failure_file_holds_all_that_a_life_follows_from() {
    let fate = Fate::of(77, Size::MIDDLE);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("life.txt");
    std::fs::write(&path, failure_file::head(&fate)).unwrap();
    assert_eq!(failure_file::read(&path).unwrap(), fate);
}
