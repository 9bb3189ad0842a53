//! A failing life as a file: enough to live it again, and its last lines to read.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::course::Course;
use crate::life::{Fate, Life};
use crate::size::Size;
use crate::swarm::Swarm;

/// Where failures of this checkout are written.
#[must_use]
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("failures")
}

/// Where seeds are kept that failed once and must not again.
#[must_use]
pub fn kept_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

/// Writes a life that went wrong; returns the file.
///
/// # Errors
/// When the file system refuses.
pub fn write(life: &Life) -> Result<PathBuf> {
    let folder = folder();
    std::fs::create_dir_all(&folder)?;
    let path = folder.join(name(&life.fate));
    std::fs::write(&path, to_text(life))?;
    Ok(path)
}

fn name(fate: &Fate) -> String {
    let course = if fate.course == Course::Everyday { String::new() } else { format!("{}-", fate.course.word()) };
    format!("{course}{}-{}.txt", fate.size.to_text(), fate.seed)
}

/// The file's text.
#[must_use]
pub fn to_text(life: &Life) -> String {
    let mut text = head(&life.fate);
    for finding in &life.findings {
        text.push_str(&format!("found {finding}\n"));
    }
    text.push_str(&format!("hash {}\n\n", life.trace.hash()));
    for line in life.trace.lines() {
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// The part that a life follows from.
#[must_use]
pub fn head(fate: &Fate) -> String {
    let (size, course) = (fate.size.to_text(), fate.course.word());
    format!("seed {}\nsize {size}\ncourse {course}\n{}", fate.seed, fate.swarm.to_text())
}

/// Reads the fate out of a file; everything else in it is for people.
///
/// # Errors
/// When there is no such file, or it is none of ours.
pub fn read(path: &Path) -> Result<Fate> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let (mut seed, mut size, mut swarm) = (None, None, Swarm::calm());
    let mut course = Course::Everyday;
    for line in text.lines().take_while(|line| !line.is_empty()) {
        match line.split_once(' ') {
            Some(("seed", number)) => seed = number.parse().ok(),
            Some(("size", words)) => size = Size::from_text(words),
            Some(("course", word)) => {
                course = Course::from_word(word).with_context(|| format!("an unknown course: {word}"))?;
            }
            Some(("fault", _)) if !swarm.read_line(line) => bail!("an unknown fault: {line}"),
            _ => {}
        }
    }
    match (seed, size) {
        (Some(seed), Some(size)) => Ok(Fate { seed, size, course, swarm, planted: None }),
        _ => bail!("{} names no seed and size", path.display()),
    }
}
