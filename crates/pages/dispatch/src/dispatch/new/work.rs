//! Work (派单): for a body, or for the community's own people.

use super::{Passed, What, by, what};
use maud::{Markup, html};
use yishi_domain::dispatch::{OrderKind, Send};
use yishi_web::form::Form;
use yishi_web::holders::{fitting, holder};
use yishi_web::read::Reader;
use yishi_web::slip::Slip;
use yishi_web::{Cx, Error};

pub async fn fields(cx: &Cx, matter: &Passed, f: &Form<'_>) -> Result<Markup, Error> {
    let options = fitting(cx, &matter.staff, &matter.resource).await?;
    Ok(html! { (f.select("holder", &options).label("dispatch-doer")) })
}

pub async fn read(cx: &Cx, matter: &Passed, mut r: Reader<'_>) -> Result<Send, Slip> {
    let what = what(matter, &mut r);
    let given = holder(cx, &r.text("holder"), &matter.path).await.ok();
    if given.is_none() {
        r.wrong("holder", "dispatch-wrong-holder");
    }
    let by = by(cx, &mut r);
    r.done(|| {
        let (What { task, acceptance, item }, (holder, person), finish_by) = (what?, given?, by?);
        let (matter, kind) = (matter.row.id, OrderKind::Work);
        Some(Send { matter, kind, item, task, acceptance, holder, person, finish_by })
    })
}
