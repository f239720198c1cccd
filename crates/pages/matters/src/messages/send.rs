//! Sends what waits, a message at a time, as long as the program runs. A message is marked as sent
//! once it was: whoever dies in between sends it twice, under one id, and none is lost.

use std::sync::Arc;
use std::time::Duration;
use yishi_courier::{Message, To};
use yishi_domain::matters::{Telling, Tongue, awake};
use yishi_kernel::Moment;
use yishi_office::matters::told::{News, Notice};
use yishi_store::message::{self, Message as Waiting};
use yishi_store::random_word;
use yishi_web::texts::{Language, Locale};
use yishi_web::{App, Error};

/// How often it looks.
const PERIOD: Duration = Duration::from_secs(2);
/// Messages sent in one round.
const AT_ONCE: usize = 50;
/// How long other messages wait where the server itself was not reached, in seconds.
const HELD_UP: i64 = 60;

/// Sends what waits, again and again, until the task is dropped.
pub async fn run(app: Arc<App>) {
    let owner = random_word(12).unwrap_or_else(|_| std::process::id().to_string());
    if app.courier.mail().is_none() && app.courier.sms().is_none() {
        return;
    }
    loop {
        tokio::time::sleep(PERIOD).await;
        if let Err(error) = round(&app, &owner).await {
            tracing::error!(?error, "messages could not be sent; it is tried again");
        }
    }
}

/// One round: what is due is sent.
///
/// # Errors
/// When the store fails. A message that does not arrive is noted with it.
pub async fn round(app: &App, owner: &str) -> Result<(), Error> {
    let db = &app.office.db;
    let mut down: Vec<Telling> = Vec::new();
    for _ in 0..AT_ONCE {
        let now = app.office.now();
        let Some(waiting) = message::take(db, owner, now).await? else { break };
        let wakes = awake(now);
        if wakes > now {
            message::later(db, &waiting, wakes).await?;
            continue;
        }
        let Some(notice) = app.office.notice(&waiting).await? else {
            message::done(db, &waiting, now).await?;
            continue;
        };
        if down.contains(&notice.way) {
            message::later(db, &waiting, now.plus_seconds(HELD_UP)).await?;
            continue;
        }
        let Some(letter) = composed(app, &waiting, &notice).await? else {
            message::done(db, &waiting, now).await?;
            continue;
        };
        match app.courier.send(&letter).await {
            Ok(()) => message::done(db, &waiting, now).await?,
            Err(trouble) => {
                tracing::warn!(trouble = trouble.word(), "a message did not arrive; it is tried again");
                message::failed(db, &waiting, trouble, now).await?;
                if trouble.is_of_the_way() {
                    down.push(notice.way);
                }
            }
        }
    }
    Ok(())
}

/// A message in words. It names the number and where to look, and nothing of what was said: whoever
/// holds the telephone, or carries the mail, reads no more than that.
async fn composed(app: &App, waiting: &Waiting, notice: &Notice) -> Result<Option<Message>, Error> {
    let local = app.office.local(Some(notice.ledger)).await?;
    let language = match notice.tongue {
        Tongue::Chinese => Language::ZhHans,
        Tongue::English => Language::En,
    };
    let t = Locale { year: app.office.now().date().year(), ..Locale::from(language).of(local.kinds) };
    let to = match notice.way {
        Telling::Text => notice.to.parse().ok().map(To::Mobile),
        Telling::Mail => notice.to.parse().ok().map(To::Mail),
        Telling::Nothing => None,
    };
    let Some(to) = to else { return Ok(None) };
    let told = told(t, &local.name, notice);
    let link = format!("{}/receipt", app.public_url);
    let (look, stop) = (t.with("message-look", &[("link", &link)]), t.say("message-stop"));
    let body = match notice.way {
        // One line: some gateways take no more.
        Telling::Text | Telling::Nothing => {
            format!("{told}{}{look}{}{stop}", t.pick("", " "), t.pick("", " "))
        }
        Telling::Mail => format!("{told}\n\n{look}\n\n{stop}\n"),
    };
    let subject = t.with("message-subject", &[("place", &local.name)]);
    Ok(Some(Message { id: waiting.id(), to, subject, body, language: t.tag() }))
}

/// What is told, in one or two sentences.
fn told(t: Locale, place: &str, notice: &Notice) -> String {
    let day = |by: Moment| t.brief(by.deadline_date());
    let date = notice.by.map(day).unwrap_or_default();
    let key = match notice.news {
        News::Received => "news-received",
        News::InHand => "news-in_hand",
        News::Ordered => "news-ordered",
        News::Deliberated => "news-deliberated",
        News::Answered => "news-answered",
        News::Asked => "news-asked",
        News::Closed => "news-closed",
    };
    t.with(key, &[("place", &place), ("number", &notice.number), ("date", &date)])
}
