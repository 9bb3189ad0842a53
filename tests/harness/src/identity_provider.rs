//! A certified identity provider and somebody at a browser: programs of `tests/login`, in Node.

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

/// A level of assurance that a municipality may ask for, and one below it.
pub const SUBSTANTIAL: &str = "urn:test:substantial";
/// The one below.
pub const LOW: &str = "urn:test:low";

/// The provider's process; killed when dropped.
#[derive(Debug)]
pub struct IdentityProvider {
    child: Child,
    issuer: String,
    /// Kept open: it would end at the first word that nobody hears.
    _output: BufReader<ChildStdout>,
}

/// Where a browser ended, and what it was shown there.
#[derive(Debug)]
pub struct Arrived {
    /// The address.
    pub url: String,
    /// The status; 0 where nobody listened.
    pub status: u64,
    /// The page.
    pub page: String,
}

impl IdentityProvider {
    /// Starts it; ready when it has told its address.
    #[must_use]
    pub fn start() -> Self {
        install();
        let mut child =
            node("provider.js").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut issuer = String::new();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        output.read_line(&mut issuer).unwrap();
        assert!(issuer.starts_with("http://"), "the identity provider did not start: {issuer:?}");
        Self { child, issuer: issuer.trim().to_owned(), _output: output }
    }

    /// Its name and address.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// What a server's configuration has to say.
    #[must_use]
    pub fn config(&self) -> String {
        format!("[login]\nissuer = \"{}\"\nclient_id = \"feltbog\"\nacr_values = [\"{SUBSTANTIAL}\"]\n", self.issuer)
    }

    /// Somebody opens the address, logs in to this account this surely, and goes where the provider sends them.
    #[must_use]
    pub fn log_in(&self, address: &str, account: &str, level: &str) -> Arrived {
        assert!(address.starts_with(&self.issuer), "not the provider's: {address}");
        let output = node("person.js").args([address, account, level]).stdin(Stdio::null()).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let arrived: Value = serde_json::from_slice(&output.stdout).unwrap();
        let text = |key: &str| arrived[key].as_str().unwrap().to_owned();
        Arrived { url: text("url"), status: arrived["status"].as_u64().unwrap(), page: text("body") }
    }
}

impl Drop for IdentityProvider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../login")
}

fn node(program: &str) -> Command {
    let mut node = Command::new("node");
    node.current_dir(folder()).arg(Path::new("src").join(program));
    node
}

/// Fetches the provider's packages where they are missing; other tests of the run wait for it. npm itself asks again when the
/// network fails it.
fn install() {
    let (folder, lock) = (folder(), folder().join("package-lock.json"));
    let file = OpenOptions::new().read(true).open(&lock).unwrap();
    file.lock().unwrap();
    let changed = |path: &Path| path.metadata().and_then(|metadata| metadata.modified()).ok();
    let installed = changed(&folder.join("node_modules/.package-lock.json"));
    if installed.is_none() || installed < changed(&lock) {
        let done = Command::new("npm")
            .current_dir(&folder)
            .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
            .output()
            .expect("npm, which comes with Node");
        assert!(done.status.success(), "npm could not fetch the identity provider: {done:?}");
    }
}
