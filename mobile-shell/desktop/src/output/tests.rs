use std::cell::RefCell;
use std::rc::Rc;

use feltbog_bridge::{ErasureDevice, ErasureRow, Reply, Request};

use super::*;

#[derive(Clone, Default)]
struct Paper(Rc<RefCell<Vec<u8>>>);

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Paper {
    fn text(&self) -> String {
        String::from_utf8(self.0.borrow().clone()).unwrap()
    }
}

fn shown(request: &Request, reply: &Reply, json: bool, qr: bool) -> (String, String) {
    let (results, messages) = (Paper::default(), Paper::default());
    let mut output =
        Output { results: Box::new(results.clone()), messages: Box::new(messages.clone()), json, terminal: false };
    answer(request, reply, qr, &mut output);
    (results.text(), messages.text())
}

fn reply(json: Value) -> Reply {
    serde_json::from_value(json).unwrap()
}

fn document(request: &Request, json: Value) -> Value {
    let (results, _) = shown(request, &reply(json), true, false);
    assert_eq!(results.lines().count(), 1, "one document");
    serde_json::from_str(&results).unwrap()
}

fn case() -> Value {
    json!({
        "case": "c1", "number": "SYD-0001", "name": "Ærø Ågesen", "programme": "IPS Sydhavnen", "phase": "search",
        "enrolled_on": "2019-02-11", "days_in_programme": 26, "last_contact": "2026-03-02T10:00:00+01:00",
        "signals": [{
            "kind": "first_employer_contact", "text": "Første møde med en virksomhed senest 14-03 (om 4 dage)",
            "text_en": "First meeting with an employer by 14-03 (in 4 days)", "due": "2026-03-14", "days_left": 4,
            "rule": "Inden 30 dage.", "rule_en": "Within 30 days.", "source": "IPS-25, punkt 15",
            "source_en": "IPS-25, item 15", "source_kind": "paper",
        }],
        "consultant": "Åse", "therapist": null, "track": null, "unsent": 1, "has_shared": true,
        "folders": ["employment", "shared"],
    })
}

fn entry() -> Value {
    json!({
        "entry": "e1", "case": "c1", "kind": "employer_visit", "kind_name": "Virksomhedsbesøg",
        "at": "2026-03-02T10:00:00+01:00", "minutes": 45, "employer": "93236106", "employer_name": "Netto",
        "contact_person": "Bo", "place": "Butikken", "outcome": "opening", "outcome_name": "åbning",
        "face_to_face": true, "hours_per_week": null, "job_title": null, "permanent": null,
        "note": "Første linje\nAnden linje", "folder": "employment", "authors": ["Åse"], "recorded_by": null,
        "imported_by": null, "state": "local_only", "conflicts": { "place": ["Butikken", "Lageret"] },
    })
}

fn page() -> Value {
    json!({
        "type": "case", "case": case(), "job_wish": "Gartner", "disclosure": "Må ikke nævnes",
        "consents": [{ "types": ["jobmål"], "from": "2026-01-01", "until": "2027-01-01", "in_force": true }],
        "entries": [entry()],
    })
}

fn show() -> Request {
    Request::ShowCase { case: "SYD-0001".to_owned() }
}

#[test]
fn log_prints_the_entry_and_its_state() {
    let logged = json!({ "type": "logged", "entry": "e1", "state": "local_only", "warning": null });
    let document = document(&Request::LogEntry(Box::default()), logged);
    assert_eq!((&document["entry"], &document["state"]), (&json!("e1"), &json!("local_only")));
}

#[test]
fn a_warning_goes_to_the_messages() {
    let logged = json!({ "type": "logged", "entry": "e1", "state": "local_only", "warning": "Samtykket er udløbet." });
    let (results, messages) = shown(&Request::LogEntry(Box::default()), &reply(logged), false, false);
    assert!(results.contains("Gemt på denne computer") && results.contains("e1"), "{results}");
    assert_eq!(messages, "Samtykket er udløbet.\n");
}

