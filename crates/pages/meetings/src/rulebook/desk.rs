//! Statutory meetings whose numbers nobody has confirmed, on the desk of the street.

use super::face::{Ruled, statutory};
use maud::html;
use yishi_domain::meetings::Rules;
use yishi_domain::rulebook::CONFIRM;
use yishi_office::places::reads::ledger;
use yishi_web::duty::{Asked, Desk, Lane, Need};
use yishi_web::{Cx, Error};

/// Forums that wait for this desk: nothing where somebody searches.
///
/// # Errors
/// When the store fails.
pub async fn needs(cx: &Cx, desk: &Desk) -> Result<Vec<Need>, Error> {
    let mut needs = Vec::new();
    if matches!(desk.asked, Asked::Words(_)) {
        return Ok(needs);
    }
    let t = cx.locale;
    for street in desk.grounds.values().filter(|place| place.kind.is_street()) {
        if cx.may(&CONFIRM, &cx.resource(street).await?).is_err() {
            continue;
        }
        let Some(own) = ledger(&cx.app.office.db, street.id).await? else { continue };
        let pack = cx.rules(street.id).await?;
        let rules = pack.section::<Rules>();
        for forum in statutory(cx, street.id, rules).await? {
            if Ruled::now(cx, street.id, rules, forum).await?.can_be_called() {
                continue;
            }
            let href = format!("/w/{}/forums?forum={}#{}", own.slug, forum.code, forum.code);
            let view = html! {
                li.item.calm {
                    h2 { a href=(href) { (t.with("forums-need", &[("forum", &t.said(&forum.zh, &forum.en))])) } }
                    p.meta { span.badge.wait { (t.say("statute-checking")) } " " (t.say("forums-need-lead")) }
                }
            };
            needs.push(Need { lane: Lane::Usual, due: None, number: 0, view });
        }
    }
    Ok(needs)
}
