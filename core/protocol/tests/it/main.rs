//! What both ends must agree on, seen from outside.

mod access;
mod builders;
mod golden;
mod roster;
