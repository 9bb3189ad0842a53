//! A request as it travels: what is asked, and of which municipality.

use serde::{Deserialize, Serialize};

use crate::reply::Refused;
use crate::request::{LARGEST_REQUEST, Request};

/// A request and its address. Every request names its municipality, so that nothing lands in another one because somebody
/// looked at that in another window meanwhile.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Asked {
    /// The municipality's place on this device; the first one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<u32>,
    /// What is asked.
    #[serde(flatten)]
    pub request: Request,
}

impl Asked {
    /// Reads one from JSON.
    ///
    /// # Errors
    /// [`Refused`] with the code `too_large` or `unreadable`.
    pub fn read(json: &[u8]) -> Result<Self, Refused> {
        if json.len() > LARGEST_REQUEST {
            return Err(Refused::too_large());
        }
        serde_json::from_slice(json).map_err(|_| Refused::unreadable())
    }
}

impl From<Request> for Asked {
    fn from(request: Request) -> Self {
        Self { municipality: None, request }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_stands_beside_what_is_asked_and_may_be_left_out() {
        let plain = Asked::read(br#"{"type":"show_case","case":"SYD-1"}"#).unwrap();
        assert!(plain.municipality.is_none() && matches!(plain.request, Request::ShowCase { case } if case == "SYD-1"));
        let json = serde_json::to_string(&Asked { municipality: Some(2), request: Request::Status }).unwrap();
        let back = Asked::read(json.as_bytes()).unwrap();
        assert!(back.municipality == Some(2) && matches!(back.request, Request::Status), "{json}");
        let login = Asked::read(br#"{"type":"begin_login","port":65535,"municipality":3}"#).unwrap();
        assert!(matches!(login.request, Request::BeginLogin { port: 65535 }));
    }

    #[test]
    fn an_address_that_is_none_is_refused() {
        for json in [r#"{"type":"status","municipality":"2"}"#, r#"{"type":"status","municipality":-1}"#, "{}", ""] {
            assert_eq!(Asked::read(json.as_bytes()).unwrap_err().code, "unreadable", "{json}");
        }
    }
}
