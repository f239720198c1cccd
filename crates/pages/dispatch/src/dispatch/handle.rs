//! The page of an order at work: those it calls report in, work, finish or say "not ours"; the
//! street whistles and rules; the community accepts. Only forms that this person may send are
//! shown; each is in a file of its own.

use super::accept::Accept;
use super::ask_again::AskAgain;
use super::assist_only::AssistOnly;
use super::before::before;
use super::blow::Blow;
use super::decline::Decline;
use super::dispute::Dispute;
use super::done::Done;
use super::extend::Extend;
use super::finish_part::FinishPart;
use super::follow_up::FollowUp;
use super::job::{Job, OrderAtWork};
use super::progress::Progress;
use super::report_in::ReportIn;
use super::resume::Resume;
use super::rule::Rule;
use super::rule_part::RulePart;
use super::send_back::SendBack;
use super::send_instead::SendInstead;
use super::set_part::SetPart;
use super::show::{About, facts};
use super::urge_part::UrgePart;
use super::withdraw::Withdraw;
use crate::ballots::face::left_by;
use crate::dispatch::face::ladder::ladder;
use crate::dispatch::face::{called_by_number, called_list, late, lines, relatives, sources};
use maud::{Markup, html};
use yishi_domain::dispatch::{ACCEPT, GO_ON, OrderKind, OrderStage, OtherWay};
use yishi_kernel::PhotoDigest;
use yishi_kernel::text::excerpt;
use yishi_office::matters::reads::matter;
use yishi_office::papers::Numbered;
use yishi_office::topics::reads::topic;
use yishi_pages_matters::matters::face::repeats::repeats;
use yishi_web::Error;
use yishi_web::album::PublishPhoto;
use yishi_web::correct::Correct;
use yishi_web::erasing::Erase;
use yishi_web::feature::{Beside, Whose, beside};
use yishi_web::names::Names;
use yishi_web::nav::staff_nav_at;
use yishi_web::numbers::small;
use yishi_web::places::spot;
use yishi_web::sheet::Shown;
use yishi_web::slip::{Slip, summary};
use yishi_web::told::chain;
use yishi_web::ui::{self, Fields, Page, Width};
use yishi_web::urging::{self, Urge, badges};

impl Shown for OrderAtWork {
    async fn show(job: &Job, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        let (cx, t) = (&job.cx, job.cx.locale);
        let db = &cx.app.office.db;
        let (row, called, order) = (&job.row.order, &job.row.called, &job.state);
        let slug = &job.ledger.slug;
        let mut names = Names::default();
        let link = job.link();
        let photo = |digest: &PhotoDigest| Some(format!("{link}/photo/{}", digest.0));
        let lines = lines(db, row, Some(&job.loaded), &mut names, t, &photo).await?;
        let late = late(db, order, cx.now, &mut names, t).await?;
        let public = format!("/c/{slug}/o/{}", row.number);
        let ladder = ladder(db, order, &public, &mut names, t).await?;
        let before = before(job).await?;
        let doer = names.holder(db, order.holder, t).await?;
        let place = spot(cx, row.place).await?;
        let mut sources = sources(cx, row, slug).await?;
        sources.extend(left_by(cx, &job.ledger, order).await?);
        sources.extend(relatives(cx, row, order, &format!("/w/{slug}/o/")).await?);
        let name = called_by_number(row, &cx.numbers([row.key()]).await?, t);
        let title = format!("{name} · {}", excerpt(&row.task, 40));
        let facts = facts(cx, row, order, &About { place, doer, sources });
        let besides = beside(cx, &Beside::of_thing(&job.ledger, row.id.into(), Whose::AtWork)).await?;
        let main = html! {
            p.crumbs.no-print { a href="/desk" { (t.say("desk-title")) } }
            (urging::told(cx, Some(&urging::next(cx, &link))))
            h1 { (name) br; (excerpt(&row.task, 40)) }
            (small(row.number, t))
            (summary(slip, t))
            (badges(&order.urged, t))
            (repeated(job).await?)
            @if !late.is_empty() { div.notice.bad { @for sentence in &late { p { (sentence) } } } }
            div.columns {
                div {
                    div.card { (ui::facts(&facts)) }
                    @if !called.is_empty() {
                        h2 { (t.say("dispatch-called")) }
                        (called_list(called, t))
                    }
                    (before)
                    (ladder)
                    (besides)
                }
                // On a phone what is to be done comes before how it came to this.
                div.beside.no-print { (forms(job, values, slip).await?) }
                div {
                    h2 { (t.say("dispatch-chain")) }
                    (chain(&lines, t))
                    p { a href={ "/c/" (slug) "/o/" (row.number) } { (t.say("dispatch-public")) } }
                }
            }
        };
        let nav = staff_nav_at(cx, &job.staff, slug);
        let (locale, view) = (t, cx.view);
        Ok(Page { locale, view, here: &link, title: &title, nav, width: Width::Wide, main }.render())
    }
}

