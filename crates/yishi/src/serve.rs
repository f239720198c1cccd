//! Serving: binds the address, takes connections as long as there is room, does in the
//! background what happens by itself, and stops within ten seconds of being asked to, whatever
//! clients do. How long a connection may keep it waiting is in [`connections`].

mod connections;

use crate::{Data, Stop};
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use clap::Args;
use connections::{Admitted, Connections, Counts, Sending, Watched};
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tower::Service as _;
use yishi_courier::{Courier, Given};
use yishi_office::{Failure, background};
use yishi_pages::{FEATURES, send_messages};
use yishi_web::client::{Network, Proxies};
use yishi_web::{App, pages};

/// Most connections, where the system has files for so many.
const MOST: usize = 10_000;
/// Most connections that wait to be taken.
const WAITING: u32 = 4_096;
/// Files that the program needs for itself: the store, photos, connections to PostgreSQL.
const OWN_FILES: u64 = 96;
/// Largest head of a request, in bytes.
const LARGEST_HEAD: usize = 32 * 1024;
/// How long a client over whose connection nothing is asked has to go when the program stops.
const POLITE: Duration = Duration::from_millis(500);
/// How long what is under way may take then. Service managers kill what takes ten seconds.
const LEAVING: Duration = Duration::from_secs(7);
/// How long the store may take to put its papers in order.
const CLOSING: Duration = Duration::from_secs(2);
/// How long to wait when the system has no file for a connection.
const NO_FILE: Duration = Duration::from_millis(50);

/// How to serve.
#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    data: Data,
    /// Address to listen on.
    #[arg(long, env = "YISHI_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The address under which people reach the program, as it stands in QR codes: of this start
    /// only. Without it the one that is kept counts.
    #[arg(long, env = "YISHI_PUBLIC_URL")]
    public_url: Option<String>,
    /// A proxy that is believed about whom it speaks for (`X-Forwarded-For`): an address or a
    /// network such as 10.0.0.0/8. Nobody else is.
    #[arg(long, env = "YISHI_TRUSTED_PROXY", value_delimiter = ',')]
    trusted_proxy: Vec<Network>,
    #[command(flatten)]
    messages: Messages,
}

/// How people outside are told, where they wish it: by nothing, until it is set.
#[derive(Debug, Default, Args)]
pub struct Messages {
    /// The address that mail comes from, as in 杏林社区 <yishi@example.cn>.
    #[arg(long, env = "YISHI_MAIL_FROM")]
    mail_from: Option<String>,
    /// The server that takes mail, as smtps://USER:PASSWORD@mail.example.cn; the password is better
    /// off in the environment. smtp:// is encrypted before anything is said (STARTTLS), smtp+plain://
    /// is not, for a host that is named by --courier-allow.
    #[arg(long, env = "YISHI_SMTP", hide_env_values = true)]
    smtp: Option<String>,
    /// A folder in which each short message becomes a file, for a telephone of the office to send.
    #[arg(long, env = "YISHI_SMS_DIR")]
    sms_dir: Option<PathBuf>,
    /// The address that takes short messages, as JSON.
    #[arg(long, env = "YISHI_SMS_URL")]
    sms_url: Option<String>,
    /// What is sent along as its bearer token.
    #[arg(long, env = "YISHI_SMS_TOKEN", hide_env_values = true)]
    sms_token: Option<String>,
    /// A host of the house that messages may be handed to, as it stands in the address: no other
    /// private or special address is reached.
    #[arg(long, env = "YISHI_COURIER_ALLOW", value_delimiter = ',')]
    courier_allow: Vec<String>,
}

impl Messages {
    /// Whether what is sent leaves this machine.
    fn leave(&self) -> bool {
        self.smtp.is_some() || self.sms_url.is_some()
    }

    /// The courier of these settings, for a program that people reach under an address.
    fn courier(self, public_url: &str) -> Result<Courier, Stop> {
        let given = Given {
            mail_from: self.mail_from,
            smtp: self.smtp,
            sms_dir: self.sms_dir,
            sms_url: self.sms_url,
            sms_token: self.sms_token,
            allow: self.courier_allow,
            outside: public_url.to_owned(),
        };
        Courier::of(&given).map_err(|wrong| Stop::Usage(wrong.to_string()))
    }
}

impl Options {
    /// Whether only this machine reaches the program: neither its address nor the one that
    /// people are told leads in from outside, as a proxy's would.
    fn stays_here(&self) -> bool {
        const HERE: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];
        let told = self.public_url.as_deref().is_none_or(|url| {
            let host = url.strip_prefix("http://").and_then(|rest| rest.split('/').next());
            let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
            let host = host.map(|host| match host.rsplit_once(':') {
                Some((host, port)) if is_port(port) => host,
                _ => host,
            });
            host.is_some_and(|host| HERE.contains(&host))
        });
        self.listen.ip().is_loopback() && told && self.trusted_proxy.is_empty()
    }
}

