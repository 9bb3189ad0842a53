//! What a fresh machine may lack.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::command::{self, says_yes};

/// The user interface is packed with npm.
pub(crate) fn node() -> Result<()> {
    let version = command::text(Command::new("node").arg("--version")).unwrap_or_default();
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(20..) if says_yes("npm", &["--version"]) => Ok(()),
        Some(20..) => bail!("npm is missing: install it beside Node (Debian: `apt-get install npm`), and try again"),
        Some(_) => bail!("Node {} is too old: install Node 20 or newer with npm, and try again", version.trim()),
        None => bail!(
            "Node is missing: install Node 20 or newer with npm (nodejs.org, or your system's packages), and try again"
        ),
    }
}

/// SQLCipher, the device's encrypted database, is compiled from source and takes its cipher from the system's OpenSSL.
pub(crate) fn sqlcipher() -> Result<()> {
    if cfg!(not(target_os = "linux")) || says_yes("pkg-config", &["--exists", "openssl"]) {
        return Ok(());
    }
    install(&["libssl-dev", "pkg-config"], "OpenSSL's headers, which the encrypted database is compiled with")
}

/// The browser of the browser test.
pub(crate) fn chromium() -> Result<PathBuf> {
    if let Some(found) = find_chromium() {
        return Ok(found);
    }
    install(&["chromium"], "the browser test's browser")?;
    match find_chromium() {
        Some(found) => Ok(found),
        None => bail!("Chromium was installed but is not on PATH: set CHROMIUM to its program, and try again"),
    }
}

/// The engine of Apple's phones, with the driver that works it, and a screen that nobody sees.
pub(crate) fn webkit() -> Result<()> {
    if says_yes("WebKitWebDriver", &["--help"]) && says_yes("Xvfb", &["-help"]) {
        return Ok(());
    }
    install(&["webkit2gtk-driver", "xvfb"], "WebKit, in which the browser test looks as well")
}

/// The database that several servers share.
pub(crate) fn postgres() -> Result<()> {
    if says_yes(&format!("{POSTGRES}/initdb"), &["--version"]) {
        return Ok(());
    }
    install(&["postgresql-15"], "PostgreSQL 15, on which the server's tests run as well")
}

/// A Debian package is put together with Debian's own tools.
pub(crate) fn packing() -> Result<()> {
    if ["dpkg-deb", "dpkg-shlibdeps", "strip"].into_iter().all(|program| says_yes(program, &["--version"])) {
        return Ok(());
    }
    install(&["dpkg-dev", "binutils"], "Debian's tools for packages, with which the server is packed")
}

/// Where Debian keeps the programs of this version.
pub(crate) const POSTGRES: &str = "/usr/lib/postgresql/15/bin";

/// The smoke test of the library for phones needs no more than Python itself.
pub(crate) fn python() -> Result<()> {
    if says_yes("python3", &["--version"]) {
        return Ok(());
    }
    install(&["python3"], "Python, from which the library for phones is tried")
}

/// Kotlin is compiled and run on the JVM, and reaches the library through JNA.
pub(crate) fn jvm() -> Result<()> {
    if !says_yes("java", &["-version"]) {
        install(&["default-jre-headless"], "a JVM, on which the library for phones is tried")?;
    }
    if ["jna", "gson"].into_iter().map(jar).all(|jar| jar.is_file()) {
        return Ok(());
    }
    install(&["libjna-java", "libgoogle-gson-java"], "JNA and Gson, with which Kotlin reaches the library for phones")
}

/// A library for the JVM, as Debian installs it.
pub(crate) fn jar(name: &str) -> PathBuf {
    Path::new("/usr/share/java").join(name).with_extension("jar")
}

/// Whether cargo-nextest is here.
pub(crate) fn has_nextest() -> bool {
    says_yes("cargo-nextest", &["nextest", "--version"])
}

fn find_chromium() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        return Some(named.into());
    }
    let path = std::env::var_os("PATH")?;
    let names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
    names
        .iter()
        .find_map(|name| std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file()))
}

/// Installs Debian packages where we may, or says what to install.
fn install(packages: &[&str], why: &str) -> Result<()> {
    let sentence =
        format!("missing: {why}. Install it (Debian: `sudo apt-get install {}`), and try again", packages.join(" "));
    if !is_root() || !says_yes("apt-get", &["--version"]) {
        bail!("{sentence}");
    }
    println!("Henter {packages}  ·  installing {packages}", packages = packages.join(" "));
    let installed = apt_get(&["update", "-qq"])
        .and_then(|()| apt_get(&[&["install", "-y", "-qq", "--no-install-recommends"], packages].concat()));
    if let Err(error) = installed {
        bail!("{error:#}\n{sentence}");
    }
    Ok(())
}

fn apt_get(arguments: &[&str]) -> Result<()> {
    let patient = ["-o", "Acquire::Retries=5"];
    command::text(Command::new("apt-get").args(patient).args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
        .map(|_| ())
}

/// Whether we may do anything here.
pub(crate) fn is_root() -> bool {
    command::text(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
