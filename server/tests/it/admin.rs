//! The administration page, as a browser sees it.

use std::fs::{self, File};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, SystemTime};

use feltbog_protocol::{Hello, RefusalCode, Stats, SyncRequest};
use feltbog_server::{Endpoint, admin_off, admin_password};

use crate::support::{Answer, TestDevice, TestServer, TestTenant, content, fresh_id, new_folder, post, post_raw, run};

/// A server with the page, and its password.
fn with_page() -> (TestServer, String) {
    let server = TestServer::start();
    let password = admin_password(server.store()).unwrap().to_string();
    (server, password)
}

/// A form, as a browser on the same computer sends it from the page itself.
fn send(address: SocketAddr, endpoint: Endpoint, form: &str, headers: &[(&str, &str)]) -> Answer {
    let own = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
    let of_browser = own.into_iter().filter(|(name, _)| headers.iter().all(|(other, _)| other != name));
    let all: Vec<_> = of_browser.chain(headers.iter().copied()).collect();
    post(address, endpoint.path(), &all, form.as_bytes())
}

const LOCAL: (&str, &str) = ("origin", "http://127.0.0.1:8484");
const SECURE: (&str, &str) = ("origin", "https://feltbog.eksempel.dk");

fn log_in(address: SocketAddr, password: &str) -> Answer {
    send(address, Endpoint::AdminLogin, &format!("lang=en&password={password}"), &[LOCAL])
}

fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    answer.head.lines().filter_map(|line| line.split_once(": ")).find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// What a browser keeps of an answer and shows from then on.
fn cookie(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{answer:?}");
    header(answer, "set-cookie").unwrap().split(';').next().unwrap().to_owned()
}

fn look(address: SocketAddr, cookie: &str) -> (u16, String) {
    let request = format!("GET /admin?lang=en HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncookie: {cookie}\r\n\r\n");
    let answer = post_raw(address, request.as_bytes());
    (answer.status, text(&answer))
}

fn text(answer: &Answer) -> String {
    String::from_utf8_lossy(&answer.body).into_owned()
}

fn is_inside(address: SocketAddr, cookie: &str) -> bool {
    let (status, page) = look(address, cookie);
    assert_eq!(status, 200);
    page.contains("Log out")
}

/// The one session there is.
fn session_file(server: &TestServer) -> PathBuf {
    let mut files = fs::read_dir(server.data().join("admin")).unwrap().map(|item| item.unwrap().path());
    files.find(|path| path.file_name().unwrap().to_string_lossy().starts_with("session-")).unwrap()
}

/// A device that says of itself what devices say.
fn says(server: &TestServer, device: &TestDevice, unsent: u32) {
    let request = SyncRequest {
        hello: Hello { protocol: 1, build: 41, features: 0 },
        stats: Stats { unsent, oldest_unsent_hours: Some(5), quarantined: 0 },
        ..SyncRequest::default()
    };
    device.sync(server, &request).unwrap();
}

#[test]
fn without_a_password_there_is_no_page_and_a_running_server_goes_by_the_newest_one() {
    let server = TestServer::start();
    let address = server.address();
    assert_eq!((look(address, "").0, log_in(address, "a").status), (404, 404));
    let first = admin_password(server.store()).unwrap();
    let inside = cookie(&log_in(address, &first));
    assert!(is_inside(address, &inside));
    let second = admin_password(server.store()).unwrap();
    assert!(!is_inside(address, &inside), "a new password ends what was begun with the old one");
    assert_eq!(log_in(address, &first).status, 403);
    let inside = cookie(&log_in(address, &second));
    admin_off(server.store()).unwrap();
    assert_eq!((look(address, &inside).0, log_in(address, &second).status), (404, 404));
    assert!(admin_off(server.store()).is_err());
}

#[test]
fn the_command_line_makes_the_password_and_takes_the_page_away() {
    let server = TestServer::start();
    let made = String::from_utf8(server.run(&["admin-password"]).stdout).unwrap();
    let password = made.lines().next().unwrap();
    assert!(is_inside(server.address(), &cookie(&log_in(server.address(), password))), "{made}");
    assert!(run(server.data(), &["admin-off"]).status.success());
    assert_eq!(look(server.address(), "").0, 404);
    let nowhere = tempfile::tempdir().unwrap();
    let refused = run(nowhere.path(), &["admin-password"]);
    assert!(String::from_utf8(refused.stderr).unwrap().contains("feltbog-server init"));
}

