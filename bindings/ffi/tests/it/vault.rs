//! The phone's vault does its part, or does not.

use feltbog_ffi::VaultError;
use serde_json::json;

use crate::town::{Pocket, Town, code};

#[tokio::test(flavor = "multi_thread")]
async fn a_vault_that_refuses_makes_no_device_and_may_be_asked_again() {
    let town = Town::founded().await;
    let phone = town.opened(Pocket::of(1), false).await.unwrap();
    phone.vault.answers(Err(VaultError::Declined));
    let join = json!({ "type": "join", "invitation": town.invitation().await });
    assert_eq!(phone.call(&join).await["code"], "vault_declined");
    assert_eq!(phone.call(&json!({ "type": "cases" })).await["code"], "not_set_up");
    phone.vault.answers(Ok(7));
    assert_eq!(phone.call(&join).await["type"], "joined");
    assert_eq!(phone.call(&join).await["code"], "already_set_up");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_right_key_nothing_opens_nothing_changes_and_unsent_work_can_be_handed_in() {
    let town = Town::founded().await;
    let phone = town.joined().await;
    phone.new_case("SYD-1").await;
    phone.app.suspend().await.unwrap();
    for (answer, word) in [
        (Err(VaultError::Declined), "vault_declined"),
        (Err(VaultError::Unavailable), "vault_unavailable"),
        (Err(VaultError::KeyGone), "vault_key_gone"),
        (Err(VaultError::Unexpected { reason: "x".into() }), "vault_broken"),
        (Ok(0xa5), "wrong_key"),
    ] {
        phone.vault.answers(answer.clone());
        assert_eq!(code(phone.app.resume().await), word);
        assert_eq!(code(phone.app.run_background_sync(60_000).await), word);
        let other = Pocket::of(0);
        other.answers(answer);
        assert_eq!(code(town.opened(other, false).await.map(|_| ())), word);
    }
    let locked = town.opened(phone.vault.clone(), true).await.unwrap();
    assert_eq!(locked.call(&json!({ "type": "cases" })).await["code"], "needs_passphrase");
    assert_eq!(locked.call(&json!({ "type": "hand_in" })).await["type"], "unsent_handed_in");
    phone.vault.answers(Ok(0x5a));
    locked.app.resume().await.unwrap();
    assert_eq!(locked.numbers().await, ["SYD-1"]);
}
