//! The old server, as far as it was recorded: a transport that answers from the recording.

use std::sync::Mutex;

use feltbog_app::{Answer, Headers, HttpReply, Transport, Unreachable};

use super::old_wire::{OldAsk, OldBytes, OldRequest, read};
use super::recording::RecordedExchange;

/// Answers every request with what the old server said to the same question. An old server reads no keys but its own, so
/// two requests are the same when build 1 would have read the same in them.
pub struct OldServer {
    recorded: Vec<(Question, RecordedExchange)>,
    unanswered: Mutex<Vec<Question>>,
}

/// What the old server's answer depended on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Question {
    cursor: u64,
    push: Vec<OldBytes>,
    backfill: Vec<OldAsk>,
}

impl Question {
    fn of(body: &[u8]) -> Self {
        let OldRequest { cursor, push, mut backfill, .. } = read(body);
        backfill.sort();
        Self { cursor, push, backfill }
    }
}

impl OldServer {
    pub fn of(exchanges: Vec<RecordedExchange>) -> Self {
        let recorded = exchanges.into_iter().map(|exchange| (Question::of(&exchange.request), exchange)).collect();
        Self { recorded, unanswered: Mutex::default() }
    }

    /// What was asked for that nobody had asked the old server, in short.
    pub fn unanswered(&self) -> Vec<String> {
        let questions = self.unanswered.lock().unwrap();
        let told = |q: &Question| format!("after {}: {} pushed, fills {:?}", q.cursor, q.push.len(), q.backfill);
        questions.iter().map(told).collect()
    }
}

impl Transport for OldServer {
    fn post<'a>(&'a self, _: &'a str, _: &'a str, _: Headers, body: Vec<u8>) -> Answer<'a> {
        Box::pin(async move {
            let question = Question::of(&body);
            let Some((_, exchange)) = self.recorded.iter().find(|(recorded, _)| *recorded == question) else {
                self.unanswered.lock().unwrap().push(question);
                return Err(Unreachable);
            };
            let (status, body) = (exchange.status, exchange.reply.clone());
            Ok(HttpReply { status, body, bytes_up: 0, bytes_down: 0 })
        })
    }
}
