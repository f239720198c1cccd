//! A gathering for whoever holds it: how it is found, and its page. What comes next stands first:
//! its lines to be written or, once they are, its slips to be printed.

use super::call_off::CallOff;
use super::face::{Matters, badge, counts, name, place, standing, who, who_label};
use super::record::Record;
use maud::{Markup, html};
use yishi_domain::gatherings::{CORRECT, Gathering, GatheringId, GatheringStage, READ, Recorded};
use yishi_kernel::{Right, Sealed, StreamName};
use yishi_office::gatherings::reads::{GatheringRow, gathering};
use yishi_web::correct::{Correct, Correctable};
use yishi_web::nav::staff_nav_at;
use yishi_web::sheet::{Found, Sheet, Shown, Thing};
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{self, Fields, Page, Width};
use yishi_web::{Cx, Error, numbers};

/// A gathering at work.
#[derive(Debug)]
pub struct GatheringAtWork;

/// The page of a gathering, with who looks at it.
pub type Held = Sheet<GatheringAtWork>;

impl Thing for GatheringAtWork {
    type At = (String, i64);
    type State = Gathering;
    type Row = GatheringRow;
    const FAMILY: &'static str = "gathering";
    const SEEN_BY: &'static Right = &READ;

    async fn find(cx: &Cx, (slug, number): (String, i64)) -> Result<Found<Self>, Error> {
        let ledger = cx.ledger(&slug).await?;
        let office = &cx.app.office;
        let id: GatheringId = cx.numbered(ledger.ledger, number).await?;
        let row = gathering(&office.db, ledger.ledger, id).await?.ok_or(Error::NotFound)?;
        let loaded = office.load::<Gathering>(ledger.ledger, &id.into()).await?;
        let at = loaded.get().and_then(|state| state.at.get().copied()).unwrap_or(row.place);
        let path = office.path_at(at).await?;
        Found::new(ledger, row, loaded, path)
    }

    fn stream(found: &Found<Self>) -> StreamName {
        found.row.id.into()
    }

    fn link(found: &Found<Self>) -> String {
        format!("/w/{}/h/{}", found.ledger.slug, found.row.number)
    }
}

/// Whether whoever looks at it has written its record: the slips are theirs to hand out.
#[must_use]
pub fn wrote_it(sheet: &Held) -> bool {
    let by = sheet.state.record.as_ref().and_then(|record| record.by.as_ref()).and_then(Sealed::get);
    by.is_some() && by == sheet.staff.actor.account.as_ref()
}

/// How many receipts its lines have brought.
fn receipts(record: &Recorded) -> usize {
    record.raised.len() + record.known.iter().filter(|one| one.receipt.is_some()).count()
}

impl Shown for GatheringAtWork {
    async fn show(sheet: &Held, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        let (cx, t, row, gathering) = (&sheet.cx, sheet.cx.locale, &sheet.row, &sheet.state);
        let slug = &sheet.ledger.slug;
        let title = name(cx, row).await?;
        let public = format!("/c/{slug}/h/{}", row.number);
        let record = gathering.record.as_ref();
        let matters = match record {
            Some(record) => Matters::of(cx, row, record).await?,
            None => Matters::default(),
        };
        let mut facts = vec![
            (t.say("gathering-when"), html! { (t.time(row.starts)) }),
            (t.say("gathering-where"), html! { (place(cx, row).await?) }),
        ];
        facts.extend(who(row, t).map(|who| (who_label(cx, row), html! { (who) })));
        if row.stage == GatheringStage::Recorded {
            facts.push((t.say("gathering-came-to"), html! { (counts(row, t)) }));
        }
        if let Some((_, due)) = row.next {
            facts.push((t.say("gathering-due"), html! { (ui::due(due, cx.now, t)) }));
        }
        let slips = record.filter(|record| wrote_it(sheet) && receipts(record) > 0);
        let held = row.starts <= cx.now;
        let main = html! {
            p.crumbs { a href={ "/w/" (slug) "/gatherings" } { (t.say("gatherings-title")) } }
            h1 { (title) }
            (numbers::small(row.number, t))
            p { (badge(cx, row)) }
            @if let Some(record) = record.filter(|_| wrote_it(sheet)) {
                div.notice role="status" { p { strong { (t.say("gathering-recorded")) } } p { (t.with("gathering-recorded-next", &[("count", &receipts(record))])) } }
            }
            (summary(slip, t))
            div.card {
                (ui::facts(&facts))
                @if let Some(reason) = &gathering.reason { p { (reason) } }
                div.actions {
                    @if slips.is_some() { a.button href={ (sheet.link()) "/slips" } { (t.say("gathering-slips")) } }
                    @if row.stage == GatheringStage::Open { a.button.second href={ (sheet.link()) "/sheet" } { (t.say("gathering-sheet")) } }
                    @if record.is_some() { a.button.second href={ (public) "/paper" } { (t.say("gathering-paper")) } }
                    a.button.second href=(public) { (t.say("gathering-public")) }
                }
            }
            @if held { (sheet.form::<Record>(values, slip).await?) }
            @else if row.stage == GatheringStage::Open { div.notice { p { (t.with("gathering-not-yet", &[("time", &t.time(row.starts))])) } } }
            @if !matters.raised.is_empty() { h2 { (t.say("gathering-matters")) } (standing(cx, &sheet.rules, &matters.raised, &format!("/w/{slug}/")).await?) }
            @if !matters.known.is_empty() { h2 { (t.say("gathering-known")) } (standing(cx, &sheet.rules, &matters.known, &format!("/w/{slug}/")).await?) }
            @if let Some(record) = record.filter(|record| !record.thanks.is_empty()) {
                h2 { (t.say("gathering-thanks")) }
                ul { @for one in &record.thanks { li { (one.text) } } }
            }
            (sheet.form::<CallOff>(values, slip).await?)
            (sheet.form::<Correct<GatheringAtWork>>(values, slip).await?)
        };
        let nav = staff_nav_at(cx, &sheet.staff, slug);
        let (locale, view, here) = (t, cx.view, sheet.link());
        Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Narrow, main }.render())
    }
}

impl Correctable for GatheringAtWork {
    const CORRECT: &'static Right = &CORRECT;
}
