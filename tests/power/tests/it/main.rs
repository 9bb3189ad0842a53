//! What crashes, failing calls, power cuts and flipped bits leave of a device's home and of a server's store.

mod audit;
mod bit_flips;
mod forgotten;
mod io_failures;
mod io_failures_of_the_server;
mod migrations;
mod power_cuts;
mod town;
