//! A server under the load of a large municipality, four times over: 500 devices at work, all of them in the morning, connections
//! that idle, and connections that dawdle on purpose beside devices at work.
//!
//! Times are told and judge nothing; an envelope that is lost or there twice ends the run with an error.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio::time::{sleep, sleep_until};

use crate::device::{Device, enrolled};
use crate::figures::Figures;
use crate::server_process::ServerProcess;

const DEVICES: u32 = 500;
/// Of one envelope's body, a long note.
const BODY: usize = 1_024;
/// What devices do in a minute is measured for so long.
const AT_WORK: Duration = Duration::from_secs(60);
/// What each has to send in the morning.
const QUEUED: u64 = 50;
const IDLE: usize = 2_000;
/// Half of them dribble heads, the other half bodies.
const DAWDLERS: usize = 2_000;
const A_MINUTE: Duration = Duration::from_secs(60);

pub(crate) async fn run() -> Result<()> {
    let cores = std::thread::available_parallelism()?;
    println!("\n== {DEVICES} devices; server and devices share {cores} cores");
    let folder = tempfile::tempdir()?;
    let (server, mut devices) = enrolled(folder.path(), DEVICES).await?;
    let address = server.address()?;
    devices = morning(&server, devices).await?;
    let (back, usual) = at_work("devices at work", &server, devices).await?;
    idle(&server, address).await?;
    let dawdling: Vec<_> = (0..DAWDLERS).map(|number| tokio::spawn(dawdle(address, number))).collect();
    let (_, beside) = at_work("the same beside connections that dawdle", &server, back).await?;
    tell_dawdlers(dawdling).await?;
    println!("{:<50} {:>9.2}    aim: <= 2", "p99 beside them, in times of p99 without", beside / usual);
    tell("most memory of the whole run", server.peak_memory().unwrap_or(f64::NAN) / 1_024.0, "MB", "");
    Ok(())
}

/// Everybody comes back at the same moment, with everything of a day offline.
async fn morning(server: &ServerProcess, mut devices: Vec<Device>) -> Result<Vec<Device>> {
    let address = server.address()?;
    devices.iter_mut().for_each(Device::hang_up);
    let before = devices.first_mut().context("a device")?.push(address, Vec::new()).await?;
    for device in &mut devices {
        device.has_read(before);
        device.hang_up();
    }
    let began = Instant::now();
    let sending: Vec<_> = devices
        .into_iter()
        .map(|mut device| {
            tokio::spawn(async move {
                let queued = (0..QUEUED).map(|_| device.entry(BODY)).collect();
                device.push(address, queued).await?;
                Ok::<_, anyhow::Error>((device, milliseconds(began)))
            })
        })
        .collect();
    let (mut devices, mut taken) = (Vec::new(), Vec::new());
    for one in sending {
        let (device, own) = one.await??;
        devices.push(device);
        taken.push(own);
    }
    let all = began.elapsed().as_secs_f64();
    let sent = u64::from(DEVICES) * QUEUED;
    devices.iter_mut().for_each(Device::hang_up);
    let after = devices.first_mut().context("a device")?.push(address, Vec::new()).await?;
    ensure!(after - before == sent, "{sent} envelopes were answered for, and the log has {} more", after - before);
    let figures = Figures::from_values(taken);
    println!("-- {sent} envelopes of {BODY} B from {DEVICES} devices that come at one moment");
    tell("all on disk after", all, "s", "<= 120");
    tell("envelopes a second", sent as f64 / all, "", ">= 1500");
    tell("the last device beside the median", figures.longest() / figures.median(), "x", "<= 4");
    tell("lost or doubled", 0.0, "", "0");
    for device in &mut devices {
        device.has_read(after);
    }
    Ok(devices)
}

