//! The build before this one: its folders open, its requests are answered, its replies are understood. And the build after
//! this one, as far as it can be known.

mod newer_wire;
mod newer_world;
mod old_wire;
mod recorder;
mod recording;
mod replay;
mod town;

use std::sync::Arc;

use feltbog_app::{App, HttpTransport, Transport};
use feltbog_protocol::Row;

use self::newer_wire::{REQUEST, newer};
use self::newer_world::{NewerServer, Twist, future_envelope};
use self::old_wire::{OldEnrolReply, OldReply, OldRequest, read};
use self::recorder::{CASES, CONSULTANT, DEVICES, LEADER, TREATMENT};
use self::replay::OldServer;
use self::town::{Town, sees};

const SYNC: &str = "/v1/sync";

/// Run with `FELTBOG_BIN_DIR` naming a folder that holds the binaries of that build. A recording is never made again: what
/// people have on their devices does not change either.
#[test]
#[ignore = "records the build whose binaries it is given"]
fn the_recording_of_build_1_is_made_by_the_binaries_of_build_1() {
    recorder::record(1);
}

#[tokio::test]
async fn a_server_of_today_answers_the_requests_of_build_1_as_the_old_server_did() {
    let town = Town::of_build(1);
    let server = town.serve().await;
    for (at, recorded) in town.recording.exchanges.iter().enumerate() {
        if recorded.path != SYNC {
            let reply = HttpTransport::new()
                .unwrap()
                .post(&server, &recorded.path, Vec::new(), recorded.request.clone())
                .await
                .unwrap();
            assert_eq!(reply.status, recorded.status, "exchange {at}");
            let (was, is): (OldEnrolReply, OldEnrolReply) = (read(&recorded.reply), read(&reply.body));
            assert_eq!((is.cert_seq, is.clock.epoch, is.clock.head), (was.cert_seq, was.clock.epoch, was.clock.head));
            assert!(is.lease.is_some(), "build 1 would not know how long it may work");
        } else if DEVICES.contains(&recorded.device.as_str()) {
            let (status, body) = town.signer(&recorded.device).post(&server, SYNC, &recorded.request).await;
            assert_eq!(status, recorded.status, "exchange {at}");
            let (was, is): (OldReply, OldReply) = (read(&recorded.reply), read(&body));
            assert!(is.lease.is_some(), "build 1 would run out of its lease, exchange {at}");
            assert_eq!(timeless(is), timeless(was), "exchange {at} of {}", recorded.device);
        }
    }
}

#[test]
fn the_recording_holds_every_kind_of_exchange() {
    let recording = Town::of_build(1).recording;
    let requests: Vec<OldRequest> =
        recording.exchanges.iter().filter(|e| e.path == SYNC).map(|e| read(&e.request)).collect();
    let replies: Vec<OldReply> = recording.exchanges_of(CONSULTANT).iter().map(|e| read(&e.reply)).collect();
    assert!(recording.exchanges.iter().all(|exchange| exchange.status == 200));
    assert!(["/v1/setup", "/v1/enrol"].iter().all(|path| recording.exchanges.iter().any(|e| e.path == *path)));
    assert!(requests.iter().any(|request| request.push.len() > 1) && requests.iter().any(|r| r.push.is_empty()));
    assert!(requests.iter().any(|request| !request.backfill.is_empty()));
    assert!(replies.iter().any(|reply| reply.results.len() == 2 && !reply.rows.is_empty()));
    assert!(replies.iter().any(|reply| !reply.backfill_rows.is_empty()));
    let size = std::fs::metadata(recording::Recording::path(1)).unwrap().len();
    assert!(size < 1_000_000, "{size} bytes");
}

/// What does not depend on when it was asked.
fn timeless(mut reply: OldReply) -> OldReply {
    reply.clock.time_ms = 0;
    reply.lease = None;
    reply
}

