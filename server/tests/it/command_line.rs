//! The binary as scripts use it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use feltbog_protocol::BootstrapCode;
use serde_json::Value;

use crate::support::FirstDevice;

fn command(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_feltbog-server"));
    command.arg(arguments[0]).arg("--data").arg(data).args(&arguments[1..]);
    command
}

fn run(data: &Path, arguments: &[&str]) -> Output {
    command(data, arguments).output().unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A serving process; killed if a test fails before it ends by itself.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

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
    let mut child = command(home.path(), &["serve", "--listen", "127.0.0.1:0"]);
    let mut serving = Serving(child.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap());
    let mut line = String::new();
    BufReader::new(serving.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("http://").unwrap().parse().unwrap();
    let first = FirstDevice::new(started["bootstrap"].as_str().unwrap().parse().unwrap());
    first.set_up_at(address).unwrap();

    let rows = json(&run(home.path(), &["log", "--json", "--hex", "--bytes", "5"]));
    let row = &rows[0];
    assert_eq!((&row["seq"], &row["kind"], &row["kind_word"]), (&1.into(), &7.into(), &"certificate".into()));
    assert_eq!((&row["folder"], &row["hex"]), (&Value::Null, &"46454c5401".into()));
    assert_eq!(row["device"], first.device.id.to_string());
    let text = String::from_utf8(run(home.path(), &["log"]).stdout).unwrap();
    assert!(text.contains("certificate") && text.lines().count() == 1, "{text}");

    let told = Command::new("kill").arg("-TERM").arg(serving.0.id().to_string()).status().unwrap();
    assert!(told.success());
    assert!(serving.0.wait().unwrap().success());
}

#[test]
fn serving_an_empty_folder_says_what_to_do() {
    let home = tempfile::tempdir().unwrap();
    let output = run(home.path(), &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("feltbog-server init"));
}
