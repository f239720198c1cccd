//! A full room: so many people sign in with slips that one person made and another one handed
//! out, wait for a motion, and all vote. It says how long a vote's answer took, and whether any vote was lost or counted
//! twice: what each page shows, and what was counted, against what was acknowledged.

use super::{Answer, Options, Target, answer, parse, percentile, spread};
use crate::Stop;
use std::time::{Duration, Instant};
use tokio::io::{AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

/// How long a motion, or its count, is waited for.
const PATIENCE: Duration = Duration::from_secs(600);
/// How often a page is looked at while waiting.
const LOOK: Duration = Duration::from_millis(500);
/// The words of forms, and what the pages call them.
const CHOICES: [(&str, &str); 3] = [("for", "For"), ("against", "Against"), ("abstain", "Abstain")];

/// A browser as far as these pages need one: a connection and cookies.
struct Browser {
    target: Target,
    cookies: String,
    connection: Option<BufReader<TcpStream>>,
}

impl Browser {
    fn new(target: &Target, cookie: &str) -> Self {
        Self { target: target.clone(), cookies: format!("lang=en; {cookie}"), connection: None }
    }

    async fn sign_in(&mut self, account: &str) -> Result<(), String> {
        let (username, password) = account.split_once(':').ok_or("an account is NAME:PASSWORD")?;
        let signed = self.post("/signin", &[("username", username), ("password", password)]).await?;
        match signed.status {
            303 => Ok(()),
            _ => Err(unexpected(&format!("{username} cannot sign in"), &signed)),
        }
    }

    async fn get(&mut self, path: &str) -> Result<Answer, String> {
        self.ask("GET", path, "").await
    }

    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Answer, String> {
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", yishi_web::encoded(value))).collect();
        self.ask("POST", path, &pairs.join("&")).await
    }

    async fn ask(&mut self, method: &str, path: &str, body: &str) -> Result<Answer, String> {
        let said = self.tell(method, path, body).await;
        if said.is_err() {
            // Kept open too long, perhaps; the next one begins anew.
            self.connection = None;
        }
        said
    }

    async fn tell(&mut self, method: &str, path: &str, body: &str) -> Result<Answer, String> {
        let stream = match &mut self.connection {
            Some(stream) => stream,
            None => {
                let stream =
                    TcpStream::connect(self.target.address).await.map_err(|error| error.to_string())?;
                stream.set_nodelay(true).map_err(|error| error.to_string())?;
                self.connection.insert(BufReader::new(stream))
            }
        };
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.target.address,
            self.cookies,
            body.len()
        );
        stream.get_mut().write_all(request.as_bytes()).await.map_err(|error| error.to_string())?;
        let answer = answer(stream).await?;
        if let Some(cookie) = &answer.cookie {
            self.cookies = format!("{}; {cookie}", self.cookies);
        }
        Ok(answer)
    }
}

/// Signs in, and says the cookies by which its pages are read from then on.
pub(super) async fn signed_in(target: &Target, account: &str) -> Result<String, String> {
    let mut browser = Browser::new(target, "");
    browser.sign_in(account).await?;
    Ok(browser.cookies)
}

/// What stands between two words of a page.
fn between<'a>(page: &'a str, before: &str, after: &str) -> Option<&'a str> {
    page.split_once(before).and_then(|(_, rest)| rest.split_once(after)).map(|(found, _)| found)
}

/// The value of a form's field.
fn value<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let tag =
        page.split('<').find(|tag| tag.starts_with("input") && tag.contains(&format!("name=\"{name}\"")))?;
    between(tag, "value=\"", "\"")
}

fn unexpected(what: &str, answer: &Answer) -> String {
    format!("{what}: status {}: {}", answer.status, answer.body.chars().take(300).collect::<String>())
}

/// Whoever opens the meeting, puts the motion and ends the vote.
struct Chair {
    browser: Browser,
    page: String,
}

impl Chair {
    async fn sign_in(target: &Target, account: &str) -> Result<Self, String> {
        let mut browser = Browser::new(target, "");
        browser.sign_in(account).await?;
        let door = browser.get(&target.path).await?;
        let mut links = door.body.split("href=\"/c/").filter_map(|rest| rest.split('"').next());
        let (slug, number) =
            links.find_map(|link| link.split_once("/g/")).ok_or("no meeting has this code")?;
        Ok(Self { page: format!("/w/{slug}/g/{number}"), browser })
    }

    async fn act(&mut self, what: &str, fields: &[(&str, &str)]) -> Result<(), String> {
        let page = self.browser.get(&self.page).await?;
        let token = value(&page.body, "token").unwrap_or_default().to_owned();
        let fields = [&[("token", token.as_str())], fields].concat();
        let done = self.browser.post(&format!("{}/{what}", self.page), &fields).await?;
        if done.status == 303 { Ok(()) } else { Err(unexpected(what, &done)) }
    }

