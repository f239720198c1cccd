//! Noting that the notice hangs, with a photo of it as proof; again for each further place.

use crate::meetings::hall::{Hall, MeetingAtWork};
use maud::{Markup, html};
use yishi_domain::meetings::{self, CONVENE, MeetingStage};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::routes::Takes;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Noting that the notice hangs.
#[derive(Debug)]
pub struct Post;

impl Act for Post {
    type On = MeetingAtWork;
    type Command = meetings::Post;
    const WORD: &'static str = "post";
    const RIGHT: &'static Right = &CONVENE;
    const TAKES: Takes = Takes::Parts;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        if hall.state.stage != MeetingStage::Called {
            return Ok(html! {});
        }
        let (t, slug, number) = (f.t(), &hall.ledger.slug, hall.row.story.row.number);
        let inner = html! {
            p { (t.say("post-lead")) " " a href={ "/c/" (slug) "/g/" (number) } { (t.say("post-print")) } }
            (f.text("at"))
            (f.photo().label("post-photos"))
            (f.submit("post-send", "wide"))
        };
        let card = f.card(&t.say("post-title"), &inner);
        Ok(match hall.state.agenda.posted {
            None => card,
            Some(_) => html! { details open[f.came_back()] { summary { (t.say("post-again")) } (card) } },
        })
    }

    async fn read(hall: &Hall, mut r: Reader<'_>) -> Result<meetings::Post, Slip> {
        // One photo is kept: that which was chosen last.
        let (at, photo) = (r.line("at", hall.limits()), r.photos().pop());
        r.done(|| Some(meetings::Post { at: at?, photo }))
    }

    async fn carry_out(hall: &Hall, command: meetings::Post) -> Result<Next, Error> {
        hall.act(command).await
    }
}
