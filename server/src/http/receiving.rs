//! Receiving the bodies of requests: none too large, none for ever, and all of them together within a bound.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, HttpBody};
use feltbog_protocol::limits;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Time for a body to go on.
const PROGRESS_TIME: Duration = Duration::from_secs(15);
/// What room is counted in, or the numbers would be too large for a semaphore.
const UNIT: usize = 1024;

/// Room in memory for all bodies that are received or answered at the moment.
#[derive(Debug)]
pub(super) struct Receiving {
    room: Arc<Semaphore>,
}

/// What a body takes up, until it is dropped.
#[derive(Debug)]
pub(super) struct Room(Option<OwnedSemaphorePermit>);

/// Why there is no body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotReceived {
    /// Over [`limits::REQUEST_BODY`].
    TooLarge,
    /// It came to a halt.
    Dawdled,
    /// Others take up all room there is.
    NoRoom,
    /// The connection broke, or what came was no body.
    Broken,
}

impl Receiving {
    /// Room for so many bytes.
    pub(super) fn of(bytes: u64) -> Arc<Self> {
        let units = usize::try_from(bytes).unwrap_or(usize::MAX) / UNIT;
        Arc::new(Self { room: Arc::new(Semaphore::new(units.min(Semaphore::MAX_PERMITS))) })
    }

    /// A whole body. Room is taken for what has come and not for what is announced: announcing costs nothing.
    pub(super) async fn receive(&self, mut body: Body) -> Result<(Vec<u8>, Room), NotReceived> {
        if body.size_hint().lower() > limits::REQUEST_BODY as u64 {
            return Err(NotReceived::TooLarge);
        }
        let (mut bytes, mut room) = (Vec::new(), Room(None));
        loop {
            let next = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context));
            let next = tokio::time::timeout(PROGRESS_TIME, next).await.map_err(|_| NotReceived::Dawdled)?;
            let Some(frame) = next else { return Ok((bytes, room)) };
            let Ok(data) = frame.map_err(|_| NotReceived::Broken)?.into_data() else { continue };
            if bytes.len().saturating_add(data.len()) > limits::REQUEST_BODY {
                return Err(NotReceived::TooLarge);
            }
            bytes.extend_from_slice(&data);
            self.make_room(&mut room, bytes.len())?;
        }
    }

    fn make_room(&self, room: &mut Room, bytes: usize) -> Result<(), NotReceived> {
        let taken = room.0.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
        let more = u32::try_from(bytes.div_ceil(UNIT).saturating_sub(taken)).map_err(|_| NotReceived::NoRoom)?;
        let more = Arc::clone(&self.room).try_acquire_many_owned(more).map_err(|_| NotReceived::NoRoom)?;
        match &mut room.0 {
            Some(room) => room.merge(more),
            none => *none = Some(more),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_that_finds_no_room_is_refused_until_others_are_answered() {
        let receiving = Receiving::of(64 * 1024);
        let body = |size: usize| Body::from(vec![7; size]);
        let (bytes, first) = receiving.receive(body(40 * 1024)).await.unwrap();
        assert_eq!(bytes.len(), 40 * 1024);
        assert_eq!(receiving.receive(body(24 * 1024 + 1)).await.unwrap_err(), NotReceived::NoRoom);
        let second = receiving.receive(body(24 * 1024)).await.unwrap();
        drop((first, second));
        assert!(receiving.receive(body(64 * 1024)).await.is_ok());
    }

    #[tokio::test]
    async fn a_body_of_the_largest_size_is_received_and_one_byte_more_is_not() {
        let receiving = Receiving::of(4 * limits::REQUEST_BODY as u64);
        let body = |size: usize| Body::from(vec![7; size]);
        assert!(receiving.receive(body(limits::REQUEST_BODY)).await.is_ok());
        let refused = receiving.receive(body(limits::REQUEST_BODY + 1)).await.unwrap_err();
        assert_eq!(refused, NotReceived::TooLarge);
    }
}
