//! SQLite's file layer, with a [`crate::Disk`] in between.
//!
//! Registered as the default of this process, so that both databases are reached as they open themselves in
//! production: no name, no hook, no other build. Everything is handed on to the layer that was the default before.

#![allow(unsafe_code, reason = "SQLite's file layer is C: tables of functions over raw pointers")]

use std::ffi::{CStr, OsStr, c_char, c_int, c_void};
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use rusqlite::ffi::{
    self, SQLITE_IOERR, SQLITE_OK, sqlite3_file, sqlite3_filename, sqlite3_int64, sqlite3_io_methods, sqlite3_vfs,
};

use crate::disk::Covered;
use crate::fault::Call;
use crate::recording::Event;

/// An open file of a covered folder. SQLite gives the memory, `szOsFile` bytes of it: this, and behind it the file of
/// the layer below.
#[repr(C)]
struct CoveredFile {
    /// First, because SQLite knows a file by it alone.
    base: sqlite3_file,
    disk: Arc<Covered>,
    path: PathBuf,
    /// Whether its first sync syncs the folder too, as SQLite's layer for Unix does for journals it may have made.
    folder_with_it: AtomicBool,
    /// Whether nothing came by here since it was opened: before the first write or sync, somebody may have written into
    /// it beside SQLite.
    untouched: AtomicBool,
}

impl CoveredFile {
    /// Notes what was written beside SQLite since the file was last closed here: then it does not bear [`CLOSED`].
    fn look_around(&self) {
        if self.untouched.swap(false, Ordering::Relaxed)
            && fs::metadata(&self.path).and_then(|found| found.modified()).is_ok_and(|at| at != CLOSED)
            && let Ok(bytes) = fs::read(&self.path)
            && !bytes.is_empty()
        {
            self.disk.note(|| Event::Write { file: self.path.clone(), at: 0, bytes });
            self.disk.note(|| Event::Sync { file: self.path.clone(), folder: false });
        }
    }

    /// Marks the file, so that a write beside SQLite shows.
    fn mark(&self) {
        if self.path.as_os_str().as_bytes().ends_with(b"-wal")
            && let Ok(file) = fs::File::options().write(true).open(&self.path)
        {
            let _ = file.set_modified(CLOSED);
        }
    }
}

/// When a file was last written to, as this layer leaves it when it is closed.
const CLOSED: SystemTime = SystemTime::UNIX_EPOCH;

/// The layer below. Never changes once found.
struct Below(*mut sqlite3_vfs);

// SAFETY: SQLite's own VFS objects live as long as the process and may be used from any thread.
unsafe impl Send for Below {}
// SAFETY: as above.
unsafe impl Sync for Below {}

static BELOW: OnceLock<Below> = OnceLock::new();

/// Behind which the file of the layer below stands: rounded up, so that it is aligned like any allocation.
const OWN_SIZE: usize = size_of::<CoveredFile>().next_multiple_of(16);

/// Puts the layer in, once in a process. Connections that are open already do not pass through it.
pub(crate) fn install() {
    BELOW.get_or_init(|| {
        // SAFETY: finding initialises SQLite; a null name asks for the default, which every build for Unix has.
        let below = unsafe { ffi::sqlite3_vfs_find(ptr::null()) };
        assert!(!below.is_null(), "SQLite has no file layer");
        // SAFETY: not null, and never freed. The copy keeps all functions that are not replaced: they are called with
        // a pointer to the copy, whose `pAppData` they read, and that is the same as the original's.
        let mut layer = unsafe { *below };
        layer.zName = c"feltbog-power".as_ptr();
        layer.pNext = ptr::null_mut();
        layer.szOsFile += c_int::try_from(OWN_SIZE).unwrap();
        layer.xOpen = Some(open);
        layer.xDelete = Some(delete);
        // SAFETY: the box is leaked, so the table outlives every connection, as SQLite demands.
        let registered = unsafe { ffi::sqlite3_vfs_register(Box::leak(Box::new(layer)), 1) };
        assert_eq!(registered, SQLITE_OK);
        Below(below)
    });
}

fn below() -> *mut sqlite3_vfs {
    BELOW.get().expect("files are opened through the layer after it is in").0
}

/// The path SQLite names; it has made it absolute before.
///
/// # Safety
/// `name` is null or a C string that lives as long as the call.
unsafe fn path_of(name: *const c_char) -> Option<PathBuf> {
    if name.is_null() {
        return None;
    }
    // SAFETY: by the caller's promise.
    let bytes = unsafe { CStr::from_ptr(name) }.to_bytes();
    Some(Path::new(OsStr::from_bytes(bytes)).to_owned())
}

