//! Running what was unpacked, as if the folder were the whole machine.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::needs;

/// A folder with the programs of another release, and folders of this machine at the places they have here.
///
/// What is built here runs there as long as this machine's C library is not the newer one.
pub(crate) struct Room {
    root: PathBuf,
    shared: Vec<PathBuf>,
    path: Vec<PathBuf>,
}

impl Room {
    pub(super) fn of(root: PathBuf) -> Self {
        Self { root, shared: vec![std::env::temp_dir()], path: ["/usr/bin", "/usr/sbin"].map(PathBuf::from).into() }
    }

    /// Lets a folder of this machine be seen, to be read and written.
    #[must_use]
    pub(crate) fn sharing(mut self, folder: &Path) -> Self {
        self.shared.push(folder.to_owned());
        self
    }

    /// Looks for programs there first.
    #[must_use]
    pub(crate) fn finding_in(mut self, folder: &Path) -> Self {
        self.path.insert(0, folder.to_owned());
        self
    }

    /// A file of the folder, as it is called from outside; named from the root, without the first stroke.
    pub(crate) fn outside(&self, file: &str) -> PathBuf {
        self.root.join(file)
    }

    /// A program of the folder. The mounts are its own and go with it.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new("unshare");
        if !needs::is_root() {
            command.arg("--map-root-user");
        }
        command.args(["--mount", "--", "bash", "-c", ENTER, "enter"]).arg(&self.root);
        command.args(self.shared.iter().map(OsString::from)).arg("--").arg(program);
        let path: Vec<_> = self.path.iter().map(|folder| folder.as_os_str()).collect();
        command.env("PATH", path.join(OsStr::new(":"))).env("HOME", "/home").env_remove("XDG_CACHE_HOME");
        command
    }
}

const ENTER: &str = r#"
set -e
root=$1
shift
mount -t proc proc "$root/proc" 2>/dev/null || mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
while [ "$1" != -- ]; do
    mkdir -p "$root$1"
    mount --rbind "$1" "$root$1"
    shift
done
shift
exec chroot "$root" "$@"
"#;
