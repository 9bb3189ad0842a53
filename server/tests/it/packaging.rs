//! What the units and the container run, held against the program.

use std::path::Path;

use crate::support::try_run;

fn packaged(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging").join(name)).unwrap()
}

/// The words after the program's own path.
fn arguments(command: &str) -> Vec<&str> {
    command.strip_prefix("/usr/bin/feltbog-server").expect("where the package installs it").split_whitespace().collect()
}

/// Whether the program knows the subcommand and each flag, and the variables in the environment.
fn knows(words: &[&str], variables: &[&str]) {
    let help = try_run(&[words[0], "--help"]);
    assert!(help.status.success(), "{words:?}");
    // Its lines are as long as they happen to be.
    let help = String::from_utf8(help.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    for flag in words.iter().filter(|word| word.starts_with("--")) {
        assert!(help.contains(&format!("{flag} ")), "{flag}");
    }
    for variable in variables {
        assert!(help.contains(&format!("[env: {variable}=")), "{variable}");
    }
}

#[test]
fn every_unit_runs_what_the_program_knows() {
    for unit in ["feltbog-server.service", "feltbog-backup.service"] {
        let text = packaged(unit);
        let value = |key: &str| text.lines().find_map(|line| line.strip_prefix(key)).unwrap();
        knows(&arguments(value("ExecStart=")), &[value("Environment=").split('=').next().unwrap()]);
    }
}

#[test]
fn the_container_runs_what_the_program_knows_as_the_packages_user() {
    let text = packaged("Containerfile");
    let value = |key: &str| text.lines().find_map(|line| line.strip_prefix(key)).unwrap();
    let list = |key: &str| -> Vec<String> { serde_json::from_str(value(key)).unwrap() };
    let command = [list("ENTRYPOINT "), list("CMD ")].concat().join(" ");
    let variables: Vec<&str> = value("ENV ").split_whitespace().map(|set| set.split('=').next().unwrap()).collect();
    knows(&arguments(&command), &variables);
    assert_eq!(value("COPY ").split(' ').next(), Some("feltbog-server_*.deb"), "what `cargo xtask dist` makes");
    let postinst = packaged("debian/postinst");
    for known in [value("USER "), value("VOLUME "), "/etc/feltbog/server.toml"] {
        assert!(postinst.contains(known), "{known}");
    }
}
