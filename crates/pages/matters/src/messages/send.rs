//! Sends what waits, a message at a time, as long as the program runs. A message is marked as sent
//! once it was: whoever dies in between sends it twice, under one id, and none is lost.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use yishi_courier::{Message, To};
use yishi_domain::matters::{Telling, Tongue};
use yishi_kernel::{Moment, PlaceId};
use yishi_office::matters::told::{News, Notice};
use yishi_store::message::{self, Message as Waiting};
use yishi_store::random_word;
use yishi_store::sealer::{Lease, lease};
use yishi_web::texts::{Language, Locale};
use yishi_web::{App, Error};

/// How often it looks.
const PERIOD: Duration = Duration::from_secs(2);
/// Messages sent in one round.
const AT_ONCE: usize = 50;
/// Messages of a day that are gathered in one round: more than a community has receipts that wish it.
const GATHERED: usize = 2_000;
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
        let Some(notice) = noticed(app, &waiting).await? else { continue };
        if down.contains(&notice.way) {
            message::later(db, &waiting, now.plus_seconds(HELD_UP)).await?;
            continue;
        }
        let Some(letter) = composed(app, &waiting, &[&notice]).await? else {
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
    gathered(app, owner).await
}

/// What a message tells now; nothing where it waits for the morning, or there is nobody to tell.
async fn noticed(app: &App, waiting: &Waiting) -> Result<Option<Notice>, Error> {
    let (db, now) = (&app.office.db, app.office.now());
    let wakes = app.office.telling(PlaceId(waiting.ledger)).await?.awake(now);
    if wakes > now {
        message::later(db, waiting, wakes).await?;
        return Ok(None);
    }
    let notice = app.office.notice(waiting).await?;
    if notice.is_none() {
        message::done(db, waiting, now).await?;
    }
    Ok(notice)
}

/// Sends those who wish it once a day all that is due as one message: of all their receipts that have
/// one address. One process at a time does it, so that nobody gets two.
async fn gathered(app: &App, owner: &str) -> Result<(), Error> {
    let db = &app.office.db;
    let now = app.office.now();
    if !message::gathered_is_due(db, now).await? || lease(db, "digest", owner, now).await? == Lease::Elsewhere
    {
        return Ok(());
    }
    let mut people = BTreeMap::<(String, &'static str), Vec<(Waiting, Notice)>>::new();
    for _ in 0..GATHERED {
        let Some(waiting) = message::take_gathered(db, owner, app.office.now()).await? else { break };
        let Some(notice) = noticed(app, &waiting).await? else { continue };
        people.entry((notice.to.clone(), notice.tongue.word())).or_default().push((waiting, notice));
    }
    for all in people.into_values() {
        let (waiting, notices): (Vec<Waiting>, Vec<Notice>) = all.into_iter().unzip();
        let Some(first) = waiting.first() else { continue };
        let letter = composed(app, first, &notices.iter().collect::<Vec<_>>()).await?;
        let sent = match &letter {
            Some(letter) => app.courier.send(letter).await,
            None => Ok(()),
        };
        let now = app.office.now();
        match sent {
            Ok(()) => {
                for one in &waiting {
                    message::done(db, one, now).await?;
                }
            }
            Err(trouble) => {
                tracing::warn!(
                    trouble = trouble.word(),
                    "messages of a day did not arrive; they are tried again"
                );
                message::failed_together(db, &waiting, trouble, now).await?;
            }
        }
    }
    Ok(())
}

/// A message in words. It names the number and where to look, and nothing of what was said: whoever
/// holds the telephone, or carries the mail, reads no more than that.
async fn composed(app: &App, first: &Waiting, notices: &[&Notice]) -> Result<Option<Message>, Error> {
    let Some(notice) = notices.first() else { return Ok(None) };
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
    let mut all = Vec::new();
    for notice in notices {
        let local = app.office.local(Some(notice.ledger)).await?;
        all.push(told(t, &local.name, notice));
    }
    let link = format!("{}/receipt", app.public_url);
    let (look, stop) = (t.with("message-look", &[("link", &link)]), t.say("message-stop"));
    let body = match notice.way {
        // One line: some gateways take no more.
        Telling::Text | Telling::Nothing => {
            format!("{}{}{look}{}{stop}", all.join(t.pick("", " ")), t.pick("", " "), t.pick("", " "))
        }
        Telling::Mail => format!("{}\n\n{look}\n\n{stop}\n", all.join("\n")),
    };
    let subject = t.with("message-subject", &[("place", &local.name)]);
    Ok(Some(Message { id: first.id(), to, subject, body, language: t.tag() }))
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
        News::Excluded => "news-excluded",
    };
    t.with(key, &[("place", &place), ("number", &notice.number), ("date", &date)])
}