#[test]
fn after_five_wrong_passwords_not_even_the_right_one_is_listened_to_and_a_sentence_says_so() {
    let (server, password) = with_page();
    for _ in 0..5 {
        let wrong = log_in(server.address(), "abcd-efgh");
        assert_eq!((wrong.status, header(&wrong, "set-cookie")), (403, None));
        assert!(text(&wrong).contains("That is not the password."));
    }
    let refused = log_in(server.address(), &password);
    assert_eq!((refused.status, header(&refused, "set-cookie")), (429, None));
    assert!(text(&refused).contains("Too many wrong passwords came from here. Try again in 10 min."));
    let after: u32 = header(&refused, "retry-after").unwrap().parse().unwrap();
    assert!((1..=600).contains(&after));
}

#[test]
fn behind_a_proxy_wrong_passwords_of_one_client_keep_no_other_out() {
    let mut server = TestServer::with("[server]\nclient_header = \"x-real-ip\"".parse().unwrap());
    let password = admin_password(server.store()).unwrap();
    let from = |server: &TestServer, client, password: &str| {
        let form = format!("password={password}");
        send(server.address(), Endpoint::AdminLogin, &form, &[SECURE, ("x-real-ip", client)]).status
    };
    assert_eq!([(); 6].map(|()| from(&server, "192.0.2.1", "wrong")), [403, 403, 403, 403, 403, 429]);
    assert_eq!(from(&server, "192.0.2.2", &password), 303);
    server.restart();
    assert_eq!(from(&server, "192.0.2.1", &password), 303, "nothing of it is kept");
}

#[test]
fn the_cookie_is_out_of_reach_of_scripts_other_sites_and_clear_text() {
    let (server, password) = with_page();
    let form = format!("password={password}");
    let secure = send(server.address(), Endpoint::AdminLogin, &form, &[SECURE]);
    let (name, attributes) = header(&secure, "set-cookie").unwrap().split_once(';').unwrap();
    assert_eq!(attributes, " Path=/admin; Max-Age=28800; HttpOnly; SameSite=Strict; Secure");
    assert_eq!(header(&secure, "location"), Some("/admin?lang=da"));
    let token = name.split_once('=').unwrap().1;
    assert_eq!(token.len(), 43, "32 bytes");
    let kept = fs::read_dir(server.data().join("admin")).unwrap().map(|item| item.unwrap().path());
    for path in kept {
        let inside = fs::read_to_string(&path).unwrap();
        assert!(!inside.contains(token) && !inside.contains(&password) && !path.to_string_lossy().contains(token));
    }
    let in_clear = send(server.address(), Endpoint::AdminLogin, &form, &[("origin", "http://192.0.2.7:8484")]);
    assert_eq!((in_clear.status, header(&in_clear, "set-cookie")), (403, None));
    assert!(text(&in_clear).contains("Forbindelsen er ikke krypteret"));
}

#[test]
fn a_changed_cookie_is_refused_and_so_is_one_that_was_logged_out() {
    let (server, password) = with_page();
    let address = server.address();
    let shown = cookie(&log_in(address, &password));
    for place in ["feltbog_admin=".len(), shown.len() - 2] {
        let letter = if &shown[place..=place] == "A" { "B" } else { "A" };
        let changed = format!("{}{letter}{}", &shown[..place], &shown[place + 1..]);
        assert!(!is_inside(address, &changed), "{changed}");
    }
    assert!(is_inside(address, &shown));
    let left = send(address, Endpoint::AdminLogout, "lang=en", &[LOCAL, ("cookie", &shown)]);
    assert!(text(&left).contains("You are logged out."));
    assert!(header(&left, "set-cookie").unwrap().starts_with("feltbog_admin=; Path=/admin; Max-Age=0;"));
    assert!(!is_inside(address, &shown), "whoever copied it is out as well");
}

#[test]
fn a_session_ends_when_it_was_idle_for_half_an_hour() {
    let (server, password) = with_page();
    let shown = cookie(&log_in(server.address(), &password));
    let last_used = |minutes: u64| {
        let then = SystemTime::now() - Duration::from_secs(60 * minutes);
        File::options().write(true).open(session_file(&server)).unwrap().set_modified(then).unwrap();
    };
    last_used(29);
    assert!(is_inside(server.address(), &shown));
    last_used(31);
    assert!(!is_inside(server.address(), &shown));
}

#[test]
fn every_process_on_the_store_knows_who_is_logged_in() {
    let (mut server, password) = with_page();
    let shown = cookie(&log_in(server.address(), &password));
    let other = server.second_process();
    assert!(is_inside(other.address(), &shown));
    send(other.address(), Endpoint::AdminLogout, "", &[LOCAL, ("cookie", &shown)]);
    assert!(!is_inside(server.address(), &shown));
    let shown = cookie(&log_in(other.address(), &password));
    drop(other);
    server.restart();
    assert!(is_inside(server.address(), &shown));
}

