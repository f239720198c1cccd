//! Posters with a place's QR code: issuing, printing, revoking.

mod all;

use axum::extract::Path;
use axum::response::Redirect;
use maud::{Markup, html};
use yishi_domain::places::{KEEP, PosterId};
use yishi_office::places::reads::{places, poster_place};
use yishi_web::address::{Posting, posting};
use yishi_web::feature::{Feature, Texts};
use yishi_web::local;
use yishi_web::nav::staff_nav;
use yishi_web::places::{kept, names_below};
use yishi_web::routes::Route;
use yishi_web::sent::Sent;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error};

/// What it gives to the program.
pub static FEATURE: Feature = Feature { routes: ROUTES, texts: TEXTS, ..Feature::named("posters") };

static ROUTES: &[Route] = yishi_web::routes! {
    form "/admin/places/{place}/poster" [KEEP] issue;
    form "/admin/places/{place}/poster/{poster}/revoke" [KEEP] revoke;
    get "/admin/places/{place}/poster/{word}" [KEEP] show;
    get "/admin/places/{place}/posters" [KEEP] all::show;
    form "/admin/places/{place}/posters" [KEEP] all::issue;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

/// `POST /admin/places/{place}/poster`
pub async fn issue(cx: Cx, Path(id): Path<String>, _: Sent) -> Result<Redirect, Error> {
    let place = kept(&cx, &id, &KEEP).await?;
    let word = cx.office().issue_poster(&cx.actor(), place.id).await?;
    Ok(Redirect::to(&format!("/admin/places/{id}/poster/{word}")))
}

/// `POST /admin/places/{place}/poster/{poster}/revoke`
pub async fn revoke(cx: Cx, Path((id, poster)): Path<(String, String)>, _: Sent) -> Result<Redirect, Error> {
    let place = kept(&cx, &id, &KEEP).await?;
    let poster: PosterId = poster.parse().map_err(|_| Error::NotFound)?;
    cx.office().revoke_poster(&cx.actor(), place.id, poster).await?;
    Ok(Redirect::to(&format!("/admin/places/{id}")))
}

/// `GET /admin/places/{place}/poster/{word}`: the sheet to print and put up.
pub async fn show(cx: Cx, Path((id, word)): Path<(String, String)>) -> Result<Markup, Error> {
    let t = cx.locale;
    let place = kept(&cx, &id, &KEEP).await?;
    if poster_place(&cx.app.office.db, &word).await? != Some(place.id) {
        return Err(Error::NotFound);
    }
    let above = places(&cx.app.office.db, &place.path).await?;
    let name = names_below(&place, &above);
    let keeper =
        above.iter().find(|row| row.id == place.ledger).map(|row| row.name.clone()).unwrap_or_default();
    let link = format!("{}/q/{word}", cx.app.public_url);
    let title = t.say("poster-title");
    let posting = posting(&cx).await?;
    let main = html! {
        div.actions.no-print {
            @if let Posting::Fit(_) = &posting { (ui::print_button(t)) }
            a.button.second href={ "/admin/places/" (id) } { (t.say("back")) }
        }
        @match &posting {
            Posting::Fit(demo) => (sheet(&cx, &keeper, &name, &link, demo)),
            Posting::Refused(told) => (told),
        }
    };
    let nav = staff_nav(&cx, cx.staff()?);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// One sheet to put up: what it is for, where it leads, and how to do without.
fn sheet(cx: &Cx, keeper: &str, name: &[&str], link: &str, demo: &Markup) -> Markup {
    let t = cx.locale;
    html! {
        section.poster {
            (demo)
            p { strong { (keeper) } }
            h1 { (t.say("poster-headline")) }
            p { (name.join(" ")) }
            (ui::qr(link, &t.say("poster-qr")))
            p { (t.say("poster-scan")) }
            p { strong { (t.say("poster-promise")) } }
            p.link-text { (link) }
            p.small { (t.say("poster-no-phone")) }
            (local::line(&cx.local, t))
        }
    }
}