unsafe extern "C" fn open(
    _layer: *mut sqlite3_vfs,
    name: sqlite3_filename,
    file: *mut sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    // SAFETY: SQLite passes null for a temporary file, else a C string that outlives the file.
    let path = unsafe { path_of(name) };
    let covered = path.and_then(|path| Covered::of(&path).map(|disk| (disk, path)));
    let Some((disk, path)) = covered else {
        // SAFETY: the memory is larger than the layer below needs; the file is its own from here on.
        return unsafe { (*below()).xOpen.unwrap()(below(), name, file, flags, out_flags) };
    };
    // SAFETY: SQLite's memory for this file; a null table tells it that there is nothing to close.
    unsafe { (*file).pMethods = ptr::null() };
    if let Some(strike) = disk.meet(Call::Open) {
        return strike.code;
    }
    // SAFETY: the memory behind our own part is as large as the layer below asked for.
    let (result, real) = unsafe {
        let real = file.byte_add(OWN_SIZE);
        (*real).pMethods = ptr::null();
        ((*below()).xOpen.unwrap()(below(), name, real, flags, out_flags), real)
    };
    if result != SQLITE_OK {
        // SAFETY: a layer that sets its table although opening failed wants to be closed.
        unsafe {
            if let Some(methods) = (*real).pMethods.as_ref() {
                methods.xClose.unwrap()(real);
            }
        }
        return result;
    }
    let journal = ffi::SQLITE_OPEN_MAIN_JOURNAL | ffi::SQLITE_OPEN_SUPER_JOURNAL | ffi::SQLITE_OPEN_WAL;
    let covered = CoveredFile {
        base: sqlite3_file { pMethods: &METHODS },
        disk,
        path,
        // Only a write-ahead log is ever written beside SQLite, by our own programs when they start.
        untouched: AtomicBool::new(flags & ffi::SQLITE_OPEN_WAL != 0),
        folder_with_it: AtomicBool::new(flags & ffi::SQLITE_OPEN_CREATE != 0 && flags & journal != 0),
    };
    // SAFETY: SQLite's memory is aligned for any type and large enough; `write` drops nothing that was there.
    unsafe { file.cast::<CoveredFile>().write(covered) };
    SQLITE_OK
}

unsafe extern "C" fn delete(_layer: *mut sqlite3_vfs, name: *const c_char, sync_folder: c_int) -> c_int {
    // SAFETY: a C string of SQLite's.
    let path = unsafe { path_of(name) }.unwrap_or_default();
    let disk = Covered::of(&path);
    if let Some(strike) = disk.as_ref().and_then(|disk| disk.meet(Call::Delete)) {
        return strike.code;
    }
    // The folder is not synced for real below a disk: what survives is what the recording says.
    let sync_really = if disk.is_some() { 0 } else { sync_folder };
    // SAFETY: handed on as it came.
    let result = unsafe { (*below()).xDelete.unwrap()(below(), name, sync_really) };
    if let Some(disk) = disk
        && result == SQLITE_OK
    {
        disk.note(|| Event::Delete { file: path, durable: sync_folder != 0 });
    }
    result
}

static METHODS: sqlite3_io_methods = sqlite3_io_methods {
    // Version 2: with a map of the write-ahead log, without mapped pages, so that every read comes by here.
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

/// A covered file and the file below it.
///
/// # Safety
/// `file` was made by [`open`] and is not closed. That holds for every call that comes through [`METHODS`]: SQLite
/// calls them with files that have this table, and only [`open`] sets it.
unsafe fn parts<'f>(file: *mut sqlite3_file) -> (&'f CoveredFile, *mut sqlite3_file, &'f sqlite3_io_methods) {
    // SAFETY: by the caller's promise both parts are there; the layer below set its table when it opened.
    unsafe {
        let real = file.byte_add(OWN_SIZE);
        (&*file.cast::<CoveredFile>(), real, &*(*real).pMethods)
    }
}

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    // SAFETY: an open covered file, see `parts`; it is closed once, so it is dropped once.
    unsafe {
        let (covered, real, methods) = parts(file);
        let result = methods.xClose.unwrap()(real);
        covered.mark();
        ptr::drop_in_place(file.cast::<CoveredFile>());
        (*file).pMethods = ptr::null();
        result
    }
}

unsafe extern "C" fn read(file: *mut sqlite3_file, into: *mut c_void, len: c_int, at: sqlite3_int64) -> c_int {
    // SAFETY: an open covered file, see `parts`; the rest is handed on as it came.
    unsafe {
        let (covered, real, methods) = parts(file);
        match covered.disk.meet(Call::Read) {
            Some(strike) => strike.code,
            None => methods.xRead.unwrap()(real, into, len, at),
        }
    }
}

unsafe extern "C" fn write(file: *mut sqlite3_file, from: *const c_void, len: c_int, at: sqlite3_int64) -> c_int {
    // SAFETY: an open covered file, see `parts`; `from` has `len` bytes, and half as many are no more.
    unsafe {
        let (covered, real, methods) = parts(file);
        covered.look_around();
        let strike = covered.disk.meet(Call::Write);
        let landing = match strike {
            Some(strike) if strike.half => len / 2,
            Some(strike) => return strike.code,
            None => len,
        };
        let result = methods.xWrite.unwrap()(real, from, landing, at);
        if result != SQLITE_OK {
            return result;
        }
        let Ok(size) = usize::try_from(landing) else { return SQLITE_IOERR };
        let bytes = std::slice::from_raw_parts(from.cast::<u8>(), size);
        covered.disk.note(|| Event::Write {
            file: covered.path.clone(),
            at: u64::try_from(at).unwrap_or_default(),
            bytes: bytes.to_vec(),
        });
        strike.map_or(SQLITE_OK, |strike| strike.code)
    }
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, len: sqlite3_int64) -> c_int {
    // SAFETY: an open covered file, see `parts`.
    unsafe {
        let (covered, real, methods) = parts(file);
        if let Some(strike) = covered.disk.meet(Call::Truncate) {
            return strike.code;
        }
        let result = methods.xTruncate.unwrap()(real, len);
        if result == SQLITE_OK {
            covered
                .disk
                .note(|| Event::Truncate { file: covered.path.clone(), len: u64::try_from(len).unwrap_or_default() });
        }
        result
    }
}

