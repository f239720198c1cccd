//! The neighbourhood that is tortured: its store and its people, what was sent and told so far,
//! and what is asked of it after each fault, whatever that was.

use super::chance::Chance;
use super::check::{self, Found};
use super::http::{Request, links, value};
use super::load::{Load, Session, Turned, Ways, sign_in};
use super::program::{Ended, Place, Program, Served, last, plain};
use super::proxy::Proxy;
use super::witness::Witness;
use crate::postgres;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// The demonstration's people have this password, as it says itself.
const PASSWORD: &str = "yishi-demo-2026";

/// How many have a vote at the meeting.
const ON_ROLL: usize = 400;

/// All that a fault is struck on.
pub struct World {
    /// The program under torture.
    pub program: Program,
    /// Its store.
    pub place: Place,
    /// A folder for whatever else is needed.
    pub folder: PathBuf,
    /// What was sent and told.
    pub witness: Arc<Witness>,
    /// Where people go.
    pub ways: Ways,
    /// What happens by chance.
    pub chance: Chance,
    /// PostgreSQL, where the store lies there, and the way to it.
    pub server: Option<(postgres::Server, Proxy)>,
    /// How much of what was sent was looked at on pages.
    looked: usize,
    /// What is known to be lost or doubled by earlier faults.
    known: BTreeSet<String>,
}

/// What is asked after each fault.
#[derive(Debug, Default)]
pub struct After {
    /// What was lost or doubled by it.
    pub found: Found,
    /// How long starting again took.
    pub back: Duration,
    /// What did not hold.
    pub wrong: Vec<String>,
}

impl World {
    /// Makes a neighbourhood on an empty store, with a meeting at which a motion is put.
    pub fn make(
        program: Program,
        folder: &Path,
        server: Option<postgres::Server>,
        seed: u64,
    ) -> Result<Self, String> {
        let server = match server {
            Some(server) => {
                let proxy = Proxy::to(server.port())?;
                Some((server, proxy))
            }
            None => None,
        };
        let database = server.as_ref().map(|(server, proxy)| {
            server.url().replace(&format!(":{}/", server.port()), &format!(":{}/", proxy.port))
        });
        let place = Place { data: folder.join("store"), database };
        let (served, printed) = program.demonstrate(&place)?;
        let ways = prepare(&served, &printed)?;
        let ended = served.stop()?;
        if !ended.status.success() {
            return Err(format!("the demonstration did not stop well: {}", ended.said));
        }
        let witness = Arc::new(Witness::new(&folder.join("witness.jsonl"))?);
        let (folder, chance) = (folder.to_owned(), Chance(seed));
        Ok(Self { program, place, folder, witness, ways, chance, server, looked: 0, known: BTreeSet::new() })
    }

    /// Serves the store.
    pub fn serve(&self) -> Result<Served, String> {
        self.program.serve(&self.place)
    }

    /// Sets people to work at these servers.
    pub fn load(&mut self, servers: &[SocketAddr]) -> Load {
        Load::begin(&self.ways, &self.witness, servers, &mut self.chance)
    }

    /// Sets people to work at a server for a while that chance chooses, in which something is
    /// acknowledged at least.
    pub fn load_for_a_while(&mut self, servers: &[SocketAddr]) -> Load {
        let load = self.load(servers);
        load.until(usize::try_from(self.chance.between(12, 60)).unwrap_or(12), Duration::from_secs(5));
        load
    }

    /// The program is killed at work.
    pub fn killed(&mut self) -> Result<Struck, String> {
        let served = self.serve()?;
        let load = self.load_for_a_while(&[served.at]);
        let ended = served.kill()?;
        Ok(Struck::ended(load.end()?, &ended))
    }

    /// A copy of the folder, for what is not done to the store itself.
    pub fn copy(&self, name: &str) -> Result<Place, String> {
        let to = self.folder.join(name);
        if to.exists() {
            std::fs::remove_dir_all(&to).map_err(|error| format!("{}: {error}", to.display()))?;
        }
        copy(&self.place.data, &to)?;
        Ok(Place::folder(&to))
    }

