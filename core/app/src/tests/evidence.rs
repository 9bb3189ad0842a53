//! The evidence of fidelity: who begins a review, who writes in it, and what becomes of points that differ.

use feltbog_domain::{EvidenceSource, Role};
use feltbog_reports::{Period, Reviewed};
use jiff::civil::date;

use super::town::{Town, new_case};
use crate::{App, AppError, Device, EvidenceTyped, FidelityWish, KeptReview, NewCaseWish, ReviewWish};

fn half_year(to: jiff::civil::Date) -> ReviewWish {
    let days = Period { from: date(to.year(), 1, 1), to };
    ReviewWish { programme: None, days, full_time: Some(2.5), meetings_reviewed: Reviewed::Weekly }
}

fn points(app: &App, item: u8, points: u8) -> Result<feltbog_domain::DocumentId, AppError> {
    let typed = EvidenceTyped::Points { points, note: None };
    app.with(|d| d.say_of_item(None, item, &typed))
}

fn seen(app: &App, text: &str) -> Result<feltbog_domain::DocumentId, AppError> {
    let typed = EvidenceTyped::Seen { on: date(2026, 3, 2), source: EvidenceSource::Meeting, text: text.to_owned() };
    app.with(|d| d.say_of_item(None, 5, &typed))
}

fn kept(app: &App) -> Option<KeptReview> {
    app.with(|d| d.kept_review(None)).unwrap()
}

fn score(app: &App, item: u8) -> Option<u8> {
    kept(app).unwrap().scored().scores.iter().find(|score| score.item == item).map(|score| score.points)
}

async fn synced(apps: &[&App]) {
    for app in apps.iter().chain(apps) {
        app.exchange().await.unwrap();
    }
}

async fn town_with_a_reviewer() -> (Town, App) {
    let town = Town::founded().await;
    town.leader.with(|d| d.begin_review(&half_year(date(2026, 6, 30)))).unwrap();
    let eva = town.colleague("Eva Lund", Role::Reviewer).await;
    synced(&[&town.leader, &eva]).await;
    (town, eva)
}

#[tokio::test]
async fn a_reviewer_reads_and_writes_the_evidence_and_opens_no_case() {
    let (town, eva) = town_with_a_reviewer().await;
    town.leader.with(|d| d.new_case(&new_case("SYD-1", false))).unwrap();
    seen(&town.leader, "Teammøde hver tirsdag").unwrap();
    synced(&[&town.leader, &eva]).await;
    let read = kept(&eva).unwrap();
    assert_eq!((read.review.full_time, read.review.meetings_reviewed), (Some(2.5), Reviewed::Weekly));
    assert_eq!(read.said.len(), 1);
    assert_eq!(read.said[0].by, ["Lone Vest"]);
    assert!(eva.with(Device::cases).unwrap().is_empty());
    assert!(eva.with(Device::status).unwrap().only_reviews);
    assert!(!town.leader.with(Device::status).unwrap().only_reviews);
    points(&eva, 5, 4).unwrap();
    synced(&[&eva, &town.leader]).await;
    assert_eq!(score(&town.leader, 5), Some(4));
    let counted = town.leader.with(|d| d.fidelity(&FidelityWish::default())).unwrap();
    assert_eq!(counted.fidelity.items[4].points, Ok(4));
    assert_eq!(counted.fidelity.band, None);
}

#[tokio::test]
async fn points_of_two_stand_side_by_side_and_count_once_both_say_the_same() {
    let (town, eva) = town_with_a_reviewer().await;
    let ole = town.colleague("Ole Friis", Role::Reviewer).await;
    points(&eva, 7, 2).unwrap();
    points(&ole, 7, 4).unwrap();
    synced(&[&eva, &ole, &town.leader]).await;
    for app in [&eva, &ole, &town.leader] {
        assert_eq!((score(app, 7), kept(app).unwrap().said.len()), (None, 2));
    }
    points(&eva, 7, 4).unwrap();
    synced(&[&eva, &ole, &town.leader]).await;
    assert_eq!((score(&ole, 7), score(&town.leader, 7)), (Some(4), Some(4)));
    // The next review begins without the points of this one, which stay.
    town.leader.with(|d| d.begin_review(&half_year(date(2026, 12, 31)))).unwrap();
    assert_eq!((score(&town.leader, 7), kept(&town.leader).unwrap().said.len()), (None, 2));
}

