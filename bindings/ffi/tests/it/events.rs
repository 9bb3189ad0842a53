//! Who is told what happens, and who is not any more.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use feltbog_ffi::{App, Listener, ListenerError};
use serde_json::json;

use crate::town::{Ear, Town, hears};

/// Answers every event with the same.
struct Sour(ListenerError, AtomicU32);

impl Listener for Sour {
    fn on_event(&self, _event: String) -> Result<(), ListenerError> {
        self.1.fetch_add(1, Ordering::SeqCst);
        Err(self.0.clone())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_saved_locked_and_exchanged_is_told() {
    let town = Town::founded().await;
    let phone = town.joined().await;
    phone.new_case("SYD-1").await;
    phone.hears("changed");
    phone.exchange().await;
    phone.hears("exchange_started");
    assert_eq!(phone.hears("exchange_ended")["ok"], true);
    phone.app.suspend().await.unwrap();
    phone.hears("locked");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_happens_after_a_subscription_was_cancelled_is_told_to_it() {
    let town = Town::founded().await;
    let phone = town.joined().await;
    let ((kept, kept_told), (cancelled, cancelled_told)) = (Ear::new(), Ear::new());
    let kept = phone.app.subscribe(kept);
    let cancelled = phone.app.subscribe(cancelled);
    phone.new_case("SYD-1").await;
    hears(&cancelled_told, "changed");
    cancelled.cancel();
    phone.app.suspend().await.unwrap();
    hears(&kept_told, "locked");
    drop(kept);
    // The last listeners are gone with their ends of the channels, so both come to an end.
    assert!(cancelled_told.iter().all(|event| event["type"] != "locked"));
    assert_eq!(kept_told.iter().count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listener_that_fails_is_told_on_and_one_that_is_gone_is_not() {
    let town = Town::founded().await;
    let phone = town.joined().await;
    phone.app.suspend().await.unwrap();
    let fails = Arc::new(Sour(ListenerError::Unexpected { reason: "x".into() }, AtomicU32::new(0)));
    let gone = Arc::new(Sour(ListenerError::Gone, AtomicU32::new(0)));
    let _subscriptions = (phone.app.subscribe(fails.clone()), phone.app.subscribe(gone.clone()));
    for _ in 0..3 {
        phone.app.resume().await.unwrap();
        phone.app.suspend().await.unwrap();
    }
    // Each lets go of its listener when it has nothing more to tell.
    phone.app.wipe().await.unwrap();
    drop(phone);
    while Arc::strong_count(&fails) + Arc::strong_count(&gone) > 2 {
        tokio::task::yield_now().await;
    }
    assert_eq!(gone.1.load(Ordering::SeqCst), 1);
    assert!(fails.1.load(Ordering::SeqCst) > 1);
}

/// Holds the last of an app, and lets go of it on the app's own thread.
struct Last(Mutex<Option<Arc<App>>>, std::sync::mpsc::Sender<()>);

impl Listener for Last {
    fn on_event(&self, _event: String) -> Result<(), ListenerError> {
        drop(self.0.lock().unwrap().take());
        self.1.send(()).map_err(|_| ListenerError::Gone)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_may_be_let_go_of_where_its_events_are_heard() {
    let town = Town::founded().await;
    let phone = town.joined().await;
    let (done, is_done) = std::sync::mpsc::channel();
    let last = Arc::new(Last(Mutex::default(), done));
    let subscription = phone.app.subscribe(last.clone());
    phone.call(&json!({ "type": "lock" })).await;
    is_done.recv().unwrap();
    *last.0.lock().unwrap() = Some(phone.app.clone());
    phone.app.resume().await.unwrap();
    drop(phone);
    is_done.recv().unwrap();
    drop(subscription);
}
