//! A phone's process is stopped, frozen and killed at any time.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::town::{Pocket, Town};

/// Files below a folder that this process holds open.
fn open_files(folder: &Path) -> Vec<PathBuf> {
    let held = fs::read_dir("/proc/self/fd").unwrap().filter_map(|link| fs::read_link(link.unwrap().path()).ok());
    held.filter(|file| file.starts_with(folder)).collect()
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_app_holds_no_file_of_its_home_and_asks_the_vault_anew() {
    let town = Town::founded().await;
    let phone = town.joined().await;
    let home = PathBuf::from(town.home());
    assert!(!open_files(&home).is_empty(), "while it is open");
    let asked = phone.vault.asked();
    phone.app.suspend().await.unwrap();
    assert_eq!(open_files(&home), [] as [PathBuf; 0]);
    phone.app.run_background_sync(60_000).await.unwrap();
    assert_eq!(open_files(&home), [] as [PathBuf; 0], "after an exchange in the background");
    phone.app.resume().await.unwrap();
    assert_eq!(phone.vault.asked(), asked + 2);
    assert!(phone.numbers().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn suspending_and_resuming_twice_is_as_good_as_once() {
    let town = Town::founded().await;
    let phone = town.joined().await;
    phone.new_case("SYD-1").await;
    for _ in 0..2 {
        phone.app.suspend().await.unwrap();
        phone.app.suspend().await.unwrap();
        assert_eq!(phone.call(&json!({ "type": "cases" })).await["code"], "needs_passphrase");
        phone.app.resume().await.unwrap();
        phone.app.resume().await.unwrap();
        assert_eq!(phone.numbers().await, ["SYD-1"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wiped_phone_is_empty_and_may_join_again() {
    let town = Town::founded().await;
    let phone = town.joined().await;
    phone.new_case("SYD-1").await;
    phone.app.wipe().await.unwrap();
    assert_eq!(phone.call(&json!({ "type": "cases" })).await["code"], "not_set_up");
    let left: Vec<_> = fs::read_dir(town.home()).unwrap().map(|item| item.unwrap().file_name()).collect();
    assert_eq!(left, ["lock"]);
    let joined = phone.call(&json!({ "type": "join", "invitation": town.invitation().await })).await;
    assert_eq!(joined["type"], "joined", "{joined}");
    let second = town.opened(Pocket::of(0x5a), false).await.map(|_| ());
    assert_eq!(crate::town::code(second), "in_use");
}
