//! Whether an ID token says that the right person logged in, just now, for this very device.

use data_encoding::BASE64URL_NOPAD;
use feltbog_protocol::LoginFault;
use serde::Deserialize;

use super::config::LoginConfig;
use super::keys::{Algorithm, Keys, Unverified};

/// Longer than any token.
const LONGEST: usize = 16 * 1024;
/// Longer than any account's name.
const LONGEST_SUBJECT: usize = 255;
/// How far the provider's clock may be off.
const SKEW_S: i64 = 60;
/// From the provider's answer to its being shown here: the code is changed at once, the rest is for a slow network.
const SHOWN_WITHIN_S: i64 = 10 * 60;

/// What a token that holds says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Login {
    /// The account's name at the provider.
    pub(super) subject: String,
    /// When the person logged in, milliseconds since 1970.
    pub(super) at_ms: i64,
}

/// Why a token was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// The keys at hand do not have the one it names.
    UnknownKey,
    /// It does not do. The word is for the server's own log, and names the rule.
    Fault(LoginFault, &'static str),
}

#[derive(Debug, Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    crit: Option<serde_json::Value>,
}

#[derive(Debug, Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: i64,
    iat: i64,
    nbf: Option<i64>,
    auth_time: Option<i64>,
    nonce: Option<String>,
    acr: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Audience {
    fn is_only(&self, client: &str) -> bool {
        match self {
            Audience::One(one) => one == client,
            Audience::Several(several) => several.len() == 1 && several.iter().all(|one| one == client),
        }
    }
}

/// Checks signature and claims. The signature comes first: before it nothing of the token is believed.
pub(super) fn verify(
    token: &str,
    keys: &Keys,
    config: &LoginConfig,
    nonce: &str,
    now_ms: i64,
) -> Result<Login, Refused> {
    let claims = signed_claims(token, keys)?;
    let not_valid = |rule| Refused::Fault(LoginFault::NotValid, rule);
    if claims.iss != config.issuer {
        return Err(not_valid("iss"));
    }
    // A token for several is not for us alone, and one of the others could show it.
    if !claims.aud.is_only(&config.client_id) {
        return Err(not_valid("aud"));
    }
    if claims.azp.as_ref().is_some_and(|party| *party != config.client_id) {
        return Err(not_valid("azp"));
    }
    if claims.nonce.as_deref() != Some(nonce) {
        return Err(not_valid("nonce"));
    }
    if claims.sub.is_empty() || claims.sub.len() > LONGEST_SUBJECT {
        return Err(not_valid("sub"));
    }
    let at_ms = check_times(&claims, config, now_ms.div_euclid(1000))?;
    let enough = config.acr_values.is_empty() || claims.acr.is_some_and(|acr| config.acr_values.contains(&acr));
    if !enough {
        return Err(Refused::Fault(LoginFault::TooWeak, "acr"));
    }
    Ok(Login { subject: claims.sub, at_ms })
}

/// Gives the moment of the login in milliseconds.
fn check_times(claims: &Claims, config: &LoginConfig, now_s: i64) -> Result<i64, Refused> {
    let not_valid = |rule| Refused::Fault(LoginFault::NotValid, rule);
    let too_old = |rule| Refused::Fault(LoginFault::TooOld, rule);
    if claims.exp <= now_s.saturating_sub(SKEW_S) {
        return Err(too_old("exp"));
    }
    if claims.iat > now_s.saturating_add(SKEW_S) || claims.nbf.is_some_and(|from| from > now_s.saturating_add(SKEW_S)) {
        return Err(not_valid("iat, nbf"));
    }
    if claims.iat < now_s.saturating_sub(SHOWN_WITHIN_S + SKEW_S) {
        return Err(too_old("iat"));
    }
    // The device asks with `max_age`, and a provider that is asked so has to say when.
    let at_s = claims.auth_time.ok_or(not_valid("auth_time"))?;
    if at_s > now_s.saturating_add(SKEW_S) {
        return Err(not_valid("auth_time"));
    }
    let oldest = claims.iat.saturating_sub(i64::from(config.max_age_seconds)).saturating_sub(SKEW_S);
    if at_s < oldest {
        return Err(too_old("auth_time"));
    }
    Ok(at_s.min(now_s).saturating_mul(1000))
}

fn signed_claims(token: &str, keys: &Keys) -> Result<Claims, Refused> {
    let not_valid = |rule| Refused::Fault(LoginFault::NotValid, rule);
    if token.len() > LONGEST {
        return Err(not_valid("length"));
    }
    let (signed, signature) = token.rsplit_once('.').ok_or(not_valid("parts"))?;
    let (header, claims) = signed.split_once('.').ok_or(not_valid("parts"))?;
    let header: Header = part(header).ok_or(not_valid("header"))?;
    let is_jwt = header.typ.as_deref().is_none_or(|typ| typ.eq_ignore_ascii_case("JWT"));
    if header.crit.is_some() || !is_jwt {
        return Err(not_valid("header"));
    }
    let algorithm = Algorithm::of(&header.alg).ok_or(not_valid("alg"))?;
    let signature = BASE64URL_NOPAD.decode(signature.as_bytes()).map_err(|_| not_valid("signature"))?;
    keys.verify(algorithm, header.kid.as_deref(), signed.as_bytes(), &signature).map_err(|why| match why {
        Unverified::UnknownKey => Refused::UnknownKey,
        Unverified::Wrong => not_valid("signature"),
    })?;
    part(claims).ok_or(not_valid("claims"))
}

/// A part that names something twice is no part.
fn part<T: for<'d> Deserialize<'d>>(text: &str) -> Option<T> {
    serde_json::from_slice(&BASE64URL_NOPAD.decode(text.as_bytes()).ok()?).ok()
}