    /// Starts the program again and asks whether all is there and holds.
    pub fn after(&mut self) -> Result<After, String> {
        let mut after = After::default();
        let served = match self.serve() {
            Ok(served) => served,
            Err(why) => {
                after.wrong.push(why);
                return Ok(after);
            }
        };
        after.back = served.took + served.well()?;
        after.wrong.extend(self.resend(&served)?);
        let all = self.witness.all();
        let on_pages = check::on_pages(&served, &all[self.looked..])?;
        self.looked = all.len();
        let ended = served.stop()?;
        if !ended.status.success() {
            after.wrong.push(format!("it stopped with {}: {}", ended.code(), last(&ended.said)));
        }
        for (what, args) in [("verify", &["ledger", "verify"][..]), ("audit", &["audit"])] {
            let (printed, ended) = self.program.run(args, &self.place)?;
            if !ended.status.success() {
                let broken = printed.lines().filter(|line| line.contains("\"holds\":false"));
                let broken: String = broken.map(|line| format!(" {line}")).collect();
                after.wrong.push(format!(
                    "{what} ended with {}: {}{broken}",
                    ended.code(),
                    ended.said.trim()
                ));
            }
        }
        let in_ledger = check::in_ledger(&self.program, &self.place, &all, &self.folder)?;
        for found in [on_pages, in_ledger] {
            after.found.lost.extend(found.lost);
            after.found.twice.extend(found.twice);
        }
        // What an earlier fault has lost is not lost again by this one.
        let known = &mut self.known;
        after.found.lost.retain(|one| known.insert(format!("lost {one}")));
        after.found.twice.retain(|one| known.insert(format!("twice {one}")));
        Ok(after)
    }

    /// Looks at every page once more that people were ever sent to.
    pub fn all_pages(&self) -> Result<Found, String> {
        let served = self.serve()?;
        let found = check::on_pages(&served, &self.witness.all())?;
        served.stop()?;
        Ok(found)
    }

    /// Whoever got no answer sends the same form again, as a browser asks whether to.
    fn resend(&self, served: &Served) -> Result<Vec<String>, String> {
        let mut wrong = Vec::new();
        for (number, sent) in self.witness.all().into_iter().enumerate().skip(self.looked) {
            if sent.told.is_some() || !sent.deed.may_come_again() {
                continue;
            }
            let Some(answer) = sent.request.send(served.at) else {
                wrong.push(format!("{:?} {} is not answered the second time", sent.deed, sent.mark));
                continue;
            };
            match answer.status {
                303 => self.witness.told(number, &answer.location)?,
                status => wrong.push(format!("{:?} {} again: status {status}", sent.deed, sent.mark)),
            }
        }
        Ok(wrong)
    }
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let fault = |error: std::io::Error| format!("{}: {error}", from.display());
    std::fs::create_dir_all(to).map_err(fault)?;
    for entry in std::fs::read_dir(from).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let target = to.join(entry.file_name());
        match entry.file_type().map_err(fault)?.is_dir() {
            true => copy(&entry.path(), &target)?,
            false => drop(std::fs::copy(entry.path(), &target).map_err(fault)?),
        }
    }
    Ok(())
}

