//! Partners' tokens as their page lists them, and as one is known.

use crate::paging::{Key, MORE, Paged, below};
use yishi_domain::partners::{PartnerId, PartnerMay};
use yishi_kernel::{Moment, OrganisationId, PlaceId};
use yishi_store::{Db, Fault, args, query, row};

row! {
    /// A partner's token as listed.
    pub PartnerRow, from "partner p
         left join organisation o on o.id = p.organisation
         left join partner_use u on u.ledger = p.ledger and u.partner = p.id" {
        /// The ledger that keeps it.
        ledger: PlaceId = "p.ledger",
        /// Its id.
        id: PartnerId = "p.id",
        /// Whose program it is.
        organisation: OrganisationId = "p.organisation",
        /// What that body is called.
        body: String = "coalesce(o.name, '')",
        /// What the program is called.
        name: Option<String> = "p.name",
        /// The place for which it holds.
        place: PlaceId = "p.place",
        /// What it may do.
        may: PartnerMay = "p.may",
        /// When it was opened.
        opened: Moment = "p.opened",
        /// From when on it holds no more.
        expires: Moment = "p.expires",
        /// When it was revoked.
        revoked: Option<Moment> = "p.revoked",
        /// The keyed digest by which it is known.
        digest: Option<String> = "p.digest",
        /// The first moment of the day on which it was used last.
        used: Option<Moment> = "u.day",
    }
}

query! {
    pub(super) KNOWN: PartnerRow => "where p.ledger = ?1 and p.digest = ?2";
    LISTED: PartnerRow => "where p.ledger = ?1 and (p.opened, p.id) < (?2, ?3)
         order by p.opened desc, p.id desc limit ?4";
    pub(super) USED: () = "insert into partner_use (ledger, partner, day) values (?1, ?2, ?3)
         on conflict (ledger, partner) do update set day = excluded.day";
}

/// A page of the tokens that a ledger keeps, the latest first.
pub async fn partners(
    db: &Db,
    ledger: PlaceId,
    before: Option<Key<PartnerId>>,
) -> Result<Paged<PartnerRow>, Fault> {
    let (opened, id) = below(before);
    let rows = LISTED.all(db, &args![ledger, opened, id, MORE]).await?;
    Ok(Paged::of(rows, |row| (row.opened, row.id)))
}
