//! The inbox 收件箱: what came to somebody, or to a desk or body they work for, since they looked
//! last. It names things and what happened to them; what a thing says is read where it stands, by
//! whoever may. Nobody reads when somebody else has looked: only up to which arrival is kept.

pub mod calendar;
pub(crate) mod due;
pub(crate) mod follow;

use crate::Office;
use crate::paging::{Key, MORE, PAGE, Paged};
use std::collections::BTreeSet;
use yishi_kernel::access::roles::DESKS;
use yishi_kernel::{AccountId, Actor, HolderKey, Moment, PlaceId};
use yishi_store::query::args_and;
use yishi_store::{Fault, args, query, row};

/// How long the inbox goes back, in seconds: what waits longer than that stands on the desk.
pub(crate) const KEPT: i64 = 30 * 86_400;
/// The most that is counted: behind that nobody counts.
pub const COUNTED: i64 = 100;

yishi_kernel::words! {
    /// What somebody should know of a thing (收件缘由).
    News as "arrival" {
        /// It came to them (交办).
        Assigned = "assigned",
        /// They were called to where people are in danger, or by a whistle (到场).
        Called = "called",
        /// It is due within a day (即将到期).
        Soon = "soon",
        /// It is overdue (已超期).
        Overdue = "overdue",
        /// It was urged (催办).
        Urged = "urged",
        /// The street ruled who does it (裁定).
        Ruled = "ruled",
        /// It came back (退回).
        Returned = "returned",
        /// There is an answer to it (已回复).
        Answered = "answered",
        /// Somebody says that it is not theirs, or objects (有异议).
        Disputed = "disputed",
    }
}

row! {
    /// Something that came to somebody.
    pub Arrived, from "arrival" {
        /// To whom it came.
        holder: String,
        /// The ledger.
        ledger: PlaceId,
        /// The thing.
        stream: String,
        /// The number it is known by.
        number: i64,
        /// The last entry looked at.
        entry: i64,
        /// What they should know of it.
        news: News,
        /// When that was.
        came: Moment,
        /// Whether it waits for them: 1 while it does.
        held: i64,
    }
}

query! {
    UNSEEN: String = "select ledger || '/' || stream from arrival where holder in (?3, …) and came >
           coalesce((select s.upto from inbox_seen s where s.account = ?1), 0) limit ?2";
    OF: Arrived => "where holder = ?1 and (came, ledger, stream) < (?2, ?3, ?4) and came > 0
         order by came desc, ledger desc, stream desc limit ?5";
    SEEN: () = "insert into inbox_seen (account, upto) values (?1, ?2) on conflict (account) do update set
         upto = case when inbox_seen.upto < excluded.upto then excluded.upto else inbox_seen.upto end";
    UPTO: Moment = "select upto from inbox_seen where account = ?1";
    FORGET: () = "delete from arrival where holder = ?1";
    FORGET_SEEN: () = "delete from inbox_seen where account = ?1";
}

/// Those for whom things wait that are somebody's to know: the person, the bodies they act for, the
/// places at whose desk they work. Whoever steers a part of a community has the desk of that part.
#[must_use]
pub fn holders(actor: &Actor, now: Moment) -> BTreeSet<HolderKey> {
    let mut keys: BTreeSet<HolderKey> = actor.account.map(HolderKey::person).into_iter().collect();
    for grant in actor.current(now) {
        keys.extend(grant.organisation.map(HolderKey::organisation));
        keys.extend(DESKS.has(grant.role).then(|| HolderKey::desk(grant.place)));
    }
    keys
}

impl Office {
    /// How much came to somebody since they looked last, as far as it is counted. One statement.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn unseen(&self, actor: &Actor) -> Result<usize, Fault> {
        let Some(account) = actor.account else { return Ok(0) };
        let asked = args_and(args![account, COUNTED], &holders(actor, self.now()));
        // What came to somebody in two ways is one thing.
        Ok(UNSEEN.all(&self.db, &asked).await?.into_iter().collect::<BTreeSet<String>>().len())
    }

    /// What came to somebody, the latest first, a page behind such a key.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn inbox(&self, actor: &Actor, behind: Option<Key<String>>) -> Result<Paged<Arrived>, Fault> {
        let (came, ledger, stream) = match &behind {
            Some(key) => {
                let (ledger, stream) = key.id.split_once('/').unwrap_or_default();
                (key.at, ledger.to_owned(), stream.to_owned())
            }
            None => (Moment(i64::MAX), String::new(), String::new()),
        };
        let mut rows = Vec::new();
        for holder in holders(actor, self.now()) {
            rows.extend(OF.all(&self.db, &args![&holder, came, &ledger, &stream, MORE]).await?);
        }
        let order = |row: &Arrived| (row.came, row.ledger.to_string(), row.stream.clone());
        rows.sort_by_key(|row| std::cmp::Reverse(order(row)));
        // What came to somebody in two ways stands once, as it came last.
        let mut known = BTreeSet::new();
        rows.retain(|row| known.insert((row.ledger, row.stream.clone())));
        rows.truncate(PAGE + 1);
        Ok(Paged::of(rows, |row| (row.came, format!("{}/{}", row.ledger, row.stream))))
    }

    /// Up to which arrival somebody has seen their inbox: their own business, and asked for nobody else.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn seen_upto(&self, account: AccountId) -> Result<Moment, Fault> {
        Ok(UPTO.first(&self.db, &args![account]).await?.unwrap_or(Moment(0)))
    }

    /// Somebody has seen their inbox up to an arrival.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn seen(&self, account: AccountId, upto: Moment) -> Result<(), Fault> {
        self.db.execute(vec![SEEN.with(args![account, upto])]).await
    }

    /// Nothing of whoever this was is kept beside the ledgers: their inbox, and the links of their
    /// calendars.
    pub(crate) async fn forget_inbox(&self, account: AccountId) -> Result<(), Fault> {
        let own = FORGET.with(args![&HolderKey::person(account)]);
        let gone = vec![own, FORGET_SEEN.with(args![account]), calendar::END_ALL.with(args![account])];
        self.db.execute(gone).await
    }
}
