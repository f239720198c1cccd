//! A venue for whoever keeps it: how it is found, and its page with what can be done.

use super::told::{facts, now};
use maud::{Markup, html};
use yishi_domain::venues::{AMEND, READ, Venue, VenueId};
use yishi_kernel::{Right, StreamName};
use yishi_office::venues::reads::{VenueRow, venue};
use yishi_web::correct::{Correct, Correctable};
use yishi_web::nav::staff_nav_at;
use yishi_web::sheet::{Found, Sheet, Shown, Thing};
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{Fields, Page, Width};
use yishi_web::{Cx, Error};

/// A venue, for whoever keeps it.
#[derive(Debug)]
pub struct KeptVenue;

/// The page of a venue, with who looks at it.
pub type Keeping = Sheet<KeptVenue>;

/// A venue as listed, and the name of its place.
#[derive(Debug)]
pub struct Row {
    /// As listed.
    pub venue: VenueRow,
    /// What its place is called.
    pub place: String,
}

impl Thing for KeptVenue {
    type At = (String, i64);
    type State = Venue;
    type Row = Row;
    const FAMILY: &'static str = "venue";
    const SEEN_BY: &'static Right = &READ;

    async fn find(cx: &Cx, (slug, number): (String, i64)) -> Result<Found<Self>, Error> {
        let ledger = cx.ledger(&slug).await?;
        let office = &cx.app.office;
        let id: VenueId = cx.numbered(ledger.ledger, number).await?;
        let venue = venue(&office.db, ledger.ledger, id).await?.ok_or(Error::NotFound)?;
        let loaded = office.load(ledger.ledger, &id.into()).await?;
        let path = office.path_at(venue.place).await?;
        let place = cx.place(venue.place).await?.name;
        Found::new(ledger, Row { venue, place }, loaded, path)
    }

    fn stream(found: &Found<Self>) -> StreamName {
        found.row.venue.id.into()
    }

    fn link(found: &Found<Self>) -> String {
        format!("/w/{}/v/{}", found.ledger.slug, found.row.venue.number)
    }
}

impl Shown for KeptVenue {
    async fn show(sheet: &Keeping, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        let (cx, t, venue) = (&sheet.cx, sheet.cx.locale, &sheet.state);
        let (slug, number) = (&sheet.ledger.slug, sheet.row.venue.number);
        let title = venue.details.name.to_string();
        let main = html! {
            p.crumbs { a href={ "/w/" (slug) "/venues" } { (t.say("venues-keep")) } }
            h1 { (title) }
            (summary(slip, t))
            p { (now(venue.stage, &venue.details.hours, cx.now, t)) }
            @if let Some(reason) = &venue.reason { div.notice.warn { p { (reason) } } }
            div.card { (facts(&sheet.row.place, &venue.details, t)) }
            div.actions {
                a.button.second href={ "/c/" (slug) "/v/" (number) } { (t.say("venue-public")) }
                a.button.second href={ "/c/" (slug) "/v/" (number) "/poster" } { (t.say("venue-poster")) }
            }
            (super::acts(sheet, values, slip).await?)
            (sheet.form::<Correct<KeptVenue>>(values, slip).await?)
        };
        let nav = staff_nav_at(cx, &sheet.staff, slug);
        let (locale, view) = (t, cx.view);
        Ok(Page { locale, view, here: &sheet.link(), title: &title, nav, width: Width::Narrow, main }
            .render())
    }
}

impl Correctable for KeptVenue {
    const CORRECT: &'static Right = &AMEND;
}
