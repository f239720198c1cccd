//! The councils of a community for everyone: how many members speak for whom. Names are not shown:
//! residents are masked, and members of the Party are a number.

use axum::extract::Path;
use maud::{Markup, html};
use yishi_domain::councils::{Council, MemberKind};
use yishi_office::councils::reads::councils;
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /c/{slug}/councils`
///
/// # Errors
/// When there is no such community.
pub async fn show(cx: Cx, Path(slug): Path<String>) -> Result<Markup, Error> {
    let t = cx.locale;
    let ledger = cx.ledger(&slug).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let office = &cx.app.office;
    let mut all = Vec::new();
    for row in councils(&office.db, ledger.ledger).await? {
        let loaded = office.load::<Council>(ledger.ledger, &row.id.into()).await?;
        all.push((cx.place(row.place).await?.name, loaded.must()?.clone()));
    }
    let title = t.say("councils-title");
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) } { (t.with("board-of", &[("name", &keeper.name)])) } }
        h1 { (title) }
        p { (t.say("councils-lead")) }
        @if all.is_empty() { (ui::empty(&t.say("councils-none"))) }
        @for (name, council) in &all {
            section.card {
                h2 { (t.with("council-of", &[("place", name)])) }
                (numbers(&cx, council, t))
            }
        }
    };
    let nav = Nav::Community { slug, name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// How many members there are now, by whom they speak for, and how many there were before.
#[must_use]
pub fn numbers(cx: &Cx, council: &Council, t: Locale) -> Markup {
    let of = |kind: MemberKind| council.current(cx.now).filter(|one| one.group == kind).count();
    let all = council.current(cx.now).count();
    let kinds: Vec<(String, u64)> = MemberKind::ALL
        .iter()
        .filter(|kind| of(**kind) > 0)
        .map(|kind| (t.word(*kind), of(*kind) as u64))
        .collect();
    let before = council.members.iter().filter(|one| !one.is_one(cx.now) && one.from <= cx.now).count();
    html! {
        p { strong { (t.with("council-members", &[("count", &all)])) } }
        (ui::counts(&kinds))
        @if before > 0 { p.soft { (t.with("council-before", &[("count", &before)])) } }
    }
}
