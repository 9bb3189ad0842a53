//! What a process that was ended in the middle leaves behind.

use feltbog_domain::Role;
use feltbog_store::StoredRow;

use super::town::{Town, new_case};
use crate::App;
use crate::build::look_again_after_an_update;

/// Leaves the marks of a process that ended while it took in everything that is stored.
fn end_in_the_middle(app: &App, rows: &[StoredRow]) {
    app.with(|d| d.store.write(|w| w.mark_applying(rows).map_err(crate::AppError::from))).unwrap();
}

async fn with_unread_rows() -> (Town, App, Vec<StoredRow>) {
    let town = Town::founded().await;
    let consultant = town.colleague("Vera", Role::Consultant).await;
    town.leader.with(|d| d.new_case(&new_case("L-1", true))).unwrap();
    town.leader.with(|d| d.assign("L-1", "Vera", Role::Consultant)).unwrap();
    town.leader.exchange().await.unwrap();
    consultant.exchange().await.unwrap();
    // Everything about the case is looked at once more, as after a restart.
    let rows = consultant
        .with(|d| {
            let folder = crate::folders::find_case(&d.store.reader(), "L-1")?.folders[0].id;
            d.store.write(|w| Ok::<_, crate::AppError>(w.look_again(folder)?))?;
            Ok(d.store.reader().rows_to_apply(50, usize::MAX)?)
        })
        .unwrap();
    (town, consultant, rows)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_battery_that_died_twice_costs_nothing() {
    let (_town, consultant, rows) = with_unread_rows().await;
    assert!(rows.len() > 1);
    end_in_the_middle(&consultant, &rows);
    end_in_the_middle(&consultant, &rows[..1]);
    consultant.exchange().await.unwrap();
    assert_eq!(consultant.with(|d| Ok(d.store.reader().quarantined()?)).unwrap(), 0);
    assert!(consultant.with(|d| Ok(d.store.reader().interrupted()?)).unwrap().is_empty());
}

fn put_aside_and_unread(app: &App) -> (u32, usize) {
    app.with(|d| Ok((d.store.reader().quarantined()?, d.store.reader().rows_to_apply(50, usize::MAX)?.len()))).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_ends_the_app_every_time_is_put_aside_and_the_others_go_in() {
    let (_town, consultant, rows) = with_unread_rows().await;
    for _ in 0..3 {
        end_in_the_middle(&consultant, &rows[..1]);
    }
    consultant.exchange().await.unwrap();
    assert_eq!(put_aside_and_unread(&consultant), (1, 0));
}

/// A consultant who has put a row aside, and whom a newer build opens now.
async fn updated_with_a_row_put_aside() -> (Town, App, Vec<StoredRow>) {
    let (town, consultant, rows) = with_unread_rows().await;
    for _ in 0..3 {
        end_in_the_middle(&consultant, &rows[..1]);
    }
    consultant.exchange().await.unwrap();
    let update = |d: &mut crate::Device| {
        d.store.write(|w| Ok::<_, crate::AppError>(w.set_meta("opened_by_build", &[0; 4])?))?;
        look_again_after_an_update(&mut d.store)
    };
    consultant.with(update).unwrap();
    assert_eq!(put_aside_and_unread(&consultant), (0, 1));
    (town, consultant, rows)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_put_aside_is_taken_in_by_a_newer_build_that_can() {
    let (_town, consultant, _rows) = updated_with_a_row_put_aside().await;
    consultant.exchange().await.unwrap();
    assert_eq!(put_aside_and_unread(&consultant), (0, 0));
    assert!(consultant.with(|d| Ok(d.store.reader().interrupted()?)).unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_build_that_a_row_ends_as_well_puts_it_aside_the_next_time() {
    let (_town, consultant, rows) = updated_with_a_row_put_aside().await;
    end_in_the_middle(&consultant, &rows[..1]);
    consultant.exchange().await.unwrap();
    assert_eq!(put_aside_and_unread(&consultant), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_was_under_way_and_is_in_the_log_no_more_is_not_waited_for() {
    let (_town, consultant, rows) = with_unread_rows().await;
    end_in_the_middle(&consultant, &rows);
    assert!(!consultant.with(|d| Ok(d.store.reader().interrupted()?)).unwrap().is_empty());
    consultant
        .with(|d| Ok(d.store.rewind(&feltbog_store::Rewind { epoch: [7; 16], base_seq: 0, last_dseq: 0 })?))
        .unwrap();
    assert!(consultant.with(|d| Ok(d.store.reader().interrupted()?)).unwrap().is_empty());
}
