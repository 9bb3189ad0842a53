//! The words of a command line.

use std::str::FromStr;

use anyhow::{Context, Result, bail};

/// What has not been understood yet.
pub(crate) struct Words(Vec<String>);

impl Words {
    pub(crate) fn of_this_process() -> Self {
        Self(std::env::args().skip(1).collect())
    }

    /// The first word.
    pub(crate) fn next_command(&mut self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.0.remove(0))
    }

    /// Whether `--name` stands there.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let place = self.0.iter().position(|word| word == name);
        place.map(|place| self.0.remove(place)).is_some()
    }

    /// The word after `--name`.
    pub(crate) fn value<T: FromStr>(&mut self, name: &str) -> Result<Option<T>>
    where
        T::Err: std::error::Error + Send + Sync + 'static,
    {
        let Some(place) = self.0.iter().position(|word| word == name) else { return Ok(None) };
        self.0.remove(place);
        if place >= self.0.len() {
            bail!("{name} needs a value");
        }
        let value = self.0.remove(place);
        value.parse().map(Some).with_context(|| format!("{name} {value}"))
    }

    /// Nothing may be left.
    pub(crate) fn finish(self) -> Result<()> {
        match self.0.first() {
            None => Ok(()),
            Some(word) => bail!("unknown word on the command line: {word} (try `cargo xtask help`)"),
        }
    }

    /// Everything that is left, for another program.
    pub(crate) fn rest(self) -> Vec<String> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Words {
        Words(line.split_whitespace().map(str::to_owned).collect())
    }

    #[test]
    fn options_stand_anywhere_and_what_is_left_is_a_mistake() {
        let mut words = words("demo --port 80 --release");
        assert_eq!(words.next_command().as_deref(), Some("demo"));
        assert!(words.flag("--release") && !words.flag("--small"));
        assert_eq!(words.value::<u16>("--port").unwrap(), Some(80));
        words.finish().unwrap();
        assert!(super::tests::words("--prot").finish().is_err());
    }

    #[test]
    fn an_option_without_its_value_is_a_mistake() {
        assert!(words("--port").value::<u16>("--port").is_err());
        assert!(words("--port x").value::<u16>("--port").is_err());
    }
}