/// Each device pushes one to three envelopes in the minute, at a second of its own. Gives p99 in milliseconds.
pub(crate) async fn at_work(what: &str, server: &ServerProcess, devices: Vec<Device>) -> Result<(Vec<Device>, f64)> {
    let (address, began) = (server.address()?, Instant::now());
    let count = u32::try_from(devices.len())?;
    let used = server.core_seconds();
    let working: Vec<_> = devices
        .into_iter()
        .zip(0_u32..)
        .map(|(device, number)| tokio::spawn(work(device, address, began + A_MINUTE * number / count, number)))
        .collect();
    let (mut devices, mut taken) = (Vec::new(), Vec::new());
    for one in working {
        let (device, own) = one.await??;
        devices.push(device);
        taken.push(own);
    }
    let time = began.elapsed().max(AT_WORK).as_secs_f64();
    let cores = used.zip(server.core_seconds()).map_or(f64::NAN, |(before, after)| (after - before) / time);
    let figures = Figures::from_values(taken);
    println!("-- {what}: one push a minute each, for {time:.0} s");
    tell("push, median", figures.median(), "ms", "");
    tell("push, p99", figures.p99(), "ms", "<= 150");
    tell("push, longest", figures.longest(), "ms", "");
    tell("share of one core", 100.0 * cores, "%", "<= 60");
    tell("memory", server.memory().unwrap_or(f64::NAN) / 1_024.0, "MB", "<= 256");
    Ok((devices, figures.p99()))
}

async fn work(mut device: Device, address: SocketAddr, at: Instant, number: u32) -> Result<(Device, f64)> {
    sleep_until(at.into()).await;
    let entries = (0..=number % 3).map(|_| device.entry(BODY)).collect();
    let began = Instant::now();
    // On a connection of its own, as after a minute's rest: the server closes what idles.
    device.hang_up();
    let head = device.push(address, entries).await?;
    let taken = milliseconds(began);
    device.has_read(head);
    Ok((device, taken))
}

/// Connections that asked once and stay.
async fn idle(server: &ServerProcess, address: SocketAddr) -> Result<()> {
    let before = server.memory().unwrap_or(f64::NAN);
    let mut open = Vec::new();
    for _ in 0..IDLE {
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(b"GET /health/live HTTP/1.1\r\nhost: benchmark\r\n\r\n").await?;
        let mut answer = [0; 256];
        ensure!(stream.read(&mut answer).await? > 0, "a connection was not served");
        open.push(stream);
    }
    println!("-- {IDLE} connections that idle");
    tell("memory more than before", (server.memory().unwrap_or(f64::NAN) - before) / 1_024.0, "MB", "<= 100");
    Ok(())
}

/// Dribbles until the minute is over, on one connection after the other; gives the seconds each of them lasted.
async fn dawdle(address: SocketAddr, number: usize) -> Result<Vec<f64>> {
    let (began, mut lasted) = (Instant::now(), Vec::new());
    let words: &[u8] = if number.is_multiple_of(2) {
        b"POST /v1/sync HTTP/1.1\r\nhost: benchmark\r\n"
    } else {
        b"POST /v1/sync HTTP/1.1\r\nhost: benchmark\r\ncontent-length: 2000000\r\n\r\n"
    };
    while began.elapsed() < AT_WORK {
        let opened = Instant::now();
        let (mut reading, mut writing) = TcpStream::connect(address).await?.into_split();
        let dribbling = async {
            let _ = writing.write_all(words).await;
            while writing.write_all(b"x: y\r\n").await.is_ok() {
                sleep(Duration::from_secs(2)).await;
            }
        };
        let mut answer = Vec::new();
        tokio::select! {
            _ = reading.read_to_end(&mut answer) => {}
            () = dribbling => {}
        }
        lasted.push(opened.elapsed().as_secs_f64());
    }
    Ok(lasted)
}

async fn tell_dawdlers(dawdling: Vec<JoinHandle<Result<Vec<f64>>>>) -> Result<()> {
    let (mut heads, mut bodies) = (Vec::new(), Vec::new());
    for (number, one) in dawdling.into_iter().enumerate() {
        let lasted = one.await??;
        if number.is_multiple_of(2) { heads.extend(lasted) } else { bodies.extend(lasted) }
    }
    println!("-- {DAWDLERS} connections that dawdle, again and again");
    tell("longest that dribbled its head", Figures::from_values(heads).longest(), "s", "<= 15");
    tell("longest that dribbled its body", Figures::from_values(bodies).longest(), "s", "<= 30, and noticed 2 s later");
    Ok(())
}

pub(crate) fn tell(what: &str, value: f64, unit: &str, aim: &str) {
    let aim = if aim.is_empty() { String::new() } else { format!("aim: {aim}") };
    println!("{what:<50} {value:>9.1} {unit:<3} {aim}");
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1_000.0
}
