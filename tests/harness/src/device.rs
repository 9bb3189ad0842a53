//! One device: a home, a passphrase, and the binary.

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

use crate::{Host, feltbog};

/// A home of its own. Clones share it.
#[derive(Debug, Clone)]
pub struct Device {
    name: String,
    home: PathBuf,
    passphrase_file: PathBuf,
    municipality: Option<String>,
}

/// What one command did.
#[derive(Debug)]
pub struct Ran {
    /// The exit code; `None` when a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    /// What was run.
    pub command: String,
}

impl Ran {
    fn of(command: String, output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("output is text");
        let ran =
            Self { code: output.status.code(), stdout: text(&output.stdout), stderr: text(&output.stderr), command };
        assert!(!ran.stderr.contains("panicked"), "{ran:#?}");
        ran
    }

    /// Standard output as a document.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }

    /// Exit code 0.
    pub fn done(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:#?}");
        self
    }

    /// Exit code 1 with a sentence for people on standard error; returns the sentence.
    pub fn refused(self) -> String {
        assert_eq!(self.code, Some(1), "{self:#?}");
        let sentence = self.stderr.trim().to_owned();
        assert!(sentence.ends_with('.') && sentence.chars().count() > 10, "no sentence: {self:#?}");
        assert!(sentence.chars().next().is_some_and(|first| !first.is_lowercase()), "no sentence: {self:#?}");
        for raw in ["Err(", "Error", "error:", "Os {", "os error", "rusqlite", "thread '"] {
            assert!(!sentence.contains(raw), "not for people: {self:#?}");
        }
        sentence
    }
}

impl Device {
    /// A device whose home is `folder/name`; nothing is made yet.
    #[must_use]
    pub fn at(folder: &Path, name: &str) -> Self {
        let passphrase_file = folder.join(format!("{name}.passphrase"));
        fs::write(&passphrase_file, format!("{name} spiser rødgrød med fløde\n")).unwrap();
        Self { name: name.to_owned(), home: folder.join(name), passphrase_file, municipality: None }
    }

    /// The name it was made with.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The device's folder.
    #[must_use]
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// The passphrase, as the binary reads it.
    #[must_use]
    pub fn passphrase(&self) -> String {
        fs::read_to_string(&self.passphrase_file).unwrap().trim_end().to_owned()
    }

    /// The same home with another passphrase.
    #[must_use]
    pub fn with_passphrase(&self, passphrase: &str) -> Self {
        let passphrase_file = self.passphrase_file.with_extension("other");
        fs::write(&passphrase_file, passphrase).unwrap();
        Self { passphrase_file, ..self.clone() }
    }

    /// The same folder, and the municipality in it that every command is about.
    #[must_use]
    pub fn in_municipality(&self, name: &str) -> Self {
        Self { municipality: Some(name.to_owned()), ..self.clone() }
    }

    /// The binary with this home, ready for arguments.
    #[must_use]
    pub fn command(&self) -> Command {
        let mut command = Command::new(feltbog());
        command
            .env_remove("FELTBOG_LOG")
            .env("FELTBOG_HOME", &self.home)
            .env("FELTBOG_PASSPHRASE_FILE", &self.passphrase_file)
            .env_remove("FELTBOG_MUNICIPALITY")
            .envs(self.municipality.iter().map(|name| ("FELTBOG_MUNICIPALITY", name)));
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_os(arguments)
    }

    /// The same with arguments that need not be text.
    pub fn run_os<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Ran {
        let output = self.command().args(arguments).stdin(Stdio::null()).output().unwrap();
        Ran::of(self.told(arguments), &output)
    }

    /// The same with something on standard input.
    pub fn run_with(&self, arguments: &[&str], input: &str) -> Ran {
        let mut child = self
            .command()
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_owned();
        // A command that refuses need not read it all.
        let feeding = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
        let output = child.wait_with_output().unwrap();
        feeding.join().unwrap();
        Ran::of(self.told(arguments), &output)
    }

    /// Starts a command and leaves it running; the caller ends or awaits it.
    pub fn spawn(&self, arguments: &[&str]) -> Child {
        self.command()
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Runs a command that asks for a login, with somebody at a browser who does it. A command that asks for none just ends.
    pub fn run_logging_in(&self, arguments: &[&str], browser: impl FnOnce(&str)) -> Ran {
        let mut child = self.spawn(arguments);
        let mut messages = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        let mut browser = Some(browser);
        let mut line = String::new();
        while messages.read_line(&mut line).unwrap() > 0 {
            match browser.take_if(|_| line.starts_with("http")) {
                Some(browser) => browser(line.trim()),
                None => said.push_str(&line),
            }
            line.clear();
        }
        let mut output = child.wait_with_output().unwrap();
        output.stderr = said.into_bytes();
        Ran::of(self.told(arguments), &output)
    }

    /// Runs a command that must succeed, and returns its document.
    pub fn json(&self, arguments: &[&str]) -> Value {
        self.run(&[arguments, &["--json"]].concat()).done().json()
    }

    /// Runs a command that must be refused, and returns the sentence.
    pub fn refused(&self, arguments: &[&str]) -> String {
        self.run(arguments).refused()
    }

    /// Logs an entry and returns its id; `more` are further arguments.
    pub fn log(&self, case: &str, kind: &str, note: &str, more: &[&str]) -> String {
        let logged = self.json(&[&["log", case, kind, "--note", note], more].concat());
        assert_eq!(logged["state"], "local_only");
        logged["entry"].as_str().unwrap().to_owned()
    }

    /// Replaces a note.
    pub fn note(&self, entry: &str, text: &str) {
        self.json(&["note", entry, "--text", text]);
    }

    /// One exchange in which nothing is refused.
    pub fn sync(&self) -> Value {
        let synced = self.json(&["sync"]);
        assert_eq!(synced["refused"], Value::Array(Vec::new()), "{}: {synced}", self.name);
        synced
    }

    /// A case with its timeline.
    pub fn show(&self, case: &str) -> Value {
        self.json(&["show", case])
    }

    /// The caseload.
    pub fn cases(&self) -> Vec<Value> {
        self.json(&["cases"]).as_array().unwrap().clone()
    }

    /// What a search finds.
    pub fn search(&self, words: &[&str]) -> Vec<Value> {
        self.json(&[&["search"], words].concat()).as_array().unwrap().clone()
    }

    /// The device's state.
    pub fn status(&self) -> Value {
        self.json(&["status"])
    }

    /// Joins with an invitation.
    pub fn join(&self, invitation: &str) -> Value {
        self.json(&["join", invitation])
    }

    /// An invitation from this device.
    pub fn invite(&self, name: &str, role: &str) -> String {
        self.json(&["invite", "--name", name, "--role", role])["invitation"].as_str().unwrap().to_owned()
    }

    /// `feltbog open`, ready to be called.
    pub fn open(&self) -> Host {
        Host::start(self)
    }

    fn told<A: AsRef<OsStr>>(&self, arguments: &[A]) -> String {
        let arguments: Vec<_> = arguments.iter().map(|argument| argument.as_ref().to_string_lossy()).collect();
        let told: String = arguments.join(" ").chars().take(300).collect();
        format!("{}: feltbog {told}", self.name)
    }
}
