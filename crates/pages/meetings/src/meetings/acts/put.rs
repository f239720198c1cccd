//! Putting a motion to the vote.

use crate::meetings::hall::{Hall, MeetingAtWork};
use crate::meetings::hall::{at, rests};
use maud::{Markup, html};
use yishi_domain::ballots;
use yishi_domain::meetings::{self, HOLD, VoteMode};
use yishi_kernel::Right;
use yishi_office::meetings::reads::present;
use yishi_pages_dispatch::ballots::face::items;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Putting a motion to the vote.
#[derive(Debug)]
pub struct Put;

impl Act for Put {
    type On = MeetingAtWork;
    type Command = meetings::Put;
    const WORD: &'static str = "put";
    const RIGHT: &'static Right = &HOLD;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        if !rests(hall) {
            return Ok(html! {});
        }
        let t = f.t();
        let topics: Vec<(String, String)> =
            hall.row.story.topics.iter().map(|row| (row.id.to_string(), row.title.clone())).collect();
        let modes = t.choices::<VoteMode>();
        let (ledger, meeting) = at(hall);
        let voters = present(&hall.cx.app.office.db, ledger, meeting).await?;
        let items = items(&hall.rules, t);
        let inner = html! {
            @if voters == 0 { div.notice.warn { p { (t.say("put-nobody")) } } }
            @else { p { (t.with("put-roll", &[("count", &voters)])) } }
            (f.select("topic", &topics))
            (f.area("text"))
            (f.select("item", &items))
            (f.radios("mode", &modes).start(VoteMode::Phones.word()))
            (f.submit("put-send", "wide"))
        };
        Ok(f.card(&t.say("put-title"), &inner))
    }

    async fn read(hall: &Hall, mut r: Reader<'_>) -> Result<meetings::Put, Slip> {
        let topic = r.id("topic", "form-choose");
        let text = r.note("text", hall.limits());
        let mode = r.word("mode", VoteMode::parse, "form-choose");
        let item = r.some("item");
        if item.is_none() {
            r.refuse("item", ballots::Refusal::Item);
        }
        r.done(|| Some(meetings::Put { topic: topic?, text: text?, mode: mode?, item: item? }))
    }

    async fn carry_out(hall: &Hall, command: meetings::Put) -> Result<Next, Error> {
        hall.act(command).await
    }
}
