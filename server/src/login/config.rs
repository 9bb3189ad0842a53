//! A table `[login]`: which identity provider staff log in at, and what their login has to be.

use feltbog_protocol::LoginTerms;

use super::address::{is_own_computer, is_safe};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// Nothing in the table is longer.
const LONGEST: usize = 1_000;
/// Levels of assurance that may be named.
const MOST_LEVELS: usize = 16;
/// Days in which a device that was there before the login was asked for may go on without one.
const GRACE_DAYS: i64 = 7;
/// Days before a login is due from which on a device is told.
const WARN_DAYS: i64 = 7;

/// What the municipality asks of its staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginConfig {
    /// The identity provider, exactly as its tokens name it.
    pub issuer: String,
    /// What Feltbog is registered as there: a public client with the code flow and PKCE.
    pub client_id: String,
    /// What is asked for.
    pub scope: String,
    /// Levels of assurance of which a login must bear one; any will do while this is empty.
    pub acr_values: Vec<String>,
    /// How many seconds ago somebody may have logged in at the provider.
    pub max_age_seconds: u32,
    /// Days after which a login is asked for again.
    pub renew_days: u32,
    /// Where the provider sends people back to, on their own computer. Without a port, any port will do.
    pub redirect_uri: String,
}

/// Why the table was not taken.
#[derive(Debug, thiserror::Error)]
pub enum LoginConfigError {
    /// A key that nothing reads.
    #[error(
        "[login] has `{0}`, which means nothing: its keys are issuer, client_id, scope, acr_values, max_age_seconds, renew_days, redirect_uri"
    )]
    Unknown(String),
    /// A table within it that names no municipality.
    #[error(
        "[login.{0}] names no municipality: write its id, the 32 letters and figures after `tenant` that `init` said"
    )]
    Municipality(String),
    /// A key without which there is no login.
    #[error("[login] needs `{0}`")]
    Missing(&'static str),
    /// A value that cannot be.
    #[error("`{key}` under [login] must be {must}")]
    Value {
        /// The key.
        key: &'static str,
        /// What it must be.
        must: &'static str,
    },
}

impl LoginConfig {
    /// Reads the table.
    pub(crate) fn from_table(table: &toml::Table) -> Result<Self, LoginConfigError> {
        let mut read = Self {
            issuer: String::new(),
            client_id: String::new(),
            scope: "openid".to_owned(),
            acr_values: Vec::new(),
            max_age_seconds: 600,
            renew_days: 35,
            redirect_uri: "http://127.0.0.1/callback".to_owned(),
        };
        table.iter().try_for_each(|(key, value)| read.set(key, value))?;
        for (key, value) in [("issuer", &read.issuer), ("client_id", &read.client_id)] {
            if value.is_empty() {
                return Err(LoginConfigError::Missing(key));
            }
        }
        Ok(read)
    }

    fn set(&mut self, key: &str, value: &toml::Value) -> Result<(), LoginConfigError> {
        match key {
            "issuer" => {
                let issuer = text("issuer", value)?;
                let bare = is_safe(&issuer) && !issuer.contains(['?', '#']);
                self.issuer = must(bare.then_some(issuer), "issuer", "an address that begins with https://")?;
            }
            "client_id" => self.client_id = text("client_id", value)?,
            "scope" => {
                let scope = text("scope", value)?;
                let opens = scope.split(' ').any(|word| word == "openid");
                self.scope =
                    must(opens.then_some(scope), "scope", "words with a space between them, openid among them")?;
            }
            "acr_values" => self.acr_values = levels(value)?,
            "max_age_seconds" => {
                let seconds = number(value, 0, 7 * 24 * 60 * 60);
                self.max_age_seconds = must(seconds, "max_age_seconds", "a whole number from 0 to 604800")?;
            }
            "renew_days" => {
                self.renew_days = must(number(value, 1, 366), "renew_days", "a whole number from 1 to 366")?;
            }
            "redirect_uri" => {
                let uri = text("redirect_uri", value)?;
                let own = is_own_computer(&uri).then_some(uri);
                self.redirect_uri =
                    must(own, "redirect_uri", "an address like http://127.0.0.1/callback or http://localhost")?;
            }
            other => return Err(LoginConfigError::Unknown(other.to_owned())),
        }
        Ok(())
    }

    /// What a device is told; the endpoints are the provider's own word.
    pub(crate) fn terms(
        &self,
        authorization_endpoint: String,
        token_endpoint: String,
        names_issuer: bool,
    ) -> LoginTerms {
        LoginTerms {
            issuer: self.issuer.clone(),
            client_id: self.client_id.clone(),
            scope: self.scope.clone(),
            acr_values: self.acr_values.clone(),
            authorization_endpoint,
            token_endpoint,
            max_age_s: self.max_age_seconds,
            redirect_uri: self.redirect_uri.clone(),
            names_issuer,
        }
    }

