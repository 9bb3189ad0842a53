//! One folder whose disk obeys the test.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::fault::{Armed, Call, Fault, Strike};
use crate::recording::{Event, Recorder, Recording};
use crate::vfs;

/// The disk below one folder. Healthy until told otherwise; forgotten when dropped.
#[derive(Debug)]
pub struct Disk {
    shared: Arc<Covered>,
}

/// What the file layer shares with the test.
#[derive(Debug)]
pub(crate) struct Covered {
    folder: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    armed: Option<Armed>,
    recorder: Option<Recorder>,
}

static DISKS: Mutex<Vec<Arc<Covered>>> = Mutex::new(Vec::new());

impl Disk {
    /// Covers a folder that exists. Files that are open already are not seen.
    #[must_use]
    pub fn under(folder: &Path) -> Self {
        vfs::install();
        let folder = folder.canonicalize().unwrap();
        let shared = Arc::new(Covered { folder, state: Mutex::default() });
        disks().push(Arc::clone(&shared));
        Self { shared }
    }

    /// From now on this fault lies in wait, counted from here.
    pub fn arm(&self, fault: Fault) {
        self.shared.lock().armed = Some(Armed::new(fault));
    }

    /// Healthy again; tells whether the fault had struck.
    pub fn heal(&self) -> bool {
        self.shared.lock().armed.take().is_some_and(|armed| armed.struck)
    }

    /// Whether the armed fault has struck by now.
    #[must_use]
    pub fn has_struck(&self) -> bool {
        self.shared.lock().armed.as_ref().is_some_and(|armed| armed.struck)
    }

    /// Notes every write and sync from now on. What lies in the folder is taken to be on disk.
    pub fn record(&self) {
        self.shared.lock().recorder = Some(Recorder::begin(&self.shared.folder));
    }

    /// Notes that something was answered for: from here on it must survive.
    pub fn answered(&self) {
        if let Some(recorder) = &mut self.shared.lock().recorder {
            recorder.note(Event::Answered);
        }
    }

    /// Ends the recording.
    #[must_use]
    pub fn recorded(&self) -> Recording {
        self.shared.lock().recorder.take().expect("a recording was begun").end()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        disks().retain(|disk| !Arc::ptr_eq(disk, &self.shared));
    }
}

impl Covered {
    /// The disk of a file, if there is one.
    pub(crate) fn of(path: &Path) -> Option<Arc<Self>> {
        disks().iter().find(|disk| path.starts_with(&disk.folder)).cloned()
    }

    /// Lets a call happen, or says how it fails.
    pub(crate) fn meet(&self, call: Call) -> Option<Strike> {
        self.lock().armed.as_mut()?.meet(call)
    }

    /// Notes what happened, where somebody listens.
    pub(crate) fn note(&self, event: impl FnOnce() -> Event) {
        if let Some(recorder) = &mut self.lock().recorder {
            recorder.note(event());
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn disks() -> MutexGuard<'static, Vec<Arc<Covered>>> {
    DISKS.lock().unwrap_or_else(PoisonError::into_inner)
}
