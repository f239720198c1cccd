//! Parts of a desk that somebody looks at again and again (常看): chosen once, kept by the device and
//! opened in one tap. A few of them; what they show is read anew each time.

use super::shelf::{Order, Shelf};
use axum::extract::Query;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use std::collections::HashMap;
use yishi_web::cookies::Life;
use yishi_web::sent::Sent;
use yishi_web::texts::Locale;
use yishi_web::ui;
use yishi_web::visitor::with_cookie;
use yishi_web::{Cx, Error};

/// The cookie that keeps them.
const COOKIE: &str = "views";
/// What stands between two of them there; no address has it.
const BETWEEN: char = '|';
/// How many are kept: the one that was kept first goes for another.
const MOST: usize = 6;

/// Those that this device keeps.
pub(super) fn kept(cx: &Cx, headers: &HeaderMap) -> Vec<Shelf> {
    let kept = cx.app.cookies.get(headers, COOKIE).unwrap_or_default();
    let all: Vec<Shelf> = kept.split(BETWEEN).filter_map(shelf_of).collect();
    all.into_iter().take(MOST).collect()
}

fn shelf_of(link: &str) -> Option<Shelf> {
    let uri: Uri = link.parse().ok().filter(|_| link.starts_with("/desk?"))?;
    let Query(asked) = Query::<HashMap<String, String>>::try_from_uri(&uri).ok()?;
    let shelf = Shelf::read(&asked).turned(1);
    shelf.is_worth_keeping().then_some(shelf)
}

/// Those that are kept, and the way to keep the one that is looked at or to let it go.
pub(super) fn bar(cx: &Cx, kept: &[Shelf], shelf: &Shelf) -> Markup {
    let t = cx.locale;
    let here = shelf.turned(1).link("/desk");
    let is_kept = kept.iter().any(|one| one.link("/desk") == here);
    let (deed, send) = if is_kept { ("drop", "desk-view-drop") } else { ("keep", "desk-view-keep") };
    html! {
        @if !kept.is_empty() {
            nav.tabs.chips.no-print aria-label=(t.say("desk-views")) {
                @for one in kept {
                    @let link = one.link("/desk");
                    a href=(link) aria-current=[(link == here).then_some("page")] { (name(one, t)) }
                }
            }
        }
        @if shelf.is_worth_keeping() {
            form.actions.no-print method="post" action="/desk/views" {
                (cx.marks())
                (ui::hidden("view", &here))
                (ui::hidden("do", deed))
                (ui::submit(&t.say(send), "second"))
            }
        }
    }
}

/// What it is called: all that was chosen.
fn name(shelf: &Shelf, t: Locale) -> String {
    let tab = shelf.tab.map(|lane| t.word(lane));
    let chosen = [&shelf.place, &shelf.category, &shelf.holder]
        .map(|one| Some(one.clone()).filter(|one| !one.is_empty()));
    let order = (shelf.order != Order::Due).then(|| t.word(shelf.order));
    let parts: Vec<String> = tab.into_iter().chain(chosen.into_iter().flatten()).chain(order).collect();
    parts.join(" · ")
}

/// `POST /desk/views`
///
/// # Errors
/// When nobody is signed in, or no part of a desk was sent.
pub async fn send(cx: Cx, headers: HeaderMap, Sent(values): Sent) -> Result<Response, Error> {
    cx.staff()?;
    let shelf = shelf_of(values.get("view")).ok_or(Error::Malformed)?;
    let link = shelf.link("/desk");
    let mut links: Vec<String> = kept(&cx, &headers).iter().map(|one| one.link("/desk")).collect();
    links.retain(|one| *one != link);
    if values.get("do") == "keep" {
        links.push(link.clone());
    }
    let from = links.len().saturating_sub(MOST);
    let cookie = cx.app.cookies.set(COOKIE, &links[from..].join(&BETWEEN.to_string()), Life::Year);
    Ok(with_cookie(Redirect::to(&link).into_response(), &cookie))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_a_part_of_the_desk_is_kept() {
        let shelf = shelf_of("/desk?tab=sort&place=3%E5%8F%B7%E6%A5%BC&page=4").unwrap();
        assert_eq!(shelf.link("/desk"), "/desk?tab=sort&place=3%E5%8F%B7%E6%A5%BC");
        for other in ["", "/desk", "/desk?tab=sort", "/c/x?place=1", "https://example.org/desk?place=1", "%"]
        {
            assert!(shelf_of(other).is_none(), "{other}");
        }
    }
}
