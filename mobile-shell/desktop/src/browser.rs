//! Opening the person's own browser.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::why;
use crate::output::Output;
use crate::private_file;

/// A page in the home that leads to the host, for as long as the host lives.
///
/// The address is not given to the browser as an argument: everybody with an account on the computer can read
/// arguments, and the token stands in it.
pub(crate) struct Browser(PathBuf);

impl Browser {
    /// Opens it; when that is not possible, the address has been told already.
    pub(crate) fn open(home: &Path, address: &str, output: &mut Output) -> Self {
        Self::lead(home.join("open.html"), address, output)
    }

    /// The same with the page where somebody logs in, beside a host that may be open.
    pub(crate) fn for_login(home: &Path, address: &str, output: &mut Output) -> Self {
        Self::lead(home.join("login.html"), address, output)
    }

    fn lead(page: PathBuf, address: &str, output: &mut Output) -> Self {
        let page = Self(page);
        if let Err(error) = page.lead_to(address) {
            output.warn(&format!("Browseren kunne ikke åbnes ({}). Åbn adressen selv.", why(&error)));
        }
        page
    }

    fn lead_to(&self, address: &str) -> io::Result<()> {
        private_file::replace(&self.0, &page(address))?;
        let path = std::path::absolute(&self.0)?;
        opener(&path).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().map(|_| ())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = private_file::remove(&self.0);
    }
}

/// Addresses are made of letters, digits and a few signs, of which one means something in HTML.
fn page(address: &str) -> String {
    let address = address.replace('&', "&amp;");
    format!(
        "<!doctype html>\n<html lang=\"da\">\n<meta charset=\"utf-8\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={address}\">\n<title>Feltbog</title>\n\
         <p><a href=\"{address}\">Åbn Feltbog</a></p>\n</html>\n"
    )
}

#[cfg(target_os = "macos")]
fn opener(path: &Path) -> Command {
    let mut command = Command::new("open");
    command.arg(path);
    command
}

#[cfg(windows)]
fn opener(path: &Path) -> Command {
    let mut command = Command::new("explorer.exe");
    command.arg(path);
    command
}

#[cfg(not(any(target_os = "macos", windows)))]
fn opener(path: &Path) -> Command {
    let mut command = Command::new("xdg-open");
    command.arg(path);
    command
}
