//! Whatever becomes of us, the programs we started end and our folder goes.

use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};

/// A small shell in a process group of its own that reads what is to be cleaned up, and does it when the pipe closes:
/// when we are done, when somebody presses Ctrl-C, and also when we are killed, which no handler of ours would notice.
#[derive(Clone)]
pub(crate) struct Janitor(Arc<Shell>);

struct Shell {
    child: Mutex<Child>,
    orders: Mutex<Option<ChildStdin>>,
}

const SCRIPT: &str = r#"
trap '' INT TERM HUP
children= folder=
while read -r word value; do
  case $word in
    child) children="$children $value" ;;
    gone) left=; for child in $children; do [ "$child" = "$value" ] || left="$left $child"; done; children=$left ;;
    folder) folder=$value ;;
  esac
done
for child in $children; do kill -s TERM -- "-$child" 2>/dev/null; done
for turn in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  alive=; for child in $children; do kill -s 0 -- "-$child" 2>/dev/null && alive=yes; done
  [ -n "$alive" ] || break
  sleep 0.1
done
for child in $children; do kill -s KILL -- "-$child" 2>/dev/null; done
[ -z "$folder" ] || rm -rf -- "$folder"
"#;

impl Janitor {
    pub(crate) fn hire() -> Result<Self> {
        let mut child = Command::new("sh")
            .args(["-c", SCRIPT])
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("sh could not be started")?;
        let orders = Mutex::new(child.stdin.take());
        Ok(Self(Arc::new(Shell { child: Mutex::new(child), orders })))
    }

    /// This folder goes at the end.
    pub(crate) fn remove_at_end(&self, folder: &Path) {
        self.0.order(&format!("folder {}", folder.display()));
    }

    /// Starts a program that ends with us.
    pub(crate) fn start(&self, command: &mut Command) -> std::io::Result<Kept> {
        let child = command.process_group(0).spawn()?;
        self.0.order(&format!("child {}", child.id()));
        Ok(Kept { child, shell: Arc::clone(&self.0) })
    }
}

impl Shell {
    fn order(&self, line: &str) {
        let mut orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(orders) = orders.as_mut() {
            // A janitor that is gone cannot be told anything; its work is then left undone, not ours.
            let _ = writeln!(orders, "{line}");
        }
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        drop(self.orders.lock().unwrap_or_else(PoisonError::into_inner).take());
        let _ = self.child.lock().unwrap_or_else(PoisonError::into_inner).wait();
    }
}

/// A program that the janitor knows of.
pub(crate) struct Kept {
    pub(crate) child: Child,
    shell: Arc<Shell>,
}

impl Kept {
    /// Ends it at once, as when the power fails.
    pub(crate) fn kill(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.shell.order(&format!("gone {}", self.child.id()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_and_folder_are_gone_with_the_janitor() {
        let folder = std::env::temp_dir().join(format!("feltbog-janitor-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("inside")).unwrap();
        let janitor = Janitor::hire().unwrap();
        janitor.remove_at_end(&folder);
        let mut sleeper = janitor.start(Command::new("sleep").arg("600")).unwrap();
        let mut child = std::mem::replace(&mut sleeper.child, Command::new("true").spawn().unwrap());
        drop((sleeper, janitor));
        assert!(!child.wait().unwrap().success(), "it was ended, it did not end");
        assert!(!folder.exists());
    }
}