#[test]
fn a_home_of_build_1_opens_with_everything_it_held() {
    let town = Town::of_build(1);
    for device in DEVICES {
        let app = town.app(device, Arc::new(OldServer::of(Vec::new())));
        for case in CASES.iter().chain(&["-"]) {
            assert_eq!(sees(&app, case), town.shown(device, case, false), "{device}, {case}");
        }
        let status = app.with(feltbog_app::Device::status).unwrap();
        assert_eq!((u64::from(status.unsent), status.quarantined), (town.unsent(device), 0), "{status:?}");
        let unsent = if device == CONSULTANT { 2 } else { 1 };
        assert_eq!(app.with(|d| d.search("usendt")).unwrap().len(), unsent, "{device}");
    }
}

#[tokio::test]
async fn a_device_of_today_sends_what_was_unsent_to_the_old_server_and_understands_its_replies() {
    let town = Town::of_build(1);
    let old = Arc::new(OldServer::of(town.recording.exchanges_of(CONSULTANT)));
    let app = town.app(CONSULTANT, Arc::<OldServer>::clone(&old));
    let report = app.exchange().await;
    assert_eq!(old.unanswered(), Vec::<String>::new());
    let report = report.unwrap();
    assert_eq!((report.sent, report.refused.len()), (2, 0));
    let again = app.exchange().await;
    assert_eq!(old.unanswered(), Vec::<String>::new());
    assert_eq!((again.unwrap().sent, is_quiet(&app)), (0, ()));
    for case in CASES {
        let shown = town.shown(CONSULTANT, case, true);
        assert!(shown.is_some(), "the recording shows every case in the end");
        assert_eq!(sees(&app, case), shown, "{case}");
    }
}

/// Nothing waits, nothing was put aside, nothing was refused.
fn is_quiet(app: &App) {
    let status = app.with(feltbog_app::Device::status).unwrap();
    assert_eq!((status.unsent, status.quarantined, status.refused.len()), (0, 0, 0), "{status:?}");
}

#[tokio::test]
async fn a_municipality_of_build_1_goes_on_under_this_build() {
    let town = Town::of_build(1);
    let link = Arc::new(Link { server: town.serve().await, http: HttpTransport::new().unwrap() });
    let apps = DEVICES.map(|device| town.app(device, Arc::<Link>::clone(&link)));
    for app in apps.iter().chain(&apps).chain(&apps) {
        app.exchange().await.unwrap();
    }
    let [leader, consultant, treatment] = &apps;
    apps.iter().for_each(is_quiet);
    let notes = |app: &App, case: &str, folder: &str| -> Vec<String> {
        let seen = sees(app, case).unwrap().into_iter().filter(|(_, lies, _)| lies == folder);
        seen.map(|(_, _, note)| note).collect()
    };
    let shared = notes(consultant, "S-1", "shared");
    assert!(shared.contains(&"Notat 5, delt og usendt".to_owned()), "{shared:?}");
    assert!(shared.contains(&"Notat 7, usendt".to_owned()), "{shared:?}");
    assert_eq!(notes(leader, "S-1", "shared"), shared);
    assert_eq!(notes(treatment, "S-1", "shared"), shared);
    assert_eq!(notes(treatment, "S-1", "treatment").len(), 2);
    assert!(notes(consultant, "S-1", "treatment").is_empty());
    assert_eq!(notes(leader, "S-2", "employment"), notes(consultant, "S-2", "employment"));
}

/// To a server whose address is another by now than the one the homes know.
struct Link {
    server: String,
    http: HttpTransport,
}

impl Transport for Link {
    fn post<'a>(
        &'a self,
        _: &'a str,
        path: &'a str,
        headers: feltbog_app::Headers,
        body: Vec<u8>,
    ) -> feltbog_app::Answer<'a> {
        self.http.post(&self.server, path, headers, body)
    }
}

