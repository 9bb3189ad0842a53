//! apt with its own lists and its own memory: this machine's packages are neither asked nor changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command;

/// apt for one release.
pub(super) struct Apt {
    folder: PathBuf,
}

impl Apt {
    /// Reads the release's lists from the mirror this machine uses.
    pub(super) fn of(suite: &str, folder: PathBuf) -> Result<Self> {
        for needed in ["state/lists/partial", "cache/archives/partial", "sources"] {
            fs::create_dir_all(folder.join(needed))?;
        }
        if !Path::new(KEYRING).is_file() {
            bail!("{KEYRING} is missing: install debian-archive-keyring");
        }
        let mirror = mirror()?;
        let kinds = ["deb", "deb-src"].map(|kind| format!("{kind} [signed-by={KEYRING}] {mirror} {suite} main\n"));
        fs::write(folder.join("sources.list"), kinds.concat())?;
        fs::write(folder.join("status"), "")?;
        fs::write(folder.join("apt.conf"), configuration(&folder))?;
        Ok(Self { folder })
    }

    /// Fetches packages with all they depend on.
    pub(super) fn packages(&mut self, names: &[&str]) -> Result<Vec<PathBuf>> {
        self.fetch(&[&["--yes", "--download-only", "--no-install-recommends", "install"], names].concat())?;
        files(&self.folder.join("cache/archives"), ".deb")
    }

    /// Fetches what packages are made from.
    pub(super) fn sources(&mut self, names: &[&str]) -> Result<Vec<PathBuf>> {
        self.fetch(&[&["--download-only", "--tar-only", "source"], names].concat())?;
        files(&self.folder.join("sources"), ".orig.tar.xz")
    }

    /// A mirror that is renewed between the list and the package has to be asked from the beginning.
    fn fetch(&self, what: &[&str]) -> Result<()> {
        let mut fetched = Ok(());
        for _ in 0..ATTEMPTS {
            fetched = self.apt_get(&["update"]).and_then(|()| self.apt_get(what));
            if fetched.is_ok() {
                break;
            }
        }
        fetched
    }

    fn apt_get(&self, words: &[&str]) -> Result<()> {
        let mut apt = Command::new("apt-get");
        apt.arg("--quiet=2").args(words).current_dir(self.folder.join("sources"));
        command::text(apt.env("APT_CONFIG", self.folder.join("apt.conf"))).map(|_| ())
    }
}

/// The address of the Debian mirror in this machine's own configuration.
fn mirror() -> Result<String> {
    let known = command::text(Command::new("apt-get").args(["indextargets", "--format", "$(REPO_URI)"]))?;
    let found = known.lines().find(|address| address.trim_end_matches('/').ends_with("/debian"));
    found.map(str::to_owned).context("apt of this machine knows no mirror of Debian")
}

fn configuration(folder: &Path) -> String {
    let folder = folder.display();
    format!(
        r#"Dir::State "{folder}/state";
Dir::State::status "{folder}/status";
Dir::Cache "{folder}/cache";
Dir::Etc::sourcelist "{folder}/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Acquire::Retries "5";
Acquire::Languages "none";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
APT::Sandbox::User "root";
Debug::NoLocking "1";
"#
    )
}

fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let items = fs::read_dir(folder)?.map(|item| Ok(item?.path())).collect::<Result<Vec<_>>>()?;
    let mut files: Vec<_> = items.into_iter().filter(|path| path.to_string_lossy().ends_with(ending)).collect();
    files.sort();
    if files.is_empty() {
        bail!("apt fetched nothing that ends with {ending}");
    }
    Ok(files)
}

const ATTEMPTS: usize = 3;
const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";
