//! Ticking the households that came: a box for each door, no names.

use super::door::{AtTheDoor, Stair, ticked};
use maud::{Markup, html};
use yishi_domain::meetings::{self, HOLD_STAIRWELL, MeetingStage};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Ticking who came.
#[derive(Debug)]
pub struct Come;

impl Act for Come {
    type On = AtTheDoor;
    type Command = meetings::Come;
    const WORD: &'static str = "come";
    const RIGHT: &'static Right = &HOLD_STAIRWELL;

    async fn form(stair: &Stair, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let doors: Vec<_> =
            stair.row.homes.iter().map(|home| (home.id.to_string(), home.name.clone())).collect();
        let came: Vec<String> = ticked(stair).iter().map(ToString::to_string).collect();
        let boxes = html! {
            (f.checks("door", &doors, &came))
            @match stair.state.stage {
                MeetingStage::Open => (f.submit("stairs-come-again", "wide second")),
                _ => (f.submit("stairs-open", "giant")),
            }
        };
        Ok(match stair.state.stage {
            MeetingStage::Open => f.folded(&t.say("stairs-came-more"), &boxes),
            _ => f.card(&t.say("stairs-come"), &boxes),
        })
    }

    async fn read(_: &Stair, mut r: Reader<'_>) -> Result<meetings::Come, Slip> {
        let doors = r.ids("door");
        r.done(|| Some(meetings::Come { doors }))
    }

    async fn carry_out(stair: &Stair, command: meetings::Come) -> Result<Next, Error> {
        stair.act(command).await
    }
}
