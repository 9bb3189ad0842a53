//! Two hundred devices push at once, one small envelope a request, each over one connection that stays open.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::Result;
use feltbog_protocol::limits;

use crate::device::{Device, enrolled};
use crate::figures::Figures;
use crate::server_process::ServerProcess;

const DEVICES: u32 = 200;
const TIME: Duration = Duration::from_secs(10);
/// Rows in the log before the load begins.
const LOGS: [u32; 3] = [1_000, 16_000, 64_000];
/// With header and signature an envelope of about 400 bytes, what one entry of a day costs.
const BODY: usize = 172;
const AIM_PER_SECOND: f64 = 4_000.0;
const AIM_P99_MS: f64 = 150.0;

pub(crate) async fn run() -> Result<()> {
    println!("\n== {DEVICES} devices push for {} s, one envelope of {} B a request", TIME.as_secs(), envelope_size());
    println!(
        "{:>10} {:>13} {:>12} {:>12} {:>14}",
        "log before", "envelopes/s", "median ms", "p99 ms", "peak memory MB"
    );
    let folder = tempfile::tempdir()?;
    let (mut server, mut devices) = enrolled(folder.path(), DEVICES).await?;
    for rows in LOGS {
        fill(&server, &mut devices, rows).await?;
        // A process of its own for each log, so that the peak is of this one.
        drop(server);
        server = ServerProcess::start(folder.path())?;
        let address = server.address()?;
        for device in &mut devices {
            device.hang_up();
        }
        let started = Instant::now();
        let running: Vec<_> =
            std::mem::take(&mut devices).into_iter().map(|device| tokio::spawn(push_on(device, address))).collect();
        let mut taken = Vec::new();
        for device in running {
            let (device, own) = device.await??;
            devices.push(device);
            taken.extend(own);
        }
        tell(rows, taken, started.elapsed(), server.peak_memory());
    }
    Ok(())
}

fn tell(rows: u32, taken: Vec<f64>, time: Duration, memory: Option<f64>) {
    let per_second = taken.len() as f64 / time.as_secs_f64();
    let figures = Figures::from_values(taken);
    let reached = per_second >= AIM_PER_SECOND && figures.p99() <= AIM_P99_MS;
    println!(
        "{rows:>10} {per_second:>13.0} {:>12.1} {:>12.1} {:>14.1}   aims: {AIM_PER_SECOND}/s, p99 {AIM_P99_MS} ms: {}",
        figures.median(),
        figures.p99(),
        memory.unwrap_or(f64::NAN) / 1_024.0,
        if reached { "reached" } else { "NOT REACHED" }
    );
}

fn envelope_size() -> usize {
    feltbog_protocol::HEADER_LEN + 4 + BODY + feltbog_protocol::SIGNATURE_LEN
}

/// Pushes until the time is over; gives the milliseconds of each request.
async fn push_on(mut device: Device, address: SocketAddr) -> Result<(Device, Vec<f64>)> {
    let (mut taken, began) = (Vec::new(), Instant::now());
    while began.elapsed() < TIME {
        let envelope = device.entry(BODY);
        let started = Instant::now();
        device.push(address, vec![envelope]).await?;
        taken.push(started.elapsed().as_secs_f64() * 1_000.0);
    }
    Ok((device, taken))
}

/// Pushes until the log has so many rows.
async fn fill(server: &ServerProcess, devices: &mut [Device], rows: u32) -> Result<()> {
    let address = server.address()?;
    let mut head = 0;
    while head < u64::from(rows) {
        for device in devices.iter_mut() {
            let missing = u64::from(rows).saturating_sub(head).clamp(1, limits::PUSH_ENVELOPES as u64);
            let push = (0..missing).map(|_| device.entry(BODY)).collect();
            // Its turn comes seldom, and the server closes what is idle.
            device.hang_up();
            head = device.push(address, push).await?;
            if head >= u64::from(rows) {
                break;
            }
        }
    }
    // Everybody has read up to here, as devices at work have.
    for device in devices.iter_mut() {
        device.has_read(head);
        device.hang_up();
    }
    Ok(())
}
