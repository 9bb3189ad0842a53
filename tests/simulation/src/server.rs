//! The room the server stands in.

use anyhow::Result;

use crate::link::{Reply, Request};

/// The real rules over a database that can be copied and put back.
pub(crate) struct ServerRoom {}

impl ServerRoom {
    pub(crate) fn found() -> Result<(Self, String)> {
        anyhow::bail!("stub")
    }
    pub(crate) fn copy(&self) -> Result<Self> {
        anyhow::bail!("stub")
    }
    pub(crate) fn put_back(&mut self, _older: &Self) -> Result<()> {
        anyhow::bail!("stub")
    }
    pub(crate) fn restart(&mut self) {}
    pub(crate) fn set_tiny_pages(&mut self, _tiny: bool) {}
    pub(crate) fn epoch(&self) -> [u8; 16] {
        [0; 16]
    }
    pub(crate) fn rows_after(&self, _seq: u64) -> Vec<(u64, Vec<u8>)> {
        Vec::new()
    }
    pub(crate) fn post(&mut self, _request: &Request, _now_ms: i64) -> Reply {
        (500, Vec::new())
    }
}
