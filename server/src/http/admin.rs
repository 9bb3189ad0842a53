//! The administration page as HTTP: three requests, all of them answered with pages for people.

use std::io;
use std::sync::{Arc, LazyLock};

use axum::extract::{Extension, State};
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, LOCATION,
    REFERRER_POLICY, RETRY_AFTER, SET_COOKIE, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64;
use feltbog_protocol::ErrorCode;
use sha2::{Digest, Sha256};

use super::endpoint::Endpoint;
use super::form::{Form, Source};
use super::origin::Peer;
use super::problem::ProblemReply;
use super::routes::nothing_here;
use super::served::Served;
use crate::admin::{Admin, Entry, STYLE, Told, View, WHOLE_MS, login_page, overview_page};
use crate::doctor::Language;

const SESSION: &str = "feltbog_admin";

/// No script, no picture, no other page around it, forms to this server alone; the one style by its hash.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let style = BASE64.encode(&Sha256::digest(STYLE));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
});

/// `GET /admin`.
pub(super) async fn page(State(served): State<Served>, uri: Uri, headers: HeaderMap) -> Result<Response, ProblemReply> {
    let language = language(asked_for(uri.query()), &headers);
    let shown = session(&headers).map(str::to_owned);
    match at_a_desk(&served, move |admin| admin.view(shown.as_deref())).await? {
        View::Off => Err(nothing_here().await),
        View::LoggedOut => Ok(html(StatusCode::OK, language, login_page(language, None))),
        View::Open(overview) => Ok(html(StatusCode::OK, language, overview_page(language, &overview))),
    }
}

/// `POST /admin/login`.
pub(super) async fn log_in(
    State(served): State<Served>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, ProblemReply> {
    let language = language(form.field("lang").as_deref().map(String::as_str), &headers);
    let source = Source::of(&headers);
    let from = served.bounds.client(peer.address, &headers);
    let typed = form.field("password").unwrap_or_default();
    let entry = match source {
        Source::Here | Source::ThisComputer => at_a_desk(&served, move |admin| admin.enter(&typed, from)).await?,
        // The password is not looked at: whether it was right is nobody's to learn this way.
        Source::InClear => return refused(&served, language, Told::InClear).await,
        Source::Elsewhere => return refused(&served, language, Told::Elsewhere).await,
    };
    match entry {
        Entry::Off => Err(nothing_here().await),
        Entry::Entered(token) => {
            tracing::info!("somebody logged in to the administration page");
            Ok(to_the_page(language, &set_cookie(&token, WHOLE_MS / 1000, source)))
        }
        Entry::Wrong => {
            tracing::warn!("a wrong password for the administration page");
            Ok(html(StatusCode::FORBIDDEN, language, login_page(language, Some(Told::Wrong))))
        }
        Entry::TooOften { after_s } => {
            let page = login_page(language, Some(Told::TooOften { after_s }));
            let mut response = html(StatusCode::TOO_MANY_REQUESTS, language, page);
            response.headers_mut().insert(RETRY_AFTER, after_s.into());
            Ok(response)
        }
    }
}

/// `POST /admin/logout`.
pub(super) async fn log_out(
    State(served): State<Served>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, ProblemReply> {
    let language = language(form.field("lang").as_deref().map(String::as_str), &headers);
    let source = Source::of(&headers);
    if source == Source::Elsewhere {
        return refused(&served, language, Told::Elsewhere).await;
    }
    let shown = session(&headers).map(str::to_owned);
    if !at_a_desk(&served, move |admin| admin.leave(shown.as_deref())).await? {
        return Err(nothing_here().await);
    }
    let mut response = html(StatusCode::OK, language, login_page(language, Some(Told::Left)));
    if let Ok(gone) = HeaderValue::from_str(&set_cookie("", 0, source)) {
        response.headers_mut().insert(SET_COOKIE, gone);
    }
    Ok(response)
}

/// Says why nothing was done; where there is no page, nothing is said of one.
async fn refused(served: &Served, language: Language, told: Told) -> Result<Response, ProblemReply> {
    match at_a_desk(served, |admin| admin.view(None)).await? {
        View::Off => Err(nothing_here().await),
        _ => Ok(html(StatusCode::FORBIDDEN, language, login_page(language, Some(told)))),
    }
}

/// Reads files and computes where no device waits for it, and not much of it at a time.
async fn at_a_desk<T: Send + 'static>(
    served: &Served,
    work: impl FnOnce(&Admin) -> io::Result<T> + Send + 'static,
) -> Result<T, ProblemReply> {
    let desk = Arc::clone(&served.desks).acquire_owned().await.map_err(|_| ErrorCode::Busy)?;
    let admin = Arc::clone(&served.admin);
    let done = tokio::task::spawn_blocking(move || {
        // Kept until the work is done, also where nobody waits for it any more.
        let _desk = desk;
        work(&admin)
    });
    match done.await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => {
            tracing::error!(%error, "the administration page failed");
            Err(ErrorCode::Internal.into())
        }
        Err(_) => Err(ErrorCode::Internal.into()),
    }
}

