//! The programme's CSV files: all of them, or the first few citizens'.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::workplace::Workplace;
use crate::repository;

/// The folder to import.
pub(super) struct Register(PathBuf);

const CASES: &str = "forloeb.csv";
const ENTRIES: &str = "haendelser.csv";
const EMPLOYERS: &str = "virksomheder.csv";

/// Columns of `forloeb.csv`.
const NUMBER: usize = 0;
const CLOSED_ON: usize = 10;
const CONSENT_SINCE: usize = 15;
const CONSENT_TYPES: usize = 17;

/// Citizens of the small demo.
const FEW: usize = 10;

impl Register {
    /// The fixture itself, or a cut-down copy.
    pub(super) fn choose(workplace: &Workplace, small: bool) -> Result<Self> {
        if !small {
            return Ok(Self(repository::fixture()));
        }
        let folder = workplace.path("register");
        fs::create_dir(&folder)?;
        let cases = read(CASES)?;
        let few: Vec<&str> = cases.lines().skip(1).take(FEW).filter_map(|line| field(line, NUMBER)).collect();
        fs::write(
            folder.join(CASES),
            cases.lines().take(FEW + 1).map(|line| format!("{line}\r\n")).collect::<String>(),
        )?;
        fs::write(folder.join(ENTRIES), of_these(&read(ENTRIES)?, &few))?;
        fs::write(folder.join(EMPLOYERS), read(EMPLOYERS)?)?;
        Ok(Self(folder))
    }

    pub(super) fn folder(&self) -> Result<&str> {
        self.0.to_str().context("the folder's name is not UTF-8")
    }

    /// What the citizens who are still in the programme agreed to share, by case number.
    pub(super) fn consents(&self) -> Result<BTreeMap<String, String>> {
        let cases = fs::read_to_string(self.0.join(CASES))?;
        Ok(cases.lines().skip(1).filter_map(consent).collect())
    }
}

fn consent(line: &str) -> Option<(String, String)> {
    let said = |column| field(line, column).filter(|text| !text.is_empty());
    let open = said(CLOSED_ON).is_none();
    (open && said(CONSENT_SINCE).is_some()).then_some(())?;
    Some((said(NUMBER)?.to_owned(), said(CONSENT_TYPES)?.replace(", ", ",")))
}

/// The heading and the lines of these cases. A quoted field that goes on over several lines stays whole.
fn of_these(entries: &str, cases: &[&str]) -> String {
    let mut kept = String::new();
    let mut quotes = 0;
    let mut keeps = true;
    for line in entries.lines() {
        if quotes % 2 == 0 && !kept.is_empty() {
            keeps = field(line, 1).is_some_and(|case| cases.contains(&case));
        }
        quotes += line.matches('"').count();
        if keeps {
            kept.push_str(line);
            kept.push_str("\r\n");
        }
    }
    kept
}

fn field(line: &str, column: usize) -> Option<&str> {
    line.split(';').nth(column)
}

fn read(name: &str) -> Result<String> {
    let file = repository::fixture().join(name);
    fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_entries_of_the_chosen_cases_stay() {
        let entries = "haendelse;sagsnr;notat\na;S-1;kort\nb;S-2;\"lang\nS-1;hale\"\nc;S-1;\"to\nlinjer\"\nd;S-3;\n";
        assert_eq!(of_these(entries, &["S-1"]), "haendelse;sagsnr;notat\r\na;S-1;kort\r\nc;S-1;\"to\r\nlinjer\"\r\n");
    }

    #[test]
    fn consents_are_of_open_cases_that_have_one() {
        let open = "S-1;;;;;;;;;01-01-2020;;;;;;01-01-2020;01-01-2021;jobmål, fremmøde;;";
        assert_eq!(consent(open), Some(("S-1".to_owned(), "jobmål,fremmøde".to_owned())));
        assert_eq!(consent(&open.replace("01-01-2020;;;;;;", "01-01-2020;02-02-2020;;;;;")), None);
        assert_eq!(consent("S-1;;;;;;;;;01-01-2020;;;;;;;;;;"), None);
    }
}
