//! Encryption by the server itself, as its settings say.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned, SupportedProtocolVersion, version};

use crate::support::{Serving, run, try_run};

/// A store whose settings name a certificate for `localhost`; the certificate.
fn store(data: &Path) -> CertificateDer<'static> {
    run(data, &["init", "--tenant", "Halsbæk"]);
    let key = rcgen::KeyPair::generate().unwrap();
    let made = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap().self_signed(&key).unwrap();
    let (certificate_file, key_file) = (data.join("certificate.pem"), data.join("key.pem"));
    fs::write(&certificate_file, made.pem()).unwrap();
    fs::write(&key_file, key.serialize_pem()).unwrap();
    let settings = format!(
        "[server]\ndata = {data:?}\nlisten = \"127.0.0.1:0\"\n[tls]\ncertificate = {certificate_file:?}\nkey = {key_file:?}\n"
    );
    fs::write(data.join("server.toml"), settings).unwrap();
    made.der().clone()
}

/// How a client that trusts this certificate speaks.
fn client(trusted: &CertificateDer<'static>, spoken: &'static SupportedProtocolVersion) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_protocol_versions(&[spoken])
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth()
}

fn live(serving: &Serving, trusted: &CertificateDer<'static>, spoken: &'static SupportedProtocolVersion) -> String {
    let name = ServerName::try_from("localhost").unwrap();
    let connection = ClientConnection::new(Arc::new(client(trusted, spoken)), name).unwrap();
    let mut stream = StreamOwned::new(connection, TcpStream::connect(serving.address).unwrap());
    stream.write_all(b"GET /health/live HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn with_a_certificate_in_its_settings_the_server_speaks_tls_and_nothing_else() {
    let home = tempfile::tempdir().unwrap();
    let trusted = store(home.path());
    let serving = Serving::by(&home.path().join("server.toml"));
    for spoken in [&version::TLS12, &version::TLS13] {
        assert!(live(&serving, &trusted, spoken).ends_with("live\n"));
    }
    let mut plain = TcpStream::connect(serving.address).unwrap();
    plain.write_all(b"GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP"), "no word without encryption");
}

#[test]
fn a_client_that_speaks_http_2_alone_is_refused_while_the_encryption_is_agreed_on() {
    let home = tempfile::tempdir().unwrap();
    let trusted = store(home.path());
    let serving = Serving::by(&home.path().join("server.toml"));
    let agreed = |spoken: &[&[u8]]| {
        let mut config = client(&trusted, &version::TLS13);
        config.alpn_protocols = spoken.iter().map(|name| name.to_vec()).collect();
        let name = ServerName::try_from("localhost").unwrap();
        let mut connection = ClientConnection::new(Arc::new(config), name).unwrap();
        let done = connection.complete_io(&mut TcpStream::connect(serving.address).unwrap());
        done.is_ok().then(|| connection.alpn_protocol().map(<[u8]>::to_vec))
    };
    assert_eq!(agreed(&[b"h2"]), None);
    assert_eq!(agreed(&[b"h2", b"http/1.1"]), Some(Some(b"http/1.1".to_vec())));
}

#[test]
fn a_key_that_does_not_fit_its_certificate_is_refused_at_the_start() {
    let home = tempfile::tempdir().unwrap();
    store(home.path());
    fs::write(home.path().join("key.pem"), rcgen::KeyPair::generate().unwrap().serialize_pem()).unwrap();
    let refused = try_run(&["serve", "--config", home.path().join("server.toml").to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("certificate and key under [tls] do not go together"), "{said}");
}
