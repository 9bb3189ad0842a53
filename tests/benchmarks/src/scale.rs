//! How much history, and how many citizens.

use std::fmt;

use anyhow::{Context, Result, bail};

/// One world's size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scale {
    pub(crate) years: u32,
    pub(crate) citizens: u32,
    /// How many entries each citizen gets in a year.
    entries_a_year: u32,
}

/// Of one consultant's citizens.
const ENTRIES_A_YEAR: u32 = 150;

impl Scale {
    /// The largest programme there is, taken in from elsewhere: many citizens, and of each what is worth keeping.
    pub(crate) const PROGRAMME: Self = Self { years: 3, citizens: 960, entries_a_year: 8 };

    /// The same after as many years as figures are asked for at once.
    pub(crate) const FIVE_YEARS: Self = Self { years: 5, ..Self::PROGRAMME };

    /// What the command line asks for: `--scale x1|x4|x16` and `--citizens 25|250`, each as often as one likes.
    pub(crate) fn read(words: &[String]) -> Result<Vec<Self>> {
        let (mut years, mut citizens) = (Vec::new(), Vec::new());
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let value = words.next().with_context(|| format!("{word} needs a value"))?;
            match (word.as_str(), value.as_str()) {
                ("--scale", "x1" | "x4" | "x16") => years.push(value.trim_start_matches('x').parse()?),
                ("--citizens", "25" | "250") => citizens.push(value.parse()?),
                _ => bail!("unknown: {word} {value} (--scale x1|x4|x16, --citizens 25|250)"),
            }
        }
        if years.is_empty() {
            years = vec![1, 4];
        }
        if citizens.is_empty() {
            citizens = vec![25];
        }
        Ok(citizens
            .iter()
            .flat_map(|citizens| {
                years.iter().map(|years| Self { years: *years, citizens: *citizens, entries_a_year: ENTRIES_A_YEAR })
            })
            .collect())
    }

    pub(crate) const fn entries_per_citizen(self) -> u32 {
        self.entries_a_year * self.years
    }

    pub(crate) const fn entries(self) -> u32 {
        self.entries_per_citizen() * self.citizens
    }
}

impl fmt::Display for Scale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "x{}, {} citizens, {} entries", self.years, self.citizens, self.entries())
    }
}