    async fn open(&mut self) -> Result<(), String> {
        // One that is open already stays so.
        match self.browser.get(&self.page).await? {
            page if page.body.contains("/open\"") => self.act("open", &[]).await,
            _ => Ok(()),
        }
    }

    /// Has slips made, has `second` say that all were handed out, and reads their codes.
    async fn slips(&mut self, second: &mut Self, people: u64) -> Result<Vec<String>, String> {
        let codes = |page: &str| -> Vec<String> {
            page.split("slip-code\">")
                .skip(1)
                .filter_map(|rest| rest.split('<').next())
                .map(str::to_owned)
                .collect()
        };
        let sheet = format!("{}/slips", self.page);
        let before = codes(&self.browser.get(&sheet).await?.body).len();
        let form = self.browser.get(&self.page).await?;
        let word = value(&form.body, "slips-form").unwrap_or_default().to_owned();
        self.act("slips", &[("slips-form", &word), ("slips-count", &people.to_string())]).await?;
        let all = codes(&self.browser.get(&sheet).await?.body);
        second.act("release", &[("release-upto", &all.len().to_string())]).await?;
        Ok(all.into_iter().skip(before).collect())
    }

    async fn put(&mut self) -> Result<(), String> {
        let page = self.browser.get(&self.page).await?;
        let topics = between(&page.body, "name=\"put-topic\"", "</select>").unwrap_or_default();
        let topic = between(topics, "value=\"", "\"").ok_or("the meeting takes no motion now")?.to_owned();
        let text = "压力测试：同意今天的方案。";
        self.act(
            "put",
            &[("put-topic", &topic), ("put-text", text), ("put-mode", "phones"), ("put-item", "order")],
        )
        .await
    }
}

/// One who came: the page of the seat.
struct Sitting {
    browser: Browser,
    seat: String,
}

async fn sign_in(
    target: Target,
    n: u64,
    run: u64,
    slip: String,
    at: Instant,
) -> Result<(Sitting, u64), String> {
    tokio::time::sleep_until(at.into()).await;
    let word = format!("{:016x}{:016x}", spread(run), spread(run ^ n))[..26].to_owned();
    let mut browser = Browser::new(&target, &format!("device={word}"));
    let name = format!("居民{n}");
    let fields = [("token", ""), ("name", name.as_str()), ("kind", "resident"), ("slip", slip.as_str())];
    let signed = browser.post(&target.path, &fields).await?;
    let micros = u64::try_from(at.elapsed().as_micros()).unwrap_or(u64::MAX);
    match signed.location.clone().filter(|_| signed.status == 303) {
        Some(seat) => Ok((Sitting { browser, seat }, micros)),
        None => Err(unexpected("signing in", &signed)),
    }
}

/// What became of one person's vote.
struct Voted {
    micros: u64,
    shown: bool,
    sitting: Sitting,
}

/// Waits for a motion, votes at the given time after `start`, and looks whether it stands.
async fn vote(mut sitting: Sitting, n: u64, motion: String, at: Instant) -> Result<Voted, String> {
    tokio::time::sleep_until(at.into()).await;
    let (choice, shown) = CHOICES[usize::try_from(n % 3).unwrap_or_default()];
    let fields = [("token", ""), ("motion", motion.as_str()), ("choice", choice)];
    let path = format!("{}/vote", sitting.seat);
    let answer = sitting.browser.post(&path, &fields).await?;
    let micros = u64::try_from(at.elapsed().as_micros()).unwrap_or(u64::MAX);
    if answer.status != 303 {
        return Err(unexpected("voting", &answer));
    }
    let page = sitting.browser.get(&sitting.seat).await?;
    // Over already: then only the count can tell.
    let stands = page.body.contains(&format!("You voted: {shown}")) || value(&page.body, "motion").is_none();
    Ok(Voted { micros, shown: stands, sitting })
}

/// Looks at a page until something stands there.
async fn wait<T>(sitting: &mut Sitting, found: impl Fn(&str) -> Option<T>) -> Result<T, String> {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        if let Some(found) = found(&sitting.browser.get(&sitting.seat).await?.body) {
            return Ok(found);
        }
        tokio::time::sleep(LOOK).await;
    }
    Err("nothing came to be voted on".to_owned())
}

/// The counts a page shows of a motion: present, for, against, abstaining.
fn counts(page: &str, motion: &str) -> Option<[u64; 4]> {
    let (_, result) = page.rsplit_once(&format!("Vote {motion}"))?;
    let (_, line) = result.split_once("<p>").filter(|_| result.contains(" present: "))?;
    let sentence = line.split("<p>").chain([line]).find(|part| part.contains(" present: "))?;
    let numbers: Vec<u64> = sentence
        .split("</p>")
        .next()?
        .split(|letter: char| !letter.is_ascii_digit())
        .filter_map(|part| part.parse().ok())
        .collect();
    numbers.get(..4)?.try_into().ok()
}

