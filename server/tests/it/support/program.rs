use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio};
use std::thread::{self, JoinHandle};

use serde_json::Value;

/// The binary, with a subcommand on a folder.
fn command(data: &Path, arguments: &[&str]) -> Command {
    let mut command = program(&arguments[..1]);
    command.arg("--data").arg(data).args(&arguments[1..]);
    command
}

/// The binary with these words.
fn program<S: AsRef<OsStr>>(arguments: &[S]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_feltbog-server"));
    command.args(arguments);
    command
}

/// Runs a subcommand on a folder to its end.
pub fn run(data: &Path, arguments: &[&str]) -> Output {
    command(data, arguments).output().unwrap()
}

/// Runs it with these words.
pub fn try_run<S: AsRef<OsStr>>(words: &[S]) -> Output {
    program(words).output().unwrap()
}

/// What it printed.
pub fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A serving process; killed if a test fails before it ends by itself.
pub struct Serving {
    child: Child,
    log: Option<JoinHandle<String>>,
    out: BufReader<ChildStdout>,
    pub address: SocketAddr,
}

impl Serving {
    /// Serves a folder on any free port.
    pub fn start(data: &Path, arguments: &[&str]) -> Self {
        let mut all = vec!["serve", "--listen", "127.0.0.1:0"];
        all.extend(arguments);
        Self::spawned(command(data, &all))
    }

    /// Serves as a file of settings says.
    pub fn by(settings: &Path) -> Self {
        let mut command = program(&["serve", "--config"]);
        command.arg(settings);
        Self::spawned(command)
    }

    fn spawned(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let address = line(&mut out).split_once("://").unwrap().1.parse().unwrap();
        let mut err = child.stderr.take().unwrap();
        // Read all the time: a log that nobody reads would hold the server up once the pipe is full.
        let log = thread::spawn(move || {
            let mut log = String::new();
            err.read_to_string(&mut log).unwrap();
            log
        });
        Self { child, log: Some(log), out, address }
    }

    /// The next line of its standard output.
    pub fn line(&mut self) -> String {
        line(&mut self.out)
    }

    /// Tells it to stop, as a service manager does.
    pub fn terminate(&self) {
        let told = Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status().unwrap();
        assert!(told.success());
    }

    /// Waits for its end; what it logged.
    pub fn ended(&mut self) -> (ExitStatus, String) {
        let status = self.child.wait().unwrap();
        (status, self.log.take().unwrap().join().unwrap())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn line(out: &mut BufReader<ChildStdout>) -> String {
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    line.trim().to_owned()
}
