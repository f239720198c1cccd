//! Handing a roster in (上传名册): which it is, which file, and what there is to know about each.

use super::{Here, Roster};
use crate::admin::invite_all::InviteAll;
use crate::admin::people::Staffing;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use yishi_office::columns::Unread;
use yishi_office::people::bodies::BodyColumn;
use yishi_office::people::roster::PersonColumn;
use yishi_office::places::roster::PlaceColumn;
use yishi_web::form::Form;
use yishi_web::nav::staff_nav;
use yishi_web::preview::KINDS;
use yishi_web::read::Reader;
use yishi_web::rosters::{kind_names, known, not_shown, role_names};
use yishi_web::sent::{CameFile, SentParts};
use yishi_web::slip::{Slip, summary};
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Field, Fields, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /admin/places/{place}/rosters`
///
/// # Errors
/// When this person keeps no people there.
pub async fn show(cx: Cx, Path(id): Path<String>) -> Result<Markup, Error> {
    let here = Here::open(&cx, &id).await?;
    page(&cx, &here, &cx.typed(), None).await
}

/// `POST /admin/places/{place}/rosters`
///
/// # Errors
/// When this person keeps no people there.
pub async fn send(cx: Cx, Path(id): Path<String>, sent: SentParts) -> Result<Response, Error> {
    let (here, t) = (Here::open(&cx, &id).await?, cx.locale);
    let CameFile { values, file } = sent.read_file(&cx).await?;
    let mut r = Reader::new("", &values, t);
    let roster = r.word("roster", Roster::parse, "form-choose");
    let file = match file {
        Ok(Some(file)) => Some(file),
        Ok(None) => {
            r.wrong("file", "import-no-file");
            None
        }
        Err(_) => {
            r.wrong("file", "import-too-large");
            None
        }
    };
    match r.done(|| roster.zip(file)) {
        Ok((roster, file)) => {
            let link = here.sheet(roster);
            cx.hand_in(&link, file)?;
            Ok(Redirect::to(&link).into_response())
        }
        Err(slip) => Ok(slip.answer(page(&cx, &here, &values, Some(&slip)).await?)),
    }
}

/// The page again, with why no roster can be shown.
pub(super) async fn again(
    cx: &Cx,
    here: &Here,
    roster: Roster,
    no: Option<&Unread>,
) -> Result<Response, Error> {
    let slip = not_shown(no, cx.locale);
    let values = Fields(vec![("roster".to_owned(), roster.word().to_owned())]);
    Ok(slip.answer(page(cx, here, &values, Some(&slip)).await?))
}

async fn page(cx: &Cx, here: &Here, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let (t, link) = (cx.locale, here.link());
    let f = Form::new(cx, "", "rosters", link.clone()).in_parts().filled(values, slip);
    let [label, hint] = ["import-file", "import-file-hint"].map(|key| t.say(key));
    let file = Field::new("file", &label).hint(&hint).error(f.wrong("file"));
    let title = t.with("rosters-of", &[("name", &here.at.name)]);
    let choices: Vec<(String, String)> =
        here.rosters().map(|roster| (roster.word().to_owned(), t.word(roster))).collect();
    let waiting: Vec<(Roster, String)> =
        here.rosters().filter_map(|roster| Some((roster, cx.handed_in(&here.sheet(roster))?.name))).collect();
    let main = html! {
        p.crumbs { a href={ "/admin/places/" (here.at.id) } { (here.at.name) } }
        h1 { (title) }
        (Box::pin(done(cx, here)).await?)
        (summary(slip, t))
        p { (t.say("rosters-lead")) }
        @if slip.is_none() { @for (roster, name) in &waiting {
            p { a href=(here.sheet(*roster)) { (t.with("import-go-on", &[("name", name)])) } }
        } }
        (f.bare(&html! {
            (f.radios("roster", &choices))
            (ui::file(file, KINDS))
            (f.submit("import-look", "wide"))
        }))
        h2 { (t.say("rosters-how")) }
        @for roster in here.rosters() { (how(here, roster, t)) }
        p { (t.say("rosters-council")) }
    };
    let nav = staff_nav(cx, cx.staff()?);
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &link, title: &title, nav, width: Width::Narrow, main }.render())
}

/// What there is to know about a roster, with a sheet to fill in.
fn how(here: &Here, roster: Roster, t: Locale) -> Markup {
    let columns = match roster {
        Roster::Places => known(PlaceColumn::LeftOut, t),
        Roster::Bodies => known(BodyColumn::LeftOut, t),
        Roster::People => known(PersonColumn::LeftOut, t),
    };
    html! {
        section.card { h3 { (t.word(roster)) }
            p { (t.with("roster-columns", &[("names", &columns)])) }
            @match roster {
                Roster::Places => {},
                Roster::Bodies => p { (t.with("rosters-bodies-kinds", &[("names", &kind_names(t))])) },
                Roster::People => p { (t.with("rosters-people-roles", &[("names", &role_names(t))])) },
            }
            p.hint { (t.say(&format!("rosters-{}-hint", roster.word()))) }
            p { a.button.second href={ (here.sheet(roster)) "/blank" } download { (t.say("roster-template")) } }
        }
    }
}

/// What was recorded just now, and what comes next.
async fn done(cx: &Cx, here: &Here) -> Result<Markup, Error> {
    let t = cx.locale;
    let told = cx.done().and_then(|word| word.split_once('-'));
    let Some((roster, count)) = told.and_then(|(word, count)| Some((Roster::parse(word)?, count))) else {
        return Ok(html! {});
    };
    let count: u64 = count.parse().unwrap_or_default();
    let told = t.with(&format!("rosters-{}-done", roster.word()), &[("count", &count)]);
    Ok(html! {
        div.notice role="status" {
            p { strong { (told) } }
            @match roster {
                Roster::People => (links(cx, here).await?),
                Roster::Places | Roster::Bodies => p { a href={ "/admin/places/" (here.at.id) } { (t.with("rosters-go", &[("name", &here.at.name)])) } },
            }
        }
    })
}

/// The links of those who are new, on one sheet.
async fn links(cx: &Cx, here: &Here) -> Result<Markup, Error> {
    let sheet = Staffing::open(cx.clone(), here.at.id.to_string()).await?;
    let f = sheet.blank::<InviteAll>();
    Ok(html! {
        p { (cx.locale.say("rosters-people-next")) }
        (f.bare(&html! { (f.hidden("whom", "new")) (f.submit("invite-all-send", "")) }))
    })
}