#[tokio::test]
async fn what_is_struck_out_stays_to_be_read_and_counts_no_more() {
    let (town, eva) = town_with_a_reviewer().await;
    let hers = points(&eva, 9, 1).unwrap();
    let leaders = seen(&town.leader, "Ventelisten set igennem").unwrap();
    synced(&[&eva, &town.leader]).await;
    assert!(matches!(eva.with(|d| d.strike_evidence(leaders)), Err(AppError::NotAllowed(_))));
    town.leader.with(|d| d.strike_evidence(hers)).unwrap();
    synced(&[&town.leader, &eva]).await;
    assert_eq!(score(&eva, 9), None);
    assert!(kept(&eva).unwrap().said.iter().any(|one| one.id == hers && one.evidence.struck));
    assert_ne!(points(&eva, 9, 5).unwrap(), hers);
    synced(&[&eva, &town.leader]).await;
    assert_eq!(score(&town.leader, 9), Some(5));
}

#[tokio::test]
async fn a_files_points_become_the_members_own_all_of_them_or_none() {
    let (town, eva) = town_with_a_reviewer().await;
    town.leader.with(|d| d.new_case(&NewCaseWish { name: "Amina Berg".into(), ..new_case("SYD-1", false) })).unwrap();
    let give = |app: &App, to: &str, scores: &str| {
        let file = format!("from = \"2026-01-01\"\nto = \"{to}\"\n{scores}");
        app.with(|d| d.give_points_of_file(None, &file))
    };
    let points = |item: u8, note: &str| format!("[[scores]]\nitem = {item}\npoints = 4\nnote = \"{note}\"\n");
    let named = points(2, "") + &points(3, "Amina var med");
    for (to, scores, word) in [
        ("2026-06-30", named.as_str(), "nævner en borger"),
        ("2026-12-31", &points(2, ""), "01-01-2026 til 30-06-2026, og filen af 01-01-2026 til 31-12-2026"),
        ("2026-06-30", "", "ingen point"),
        ("2026-06-30", "[[scores]]\nitem = 26\npoints = 4\n", "26"),
    ] {
        let refused = give(&town.leader, to, scores).unwrap_err().sentence();
        assert!(refused.contains(word), "{word}: {refused}");
    }
    assert!(kept(&town.leader).unwrap().said.is_empty());
    give(&eva, "2026-06-30", &(points(2, "") + &points(3, "Set på besøg"))).unwrap();
    give(&eva, "2026-06-30", &points(2, "")).unwrap();
    synced(&[&eva, &town.leader]).await;
    assert_eq!(
        (score(&town.leader, 2), score(&town.leader, 3), kept(&town.leader).unwrap().said.len()),
        (Some(4), Some(4), 2)
    );
}

#[tokio::test]
async fn a_text_that_names_a_citizen_or_a_personal_number_is_not_kept() {
    let (town, _) = town_with_a_reviewer().await;
    let case = NewCaseWish { name: "Amina Berg".into(), ..new_case("SYD-1", false) };
    town.leader.with(|d| d.new_case(&case)).unwrap();
    for text in ["Fulgte Amina til samtale", "se SYD-1", "borger 311299-1234", " "] {
        assert!(matches!(seen(&town.leader, text), Err(AppError::Unclear(_))), "{text}");
    }
    assert!(kept(&town.leader).unwrap().said.is_empty());
}

#[tokio::test]
async fn a_consultant_neither_begins_a_review_nor_reads_one() {
    let (town, _) = town_with_a_reviewer().await;
    let vera = town.colleague("Vera Holm", Role::Consultant).await;
    assert!(matches!(vera.with(|d| d.begin_review(&half_year(date(2026, 6, 30)))), Err(AppError::NotAllowed(_))));
    assert_eq!(kept(&vera), None);
    assert!(points(&vera, 5, 3).is_err());
}