#[test]
fn a_form_from_another_site_logs_nobody_in_or_out() {
    let (server, password) = with_page();
    let address = server.address();
    let shown = cookie(&log_in(address, &password));
    let form = format!("lang=en&password={password}");
    let foreign: [&[(&str, &str)]; 3] = [
        &[("origin", "https://ondt.eksempel.dk"), ("sec-fetch-site", "cross-site")],
        &[("origin", "https://ondt.eksempel.dk"), ("sec-fetch-site", "same-site")],
        &[("origin", "null")],
    ];
    for headers in foreign {
        let refused = send(address, Endpoint::AdminLogin, &form, headers);
        assert_eq!((refused.status, header(&refused, "set-cookie")), (403, None), "{headers:?}");
        assert!(text(&refused).contains("It was not sent from this page"));
        let with_cookie = [headers, &[("cookie", shown.as_str())]].concat();
        assert_eq!(send(address, Endpoint::AdminLogout, "", &with_cookie).status, 403);
    }
    assert!(is_inside(address, &shown));
}

#[test]
fn the_page_shows_what_a_device_said_and_holds_no_member_and_no_folder() {
    let (server, password) = with_page();
    let tenant = TestTenant::found(&server);
    let (mut founder, folder) = (tenant.founder.clone(), fresh_id());
    says(&server, &founder, 3);
    let push = [new_folder(&mut founder, folder, tenant.programme), content(&mut founder, folder, 40)];
    assert_eq!(founder.push(&server, &push), [RefusalCode::Ok; 2]);
    let lost = tenant.enrol_consultant();
    assert!(server.run(&["block", "--device", &lost.id.to_string()]).status.success());
    let shown = cookie(&log_in(server.address(), &password));
    // What a device says is written beside its exchange.
    while !look(server.address(), &shown).1.contains("reported 3 unsent, the oldest 5 hours old") {}
    let (_, page) = look(server.address(), &shown);
    let id = founder.id.to_string();
    for there in [
        &id[..8],
        &id[8..],
        "build 41",
        "stopped here on the server",
        "There was never a backup.",
        "<dt>Rows in the log</dt><dd>4</dd>",
        env!("CARGO_PKG_VERSION"),
        "Ubrugt Kommune",
        &tenant.id.to_string(),
    ] {
        assert!(page.contains(there), "{there} in {page}");
    }
    let nobody =
        [founder.member.to_string(), lost.member.to_string(), folder.to_string(), tenant.programme.to_string()];
    assert!(nobody.iter().all(|secret| !page.contains(secret)), "{page}");
    assert!(!look(server.address(), "").1.contains(&id), "nor anything before the login");
}

#[test]
fn the_page_is_kept_nowhere_framed_nowhere_and_runs_nothing() {
    let (server, password) = with_page();
    let shown = cookie(&log_in(server.address(), &password));
    let request = format!("GET /admin HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncookie: {shown}\r\n\r\n");
    let question = send(server.address(), Endpoint::AdminLogin, "password=wrong", &[LOCAL]);
    for answer in [post_raw(server.address(), request.as_bytes()), question] {
        let policy = header(&answer, "content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
        assert!(policy.ends_with("; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"), "{policy}");
        for (name, value) in [
            ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("content-type", "text/html; charset=utf-8"),
            ("content-language", "da"),
        ] {
            assert_eq!(header(&answer, name), Some(value));
        }
        assert!(!text(&answer).contains("<script") && !text(&answer).contains(" style="));
        assert!(text(&answer).contains("<html lang=\"da\">"));
    }
}

#[test]
fn a_flood_of_logins_does_not_stop_the_devices() {
    let (server, _) = with_page();
    let tenant = TestTenant::found(&server);
    let (mut founder, folder) = (tenant.founder.clone(), fresh_id());
    let made = new_folder(&mut founder, folder, tenant.programme);
    assert_eq!(founder.push(&server, &[made]), [RefusalCode::Ok]);
    let address = server.address();
    thread::scope(|scope| {
        let flood: Vec<_> = (0..4)
            .map(|_| scope.spawn(move || (0..50).map(|_| log_in(address, "wrong").status).collect::<Vec<_>>()))
            .collect();
        while flood.iter().any(|one| !one.is_finished()) {
            let written = content(&mut founder, folder, 40);
            assert_eq!(founder.push(&server, &[written]), [RefusalCode::Ok]);
        }
        let all: Vec<u16> = flood.into_iter().flat_map(|one| one.join().unwrap()).collect();
        assert!(all.iter().all(|status| [403, 429].contains(status)), "{all:?}");
        // Two are looked at at a time, so one more than five may be.
        assert!((5..=6).contains(&all.iter().filter(|status| **status == 403).count()), "{all:?}");
    });
}