/// Opens the demonstration's meeting, puts a motion, and finds out where people go.
fn prepare(served: &Served, printed: &str) -> Result<Ways, String> {
    let front = format!("http://{}", served.at);
    let first = |before: &str| {
        let link = links(printed, &format!("{front}{before}")).into_iter().next();
        link.map(|link| format!("{before}{link}"))
            .ok_or_else(|| format!("the demonstration tells no {before}"))
    };
    let meeting = first("/w/xinglin/g/")?;
    let board = Request::get("/c/xinglin", "").send(served.at).ok_or("the board is not answered")?;
    let joins = links(&board.body, "href=\"/c/xinglin/m/");
    let mut ways = Ways {
        raise: format!("{}/raise", first("/q/")?),
        joins: joins.iter().take(8).map(|number| format!("/c/xinglin/m/{number}/join")).collect(),
        door: first("/g/")?,
        motion: "1".to_owned(),
        letter: meeting.clone(),
        worker: ("worker".to_owned(), PASSWORD.to_owned()),
        roll: Arc::default(),
    };
    let worker = sign_in(&ways, served.at).ok_or("the worker cannot sign in")?;
    let page = |path: &str| {
        let answer = Request::get(path, &worker.cookie).send(served.at);
        answer.map(|answer| answer.body).ok_or_else(|| format!("{path} is not answered"))
    };
    let desk = page("/desk")?;
    let mut letters = links(&desk, "href=\"/w/xinglin/o/").into_iter().map(|n| format!("/w/xinglin/o/{n}"));
    ways.letter = letters
        .find(|letter| page(letter).is_ok_and(|page| page.contains("/follow-up\"")))
        .ok_or("the desk shows no letter to follow up")?;
    let acting = |who: &Session, what: &str, fields: &[(&str, &str)]| {
        let fields = [&[("token", who.token.as_str())], fields].concat();
        let path = format!("{meeting}/{what}");
        match Request::post(&path, &who.cookie, &fields).send(served.at) {
            Some(answer) if answer.status == 303 => Ok(()),
            answer => Err(format!("{path}: {:?}", answer.map(|answer| answer.status))),
        }
    };
    let act = |what: &str, fields: &[(&str, &str)]| acting(&worker, what, fields);
    act("open", &[])?;
    // Those on the roll have slips that one person made and another one handed out.
    let second = Ways { worker: ("worker2".to_owned(), PASSWORD.to_owned()), ..ways.clone() };
    let second = sign_in(&second, served.at).ok_or("the second worker cannot sign in")?;
    let codes = |sheet: &str| links(sheet, "slip-code\">");
    let before = codes(&page(&format!("{meeting}/slips"))?).len();
    let form = page(&meeting)?;
    let word = value(&form, "slips-form").unwrap_or_default();
    act("slips", &[("slips-form", word), ("slips-count", &ON_ROLL.to_string())])?;
    let all = codes(&page(&format!("{meeting}/slips"))?);
    acting(&second, "release", &[("release-upto", &all.len().to_string())])?;
    for (n, code) in all.iter().enumerate().skip(before) {
        let cookie = format!("device={n:026}");
        let fields = [("token", ""), ("name", "居民"), ("kind", "resident"), ("slip", code.as_str())];
        let sat = Request::post(&ways.door, &cookie, &fields).send(served.at);
        let sat = sat.filter(|answer| answer.status == 303).ok_or("nobody can sign in with a slip")?;
        ways.roll.lock().map_err(|_| "the roll is broken")?.push(sat.location);
    }
    let room = page(&meeting)?;
    let topics = room.split_once("name=\"put-topic\"").map_or("", |(_, rest)| rest);
    let topic = topics.split_once("value=\"").and_then(|(_, rest)| rest.split('"').next());
    let topic = topic.ok_or("the meeting takes no motion")?;
    act(
        "put",
        &[
            ("put-topic", topic),
            ("put-text", "活动室周末开放。"),
            ("put-mode", "phones"),
            ("put-item", "order"),
        ],
    )?;
    debug_assert!(value(&room, "token").is_some());
    Ok(ways)
}

/// What a fault that was struck came to.
#[derive(Debug)]
pub struct Struck {
    /// What came of requests meanwhile.
    pub turned: Turned,
    /// The message by which the program told it.
    pub said: String,
    /// All that the program said on its standard error.
    pub log: String,
    /// How the program ended.
    pub code: String,
    /// How long it took to be well again by itself.
    pub back: Duration,
    /// What was not as it should be.
    pub wrong: Vec<String>,
}

impl Struck {
    /// One that the program did not outlive, or that it was stopped after.
    pub fn ended(turned: Turned, ended: &Ended) -> Self {
        let (said, log, code) = (last(&ended.said), ended.said.clone(), ended.code());
        Self { turned, said, log, code, back: Duration::ZERO, wrong: Vec::new() }
    }

    /// One that the program outlives: it gets well by itself, people work on and go home, and it
    /// stops when it is asked to.
    pub fn outlived(served: Served, load: Load) -> Result<Self, String> {
        let back = served.well()?;
        load.until(10, Duration::from_secs(5));
        let turned = load.end()?;
        let ended = served.stop()?;
        Ok(Self { back, ..Self::ended(turned, &ended).demand_end("0") })
    }

    /// With what was not as it should be, if anything was not.
    pub fn but(mut self, wrong: Option<String>) -> Self {
        self.wrong.extend(wrong);
        self
    }

    /// With the demand that it ends so.
    pub fn demand_end(self, code: &str) -> Self {
        let other = (self.code != code).then(|| format!("it ended with {}, not with {code}", self.code));
        self.but(other)
    }

    /// With the demand that the log tells it by this word; the line that does is the message.
    pub fn demand_told(mut self, word: &str) -> Self {
        match self.log.lines().find(|line| line.contains(word)) {
            Some(line) => self.said = plain(line),
            None => self.wrong.push(format!("the log does not say {word:?}: {}", last(&self.log))),
        }
        self
    }
}
