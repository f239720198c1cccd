//! The table of partners.

use crate::Viewed;
use yishi_domain::partners::{Partner, PartnerId, PartnerMay};
use yishi_kernel::cell::Number;
use yishi_kernel::{Loaded, Moment, OrganisationId, PlaceId, Sealed};
use yishi_store::table::TableRow as _;
use yishi_store::{Rows, Table, table};

/// The tables of partners.
pub(crate) static TABLES: &[&Table] = &[PartnerLine::TABLE];

table! {
    /// Partners' tokens, known by their digests.
    pub(crate) PartnerLine in "partner", key (ledger, id) {
        ledger: PlaceId,
        id: PartnerId,
        number: Number,
        organisation: OrganisationId,
        name: Option<String>,
        place: PlaceId,
        may: PartnerMay,
        opened: Moment,
        expires: Moment,
        revoked: Option<Moment>,
        digest: Option<String>,
    }
    index partner_digest (ledger, digest) where digest;
    index partner_list (ledger, opened, id);
}

impl Viewed for Partner {
    fn rows(ledger: PlaceId, id: &str, partner: &Self, _: &Loaded<Self>) -> Rows {
        let Ok(id) = id.parse() else { return Rows::none() };
        let kept = |value: Option<&String>| value.cloned();
        Rows::of(PartnerLine {
            ledger,
            id,
            number: Number::Own,
            organisation: partner.organisation,
            name: kept(Sealed::get(&partner.name)),
            place: partner.place,
            may: partner.may,
            opened: partner.opened,
            expires: partner.expires,
            revoked: partner.revoked,
            digest: kept(Sealed::get(&partner.digest)),
        })
    }
}
