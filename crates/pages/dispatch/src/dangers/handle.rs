//! The page of a danger for those who see to it: what was said and where exactly, how much time is
//! left, and the one thing to do next on top. Only forms that this person may send are shown.

use super::call::Call;
use super::clear::Clear;
use super::confirm::Confirm;
use super::doubt::Doubt;
use super::face::{alert, at, lines, place, stage_badge, time_left, title};
use super::fail::Fail;
use super::job::{DangerAtWork, Job};
use super::lift::Lift;
use super::look::Look;
use super::protect::Protect;
use super::see::See;
use super::uphold::Uphold;
use crate::emergency::face::{has_owners, list};
use maud::{Markup, html};
use yishi_domain::dangers::{CONFIRM, DangerStage};
use yishi_domain::dispatch::ORDER;
use yishi_domain::emergency::ENTER;
use yishi_domain::matters::{Matter, READ as READ_MATTER, StageKind};
use yishi_kernel::{PhotoDigest, Stream as _, may};
use yishi_office::emergency::reads::of_matter;
use yishi_office::matters::reads::{matter, root_of};
use yishi_web::Error;
use yishi_web::album::PublishPhoto;
use yishi_web::correct::Correct;
use yishi_web::erasing::Erase;
use yishi_web::names::Names;
use yishi_web::nav::staff_nav_at;
use yishi_web::sheet::Shown;
use yishi_web::slip::{Slip, summary};
use yishi_web::told::{by, chain};
use yishi_web::ui::{self, Fields, Page, Width};

impl Shown for DangerAtWork {
    async fn show(job: &Job, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        let (cx, t) = (&job.cx, job.cx.locale);
        let db = &cx.app.office.db;
        let slug = &job.ledger.slug;
        let (row, matter) = (&job.row.danger, &job.row.matter);
        let link = job.link();
        let photo = |digest: &PhotoDigest| Some(format!("{link}/photo/{}", digest.0));
        let mut names = Names::default();
        let lines = lines(db, row, Some(&job.loaded), &mut names, t, &photo).await?;
        let facts = facts(job, &mut names).await?;
        let title = title(row, matter, t);
        let main = html! {
            p.crumbs.no-print { a href="/desk" { (t.say("desk-title")) } }
            h1 { (title) }
            (summary(slip, t))
            (standing(job))
            div.columns {
                div { div.card { (ui::facts(&facts)) } }
                // On a phone what is to be done comes before how it came to this.
                div.beside.no-print { (forms(job, values, slip).await?) }
                div {
                    h2 { (t.say("danger-chain")) }
                    (chain(&lines, t))
                    details { summary { (t.say("danger-public")) }
                        (alert(cx, row, &mut names).await?)
                        p { a href={ "/c/" (slug) "/d/" (row.number) } { (t.say("dispatch-public")) } }
                    }
                }
            }
        };
        let nav = staff_nav_at(cx, &job.staff, slug);
        let (locale, view) = (t, cx.view);
        Ok(Page { locale, view, here: &link, title: &title, nav, width: Width::Wide, main }.render())
    }
}

/// What is missing now, above all else.
fn standing(job: &Job) -> Markup {
    let (t, row, now) = (job.cx.locale, &job.row.danger, job.cx.now);
    let key = match (row.stage, row.seen) {
        (DangerStage::Reported, None) => "danger-now-unseen",
        (DangerStage::Reported, Some(_)) => "danger-now-protect",
        (DangerStage::Protected, _) => "danger-now-confirm",
        (DangerStage::Safe, _) => "danger-now-safe",
        (DangerStage::Cleared | DangerStage::Lifted, _) => return html! {},
    };
    let doubted = job.state.doubted.as_ref();
    html! {
        div.notice.bad[row.stage == DangerStage::Reported].warn[row.stage != DangerStage::Reported] {
            p { strong { (t.say(key)) } " "
                @if row.stage != DangerStage::Safe { (time_left(row.due, now, t)) }
            }
            @if let Some(doubted) = doubted { p { (t.with("danger-now-doubted", &[("by", &by(doubted.due, t))])) } }
        }
    }
}

async fn facts(job: &Job, names: &mut Names) -> Result<Vec<(String, Markup)>, Error> {
    let (cx, t, row, danger) = (&job.cx, job.cx.locale, &job.row.danger, &job.state);
    let db = &cx.app.office.db;
    let own = names.place(db, danger.at().unwrap_or(danger.place)).await?;
    let shown = place(&job.row.matter);
    let called = names.all(db, &Vec::from_iter(danger.called.iter().copied()), t).await?;
    let mut facts = vec![
        (t.say("fact-stage"), html! { (stage_badge(row.stage, t)) }),
        (t.say("fact-exact"), html! { (shown) @if !shown.ends_with(&own) { " " (own) } }),
        (t.say("danger-tapped"), html! { span.whole { (at(row.tapped, t)) } }),
        (t.say("danger-safe-by"), html! { span.whole { (at(row.due, t)) } }),
    ];
    if !called.is_empty() {
        facts.push((t.say("danger-told"), html! { (called) }));
    }
    let Known { said, link } = known(job).await?;
    if let Some(text) = said {
        facts.insert(2, (t.say("danger-said"), html! { (text) }));
    }
    let number = job.row.matter.number;
    facts.push((
        t.say("danger-matter"),
        html! { a href=(link) { (t.with("see-matter", &[("number", &number)])) } },
    ));
    Ok(facts)
}