#[test]
fn cases_is_an_array() {
    let document = document(&Request::Cases, json!({ "type": "cases", "cases": [case()] }));
    for key in ["case", "number", "name", "phase", "enrolled_on", "last_contact", "signals"] {
        assert_eq!(document[0][key], case()[key], "{key}");
    }
}

#[test]
fn show_has_the_case_and_its_entries() {
    let document = document(&show(), page());
    assert_eq!(document["case"]["number"], "SYD-0001");
    assert!(document.get("type").is_none());
    for key in [
        "entry",
        "kind",
        "at",
        "minutes",
        "employer",
        "place",
        "outcome",
        "note",
        "folder",
        "authors",
        "state",
        "conflicts",
    ] {
        assert_eq!(document["entries"][0][key], entry()[key], "{key}");
    }
}

#[test]
fn conflicts_is_an_object_even_when_there_are_none() {
    let mut page = page();
    page["entries"][0]["conflicts"] = json!({});
    assert_eq!(document(&show(), page)["entries"][0]["conflicts"], json!({}));
}

#[test]
fn search_is_an_array() {
    let hit = json!({
        "what": "entry", "entry": "e1", "case": "c1", "case_name": "Ærø", "employer": null, "employer_name": null,
        "kind": "note", "kind_name": "Notat", "at": "2026-03-02T10:00:00+01:00", "near": false,
        "snippet": "en 😀 gartner i byen", "marks": [{ "start": 6, "end": 13 }],
    });
    let found = json!({ "type": "hits", "hits": [hit] });
    let search = Request::Search { words: "gartner".to_owned() };
    let (results, _) = shown(&search, &reply(found.clone()), false, false);
    assert!(results.contains("en 😀 [gartner] i byen"), "{results}");
    let document = document(&search, found);
    assert_eq!(document[0]["entry"], "e1");
    assert_eq!(document[0]["case"], "c1");
    assert_eq!(document[0]["snippet"], "en 😀 gartner i byen");
}

fn synced(unsent: u32, refused: &Value) -> Value {
    json!({
        "type": "synced", "sent": 3, "received": 12, "refused": refused, "unsent": unsent, "bytes_up": 900,
        "bytes_down": 20_000, "turnarounds": 1, "head": 412, "handed_in": [], "asks": [], "healing": false,
    })
}

#[test]
fn sync_counts() {
    let refused = json!([{ "code": "no_grant", "message": "x", "entry": null, "case_name": null, "kind_name": null }]);
    let document = document(&Request::Sync, synced(1, &refused));
    for (key, value) in [("sent", 3), ("received", 12), ("unsent", 1), ("turnarounds", 1), ("head", 412)] {
        assert_eq!(document[key], value, "{key}");
    }
    assert_eq!((&document["bytes_up"], &document["bytes_down"]), (&json!(900), &json!(20_000)));
    assert_eq!(document["refused"][0]["code"], "no_grant");
}

#[test]
fn sync_speaks_in_sentences() {
    let (results, messages) = shown(&Request::Sync, &reply(synced(0, &json!([]))), false, false);
    assert_eq!((results.as_str(), messages.as_str()), ("Sendt 3, hentet 12. Alt er sendt.\n", ""));
    let (results, _) = shown(&Request::Sync, &reply(synced(2, &json!([]))), false, false);
    assert_eq!(results, "Sendt 3, hentet 12. 2 er stadig kun på denne computer.\n");
}

#[test]
fn what_the_server_refused_is_said() {
    let refused = json!([{
        "code": "no_grant", "message": "Du har ikke længere adgang.", "entry": "e1", "case_name": "Ærø",
        "kind_name": "Notat",
    }]);
    let (results, messages) = shown(&Request::Sync, &reply(synced(1, &refused)), false, false);
    assert!(!results.contains("Alt er sendt"), "{results}");
    assert_eq!(messages, "Afvist: Du har ikke længere adgang. (Notat, Ærø)\n");
}

