//! Asking the street to whistle (请求吹哨): which departments, who leads, and why the community
//! cannot do it.

use super::{Passed, by, what};
use crate::form::Form;
use crate::read::Reader;
use crate::holders::bodies;
use crate::slip::Slip;
use crate::{Cx, Error};
use maud::{Markup, html};
use yishi_domain::dispatch::{Ask, WhistleKind};

pub async fn fields(cx: &Cx, matter: &Passed, f: &Form<'_>) -> Result<Markup, Error> {
    let bodies = bodies(cx, &matter.path).await?;
    let kinds = f.t().choices::<WhistleKind>();
    Ok(html! {
        (f.area("reason").label("dispatch-ask-reason"))
        (f.radios("whistle", &kinds))
        (f.select("lead", &bodies).label("dispatch-choose-lead"))
        (f.checks("departments", &bodies, &[]))
    })
}

pub fn read(cx: &Cx, matter: &Passed, mut r: Reader<'_>) -> Result<Ask, Slip> {
    let what = what(matter, &mut r);
    let reason = r.public("reason", matter.limits().text);
    let whistle = r.word("whistle", WhistleKind::parse, "dispatch-wrong-whistle");
    let lead = r.id("lead", "dispatch-wrong-lead");
    let departments = r.ids("departments");
    let by = by(cx, &mut r);
    r.done(|| {
        let ((task, acceptance), finish_by) = (what?, by?);
        let (reason, whistle, lead) = (reason?, whistle?, lead?);
        let matter = matter.row.id;
        Some(Ask { matter, whistle, task, acceptance, reason, departments, lead, finish_by })
    })
}
