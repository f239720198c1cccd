//! People at work while something happens to the program: some raise matters, some join, some
//! sign in at a meeting and vote, one works there. Each writes down what it does before it does
//! it, and what it was told.

use super::chance::Chance;
use super::http::{Answer, Request, value};
use super::witness::{Deed, Witness, mark};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime};

/// How long whoever got no answer waits before the next thing.
const DISMAY: Duration = Duration::from_millis(25);
/// The choices of a vote, and what a page calls them.
const CHOICES: [(&str, &str); 3] = [("for", "For"), ("against", "Against"), ("abstain", "Abstain")];

/// Where people go.
#[derive(Clone, Debug)]
pub struct Ways {
    /// The form of a poster.
    pub raise: String,
    /// The forms by which matters are joined.
    pub joins: Vec<String>,
    /// The door of a meeting.
    pub door: String,
    /// The motion that is voted on there.
    pub motion: String,
    /// The letter that is followed up.
    pub letter: String,
    /// Somebody who works there: name and password.
    pub worker: (String, String),
    /// The pages of those on the roll who have not voted yet.
    pub roll: Arc<Mutex<Vec<String>>>,
}

/// What came of requests besides acknowledgements.
#[derive(Clone, Debug, Default)]
pub struct Turned {
    /// Told to try again.
    pub away: usize,
    /// Not answered.
    pub unanswered: usize,
    /// Answers that say neither, or on a page that had lost what was typed.
    pub strange: Vec<String>,
}

/// What all of them share.
struct Crowd {
    ways: Ways,
    witness: Arc<Witness>,
    servers: Vec<SocketAddr>,
    over: AtomicBool,
    next: AtomicU64,
    turned: Mutex<Turned>,
    broken: Mutex<Option<String>>,
}

/// A crowd at work.
pub struct Load {
    crowd: Arc<Crowd>,
    people: Vec<JoinHandle<()>>,
}

impl Load {
    /// Sets people to work at these servers. Marks are made of numbers from `first` on.
    pub fn begin(ways: &Ways, witness: &Arc<Witness>, servers: &[SocketAddr], chance: &mut Chance) -> Self {
        let crowd = Arc::new(Crowd {
            ways: ways.clone(),
            witness: Arc::clone(witness),
            servers: servers.to_vec(),
            over: AtomicBool::new(false),
            next: AtomicU64::new(chance.next()),
            turned: Mutex::default(),
            broken: Mutex::default(),
        });
        let work: [fn(&Crowd, SocketAddr); 9] =
            [raise, raise, raise, raise, join, join, sit_and_vote, sit_and_vote, note];
        let people = work.into_iter().enumerate().map(|(n, work)| {
            let crowd = Arc::clone(&crowd);
            std::thread::spawn(move || {
                let server = crowd.servers[n % crowd.servers.len()];
                while !crowd.over.load(Ordering::Relaxed) {
                    work(&crowd, server);
                }
            })
        });
        Self { people: people.collect(), crowd }
    }

