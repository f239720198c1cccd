//! Asking the street to whistle (请求吹哨): which departments, who leads, and why the community
//! cannot do it.

use super::{Begun, Limited, Passed, What, limited, what};
use maud::{Markup, html};
use yishi_domain::dispatch::{Ask, WhistleKind};
use yishi_web::form::Form;
use yishi_web::holders::bodies;
use yishi_web::read::Reader;
use yishi_web::slip::Slip;
use yishi_web::{Cx, Error};

pub async fn fields(cx: &Cx, matter: &Passed, f: &Form<'_>, begun: &Begun) -> Result<Markup, Error> {
    let bodies = bodies(cx, &matter.path).await?;
    let kinds = f.t().choices::<WhistleKind>();
    Ok(html! {
        (f.area("reason").label("dispatch-ask-reason"))
        (f.radios("whistle", &kinds).start(begun.whistle))
        (f.select("lead", &bodies).label("dispatch-choose-lead"))
        (f.checks("departments", &bodies, &[]))
    })
}

pub fn read(cx: &Cx, matter: &Passed, mut r: Reader<'_>) -> Result<Limited<Ask>, Slip> {
    let what = what(matter, &mut r);
    let reason = r.public("reason", matter.limits().text);
    let whistle = r.word("whistle", WhistleKind::parse, "dispatch-wrong-whistle");
    let lead = r.id("lead", "dispatch-wrong-lead");
    let departments = r.ids("departments");
    let limit = limited(cx, matter, &mut r);
    r.done(|| {
        let (What { task, acceptance, item }, (class, other)) = (what?, limit?);
        let (reason, whistle, lead) = (reason?, whistle?, lead?);
        let (matter, finish_by) = (matter.row.id, cx.now);
        let order = Ask { matter, whistle, item, task, acceptance, reason, departments, lead, finish_by };
        Some(Limited { order, class, other })
    })
}
