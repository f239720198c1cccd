//! How to find one's receipt again, or a matter by its number.

use crate::matters::face::row_of;
use axum::extract::Query;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::html;
use yishi_kernel::number;
use yishi_office::places::reads::ledgers;
use yishi_web::form::Form;
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{Fields, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /receipt`
pub async fn show(cx: Cx, Query(asked): Query<Vec<(String, String)>>) -> Result<Response, Error> {
    let t = cx.locale;
    let mut communities = Vec::new();
    for row in ledgers(&cx.app.office.db).await? {
        let place = cx.place(row.ledger).await?;
        if place.kind.is_community() {
            communities.push((row.slug, place.name));
        }
    }
    let asked = Fields(asked);
    let mut missing = None;
    if !asked.get("number").trim().is_empty() {
        // No thing goes by a number below one.
        let number = number::item(asked.get("number")).unwrap_or(0);
        match row_of(&cx, asked.get("slug"), number).await {
            Ok((ledger, row)) => {
                return Ok(Redirect::to(&format!("/c/{}/m/{}", ledger.slug, row.number)).into_response());
            }
            Err(Error::NotFound) => {
                let mut slip = Slip::default();
                slip.add(Some("number".to_owned()), t.say("find-missing"));
                missing = Some(slip);
            }
            Err(error) => return Err(error),
        }
    }
    let f = Form::new(&cx, "", "find", "/receipt".to_owned()).filled(&asked, missing.as_ref());
    let title = t.say("find-receipt");
    let main = html! {
        h1 { (title) }
        p { (t.say("find-lead")) }
        (summary(missing.as_ref(), t))
        // Asked for, not sent: nothing is changed by it, and the answer can be kept as a link.
        form method="get" action="/receipt" {
            (f.select("slug", &communities).label("find-community"))
            (f.item("number"))
            (f.submit("find-action", "wide"))
        }
    };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    let page = Page { locale, view, here, title: &title, nav: Nav::None, width: Width::Narrow, main };
    Ok(page.render().into_response())
}
