//! Until when a certificate is good.

use std::path::Path;

use x509_parser::pem::Pem;

use super::finding::Finding;

const DAY_S: i64 = 24 * 60 * 60;
/// One that renews itself does so a month before, so by now nobody renews it.
const NOTE_DAYS: i64 = 21;

/// Nothing where it is good for long.
pub(super) fn look(path: &Path, now_ms: i64) -> Option<Finding> {
    let Some(until_s) = std::fs::read(path).ok().and_then(|bytes| until(&bytes)) else {
        return Some(Finding::CertificateUnread);
    };
    let days = until_s.saturating_sub(now_ms / 1000).div_euclid(DAY_S);
    (days <= NOTE_DAYS).then_some(Finding::Certificate { days })
}

/// Seconds since 1970 of the first certificate in the file: the server's own, those after it are its issuers'.
fn until(bytes: &[u8]) -> Option<i64> {
    let pem = Pem::iter_from_buffer(bytes).next()?.ok()?;
    Some(pem.parse_x509().ok()?.validity().not_after.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look_at(year: i32) -> Option<Finding> {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("certificate.pem");
        let mut asked = rcgen::CertificateParams::new(vec!["feltbog.example".to_owned()]).unwrap();
        asked.not_after = rcgen::date_time_ymd(year, 6, 1);
        let made = asked.self_signed(&rcgen::KeyPair::generate().unwrap()).unwrap();
        std::fs::write(&path, made.pem()).unwrap();
        // The first of May 2030.
        look(&path, 1_903_824_000_000)
    }

    #[test]
    fn a_certificate_is_told_of_three_weeks_before_it_ends() {
        assert_eq!(look_at(2030), None, "a month is left");
        assert_eq!(look_at(2029), Some(Finding::Certificate { days: -334 }));
        assert_eq!(look(Path::new("nowhere"), 0), Some(Finding::CertificateUnread));
    }
}
