//! A message to oneself, sent at once: whether the way that was set leads anywhere. Where it goes is
//! kept nowhere.

use super::show::{administers, page};
use axum::response::{IntoResponse as _, Redirect, Response};
use std::time::{Duration, Instant};
use yishi_courier::{Message, To};
use yishi_store::{blobs, random_word};
use yishi_web::read::Reader;
use yishi_web::sent::Sent;
use yishi_web::slip::Slip;
use yishi_web::tries::{Bucket, Pace};
use yishi_web::{Cx, Error};

/// How often one account has messages sent to whom it likes.
const ACCOUNT: Pace = Pace { at_once: 10, each: Duration::from_mins(10) };

/// `POST /admin/messages/test`
pub async fn send(cx: Cx, Sent(values): Sent) -> Result<Response, Error> {
    administers(&cx)?;
    let (t, staff) = (cx.locale, cx.staff()?);
    let mut r = Reader::new("test", &values, t);
    let typed = r.text("to");
    let to = typed.parse().map(To::Mobile).or_else(|_| typed.parse().map(To::Mail)).ok();
    if to.is_none() {
        r.wrong("to", "messages-test-wrong-to");
    }
    let to = match r.done(|| to) {
        Ok(to) => to,
        Err(slip) => return Ok(slip.answer(page(&cx, &values, Some(&slip), None).await?)),
    };
    let trouble = async |told: String| {
        let mut slip = Slip::default();
        slip.add(Some("test-to".to_owned()), told);
        Ok::<_, Error>(slip.answer(page(&cx, &values, Some(&slip), None).await?))
    };
    let account = staff.actor.account.map(|account| account.to_string()).unwrap_or_default();
    if cx.app.tries.take(&[Bucket::of(&["message-test", &account], ACCOUNT)], Instant::now()).is_err() {
        return trouble(t.say("messages-test-often")).await;
    }
    let local = cx.app.office.local(Some(staff.ledger)).await?;
    let message = Message {
        id: blobs::id_of(random_word(26)?.as_bytes()),
        to,
        subject: t.with("messages-test-subject", &[("place", &local.name)]),
        body: t.with("messages-test-body", &[("place", &local.name)]),
        language: t.tag(),
    };
    match cx.app.courier.send(&message).await {
        Ok(()) => Ok(Redirect::to("/admin/messages?sent").into_response()),
        Err(why) => {
            let told = t.with("messages-test-failed", &[("why", &t.word(why))]);
            trouble(told).await
        }
    }
}
