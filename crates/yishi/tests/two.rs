//! Two programs over one PostgreSQL, with a mail server and a clock that has run out. One of them is
//! killed after a mail was taken and before it could note that; the other one goes on. Each message
//! arrives, twice only where nobody could know of the first, and always under one Message-ID; what
//! the clock brings about is recorded once.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use yishi_domain::dangers::Risk;
use yishi_domain::matters::{BeTold, Often, Receipt, Telling, Tongue};
use yishi_domain::rulebook::{ChangeId, Counted, SetNumber};
use yishi_kernel::{Actor, Claim, Moment, StreamName};
use yishi_office::Office;
use yishi_office::matters::Raising;
use yishi_store::Value;
use yishi_testkit::neighbourhood::{form, raising};
use yishi_testkit::{Neighbourhood, TestStore, neighbourhood};

/// How many wish to be told.
const PEOPLE: usize = 30;
/// Which of its mails the one program never hears of.
const HELD: usize = 3;

/// The mails that a server took.
type Taken = Arc<Mutex<Vec<String>>>;

/// When a mail server answers.
#[derive(Clone)]
enum Answers {
    /// After a while.
    Slowly,
    /// Until the mail of this number, which it takes and says nothing of.
    Until(usize, Sender<()>),
}

/// A mail server: its port.
fn mail_server(answers: Answers, taken: &Taken) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (taken, count) = (Arc::clone(taken), Arc::new(AtomicUsize::new(0)));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (taken, count, answers) = (Arc::clone(&taken), Arc::clone(&count), answers.clone());
            // Whoever is killed breaks off.
            std::thread::spawn(move || drop(converse(stream.unwrap(), &answers, &count, &taken)));
        }
    });
    port
}

fn converse(stream: TcpStream, answers: &Answers, count: &AtomicUsize, taken: &Taken) -> std::io::Result<()> {
    let (mut reader, mut writer) = (BufReader::new(stream.try_clone()?), stream);
    writer.write_all(b"220 mail.example.cn\r\n")?;
    let mut line = String::new();
    while reader.read_line(&mut line)? > 0 {
        let word = line.split([' ', '\r']).next().unwrap_or_default().to_owned();
        line.clear();
        let answer = match word.as_str() {
            "EHLO" => "250-mail.example.cn\r\n250 8BITMIME",
            "DATA" => {
                writer.write_all(b"354 go on\r\n")?;
                let mut mail = String::new();
                while !mail.ends_with("\r\n.\r\n") {
                    if reader.read_line(&mut mail)? == 0 {
                        return Ok(());
                    }
                }
                taken.lock().unwrap().push(mail);
                match answers {
                    Answers::Slowly => std::thread::sleep(Duration::from_millis(200)),
                    Answers::Until(held, tell) => {
                        if count.fetch_add(1, Ordering::SeqCst) + 1 == *held {
                            tell.send(()).unwrap();
                            while reader.read_line(&mut line)? > 0 {}
                            return Ok(());
                        }
                    }
                }
                "250 taken"
            }
            "QUIT" => "221 bye",
            _ => "250 well",
        };
        writer.write_all(format!("{answer}\r\n").as_bytes())?;
    }
    Ok(())
}

/// A program at work, killed when the test is over, however that ends.
struct Running(Child);

