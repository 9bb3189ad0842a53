//! Simulated lives of a whole municipality: one thread, virtual time, seeded chance.
//!
//! # What is real
//!
//! The device as it ships: use cases, engine, driver, sealing, documents, the encrypted database in a folder of its own.
//! The server's rules as they ship, behind the same messages and signatures as over HTTP. Joining too: everybody enters
//! by an invitation.
//!
//! # What is simulated
//!
//! Time and clocks, chance (also where keys come from), the network, and everything that goes wrong: see
//! [`Fault`]. Each life has a random subset of the faults at random rates. People log, edit shared notes, keep editors open
//! for a long time, make cases, assign colleagues and record consents, at any moment and also in the middle of an exchange.
//! In a [`Course::Upheaval`] phones are blocked, freed and shut out as well, colleagues stand in for each other, people read
//! what is recorded, and entries and cases are erased by two of them. In a [`Course::Reshuffle`] offices are given and taken
//! beside all that.
//! Processes end while they wait, before a commit, and right after one.
//!
//! # What is not
//!
//! Sockets, TLS and the HTTP layer; what a file system does in a power cut; hostile envelopes; two processes of one server.
//! Each has a suite of its own.
//!
//! # Who looks
//!
//! A witness at the server's door sees every exchange, a ledger reads the log without the server's own tables, and after
//! every start and at the end the devices' databases are read past the devices' own code: see [`Checker`]. At the end all
//! faults stop and everybody exchanges until nothing moves; then everything that was ever told as saved must be readable
//! once by everybody entitled, and by nobody else.
//!
//! # Living it again
//!
//! The same seed gives the same life, byte for byte. A life with a finding becomes a file in `failures/`:
//!
//! ```text
//! cargo run -p feltbog-simulation -- replay tests/simulation/failures/3x30-17.txt
//! cargo run -p feltbog-simulation -- lives 3x30 0 300
//! cargo xtask soak --minutes 60
//! ```
//!
//! A seed whose bug is fixed moves to `seeds/` (the lines up to the first empty one are enough) and is lived in CI from
//! then on.

#![allow(clippy::indexing_slicing, reason = "a phone's place is an index into every list of phones")]

mod acts;
mod checks;
mod clock;
mod course;
pub mod failure_file;
mod finding;
mod inspect;
mod ledger;
mod life;
mod link;
mod phone;
mod planted;
mod server;
mod size;
mod swarm;
mod town;
mod trace;
mod witness;
mod words;
mod world;

pub use course::Course;
pub use finding::{Checker, Finding};
pub use life::{Fate, Figures, Life, live};
pub use planted::Bug;
pub use size::Size;
pub use swarm::{Fault, Swarm};
pub use trace::Trace;
