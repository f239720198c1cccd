//! Work (派单): for a body, or for the community's own people.

use super::{Limited, Passed, What, limited, what};
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

pub async fn read(cx: &Cx, matter: &Passed, mut r: Reader<'_>) -> Result<Limited<Send>, Slip> {
    let what = what(matter, &mut r);
    let given = holder(cx, &r.text("holder"), &matter.path).await.ok();
    if given.is_none() {
        r.wrong("holder", "dispatch-wrong-holder");
    }
    let limit = limited(cx, matter, &mut r);
    r.done(|| {
        let (What { task, acceptance, item }, (holder, person), (class, other)) = (what?, given?, limit?);
        let (matter, kind, finish_by) = (matter.row.id, OrderKind::Work, cx.now);
        let order = Send { matter, kind, item, task, acceptance, holder, person, finish_by };
        Some(Limited { order, class, other })
    })
}