#[tokio::test]
async fn a_server_of_today_passes_over_what_a_newer_device_says() {
    let town = Town::of_build(1);
    let server = town.serve().await;
    let signer = town.signer(TREATMENT);
    let recorded = town.recording.exchanges_of(TREATMENT).remove(0);
    let everybodys = old_wire::OldAsk { folder: [0; 16], after: 0, until: 5 };
    let quiet = OldRequest { push: Vec::new(), backfill: vec![everybodys], ..read(&recorded.request) };
    let plain = minicbor::to_vec(&quiet).unwrap();
    let (status, body) = signer.post(&server, SYNC, &newer(&plain, REQUEST)).await;
    let (plain_status, plain_body) = signer.post(&server, SYNC, &plain).await;
    assert_eq!((status, plain_status), (200, 200));
    assert!(!read::<OldReply>(&body).backfill_rows.is_empty());
    assert_eq!(timeless(read(&body)), timeless(read(&plain_body)));
}

#[tokio::test]
async fn envelopes_of_unknown_kinds_are_stored_and_passed_over() {
    let town = Town::of_build(1);
    let server = town.serve().await;
    let signer = town.signer(TREATMENT);
    let newer_server = NewerServer::of(&town, server.clone(), Twist::MoreKinds);
    let rows = newer_server.extra_rows();
    let app = town.app(CONSULTANT, Arc::new(newer_server));
    let folder = shared_folder(&app);
    let pushed = [future_envelope(&signer, 1, folder, 200), future_envelope(&signer, 2, folder, 255)];
    let recorded = town.recording.exchanges_of(TREATMENT).remove(0);
    let request = OldRequest { push: pushed.clone().map(old_wire::OldBytes).to_vec(), ..read(&recorded.request) };
    let (status, body) = signer.post(&server, SYNC, &minicbor::to_vec(&request).unwrap()).await;
    let reply: OldReply = read(&body);
    assert_eq!(status, 200);
    assert_eq!(reply.results.iter().map(|result| result.code).collect::<Vec<_>>(), [0, 0], "kept, not refused");
    let back: Vec<&Vec<u8>> = reply.rows.iter().map(|row| &row.envelope).filter(|row| pushed.contains(row)).collect();
    assert_eq!(back.len(), 2, "the device that will know them after an update has them back");

    // A newer server knows whom to give them to.
    for (result, envelope) in reply.results.iter().zip(&pushed) {
        rows.lock().unwrap().push(Row { seq: result.seq.unwrap(), envelope: envelope.clone() });
    }
    let report = app.exchange().await.unwrap();
    assert_eq!((report.sent, report.received >= 2), (2, true), "{report:?}");
    is_quiet(&app);
    drop(app);
    assert_eq!(town.row_statuses(CONSULTANT, &signer), ["ignored", "ignored"]);
}

/// The folder both sides share of the first case.
fn shared_folder(app: &App) -> feltbog_domain::FolderId {
    let view = app.with(|device| device.show_case("S-1")).unwrap();
    let mut folders = view.case.unwrap().folders.into_iter();
    folders.find(|(_, kind)| kind.word() == "shared").unwrap().0
}

#[tokio::test]
async fn a_device_of_today_passes_over_what_a_newer_server_says() {
    let town = Town::of_build(1);
    let newer_server = NewerServer::of(&town, town.serve().await, Twist::MoreKeys);
    let app = town.app(CONSULTANT, Arc::new(newer_server));
    assert_eq!(app.exchange().await.unwrap().sent, 2);
    app.exchange().await.unwrap();
    is_quiet(&app);
}

