//! One confirmation for the street: of which numbers, by what, and taking it back.

use super::acts::withdraw::Withdraw;
use super::forums::street_of;
use maud::{Markup, html};
use std::sync::Arc;
use yishi_domain::meetings::Rules;
use yishi_domain::rulebook::{CORRECT, Confirmation, ConfirmationEvent, READ};
use yishi_kernel::{Entry, Pack, Right, StreamName};
use yishi_office::ledgers::entries_of;
use yishi_office::people::capacities::Capacities;
use yishi_office::rulebook::reads::{ConfirmationRow, confirmation};
use yishi_web::correct::{Correct, Correctable};
use yishi_web::nav::staff_nav_at;
use yishi_web::sheet::{Found, Sheet, Shown, Thing};
use yishi_web::slip::{Slip, summary};
use yishi_web::told::{self, Line, amended, public_entry};
use yishi_web::ui::{self, Fields, Page, Width};
use yishi_web::{Cx, Error};

/// A confirmation at work.
#[derive(Debug)]
pub struct ConfirmationAtWork;

/// The page of a confirmation, with who looks at it.
pub type Confirming = Sheet<ConfirmationAtWork>;

/// A confirmation as listed, with the rules that its numbers stand in.
#[derive(Debug)]
pub struct Row {
    /// As listed.
    pub confirmation: ConfirmationRow,
    /// The rules.
    pub pack: Arc<Pack>,
}

impl Thing for ConfirmationAtWork {
    type At = (String, i64);
    type State = Confirmation;
    type Row = Row;
    const FAMILY: &'static str = "forums";
    const SEEN_BY: &'static Right = &READ;

    async fn find(cx: &Cx, (slug, number): (String, i64)) -> Result<Found<Self>, Error> {
        let (ledger, street) = street_of(cx, &slug).await?;
        let office = &cx.app.office;
        let id = cx.numbered(ledger.ledger, number).await?;
        let confirmation = confirmation(&office.db, ledger.ledger, id).await?.ok_or(Error::NotFound)?;
        let loaded = office.load::<Confirmation>(ledger.ledger, &id.into()).await?;
        let pack = office.pack(&loaded.must()?.rules).await?;
        let path = office.path_at(street.id).await?;
        Found::new(ledger, Row { confirmation, pack }, loaded, path)
    }

    fn stream(found: &Found<Self>) -> StreamName {
        found.row.confirmation.id.into()
    }

    fn link(found: &Found<Self>) -> String {
        format!("/w/{}/forums/{}", found.ledger.slug, found.row.confirmation.number)
    }
}

impl Shown for ConfirmationAtWork {
    async fn show(sheet: &Confirming, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        let (cx, t, row) = (&sheet.cx, sheet.cx.locale, &sheet.row.confirmation);
        let slug = &sheet.ledger.slug;
        let forum = sheet.row.pack.section::<Rules>().forum(&row.forum);
        let name = forum.map_or_else(|| row.forum.clone(), |forum| t.said(&forum.zh, &forum.en));
        let title = t.with("confirmation-title", &[("forum", &name)]);
        let lines = lines(sheet).await?;
        let main = html! {
            p.crumbs.no-print { a href={ "/w/" (slug) "/forums" } { (t.say("forums-title")) } }
            h1 { (title) }
            (summary(slip, t))
            div.card { (ui::facts(&[
                (t.say("fact-stage"), html! { @match row.withdrawn {
                    None => span.badge.done { (t.word(row.stage)) },
                    Some(_) => span.badge.late { (t.word(row.stage)) },
                } }),
                (t.say("confirmation-read"), html! { (row.source) }),
                (t.say("confirmation-on"), html! { (t.day(row.day.deadline_date())) }),
                (t.say("confirmation-figures"), html! { span.link-text { (row.figures) } }),
            ])) }
            h2 { (t.say("chain-title")) }
            (told::chain(&lines, t))
            div.no-print {
                (sheet.form::<Withdraw>(values, slip).await?)
                (sheet.form::<Correct<ConfirmationAtWork>>(values, slip).await?)
            }
        };
        let nav = staff_nav_at(cx, &sheet.staff, slug);
        let (locale, view) = (t, cx.view);
        Ok(Page { locale, view, here: &sheet.link(), title: &title, nav, width: Width::Narrow, main }
            .render())
    }
}

impl Correctable for ConfirmationAtWork {
    const CORRECT: &'static Right = &CORRECT;
}

/// The entries of a confirmation as sentences.
async fn lines(sheet: &Confirming) -> Result<Vec<Line>, Error> {
    let (t, db) = (sheet.cx.locale, &sheet.cx.app.office.db);
    let mut lines = Vec::new();
    let ledger = sheet.ledger.ledger;
    let entries = entries_of(db, ledger, &sheet.row.confirmation.id.into()).await?;
    let capacities = Capacities::of_entries(db, ledger, &entries).await?;
    for entry in entries {
        let said = public_entry::<Confirmation>(&entry)?;
        let (what, quote) = match said.what {
            Entry::Own(ConfirmationEvent::Confirmed { read, on, .. }) => {
                let day = t.day(on.deadline_date());
                (t.with("told-forum-confirmed", &[("day", &day)]), Some(read.to_string()))
            }
            Entry::Own(ConfirmationEvent::Withdrawn { reason }) => {
                (t.say("told-forum-withdrawn"), Some(reason.to_string()))
            }
            Entry::Amended(what) => (amended(&what, t), None),
        };
        let line = Line::told(entry.number, entry.at, capacities.of(&entry), what);
        lines.push(Line { quote, reworded: entry.reworded, ..line });
    }
    Ok(lines)
}
