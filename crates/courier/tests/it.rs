//! The courier before servers that behave, and before such that do not: each is a few lines over a
//! real socket of this machine, which is named as one that may be reached.
#![allow(clippy::unwrap_used)]

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{
    AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader,
};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_rustls::TlsAcceptor;
use uuid::Uuid;
use yishi_courier::{Courier, Given, Message, To, Trouble, message_id};

fn here() -> Given {
    Given {
        mail_from: None,
        allow: vec!["127.0.0.1".to_owned()],
        outside: "https://yishi.example".to_owned(),
        ..Given::default()
    }
}

fn by_mail(port: u16) -> Courier {
    let given = Given {
        mail_from: Some("杏林社区 <yishi@example.cn>".to_owned()),
        smtp: Some(format!("smtp+plain://127.0.0.1:{port}")),
        ..here()
    };
    Courier::of(&given).unwrap()
}

fn by_gateway(port: u16) -> Courier {
    let sms_url = Some(format!("http://127.0.0.1:{port}/send?from=xinglin"));
    Courier::of(&Given { sms_url, sms_token: Some("s3cret".to_owned()), ..here() }).unwrap()
}

fn message(to: To) -> Message {
    Message {
        id: Uuid::from_u128(0x1234),
        to,
        subject: "杏林社区：有一条告知".to_owned(),
        body: "您反映的12号事项有答复了。\n.\n请打开回执查看。".to_owned(),
        language: "zh-Hans",
    }
}

fn mail() -> Message {
    message(To::Mail("lin@example.cn".parse().unwrap()))
}

fn text() -> Message {
    message(To::Mobile("13800001111".parse().unwrap()))
}

/// A server that does the same with each connection.
async fn serving<F, G>(each: F) -> u16
where
    F: Fn(TcpStream) -> G + Send + 'static,
    G: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(each(stream));
        }
    });
    port
}

/// A mail server that says `first` to the recipient once and then takes all, and passes on each
/// mail that it took.
async fn mail_server(first: &'static str) -> (u16, UnboundedReceiver<String>) {
    let (took, taken) = unbounded_channel();
    let said = std::sync::Arc::new(AtomicBool::new(false));
    let port = serving(move |stream| {
        let (took, said) = (took.clone(), said.clone());
        async move { drop(converse(stream, Greets::Now, first, &said, &took).await) }
    })
    .await;
    (port, taken)
}

/// Whether a server greets, or has done so before.
#[derive(Clone, Copy, PartialEq)]
enum Greets {
    Now,
    Before,
}

async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    greets: Greets,
    first: &str,
    said: &AtomicBool,
    took: &UnboundedSender<String>,
) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    if greets == Greets::Now {
        stream.write_all(b"220 mail.example.cn\r\n").await?;
    }
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 {
        let answer = match line.split([' ', '\r']).next().unwrap_or_default() {
            "EHLO" => "250-mail.example.cn\r\n250-AUTH PLAIN\r\n250 8BITMIME",
            "AUTH" => "235 known",
            "RCPT" if !said.swap(true, Ordering::SeqCst) => first,
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await?;
                let mut mail = String::new();
                while !mail.ends_with("\r\n.\r\n") {
                    stream.read_line(&mut mail).await?;
                }
                took.send(mail).unwrap();
                "250 taken"
            }
            "QUIT" => "221 good-bye",
            _ => "250 yes",
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
        line.clear();
    }
    Ok(())
}

#[tokio::test]
async fn a_mail_arrives_with_the_id_of_its_message_each_time_it_is_sent() {
    let (port, mut taken) = mail_server("250 yes").await;
    let courier = by_mail(port);
    for _ in 0..2 {
        courier.send(&mail()).await.unwrap();
        let mail = taken.recv().await.unwrap();
        let id = message_id(Uuid::from_u128(0x1234), "yishi.example");
        assert!(mail.contains(&format!("Message-ID: {id}\r\n")), "{mail}");
        assert!(mail.contains("To: lin@example.cn\r\n") && mail.is_ascii(), "{mail}");
        // Nothing of the text stands in the head.
        let (head, body) = mail.split_once("\r\n\r\n").unwrap();
        assert!(!head.contains("12") || !head.contains("事项"), "{head}");
        assert!(!body.trim().is_empty());
    }
}

#[tokio::test]
async fn a_server_that_takes_it_later_takes_it_later() {
    let (port, mut taken) = mail_server("450 greylisted").await;
    let courier = by_mail(port);
    assert_eq!(courier.send(&mail()).await, Err(Trouble::Later));
    courier.send(&mail()).await.unwrap();
    assert!(taken.recv().await.unwrap().contains("0000-000000001234@yishi.example"));
}

