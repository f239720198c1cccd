//! Emergencies as others show them: their lines in a list, the ways to enter one, and where the
//! common parts are owners' at all.

use maud::{Markup, html};
use yishi_domain::emergency::BasisStage;
use yishi_domain::places::PlaceKind;
use yishi_kernel::PlaceId;
use yishi_office::emergency::reads::BasisRow;
use yishi_office::places::reads::places;
use yishi_web::texts::Locale;
use yishi_web::{Cx, Error};

/// Where it stands, in words and colour.
#[must_use]
pub fn badge(stage: BasisStage, t: Locale) -> Markup {
    let class = match stage {
        BasisStage::Entered => "badge wait",
        BasisStage::Confirmed => "badge",
        BasisStage::Rejected => "badge late",
        BasisStage::Accounted => "badge done",
    };
    html! { span class=(class) { (t.word(stage)) } }
}

/// Those of a matter, each with its way; `front` is `/c/` or `/w/`.
#[must_use]
pub fn list(rows: &[BasisRow], front: &str, slug: &str, t: Locale) -> Markup {
    html! {
        ul.links { @for row in rows {
            li { a href={ (front) (slug) "/e/" (row.number) } { (t.with("basis-title", &[("number", &row.number)])) " · " (row.line) } " " (badge(row.stage, t)) }
        } }
    }
}

/// Whether the common parts there belong to owners: a compound is around it.
///
/// # Errors
/// When the store fails.
pub async fn has_owners(cx: &Cx, path: &[PlaceId]) -> Result<bool, Error> {
    let around = places(&cx.app.office.db, path).await?;
    Ok(around.iter().any(|row| row.kind == PlaceKind::Compound))
}
