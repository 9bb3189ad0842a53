//! What a search finds on a device, and what it does not.

use feltbog_domain::{Closeness, Role};

use super::town::{Town, new_case};
use crate::{App, Found, FoundWhat, LogWish, NewCaseWish, ProfileChanges};

const BAGERIET: &str = "24256790";

/// Amina's case with a visit to the bakery and a wish; the second colleague has a case of her own.
async fn town() -> (Town, App) {
    let town = Town::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    let amina = NewCaseWish { name: "Amina Holm".into(), ..new_case("A-1", false) };
    vera.with(|d| d.new_case(&amina)).unwrap();
    let changes = ProfileChanges { job_wish: Some("Noget med blomster".into()), ..ProfileChanges::default() };
    vera.with(|d| d.change_profile("A-1", &changes)).unwrap();
    let visit = LogWish {
        case: Some("A-1".into()),
        kind: "employer_visit".into(),
        employer: Some(BAGERIET.into()),
        employer_name: Some("Solsikkens Bageri".into()),
        note: "Viste os ovnen".into(),
        ..LogWish::default()
    };
    vera.with(|d| d.log_entry(&visit)).unwrap();
    (town, vera)
}

fn search(app: &App, words: &str) -> Vec<Found> {
    app.with(|d| d.search(words)).unwrap()
}

/// What was found, in a word each.
fn sorts(app: &App, words: &str) -> Vec<&'static str> {
    let sort = |found: &Found| match &found.what {
        FoundWhat::Citizen { .. } => "citizen",
        FoundWhat::Profile { .. } => "profile",
        FoundWhat::Employer { .. } => "employer",
        FoundWhat::Entry { .. } => "entry",
    };
    search(app, words).iter().map(sort).collect()
}

#[tokio::test]
async fn citizens_wishes_employers_and_entries_are_found_also_with_a_slip() {
    let (_town, vera) = town().await;
    for (typed, found) in [
        ("amina", vec!["citizen"]),
        ("aimna holm", vec!["citizen"]),
        ("a-1", vec!["citizen"]),
        ("blomster", vec!["profile"]),
        ("blmoster amina", vec!["profile"]),
        ("solsikken", vec!["employer"]),
        ("sloskkens bageri", vec!["employer"]),
        ("2425", vec!["employer"]),
        ("ovnen", vec!["entry"]),
        ("ovnen amina solsikkens", vec!["entry"]),
        ("ovnen blomster", vec![]),
        ("amina bageri", vec!["entry"]),
        ("kontorist", vec![]),
        ("", vec![]),
        ("-", vec![]),
    ] {
        assert_eq!(sorts(&vera, typed), found, "{typed}");
    }
    let near = &search(&vera, "aimna")[0];
    assert_eq!(
        (near.closeness, near.passage.with_signs("[", "]").as_str()),
        (Closeness::OneLetter, "[Amina] Holm A-1")
    );
}

#[tokio::test]
async fn nobody_finds_anything_of_a_case_they_may_not_see() {
    let (town, vera) = town().await;
    let olga = town.colleague("Olga", Role::Consultant).await;
    for app in [&vera, &olga, &town.leader, &vera, &olga] {
        app.exchange().await.unwrap();
    }
    for typed in ["amina", "aimna", "blomster", "blmoster", "ovnen", "onven"] {
        assert!(sorts(&olga, typed).is_empty(), "{typed}");
        assert!(!sorts(&vera, typed).is_empty(), "{typed}");
    }
    // What the team shares is there for all of it, and names nobody.
    assert_eq!(sorts(&olga, "solsikken"), ["employer"]);
}

#[tokio::test]
async fn what_was_entered_by_mistake_is_in_no_search() {
    let (_town, vera) = town().await;
    let entry = vera.with(|d| d.show_case("A-1")).unwrap().entries[0].entry;
    vera.with(|d| d.mark_mistaken(entry, "forkert borger")).unwrap();
    assert!(sorts(&vera, "ovnen").is_empty());
    vera.with(|d| d.not_mistaken(entry)).unwrap();
    assert_eq!(sorts(&vera, "ovnen"), ["entry"]);
}
