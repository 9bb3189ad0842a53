//! Encryption by the server itself, with a certificate that is taken up anew when its file changes.

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use tokio_rustls::TlsAcceptor;

use crate::settings::TlsConfig;

/// How soon a new certificate is noticed.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// Why there is no encryption. The texts hold nothing of the key.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file.
    #[error("{0} under [tls] cannot be read as PEM: {1}")]
    File(&'static str, rustls::pki_types::pem::Error),
    /// The two do not belong together, or are of a kind that is not spoken.
    #[error("certificate and key under [tls] do not go together: {0}")]
    Pair(#[from] rustls::Error),
}

/// The certificate as it is now.
pub(crate) struct Certificate {
    config: TlsConfig,
    provider: Arc<CryptoProvider>,
    now: RwLock<(Option<SystemTime>, Arc<CertifiedKey>)>,
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Certificate(..)")
    }
}

impl Certificate {
    /// Reads it; from here on it is only ever replaced by one that can be read.
    pub(crate) fn load(config: TlsConfig) -> Result<Arc<Self>, TlsError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let now = RwLock::new((changed(&config.certificate), Arc::new(read(&config, &provider)?)));
        Ok(Arc::new(Self { config, provider, now }))
    }

    /// TLS 1.2 and 1.3 with this certificate.
    pub(crate) fn acceptor(self: &Arc<Self>) -> Result<TlsAcceptor, TlsError> {
        let mut spoken = rustls::ServerConfig::builder_with_provider(Arc::clone(&self.provider))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(Arc::clone(self) as Arc<dyn ResolvesServerCert>);
        spoken.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(spoken)))
    }

    /// Takes a new one up when the file changes, for as long as it is not dropped.
    pub(crate) async fn follow(self: Arc<Self>) {
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            let looking = Arc::clone(&self);
            let looked = tokio::task::spawn_blocking(move || looking.look()).await;
            match looked {
                Ok(Ok(true)) => tracing::info!("a new certificate is in use"),
                Ok(Ok(false)) => {}
                Ok(Err(error)) => tracing::error!(%error, "the new certificate was not taken; the one before goes on"),
                Err(error) => tracing::error!(%error, "the certificate was not looked at"),
            }
        }
    }

    /// Whether there was a new one.
    pub(crate) fn look(&self) -> Result<bool, TlsError> {
        let file = changed(&self.config.certificate);
        if self.now.read().unwrap_or_else(PoisonError::into_inner).0 == file {
            return Ok(false);
        }
        let fresh = Arc::new(read(&self.config, &self.provider)?);
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = (file, fresh);
        Ok(true)
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner).1))
    }
}

fn changed(path: &PathBuf) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|file| file.modified()).ok()
}

fn read(config: &TlsConfig, provider: &CryptoProvider) -> Result<CertifiedKey, TlsError> {
    let not_read = |name| move |error| TlsError::File(name, error);
    let chain = CertificateDer::pem_file_iter(&config.certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(not_read("`certificate`"))?;
    let key = PrivateKeyDer::from_pem_file(&config.key).map_err(not_read("`key`"))?;
    Ok(CertifiedKey::from_der(chain, key, provider)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(config: &TlsConfig, at: u64) {
        let key = rcgen::KeyPair::generate().unwrap();
        let made = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap().self_signed(&key).unwrap();
        std::fs::write(&config.key, key.serialize_pem()).unwrap();
        std::fs::write(&config.certificate, made.pem()).unwrap();
        let file = std::fs::File::open(&config.certificate).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(at)).unwrap();
    }

    #[test]
    fn a_new_certificate_is_taken_up_and_one_that_cannot_be_read_is_not() {
        let home = tempfile::tempdir().unwrap();
        let config = TlsConfig { certificate: home.path().join("c.pem"), key: home.path().join("k.pem") };
        assert!(matches!(Certificate::load(config.clone()), Err(TlsError::File(..))));
        write(&config, 1);
        let certificate = Certificate::load(config.clone()).unwrap();
        let in_use = || certificate.now.read().unwrap().1.cert.clone();
        let first = in_use();
        assert!(!certificate.look().unwrap());
        write(&config, 2);
        assert!(certificate.look().unwrap());
        let second = in_use();
        assert_ne!(first, second);
        std::fs::write(&config.certificate, "half a certi").unwrap();
        assert!(certificate.look().is_err());
        assert_eq!(in_use(), second);
    }
}
