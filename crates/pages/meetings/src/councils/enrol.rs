//! Putting somebody on the roll.

use super::roll::{KeptCouncil, Roll};
use maud::{Markup, html};
use yishi_domain::councils::{self, KEEP, MemberKind};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Putting somebody on the roll.
#[derive(Debug)]
pub struct Enrol;

impl Act for Enrol {
    type On = KeptCouncil;
    type Command = councils::Enrol;
    const WORD: &'static str = "enrol";
    const RIGHT: &'static Right = &KEEP;

    async fn form(roll: &Roll, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let groups = t.choices::<MemberKind>();
        let mut parts = vec![(String::new(), t.say("enrol-whole"))];
        parts.extend(roll.row.parts.iter().cloned());
        let inner = html! {
            (f.text("name"))
            (f.radios("group", &groups).start(MemberKind::Delegate.word()))
            (f.select("part", &parts))
            div.row { (f.any_day("from").start(roll.cx.now.date().to_string())) (f.day("until")) }
            (f.submit("enrol-send", "wide"))
        };
        Ok(f.card(&t.say("enrol-title"), &inner))
    }

    async fn read(_: &Roll, mut r: Reader<'_>) -> Result<councils::Enrol, Slip> {
        let name = r.must("name");
        let group = r.word("group", MemberKind::parse, "form-choose");
        let part = r.id_or_none("part");
        // They are a member from the first moment of the day, to the last of their term.
        let from = r.day("from", "enrol-wrong-day").map(|end| end.plus_seconds(-DAY));
        let until = match r.some("until") {
            Some(_) => r.day("until", "enrol-wrong-day").map(Some),
            None => Some(None),
        };
        r.done(|| Some(councils::Enrol { group: group?, name: name?, part, from: from?, until: until? }))
    }

    async fn carry_out(roll: &Roll, command: councils::Enrol) -> Result<Next, Error> {
        roll.act(command).await
    }
}
