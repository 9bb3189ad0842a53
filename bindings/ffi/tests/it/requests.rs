//! What goes over the bus.

use serde_json::{Value, json};

use crate::town::{Pocket, Town};

#[test]
fn the_build_says_which_contract_it_keeps() {
    let info = feltbog_ffi::build_info();
    assert_eq!((info.version.as_str(), info.contract), (env!("CARGO_PKG_VERSION"), feltbog_bridge::CONTRACT_VERSION));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_joins_logs_a_visit_and_exchanges_it_in_the_background() {
    let town = Town::founded().await;
    let phone = town.joined().await;
    phone.new_case("SYD-1").await;
    let logged =
        phone.call(&json!({ "type": "log_entry", "case": "SYD-1", "kind": "contact", "note": "Mødtes" })).await;
    assert_eq!(logged["state"], "local_only", "{logged}");
    phone.app.suspend().await.unwrap();
    let outcome = phone.app.run_background_sync(60_000).await.unwrap();
    assert_eq!((outcome.refused, outcome.unsent), (0, 0), "{outcome:?}");
    phone.app.resume().await.unwrap();
    let page = phone.call(&json!({ "type": "show_case", "case": "SYD-1" })).await;
    assert_eq!(page["entries"][0]["state"], "sent", "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_request_is_refused_in_the_words_of_the_bus() {
    let town = Town::founded().await;
    let phone = town.opened(Pocket::of(1), false).await.unwrap();
    let too_long = format!("{{\"type\":\"cases\"}}{}", " ".repeat(feltbog_bridge::LARGEST_REQUEST));
    for (request, code) in [
        ("", "unreadable"),
        ("{}", "unreadable"),
        ("{\"type\":\"fly\"}", "unreadable"),
        ("{\"type\":\"cases\"}", "not_set_up"),
        (too_long.as_str(), "too_large"),
    ] {
        let reply: Value = serde_json::from_str(&phone.app.call(request.to_owned()).await.unwrap()).unwrap();
        assert_eq!((&reply["type"], &reply["code"]), (&"refused".into(), &code.into()), "{reply}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_is_told_what_to_remind_of_while_it_is_open_and_by_an_exchange_in_the_background() {
    let town = Town::founded().await;
    let phone = town.joined().await;
    phone.new_case("SYD-1").await;
    let step = json!({ "text": "mødes hos Bo Bak", "on": "om 3 dage", "time": "14:15" });
    let entry = json!({ "type": "log_entry", "case": "SYD-1", "kind": "contact", "next_step": step });
    assert_eq!(phone.call(&entry).await["type"], "logged");
    phone.exchange().await;
    let open = phone.app.next_reminders().await.unwrap();
    let [reminder] = open.coming.as_slice() else { panic!("{open:?}") };
    assert_eq!((reminder.about.as_str(), reminder.clock.as_deref()), ("appointment", Some("14:15")));
    phone.app.suspend().await.unwrap();
    let locked = phone.app.next_reminders().await.unwrap();
    assert_eq!((locked.coming, locked.unknown), (vec![], vec![1]));
    assert_eq!(phone.app.run_background_sync(60_000).await.unwrap().reminders, open);
}