fn status() -> Value {
    json!({
        "type": "status", "unsent": 0, "oldest_unsent_hours": null, "quarantined": 0, "cursor": 412, "device": "d1",
        "member": "Åse", "role": "consultant", "roles": ["Konsulent, IPS Sydhavnen"], "waiting": [], "refused": [],
        "last_exchange": "2026-03-02T10:00:00+01:00", "last_failure": null, "sent_today": 2, "exchanging": false,
        "handed_in": [], "asks": [], "deposits": 0, "restored": false, "healing": false, "missing": 0, "findings": [],
    })
}

#[test]
fn too_many_citizens_are_told_once_with_the_highest_limit_they_pass() {
    let mut status = status();
    let limit = |limit: u32| {
        json!({
            "kind": format!("caseload_over_{limit}"), "limit": limit, "text": format!("Flere end {limit}"), "text_en": "",
            "rule": "", "rule_en": "", "source": format!("Kilde {limit}"), "source_en": "", "source_kind": "paper",
        })
    };
    status["caseload"] = json!({ "active": 27, "signals": [limit(25), limit(20)] });
    let (results, _) = shown(&Request::Status, &reply(status), false, false);
    assert!(results.contains("Flere end 25 [Kilde 25].\n") && !results.contains("Kilde 20"), "{results}");
}

#[test]
fn status_counts_what_waits_beside_what_it_lists() {
    let entry = json!({
        "entry": "e1", "case": null, "case_name": "Ærø", "kind": "note", "kind_name": "Notat",
        "at": "2026-03-02T10:00:00+01:00", "saved_at": "2026-03-02T10:00:00+01:00",
    });
    for (in_all, said) in
        [(1, None), (2, Some("\n  og 1 anden registrering\n")), (90, Some("\n  og 89 andre registreringer\n"))]
    {
        let mut status = status();
        (status["unsent"], status["waiting"], status["waiting_in_all"]) =
            (json!(in_all), json!([entry]), json!(in_all));
        let (results, _) = shown(&Request::Status, &reply(status), false, false);
        assert_eq!(results.contains("  og "), said.is_some(), "{results}");
        assert!(said.is_none_or(|said| results.contains(said)), "{results}");
    }
}

#[test]
fn status_says_null_when_nothing_waits() {
    let status = status();
    let document = document(&Request::Status, status.clone());
    for key in ["unsent", "oldest_unsent_hours", "quarantined", "cursor", "device", "member", "role"] {
        assert_eq!(document.get(key), status.get(key), "{key}");
    }
    let (results, _) = shown(&Request::Status, &reply(status), false, false);
    assert!(results.starts_with("Alt er sendt.\n"), "{results}");
    assert!(results.contains("02-03-2026 kl. 10:00"), "{results}");
}

fn handed_in(entry: &str, reason: &str, receivers: &[&str], delivered: bool) -> Value {
    json!({
        "entry": entry, "case": "SYD-0001", "kind": "contact", "kind_name": "Kontakt",
        "at": "2026-03-02T10:00:00+01:00", "reason": reason, "receivers": receivers, "delivered": delivered,
    })
}

#[test]
fn the_writer_is_told_where_handed_in_work_is_and_with_whom() {
    let mut synced = synced(0, &json!([]));
    synced["handed_in"] = json!([
        handed_in("e1", "no_grant", &["Ingrid Dahl"], true),
        handed_in("e2", "folder_closed", &["Ingrid Dahl", "Dorte", "Bo"], false),
        handed_in("e3", "no_grant", &["Ingrid Dahl"], true),
    ]);
    assert_eq!(document(&Request::Sync, synced.clone())["handed_in"], synced["handed_in"]);
    let (results, _) = shown(&Request::Sync, &reply(synced), false, false);
    assert_eq!(
        results,
        "Sendt 3, hentet 12. Alt er sendt.\n\
         2 registreringer kunne ikke lægges i mappen, fordi adgangen til borgeren er ophørt. De er afleveret til Ingrid Dahl.\n  \
         02-03-2026 kl. 10:00  Kontakt, SYD-0001  [e1]\n  \
         02-03-2026 kl. 10:00  Kontakt, SYD-0001  [e3]\n\
         1 registrering kan ikke lægges i mappen, fordi samtykket er trukket tilbage. Den ligger her, til den er \
         afleveret til Ingrid Dahl, Dorte og Bo: feltbog sync.\n  \
         02-03-2026 kl. 10:00  Kontakt, SYD-0001  [e2]\n"
    );
}

