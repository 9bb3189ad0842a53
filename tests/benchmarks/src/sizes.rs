//! How large a server has to be: devices at work, from a municipality's to those of a region.

use anyhow::Result;

use crate::device::enrolled;
use crate::load::{at_work, tell};

/// A large municipality has about a quarter of the first; the last is a region with everything it might grow to.
const SIZES: [u32; 4] = [500, 1_000, 2_500, 5_000];

pub(crate) async fn run() -> Result<()> {
    for devices in SIZES {
        println!("\n== {devices} devices");
        let folder = tempfile::tempdir()?;
        let (server, all) = enrolled(folder.path(), devices).await?;
        at_work("devices at work", &server, all).await?;
        tell("most memory, with everybody enrolled", server.peak_memory().unwrap_or(f64::NAN) / 1_024.0, "MB", "");
    }
    Ok(())
}
