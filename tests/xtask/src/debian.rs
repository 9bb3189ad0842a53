//! Packages of another Debian release in a folder of their own: nothing is installed, and no script of theirs is run.
//!
//! It needs Debian or something near it (`apt-get`, `dpkg-deb`) and leave to make a mount namespace, which root has, and on most
//! machines everybody.

mod apt;
mod room;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use self::apt::Apt;
pub(crate) use self::room::Room;
use crate::{cache, command};

/// What somebody wants to have of a release.
pub(crate) struct Wanted {
    /// Of the folder in the cache.
    pub(crate) name: &'static str,
    /// The release.
    pub(crate) suite: &'static str,
    /// With everything they depend on.
    pub(crate) packages: &'static [&'static str],
    /// Files that are left out, as patterns of tar; they are most of some packages.
    pub(crate) without: &'static [&'static str],
}

impl Wanted {
    /// Fetches and unpacks them, unless that was done before.
    pub(crate) fn room(&self) -> Result<Room> {
        let folder = self.kept(|making| {
            let root = making.join(ROOT);
            one_tree(&root)?;
            let mut apt = Apt::of(self.suite, making.join("apt"))?;
            for package in apt.packages(self.packages)? {
                unpack(&package, &root, self.without)?;
            }
            command::run(Command::new("ldconfig").arg("-r").arg(&root))
        })?;
        Ok(Room::of(folder.join(ROOT)))
    }

    /// Fetches one file out of the source of a package, unless that was done before.
    pub(crate) fn source_file(&self, file: &str) -> Result<PathBuf> {
        let folder = self.kept(|making| {
            let mut apt = Apt::of(self.suite, making.join("apt"))?;
            for archive in apt.sources(self.packages)? {
                let pattern = format!("*/{file}");
                let mut tar = Command::new("tar");
                tar.arg("--extract").arg("--file").arg(archive).arg("--directory").arg(making);
                command::run(tar.args(["--wildcards", "--strip-components=1", &pattern]))?;
            }
            Ok(())
        })?;
        Ok(folder.join(file))
    }

    /// A folder that is there whole or not at all.
    fn kept(&self, make: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
        let cache = cache::folder("debian")?;
        let (folder, recipe) = (cache.join(self.name), self.recipe());
        if fs::read_to_string(folder.join(RECIPE)).is_ok_and(|made| made == recipe) {
            return Ok(folder);
        }
        needed()?;
        println!("Henter {} fra {}  ·  fetching {0} of {1}", self.packages.join(" "), self.suite);
        let making = cache.join(format!("{}.{}", self.name, std::process::id()));
        fs::create_dir_all(&making)?;
        let made = make(&making).and_then(|()| Ok(fs::remove_dir_all(making.join("apt"))?));
        if let Err(error) = made {
            // What is half fetched helps nobody, and the first mistake is the one to tell.
            let _ = fs::remove_dir_all(&making);
            return Err(error.context(format!("{} could not be fetched: try again with the network", self.name)));
        }
        fs::write(making.join(RECIPE), recipe)?;
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::rename(&making, &folder).with_context(|| format!("{} cannot be put in its place", folder.display()))?;
        Ok(folder)
    }

    /// What the folder was made of: another recipe makes another folder.
    fn recipe(&self) -> String {
        format!("{}\n{}\n{}\n", self.suite, self.packages.join(" "), self.without.join(" "))
    }
}

fn needed() -> Result<()> {
    for program in ["apt-get", "dpkg-deb", "unshare", "tar"] {
        if !command::says_yes(program, &["--version"]) {
            bail!(
                "`{program}` is missing: what is fetched here comes from Debian, and needs Debian or something near it"
            );
        }
    }
    Ok(())
}

/// The folders that every release of today has as one tree, before packages of both kinds fall into it.
fn one_tree(root: &Path) -> Result<()> {
    for name in ["bin", "sbin", "lib", "lib64"] {
        fs::create_dir_all(root.join("usr").join(name))?;
        std::os::unix::fs::symlink(Path::new("usr").join(name), root.join(name))?;
    }
    for name in ["dev", "etc", "home", "proc", "tmp"] {
        fs::create_dir_all(root.join(name))?;
    }
    Ok(())
}

fn unpack(package: &Path, root: &Path, without: &[&str]) -> Result<()> {
    let mut opened = Command::new("dpkg-deb");
    let mut opened = opened.arg("--fsys-tarfile").arg(package).stdout(Stdio::piped()).spawn()?;
    let files = opened.stdout.take().context("dpkg-deb says nothing")?;
    let mut tar = Command::new("tar");
    tar.args(["--extract", "--keep-directory-symlink", "--no-same-owner"]).arg("--directory").arg(root);
    tar.args(without.iter().map(|pattern| format!("--exclude={pattern}"))).stdin(files);
    command::run(&mut tar)?;
    let ended = opened.wait()?;
    if !ended.success() {
        bail!("{} is broken", package.display());
    }
    Ok(())
}

const RECIPE: &str = "recipe";
const ROOT: &str = "root";