#[tokio::test]
async fn a_server_that_refuses_is_told_apart_from_one_that_is_not_there() {
    let (port, _taken) = mail_server("550 no such mailbox").await;
    assert_eq!(by_mail(port).send(&mail()).await, Err(Trouble::Refused));
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    assert_eq!(by_mail(port).send(&mail()).await, Err(Trouble::Unreachable));
    assert_eq!(by_gateway(port).send(&text()).await, Err(Trouble::Unreachable));
}

#[tokio::test]
async fn a_server_that_never_ends_is_left() {
    // Greets with lines without end: the memory for an answer is bounded, and so is the time.
    let port = serving(|mut stream| async move {
        let line = format!("220-{}\r\n", "and more ".repeat(80));
        while stream.write_all(line.as_bytes()).await.is_ok() {}
    })
    .await;
    let began = Instant::now();
    // Where this machine is busy, the time for a whole exchange may end first.
    let left = by_mail(port).send(&mail()).await;
    assert!(matches!(left, Err(Trouble::Unreachable | Trouble::TimedOut)), "{left:?}");
    assert!(began.elapsed() < Duration::from_secs(25), "{:?}", began.elapsed());
    // The same as a head of an answer without end.
    let port = serving(|mut stream| async move {
        drop(stream.write_all(b"HTTP/1.1 200 OK\r\n").await);
        while stream.write_all(b"x-more: and more and more and more\r\n").await.is_ok() {}
    })
    .await;
    let began = Instant::now();
    assert_eq!(by_gateway(port).send(&text()).await, Err(Trouble::Unreachable));
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_server_that_says_nothing_is_left_after_a_while() {
    let port = serving(|stream| async move {
        let _open = stream;
        std::future::pending::<()>().await;
    })
    .await;
    assert_eq!(by_mail(port).send(&mail()).await, Err(Trouble::TimedOut));
    assert_eq!(by_gateway(port).send(&text()).await, Err(Trouble::TimedOut));
}

/// An address that answers so, and passes on what it was asked.
async fn gateway(answer: &'static str) -> (u16, UnboundedReceiver<String>) {
    let (asked, asks) = unbounded_channel();
    let port = serving(move |mut stream| {
        let asked = asked.clone();
        async move {
            let (mut ask, mut some) = (Vec::new(), [0; 4096]);
            while !ask.ends_with(b"}") {
                let read = stream.read(&mut some).await.unwrap();
                ask.extend_from_slice(&some[..read]);
            }
            asked.send(String::from_utf8(ask).unwrap()).unwrap();
            drop(stream.write_all(answer.as_bytes()).await);
            // Some go on talking.
            while answer.contains("endless") && stream.write_all(&[b'x'; 1024]).await.is_ok() {}
        }
    })
    .await;
    (port, asks)
}

#[tokio::test]
async fn an_address_is_asked_once_and_only_its_yes_counts() {
    for (answer, came) in [
        ("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", Ok(())),
        ("HTTP/1.1 202 Accepted\r\ncontent-length: 99999999\r\n\r\nendless", Ok(())),
        ("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n", Err(Trouble::Refused)),
        ("HTTP/1.1 429 Slower\r\ncontent-length: 0\r\n\r\n", Err(Trouble::Later)),
        ("HTTP/1.1 503 Gone\r\ncontent-length: 0\r\n\r\n", Err(Trouble::Later)),
        ("nonsense\r\n\r\n", Err(Trouble::Unreachable)),
    ] {
        let (port, mut asks) = gateway(answer).await;
        assert_eq!(by_gateway(port).send(&text()).await, came, "{answer}");
        let ask = asks.recv().await.unwrap();
        assert!(ask.starts_with("POST /send?from=xinglin HTTP/1.1\r\n"), "{ask}");
        assert!(ask.contains("authorization: Bearer s3cret\r\n"), "{ask}");
        assert!(ask.contains("\"to\":\"13800001111\"") && ask.contains("12号事项"), "{ask}");
    }
}

#[tokio::test]
async fn nobody_is_followed_to_another_machine() {
    let (inner, mut inside) = gateway("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let answer =
        format!("HTTP/1.1 307 There\r\nlocation: http://127.0.0.1:{inner}/\r\ncontent-length: 0\r\n\r\n");
    let (port, _asks) = gateway(answer.leak()).await;
    assert_eq!(by_gateway(port).send(&text()).await, Err(Trouble::Redirected));
    assert!(inside.try_recv().is_err(), "the machine inside heard nothing");
}

#[tokio::test]
async fn a_machine_of_the_house_that_was_not_named_hears_nothing() {
    let (port, mut asks) = gateway("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    for host in ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "10.255.255.1", "169.254.169.254"] {
        let sms_url = Some(format!("https://{host}:{port}/send"));
        let courier = Courier::of(&Given { sms_url, allow: Vec::new(), ..here() }).unwrap();
        assert_eq!(courier.send(&text()).await, Err(Trouble::Forbidden), "{host}");
        let smtp = Some(format!("smtps://{host}:{port}"));
        let mail_from = Some("yishi@example.cn".to_owned());
        let courier = Courier::of(&Given { smtp, mail_from, allow: Vec::new(), ..here() }).unwrap();
        assert_eq!(courier.send(&mail()).await, Err(Trouble::Forbidden), "{host}");
    }
    assert!(asks.try_recv().is_err());
}

#[tokio::test]
async fn a_short_message_is_one_file_however_often_it_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let given = Given { sms_dir: Some(folder.path().to_owned()), ..here() };
    let courier = Courier::of(&given).unwrap();
    for _ in 0..2 {
        courier.send(&text()).await.unwrap();
    }
    let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    let file = std::fs::read_to_string(&files[0]).unwrap();
    assert!(file.starts_with("To: 8613800001111\nAlphabet: UTF-8\n\n您反映的12号"), "{file}");
    // What is not set is not tried.
    assert_eq!(courier.send(&mail()).await, Err(Trouble::NotSet));
    drop(folder);
    assert_eq!(courier.send(&text()).await, Err(Trouble::Unwritten));
}

/// Says yes to mail over a stream that may be encrypted later, when it is asked for by STARTTLS.
async fn encrypted_mail(
    mut plain: TcpStream,
    tls: TlsAcceptor,
    took: UnboundedSender<String>,
    greets: Greets,
) {
    if greets == Greets::Before {
        let mut stream = BufReader::new(&mut plain);
        stream.write_all(b"220 mail.example.cn\r\n").await.unwrap();
        let mut line = String::new();
        while stream.read_line(&mut line).await.unwrap_or(0) > 0 && !line.starts_with("STARTTLS") {
            stream.write_all(b"250-mail.example.cn\r\n250 STARTTLS\r\n").await.unwrap();
            line.clear();
        }
        assert!(line.starts_with("STARTTLS"), "nothing is said before it: {line}");
        stream.write_all(b"220 go on\r\n").await.unwrap();
    }
    let Ok(stream) = tls.accept(plain).await else { return };
    let said = AtomicBool::new(true);
    drop(converse(stream, greets, "250 yes", &said, &took).await);
}

/// A server with the certificate of `localhost` that the tests of the store use as well.
fn tls() -> TlsAcceptor {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../testkit/tls");
    let certificate = CertificateDer::pem_file_iter(folder.join("server.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_file(folder.join("server.key")).unwrap();
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let versions = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let plain = versions.unwrap().with_no_client_auth();
    let config = plain.with_single_cert(certificate.map(Result::unwrap).collect(), key).unwrap();
    TlsAcceptor::from(std::sync::Arc::new(config))
}

/// Which authorities this system trusts is read from the environment, so the tests of that are run
/// by a process of their own.
#[test]
fn only_a_server_that_an_authority_answers_for_is_told_anything() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../testkit/tls");
    for (authority, expected) in [("ca.pem", "taken"), ("other.pem", "left")] {
        let run = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "encrypted", "--ignored", "--nocapture"])
            .env("SSL_CERT_FILE", folder.join(authority))
            .env("EXPECTED", expected)
            .env_remove("SSL_CERT_DIR")
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success() && told.contains("1 passed"), "{authority}: {told}");
    }
}

