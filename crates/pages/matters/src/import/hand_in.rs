//! Handing a sheet in (上传表格): which file, and from where it is.

use super::replies;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::matters::IMPORT;
use yishi_office::columns::Unread;
use yishi_office::places::reads::{LedgerRow, PlaceRow, ledger};
use yishi_web::form::Form;
use yishi_web::nav::staff_nav_at;
use yishi_web::preview::{KINDS, unread};
use yishi_web::sent::{CameFile, SentParts};
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{self, Field, Fields, Page, Width};
use yishi_web::{Cx, Error, Staff};

/// Where a sheet is to go, by whom.
pub(super) struct Here {
    pub staff: Staff,
    pub ledger: LedgerRow,
    pub at: PlaceRow,
}

impl Here {
    /// The community of a link, for whoever may import there.
    pub(super) async fn open(cx: &Cx, slug: &str) -> Result<Self, Error> {
        let staff = cx.staff()?.clone();
        let ledger = cx.ledger(slug).await?;
        let at = cx.place(ledger.ledger).await?;
        cx.may(&IMPORT, &cx.resource(&at).await?)?;
        if at.kind.takes_matters() { Ok(Self { staff, ledger, at }) } else { Err(Error::NotFound) }
    }

    /// The page on which a file is handed in, by which it is kept.
    pub(super) fn link(&self) -> String {
        format!("/w/{}/import", self.ledger.slug)
    }

    /// The page on which it is shown.
    pub(super) fn sheet(&self) -> String {
        format!("{}/sheet", self.link())
    }
}

/// `GET /import`: to the community where one may.
pub async fn own(cx: Cx) -> Result<Redirect, Error> {
    for grant in &cx.staff()?.actor.grants {
        let place = cx.place(grant.place).await?;
        let at = cx.place(place.ledger).await?;
        if at.kind.takes_matters()
            && cx.may(&IMPORT, &cx.resource(&at).await?).is_ok()
            && let Some(ledger) = ledger(&cx.app.office.db, place.ledger).await?
        {
            return Ok(Redirect::to(&format!("/w/{}/import", ledger.slug)));
        }
    }
    Err(Error::NotFound)
}

/// `GET /w/{slug}/import`
pub async fn show(cx: Cx, Path(slug): Path<String>) -> Result<Markup, Error> {
    let here = Here::open(&cx, &slug).await?;
    page(&cx, &here, &cx.typed(), None)
}

/// `POST /w/{slug}/import`
pub async fn send(cx: Cx, Path(slug): Path<String>, sent: SentParts) -> Result<Response, Error> {
    let (here, t) = (Here::open(&cx, &slug).await?, cx.locale);
    let CameFile { values, file } = sent.read_file(&cx).await?;
    let wrong = match file {
        Err(_) => t.say("import-too-large"),
        Ok(None) => t.say("import-no-file"),
        Ok(Some(file)) => {
            let asked = super::preview::asked(&values, &file);
            match cx.app.office.look_at(file.bytes.clone(), &here.at, asked).await? {
                Ok(_) => {
                    cx.hand_in(&here.link(), file)?;
                    let source = [("source", values.get("source"))];
                    return Ok(Redirect::to(&ui::link(&here.sheet(), &source)).into_response());
                }
                Err(no) => unread(&no, t),
            }
        }
    };
    let slip = Slip::one("file", &wrong);
    Ok(slip.answer(page(&cx, &here, &values, Some(&slip))?))
}

/// The page again, with why no sheet can be shown.
pub(super) fn again(cx: &Cx, here: &Here, no: Option<&Unread>) -> Result<Response, Error> {
    let t = cx.locale;
    let why = no.map_or_else(|| t.say("import-gone"), |no| unread(no, t));
    let slip = Slip::one("file", &why);
    Ok(slip.answer(page(cx, here, &Fields::default(), Some(&slip))?))
}

fn page(cx: &Cx, here: &Here, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let (t, link) = (cx.locale, here.link());
    let f = Form::new(cx, "", "import", link.clone()).in_parts().filled(values, slip);
    let [label, hint] = ["import-file", "import-file-hint"].map(|key| t.say(key));
    let file = Field::new("file", &label).hint(&hint).error(f.wrong("file"));
    let title = t.say("import-title");
    let said = |name| cx.said_in_link(name).and_then(|count| count.parse::<u64>().ok());
    let done = said("done");
    let main = html! {
        h1 { (title) }
        @if let Some(count) = done {
            div.notice role="status" {
                p { strong { (t.with("import-done", &[("count", &count)])) } }
                @if let Some(count) = said("linked") { p { (t.with("import-linked", &[("count", &count)])) } }
                @if let Some(count) = said("apart") { p { (t.with("import-apart-now", &[("count", &count)])) } }
                p { (t.say("import-done-next")) " " a href="/desk" { (t.say("import-to-desk")) } }
            }
        }
        @if let Some(slip) = slip { (summary(Some(slip), t)) }
        p { (t.with("import-lead", &[("name", &here.at.name)])) }
        @if slip.is_none() && let Some(file) = cx.handed_in(&link) {
            p { a href=(here.sheet()) { (t.with("import-go-on", &[("name", &file.name)])) } }
        }
        (f.bare(&html! {
            (ui::file(file, KINDS))
            (f.text("source"))
            (f.submit("import-look", "wide"))
        }))
        details { summary { (t.say("import-how")) }
            ul {
                li { (t.say("import-how-columns")) }
                li { (t.say("import-how-id")) }
                li { (t.say("import-how-place")) }
                li { (t.say("import-how-private")) }
            }
        }
        section.card { h2 { (t.say("replies-title")) }
            p { (t.say("replies-lead")) }
            div.actions { (replies::ways(cx, &here.ledger.slug)) }
        }
    };
    let nav = staff_nav_at(cx, &here.staff, &here.ledger.slug);
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &link, title: &title, nav, width: Width::Narrow, main }.render())
}
