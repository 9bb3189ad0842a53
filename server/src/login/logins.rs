//! Whose staff log in where: at one provider for every municipality of the server, or each at its own.

use std::collections::BTreeMap;

use feltbog_domain::TenantId;

use super::{LoginConfig, LoginConfigError};

/// A login, or what is configured of one, for each municipality that has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logins<T> {
    for_all: Option<T>,
    of_one: BTreeMap<TenantId, T>,
}

impl<T> Default for Logins<T> {
    fn default() -> Self {
        Self { for_all: None, of_one: BTreeMap::new() }
    }
}

impl<T> Logins<T> {
    /// Where the staff of a municipality log in: at its own provider, else at the one of all, else nowhere.
    #[must_use]
    pub fn of(&self, tenant: TenantId) -> Option<&T> {
        self.of_one.get(&tenant).or(self.for_all.as_ref())
    }

    /// Every one of them.
    pub fn all(&self) -> impl Iterator<Item = &T> {
        self.for_all.iter().chain(self.of_one.values())
    }

    /// The same with something made of each.
    ///
    /// # Errors
    /// The first that could not be made.
    pub(crate) fn made<U, E>(self, make: impl Fn(T) -> Result<U, E>) -> Result<Logins<U>, E> {
        let for_all = self.for_all.map(&make).transpose()?;
        let of_one = self.of_one.into_iter().map(|(tenant, one)| Ok((tenant, make(one)?)));
        Ok(Logins { for_all, of_one: of_one.collect::<Result<_, E>>()? })
    }
}

impl Logins<LoginConfig> {
    /// Reads `[login]`, and each `[login.ID]` within it.
    pub(crate) fn from_table(table: &toml::Table) -> Result<Self, LoginConfigError> {
        let (mut for_all, mut of_one) = (toml::Table::new(), BTreeMap::new());
        for (key, value) in table {
            match value.as_table() {
                Some(one) => {
                    let tenant = key.parse().map_err(|_| LoginConfigError::Municipality(key.clone()))?;
                    of_one.insert(tenant, LoginConfig::from_table(one)?);
                }
                None => {
                    for_all.insert(key.clone(), value.clone());
                }
            }
        }
        let alone = for_all.is_empty() && !of_one.is_empty();
        let for_all = if alone { None } else { Some(LoginConfig::from_table(&for_all)?) };
        Ok(Self { for_all, of_one })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLAGELSE: TenantId = TenantId::new([1; 16]);
    const RINGSTED: TenantId = TenantId::new([2; 16]);

    fn read(text: &str) -> Result<Logins<LoginConfig>, LoginConfigError> {
        Logins::from_table(&text.parse().unwrap())
    }

    fn issuer(logins: &Logins<LoginConfig>, tenant: TenantId) -> Option<&str> {
        logins.of(tenant).map(|login| login.issuer.as_str())
    }

    #[test]
    fn a_municipality_logs_in_at_its_own_provider_else_at_the_one_of_all_else_nowhere() {
        let own = format!("[{RINGSTED}]\nissuer = \"https://ringsted.dk\"\nclient_id = \"f\"\n");
        let alone = read(&own).unwrap();
        assert_eq!((issuer(&alone, SLAGELSE), issuer(&alone, RINGSTED)), (None, Some("https://ringsted.dk")));
        let both = read(&format!("issuer = \"https://all.dk\"\nclient_id = \"f\"\n{own}")).unwrap();
        assert_eq!(
            (issuer(&both, SLAGELSE), issuer(&both, RINGSTED)),
            (Some("https://all.dk"), Some("https://ringsted.dk"))
        );
        assert_eq!((alone.all().count(), both.all().count()), (1, 2));
    }

    #[test]
    fn what_is_no_municipality_and_what_is_not_whole_is_refused_by_name() {
        for (text, name) in [
            ("[ringsted]\nissuer = \"https://x.dk\"\nclient_id = \"f\"".to_owned(), "[login.ringsted]"),
            (format!("[{RINGSTED}]\nissuer = \"https://x.dk\""), "`client_id`"),
            (format!("client_id = \"f\"\n[{RINGSTED}]\nissuer = \"https://x.dk\"\nclient_id = \"f\""), "`issuer`"),
            (String::new(), "`issuer`"),
        ] {
            let refused = read(&text).unwrap_err().to_string();
            assert!(refused.contains(name), "{text}: {refused}");
        }
    }
}
