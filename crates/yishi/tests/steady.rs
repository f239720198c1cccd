//! The program as a whole under clients that hold on to it: thousands of idle connections, few
//! files, heads and bodies that never end, and being asked to stop in the middle of it.
#![allow(clippy::unwrap_used, missing_docs)]

use rustix::process::{Pid, Resource, Rlimit, Signal, getrlimit, kill_process, setrlimit};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The program, ended with this value.
struct Served {
    child: Child,
    at: SocketAddr,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

fn init(folder: &Path) {
    let done =
        Command::new(env!("CARGO_BIN_EXE_yishi")).args(["init", "--data"]).arg(folder).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Serves a new store, by a shell that first does `before`.
fn serve(folder: &Path, before: &str) -> Served {
    serve_with(folder, before, &[])
}

fn serve_with(folder: &Path, before: &str, more: &[&str]) -> Served {
    init(folder);
    let at = free();
    let script = format!("{before} exec \"$0\" \"$@\"");
    let mut child = Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_yishi"), "serve", "--listen", &at.to_string(), "--data"])
        .arg(folder)
        .args(more)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.contains("Serving"), "{line}");
    Served { child, at }
}

/// How long the program takes to say that it is well.
fn healthy(at: SocketAddr) -> Duration {
    let began = Instant::now();
    let mut stream = TcpStream::connect(at).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    began.elapsed()
}

/// Connections over which this was sent, and nothing more.
fn held(at: SocketAddr, count: usize, sent: &str) -> Vec<TcpStream> {
    let one = |_| {
        let mut stream = TcpStream::connect(at).unwrap();
        // One that found no room is closed already.
        let _ = stream.write_all(sent.as_bytes());
        stream
    };
    (0..count).map(one).collect()
}

const HALF_A_HEAD: &str = "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";
const HALF_A_BODY: &str = "POST /signin HTTP/1.1\r\nHost: localhost\r\n\
                           Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nuser";

#[test]
fn five_thousand_idle_connections_leave_it_answering() {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).unwrap();
    let folder = tempfile::tempdir().unwrap();
    // It raises what it starts with by itself.
    let served = serve(folder.path(), "ulimit -S -n 256;");
    let idle = held(served.at, 5_000, "");
    let took = healthy(served.at);
    assert!(took < Duration::from_secs(1), "{took:?}");
    drop(idle);
}

#[test]
fn few_files_and_many_unfinished_requests_leave_it_answering() {
    let folder = tempfile::tempdir().unwrap();
    let served = serve(folder.path(), "ulimit -n 256;");
    for sent in [HALF_A_HEAD, "", HALF_A_BODY] {
        let held = held(served.at, 300, sent);
        let took = healthy(served.at);
        assert!(took < Duration::from_secs(1), "{took:?} with {sent:?}");
        drop(held);
    }
}

#[test]
fn it_stops_in_time_whatever_clients_do_and_leaves_nothing_beside_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let mut served = serve(folder.path(), "");
    let held = [HALF_A_HEAD, "", HALF_A_BODY].map(|sent| held(served.at, 20, sent));
    healthy(served.at);
    let began = Instant::now();
    kill_process(Pid::from_child(&served.child), Signal::TERM).unwrap();
    let stopped = served.child.wait().unwrap();
    let took = began.elapsed();
    assert!(stopped.success() && took < Duration::from_secs(10), "{stopped:?} after {took:?}");
    let log = folder.path().join("yishi.db-wal");
    assert!(log.metadata().map_or(true, |log| log.len() == 0), "the log was not written back");
    drop(held);
}

#[test]
fn it_stops_when_it_is_asked_to_as_soon_as_it_says_that_it_serves() {
    for _ in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let mut served = serve(folder.path(), "");
        kill_process(Pid::from_child(&served.child), Signal::TERM).unwrap();
        let stopped = served.child.wait().unwrap();
        assert!(stopped.success(), "{stopped:?}");
    }
}

/// The status of a form that is sent without signing in, as a proxy passes it on.
fn sent(at: SocketAddr, forwarded: &str) -> u16 {
    let mut stream = TcpStream::connect(at).unwrap();
    let head = format!(
        "POST /c/street/m/1/join HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{forwarded}\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

#[test]
fn a_proxy_is_believed_where_it_was_named() {
    const ONE: &str = "X-Forwarded-For: 203.0.113.9\r\n";
    let [named, nobody] = [&["--trusted-proxy", "10.0.0.0/8,127.0.0.1"][..], &[]].map(|settings| {
        let folder = tempfile::tempdir().unwrap();
        let served = serve_with(folder.path(), "", settings);
        let refused = (0..150).filter(|_| sent(served.at, ONE) == 429).count();
        assert_ne!(sent(served.at, ""), 429, "this machine itself, or a proxy that did not say for whom");
        let other = sent(served.at, "X-Forwarded-For: 203.0.113.10:4711\r\n") == 429;
        (refused, other)
    });
    assert!(named.0 > 60 && !named.1, "{named:?}");
    // Nobody named it: it is not this machine itself, and all behind it share what it may send.
    assert!(nobody.0 > 60 && nobody.1, "{nobody:?}");
}
