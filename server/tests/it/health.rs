//! Whether the server lives, is ready, what it counts and what it logs.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::thread;

use feltbog_protocol::BootstrapCode;
use serde_json::Value;

use crate::support::{Busy, FirstDevice, Serving, TestServer, get, json, post, run};

#[test]
fn a_server_is_ready_until_its_key_is_gone_and_says_what_it_lacks() {
    let server = TestServer::start();
    let key = server.data().join("receipt.key");
    fs::rename(&key, server.data().join("elsewhere")).unwrap();
    let lacking = get(server.address(), "/health/ready");
    assert_eq!(
        (lacking.status, lacking.body.as_slice()),
        (503, &b"not ready: receipt.key is missing or another\n"[..])
    );
    assert_eq!(get(server.address(), "/health/live").status, 200, "it lives all the same");
    assert_eq!(get(TestServer::start().address(), "/health/ready").body, b"ready\n");
}

/// A process with its figures and its log in JSON.
fn watched(data: &Path) -> (Serving, SocketAddr, BootstrapCode) {
    let started = json(&run(data, &["init", "--tenant", "Halsbæk Kommune", "--json"]));
    let config = data.join("settings.toml");
    fs::write(&config, "[metrics]\nlisten = \"127.0.0.1:0\"\n").unwrap();
    let mut serving = Serving::start(data, &["--config", config.to_str().unwrap(), "--log-format", "json"]);
    let figures = serving.line();
    let figures = figures.strip_prefix("http://").and_then(|rest| rest.strip_suffix("/metrics")).unwrap();
    (serving, figures.parse().unwrap(), started["bootstrap"].as_str().unwrap().parse().unwrap())
}

#[test]
fn the_figures_count_what_was_asked_and_stand_on_an_address_of_their_own() {
    let home = tempfile::tempdir().unwrap();
    let (serving, figures, code) = watched(home.path());
    FirstDevice::new(code).set_up_at(serving.address).unwrap();
    assert_eq!(post(serving.address, "/v1/no-such", &[], b"").status, 404);
    let text = String::from_utf8(get(figures, "/metrics").body).unwrap();
    for line in [
        "feltbog_requests_total{endpoint=\"setup\",status=\"2xx\"} 1",
        "feltbog_requests_total{endpoint=\"other\",status=\"4xx\"} 1",
        "feltbog_devices 1",
        "feltbog_log_rows 1",
        "feltbog_last_backup_timestamp_seconds 0.0",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} in {text}");
    }
    assert!(!text.contains("Halsb"), "no name");
    assert_eq!(get(serving.address, "/metrics").status, 404, "devices do not reach them");
}

#[test]
fn a_refusal_bears_the_id_its_line_in_the_log_has_and_the_log_names_nobody() {
    let home = tempfile::tempdir().unwrap();
    let (mut serving, _, code) = watched(home.path());
    FirstDevice::new(code).set_up_at(serving.address).unwrap();
    let refused = post(serving.address, "/v1/sync", &[], b"");
    let id = refused.head.lines().find_map(|line| line.strip_prefix("x-request-id: ")).unwrap().to_owned();
    assert!(!get(serving.address, "/health/live").head.contains("x-request-id"));
    serving.terminate();
    let (status, log) = serving.ended();
    assert!(status.success());
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let line = lines.iter().find(|line| line["span"]["id"] == *id).expect("a line of this request");
    assert_eq!((&line["message"], &line["code"]), (&"refused".into(), &"BAD_REQUEST".into()));
    assert!(!log.contains("Halsb"), "{log}");
}

fn rows(figures: SocketAddr) -> u64 {
    let text = String::from_utf8(get(figures, "/metrics").body).unwrap();
    text.lines().find_map(|line| line.strip_prefix("feltbog_log_rows ")).unwrap().parse().unwrap()
}

#[test]
fn told_to_stop_under_load_it_ends_well_and_everything_it_answered_for_is_there() {
    let home = tempfile::tempdir().unwrap();
    let (mut serving, figures, code) = watched(home.path());
    let mut busy = Busy::found(serving.address, &code);
    let address = serving.address;
    thread::scope(|scope| {
        let pushing = scope.spawn(|| while busy.push(address) {});
        while !pushing.is_finished() && rows(figures) < 20 {}
        serving.terminate();
        pushing.join().unwrap();
    });
    let (status, log) = serving.ended();
    assert!(status.success(), "{log}");
    assert!(!home.path().join("feltbog.db-wal").exists(), "the write-ahead log is folded in");
    assert!(busy.answered.len() >= 19);
    assert_eq!(busy.missing(home.path()), Vec::<u64>::new());
}
