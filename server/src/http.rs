//! The wire's HTTP side: bytes in, bytes out, statuses. Everything else is asked of `access`.

mod accept;
mod message;
mod problem;
mod routes;

pub(crate) use accept::run;
