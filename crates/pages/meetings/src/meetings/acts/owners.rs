//! Entering what owners decided on a recommendation, from its paper: a form for each that waits for
//! them. Somebody else confirms it on its own page.

use crate::meetings::hall::{Hall, MeetingAtWork, at};
use maud::{Markup, html};
use yishi_domain::ballots::{EnterResult, OwnersResultId, Part};
use yishi_domain::meetings::{MeetingStage, OWNERS};
use yishi_kernel::Right;
use yishi_office::FormKey;
use yishi_office::ballots::reads::result;
use yishi_pages_dispatch::ballots::face::badge;
use yishi_web::Error;
use yishi_web::routes::Takes;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};
use yishi_web::visitor::{fresh_form, sent_with};

/// Entering what owners decided.
#[derive(Debug)]
pub struct Owners;

/// What the form asks for, under its key.
#[derive(Debug)]
pub struct Entering {
    key: FormKey,
    enter: EnterResult,
}

impl Act for Owners {
    type On = MeetingAtWork;
    type Command = Entering;
    const WORD: &'static str = "owners";
    const RIGHT: &'static Right = &OWNERS;
    const TAKES: Takes = Takes::Parts;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        if hall.state.stage != MeetingStage::Published {
            return Ok(html! {});
        }
        let t = f.t();
        let fresh = fresh_form(&hall.cx)?;
        Ok(html! {
            @for motion in hall.state.sitting.awaiting_owners() {
                @let f = f.nth(motion.number);
                (f.card(&t.with("owners-title", &[("number", &motion.number)]), &html! {
                    p { strong { (motion.text) } }
                    (badge(&motion.decides, t))
                    p { (t.say("owners-lead")) }
                    // Sent again it is still the same result.
                    (f.hidden("form", &f.value("form", fresh.get("form"))))
                    (f.past_day("decided", hall.state.agenda.starts.date()).label("owners-decided").hint("owners-decided-hint"))
                    @for (heads, area) in PARTS {
                        div.row {
                            (f.number(heads).label(label(heads)))
                            (f.amount(area).label(label(area)))
                        }
                    }
                    (f.text("kept").label("owners-kept").hint("owners-kept-hint"))
                    (f.photos().label("owners-photos"))
                    (f.submit("owners-send", "wide"))
                }))
            }
        })
    }

    async fn read(hall: &Hall, mut r: Reader<'_>) -> Result<Entering, Slip> {
        let (_, meeting) = at(hall);
        let motion = r.nth();
        let decided = r.day("decided", "dispatch-wrong-day");
        let [total, took_part, in_favour] = PARTS.map(|(heads, area)| {
            let (heads, area) = (r.number(heads), r.area(area, "owners-wrong-area"));
            heads.zip(area).map(|(heads, area)| Part { heads, area })
        });
        let kept = r.line("kept", hall.limits());
        let (word, paper) = (r.text("form"), r.photos());
        r.done(|| {
            let (motion, decided, kept) = (motion?, decided?, kept?);
            let (total, took_part, in_favour) = (total?, took_part?, in_favour?);
            let enter = EnterResult { meeting, motion, total, took_part, in_favour, decided, paper, kept };
            let key = sent_with(&hall.cx, &word, &format!("{enter:?}")).ok()?;
            Some(Entering { key, enter })
        })
    }

    async fn carry_out(hall: &Hall, Entering { key, enter }: Entering) -> Result<Next, Error> {
        let (ledger, _) = at(hall);
        let thing = |key: &FormKey| (OwnersResultId(key.id("owners_result")), enter.clone());
        let office = &hall.cx.app.office;
        let key = office.make(&hall.staff.actor, ledger, key, thing).await?;
        let id = OwnersResultId(key.id("owners_result"));
        let row = result(&office.db, ledger, id).await?.ok_or(Error::NotFound)?;
        Ok(Next::To(format!("/w/{}/b/{}", hall.ledger.slug, row.number)))
    }
}

/// Heads and area of all, of those who took part, and of those who agreed.
const PARTS: [(&str, &str); 3] =
    [("total-heads", "total-area"), ("part-heads", "part-area"), ("yes-heads", "yes-area")];

fn label(field: &'static str) -> &'static str {
    match field {
        "total-heads" => "owners-total-heads",
        "total-area" => "owners-total-area",
        "part-heads" => "owners-part-heads",
        "part-area" => "owners-part-area",
        "yes-heads" => "owners-yes-heads",
        _ => "owners-yes-area",
    }
}

/// Results of what this meeting recommended, with the way to each.
#[must_use]
pub fn results(hall: &Hall) -> Markup {
    let (t, rows) = (hall.cx.locale, &hall.row.story.results);
    html! {
        @if !rows.is_empty() {
            h2 { (t.say("owners-results")) }
            ul { @for row in rows {
                li { a href={ "/w/" (hall.ledger.slug) "/b/" (row.number) } { (t.with("owners-result-title", &[("number", &row.number)])) } " " span.badge { (t.word(row.stage)) } }
            } }
        }
    }
}