#[tokio::test]
#[ignore = "run by the test above, which says whom to trust"]
async fn encrypted() {
    let trusted = std::env::var("EXPECTED").unwrap() == "taken";
    let expected = |sent: Result<(), Trouble>| match trusted {
        true => assert_eq!(sent, Ok(())),
        false => assert_eq!(sent, Err(Trouble::Unreachable)),
    };
    let allow = vec!["localhost".to_owned()];
    for (scheme, greets) in [("smtps", Greets::Now), ("smtp", Greets::Before)] {
        let (took, mut taken) = unbounded_channel();
        let port = serving(move |stream| encrypted_mail(stream, tls(), took.clone(), greets)).await;
        let smtp = Some(format!("{scheme}://lin:secret@localhost:{port}"));
        let mail_from = Some("yishi@example.cn".to_owned());
        let courier = Courier::of(&Given { smtp, mail_from, allow: allow.clone(), ..here() }).unwrap();
        expected(courier.send(&mail()).await);
        assert_eq!(taken.try_recv().is_ok(), trusted, "{scheme}");
    }
    let port = serving(|stream| async move {
        let Ok(mut stream) = tls().accept(stream).await else { return };
        let mut some = [0; 4096];
        drop(stream.read(&mut some).await);
        drop(stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await);
    })
    .await;
    let sms_url = Some(format!("https://localhost:{port}/send"));
    let courier = Courier::of(&Given { sms_url, allow, ..here() }).unwrap();
    expected(courier.send(&text()).await);
}