    /// How long a login is good for.
    pub(crate) fn renew_ms(&self) -> i64 {
        i64::from(self.renew_days).saturating_mul(DAY_MS)
    }

    /// How long a device may go on that was never asked before.
    pub(crate) const fn grace_ms() -> i64 {
        GRACE_DAYS * DAY_MS
    }

    /// From how long before on a device is told; never from the beginning, however short a login is good for.
    pub(crate) fn warn_ms(&self) -> i64 {
        (WARN_DAYS * DAY_MS).min(self.renew_ms() / 5)
    }
}

fn must<T>(value: Option<T>, key: &'static str, must: &'static str) -> Result<T, LoginConfigError> {
    value.ok_or(LoginConfigError::Value { key, must })
}

fn number(value: &toml::Value, least: u32, most: u32) -> Option<u32> {
    let number = value.as_integer().and_then(|number| u32::try_from(number).ok());
    number.filter(|number| (least..=most).contains(number))
}

fn text(key: &'static str, value: &toml::Value) -> Result<String, LoginConfigError> {
    must(plain(value), key, "a short text")
}

fn plain(value: &toml::Value) -> Option<String> {
    let text = value.as_str()?.trim();
    let is_plain = !text.is_empty() && text.len() <= LONGEST && !text.chars().any(char::is_control);
    is_plain.then(|| text.to_owned())
}

fn levels(value: &toml::Value) -> Result<Vec<String>, LoginConfigError> {
    let words = |value: &toml::Value| plain(value).filter(|level| !level.contains(' '));
    let levels = value
        .as_array()
        .filter(|levels| levels.len() <= MOST_LEVELS)
        .and_then(|levels| levels.iter().map(words).collect::<Option<Vec<_>>>());
    must(
        levels,
        "acr_values",
        "a list of texts without spaces, such as [\"https://data.gov.dk/concept/core/nsis/loa/Substantial\"]",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<LoginConfig, LoginConfigError> {
        LoginConfig::from_table(&text.parse().unwrap())
    }

    const LEAST: &str = "issuer = \"https://login.kommune.dk/\"\nclient_id = \"feltbog\"\n";

    #[test]
    fn two_keys_make_a_login_and_the_rest_is_as_by_default() {
        let login = read(LEAST).unwrap();
        assert_eq!((login.issuer.as_str(), login.client_id.as_str()), ("https://login.kommune.dk/", "feltbog"));
        assert_eq!((login.scope.as_str(), login.max_age_seconds, login.renew_days), ("openid", 600, 35));
        assert!(login.acr_values.is_empty());
        assert_eq!(login.redirect_uri, "http://127.0.0.1/callback");
    }

    #[test]
    fn every_key_sets_its_own_field() {
        let all = "issuer = \"http://127.0.0.1:9/op\"\nclient_id = \"f\"\nscope = \"openid profile\"\nacr_values = [\"a\", \"b\"]\n\
                   max_age_seconds = 0\nrenew_days = 7\nredirect_uri = \"http://localhost:9911\"";
        let expected = LoginConfig {
            issuer: "http://127.0.0.1:9/op".into(),
            client_id: "f".into(),
            scope: "openid profile".into(),
            acr_values: vec!["a".into(), "b".into()],
            max_age_seconds: 0,
            renew_days: 7,
            redirect_uri: "http://localhost:9911".into(),
        };
        assert_eq!(read(all).unwrap(), expected);
    }

    #[test]
    fn what_cannot_be_is_refused_by_key() {
        for (line, key) in [
            ("issuer = \"http://login.kommune.dk\"", "issuer"),
            ("issuer = \"https://login.kommune.dk/?x=1\"", "issuer"),
            ("client_id = 7", "client_id"),
            ("scope = \"profile\"", "scope"),
            ("acr_values = \"high\"", "acr_values"),
            ("acr_values = [\"a b\"]", "acr_values"),
            ("max_age_seconds = -1", "max_age_seconds"),
            ("renew_days = 0", "renew_days"),
            ("redirect_uri = \"https://feltbog.kommune.dk/callback\"", "redirect_uri"),
            ("redirect_uri = \"http://127.0.0.1.evil.dk/\"", "redirect_uri"),
            ("leese = 1", "leese"),
        ] {
            let kept: String =
                LEAST.lines().filter(|kept| !line.starts_with(&kept[..6])).map(|kept| format!("{kept}\n")).collect();
            let refused = read(&format!("{kept}{line}")).unwrap_err().to_string();
            assert!(refused.contains(&format!("`{key}`")), "{line}: {refused}");
        }
        assert!(read("client_id = \"f\"").unwrap_err().to_string().contains("needs `issuer`"));
        assert!(read("issuer = \"https://x.dk\"").unwrap_err().to_string().contains("needs `client_id`"));
    }
}
