//! What owners decided, for everyone to read: what was asked, of whom, who took part and who
//! agreed, by heads and by area, with the shares that the law asks. The paper itself is for those
//! who compare it.

use super::result::{Held, ResultAtWork, Row, Work, result_of};
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use yishi_domain::ballots::{OwnersResult, ResultStage, Side, reading, square_metres};
use yishi_web::photos::{Small, send_photo};
use yishi_web::places::spot;
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /c/{slug}/b/{number}`
pub async fn show(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Markup, Error> {
    let t = cx.locale;
    let Held { ledger, row, loaded, .. } = result_of(&cx, &slug, number).await?;
    let result = loaded.must()?;
    let keeper = cx.place(ledger.ledger).await?;
    let title = t.with("owners-result-title", &[("number", &number)]);
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) "/g/" (row.meeting.number) } { (row.meeting.title) } }
        h1 { (title) }
        (told(&cx, &slug, &row, result).await?)
        div.actions.no-print { (ui::print_button(t)) }
    };
    let nav = Nav::Community { slug: slug.clone(), name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// What it says, alike for everyone.
pub(super) async fn told(cx: &Cx, slug: &str, row: &Row, result: &OwnersResult) -> Result<Markup, Error> {
    let t = cx.locale;
    let place = spot(cx, result.place).await?;
    let mut facts = vec![
        (t.say("fact-stage"), html! { (badge(result.stage, t)) }),
        (t.say("fact-exact"), html! { (place) }),
        (
            t.say("owners-recommended-by"),
            html! { a href={ "/c/" (slug) "/g/" (row.meeting.number) } { (row.meeting.title) } },
        ),
        (t.say("owners-decided"), html! { (t.day(result.decided.deadline_date())) }),
        (t.say("owners-kept"), html! { (result.kept) }),
    ];
    if let Some(decider) = super::face::decider(&result.decides, t) {
        facts.insert(1, (t.say("decides-fact"), html! { (decider) }));
    }
    if let Some(reason) = &result.reason {
        facts.push((t.say("owners-reject-reason"), html! { (reason) }));
    }
    Ok(html! {
        p.motion { (row.asked) }
        @if result.stage == ResultStage::Confirmed {
            div.notice { p { strong { (t.word(result.agreed)) } } }
        } @else if result.stage == ResultStage::Entered {
            div.notice.warn { p { (t.say("owners-not-confirmed")) } }
        }
        div.card { (ui::facts(&facts)) }
        (sums(result, t))
    })
}

/// Heads and area, each with the shares that had to be reached.
fn sums(result: &OwnersResult, t: Locale) -> Markup {
    let OwnersResult { total, took_part, in_favour, .. } = *result;
    let joint = result.decides.joint();
    let reading = joint.and_then(|(_, joint)| reading(joint, total, took_part, in_favour).ok());
    let Some(reading) = reading else { return html! {} };
    let sides = [(Side::Heads, Some(reading.by_heads)), (Side::Area, reading.by_area)];
    let said = |side: Side, amount: u64| match side {
        Side::Heads => t.with("owners-heads", &[("count", &amount)]),
        Side::Area => t.with("owners-area", &[("area", &square_metres(amount))]),
    };
    html! {
        @for (side, of) in sides {
            @if let Some(of) = of {
                section.card {
                    h2 { (t.say(match side { Side::Heads => "owners-by-heads", Side::Area => "owners-by-area" })) }
                    p { (t.with("owners-took-part", &[("total", &said(side, of.total)), ("part", &said(side, of.took_part)), ("needed", &said(side, of.quorum_needed.unwrap_or_default()))])) }
                    p { (t.with("owners-in-favour", &[("part", &said(side, of.took_part)), ("yes", &said(side, of.in_favour)), ("needed", &said(side, of.needed))])) }
                }
            }
        }
    }
}

/// Where it stands, in words and colour.
fn badge(stage: ResultStage, t: Locale) -> Markup {
    let class = match stage {
        ResultStage::Entered => "badge wait",
        ResultStage::Confirmed => "badge",
        ResultStage::Rejected => "badge late",
    };
    html! { span class=(class) { (t.word(stage)) } }
}

/// `GET /w/{slug}/b/{number}/photo/{digest}`: the paper, for those who compare it.
pub async fn photo(
    cx: Cx,
    Path((slug, number, digest)): Path<(String, i64, String)>,
    small: Small,
) -> Result<Response, Error> {
    let work: Work = yishi_web::sheet::Sheet::<ResultAtWork>::open(cx, (slug, number)).await?;
    let paper = work.state.paper.get();
    if !paper.into_iter().flatten().any(|photo| photo.0 == digest) {
        return Err(Error::NotFound);
    }
    send_photo(&work.cx, &digest, &small).await
}
