//! What the doctor says of a server, from outside.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::support::{Busy, Serving, json, now_ms, run};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

fn doctor(data: &Path, more: &[&str]) -> Output {
    run(data, &[&["doctor", "--thorough"], more].concat())
}

/// The words of what was found, those of now first.
fn found(data: &Path) -> (Option<i32>, Vec<String>) {
    let output = doctor(data, &["--json"]);
    let word = |finding: &Value| finding["finding"].as_str().unwrap().to_owned();
    (output.status.code(), json(&output).as_array().unwrap().iter().map(word).collect())
}

/// A store with one device, a backup and a drill.
fn healthy() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let started = json(&run(home.path(), &["init", "--tenant", "Halsbæk", "--json"]));
    {
        let serving = Serving::start(home.path(), &[]);
        Busy::found(serving.address, &started["bootstrap"].as_str().unwrap().parse().unwrap());
    }
    let to = home.path().join("backups");
    assert!(run(home.path(), &["backup", "--to", to.to_str().unwrap()]).status.success());
    assert!(run(home.path(), &["drill-held"]).status.success());
    home
}

fn change(data: &Path, sql: &str, value: i64) {
    let connection = rusqlite::Connection::open(data.join("feltbog.db")).unwrap();
    assert_eq!(connection.execute(sql, [value]).unwrap(), 1);
}

#[test]
fn a_healthy_server_is_well_in_both_languages() {
    let home = healthy();
    let said = |language| String::from_utf8(doctor(home.path(), &["--language", language]).stdout).unwrap();
    assert_eq!(found(home.path()), (Some(0), vec![]), "{}", said("en"));
    assert_eq!(said("da"), "Alt er, som det skal være.\n");
    assert_eq!(said("en"), "Everything is as it should be.\n");
}

#[test]
fn a_new_server_needs_a_backup_now_and_a_drill_soon() {
    let home = tempfile::tempdir().unwrap();
    assert_eq!(found(home.path()), (Some(1), vec!["no_store".to_owned()]));
    run(home.path(), &["init", "--tenant", "Halsbæk"]);
    assert_eq!(found(home.path()), (Some(1), vec!["no_backup".to_owned(), "no_drill".to_owned()]));
    let said = String::from_utf8(doctor(home.path(), &[]).stdout).unwrap();
    assert!(said.starts_with("FEJL   Der er aldrig taget backup.\n       Sæt"), "{said}");
}

#[test]
fn each_thing_that_goes_wrong_is_found_by_its_name() {
    let moment = |days: i64| feltbog_domain::Moment::from_unix_ms(now_ms() - days * DAY_MS).to_string();
    type Harm = Box<dyn Fn(&Path)>;
    let harms: [(&str, Harm); 9] = [
        ("key_missing", Box::new(|data| fs::remove_file(data.join("receipt.key")).unwrap())),
        (
            "key_open",
            Box::new(|data| {
                use std::os::unix::fs::PermissionsExt;
                fs::set_permissions(data.join("receipt.key"), fs::Permissions::from_mode(0o644)).unwrap();
            }),
        ),
        ("clock", Box::new(|data| change(data, "UPDATE log SET recv_ms = ?1 WHERE seq = 2", now_ms() + DAY_MS))),
        (
            "database",
            Box::new(|data| change(data, "UPDATE log SET size = ?1, env_hash = zeroblob(32) WHERE seq = 2", 7)),
        ),
        ("healing", Box::new(|data| change(data, "UPDATE tenant SET healing = ?1", 1))),
        ("stuck", Box::new(|data| change(data, "UPDATE device SET unsent = 1, oldest_unsent_hours = ?1", 80))),
        ("backup_overdue", Box::new(move |data| fs::write(data.join("last-backup"), moment(2)).unwrap())),
        ("drill_overdue", Box::new(move |data| fs::write(data.join("recovery-drills"), moment(400)).unwrap())),
        (
            "certificate_unread",
            Box::new(|data| {
                fs::write(data.join("server.toml"), "[tls]\ncertificate = \"/nowhere\"\nkey = \"/nowhere\"").unwrap();
            }),
        ),
    ];
    for (word, harm) in harms {
        let home = healthy();
        harm(home.path());
        let told = json(&doctor(home.path(), &["--json"]));
        let words: Vec<_> = told.as_array().unwrap().iter().map(|one| one["finding"].clone()).collect();
        assert!(words.contains(&word.into()), "{word}: {told}");
    }
}