/// What is left where those here cannot make it safe, or it is the owners' to decide: an emergency
/// whistle, with the form filled in, and the least that makes safe before they decide.
async fn ways(job: &Job) -> Result<Markup, Error> {
    let (cx, t, slug) = (&job.cx, job.cx.locale, &job.ledger.slug);
    let (office, ledger) = (&cx.app.office, job.ledger.ledger);
    let root = root_of(&office.db, ledger, job.row.matter.id).await?.unwrap_or(job.row.matter.id);
    let row = matter(&office.db, ledger, root).await?.ok_or(Error::NotFound)?;
    let loaded = office.load::<Matter>(ledger, &root.into()).await?;
    let passing = loaded.must()?.passing_on(&office.path_of_matter(loaded.must()?).await?);
    if !job.state.is_open() || cx.may(&ORDER, &passing).is_err() {
        return Ok(html! {});
    }
    let owners = cx.may(&ENTER, &passing).is_ok() && has_owners(cx, &passing.path).await?;
    let bases = of_matter(&office.db, ledger, root).await?;
    let link = format!("/w/{slug}/{}", row.number);
    let sorted = row.stage == StageKind::InHand;
    Ok(html! {
        section.card {
            h2 { (t.say("basis-danger-ways")) }
            @if sorted {
                p { a.button.danger.wide href={ (link) "/order?kind=whistle&danger=" (job.row.danger.number) } { (t.say("basis-danger-whistle")) } }
                p.soft { (t.say("basis-danger-whistle-hint")) }
            } @else {
                p { a href=(link) { (t.say("basis-danger-sort-first")) } }
            }
            @if owners {
                p { a.button.second.wide href={ (link) "/emergency" } { (t.say("basis-way")) } }
                p.soft { (t.say("basis-way-hint")) }
            }
            (list(&bases, "/w/", slug, t))
        }
    })
}

/// What this person may know of the matter that it is about.
struct Known {
    /// What was said.
    said: Option<String>,
    /// The page of it that is theirs.
    link: String,
}

/// A body that was told reads what was said as long as the danger is open, as one does that holds a
/// matter, unless the matter is about it.
async fn known(job: &Job) -> Result<Known, Error> {
    let (office, actor) = (&job.cx.app.office, &job.staff.actor);
    let loaded = office.load::<Matter>(job.ledger.ledger, &job.row.matter.id.into()).await?;
    let matter = loaded.must()?;
    let resource = matter.resource(&office.path_of_matter(matter).await?, actor);
    let reads = may(actor, &READ_MATTER, &resource, job.cx.now).is_ok();
    let told = job.state.is_open() && job.state.called.iter().any(|body| actor.is_of(*body));
    let (slug, number) = (&job.ledger.slug, job.row.matter.number);
    Ok(Known {
        said: loaded.private(1, "text").filter(|_| reads || (told && !resource.keeps_away(actor))),
        link: if reads { format!("/w/{slug}/{number}") } else { format!("/c/{slug}/m/{number}") },
    })
}

async fn forms(job: &Job, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let t = job.cx.locale;
    let own = job.staff.actor.account.is_some_and(|own| job.state.was_protected_by(own));
    let waits = own && job.can(&CONFIRM);
    let nobody = job.state.called.is_empty();
    Ok(html! {
        (job.form::<See>(values, slip).await?)
        (job.form::<Protect>(values, slip).await?)
        @if waits { div.notice.warn { p { (t.say("danger-not-own")) } } }
        (job.form::<Confirm>(values, slip).await?)
        (job.form::<Clear>(values, slip).await?)
        (job.form::<Uphold>(values, slip).await?)
        (job.form::<Look>(values, slip).await?)
        (job.form::<Lift>(values, slip).await?)
        (ways(job).await?)
        @if nobody && job.state.is_open() { p.soft { (t.say("danger-told-nobody")) } }
        (job.form::<Call>(values, slip).await?)
        (job.form::<Fail>(values, slip).await?)
        (job.form::<PublishPhoto<DangerAtWork>>(values, slip).await?)
        (job.form::<Doubt>(values, slip).await?)
        (job.form::<Correct<DangerAtWork>>(values, slip).await?)
        (job.form::<Erase<DangerAtWork>>(values, slip).await?)
    })
}