/// Serves an existing store until asked to stop.
///
/// # Errors
/// When there is none, or the address is taken.
pub async fn run(mut options: Options) -> Result<(), Stop> {
    let office = options.data.existing().await?;
    let kept = office.db.address().await?;
    if let (Some(given), Some(kept)) = (&options.public_url, &kept)
        && given.trim_end_matches('/') != kept
    {
        println!(
            "The address is {given} for this start; {kept} is kept. Keep the new one with \
             `yishi address --data {} {given}`",
            options.data.data.display()
        );
    }
    options.public_url = options.public_url.or(kept);
    if office.db.is_demo().await? && !options.stays_here() {
        return Err(Stop::Usage(format!(
            "{} holds a demonstration, whose passwords are public: serve it with --listen 127.0.0.1:8080, \
             without --public-url and --trusted-proxy, or begin a store of your own with `yishi init --data FOLDER`",
            options.data.data.display()
        )));
    }
    if office.db.is_demo().await? && options.messages.leave() {
        return Err(Stop::Usage(
            "a demonstration tells nobody outside: start it without --smtp and --sms-url; --sms-dir FOLDER \
             shows what would be sent"
                .to_owned(),
        ));
    }
    for fault in office.wrong_keys().await? {
        tracing::error!(%fault, "a ledger cannot be sealed; the others are");
    }
    office.adopt_shipped_rules().await?;
    let mut app = match options.public_url {
        Some(public_url) => App::new(office, &public_url, FEATURES),
        None => App::new(office, &format!("http://{}", options.listen), FEATURES).by_any_name(),
    };
    app.proxies = Proxies(options.trusted_proxy);
    app.courier = options.messages.courier(&app.public_url)?;
    match (app.courier.mail(), app.courier.sms()) {
        (None, None) => tracing::warn!("nobody outside is told anything: no --smtp, --sms-dir or --sms-url"),
        (mail, sms) => {
            let ways = mail.map(str::to_owned).into_iter().chain(sms);
            tracing::info!("whoever wishes it is told by {}", ways.collect::<Vec<_>>().join(" and "));
        }
    }
    serve(app, options.listen).await
}

/// Serves until asked to stop.
///
/// # Errors
/// When the address is taken.
pub async fn serve(app: App, listen: SocketAddr) -> Result<(), Stop> {
    let taken = |error| Stop::Usage(format!("cannot listen on {listen}: {error}; choose another --listen"));
    // Before anybody can know that it serves: who asks at once is heard too.
    let stopped = stopped().map_err(|error| Stop::Usage(format!("cannot hear when to stop: {error}")))?;
    let listener = bound(listen).map_err(taken)?;
    keep_memory();
    let connections = Connections::new(room());
    println!("Serving {} ({})", app.public_url, app.office.db.engine());
    let (office, proxies) = (app.office.clone(), app.proxies.clone());
    let app = Arc::new(app);
    let pages = pages(Arc::clone(&app));
    office.db.serve();
    let working = tokio::spawn(background::run(office.clone()));
    let watching = tokio::spawn(Arc::clone(&connections).watch());
    let sending = tokio::spawn(send_messages(app));
    let (stop, stopping) = watch::channel(());
    tokio::select! {
        () = take(&listener, &pages, &connections, &proxies, &stopping) => {}
        () = stopped => {}
    }
    drop(listener);
    // Whoever listens for it finds the sender gone.
    drop(stop);
    connections.leave(POLITE, LEAVING).await;
    watching.abort();
    working.abort();
    // What is on its way goes again later, under the same id.
    sending.abort();
    let closed = async {
        // Nothing waits for the next start, which may come in a week.
        office.seal().await?;
        Ok::<(), Failure>(office.db.close().await?)
    };
    if let Ok(Err(failure)) = tokio::time::timeout(CLOSING, closed).await {
        tracing::warn!(%failure, "the store could not be closed; nothing of it is lost");
    }
    Ok(())
}

/// Lets the allocator keep half a megabyte that pages gave back, where it would give all but an
/// eighth of one to the system and ask for it anew with the next page: a seventh of the time of a
/// page. glibc takes twice the largest block it was given back that was mapped by itself for what
/// to keep (mallopt(3), `M_MMAP_THRESHOLD`); elsewhere nothing happens.
fn keep_memory() {
    const BLOCK: usize = 256 * 1024;
    drop(std::hint::black_box(Vec::<u8>::with_capacity(BLOCK)));
}

/// Listens, with room for many who come at once.
fn bound(listen: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if listen.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // Started anew, it need not wait for what is left of connections of before.
    socket.set_reuseaddr(true)?;
    socket.bind(listen)?;
    socket.listen(WAITING)
}

/// How many connections there is room for, once the program may open as many files as the
/// system lets it.
fn room() -> usize {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let files = match setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
        Ok(()) => maximum,
        Err(_) => current,
    };
    let files = files.map_or(usize::MAX, |files| {
        usize::try_from(files.saturating_sub(OWN_FILES).max(files / 4)).unwrap_or(usize::MAX)
    });
    files.min(MOST)
}