/// How often the street was told of the same before, for the matter that it comes from.
async fn repeated(job: &Job) -> Result<Markup, Error> {
    let (cx, order) = (&job.cx, &job.row.order);
    let Some(id) = order.matter.filter(|_| order.kind == OrderKind::Whistle) else { return Ok(html! {}) };
    let Some(row) = matter(&cx.app.office.db, order.ledger, id).await? else { return Ok(html! {}) };
    let rules = cx.rules(order.ledger).await?;
    repeats(cx, &rules, &row, &job.ledger.slug).await
}

/// Which ways are left after the street declined, each with where it begins, for those who may go on.
async fn other_ways(job: &Job) -> Result<Markup, Error> {
    let (cx, t, row, slug) = (&job.cx, job.cx.locale, &job.row.order, &job.ledger.slug);
    if job.state.ways.is_empty() || !job.can(&GO_ON) {
        return Ok(html! {});
    }
    let topic = match row.topic {
        Some(id) => topic(&cx.app.office.db, row.ledger, id).await?.map(|topic| topic.number),
        None => None,
    };
    let deliberate = match topic {
        Some(number) => format!("/w/{slug}/t/{number}"),
        None => format!("/w/{slug}/topics/new"),
    };
    let on = |kind| !job.state.went_on.contains_key(&kind);
    let way = |way: &OtherWay| {
        let href = match way {
            OtherWay::Letter if on(OrderKind::Letter) => Some("#instead-kind"),
            OtherWay::Own if on(OrderKind::Work) => Some("#instead-kind"),
            OtherWay::Deliberate => Some(deliberate.as_str()),
            OtherWay::Letter | OtherWay::Own | OtherWay::Law => None,
        };
        html! {
            li {
                @if let Some(href) = href { a href=(href) { (t.word(*way)) } } @else { (t.word(*way)) }
                @if *way == OtherWay::Law { " " span.soft { (t.say("dispatch-way-law-hint")) } }
            }
        }
    };
    Ok(html! {
        div.notice.warn {
            p { strong { (t.say("dispatch-ways-left")) } }
            ul { @for one in &job.state.ways { (way(one)) } }
        }
    })
}

async fn forms(job: &Job, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    // Whoever did it does not accept it.
    let own_work_waits = job.row.order.stage == OrderStage::Done && !job.can(&ACCEPT);
    Ok(html! {
        (job.form::<Blow>(values, slip).await?)
        (job.form::<Decline>(values, slip).await?)
        (other_ways(job).await?)
        (job.form::<SendInstead>(values, slip).await?)
        (job.form::<AskAgain>(values, slip).await?)
        (job.form::<Rule>(values, slip).await?)
        (job.form::<RulePart>(values, slip).await?)
        (job.form::<ReportIn>(values, slip).await?)
        (job.form::<FollowUp>(values, slip).await?)
        (job.form::<Urge<OrderAtWork>>(values, slip).await?)
        (job.form::<UrgePart>(values, slip).await?)
        (job.form::<FinishPart>(values, slip).await?)
        (job.form::<Progress>(values, slip).await?)
        (job.form::<Done>(values, slip).await?)
        (job.form::<Accept>(values, slip).await?)
        (job.form::<SendBack>(values, slip).await?)
        (job.form::<Extend>(values, slip).await?)
        (job.form::<SetPart>(values, slip).await?)
        @if own_work_waits { div.notice.warn { p { (job.cx.locale.say("dispatch-not-own")) } } }
        (job.form::<Resume>(values, slip).await?)
        (job.form::<PublishPhoto<OrderAtWork>>(values, slip).await?)
        (job.form::<AssistOnly>(values, slip).await?)
        (job.form::<Dispute>(values, slip).await?)
        (job.form::<Withdraw>(values, slip).await?)
        (job.form::<Correct<OrderAtWork>>(values, slip).await?)
        (job.form::<Erase<OrderAtWork>>(values, slip).await?)
    })
}