/// Many at once, each at its own time within `seconds`, and what each came to.
async fn all<T: Send + 'static, F: Future<Output = Result<T, String>> + Send + 'static>(
    tasks: Vec<F>,
) -> (Vec<T>, Vec<String>) {
    let running: Vec<_> = tasks.into_iter().map(tokio::spawn).collect();
    let (mut done, mut failed) = (Vec::new(), Vec::new());
    for task in running {
        match task.await {
            Ok(Ok(one)) => done.push(one),
            Ok(Err(error)) => failed.push(error),
            Err(error) => failed.push(error.to_string()),
        }
    }
    (done, failed)
}

fn times(mut micros: Vec<u64>) -> String {
    micros.sort_unstable();
    let at = |share| percentile(&micros, share);
    format!("p50 {:.1}, p99 {:.1}, max {:.1} ms", at(0.5), at(0.99), at(1.0))
}

/// Fills the room and votes.
///
/// # Errors
/// When nobody can sign in, no motion comes, or a vote was lost or counted twice.
pub(super) async fn run(options: Options, people: u64) -> Result<(), Stop> {
    let target = parse(&options.target)?;
    let stop = Stop::Usage;
    let run = u64::from(std::process::id()) ^ spread(u64::from(std::process::id()));
    let (Some(chair), Some(second)) = (&options.chair, &options.second) else {
        let two = "--vote needs --chair NAME:PASSWORD and --second NAME:PASSWORD, another account: one makes the slips, the other hands them out";
        return Err(stop(two.to_owned()));
    };
    let mut chair = Chair::sign_in(&target, chair).await.map_err(stop)?;
    let mut second = Chair::sign_in(&target, second).await.map_err(stop)?;
    chair.open().await.map_err(stop)?;
    let slips = chair.slips(&mut second, people).await.map_err(stop)?;
    let spaced = |n: u64, start: Instant| {
        start + Duration::from_secs(options.seconds).mul_f64(n as f64 / people.max(1) as f64)
    };

    let start = Instant::now();
    let (came, failed) = all((0..)
        .zip(slips)
        .map(|(n, slip)| sign_in(target.clone(), n, run, slip, spaced(n, start)))
        .collect())
    .await;
    let (sittings, micros): (Vec<_>, Vec<_>) = came.into_iter().unzip();
    println!(
        "{} of {people} signed in in {:.1} s: {}",
        sittings.len(),
        start.elapsed().as_secs_f64(),
        times(micros)
    );
    let mut errors = failed;

    chair.put().await.map_err(stop)?;
    let mut sittings = sittings;
    let first = sittings.first_mut().ok_or_else(|| stop(errors.join("\n")))?;
    let motion = wait(first, |page| value(page, "motion").map(str::to_owned)).await.map_err(stop)?;

    let start = Instant::now();
    let voting = (0..).zip(sittings).map(|(n, one)| vote(one, n, motion.clone(), spaced(n, start))).collect();
    let (voted, failed) = all(voting).await;
    errors.extend(failed);
    let not_shown = voted.iter().filter(|one| !one.shown).count();
    println!(
        "{} voted in {:.1} s: {}; {not_shown} do not see their own vote",
        voted.len(),
        start.elapsed().as_secs_f64(),
        times(voted.iter().map(|one| one.micros).collect())
    );

    chair.act("end", &[("end-motion", &motion), ("end-sure", "yes")]).await.map_err(stop)?;
    let acknowledged = voted.len() as u64;
    let mut one = voted.into_iter().next().map(|one| one.sitting).ok_or_else(|| stop(errors.join("\n")))?;
    let [present, in_favour, against, abstain] =
        wait(&mut one, |page| counts(page, &motion)).await.map_err(stop)?;
    let counted = in_favour + against + abstain;
    println!(
        "counted: {present} present, {in_favour} for, {against} against, {abstain} abstaining; \
         {} lost, {} counted twice, {} errors",
        acknowledged.saturating_sub(counted),
        counted.saturating_sub(acknowledged),
        errors.len()
    );
    if let Some(error) = errors.first() {
        println!("first error: {error}");
    }
    match counted == acknowledged && not_shown == 0 {
        true => Ok(()),
        false => Err(stop(format!("{acknowledged} votes were acknowledged, {counted} counted"))),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn pages_are_read_for_fields_and_counts() {
        let page = "<form><input type=\"hidden\" name=\"token\" value=\"abc\"></form>\
            <section class=\"card\"><h3>Vote 2 <span class=\"badge\">carried</span></h3><p class=\"pre\">Lamps at 5</p>\
            <p>300 present: 100 for, 99 against, 98 abstaining</p></section>\
            <section class=\"card\"><h3>Vote 1 <span>x</span></h3><p>7 present: 1 for, 2 against, 3 abstaining</p></section>";
        assert_eq!(value(page, "token"), Some("abc"));
        assert_eq!(value(page, "motion"), None);
        assert_eq!(counts(page, "2"), Some([300, 100, 99, 98]));
        assert_eq!(counts(page, "1"), Some([7, 1, 2, 3]));
        assert_eq!(counts(page, "3"), None);
    }
}
