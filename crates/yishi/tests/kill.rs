//! What was acknowledged survives `kill -9`: matters are raised over HTTP by several at
//! once, others sign in at a meeting and vote, a letter is followed up; the program is killed
//! in the middle, and every receipt that was handed out, every seat and vote and every
//! follow-up must still be there, in a ledger that verifies.
#![allow(clippy::unwrap_used, missing_docs)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use yishi_domain::dispatch::{FollowUp, OrderKind};
use yishi_domain::meetings::{
    self as domain, Choice, IssueSlips, Meeting, MeetingId, Open, Put, ReleaseSlips, SeatKind, Vote, VoteMode,
};
use yishi_kernel::{Actor, Moment, PlaceId};
use yishi_office::dispatch::reads as orders;
use yishi_office::meetings::{Signing, reads as meetings, slips};
use yishi_office::people::{SignedIn, reads as people};
use yishi_office::{Clock, Office};
use yishi_store::{Location, Value};

const ROUNDS: usize = 20;
const CLIENTS: usize = 8;
/// Those among them who sign in and vote.
const VOTERS: usize = 6;
/// How many have a vote: more than come to it before the program is killed for the last time.
const ON_ROLL: u32 = 600;

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

/// A form as a browser sends it, with a cookie. `Location`, when it was taken.
fn post(at: SocketAddr, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Option<String> {
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={}", yishi_web::encoded(value))).collect();
    let body = pairs.join("&");
    let (status, location) = request(
        at,
        &format!(
            "POST {path} HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\nCookie: {cookie}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ),
    )?;
    (status == 303).then_some(location)
}

/// Somebody who signed in: the link's secret, the last vote that was acknowledged, and one
/// that was sent after it and never answered.
#[derive(Debug)]
struct Sat {
    secret: String,
    acknowledged: Option<Choice>,
    unanswered: Option<Choice>,
}

/// Signs in as somebody new, who came after the roll was closed; then somebody who is on it
/// votes, and changes the vote.
fn sit_and_vote(
    at: SocketAddr,
    door: &str,
    word: &str,
    wish: usize,
    roll: &Mutex<Vec<String>>,
) -> Option<Sat> {
    let cookie = format!("device={word}");
    post(at, door, &cookie, &[("token", ""), ("name", word), ("kind", "resident")])?;
    let secret = roll.lock().unwrap().pop()?;
    let seat = format!("/v/xinglin/{secret}");
    let mut sat = Sat { secret, acknowledged: None, unanswered: None };
    for n in 0..2 {
        let choice = Choice::ALL[(wish + n) % Choice::ALL.len()];
        let fields = [("token", ""), ("motion", "1"), ("choice", choice.word())];
        match post(at, &format!("{seat}/vote"), &cookie, &fields) {
            Some(_) => sat.acknowledged = Some(choice),
            None => {
                sat.unanswered = Some(choice);
                break;
            }
        }
    }
    Some(sat)
}

/// The office over the folder, while no server runs.
async fn office(folder: &Path) -> Office {
    Office::open(&Location::Directory(folder.to_owned()), Clock::System).await.unwrap()
}

async fn worker(office: &Office) -> (Actor, SignedIn) {
    somebody(office, "worker").await
}

async fn somebody(office: &Office, name: &str) -> (Actor, SignedIn) {
    let (who, _) = office.credential(name).await.unwrap().unwrap();
    (people::actor(&office.db, who.account).await.unwrap().unwrap(), who)
}

/// Signs people in with slips that one person made and another one handed out; answers the words
/// by which they vote.
async fn roll(office: &Office, ledger: PlaceId, id: MeetingId) -> Vec<String> {
    let (worker, colleague) = (somebody(office, "worker").await.0, somebody(office, "worker2").await.0);
    let loaded = office.load::<Meeting>(ledger, &id.into()).await.unwrap();
    let first = loaded.must().unwrap().sitting.slips.issued();
    let issue = IssueSlips { count: ON_ROLL, word: "0a1b2c3d4e5f6g7h8j9k0m1n2p".to_owned() };
    office.act(&worker, ledger, id, issue).await.unwrap();
    let release = ReleaseSlips { upto: first + ON_ROLL };
    office.act(&colleague, ledger, id, release).await.unwrap();
    let loaded = office.load::<Meeting>(ledger, &id.into()).await.unwrap();
    let slips = slips::slips(id, loaded.must().unwrap());
    let mut words = Vec::new();
    for slip in slips.iter().filter(|slip| slip.number > first) {
        let signing = Signing {
            kind: SeatKind::Resident,
            how: domain::SignedIn::Phone,
            organisation: None,
            person: format!("device/roll{}", slip.number),
            name: format!("居民{}", slip.number),
            slip: Some(slip.code.clone()),
            member: None,
        };
        words.push(office.sign_in(&Actor::visitor(), ledger, id, signing).await.unwrap().secret);
    }
    words
}

/// Opens the demonstration's meeting and puts a motion; answers a session of the worker, the
/// page of the letter that is followed up, and by which words people vote.
async fn a_room_and_a_letter(folder: &Path, door: &str) -> (String, String, Vec<String>) {
    let office = office(folder).await;
    let (worker, who) = worker(&office).await;
    let row = meetings::meeting_by_door(&office.db, door).await.unwrap().unwrap();
    let (ledger, id) = (row.ledger, row.id);
    office.act(&worker, ledger, id, Open).await.unwrap();
    let loaded = office.load::<Meeting>(ledger, &id.into()).await.unwrap();
    let topic = loaded.must().unwrap().agenda.topics[0];
    let roll = roll(&office, ledger, id).await;
    let text = "活动室周末开放。".to_owned();
    let put = Put { topic, text, mode: VoteMode::Phones, item: "order".to_owned() };
    office.act(&worker, ledger, id, put).await.unwrap();
    let letter = orders::open(&office.db, ledger).await.unwrap();
    let letter = letter.iter().find(|row| row.kind == OrderKind::Letter).unwrap();
    let note = "再次电话联系。".to_owned();
    office.act(&worker, ledger, letter.id, FollowUp { note }).await.unwrap();
    (office.start_session(&who).await.unwrap(), format!("/w/xinglin/o/{}", letter.number), roll)
}

/// Every seat, vote and note that was acknowledged is there, once; the vote is ended and counts
/// what there is.
async fn all_is_there(folder: &Path, door: &str, sat: &[Sat], notes: &[String]) {
    let office = office(folder).await;
    let (worker, _) = worker(&office).await;
    let row = meetings::meeting_by_door(&office.db, door).await.unwrap().unwrap();
    let (ledger, id) = (row.ledger, row.id);
    let mut votes = 0;
    for one in sat {
        let seat = meetings::seat_by_secret(&office.db, ledger, &one.secret).await.unwrap();
        let seat = seat.unwrap_or_else(|| panic!("{one:?} signed in and is lost"));
        let vote = meetings::vote_of(&office.db, ledger, id, 1, seat.id).await.unwrap();
        let kept = vote == one.acknowledged || (vote.is_some() && vote == one.unanswered);
        assert!(kept, "{one:?} was acknowledged, {vote:?} is there");
        votes += u64::from(vote.is_some());
    }
    let present = u64::from(ON_ROLL);
    office.end_vote(&worker, ledger, id, 1).await.unwrap();
    let loaded = office.load::<Meeting>(ledger, &id.into()).await.unwrap();
    let Vote::Counted(counts, _) = loaded.must().unwrap().sitting.motions[0].vote else {
        panic!("it is counted")
    };
    assert_eq!(counts.present, present);
    assert!(counts.in_favour + counts.against + counts.abstain >= votes);
    const NOTES: &str = "select p.value from event e
         join private p on p.ledger = e.ledger and p.stream = e.stream and p.version = e.version
         where e.ledger = ?1 and e.kind = ?2 order by e.number";
    let key = [Value::from(ledger.0), Value::from("order.followed_up.1")];
    let kept = office.db.rows(NOTES, &key).await.unwrap();
    let kept: String = kept.iter().map(|row| row.text(0).unwrap().to_owned()).collect();
    for note in notes {
        assert_eq!(kept.matches(note.as_str()).count(), 1, "{note} was acknowledged");
    }
    assert!(office.now() > Moment(0));
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
    let door = printed
        .lines()
        .find_map(|line| line.split(&format!("http://{at}")).nth(1).filter(|link| link.starts_with("/g/")));
    let door = door.unwrap().split_whitespace().next().unwrap().to_owned();
    child.kill().unwrap();
    child.wait().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let word = door.strip_prefix("/g/").unwrap().to_owned();
    let (session, letter, roll) = runtime.block_on(a_room_and_a_letter(folder.path(), &word));

    let receipts = Arc::new(Mutex::new(Vec::<String>::new()));
    let roll = Arc::new(Mutex::new(roll));
    let sat = Arc::new(Mutex::new(Vec::<Sat>::new()));
    let notes = Arc::new(Mutex::new(Vec::<String>::new()));
    for round in 0..ROUNDS {
        let at = free();
        let (mut child, _) = start(&["serve", "--data", data, "--listen", &at.to_string()]);
        let over = Arc::new(AtomicBool::new(false));
        let clients = (0..CLIENTS)
            .map(|client| {
                let (receipts, over, path) = (Arc::clone(&receipts), Arc::clone(&over), path.clone());
                std::thread::spawn(move || {
                    for n in 0.. {
                        if over.load(Ordering::Relaxed) {
                            break;
                        }
                        let word = format!("0190a1b2c3d4{round:06}{client:010}{n:010}");
                        if let Some(receipt) = raise(at, &path, &word) {
                            receipts.lock().unwrap().push(receipt);
                        }
                    }
                })
            })
            .collect::<Vec<_>>();
        let voters = (0..VOTERS).map(|client| {
            let (sat, over, door) = (Arc::clone(&sat), Arc::clone(&over), door.clone());
            let roll = Arc::clone(&roll);
            std::thread::spawn(move || {
                for n in 0.. {
                    if over.load(Ordering::Relaxed) {
                        break;
                    }
                    let word = format!("{round:06}{client:010}{n:010}");
                    sat.lock().unwrap().extend(sit_and_vote(at, &door, &word, n, &roll));
                }
            })
        });
        let follower = {
            let (notes, over) = (Arc::clone(&notes), Arc::clone(&over));
            let (session, page) = (session.clone(), format!("{letter}/follow-up"));
            std::thread::spawn(move || {
                let token = &yishi_store::blobs::digest_of(format!("form/{session}").as_bytes())[..32];
                for n in 0.. {
                    if over.load(Ordering::Relaxed) {
                        break;
                    }
                    let note = format!("跟催第{round:04}轮第{n:06}次");
                    let fields = [("token", token), ("follow-up-note", note.as_str())];
                    if post(at, &page, &format!("session={session}"), &fields).is_some() {
                        notes.lock().unwrap().push(note);
                    }
                }
            })
        };
        let clients: Vec<_> = clients.into_iter().chain(voters).chain([follower]).collect();
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
    let (sat, notes) = (sat.lock().unwrap(), notes.lock().unwrap());
    println!("{} receipts, {} seats, {} notes were acknowledged", receipts.len(), sat.len(), notes.len());
    assert!(sat.len() > ROUNDS / 2 && notes.len() > ROUNDS / 2, "{} sat, {} notes", sat.len(), notes.len());
    runtime.block_on(all_is_there(folder.path(), &word, &sat, &notes));
    sound(folder.path());
}

/// A program at work, killed when the test is over, however that ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// A backup is taken by another process while matters come in, and the program is killed; what
/// was acknowledged before the backup is in what is put back.
#[test]
fn a_backup_of_a_program_at_work_is_put_back_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (data, new) = (folder.path().join("data"), folder.path().join("new"));
    let at = free();
    let (child, printed) = start(&["demo", "--data", data.to_str().unwrap(), "--listen", &at.to_string()]);
    let server = Running(child);
    let front = format!("http://{at}");
    let poster = printed.lines().find_map(|line| line.split(&front).nth(1).filter(|l| l.starts_with("/q/")));
    let path = format!("{}/raise", poster.unwrap().split_whitespace().next().unwrap());
    let (over, receipts) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::<String>::new())));
    let clients: Vec<_> = (0..4)
        .map(|client| {
            let (over, receipts, path) = (Arc::clone(&over), Arc::clone(&receipts), path.clone());
            std::thread::spawn(move || {
                for n in 0.. {
                    if over.load(Ordering::Relaxed) {
                        break;
                    }
                    let word = format!("0190a1b2c3d4{:06}{client:010}{n:010}", 9);
                    receipts.lock().unwrap().extend(raise(at, &path, &word));
                }
            })
        })
        .collect();
    let waiting = Instant::now();
    while receipts.lock().unwrap().len() < 20 {
        assert!(waiting.elapsed() < Duration::from_secs(60), "matters come in");
        std::thread::sleep(Duration::from_millis(20));
    }
    let before = receipts.lock().unwrap().clone();
    let file = folder.path().join("backup.tar");
    let secret = folder.path().join("passphrase");
    std::fs::write(&secret, "三个街坊五棵槐树七盏灯八口井\n").unwrap();
    let run = |args: &[&str], folder: &Path, with: Option<&Path>| {
        let mut command = yishi();
        command.args(args).arg("--data").arg(folder);
        if let Some(secret) = with {
            command.arg("--passphrase-file").arg(secret);
        }
        command.output().unwrap()
    };
    let text = file.to_str().unwrap();
    let made = run(&["backup", "--to", text], &data, Some(&secret));
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    // The original goes on and is sealed further, so that the copy lags behind it.
    let then = receipts.lock().unwrap().len();
    while receipts.lock().unwrap().len() < then + 20 {
        assert!(waiting.elapsed() < Duration::from_secs(120), "matters go on coming in");
        std::thread::sleep(Duration::from_millis(20));
    }
    std::thread::sleep(Duration::from_secs(3));
    over.store(true, Ordering::Relaxed);
    drop(server);
    clients.into_iter().for_each(|client| client.join().unwrap());
    let without = run(&["backup", "--to", "never.tar"], &data, None);
    assert!(String::from_utf8_lossy(&without.stderr).contains("--without-keys"));
    let back = run(&["restore", text], &new, Some(&secret));
    assert!(back.status.success(), "{}", String::from_utf8_lossy(&back.stderr));
    sound(&new);
    let at = free();
    let (child, _) = start(&["serve", "--data", new.to_str().unwrap(), "--listen", &at.to_string()]);
    let server = Running(child);
    for receipt in &before {
        let asked = format!("GET {receipt} HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n\r\n");
        assert_eq!(request(at, &asked).unwrap().0, 200, "{receipt} was acknowledged before the backup");
    }
    drop(server);
    // The program does not start on an older copy of what it had.
    let seen = std::fs::read(data.join("keys/ledgers.jsonl")).unwrap();
    std::fs::write(new.join("keys/ledgers.jsonl"), seen).unwrap();
    let mut serve = yishi();
    serve.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(&new).stderr(Stdio::piped());
    let mut refused = Running(serve.spawn().unwrap());
    let waiting = Instant::now();
    let ended = loop {
        match refused.0.try_wait().unwrap() {
            Some(status) => break status,
            None => assert!(waiting.elapsed() < Duration::from_secs(20), "it serves all the same"),
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    let mut told = String::new();
    refused.0.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert!(!ended.success() && told.contains("yishi restore"), "{told}");
}

fn sound(folder: &Path) {
    let verified = yishi().args(["ledger", "verify", "--data"]).arg(folder).output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
}
