//! What was acknowledged survives `kill -9`: matters are raised over HTTP by several at
//! once, the program is killed in the middle, and every receipt that was handed out must
//! still be there, in a ledger that verifies.
#![allow(clippy::unwrap_used, missing_docs)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const ROUNDS: usize = 20;
const CLIENTS: usize = 8;

fn yishi() -> Command {
    Command::new(env!("CARGO_BIN_EXE_yishi"))
}

fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// Starts the program and waits until it serves. Returns what it printed until then.
fn start(args: &[&str]) -> (Child, String) {
    let mut child = yishi().args(args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut printed = String::new();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    while !printed.contains("Serving") {
        assert!(lines.read_line(&mut printed).unwrap() > 0, "{printed}");
    }
    (child, printed)
}

/// One request on a connection of its own: status and `Location`, nothing when it broke off.
fn request(at: SocketAddr, request: &str) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(at).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, _) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let location = head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap_or_default();
    Some((status, location.to_owned()))
}

fn raise(at: SocketAddr, path: &str, word: &str) -> Option<String> {
    let body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"form\"\r\n\r\n{word}\r\n\
         --b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n楼道灯坏了 {word}\r\n--b--\r\n"
    );
    let (status, location) = request(
        at,
        &format!(
            "POST {path} HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n\
             Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ),
    )?;
    (status == 303).then(|| location.split('?').next().unwrap().to_owned())
}

#[test]
fn nothing_acknowledged_is_lost_by_killing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let at = free();
    let (mut child, printed) = start(&["demo", "--data", data, "--listen", &at.to_string()]);
    let poster = printed
        .lines()
        .find_map(|line| line.split(&format!("http://{at}")).nth(1).filter(|l| l.starts_with("/q/")));
    let path = format!("{}/raise", poster.unwrap().split_whitespace().next().unwrap());
    child.kill().unwrap();
    child.wait().unwrap();

    let receipts = Arc::new(Mutex::new(Vec::<String>::new()));
    for round in 0..ROUNDS {
        let at = free();
        let (mut child, _) = start(&["serve", "--data", data, "--listen", &at.to_string()]);
        let over = Arc::new(AtomicBool::new(false));
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let (receipts, over, path) = (Arc::clone(&receipts), Arc::clone(&over), path.clone());
                std::thread::spawn(move || {
                    for n in 0.. {
                        if over.load(Ordering::Relaxed) {
                            break;
                        }
                        let word = format!("{round:06}{client:010}{n:010}");
                        if let Some(receipt) = raise(at, &path, &word) {
                            receipts.lock().unwrap().push(receipt);
                        }
                    }
                })
            })
            .collect();
        std::thread::sleep(Duration::from_millis(150 + 37 * round as u64 % 200));
        // SIGKILL: the program has no chance to tidy up.
        child.kill().unwrap();
        child.wait().unwrap();
        over.store(true, Ordering::Relaxed);
        clients.into_iter().for_each(|client| client.join().unwrap());
        sound(folder.path());
    }
    let receipts = receipts.lock().unwrap();
    assert!(receipts.len() > ROUNDS * CLIENTS, "only {} were acknowledged", receipts.len());
    let at = free();
    let (mut child, _) = start(&["serve", "--data", data, "--listen", &at.to_string()]);
    for receipt in receipts.iter() {
        let (status, _) =
            request(at, &format!("GET {receipt} HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n\r\n"))
                .unwrap();
        assert_eq!(status, 200, "{receipt} was acknowledged and is lost");
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

fn sound(folder: &Path) {
    let verified = yishi().args(["ledger", "verify", "--data"]).arg(folder).output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
}
