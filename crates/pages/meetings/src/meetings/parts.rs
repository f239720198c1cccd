//! What the pages of meetings have in common: the frame of those for everyone. No commands and
//! no pages of their own.

use maud::Markup;
use yishi_web::Cx;
use yishi_web::ui::{Nav, Page, Width};

/// A page of a community for everyone.
#[must_use]
pub fn public(cx: &Cx, slug: &str, keeper: &str, title: &str, main: Markup) -> Markup {
    let nav = Nav::Community { slug: slug.to_owned(), name: keeper.to_owned() };
    let (locale, view, here) = (cx.locale, cx.view, cx.here.as_str());
    Page { locale, view, here, title, nav, width: Width::Narrow, main }.render()
}
