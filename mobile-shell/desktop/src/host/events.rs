//! Events as lines of JSON, for as long as the page listens.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use feltbog_bridge::Told;
use hyper::body::{Body, Bytes, Frame};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, mpsc, watch};
use tokio::time::{MissedTickBehavior, interval};

/// How often a blank line shows that the host is alive; the first comes at once.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// Lines a page may be behind before the events wait in the core's own queue.
const LINES: usize = 16;

/// The body of an answer that goes on until one of the two ends.
pub(super) struct EventLines(mpsc::Receiver<Bytes>);

impl EventLines {
    /// Lines of these events, until `told` turns true.
    pub(super) fn of(events: broadcast::Receiver<Told>, told: watch::Receiver<bool>) -> Self {
        let (lines, body) = mpsc::channel(LINES);
        tokio::spawn(pass_on(events, told, lines));
        Self(body)
    }
}

/// Done when the host is told to stop, or is gone.
async fn stopping(told: &mut watch::Receiver<bool>) {
    let _ = told.wait_for(|stopping| *stopping).await;
}

async fn pass_on(mut events: broadcast::Receiver<Told>, mut told: watch::Receiver<bool>, lines: mpsc::Sender<Bytes>) {
    let mut heartbeat = interval(HEARTBEAT);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let line = tokio::select! {
            () = stopping(&mut told) => return,
            () = lines.closed() => return,
            _ = heartbeat.tick() => Bytes::from_static(b"\n"),
            event = events.recv() => match event {
                Ok(event) => line(&event),
                Err(RecvError::Lagged(_)) => line(&Told::LOST),
                Err(RecvError::Closed) => return,
            },
        };
        if lines.send(line).await.is_err() {
            return;
        }
    }
}

fn line(event: &Told) -> Bytes {
    let mut text = serde_json::to_string(event).unwrap_or_default();
    text.push('\n');
    Bytes::from(text)
}

impl Body for EventLines {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(context).map(|line| line.map(|line| Ok(Frame::data(line))))
    }
}