    /// Waits until so much more was acknowledged than there was, or the time is over.
    pub fn until(&self, more: usize, at_most: Duration) {
        let from = self.crowd.witness.counts().1;
        let began = std::time::Instant::now();
        while self.crowd.witness.counts().1 < from + more && began.elapsed() < at_most {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Sends everybody home, once what they do is done.
    pub fn end(self) -> Result<Turned, String> {
        self.crowd.over.store(true, Ordering::Relaxed);
        for one in self.people {
            one.join().map_err(|_| "somebody at work fell over".to_owned())?;
        }
        if let Some(why) = self.crowd.broken.lock().unwrap_or_else(PoisonError::into_inner).take() {
            return Err(why);
        }
        Ok(self.crowd.turned.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }
}

impl Crowd {
    fn fresh(&self) -> String {
        // Neighbouring numbers make marks that are nothing alike.
        mark(Chance(self.next.fetch_add(1, Ordering::Relaxed)).next())
    }

    /// Sends something that writes; where it led to, once it was acknowledged.
    fn does(&self, deed: Deed, mark: &str, request: &Request, server: SocketAddr) -> Option<Answer> {
        let number = match self.witness.sends(deed, mark, request) {
            Ok(number) => number,
            Err(why) => {
                self.over.store(true, Ordering::Relaxed);
                *self.broken.lock().unwrap_or_else(PoisonError::into_inner) = Some(why);
                return None;
            }
        };
        let Some(answer) = request.send(server) else {
            self.turned.lock().unwrap_or_else(PoisonError::into_inner).unanswered += 1;
            std::thread::sleep(DISMAY);
            return None;
        };
        if answer.status == 303 && !answer.location.starts_with("/signin") {
            if let Err(why) = self.witness.told(number, &answer.location) {
                *self.broken.lock().unwrap_or_else(PoisonError::into_inner) = Some(why);
            }
            return Some(answer);
        }
        let mut turned = self.turned.lock().unwrap_or_else(PoisonError::into_inner);
        match answer.status {
            500..600 => {
                turned.away += 1;
                if deed != Deed::Vote && !answer.body.contains(mark) {
                    let text = strange(&answer);
                    turned.strange.push(format!("{deed:?} lost what was typed, {}: {text}", answer.status));
                }
            }
            // The session ended, as it does when the clock goes far ahead.
            303 => turned.away += 1,
            status => {
                let text = strange(&answer);
                turned.strange.push(format!("{deed:?} was answered with {status}: {text}"));
            }
        }
        drop(turned);
        std::thread::sleep(DISMAY);
        None
    }
}

/// What a page says, without its marks.
fn strange(answer: &Answer) -> String {
    let body = answer.body.split_once("<main").map_or(answer.body.as_str(), |(_, main)| main);
    let text: String = body.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text).collect();
    format!("{} {}", answer.location, text.chars().take(200).collect::<String>())
}

/// The word of a form, as a page would have given it: the time, then chance.
fn word(mark: &str) -> String {
    let made = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_millis());
    format!("{made:012x}{}", device(mark))
}

/// What somebody votes, and what a page calls it: it follows from the mark.
pub fn choice_of(mark: &str) -> (&'static str, &'static str) {
    CHOICES[mark.bytes().map(usize::from).sum::<usize>() % CHOICES.len()]
}

/// The word of a device, made of a mark.
fn device(mark: &str) -> String {
    mark.bytes().map(|letter| format!("{letter:02x}")).collect::<String>().chars().skip(4).take(26).collect()
}

/// The word of a form and the cookie of a device, for whoever is not of the crowd.
pub fn word_of_form(mark: &str) -> (String, String) {
    (word(mark), format!("device={}", device(mark)))
}

fn raise(crowd: &Crowd, server: SocketAddr) {
    let mark = crowd.fresh();
    let text = format!("楼道灯坏了，记号{mark}，晚上看不清台阶。");
    let fields = [("form", &*word(&mark)), ("token", ""), ("text", &text)];
    let request = Request::parts(&crowd.ways.raise, &format!("device={}", device(&mark)), &fields, None);
    crowd.does(Deed::Raise, &mark, &request, server);
}

fn join(crowd: &Crowd, server: SocketAddr) {
    let mark = crowd.fresh();
    let which = crowd.next.load(Ordering::Relaxed) as usize % crowd.ways.joins.len();
    let fields = [("form", &*word(&mark)), ("name", &mark), ("contact", "")];
    let request = Request::post(&crowd.ways.joins[which], &format!("device={}", device(&mark)), &fields);
    crowd.does(Deed::Join, &mark, &request, server);
}

fn sit_and_vote(crowd: &Crowd, server: SocketAddr) {
    let mark = crowd.fresh();
    let cookie = format!("device={}", device(&mark));
    let fields = [("token", ""), ("name", &*mark), ("kind", "resident")];
    let request = Request::post(&crowd.ways.door, &cookie, &fields);
    if crowd.does(Deed::SignIn, &mark, &request, server).is_none() {
        return;
    }
    // Who came after the roll was closed has no vote: somebody votes who is on it.
    let seat = crowd.ways.roll.lock().ok().and_then(|mut roll| roll.pop());
    let Some(seat) = seat else { return };
    let (choice, _) = choice_of(&mark);
    let fields = [("token", ""), ("motion", &*crowd.ways.motion), ("choice", choice)];
    let request = Request::post(&format!("{seat}/vote"), &cookie, &fields);
    crowd.does(Deed::Vote, &mark, &request, server);
}

/// Signs in, and notes things until that no longer works.
fn note(crowd: &Crowd, server: SocketAddr) {
    let Some(session) = sign_in(&crowd.ways, server) else {
        std::thread::sleep(DISMAY);
        return;
    };
    while !crowd.over.load(Ordering::Relaxed) {
        let mark = crowd.fresh();
        let text = format!("再次电话联系，记号{mark}。");
        let fields = [("token", session.token.as_str()), ("follow-up-note", &text)];
        let path = format!("{}/follow-up", crowd.ways.letter);
        if crowd.does(Deed::Note, &mark, &Request::post(&path, &session.cookie, &fields), server).is_none() {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Somebody who is signed in.
pub struct Session {
    /// The cookies.
    pub cookie: String,
    /// What forms carry that are this session's.
    pub token: String,
}

/// Signs the worker in.
pub fn sign_in(ways: &Ways, server: SocketAddr) -> Option<Session> {
    let (name, password) = &ways.worker;
    let signed = Request::post("/signin", "", &[("username", name), ("password", password)]).send(server)?;
    let cookie = signed.cookies.join("; ");
    let page = Request::get(&ways.letter, &cookie).send(server)?;
    let token = value(&page.body, "token").map(str::to_owned)?;
    Some(Session { cookie, token })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_forms_and_devices_are_as_pages_give_them() {
        let mark = mark(12);
        assert_eq!((word(&mark).len(), device(&mark).len()), (38, 26));
        assert!(word(&mark).bytes().all(|letter| letter.is_ascii_hexdigit()));
    }
}
