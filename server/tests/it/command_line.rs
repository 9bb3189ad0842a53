//! The binary as scripts use it.

use feltbog_protocol::BootstrapCode;
use serde_json::Value;

use crate::support::{FirstDevice, Serving, json, run};

#[test]
fn init_prints_one_json_document_and_refuses_a_name_that_is_taken() {
    let home = tempfile::tempdir().unwrap();
    let started = json(&run(home.path(), &["init", "--tenant", "Halsbæk", "--json"]));
    let code: BootstrapCode = started["bootstrap"].as_str().unwrap().parse().unwrap();
    assert_eq!(started["tenant"], code.tenant.to_string());
    let again = run(home.path(), &["init", "--tenant", "Halsbæk", "--json"]);
    assert_eq!((again.status.code(), again.stdout.len()), (Some(1), 0));
    assert!(String::from_utf8(again.stderr).unwrap().contains("exists here already"));
    assert_eq!(run(home.path(), &["init"]).status.code(), Some(2));
}

#[test]
fn serve_tells_its_address_on_the_first_line_and_ends_well_when_told_to() {
    let home = tempfile::tempdir().unwrap();
    let started = json(&run(home.path(), &["init", "--tenant", "Halsbæk", "--json"]));
    let mut serving = Serving::start(home.path(), &[]);
    let address = serving.address;
    let first = FirstDevice::new(started["bootstrap"].as_str().unwrap().parse().unwrap());
    first.set_up_at(address).unwrap();

    let rows = json(&run(home.path(), &["log", "--json", "--hex", "--bytes", "5"]));
    let row = &rows[0];
    assert_eq!((&row["seq"], &row["kind"], &row["kind_word"]), (&1.into(), &7.into(), &"certificate".into()));
    assert_eq!((&row["folder"], &row["hex"]), (&Value::Null, &"46454c5401".into()));
    assert_eq!(row["device"], first.device.id.to_string());
    let text = String::from_utf8(run(home.path(), &["log"]).stdout).unwrap();
    assert!(text.contains("certificate") && text.lines().count() == 1, "{text}");

    serving.terminate();
    assert!(serving.ended().0.success());
}

#[test]
fn serving_an_empty_folder_says_what_to_do() {
    let home = tempfile::tempdir().unwrap();
    let output = run(home.path(), &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("feltbog-server init"));
}
