//! Emergencies on the page of their matter: what was freed, for everyone.

use super::face::list;
use maud::{Markup, html};
use yishi_office::emergency::reads::{FREED, of_matter};
use yishi_web::feature::{Beside, Whose};
use yishi_web::{Cx, Error};

/// What was entered about a matter, and about all that it carries.
pub async fn bases(cx: &Cx, thing: &Beside<'_>) -> Result<Markup, Error> {
    let (t, slug) = (cx.locale, &thing.ledger.slug);
    let front = match thing.page {
        Whose::Public => "/c/",
        Whose::AtWork => "/w/",
        // A receipt says what came of it.
        Whose::Holder(_) => return Ok(html! {}),
    };
    let Some(id) = thing.matter_with(&FREED) else { return Ok(html! {}) };
    let rows = of_matter(&cx.app.office.db, thing.ledger.ledger, id).await?;
    Ok(html! {
        @if !rows.is_empty() {
            h2 { (t.say("basis-of-matter")) }
            (list(&rows, front, slug, t))
        }
    })
}
