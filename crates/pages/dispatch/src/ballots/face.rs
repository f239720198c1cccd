//! Whose decision something is, as other features show it: the kinds to pick from, and who
//! decides with the article.

use maud::{Markup, html};
use yishi_domain::ballots::{Decides, Leave, Rules};
use yishi_domain::dispatch::Order;
use yishi_kernel::Pack;
use yishi_office::ballots::reads::result;
use yishi_office::emergency::reads::basis;
use yishi_office::places::reads::LedgerRow;
use yishi_web::texts::Locale;
use yishi_web::{Cx, Error};

/// The kinds of things to pick from, each with who decides it; none is picked beforehand.
#[must_use]
pub fn items(pack: &Pack, t: Locale) -> Vec<(String, String)> {
    let items = pack.section::<Rules>().items.iter().map(|item| {
        let name = t.said(&item.zh, &item.en);
        let who = t.word(item.by.who());
        (item.code.clone(), t.with("decides-option", &[("name", &name), ("who", &who)]))
    });
    std::iter::once((String::new(), t.say("decides-choose"))).chain(items).collect()
}

/// Who decides, and by which article, in a line; nothing where nobody was asked yet.
#[must_use]
pub fn whose(decides: &Decides, t: Locale) -> Option<String> {
    decider(decides, t).map(|said| t.with("decides-by", &[("said", &said)]))
}

/// The same below a heading that asks for it.
#[must_use]
pub fn decider(decides: &Decides, t: Locale) -> Option<String> {
    let who = t.word(decides.by.who());
    let who = match decides.joint() {
        Some((scope, _)) => t.with("decides-owners", &[("who", &who), ("scope", &t.word(scope))]),
        None => who,
    };
    let said = !decides.item.is_empty();
    said.then(|| t.with("decides-said", &[("who", &who), ("source", &decides.source)]))
}

/// The way to the result or the emergency by which an order left, where it is the owners'.
pub async fn left_by(cx: &Cx, ledger: &LedgerRow, order: &Order) -> Result<Option<(String, String)>, Error> {
    let (t, db, slug) = (cx.locale, &cx.app.office.db, &ledger.slug);
    Ok(match order.leave {
        None => None,
        Some(Leave::Owners(id)) => result(db, ledger.ledger, id).await?.map(|row| {
            let text = t.with("owners-result-title", &[("number", &row.number)]);
            (format!("/c/{slug}/b/{}", row.number), text)
        }),
        Some(Leave::Emergency(id)) => basis(db, ledger.ledger, id).await?.map(|row| {
            (format!("/c/{slug}/e/{}", row.number), t.with("basis-title", &[("number", &row.number)]))
        }),
    })
}

/// Who decides, on a page, marked where it is the owners'.
#[must_use]
pub fn badge(decides: &Decides, t: Locale) -> Markup {
    let class = if decides.joint().is_some() { "notice warn" } else { "soft small" };
    html! { @if let Some(whose) = whose(decides, t) { p class=(class) { (whose) } } }
}
