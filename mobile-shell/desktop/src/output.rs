//! What people and programs get to see.

mod agenda;
mod answer;
mod asks;
mod case_page;
mod cases;
mod charts;
mod cover;
mod deposits;
mod document;
mod employer;
mod entry;
mod erasures;
mod exchange;
mod export;
mod fidelity;
mod handed_in;
mod hits;
mod imported;
mod invited;
mod journal;
mod login;
mod municipalities;
mod number;
mod read_log;
pub(crate) mod region;
mod report;
mod restored;
mod review;
mod scope;
mod server_report;
mod spoken;
mod staff;
mod standing;
mod status;
mod status_note;
pub(crate) mod survey;
mod table;
mod team;
mod unsaid;
mod unsent;
mod when;

use std::io::{self, IsTerminal, Write};

use feltbog_bridge::Refused;
use serde_json::{Value, json};

pub(crate) use self::answer::answer;
pub(crate) use self::export::{kept, register_kept};
pub(crate) use self::imported::errors;

/// Standard output for results, standard error for messages.
///
/// It holds no lock between two texts: the log writes to standard error too, from other threads.
pub(crate) struct Output {
    results: Box<dyn Write>,
    messages: Box<dyn Write>,
    json: bool,
    terminal: bool,
}

impl Output {
    pub(crate) fn standard(json: bool) -> Self {
        Self {
            results: Box::new(io::stdout()),
            messages: Box::new(io::stderr()),
            json,
            terminal: io::stdout().is_terminal(),
        }
    }

    /// One result: a document for programs, or a text for people.
    pub(crate) fn say(&mut self, document: impl FnOnce() -> Value, text: impl FnOnce() -> String) {
        let said = if self.json { format!("{}\n", document()) } else { harmless(&text()) };
        put(&mut self.results, &said);
    }

    /// A result that is a file of its own form, written as it is.
    fn file(&mut self, document: impl FnOnce() -> Value, file: &str) {
        let said = if self.json { format!("{}\n", document()) } else { file.to_owned() };
        put(&mut self.results, &said);
    }

    /// Something worth knowing beside the result.
    pub(crate) fn warn(&mut self, message: &str) {
        put(&mut self.messages, &harmless(&format!("{message}\n")));
    }

    /// It was not done.
    pub(crate) fn refused(&mut self, refused: &Refused) {
        if self.json {
            put(&mut self.results, &format!("{}\n", json!({ "refused": refused })));
        }
        self.warn(&refused.message);
    }

    /// A drawing of our own making for people, `wanted` or where a terminal shows it.
    fn draw(&mut self, wanted: bool, drawing: impl FnOnce(bool) -> String) {
        if !self.json && (wanted || self.terminal) {
            let drawing = drawing(self.terminal);
            put(&mut self.results, &drawing);
        }
    }
}

/// Writes at once, so that whoever reads a pipe sees it. Where nobody reads any more there is nobody to tell.
fn put(to: &mut Box<dyn Write>, text: &str) {
    let _ = to.write_all(text.as_bytes()).and_then(|()| to.flush());
}

/// Without the signs that command a terminal: what is shown was written by many people on many devices.
fn harmless(text: &str) -> String {
    text.chars().map(|sign| if sign.is_control() && sign != '\n' && sign != '\t' { '\u{fffd}' } else { sign }).collect()
}

#[cfg(test)]
mod tests;