#[test]
fn an_entry_that_could_not_be_shared_says_what_to_do_and_is_not_told_twice() {
    let refused = json!([{
        "code": "folder_closed", "message": "Det kan ikke deles.", "entry": "e1", "case_name": "Ærø", "kind_name": null,
    }]);
    let mut synced = synced(1, &refused);
    synced["asks"] = json!(["e1"]);
    let (results, messages) = shown(&Request::Sync, &reply(synced), false, false);
    assert!(results.contains("samtykket er trukket tilbage"), "{results}");
    assert!(results.contains("\n  feltbog keep e1\n") && messages.is_empty(), "{results}{messages}");
    let mut status = status();
    (status["asks"], status["refused"], status["unsent"]) = (json!(["e1"]), refused, json!(1));
    assert_eq!(document(&Request::Status, status.clone())["asks"], json!(["e1"]));
    let (results, _) = shown(&Request::Status, &reply(status), false, false);
    assert!(results.contains("feltbog keep e1") && !results.contains("Afvist"), "{results}");
}

#[test]
fn a_restored_server_is_told_with_what_is_safe() {
    let mut status = status();
    (status["restored"], status["missing"]) = (json!(true), json!(2));
    status["findings"] = json!([{ "code": "history_differs", "author": "Bo", "name": "Ærø" }]);
    let (results, _) = shown(&Request::Status, &reply(status.clone()), false, false);
    assert!(results.contains("Serveren er gendannet. Dit arbejde er her.\n"), "{results}");
    assert!(results.contains("Serveren mangler 2 registreringer") && results.contains("Sig det til IT"), "{results}");
    let mut synced = synced(0, &json!([]));
    synced["healing"] = json!(true);
    assert_eq!(document(&Request::Sync, synced.clone())["healing"], true);
    let (results, _) = shown(&Request::Sync, &reply(synced), false, false);
    assert!(results.contains("venter på en leders enhed. Dit arbejde er her"), "{results}");
    let row = json!({
        "entry": "e1", "case": "SYD-0001", "kind": "contact", "kind_name": "Kontakt", "at": "2026-03-02T10:00:00+01:00",
        "author": "Bo",
    });
    let missing = json!({ "type": "missing", "missing": [row] });
    assert_eq!(document(&Request::Missing, missing.clone()), json!([row]));
    let (results, _) = shown(&Request::Missing, &reply(missing), false, false);
    assert!(results.contains("02-03-2026 kl. 10:00  Bo"), "{results}");
}

#[test]
fn the_tray_names_writer_note_and_reason() {
    let row = json!({
        "entry": "e1", "case": "SYD-0001", "name": "Ærø", "kind": "contact", "kind_name": "Kontakt",
        "at": "2026-03-02T10:00:00+01:00", "author": "Bo", "note": "Ringede\nIgen", "reason": "no_grant",
    });
    let deposits = json!({ "type": "deposits", "deposits": [row] });
    assert_eq!(document(&Request::Deposits, deposits.clone()), json!([row]));
    let (results, _) = shown(&Request::Deposits, &reply(deposits), false, false);
    let (words, act) =
        ("    Ringede\n    Igen\n    Skrevet af Bo, afleveret, fordi adgangen til borgeren er ophørt.\n", "take");
    assert!(results.contains(words) && results.contains(act), "{results}");
    let take = Request::TakeOver { entry: None };
    assert_eq!(document(&take, json!({ "type": "taken_over", "taken": 5 })), json!({ "taken": 5 }));
}

