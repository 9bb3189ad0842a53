//! Other people named in a text: what somebody looks at before a file is handed out.

use std::collections::BTreeMap;

use feltbog_domain::fold;

/// Shortest part of a name looked for: shorter ones are ordinary words.
const SHORTEST: usize = 3;

/// What somebody is to the citizen whose file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Other {
    /// A colleague or a therapist.
    Staff,
    /// Somebody at an employer.
    EmployerContact,
    /// Somebody around the citizen.
    Around,
    /// Another citizen.
    Citizen,
}

impl Other {
    /// The word in a file.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Other::Staff => "staff",
            Other::EmployerContact => "employer_contact",
            Other::Around => "around",
            Other::Citizen => "citizen",
        }
    }

    /// The same in Danish.
    #[must_use]
    pub const fn danish(self) -> &'static str {
        match self {
            Other::Staff => "medarbejder",
            Other::EmployerContact => "kontaktperson hos virksomhed",
            Other::Around => "omkring borgeren",
            Other::Citizen => "en anden borger",
        }
    }
}

/// The people this device knows, apart from the citizen, by the parts of their names.
#[derive(Default)]
pub(crate) struct Others(BTreeMap<String, Other>);

impl Others {
    /// Adds a name. Who is more in need of protection counts where two share a part of it.
    pub(crate) fn add(&mut self, name: &str, who: Other) {
        for part in parts(name) {
            let known = self.0.entry(part).or_insert(who);
            *known = (*known).max(who);
        }
    }

    /// The citizen's own name is no other's.
    pub(crate) fn leave_out(&mut self, own: &str) {
        for part in parts(own) {
            self.0.remove(&part);
        }
    }

    /// The capitalised words of a text that are parts of their names, in order, each once. A possessive *s* is no letter of
    /// the name.
    pub(crate) fn named_in(&self, text: &str) -> Vec<(String, Other)> {
        let mut found: Vec<(String, Other)> = Vec::new();
        for word in words(text).filter(|word| word.starts_with(char::is_uppercase)) {
            let folded = fold(word);
            let who = self.0.get(&folded).or_else(|| self.0.get(folded.strip_suffix('s')?));
            if let Some(who) = who.filter(|_| !found.iter().any(|(known, _)| known == word)) {
                found.push((word.to_owned(), *who));
            }
        }
        found
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn parts(name: &str) -> impl Iterator<Item = String> {
    words(name).filter(|part| part.chars().count() >= SHORTEST).map(fold)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_people_write_them_and_the_own_one_is_not() {
        let mut others = Others::default();
        others.add("Åse Møller", Other::Staff);
        others.add("Ole Berg-Holm", Other::EmployerContact);
        others.add("Ole Friis", Other::Citizen);
        others.add("Mina Holm", Other::Staff);
        others.leave_out("Amina Holm");
        let found =
            others.named_in("Åses idé; MØLLER og Ole. Amina Holm talte med Berg, og berg er en bakke. Ole igen");
        let named: Vec<(&str, Other)> = found.iter().map(|(word, who)| (word.as_str(), *who)).collect();
        assert_eq!(
            named,
            [
                ("Åses", Other::Staff),
                ("MØLLER", Other::Staff),
                ("Ole", Other::Citizen),
                ("Berg", Other::EmployerContact)
            ]
        );
    }
}
