//! Somebody who works for an employer and whom the team speaks with.

use crate::contact_by::ContactBy;
use crate::cvr::CvrNumber;

/// One contact person. Whoever left is marked, not removed: the history still names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactPerson {
    /// The employer.
    pub employer: CvrNumber,
    /// The name.
    pub name: String,
    /// What they do there.
    pub function: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub mail: Option<String>,
    /// How they want to be reached.
    pub prefers: Option<ContactBy>,
    /// The one to ask for.
    pub in_charge: bool,
    /// No longer there.
    pub left: bool,
}

impl ContactPerson {
    /// Somebody of whom only the name is known.
    #[must_use]
    pub fn new(employer: CvrNumber, name: impl Into<String>) -> Self {
        Self {
            employer,
            name: name.into(),
            function: None,
            phone: None,
            mail: None,
            prefers: None,
            in_charge: false,
            left: false,
        }
    }

    /// Where the person stands in a list: those in charge first, those who left last.
    #[must_use]
    pub fn place(&self) -> impl Ord + use<'_> {
        (self.left, !self.in_charge, self.name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_in_charge_comes_first_and_whoever_left_last() {
        let person = |name: &str, in_charge, left| ContactPerson {
            in_charge,
            left,
            ..ContactPerson::new("24256790".parse().unwrap(), name)
        };
        let mut all = [
            person("Anna", false, false),
            person("Bo", true, true),
            person("Carl", true, false),
            person("Dorte", false, false),
        ];
        all.sort_by(|a, b| a.place().cmp(&b.place()));
        let names: Vec<&str> = all.iter().map(|person| person.name.as_str()).collect();
        assert_eq!(names, ["Carl", "Anna", "Dorte", "Bo"]);
    }
}
