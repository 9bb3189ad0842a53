//! A lock that is taken in the order people came.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Like a mutex, but whoever lets go and asks again at once comes after those who wait. An exchange that takes in a long
/// history lets go between batches; with a plain mutex it would win its own race and keep a screen waiting to the end.
pub(crate) struct InTurn<T> {
    /// Held by the one who is next.
    next: Mutex<()>,
    value: Mutex<T>,
}

impl<T> InTurn<T> {
    pub(crate) const fn new(value: T) -> Self {
        Self { next: Mutex::new(()), value: Mutex::new(value) }
    }

    /// A panic while the lock was held has rolled its transaction back; the value itself is whole.
    pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
        let _next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        self.value.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    use super::*;

    #[test]
    fn one_who_asks_again_at_once_does_not_keep_others_out() {
        let (shared, done) = (InTurn::new(0_u32), AtomicBool::new(false));
        thread::scope(|scope| {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    *shared.lock() += 1;
                }
            });
            for _ in 0..200 {
                *shared.lock() += 1;
            }
            done.store(true, Ordering::Relaxed);
        });
        assert!(*shared.lock() >= 200);
    }
}
