//! Short messages: as files in a folder, for an office whose own telephone sends them, or handed to
//! an address that takes them. What such an address answers beyond yes and no is not read.

use crate::{Guard, Message, Trouble};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{AUTHORIZATION, CONNECTION, CONTENT_TYPE, HOST, USER_AGENT};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use rustls::crypto::ring;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use serde_json::json;
use std::fmt;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;
use url::Url;
use yishi_kernel::phone::Mobile;

/// Most of an answer that is held, in bytes: its head and what came along with it.
const ANSWER: usize = 16 * 1024;

/// How short messages go.
#[derive(Debug)]
pub(crate) enum Sms {
    /// Each as a file.
    Folder(PathBuf),
    /// Handed to an address.
    Gateway(Gateway),
}

/// An address that takes short messages.
pub(crate) struct Gateway {
    url: Url,
    host: String,
    token: Option<String>,
    guard: Guard,
}

impl fmt::Debug for Gateway {
    /// Without what proves who we are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Gateway").field(&self.told()).finish()
    }
}

impl Sms {
    pub(crate) fn told(&self) -> String {
        match self {
            Sms::Folder(folder) => folder.display().to_string(),
            Sms::Gateway(gateway) => gateway.told(),
        }
    }

    pub(crate) async fn send(&self, message: &Message, to: &Mobile) -> Result<(), Trouble> {
        match self {
            Sms::Folder(folder) => {
                let (folder, name, text) = (folder.clone(), message.id.to_string(), file(message, to));
                let written = tokio::task::spawn_blocking(move || write(&folder, &name, &text));
                written.await.ok().and_then(Result::ok).ok_or(Trouble::Unwritten)
            }
            Sms::Gateway(gateway) => gateway.send(message, to).await,
        }
    }
}

/// A message as the file that SMS Server Tools and programs like it read: lines of a head, an empty
/// one, the text.
fn file(message: &Message, to: &Mobile) -> String {
    format!("To: 86{}\nAlphabet: UTF-8\n\n{}\n", to.as_str(), message.body.trim_end())
}

/// Writes a file beside and moves it in its place: whoever looks into the folder finds it whole. The
/// same message is the same file.
fn write(folder: &Path, name: &str, text: &str) -> std::io::Result<()> {
    let beside = folder.join(format!(".{name}.part"));
    let mut file = std::fs::OpenOptions::new();
    let mut file = file.write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(beside, folder.join(name))
}

impl Gateway {
    pub(crate) fn new(url: Url, host: String, token: Option<&str>, guard: Guard) -> Self {
        Self { url, host, token: token.map(str::to_owned), guard }
    }

    fn told(&self) -> String {
        format!("{}://{}{}", self.url.scheme(), self.host, self.url.path())
    }

    async fn send(&self, message: &Message, to: &Mobile) -> Result<(), Trouble> {
        let request = self.request(message, to)?;
        let port = self.url.port_or_known_default().ok_or(Trouble::Unreachable)?;
        let stream = self.guard.connect(&self.host, port).await?;
        if self.url.scheme() != "https" {
            return asked(stream, request).await;
        }
        let bare = self.host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let name = ServerName::try_from(bare).map_err(|_| Trouble::Unreachable)?;
        let tls = client().map_err(|_| Trouble::Unreachable)?;
        let stream = TlsConnector::from(Arc::new(tls)).connect(name, stream).await;
        asked(stream.map_err(|_| Trouble::Unreachable)?, request).await
    }

    fn request(&self, message: &Message, to: &Mobile) -> Result<Request<Full<Bytes>>, Trouble> {
        let body = json!({ "id": message.id, "to": to.as_str(), "text": message.body, "language": message.language });
        let path = match self.url.query() {
            Some(query) => format!("{}?{query}", self.url.path()),
            None => self.url.path().to_owned(),
        };
        let host = match self.url.port() {
            Some(port) => format!("{}:{port}", self.host),
            None => self.host.clone(),
        };
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(HOST, host)
            .header(USER_AGENT, "yishi")
            .header(CONNECTION, "close")
            .header(CONTENT_TYPE, "application/json");
        let request = match &self.token {
            Some(token) => request.header(AUTHORIZATION, format!("Bearer {token}")),
            None => request,
        };
        request.body(Full::new(Bytes::from(body.to_string()))).map_err(|_| Trouble::Refused)
    }
}

/// Asks over a connection, and takes the answer's first line for what became of it.
async fn asked<S>(stream: S, request: Request<Full<Bytes>>) -> Result<(), Trouble>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let handshake = http1::Builder::new().max_buf_size(ANSWER).handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = handshake.map_err(|_| Trouble::Unreachable)?;
    let mut answer = std::pin::pin!(sender.send_request(request));
    let mut connection = std::pin::pin!(connection);
    // Dropped with all that is still to come, as soon as the answer's head is there. A connection
    // that ends may have brought it.
    let answer = tokio::select! {
        answer = answer.as_mut() => answer,
        _ = connection.as_mut() => answer.await,
    };
    let status = answer.map_err(|_| Trouble::Unreachable)?.status();
    match status {
        status if status.is_success() => Ok(()),
        status if status.is_redirection() => Err(Trouble::Redirected),
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => Err(Trouble::Later),
        status if status.is_server_error() => Err(Trouble::Later),
        _ => Err(Trouble::Refused),
    }
}

/// Encrypted, to whoever an authority of this system's answers for.
fn client() -> Result<ClientConfig, rustls::Error> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(versions.with_root_certificates(roots).with_no_client_auth())
}