unsafe extern "C" fn sync(file: *mut sqlite3_file, _flags: c_int) -> c_int {
    // SAFETY: an open covered file, see `parts`.
    let (covered, _, _) = unsafe { parts(file) };
    let path = || covered.path.clone();
    covered.look_around();
    match covered.disk.meet(Call::Sync) {
        Some(strike) => {
            covered.disk.note(|| Event::SyncFailed { file: path() });
            strike.code
        }
        None => {
            let folder = covered.folder_with_it.swap(false, Ordering::Relaxed);
            covered.disk.note(|| Event::Sync { file: path(), folder });
            SQLITE_OK
        }
    }
}

unsafe extern "C" fn file_size(file: *mut sqlite3_file, size: *mut sqlite3_int64) -> c_int {
    // SAFETY: an open covered file, see `parts`; handed on as it came.
    unsafe {
        let (covered, real, methods) = parts(file);
        match covered.disk.meet(Call::Size) {
            Some(strike) => strike.code,
            None => methods.xFileSize.unwrap()(real, size),
        }
    }
}

unsafe extern "C" fn lock(file: *mut sqlite3_file, level: c_int) -> c_int {
    // SAFETY: an open covered file, see `parts`; handed on as it came.
    unsafe {
        let (_, real, methods) = parts(file);
        methods.xLock.unwrap()(real, level)
    }
}

unsafe extern "C" fn unlock(file: *mut sqlite3_file, level: c_int) -> c_int {
    // SAFETY: an open covered file, see `parts`; handed on as it came.
    unsafe {
        let (_, real, methods) = parts(file);
        methods.xUnlock.unwrap()(real, level)
    }
}

unsafe extern "C" fn check_reserved_lock(file: *mut sqlite3_file, out: *mut c_int) -> c_int {
    // SAFETY: an open covered file, see `parts`; handed on as it came.
    unsafe {
        let (_, real, methods) = parts(file);
        methods.xCheckReservedLock.unwrap()(real, out)
    }
}

unsafe extern "C" fn file_control(file: *mut sqlite3_file, what: c_int, with: *mut c_void) -> c_int {
    // SAFETY: an open covered file, see `parts`; handed on as it came.
    unsafe {
        let (_, real, methods) = parts(file);
        methods.xFileControl.unwrap()(real, what, with)
    }
}

unsafe extern "C" fn sector_size(file: *mut sqlite3_file) -> c_int {
    // SAFETY: an open covered file, see `parts`; handed on as it came.
    unsafe {
        let (_, real, methods) = parts(file);
        methods.xSectorSize.unwrap()(real)
    }
}

unsafe extern "C" fn device_characteristics(file: *mut sqlite3_file) -> c_int {
    // SAFETY: an open covered file, see `parts`; handed on as it came.
    unsafe {
        let (_, real, methods) = parts(file);
        methods.xDeviceCharacteristics.unwrap()(real)
    }
}

unsafe extern "C" fn shm_map(
    file: *mut sqlite3_file,
    region: c_int,
    size: c_int,
    extend: c_int,
    out: *mut *mut c_void,
) -> c_int {
    // SAFETY: an open covered file, see `parts`; handed on as it came. A call that fails leaves no region behind.
    unsafe {
        let (covered, real, methods) = parts(file);
        match covered.disk.meet(Call::Map) {
            Some(strike) => {
                *out = ptr::null_mut();
                strike.code
            }
            None => methods.xShmMap.unwrap()(real, region, size, extend, out),
        }
    }
}

unsafe extern "C" fn shm_lock(file: *mut sqlite3_file, offset: c_int, n: c_int, flags: c_int) -> c_int {
    // SAFETY: an open covered file, see `parts`; handed on as it came.
    unsafe {
        let (_, real, methods) = parts(file);
        methods.xShmLock.unwrap()(real, offset, n, flags)
    }
}

unsafe extern "C" fn shm_barrier(file: *mut sqlite3_file) {
    // SAFETY: an open covered file, see `parts`; handed on as it came.
    unsafe {
        let (_, real, methods) = parts(file);
        methods.xShmBarrier.unwrap()(real);
    }
}

unsafe extern "C" fn shm_unmap(file: *mut sqlite3_file, delete: c_int) -> c_int {
    // SAFETY: an open covered file, see `parts`; handed on as it came.
    unsafe {
        let (_, real, methods) = parts(file);
        methods.xShmUnmap.unwrap()(real, delete)
    }
}
