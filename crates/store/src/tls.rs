//! The address of a PostgreSQL database with what it says about encryption, as libpq understands
//! it: `sslmode` (`disable`, `prefer`, `require`, `verify-full`) and `sslrootcert`. The usual one
//! is `prefer`. Connecting is not done here.

use crate::Fault;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use std::fmt::Display;
use std::sync::Arc;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

/// How to connect to a database.
#[derive(Clone)]
pub(crate) struct Address {
    pub config: Config,
    pub tls: MakeRustlsConnect,
    /// Which it is, without the password.
    pub name: String,
}

/// What is checked of the server's certificate.
enum Checked {
    /// Nothing: nobody listens in, but the server may be anyone.
    Nothing,
    /// That it is the host's, by these authorities.
    Host(RootCertStore),
}

impl Address {
    /// Reads an address.
    pub fn of(url: &str) -> Result<Self, Fault> {
        const NEXT: &str = "--database is like postgres://user:password@host:5432/name?sslmode=verify-full";
        let unreadable = |why: String| Fault::Unusable {
            what: "the database".to_owned(),
            source: Box::new(Fault::Pool(why)),
            next: NEXT,
        };
        let (url, mode) = take(url, "sslmode");
        let (url, root) = take(&url, "sslrootcert");
        let mut config: Config = url.parse().map_err(|error| unreadable(crate::told(&error)))?;
        let mode = mode.as_deref().unwrap_or("prefer");
        config.ssl_mode(match mode {
            "disable" => SslMode::Disable,
            "prefer" => SslMode::Prefer,
            "require" | "verify-full" => SslMode::Require,
            other => {
                let known = "disable, prefer, require and verify-full are known";
                return Err(unreadable(format!("sslmode is {other}; {known}")));
            }
        });
        let checked = match mode {
            "verify-full" => Checked::Host(roots(root.as_deref()).map_err(unreadable)?),
            _ => Checked::Nothing,
        };
        let tls = MakeRustlsConnect::new(client(checked).map_err(|error| unreadable(error.to_string()))?);
        let name = name(&config);
        Ok(Self { config, tls, name })
    }
}

/// Database, host and user, without the password.
fn name(config: &Config) -> String {
    let host = |(n, host): (usize, &Host)| {
        let port = config.get_ports().get(n).or(config.get_ports().first()).copied().unwrap_or(5432);
        match host {
            Host::Tcp(host) => format!("{host}:{port}"),
            Host::Unix(folder) => format!("{}:{port}", folder.display()),
        }
    };
    let hosts: Vec<String> = config.get_hosts().iter().enumerate().map(host).collect();
    let user = config.get_user().unwrap_or_default();
    format!(
        "the PostgreSQL database {} at {} (user {user})",
        config.get_dbname().unwrap_or(user),
        hosts.join(", ")
    )
}

/// Takes a setting out of an address: what the library that connects does not know.
fn take(url: &str, name: &str) -> (String, Option<String>) {
    let (front, settings, between) = match url.split_once('?') {
        Some((front, settings)) => (Some(front), settings, '&'),
        None if url.contains("://") => return (url.to_owned(), None),
        None => (None, url, ' '),
    };
    let is = |setting: &&str| setting.split_once('=').is_some_and(|(key, _)| key == name);
    let found = settings.split(between).find(is).and_then(|setting| setting.split_once('='));
    let rest: Vec<&str> = settings.split(between).filter(|setting| !is(setting)).collect();
    let rest = rest.join(&between.to_string());
    let url = match front {
        Some(front) if rest.is_empty() => front.to_owned(),
        Some(front) => format!("{front}?{rest}"),
        None => rest,
    };
    (url, found.map(|(_, value)| value.replace("%2F", "/")))
}

/// The authorities whose word is taken: those of a file, else the system's.
fn roots(file: Option<&str>) -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    let Some(file) = file.filter(|file| *file != "system") else {
        let found = rustls_native_certs::load_native_certs();
        roots.add_parsable_certificates(found.certs);
        if roots.is_empty() {
            return Err(
                "this system has no certificates of authorities; name a file by sslrootcert".to_owned()
            );
        }
        return Ok(roots);
    };
    let unreadable = |error: &dyn Display| format!("sslrootcert {file} does not read: {error}");
    for certificate in CertificateDer::pem_file_iter(file).map_err(|error| unreadable(&error))? {
        let certificate = certificate.map_err(|error| unreadable(&error))?;
        roots.add(certificate).map_err(|error| unreadable(&error))?;
    }
    if roots.is_empty() { Err(unreadable(&"it holds no certificate")) } else { Ok(roots) }
}

fn client(checked: Checked) -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(ring::default_provider());
    let versions =
        ClientConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions()?;
    Ok(match checked {
        Checked::Host(roots) => versions.with_root_certificates(roots).with_no_client_auth(),
        Checked::Nothing => versions
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Anyone(provider)))
            .with_no_client_auth(),
    })
}

/// Takes any certificate, as `require` and `prefer` do.
#[derive(Debug)]
struct Anyone(Arc<CryptoProvider>);

impl ServerCertVerifier for Anyone {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_the_address_says_of_encryption_is_understood() {
        for (settings, wanted) in [
            ("", SslMode::Prefer),
            ("?sslmode=prefer", SslMode::Prefer),
            ("?sslmode=disable&connect_timeout=3", SslMode::Disable),
            ("?connect_timeout=3&sslmode=require", SslMode::Require),
            ("?sslmode=verify-full&sslrootcert=system", SslMode::Require),
        ] {
            let address =
                Address::of(&format!("postgres://lin:secret@db.example:5433/yishi{settings}")).unwrap();
            assert_eq!(address.config.get_ssl_mode(), wanted, "{settings}");
            assert_eq!(address.name, "the PostgreSQL database yishi at db.example:5433 (user lin)");
        }
        let address = Address::of("host=/run/postgresql user=lin sslmode=require").unwrap();
        assert_eq!(address.config.get_ssl_mode(), SslMode::Require);
        assert_eq!(address.name, "the PostgreSQL database lin at /run/postgresql:5432 (user lin)");
    }

    #[test]
    fn an_address_that_does_not_read_says_how_one_looks() {
        for (url, why) in [
            ("postgres://db/yishi?sslmode=verify-ca", "sslmode is verify-ca"),
            (
                "postgres://db/yishi?sslmode=verify-full&sslrootcert=/nowhere.pem",
                "/nowhere.pem does not read",
            ),
            ("postgres://db:port/yishi", "invalid"),
            ("yishi", "invalid"),
        ] {
            let Err(fault) = Address::of(url) else { panic!("{url}") };
            let told = fault.to_string();
            assert!(told.contains(why) && told.contains("postgres://user:password@host:5432/name"), "{told}");
        }
    }
}
