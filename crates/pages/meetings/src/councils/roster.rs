//! The roster of a council from a sheet (议事会名册导入): handed in, shown as it would be put on the roll,
//! and put there all or none. What its rows come to is the office's; the page is the kit's.

use super::roll::{KeptCouncil, Roll};
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use yishi_office::columns::Unread;
use yishi_office::councils::roster::MemberColumn;
use yishi_office::roster::{Asked, Seen};
use yishi_web::form::Form;
use yishi_web::handed::File;
use yishi_web::nav::staff_nav_at;
use yishi_web::preview::{KINDS, wished};
use yishi_web::rosters::{self, Press, Shown, member_kinds};
use yishi_web::sent::{CameFile, Sent, SentParts};
use yishi_web::sheet::{Sheet, Thing as _};
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{self, Field, Fields, Page, Width};
use yishi_web::{Cx, Error};

/// The page on which a file is handed in.
pub(super) fn link(roll: &Roll) -> String {
    format!("{}/roster", KeptCouncil::link(roll))
}

/// The page on which it is shown, by which it is kept.
fn sheet(roll: &Roll) -> String {
    format!("{}/sheet", link(roll))
}

/// `GET /w/{slug}/c/{number}/roster`
///
/// # Errors
/// When this person keeps no such roll.
pub async fn hand_in(cx: Cx, Path(at): Path<(String, i64)>) -> Result<Markup, Error> {
    let roll = Sheet::open(cx, at).await?;
    Ok(page(&roll, None))
}

/// `POST /w/{slug}/c/{number}/roster`
///
/// # Errors
/// When this person keeps no such roll.
pub async fn send(cx: Cx, Path(at): Path<(String, i64)>, sent: SentParts) -> Result<Response, Error> {
    let roll: Roll = Sheet::open(cx, at).await?;
    let (cx, t) = (&roll.cx, roll.cx.locale);
    let CameFile { file, .. } = sent.read_file(cx).await?;
    let wrong = match file {
        Ok(Some(file)) => {
            cx.hand_in(&sheet(&roll), file)?;
            return Ok(Redirect::to(&sheet(&roll)).into_response());
        }
        Ok(None) => t.say("import-no-file"),
        Err(_) => t.say("import-too-large"),
    };
    let slip = Slip::one("file", &wrong);
    Ok(slip.answer(page(&roll, Some(&slip))))
}

/// `GET /w/{slug}/c/{number}/roster/blank`: a sheet to fill in.
///
/// # Errors
/// When this person keeps no such roll.
pub async fn blank(cx: Cx, Path(at): Path<(String, i64)>) -> Result<Response, Error> {
    let roll: Roll = Sheet::open(cx, at).await?;
    let (cx, t) = (&roll.cx, roll.cx.locale);
    let title = t.with("council-of", &[("place", &roll.row.place.name)]);
    rosters::blank(cx, title, t.say("roster-council-example"), MemberColumn::LeftOut).await
}

/// `GET /w/{slug}/c/{number}/roster/sheet`
///
/// # Errors
/// When this person keeps no such roll.
pub async fn show(cx: Cx, Path(at): Path<(String, i64)>) -> Result<Response, Error> {
    let values = cx.typed();
    answer(cx, at, values, Press::Look).await
}

/// `POST /w/{slug}/c/{number}/roster/sheet`
///
/// # Errors
/// When this person keeps no such roll.
pub async fn press(cx: Cx, Path(at): Path<(String, i64)>, Sent(values): Sent) -> Result<Response, Error> {
    let press = Press::of(&values);
    answer(cx, at, values, press).await
}

async fn answer(cx: Cx, at: (String, i64), values: Fields, press: Press) -> Result<Response, Error> {
    let roll: Roll = Sheet::open(cx, at).await?;
    let (cx, t) = (&roll.cx, roll.cx.locale);
    let Some(file) = cx.handed_in(&sheet(&roll)) else { return Ok(again(&roll, None)) };
    let council = (roll.row.council.id, &roll.row.place);
    let kept = sheet(&roll);
    let (sheet, wishes) = wished(&values);
    let (asked, groups) = (Asked { sheet, wishes }, member_kinds(t));
    let (actor, bytes) = (&roll.staff.actor, file.bytes.clone());
    let seen = cx.app.office.members_listed(actor, council, bytes, asked, &groups);
    match Box::pin(seen).await? {
        Err(no) => Ok(again(&roll, Some(&no))),
        Ok(seen) if press == Press::Look => Ok(shown(&roll, &file, &seen, &values, None).into_response()),
        Ok(seen) => match rosters::stops(&seen, t) {
            Some(slip) => Ok(slip.answer(shown(&roll, &file, &seen, &values, Some(&slip)))),
            None => {
                let done = seen.new.to_string();
                Box::pin(rosters::take_in(cx, seen, &kept, (&link(&roll), &done))).await
            }
        },
    }
}

fn shown(
    roll: &Roll,
    file: &File,
    seen: &Seen<MemberColumn>,
    values: &Fields,
    slip: Option<&Slip>,
) -> Markup {
    let (cx, t) = (&roll.cx, roll.cx.locale);
    let nav = staff_nav_at(cx, &roll.staff, &roll.ledger.slug);
    let at = Shown { link: sheet(roll), back: (link(roll), t.say("council-roster")), file, nav };
    rosters::page(cx, at, seen, values, slip)
}

/// The page again, with why no roster can be shown.
fn again(roll: &Roll, no: Option<&Unread>) -> Response {
    let slip = rosters::not_shown(no, roll.cx.locale);
    slip.answer(page(roll, Some(&slip)))
}

fn page(roll: &Roll, slip: Option<&Slip>) -> Markup {
    let (cx, t, link) = (&roll.cx, roll.cx.locale, link(roll));
    let values = Fields::default();
    let f = Form::new(cx, "", "council", link.clone()).in_parts().filled(&values, slip);
    let [label, hint] = ["import-file", "import-file-hint"].map(|key| t.say(key));
    let file = Field::new("file", &label).hint(&hint).error(f.wrong("file"));
    let title = t.say("council-roster");
    let of = t.with("council-of", &[("place", &roll.row.place.name)]);
    let columns = rosters::known(MemberColumn::LeftOut, t);
    let done: Option<u64> = cx.done().and_then(|count| count.parse().ok());
    let main = html! {
        p.crumbs { a href=(KeptCouncil::link(roll)) { (of) } }
        h1 { (title) }
        @if let Some(count) = done {
            div.notice role="status" { p { strong { (t.with("council-roster-done", &[("count", &count)])) } } }
        }
        (summary(slip, t))
        p { (t.say("council-roster-lead")) }
        @if slip.is_none() && let Some(file) = cx.handed_in(&sheet(roll)) {
            p { a href=(sheet(roll)) { (t.with("import-go-on", &[("name", &file.name)])) } }
        }
        (f.bare(&html! { (ui::file(file, KINDS)) (f.submit("import-look", "wide")) }))
        p { (t.with("roster-columns", &[("names", &columns)])) }
        p.hint { (t.say("council-roster-hint")) }
        p { a.button.second href={ (link) "/blank" } download { (t.say("roster-template")) } }
    };
    let nav = staff_nav_at(cx, &roll.staff, &roll.ledger.slug);
    let (locale, view) = (t, cx.view);
    Page { locale, view, here: &link, title: &title, nav, width: Width::Narrow, main }.render()
}
