//! A package for Debian, put together file by file with Debian's own tools.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::linked::Linked;
use super::moment::{Moment, VARIABLE};
use super::{licences, sbom};
use crate::{command, repository};

/// Everything that follows from the sources and one binary.
pub(super) struct Package<'a> {
    binary: &'a Path,
    version: String,
    moment: Moment,
    compression: &'static str,
    linked: Linked,
}

/// Files of the checkout, and where they are installed.
const FILES: [(&str, &str); 10] = [
    ("server/packaging/feltbog-server.service", "usr/lib/systemd/system/feltbog-server.service"),
    ("server/packaging/feltbog-backup.service", "usr/lib/systemd/system/feltbog-backup.service"),
    ("server/packaging/feltbog-backup.timer", "usr/lib/systemd/system/feltbog-backup.timer"),
    ("server/packaging/server.toml", "etc/feltbog/server.toml"),
    ("server/packaging/debian/copyright", "usr/share/doc/feltbog-server/copyright"),
    ("server/packaging/debian/lintian-overrides", "usr/share/lintian/overrides/feltbog-server"),
    ("server/docs/handbook.da.md", "usr/share/doc/feltbog-server/handbook.da.md"),
    ("server/docs/handbook.en.md", "usr/share/doc/feltbog-server/handbook.en.md"),
    ("server/docs/openapi.json", "usr/share/doc/feltbog-server/openapi.json"),
    ("core/docs/limits.md", "usr/share/doc/feltbog-server/limits.md"),
];
/// What somebody may have changed: an update asks before it replaces it.
const CONFFILES: &str = "/etc/feltbog/server.toml\n";
const SCRIPTS: [&str; 3] = ["postinst", "prerm", "postrm"];

impl<'a> Package<'a> {
    /// Of a binary that was built from this checkout.
    pub(super) fn of(binary: &'a Path, moment: Moment) -> Result<Self> {
        let linked = Linked::in_the_server()?;
        let version = linked.packages.get(linked.server).context("the server")?.version.to_string();
        Ok(Self { binary, version, moment, compression: "-Zxz", linked })
    }

    /// The same under a version that comes after it.
    pub(super) fn next(self) -> Self {
        Self { version: format!("{}+next", self.version), ..self }
    }

    /// The same in a hurry: as large as what is in it.
    pub(super) fn loose(self) -> Self {
        Self { compression: "-Znone", ..self }
    }

    /// Packs it into a folder; the same sources and binary give the same bytes.
    pub(super) fn build(&self, into: &Path) -> Result<PathBuf> {
        let room = tempfile::tempdir()?;
        let root = room.path().join("root");
        self.fill(&root)?;
        self.describe(&root, room.path())?;
        proper_modes(&root)?;
        let mut pack = Command::new("dpkg-deb");
        // One thread: how many there are would show in what xz writes.
        pack.args(["--root-owner-group", self.compression, "--threads-max=1", "--build"]).arg(&root).arg(into);
        command::text(pack.env(VARIABLE, self.moment.0.to_string()))?;
        Ok(into.join(format!("feltbog-server_{}_{}.deb", self.version, architecture()?)))
    }

    fn fill(&self, root: &Path) -> Result<()> {
        for (from, to) in FILES {
            write(&root.join(to), &fs::read(repository::root().join(from)).with_context(|| from.to_owned())?)?;
        }
        let program = root.join("usr/bin/feltbog-server");
        write(&program, &fs::read(self.binary)?)?;
        command::text(Command::new("strip").args(["--strip-unneeded", "--remove-section=.comment"]).arg(&program))?;
        let documents = root.join("usr/share/doc/feltbog-server");
        write(&documents.join("sbom.cdx.json"), sbom::of(&self.linked)?.as_bytes())?;
        write(&documents.join("licences.txt"), licences::of(&self.linked)?.as_bytes())?;
        write(&documents.join("changelog"), self.changelog()?.as_bytes())?;
        for text in ["licences.txt", "changelog"] {
            command::text(Command::new("gzip").args(["--best", "--no-name"]).arg(documents.join(text)))?;
        }
        Ok(())
    }

    fn changelog(&self) -> Result<String> {
        let (maintainer, at) = (maintainer(), self.moment.in_a_changelog()?);
        Ok(format!(
            "feltbog-server ({}) stable; urgency=medium\n\n  * What is new stands in CHANGELOG.md of the sources.\n\n -- {maintainer}  {at}\n",
            self.version
        ))
    }

