//! Which addresses are used at all.

use reqwest::Url;

/// Encrypted, or on this computer.
pub(super) fn is_safe(address: &str) -> bool {
    let Ok(url) = address.parse::<Url>() else { return false };
    match url.scheme() {
        "https" => url.host_str().is_some_and(|host| !host.is_empty()),
        "http" => is_loopback(&url),
        _ => false,
    }
}

/// A plain address of the reader's own computer.
pub(super) fn is_own_computer(address: &str) -> bool {
    address.parse::<Url>().is_ok_and(|url| {
        // Devices listen on 127.0.0.1.
        let listens = matches!(url.host_str(), Some("127.0.0.1" | "localhost"));
        url.scheme() == "http" && listens && is_loopback(&url) && url.query().is_none() && url.fragment().is_none()
    })
}

/// Whether a request to it stays on this computer.
pub(super) fn is_loopback(url: &Url) -> bool {
    let nobody = url.username().is_empty() && url.password().is_none();
    nobody && matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_computer_is_reached_without_encryption() {
        for good in ["https://login.kommune.dk", "http://127.0.0.1:80/x", "http://localhost", "http://[::1]:7"] {
            assert!(is_safe(good), "{good}");
        }
        for bad in ["http://login.kommune.dk", "file:///etc", "login.kommune.dk", "", "http://127.0.0.1@evil.dk/"] {
            assert!(!is_safe(bad), "{bad}");
        }
    }

    #[test]
    fn people_are_sent_back_to_their_own_computer_only() {
        assert!(is_own_computer("http://127.0.0.1/callback") && is_own_computer("http://localhost:9911/"));
        for bad in [
            "https://127.0.0.1/",
            "http://[::1]/callback",
            "http://127.0.0.1/?a=b",
            "http://127.0.0.1/#a",
            "http://127.0.0.2/",
            "myapp:/x",
        ] {
            assert!(!is_own_computer(bad), "{bad}");
        }
    }
}
