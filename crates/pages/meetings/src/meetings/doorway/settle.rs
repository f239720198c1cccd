//! The minutes of a stairwell's meeting, at most a few lines, and the hands on them. With that it is
//! over, and stands where the neighbours read it.

use super::door::{AtTheDoor, Stair};
use maud::{Markup, html};
use yishi_domain::meetings::{self, HOLD_STAIRWELL, MeetingStage};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Ending it with its minutes.
#[derive(Debug)]
pub struct Settle;

/// The fields of the lines.
const LINES: [&str; 5] = ["line-1", "line-2", "line-3", "line-4", "line-5"];
/// The fields of the hands.
const HANDS: [&str; 3] = ["for", "against", "abstain"];

impl Act for Settle {
    type On = AtTheDoor;
    type Command = meetings::Settle;
    const WORD: &'static str = "settle";
    const RIGHT: &'static Right = &HOLD_STAIRWELL;

    async fn form(stair: &Stair, f: &Form<'_>) -> Result<Markup, Error> {
        if stair.state.stage != MeetingStage::Open {
            return Ok(html! {});
        }
        let t = f.t();
        let inner = html! {
            p.hint { (t.say("stairs-lines-hint")) }
            (f.text("line-1")) (f.text("line-2")) (f.text("line-3")) (f.text("line-4")) (f.text("line-5"))
            h3 { (t.say("stairs-hands")) }
            div.row {
                (f.number("for").label("choice-for"))
                (f.number("against").label("choice-against"))
                (f.number("abstain").label("choice-abstain"))
            }
            (f.submit("stairs-settle", "giant"))
        };
        Ok(f.card(&t.say("stairs-lines"), &inner))
    }

    async fn read(stair: &Stair, mut r: Reader<'_>) -> Result<meetings::Settle, Slip> {
        let lines: Vec<_> = LINES.iter().map(|field| r.line_or_none(field, stair.limits())).collect();
        let hands = HANDS.map(|field| r.number_or_none(field));
        r.done(|| {
            let lines = lines.into_iter().collect::<Option<Vec<_>>>()?;
            let [for_it, against, abstain] = hands;
            let hands = [for_it?, against?, abstain?].map(Option::unwrap_or_default);
            Some(meetings::Settle {
                lines: lines.into_iter().map(Option::unwrap_or_default).collect(),
                hands,
            })
        })
    }

    async fn carry_out(stair: &Stair, command: meetings::Settle) -> Result<Next, Error> {
        stair.act(command).await
    }
}