    fn describe(&self, root: &Path, room: &Path) -> Result<()> {
        let folder = root.join("DEBIAN");
        let sums = sums(root)?;
        let control = format!(
            "Package: feltbog-server\nVersion: {}\nArchitecture: {}\nMaintainer: {}\nInstalled-Size: {}\n\
             Depends: adduser, {}\nRecommends: ca-certificates\nSection: misc\nPriority: optional\n{DESCRIPTION}",
            self.version,
            architecture()?,
            maintainer(),
            kilobytes(root)?,
            libraries(&root.join("usr/bin/feltbog-server"), room)?,
        );
        write(&folder.join("control"), control.as_bytes())?;
        write(&folder.join("conffiles"), CONFFILES.as_bytes())?;
        write(&folder.join("md5sums"), sums.as_bytes())?;
        for script in SCRIPTS {
            let from = repository::root().join("server/packaging/debian").join(script);
            write(&folder.join(script), &fs::read(from)?)?;
        }
        Ok(())
    }
}

const DESCRIPTION: &str = "Description: sync server of the field books of IPS consultants
 Feltbog is an offline-first field book for IPS consultants in Danish
 municipalities. This is the small server that the municipality runs itself:
 it keeps sealed envelopes in an append-only log, gives receipts, knows who may
 fetch what, and can read none of it.
";

/// Whoever builds a package answers for it, and says so as Debian's tools have it said.
fn maintainer() -> String {
    let told = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let name = told("DEBFULLNAME").unwrap_or_else(|| "Whoever built this package".to_owned());
    format!("{name} <{}>", told("DEBEMAIL").unwrap_or_else(|| "root@localhost".to_owned()))
}

fn architecture() -> Result<String> {
    Ok(command::text(Command::new("dpkg").arg("--print-architecture"))?.trim().to_owned())
}

/// The packages whose libraries the program asks for.
fn libraries(program: &Path, room: &Path) -> Result<String> {
    // It wants to be called in a source package, of which it needs no more than this.
    let source = room.join("source");
    write(&source.join("debian/control"), b"Source: feltbog-server\n\nPackage: feltbog-server\nArchitecture: any\n")?;
    let mut look = Command::new("dpkg-shlibdeps");
    let said = command::text(look.arg("-O").arg(program).current_dir(&source))?;
    Ok(said.trim().strip_prefix("shlibs:Depends=").context("dpkg-shlibdeps names no package")?.to_owned())
}

/// What `dpkg --verify` compares with.
fn sums(root: &Path) -> Result<String> {
    let mut files = Vec::new();
    each(root, &mut |path| {
        let conffile = CONFFILES.lines().any(|known| root.join(known.trim_start_matches('/')) == path);
        if path.is_file() && !conffile {
            files.push(path.strip_prefix(root)?.to_owned());
        }
        Ok(())
    })?;
    files.sort();
    command::text(Command::new("md5sum").args(files).current_dir(root))
}

fn kilobytes(root: &Path) -> Result<u64> {
    let mut sum = 0;
    each(root, &mut |path| {
        sum += if path.is_dir() { 1 } else { path.metadata()?.len().div_ceil(1024) };
        Ok(())
    })?;
    Ok(sum)
}

/// Whatever the umask of whoever builds it.
fn proper_modes(root: &Path) -> Result<()> {
    each(root, &mut |path| {
        let program = path.parent().is_some_and(|folder| folder.ends_with("usr/bin"))
            || SCRIPTS.iter().any(|script| path.ends_with(Path::new("DEBIAN").join(script)));
        let mode = if path.is_dir() || program { 0o755 } else { 0o644 };
        Ok(fs::set_permissions(path, fs::Permissions::from_mode(mode))?)
    })
}

/// A folder and everything below it.
fn each(path: &Path, act: &mut impl FnMut(&Path) -> Result<()>) -> Result<()> {
    act(path)?;
    if path.is_dir() {
        for item in fs::read_dir(path)? {
            each(&item?.path(), act)?;
        }
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::create_dir_all(path.parent().context("a folder")?)?;
    fs::write(path, bytes).with_context(|| path.display().to_string())
}