impl Running {
    fn kill(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn serve(folder: &Path, database: &str, port: u16) -> Running {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yishi"));
    command.args(["serve", "--listen", "127.0.0.1:0", "--public-url", "https://yishi.example"]);
    command.args(["--mail-from", "yishi@example.cn", "--courier-allow", "127.0.0.1", "--database", database]);
    command.arg("--smtp").arg(format!("smtp+plain://127.0.0.1:{port}")).arg("--data").arg(folder);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let (mut lines, mut printed) = (BufReader::new(child.stdout.take().unwrap()), String::new());
    while !printed.contains("Serving") {
        assert!(lines.read_line(&mut printed).unwrap() > 0, "{printed}");
    }
    Running(child)
}

/// Nobody sleeps here: the test runs at any hour.
async fn without_quiet_hours(office: &Office, here: &Neighbourhood) {
    let awake = SetNumber {
        number: "telling-quiet-until".to_owned(),
        counted: Counted::Plain,
        count: 21,
        source: "试验".to_owned(),
        reason: "一天到晚都发".to_owned(),
    };
    let id = ChangeId(form("awake").id("change"));
    office.start(&here.secretary, here.community, id, awake).await.unwrap();
    office.lay(here.community).await.unwrap();
}

/// A danger that nobody has seen in time, and people who wish to be told.
async fn prepared(office: &Office) {
    let here = neighbourhood(office).await;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let now = Moment(i64::try_from(now.as_micros()).unwrap());
    office.clock.put(now.plus_seconds(-3 * 3_600));
    without_quiet_hours(office, &here).await;
    let marked = Raising {
        danger: Some(Risk::Life),
        ..raising("danger", here.stairwells[1], "外墙瓷砖掉下来")
    };
    office.raise(&Actor::visitor(), marked).await.unwrap();
    let holder = Actor::visitor().showing(Claim::Receipt);
    for n in 0..PEOPLE {
        let word = format!("told-{n}");
        let raised =
            office.raise(&Actor::visitor(), raising(&word, here.building, "路灯不亮")).await.unwrap();
        let (way, tongue, often) = (Telling::Mail, Tongue::Chinese, Often::AtOnce);
        let wish = BeTold { way, tongue, often, to: format!("lin{n}@example.cn") };
        const RECEIPT: &str = "select id from receipt where ledger = ?1 and matter = ?2";
        let key = [Value::from(raised.ledger), Value::from(raised.matter)];
        let row = office.db.row(RECEIPT, &key).await.unwrap().unwrap();
        let receipt = StreamName::stored(&format!("receipt/{}", row.text(0).unwrap()));
        assert!(office.load::<Receipt>(raised.ledger, &receipt).await.unwrap().state.is_some());
        office.act(&holder, raised.ledger, receipt, wish).await.unwrap();
    }
}

async fn count(office: &Office, sql: &'static str) -> i64 {
    office.db.row(sql, &[]).await.unwrap().unwrap().int(0).unwrap()
}

async fn until(office: &Office, sql: &'static str, wished: i64) {
    let waiting = Instant::now();
    loop {
        let now = count(office, sql).await;
        if now == wished {
            return;
        }
        assert!(waiting.elapsed() < Duration::from_secs(90), "{sql}: {now} instead of {wished}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// What stands in a line of the head of a mail.
fn head<'a>(mail: &'a str, name: &str) -> &'a str {
    mail.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_programs_one_is_killed_between_sending_and_noting_it_and_the_other_goes_on() {
    const WENT_UP: &str = "select count(*) from event where kind = 'danger.went_up.1'";
    const WAITING: &str = "select count(*) from message";
    const TOLD: &str = "select number from cursor where follower = 'tell' and number > 0 limit 1";
    const TWO_MINUTES_LATER: &str = "update message set leased = leased - 120000000 where leased > 0";
    let Some(store) = TestStore::postgres().await else { return };
    let office = &store.office;
    prepared(office).await;
    let url = store.database.as_ref().unwrap().url.clone();
    let taken = Taken::default();
    let (tell, told): (Sender<()>, Receiver<()>) = channel();
    let (first, second) =
        (mail_server(Answers::Until(HELD, tell), &taken), mail_server(Answers::Slowly, &taken));
    let mut one = serve(store.folder(), &url, first);
    let other = serve(store.folder(), &url, second);
    told.recv_timeout(Duration::from_secs(60)).unwrap();
    // The server has it, and the program does not know.
    one.kill();
    assert!(count(office, TOLD).await > 0);
    // All but the one that is still leased to whoever was killed; then its lease is over.
    until(office, WAITING, 1).await;
    office.db.execute(vec![(TWO_MINUTES_LATER, Vec::new())]).await.unwrap();
    until(office, WAITING, 0).await;
    until(office, WENT_UP, 1).await;
    drop(other);

    let taken = std::mem::take(&mut *taken.lock().unwrap());
    let mut by_person = BTreeMap::<&str, Vec<&str>>::new();
    for mail in &taken {
        by_person.entry(head(mail, "To: ")).or_default().push(head(mail, "Message-ID: "));
        assert!(!mail.contains("路灯"), "{mail}");
    }
    assert_eq!(by_person.len(), PEOPLE, "{by_person:?}");
    let twice: Vec<_> = by_person.values().filter(|ids| ids.len() > 1).collect();
    assert_eq!(twice.len(), 1, "one was sent again, since nobody knew: {twice:?}");
    for ids in by_person.values() {
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 1, "one message has one id: {ids:?}");
    }
    let all: BTreeSet<&str> = by_person.values().flatten().copied().collect();
    assert_eq!(all.len(), PEOPLE, "and no other has it");
    assert_eq!(taken.len(), PEOPLE + 1);
    // Time went on; nothing was brought about twice, and the books verify.
    assert_eq!(count(office, WENT_UP).await, 1);
    let verified = Command::new(env!("CARGO_BIN_EXE_yishi"))
        .args(["ledger", "verify", "--database", &url, "--data"])
        .arg(store.folder())
        .output()
        .unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
}
