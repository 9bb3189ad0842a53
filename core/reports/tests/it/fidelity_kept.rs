//! What was counted, as the evidence keeps it for those who see no citizen.

use std::collections::BTreeMap;

use feltbog_reports::{Fidelity, KeptCount, WhyNot};

use crate::builder::Programme;
use crate::fidelity::{citizens, fidelity, item, review};

fn kept(programme: &Programme, number: u8) -> KeptCount {
    KeptCount::of(item(&fidelity(programme, &review("")), number)).unwrap()
}

#[test]
fn what_was_counted_elsewhere_gives_the_same_points_and_the_same_band() {
    let scores: String = (1..=25).map(|item| format!("[[scores]]\nitem = {item}\npoints = 4\n")).collect();
    let review = review(&scores);
    for people in [1, 21, 41] {
        let counted = fidelity(&citizens(people), &review);
        let counts = counted.items.iter().filter_map(|scored| Some((scored.item.number, KeptCount::of(scored)?)));
        let there = Fidelity::as_kept(&review, &counts.collect());
        assert_eq!((there.counted, there.by_people, there.band), (counted.counted, counted.by_people, counted.band));
        assert!(there.band.is_some());
    }
}

#[test]
fn before_anything_was_counted_it_says_so_and_names_no_band() {
    let nothing = Fidelity::as_kept(&review(""), &BTreeMap::new());
    assert_eq!(item(&nothing, 1).points, Err(WhyNot::NotCountedYet));
    assert_eq!(item(&nothing, 2).points, Err(WhyNot::NotScoredYet));
    assert_eq!((nothing.counted.open, nothing.by_people.open, nothing.band), (6, 19, None));
}

#[test]
fn a_group_of_fewer_than_five_is_kept_as_points_alone() {
    for (people, said) in [(0, Some((0, 0.0))), (1, None), (4, None), (5, Some((5, 1.0))), (41, Some((41, 1.0)))] {
        assert_eq!(kept(&citizens(people), 1).basis, said, "{people}");
    }
    assert_eq!(kept(&citizens(4), 1).points, Some(5));
    assert_eq!(kept(&citizens(4).met("2024-01-20", 1), 15).basis, None);
}

#[test]
fn whatever_stands_in_somebodys_word_is_no_more_than_five_points() {
    for points in [Some(0), Some(6), Some(255), None] {
        let counts = BTreeMap::from([(1, KeptCount { points, basis: None })]);
        let scale = Fidelity::as_kept(&review(""), &counts);
        assert_eq!((item(&scale, 1).points, scale.counted.points), (Err(WhyNot::NotScoredYet), 0));
    }
}
