//! The wire's HTTP side: bytes in, bytes out, statuses. Everything else is asked of `access`.

mod accept;
mod admin;
mod bounds;
mod claim;
mod contract;
mod endpoint;
mod form;
mod listener;
mod message;
mod observed;
mod origin;
mod problem;
mod receiving;
mod request_id;
mod routes;
mod served;
mod tls;
mod unserved;

pub(crate) use accept::run;
pub(crate) use bounds::Bounds;
pub use contract::Messages;
pub use endpoint::Endpoint;
pub use listener::Listener;
pub(crate) use served::Served;
pub(crate) use tls::Certificate;
pub use tls::TlsError;
pub(crate) use unserved::{Post, answer};
