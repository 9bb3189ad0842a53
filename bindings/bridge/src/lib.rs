//! The contract between the user interface and the core: [`Request`], [`Reply`], [`Event`] as JSON.
//!
//! The command line, the loopback host and the phones all speak it. TypeScript types are generated from here.

mod event;
mod reply;
mod request;

pub use event::Event;
pub use reply::*;
pub use request::{LogEntry, NewCase, Request};

/// Goes up with every change that an older user interface could not stand.
pub const CONTRACT_VERSION: u32 = 1;

#[cfg(test)]
mod tests {
    use super::*;
    use ts_rs::{Config, TS};
    #[test]
    fn gen_ts() {
        Request::export_all(&Config::new().with_out_dir("/tmp/ts")).unwrap();
        Reply::export_all(&Config::new().with_out_dir("/tmp/ts")).unwrap();
    }
}