/// Takes connections, for ever.
async fn take(
    listener: &TcpListener,
    pages: &Router,
    connections: &Arc<Connections>,
    proxies: &Proxies,
    stopping: &watch::Receiver<()>,
) {
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                // The client went away, or there are no files left: others give theirs back.
                tracing::debug!(%error, "a connection was not taken");
                tokio::time::sleep(NO_FILE).await;
                continue;
            }
        };
        let many = peer.ip().to_canonical().is_loopback() || proxies.have(peer.ip());
        let counts = if many { Counts::InAll } else { Counts::ByAddress };
        // One that finds no room is closed.
        let Some(admitted) = connections.admit(peer.ip(), counts).map(Arc::new) else { continue };
        let task = tokio::spawn(answer(stream, peer, pages.clone(), Arc::clone(&admitted), stopping.clone()));
        admitted.served_by(task.abort_handle());
    }
}

/// Answers what is asked over a connection, until it ends or the program stops.
async fn answer(
    stream: TcpStream,
    peer: SocketAddr,
    pages: Router,
    admitted: Arc<Admitted>,
    mut stopping: watch::Receiver<()>,
) {
    // A small answer leaves at once.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection broke off");
        return;
    }
    let client = Arc::clone(&admitted);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        client.works();
        let client = Arc::clone(&client);
        let mut request = request.map(|body| match body.is_end_stream() {
            true => Body::empty(),
            false => Body::new(Sending { body, admitted: Arc::clone(&client) }),
        });
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = pages.clone().call(request);
        async move {
            let answer = answer.await;
            client.waits();
            answer
        }
    });
    let bytes = Watched { bytes: TokioIo::new(stream), admitted };
    let connection = http1::Builder::new()
        // Connections watch the time themselves, all at once.
        .header_read_timeout(None)
        .max_header_size(LARGEST_HEAD)
        .serve_connection(bytes, service);
    let mut connection = pin!(connection);
    let done = tokio::select! {
        done = connection.as_mut() => done,
        _ = stopping.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = done {
        tracing::debug!(%error, "a connection broke off");
    }
}

/// Ctrl-C, or a service manager's polite request, heard from this call on.
///
/// # Errors
/// When the system gives no ear for it.
fn stopped() -> std::io::Result<impl Future<Output = ()>> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use yishi_domain::places::PlaceKind;
    use yishi_office::Clock;
    use yishi_office::places::NewLedger;

    fn options(folder: &std::path::Path, listen: &str, public_url: Option<&str>) -> Options {
        Options {
            data: Data { data: folder.to_owned(), database: None },
            listen: listen.parse().unwrap(),
            public_url: public_url.map(str::to_owned),
            trusted_proxy: Vec::new(),
            messages: Messages::default(),
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_demonstration_is_served_on_this_machine_only() {
        let folder = tempfile::tempdir().unwrap();
        let data = Data { data: folder.path().to_owned(), database: None };
        let office = data.office(Clock::System).await.unwrap();
        let new = NewLedger { slug: "jinghu".to_owned(), host: "yishi.test".to_owned() };
        office.found(PlaceKind::Street, "镜湖街道", new).await.unwrap();
        office.db.mark_as_demo().await.unwrap();
        office.db.close().await.unwrap();
        // The ledgers of a demonstration say what they are, whatever became of the mark.
        let named = tempfile::tempdir().unwrap();
        let data = Data { data: named.path().to_owned(), database: None };
        let office = data.office(Clock::System).await.unwrap();
        let new = NewLedger { slug: "jinghu".to_owned(), host: yishi_store::DEMO_HOST.to_owned() };
        office.found(PlaceKind::Street, "镜湖街道", new).await.unwrap();
        office.db.close().await.unwrap();
        let refused = run(options(named.path(), "0.0.0.0:0", None)).await.unwrap_err().to_string();
        assert!(refused.contains("demonstration"), "{refused}");
        for (listen, public_url) in [
            ("0.0.0.0:0", None),
            ("[::]:0", None),
            ("192.0.2.7:0", None),
            ("127.0.0.1:0", Some("https://yishi.example")),
            ("127.0.0.1:0", Some("https://127.0.0.1")),
            ("127.0.0.1:0", Some("http://yishi.example")),
            ("127.0.0.1:0", Some("http://127.0.0.1.evil.example")),
        ] {
            let refused = run(options(folder.path(), listen, public_url)).await.unwrap_err().to_string();
            assert!(refused.contains("demonstration") && refused.contains("yishi init"), "{refused}");
        }
        for public_url in
            [None, Some("http://localhost:8080"), Some("http://127.0.0.1:8080/"), Some("http://[::1]:80")]
        {
            assert!(options(folder.path(), "127.0.0.1:0", public_url).stays_here(), "{public_url:?}");
        }
        assert!(options(folder.path(), "[::1]:0", None).stays_here());
        let proxied = Options {
            trusted_proxy: vec!["127.0.0.1".parse().unwrap()],
            ..options(folder.path(), "127.0.0.1:0", None)
        };
        assert!(!proxied.stays_here(), "whoever names a proxy lets others in");
    }
}
