//! A letter (去函): to a body that nobody here can summon, followed up until it answers.

use super::{Limited, Passed, What, limited, what};
use maud::{Markup, html};
use yishi_domain::dispatch::{OrderKind, Send};
use yishi_kernel::Holder;
use yishi_kernel::refusal::Common;
use yishi_web::form::Form;
use yishi_web::holders::{bodies, holder};
use yishi_web::read::Reader;
use yishi_web::slip::Slip;
use yishi_web::{Cx, Error};

pub async fn fields(cx: &Cx, matter: &Passed, f: &Form<'_>) -> Result<Markup, Error> {
    let bodies = bodies(cx, &matter.path).await?.into_iter();
    let options: Vec<_> = bodies.map(|(id, name)| (format!("organisation/{id}"), name)).collect();
    Ok(html! { (f.select("holder", &options).label("dispatch-letter-to")) })
}

pub async fn read(cx: &Cx, matter: &Passed, mut r: Reader<'_>) -> Result<Limited<Send>, Slip> {
    let what = what(matter, &mut r);
    let given = holder(cx, &r.text("holder"), &matter.path).await.ok();
    match given {
        Some((Holder::Organisation(_), _)) => {}
        Some(_) => r.refuse("holder", Common::NeedsOrganisation),
        None => r.wrong("holder", "dispatch-wrong-holder"),
    }
    let limit = limited(cx, matter, &mut r);
    r.done(|| {
        let (What { task, acceptance, item }, (holder, person), (class, other)) = (what?, given?, limit?);
        let (matter, kind, finish_by) = (matter.row.id, OrderKind::Letter, cx.now);
        let order = Send { matter, kind, item, task, acceptance, holder, person, finish_by };
        Some(Limited { order, class, other })
    })
}
