//! The real server and real devices over a simulated network.
//!
//! Nothing stands in for anything here but the network: the server is the shipped one (its accept loop, hyper, axum, access rules,
//! SQLite and writer thread), the devices are `feltbog_app::App` over their encrypted homes, keeping in touch as they do on a
//! desk, and HTTP is spoken by hyper on both ends. Only the sockets are turmoil's. What happens to them is drawn from a seed, see
//! [`Weather`]: partitions both ways and one way, connections that stall and go on, lost segments, latencies of 5 ms to 60 s, a server
//! that crashes and comes back, devices that crash and are opened again. Afterwards the sky clears, and every life must end the
//! same way: all queues empty, every saved word at everybody it was for, exactly once, and all devices equal.
//!
//! **Not perfectly deterministic.** Time and network follow the seed. The server's writer is a thread of its own and commits in its own
//! time, so a reply may come some ticks earlier or later, and envelopes, keys and ids are random. The same seed gives the same
//! weather and the same acts; it usually fails again, and not surely. Where the very same life must be lived twice, use
//! `tests/simulation`, which has no thread and no socket.
//!
//! Not simulated: TLS (its handshake is rustls's affair), clocks (see `tests/simulation`), disks.
//!
//! More lives, or one again:
//!
//! ```text
//! FELTBOG_TURMOIL_LIVES=300 cargo test -p feltbog-turmoil
//! FELTBOG_TURMOIL_SEED=17 cargo test -p feltbog-turmoil
//! ```

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "helpers of tests fail loudly"
)]

mod checks;
mod founded;
mod ledger;
mod life;
mod link;
mod phone;
mod socket;
mod weather;

pub use founded::Founded;
pub use life::{Size, live};
pub use weather::Weather;
