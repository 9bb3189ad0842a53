//! `cargo run -p feltbog-simulation -- ...`: lives by number, a failure once more, or as many as time allows.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line for developers")]

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use feltbog_simulation::{Bug, Course, Fate, Life, Size, failure_file, live};

const HELP: &str = "cargo run -p feltbog-simulation -- COMMAND

  replay FILE              live the life of a failure file once more, and show its trace
  lives SIZE FROM COUNT [COURSE]
                           so many lives of a size such as 3x30, beginning with a seed; everyday, upheaval or reshuffle
  plant BUG SIZE COUNT     lives with a bug on purpose until its checker finds it
  soak MINUTES [FROM]      lives of all sizes until time is up
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}\n\n{HELP}");
            ExitCode::from(2)
        }
    }
}

fn run(words: &[&str]) -> Result<bool> {
    match words {
        ["replay", file] => {
            let life = live(&failure_file::read(Path::new(file))?)?;
            print!("{}", failure_file::to_text(&life));
            Ok(life.findings.is_empty())
        }
        ["lives", size, from, count] => lives(size, from, count, Course::Everyday),
        ["lives", size, from, count, course] => {
            let Some(course) = Course::from_word(course) else { bail!("a course is everyday, upheaval or reshuffle") };
            lives(size, from, count, course)
        }
        ["plant", bug, size, count] => {
            let Some(size) = Size::from_text(size) else { bail!("a size looks like 3x30") };
            let Some(bug) = Bug::ALL.iter().find(|known| format!("{known:?}") == *bug) else { bail!("no such bug") };
            plant(*bug, size, count.parse()?)
        }
        ["soak", minutes] => soak(minutes.parse()?, 1_000_000),
        ["soak", minutes, from] => soak(minutes.parse()?, from.parse()?),
        _ => bail!("what shall be lived?"),
    }
}

fn lives(size: &str, from: &str, count: &str, course: Course) -> Result<bool> {
    let Some(size) = Size::from_text(size) else { bail!("a size looks like 3x30") };
    let (from, count): (u64, u64) = (from.parse()?, count.parse()?);
    let mut tally = Tally::new();
    for seed in from..from + count {
        tally.add(&live(&Fate::of(seed, size).in_course(course))?)?;
    }
    Ok(tally.tell())
}

fn plant(bug: Bug, size: Size, count: u64) -> Result<bool> {
    for seed in 0..count {
        let life = live(&Fate { planted: Some(bug), ..Fate::of(seed, size) })?;
        if let Some(found) = life.findings.iter().find(|finding| finding.checker == bug.found_by()) {
            println!("life {seed}: {found}");
            return Ok(true);
        }
    }
    println!("{:?} found nothing", bug.found_by());
    Ok(false)
}

/// Each hundredth life is a large one, each tenth a middle one: about a third of the time for each size.
fn soak(minutes: u64, from: u64) -> Result<bool> {
    let mut tally = Tally::new();
    let end = Duration::from_secs(minutes * 60);
    for seed in from.. {
        if tally.began.elapsed() > end {
            break;
        }
        let size = match seed % 100 {
            0 => Size::LARGE,
            n if n % 10 == 0 => Size::MIDDLE,
            _ => Size::SMALL,
        };
        tally.add(&live(&Fate::of(seed, size))?)?;
    }
    Ok(tally.tell())
}

struct Tally {
    began: Instant,
    lives: u64,
    failed: u64,
}

impl Tally {
    fn new() -> Self {
        Self { began: Instant::now(), lives: 0, failed: 0 }
    }

    fn add(&mut self, life: &Life) -> Result<()> {
        self.lives += 1;
        if let Some(first) = life.findings.first() {
            self.failed += 1;
            let file = failure_file::write(life)?;
            println!("{} findings, first {first}\n    {}", life.findings.len(), file.display());
        }
        Ok(())
    }

    fn tell(&self) -> bool {
        let seconds = self.began.elapsed().as_secs_f64();
        println!("{} lives in {seconds:.0} s, {} went wrong", self.lives, self.failed);
        self.failed == 0
    }
}