#[tokio::test]
async fn a_disposition_of_an_unknown_code_is_remembered_and_holds_nothing_up() {
    let town = Town::of_build(1);
    let server = town.serve().await;
    let newer_server = NewerServer::of(&town, server.clone(), Twist::UnknownDisposition);
    let app = town.app(CONSULTANT, Arc::new(newer_server));
    let report = app.exchange().await.unwrap();
    assert_eq!((report.sent, report.refused.len()), (1, 1), "{report:?}");
    // It is shown as refused, and the next thing goes out.
    assert_eq!(app.with(|d| d.refused()).unwrap().len(), 1);
    let wish = feltbog_app::LogWish {
        case: Some("S-2".into()),
        kind: "contact".into(),
        note: "Efter det ukendte svar".into(),
        ..feltbog_app::LogWish::default()
    };
    app.with(|d| d.log_entry(&wish)).unwrap();
    let report = app.exchange().await.unwrap();
    assert_eq!((report.sent, report.refused.len()), (1, 0), "{report:?}");
}

#[tokio::test]
async fn a_refusal_of_an_unknown_code_ends_one_exchange_and_keeps_everything() {
    let town = Town::of_build(1);
    let server = town.serve().await;
    let newer_server = Arc::new(NewerServer::of(&town, server, Twist::UnknownProblemOnce));
    let app = town.app(CONSULTANT, newer_server);
    let sentence = app.exchange().await.unwrap_err().sentence();
    assert!(sentence.ends_with('.') && sentence.contains("her stadig"), "{sentence}");
    assert_eq!(app.with(feltbog_app::Device::status).unwrap().unsent, 2);
    assert_eq!(app.exchange().await.unwrap().sent, 2);
    is_quiet(&app);
}

#[tokio::test]
async fn what_build_1_passed_over_is_taken_in_after_the_update() {
    let town = Town::of_build(1);
    let link = Arc::new(Link { server: town.serve().await, http: HttpTransport::new().unwrap() });
    let treatment = town.app(TREATMENT, Arc::<Link>::clone(&link));
    let wish = feltbog_app::LogWish {
        case: Some("S-1".into()),
        kind: "contact".into(),
        note: "Forseglet som build 1 ikke kendte".into(),
        shared: Some(true),
        ..feltbog_app::LogWish::default()
    };
    let entry = treatment.with(|d| d.log_entry(&wish)).unwrap().entry.to_string();
    treatment.exchange().await.unwrap();

    // As build 1 does with a suite or codec it does not know, its cursor having gone by.
    let consultant = town.signer(CONSULTANT);
    let recorded = town.recording.exchanges_of(CONSULTANT).remove(0);
    let quiet = OldRequest { push: Vec::new(), ..read(&recorded.request) };
    let (status, body) = consultant.post(&link.server, SYNC, &minicbor::to_vec(&quiet).unwrap()).await;
    assert_eq!(status, 200);
    let reply: OldReply = read(&body);
    assert!(!reply.rows.is_empty());
    town.pass_over(CONSULTANT, &reply.rows);

    let app = town.app(CONSULTANT, Arc::<Link>::clone(&link));
    app.exchange().await.unwrap();
    assert!(sees(&app, "S-1").unwrap().iter().any(|(id, _, _)| *id == entry), "passed over for ever");
}

#[test]
fn a_home_of_a_newer_version_is_refused_with_a_sentence_and_left_untouched() {
    let town = Town::of_build(1);
    newer_world::age_home(&town, LEADER);
    let before = town::files(&town.home(LEADER));
    let error = town.open(LEADER).unwrap_err();
    assert_eq!(error.code(), "newer_version");
    assert!(error.sentence().contains("nyere Feltbog"), "{error}");
    assert!(town::files(&town.home(LEADER)) == before, "something in the home was touched");
}

#[tokio::test]
async fn a_store_of_a_newer_server_is_refused_with_a_sentence_and_left_untouched() {
    let town = Town::of_build(1);
    newer_world::age_store(&town);
    let before = town::files(&town.data());
    let Err(error) = feltbog_server::Server::bind(&town.data(), "127.0.0.1:0".parse().unwrap()).await else {
        panic!("it serves a store it cannot know");
    };
    assert!(error.to_string().contains("newer"), "{error}");
    assert!(town::files(&town.data()) == before, "something in the store was touched");
}
