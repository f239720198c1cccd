//! Tables of venues, and of what one can do in each.

use crate::Viewed;
use yishi_domain::venues::{AMEND, Access, Hours, Need, Per, Venue, VenueId, VenueStage};
use yishi_kernel::cell::{Flag, Number};
use yishi_kernel::{Loaded, Moment, PlaceId, Right};
use yishi_store::table::TableRow as _;
use yishi_store::{Rows, Table, table};

/// The tables of venues.
pub(crate) static TABLES: &[&Table] = &[VenueLine::TABLE, VenueNeed::TABLE];

table! {
    /// Venues; `listed` unless closed for good.
    pub(crate) VenueLine in "venue", key (ledger, id) {
        ledger: PlaceId,
        id: VenueId,
        number: Number,
        stage: VenueStage,
        name: String,
        place: PlaceId,
        hours: Hours,
        fen: Option<u64>,
        per: Option<Per>,
        access: Access,
        listed: Flag,
        opened: Moment,
        looked: Moment,
    }
    index venue_listed (ledger, listed, opened, id);
    index venue_kept (ledger, opened, id);
}

table! {
    /// What one can do in those that are listed.
    pub(crate) VenueNeed in "venue_need", key (ledger, venue, need) {
        ledger: PlaceId,
        venue: VenueId,
        need: Need,
        opened: Moment,
    }
    index venue_by_need (ledger, need, opened, venue);
}

impl Viewed for Venue {
    const CORRECT: Option<&'static Right> = Some(&AMEND);

    fn rows(ledger: PlaceId, id: &str, venue: &Self, _: &Loaded<Self>) -> Rows {
        let Ok(id) = id.parse() else { return Rows::none() };
        let details = &venue.details;
        let (fen, per) = details.price.sum().unzip();
        let listed = venue.stage != VenueStage::Closed;
        let needs = details.needs.iter().filter(|_| listed);
        Rows::of(VenueLine {
            ledger,
            id,
            number: Number::Own,
            stage: venue.stage,
            name: details.name.to_string(),
            place: venue.place,
            hours: details.hours.clone(),
            fen,
            per,
            access: details.access,
            listed: Flag::from(listed),
            opened: venue.opened,
            looked: venue.looked,
        })
        .and(needs.map(|need| VenueNeed { ledger, venue: id, need: *need, opened: venue.opened }))
    }
}
