//! Calls into automerge that may panic on hostile data.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

/// The call panicked. Why is not said: the text of a panic may hold what somebody wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Panicked;

thread_local! {
    static GUARDED_DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Runs work that may panic and turns the panic into an error, without a word on standard error.
///
/// The work must own what it changes (a clone): after a panic its state is thrown away.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Panicked> {
    install_quiet_hook();
    let _quiet = Quiet::enter();
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| Panicked)
}

/// One hook for the whole process, in front of the one that is there. It only looks at its own thread, so that a panic
/// elsewhere is reported as ever. A host that sets a hook of its own later must chain to the one it replaces.
fn install_quiet_hook() {
    static INSTALLED: Once = Once::new();
    if std::thread::panicking() {
        return; // a hook cannot be exchanged while unwinding
    }
    INSTALLED.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if GUARDED_DEPTH.try_with(Cell::get).unwrap_or(0) == 0 {
                previous(info);
            }
        }));
    });
}

struct Quiet;

impl Quiet {
    fn enter() -> Self {
        GUARDED_DEPTH.with(|depth| depth.set(depth.get() + 1));
        Quiet
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        GUARDED_DEPTH.with(|depth| depth.set(depth.get() - 1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error_and_the_next_call_works() {
        assert_eq!(guarded(|| -> u8 { panic!("content") }), Err(Panicked));
        assert_eq!(guarded(|| 7), Ok(7));
        assert_eq!(GUARDED_DEPTH.with(Cell::get), 0);
    }
}
