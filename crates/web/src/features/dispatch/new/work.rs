//! Work (派单): for a body, or for the community's own people.

use super::{Passed, by, what};
use crate::form::Form;
use crate::read::Reader;
use crate::holders::{holder, holders};
use crate::slip::Slip;
use crate::{Cx, Error};
use maud::{Markup, html};
use yishi_domain::dispatch::{OrderKind, Send};

pub async fn fields(cx: &Cx, matter: &Passed, f: &Form<'_>) -> Result<Markup, Error> {
    let options = holders(cx, &matter.staff, &matter.path).await?;
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
        let ((task, acceptance), (holder, person), finish_by) = (what?, given?, by?);
        let (matter, kind) = (matter.row.id, OrderKind::Work);
        Some(Send { matter, kind, task, acceptance, holder, person, finish_by })
    })
}
