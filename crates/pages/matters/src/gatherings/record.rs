//! Writing the record of a gathering: who came, and its lines on one screen.

use super::gathering::{GatheringAtWork, Held};
use super::lines;
use super::new::{mostly, people};
use maud::{Markup, html};
use yishi_domain::gatherings::{self, RECORD};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};
use yishi_web::visitor::{fresh_form, sent_with};

/// Writing its record.
#[derive(Debug)]
pub struct Record;

impl Act for Record {
    type On = GatheringAtWork;
    type Command = gatherings::Record;
    const WORD: &'static str = "record";
    const RIGHT: &'static Right = &RECORD;

    async fn form(held: &Held, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let fresh = fresh_form(&held.cx)?;
        let in_hand = lines::in_hand(&held.cx, &held.ledger).await?;
        let inner = html! {
            (f.hidden("form", &f.value("form", fresh.get("form"))))
            (people(f, Some((held.state.people, held.state.mostly))))
            (lines::fields(f, &in_hand))
            (f.submit("gathering-record", "giant"))
            p.small.soft { (t.say("gathering-record-hint")) }
        };
        Ok(f.card(&t.say("gathering-lines"), &inner))
    }

    async fn read(held: &Held, mut r: Reader<'_>) -> Result<gatherings::Record, Slip> {
        let said = lines::content(&r, &["people", "mostly"]);
        let form = sent_with(&held.cx, &r.text("form"), &said).ok();
        let people = match r.number_or_none("people") {
            Some(None) => {
                r.wrong("people", "refusal-gathering-people");
                None
            }
            read => read.flatten(),
        };
        let mostly = mostly(&mut r);
        let lines = match lines::read(&mut r, &held.cx, &held.ledger, form, held.limits()).await {
            Ok(lines) => lines,
            Err(error) => return Err(broken(r, &error)),
        };
        r.done(|| Some(gatherings::Record { people: people?, mostly: mostly?, lines: lines? }))
    }

    async fn carry_out(held: &Held, command: gatherings::Record) -> Result<Next, Error> {
        held.act(command).await
    }
}

/// What is told where the store failed while the lines were looked up: all that was typed stays.
fn broken(r: Reader<'_>, error: &Error) -> Slip {
    let t = r.t();
    let mut slip = r.done(|| None::<()>).err().unwrap_or_default();
    slip.add(None, error.text(t));
    slip
}