#[test]
fn a_handover_says_how_many_and_a_closed_case_which() {
    let hand_over = Request::HandOver { from: "Åse".to_owned(), to: "Bo".to_owned(), case: None };
    let handed = json!({ "type": "handed_over", "handed_over": 3 });
    assert_eq!(document(&hand_over, handed.clone()), json!({ "handed_over": 3 }));
    let (results, _) = shown(&hand_over, &reply(handed), false, false);
    assert!(results.starts_with("3 borgere er overdraget fra Åse til Bo."), "{results}");
    let close = Request::CloseCase { case: "SYD-0001".to_owned(), reason: "i job".to_owned() };
    assert_eq!(document(&close, json!({ "type": "case_closed", "case": "c1" })), json!({ "case": "c1" }));
    let keep = Request::KeepEntry { entry: "e1".to_owned() };
    let kept = json!({ "type": "logged", "entry": "e2", "state": "local_only", "warning": null });
    assert_eq!(
        (&document(&keep, kept.clone())["entry"], &document(&keep, kept)["state"]),
        (&json!("e2"), &json!("local_only"))
    );
}

#[test]
fn import_counts_and_lists() {
    let import = Request::Import { folder: "/d".to_owned(), programme: None, dry_run: false, errors: false };
    let line = json!({ "file": "noter.csv", "line": 12, "field": "dato", "reason": "er ingen dato" });
    let imported = json!({
        "type": "imported", "added": { "cases": 73, "entries": 3835, "employers": 36 }, "unchanged": 0,
        "refused": [line], "without_consent": ["SYD-0002"], "unmatched_staff": ["Ib"],
    });
    let document = document(&import, imported.clone());
    assert_eq!(document["added"], json!({ "cases": 73, "entries": 3835, "employers": 36 }));
    assert_eq!(document["refused"][0], line);
    assert_eq!(document["unchanged"], 0);
    let (results, messages) = shown(&import, &reply(imported), false, false);
    assert!(results.contains("73 sager") && results.contains("SYD-0002") && results.contains("Ib"), "{results}");
    assert_eq!(messages, "Ikke læst ind: noter.csv, linje 12, dato: er ingen dato\n");
}

#[test]
fn an_invitation_is_one_text_and_drawn_when_asked_for() {
    let invite = Request::Invite {
        name: "Bo".to_owned(),
        role: "consultant".to_owned(),
        programme: None,
        side: None,
        valid_minutes: None,
    };
    let invited = json!({ "type": "invited", "invitation": "feltbog:abc", "qr_svg": "<svg/>" });
    assert_eq!(document(&invite, invited.clone()), json!({ "invitation": "feltbog:abc" }));
    let (plain, _) = shown(&invite, &reply(invited.clone()), false, false);
    assert!(plain.lines().any(|line| line == "feltbog:abc") && !plain.contains('█'), "{plain}");
    let (drawn, _) = shown(&invite, &reply(invited), false, true);
    assert!(drawn.contains('█'), "{drawn}");
}

#[test]
fn members_and_devices_are_arrays() {
    let member = json!({ "member": "m1", "name": "Åse", "roles": ["Konsulent"], "state": "joined" });
    let members = document(&Request::Members, json!({ "type": "members", "members": [member] }));
    assert_eq!(members[0]["name"], "Åse");
    let device = json!({ "device": "d1", "member": "Åse", "last_seen": null, "state": "this_device" });
    let devices = document(&Request::Devices, json!({ "type": "devices", "devices": [device] }));
    for key in ["device", "member", "last_seen", "state"] {
        assert_eq!(devices[0][key], device[key], "{key}");
    }
}

#[test]
fn a_new_case_is_named() {
    let made = json!({ "type": "case_made", "case": "c1" });
    assert_eq!(document(&Request::NewCase(feltbog_bridge::NewCase::default()), made), json!({ "case": "c1" }));
}

#[test]
fn a_refusal_is_a_document_and_a_sentence() {
    let refused =
        json!({ "type": "refused", "code": "no_such_case", "message": "Sagen findes ikke.", "retryable": false });
    let (results, messages) = shown(&show(), &reply(refused.clone()), true, false);
    let said: Value = serde_json::from_str(&results).unwrap();
    assert_eq!(
        said,
        json!({ "refused": { "code": "no_such_case", "message": "Sagen findes ikke.", "retryable": false } })
    );
    assert_eq!(messages, "Sagen findes ikke.\n");
    let (results, messages) = shown(&show(), &reply(refused), false, false);
    assert_eq!((results.as_str(), messages.as_str()), ("", "Sagen findes ikke.\n"));
}

