//! The measures on small programmes whose answers were worked out by hand.

mod at_work;
mod builder;
mod contacts;
mod jobs;
mod questions;
mod sources;
mod the_same_everywhere;
