//! A member who writes under a colleague's automerge actor.

use feltbog_notes::{Document, Heads};

use super::shared_case::{SharedCase, actor, document, log, note, put_aside, smuggle};
use crate::App;

/// Vera's next change of the entry, as somebody else would write it.
fn forged(copy: &Document, vera: &App) -> Vec<u8> {
    copy.clone().edit_note(actor(vera), &Heads::newest(), "Skrevet af en anden.").unwrap().unwrap().bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_under_a_colleagues_actor_is_put_aside_and_the_colleague_writes_on() {
    let case = SharedCase::begun().await;
    let entry = log(&case.vera, "Første.");
    case.vera.exchange().await.unwrap();
    case.everybody_exchanges().await;
    smuggle(&case.ivan, entry, &forged(&document(&case.ivan, entry), &case.vera));
    case.ivan.exchange().await.unwrap();
    // Vera has not seen it and writes the change whose place was taken.
    let opened = document(&case.vera, entry).heads().to_hex();
    case.vera.with(|d| d.edit_note(entry, "Første. Veras egen fortsættelse.", &opened)).unwrap();
    case.everybody_exchanges().await;
    case.everybody_exchanges().await;
    let ivan = case.ivan.with(|d| Ok(d.identity.device)).unwrap();
    for app in [&case.vera, &case.town.leader] {
        assert_eq!(note(app, entry), "Første. Veras egen fortsættelse.");
        let aside = put_aside(app);
        assert_eq!(aside.len(), 1);
        assert_eq!((aside[0].device, aside[0].document), (ivan, entry));
        assert_eq!(aside[0].code, "actor_of_another");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_may_bring_in_what_somebody_else_wrote() {
    let case = SharedCase::begun().await;
    let entry = log(&case.vera, "Første.");
    case.vera.exchange().await.unwrap();
    case.everybody_exchanges().await;
    let brought = forged(&document(&case.town.leader, entry), &case.vera);
    smuggle(&case.town.leader, entry, &brought);
    case.everybody_exchanges().await;
    assert_eq!(note(&case.ivan, entry), "Skrevet af en anden.");
    assert!(put_aside(&case.ivan).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_write_in_one_entry_under_their_own_actors_are_not_disturbed() {
    let case = SharedCase::begun().await;
    let entry = log(&case.vera, "Første.");
    case.vera.exchange().await.unwrap();
    case.everybody_exchanges().await;
    for (round, app) in [&case.ivan, &case.vera, &case.ivan, &case.town.leader].into_iter().enumerate() {
        let text = format!("{} Nr. {round}.", note(app, entry));
        app.with(|d| d.edit_note(entry, &text, &[])).unwrap();
        app.exchange().await.unwrap();
        case.everybody_exchanges().await;
    }
    for app in [&case.vera, &case.ivan, &case.town.leader] {
        assert_eq!(note(app, entry), "Første. Nr. 0. Nr. 1. Nr. 2. Nr. 3.");
        assert!(put_aside(app).is_empty());
    }
}