fn html(status: StatusCode, language: Language, page: String) -> Response {
    let mut response = (status, page).into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_LANGUAGE, code(language)),
        (CONTENT_SECURITY_POLICY, POLICY.as_str()),
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        // Not `no-referrer`: with that browsers say `null` for where a form comes from.
        (REFERRER_POLICY, "same-origin"),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    response
}

/// Back to the page with what the browser keeps, in the language of the form.
fn to_the_page(language: Language, cookie: &str) -> Response {
    let mut response = html(StatusCode::SEE_OTHER, language, String::new());
    let page = format!("{}?lang={}", Endpoint::AdminPage.path(), code(language));
    for (name, value) in [(SET_COOKIE, cookie), (LOCATION, page.as_str())] {
        if let Ok(mut value) = HeaderValue::from_str(value) {
            value.set_sensitive(name == SET_COOKIE);
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// Only a browser on the same computer may show it without encryption.
fn set_cookie(token: &str, seconds: i64, source: Source) -> zeroize::Zeroizing<String> {
    let secure = if source == Source::ThisComputer { "" } else { "; Secure" };
    let path = Endpoint::AdminPage.path();
    format!("{SESSION}={token}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}").into()
}

/// What the browser shows.
fn session(headers: &HeaderMap) -> Option<&str> {
    let lines = headers.get_all(COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == SESSION).map(|(_, value)| value)
}

fn asked_for(query: Option<&str>) -> Option<&str> {
    query.into_iter().flat_map(|query| query.split('&')).find_map(|pair| pair.strip_prefix("lang="))
}

/// The one asked for, else the one the browser prefers of the two; Danish where it says neither.
fn language(asked: Option<&str>, headers: &HeaderMap) -> Language {
    let of = |tag: &str| match tag.split('-').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "da" => Some(Language::Da),
        "en" => Some(Language::En),
        _ => None,
    };
    let preferred = || {
        let ranges = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?.split(',');
        let weighed = ranges.filter_map(|range| {
            let (tag, weight) = range.split_once(";q=").unwrap_or((range, "1"));
            Some((of(tag)?, weight.trim().parse::<f32>().ok()?))
        });
        // Of two alike the first counts.
        weighed.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(language, _)| language)
    };
    asked.and_then(of).or_else(preferred).unwrap_or(Language::Da)
}

const fn code(language: Language) -> &'static str {
    match language {
        Language::Da => "da",
        Language::En => "en",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_speaks_the_language_asked_for_or_the_one_the_browser_prefers() {
        let says = |asked, accept: &'static str| {
            language(asked, &HeaderMap::from_iter([(ACCEPT_LANGUAGE, HeaderValue::from_static(accept))]))
        };
        assert_eq!(says(Some("en"), "da"), Language::En);
        assert_eq!(says(Some("de"), "en-GB,en;q=0.9,da;q=0.8"), Language::En);
        assert_eq!(says(None, "sv,en;q=0.5,da;q=0.8"), Language::Da);
        assert_eq!(says(None, "de"), Language::Da);
        assert_eq!(language(None, &HeaderMap::new()), Language::Da);
    }

    #[test]
    fn a_session_is_found_among_other_cookies() {
        let shown = HeaderMap::from_iter([(COOKIE, HeaderValue::from_static("a=b; feltbog_admin=token; c=d"))]);
        assert_eq!(session(&shown), Some("token"));
        assert_eq!(session(&HeaderMap::new()), None);
    }

    #[test]
    fn the_cookie_is_for_this_page_alone_and_for_encrypted_connections_but_on_the_same_computer() {
        let alone = "feltbog_admin=t; Path=/admin; Max-Age=28800; HttpOnly; SameSite=Strict";
        assert_eq!(*set_cookie("t", 28_800, Source::ThisComputer), alone);
        assert_eq!(*set_cookie("t", 28_800, Source::Here), format!("{alone}; Secure"));
    }
}
