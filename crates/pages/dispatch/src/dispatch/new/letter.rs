//! A letter (去函): to a body that nobody here can summon, followed up until it answers.

use super::{Passed, What, by, what};
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

pub async fn read(cx: &Cx, matter: &Passed, mut r: Reader<'_>) -> Result<Send, Slip> {
    let what = what(matter, &mut r);
    let given = holder(cx, &r.text("holder"), &matter.path).await.ok();
    match given {
        Some((Holder::Organisation(_), _)) => {}
        Some(_) => r.refuse("holder", Common::NeedsOrganisation),
        None => r.wrong("holder", "dispatch-wrong-holder"),
    }
    let by = by(cx, &mut r);
    r.done(|| {
        let (What { task, acceptance, item }, (holder, person), finish_by) = (what?, given?, by?);
        let (matter, kind) = (matter.row.id, OrderKind::Letter);
        Some(Send { matter, kind, item, task, acceptance, holder, person, finish_by })
    })
}
