//! Opening a partner's token (开通接口).

use super::{Event, KEEP, Partner, PartnerMay, Refusal};
use crate::places::PlaceKind;
use yishi_kernel::context::name;
use yishi_kernel::named::Named;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Context, Decided, Moment, OrganisationId, PlaceId, Right, Sealed, Start};

/// The longest a token holds, in days: two years. Then somebody looks again who still needs it.
const MOST: u32 = 731;
/// The longest name of a program, in characters.
const NAME: usize = 40;

/// Open a partner's token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenPartner {
    /// For which place, and all below it.
    pub place: PlaceId,
    /// Whose program it is.
    pub organisation: OrganisationId,
    /// What the program is called.
    pub name: String,
    /// What it may do.
    pub may: PartnerMay,
    /// From when on it holds no more.
    pub expires: Moment,
    /// The keyed digest by which the token is known.
    pub digest: String,
}

/// The place for which a token is to hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Ground {
    /// What it is.
    pub kind: PlaceKind,
    /// When it was closed.
    pub closed: Option<Moment>,
}

impl Start for OpenPartner {
    type Of = Partner;
    type Facts = Ground;

    fn at(&self) -> Option<PlaceId> {
        Some(self.place)
    }

    fn right(&self) -> &'static Right {
        &KEEP
    }

    fn names(&self) -> Vec<Named> {
        let place = Named::places("place", [self.place]);
        Named::bodies("organisation", [self.organisation]).into_iter().chain(place).collect()
    }

    fn start(self, ground: &Ground, ctx: &Context) -> Result<Decided<Partner>, yishi_kernel::Refusal> {
        if ground.closed.is_some() {
            return Err(Common::Ended.into());
        }
        if !ground.kind.keeps_ledger() {
            return Err(Refusal::Place.into());
        }
        let expires = ctx.future("expires", self.expires)?;
        let last = ctx.now.end_of_day_after(MOST);
        if expires > last {
            return Err(Refusal::TooLong(last).into());
        }
        Ok(Decided::one(Event::Opened {
            organisation: self.organisation,
            name: Sealed::Kept(name("name", &self.name, NAME)?),
            place: self.place,
            may: self.may,
            expires,
            digest: Sealed::Kept(self.digest),
        }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::partners::{PartnerId, Revoke};
    use crate::testing::{Book, body, context, person, place, rules};
    use uuid::Uuid;
    use yishi_kernel::{Actor, Denied, Role};

    const ID: PartnerId = PartnerId(Uuid::from_u128(1));
    const NOW: Moment = Moment(1_767_225_600_000_000);

    fn open() -> OpenPartner {
        OpenPartner {
            place: place(2),
            organisation: body(50),
            name: "热线平台".to_owned(),
            may: PartnerMay::Raise,
            expires: NOW.end_of_day_after(30),
            digest: "0".repeat(64),
        }
    }

    fn opened(by: &Actor, open: OpenPartner, kind: PlaceKind) -> Result<Book, yishi_kernel::Refusal> {
        let (rules, path) = (rules(), [1, 2].map(place));
        let mut book = Book::default();
        book.start(ID, open, &Ground { kind, closed: None }, &context(NOW, by, &rules, &path))?;
        Ok(book)
    }

    #[test]
    fn an_administrator_opens_one_for_two_years_at_most() {
        let keeper = person(9, Role::Administrator, 1);
        let refused = |open| opened(&keeper, open, PlaceKind::Community).map(drop).unwrap_err();
        opened(&keeper, open(), PlaceKind::Street).unwrap();
        let last = NOW.end_of_day_after(731);
        opened(&keeper, OpenPartner { expires: last, ..open() }, PlaceKind::Community).unwrap();
        let longer = OpenPartner { expires: NOW.end_of_day_after(732), ..open() };
        assert_eq!(refused(longer), Refusal::TooLong(last));
        assert_eq!(refused(OpenPartner { expires: NOW, ..open() }), Common::Past { field: "expires" });
        assert_eq!(refused(OpenPartner { name: " ".to_owned(), ..open() }).field(), Some("name"));
        assert_eq!(opened(&keeper, open(), PlaceKind::Building).map(drop).unwrap_err(), Refusal::Place);
        let worker =
            opened(&person(9, Role::CommunityWorker, 2), open(), PlaceKind::Community).map(drop).unwrap_err();
        assert!(matches!(worker.denied(), Some(Denied::Role { .. })));
    }

    #[test]
    fn revoked_it_stays_so() {
        let (rules, path, keeper) = (rules(), [1, 2].map(place), person(9, Role::Administrator, 1));
        let mut book = opened(&keeper, open(), PlaceKind::Community).unwrap();
        let later = NOW.plus_seconds(60);
        let ctx = context(later, &keeper, &rules, &path);
        book.act(ID, Revoke, &(), &ctx).unwrap();
        let partner: Partner = book.state(ID);
        assert_eq!(partner.revoked, Some(later));
        assert_eq!(book.act(ID, Revoke, &(), &ctx).unwrap_err(), Common::Ended);
    }
}
