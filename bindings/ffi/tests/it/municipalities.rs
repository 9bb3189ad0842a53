//! One phone in two municipalities.

use serde_json::json;

use crate::town::Town;

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_joins_a_second_municipality_beside_the_first_and_either_is_taken_off_alone() {
    let (slagelse, ringsted) = (Town::founded().await, Town::founded().await);
    let phone = slagelse.joined().await;
    let named = phone.call(&json!({ "type": "name_municipality", "name": "Slagelse" })).await;
    assert_eq!(named["type"], "done", "{named}");
    let join = json!({ "type": "join", "invitation": ringsted.invitation().await, "beside": "Ringsted" });
    assert_eq!(phone.call(&join).await["type"], "joined");
    assert_eq!(phone.call(&json!({ "type": "sync", "municipality": 2 })).await["type"], "synced");
    ringsted.leader_exchanges().await;
    assert!(phone.app.run_background_sync(60_000).await.unwrap().received > 0, "both exchange");
    let asked = phone.vault.asked();
    phone.app.suspend().await.unwrap();
    assert_eq!(phone.call(&json!({ "type": "cases", "municipality": 2 })).await["code"], "needs_passphrase");
    phone.app.resume().await.unwrap();
    assert_eq!(phone.vault.asked(), asked + 2, "each home has a key of its own");
    let made = json!({ "type": "new_case", "municipality": 2, "number": "R-1", "name": "Bo Bak" });
    assert_eq!(phone.call(&made).await["type"], "case_made");
    phone.app.wipe_municipality(1).await.unwrap();
    assert_eq!(phone.numbers().await, ["R-1"], "the one that is left answers where none is named");
    phone.app.wipe().await.unwrap();
    assert_eq!(phone.call(&json!({ "type": "cases" })).await["code"], "not_set_up");
}
