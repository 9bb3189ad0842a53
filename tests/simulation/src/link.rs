//! The way from one device to the server: a request lies here until the world has decided what becomes of it.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;

use feltbog_app::{Answer, Headers, HttpReply, Transport, Unreachable};

/// A request as the device made it.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) headers: Headers,
    pub(crate) body: Vec<u8>,
}

/// What the server said.
pub(crate) type Reply = (u16, Vec<u8>);

#[derive(Debug, Default)]
struct Slots {
    outgoing: Option<Request>,
    answer: Option<Result<Reply, Unreachable>>,
}

/// One device's link. At most one request is under way on it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Link(Arc<Mutex<Slots>>);

impl Link {
    /// The request that waits to be carried, if there is one.
    pub(crate) fn take_request(&self) -> Option<Request> {
        self.slots().outgoing.take()
    }

    /// Gives the device its answer.
    pub(crate) fn answer(&self, answer: Result<Reply, Unreachable>) {
        self.slots().answer = Some(answer);
    }

    fn slots(&self) -> std::sync::MutexGuard<'_, Slots> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Link {
    fn post<'a>(&'a self, _server: &'a str, path: &'a str, headers: Headers, body: Vec<u8>) -> Answer<'a> {
        let bytes_up = body.len() as u64;
        *self.slots() = Slots { outgoing: Some(Request { path: path.to_owned(), headers, body }), answer: None };
        Box::pin(poll_fn(move |_| match self.slots().answer.take() {
            None => Poll::Pending,
            Some(Err(unreachable)) => Poll::Ready(Err(unreachable)),
            Some(Ok((status, body))) => {
                Poll::Ready(Ok(HttpReply { status, bytes_down: body.len() as u64, bytes_up, body }))
            }
        }))
    }
}