#[test]
fn the_timeline_is_readable() {
    let (results, _) = shown(&show(), &reply(page()), false, false);
    for part in [
        "SYD-0001  Ærø Ågesen",
        "Søger job",
        "dag 26",
        "! Første møde med en virksomhed senest 14-03 (om 4 dage)\n  Inden 30 dage. [IPS-25, punkt 15]\n",
        "Må deles: jobmål (til 01-01-2027)",
        "02-03-2026 kl. 10:00  Virksomhedsbesøg, 45 min  (kun på denne computer)",
        "Netto (CVR 93236106), talt med Bo",
        "I har begge skrevet her: sted: Butikken / Lageret",
        "    Anden linje",
        "Åse",
    ] {
        assert!(results.contains(part), "{part} is missing in\n{results}");
    }
}

#[test]
fn cases_stand_in_columns() {
    let mut other = case();
    other["name"] = json!("Bo");
    other["signals"] = json!([]);
    let (results, _) =
        shown(&Request::Cases, &reply(json!({ "type": "cases", "cases": [case(), other] })), false, false);
    let columns: Vec<Option<usize>> =
        results.lines().map(|line| line.find("Søger job").map(|at| line.get(..at).unwrap().chars().count())).collect();
    assert_eq!(columns.len(), 3);
    assert_eq!(columns[1], columns[2]);
    assert!(columns[1].is_some(), "{results}");
}

#[test]
fn a_note_cannot_command_the_terminal() {
    let mut page = page();
    page["entries"][0]["note"] = json!("før\u{1b}]0;titel\u{7}\u{1b}[2Jefter\u{9b}31m");
    let (results, _) = shown(&show(), &reply(page), false, false);
    assert!(!results.chars().any(|sign| sign.is_control() && sign != '\n'), "{results:?}");
    assert!(results.contains("før") && results.contains("efter"));
}

#[test]
fn an_erasure_says_what_is_missing_and_claims_nothing_else() {
    let device = |device: &str, member: &str| ErasureDevice { device: device.repeat(4), member: member.to_owned() };
    let row = ErasureRow {
        proposal: "0123456789abcdef".to_owned(),
        case_ref: "feed".to_owned(),
        state: "proposed".to_owned(),
        reason: "retention_over".to_owned(),
        reason_name: "opbevaringstiden er udløbet".to_owned(),
        by: "Astrid".to_owned(),
        confirmed_by: None,
        folders: vec!["employment".to_owned()],
        entries: Vec::new(),
        at: "2026-03-02T10:00:00+01:00".to_owned(),
        confirmed_at: None,
        confirmed_devices: Vec::new(),
        missing_devices: Vec::new(),
        shut_out_devices: Vec::new(),
        may_confirm: true,
    };
    let said =
        |row: &ErasureRow| shown(&Request::Erasures, &Reply::Erasures { erasures: vec![row.clone()] }, false, false).0;
    assert!(said(&row).contains("Intet er slettet. Bekræft med: feltbog erase --confirm 0123456789ab\n"));
    let confirmed = ErasureRow {
        state: "confirmed".to_owned(),
        confirmed_by: Some("Ingrid".to_owned()),
        confirmed_devices: vec![device("aa11", "Ingrid")],
        missing_devices: vec![device("bb22", "Åse")],
        may_confirm: false,
        ..row
    };
    let text = said(&confirmed);
    assert!(text.contains("har ikke svaret endnu og kan have noget: Åse (bb22bb22)"), "{text}");
    assert!(!text.contains("Alle enheder"), "{text}");
    let complete = ErasureRow { state: "complete".to_owned(), missing_devices: Vec::new(), ..confirmed };
    assert!(said(&complete).contains("Alle enheder har svaret, at intet er tilbage: Ingrid (aa11aa11)"));
}
