//! Scenes on the page of their order: the records there are, with who does what by when, and for
//! whoever writes one down the way to it and the sheet to take along.

use super::face::{badge, lines, name};
use maud::{Markup, html};
use yishi_domain::dispatch::{Order, OrderId};
use yishi_domain::scenes::{OPEN, Scene, SceneStage, scene_of, takes_down};
use yishi_kernel::Stream as _;
use yishi_office::dispatch::reads::order;
use yishi_office::scenes::reads::of_order;
use yishi_web::feature::{Beside, Whose};
use yishi_web::names::Names;
use yishi_web::{Cx, Error};

/// What was found and agreed at the scenes of an order.
///
/// # Errors
/// When the store fails.
pub async fn scenes(cx: &Cx, thing: &Beside<'_>) -> Result<Markup, Error> {
    if thing.thing.kind() != Order::KIND {
        return Ok(html! {});
    }
    let id: OrderId = thing.thing.id().parse().map_err(|_| Error::NotFound)?;
    let (t, office, ledger) = (cx.locale, &cx.app.office, thing.ledger);
    let front = if thing.page == Whose::AtWork { "/w/" } else { "/c/" };
    let mut names = Names::default();
    let mut shown = Vec::new();
    for row in of_order(&office.db, ledger.ledger, id).await? {
        let loaded = office.load::<Scene>(ledger.ledger, &row.id.into()).await?;
        let scene = loaded.must()?;
        let lines = match scene.stage {
            // What not all have signed is no agreement yet.
            SceneStage::Signing => {
                html! { p { (t.with("scene-signing", &[("unsigned", &row.unsigned), ("came", &row.came)])) } }
            }
            SceneStage::Agreed | SceneStage::Closed => lines(cx, scene, &mut names).await?,
        };
        let link = format!("{front}{}/x/{}", ledger.slug, row.number);
        shown.push((link, name(cx, &row).await?, badge(scene.stage, t), t.brief_time(row.met), lines));
    }
    let writes = match thing.page {
        Whose::AtWork => writes(cx, thing, id).await?,
        Whose::Public | Whose::Holder(_) => None,
    };
    Ok(html! {
        @if writes.is_some() || !shown.is_empty() { h2 #scenes { (t.say("scenes-title")) } }
        @for (link, name, badge, met, lines) in &shown {
            p { a href=(link) { (name) } " " span.soft { (met) } " " (badge) }
            (lines)
        }
        @if let Some(link) = &writes { div.actions.no-print {
            a.button.second href={ (link) "/scene" } { (t.say("scene-new")) }
            a.button.second href={ (link) "/scene-sheet" } { (t.say("scene-sheet")) }
        } }
    })
}

/// The page of the order, for whoever may write a scene of it down now.
async fn writes(cx: &Cx, thing: &Beside<'_>, id: OrderId) -> Result<Option<String>, Error> {
    let (office, ledger) = (&cx.app.office, thing.ledger);
    let row = order(&office.db, ledger.ledger, id).await?.ok_or(Error::NotFound)?;
    let loaded = office.load::<Order>(ledger.ledger, &id.into()).await?;
    let (order, actor) = (loaded.must()?, cx.staff()?.actor.clone());
    let path = office.path_at(row.place).await?;
    let role = cx.may(&OPEN, &scene_of(order, &path, &actor)).ok();
    let writes = role.is_some_and(|role| takes_down(order, &actor, role, cx.now).is_ok());
    Ok(writes.then(|| format!("/w/{}/o/{}", ledger.slug, row.number)))
}
