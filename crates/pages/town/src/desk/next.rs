//! What comes next on a desk 下一件: from a thing's page to that of the one behind it on the same tab,
//! or, where it stands there no more, to the most urgent that is left.

use super::shelf::Shelf;
use axum::extract::Query;
use axum::response::Redirect;
use std::collections::HashMap;
use yishi_web::duty::{Desk, Need};
use yishi_web::{Cx, Error};

/// `GET /desk/next`
///
/// # Errors
/// When nobody is signed in, or the store fails.
pub async fn show(cx: Cx, Query(asked): Query<HashMap<String, String>>) -> Result<Redirect, Error> {
    let desk = Desk::of(&cx, cx.staff()?, "").await?;
    let (needs, shelf) = (desk.needs(&cx).await?, Shelf::read(&asked));
    let after = asked.get("after").map_or("", String::as_str);
    let next = behind(&shelf.all(&needs), after).map(|page| desk.leads(page));
    Ok(Redirect::to(&next.unwrap_or_else(|| shelf.link("/desk"))))
}

/// The page of the thing behind the one that has this page.
fn behind<'a>(all: &[&'a Need], after: &str) -> Option<&'a str> {
    let pages: Vec<&str> = all.iter().filter_map(|need| need.href.as_deref()).collect();
    let at = pages.iter().position(|page| *page == after);
    let rest = at.map_or(&pages[..], |at| &pages[at + 1..]);
    // Behind the last one it begins anew, and ends where nothing else is left.
    rest.iter().chain(&pages).copied().find(|page| *page != after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use maud::html;
    use yishi_kernel::Moment;
    use yishi_web::duty::Lane;

    #[test]
    fn the_next_is_the_one_behind_and_then_the_first() {
        let needs: Vec<Need> =
            (1..4).map(|n| Need::at(Lane::Sort, Moment(n), n, format!("/w/x/{n}"), html! {})).collect();
        let all: Vec<&Need> = needs.iter().collect();
        assert_eq!(behind(&all, "/w/x/1"), Some("/w/x/2"));
        assert_eq!(behind(&all, "/w/x/3"), Some("/w/x/1"));
        assert_eq!(behind(&all, "/w/x/9"), Some("/w/x/1"), "it is done and stands there no more");
        assert_eq!(behind(&all[..1], "/w/x/1"), None);
        assert_eq!(behind(&[], "/w/x/1"), None);
    }
}
