//! What came to whom, from entries (收件): for each thing to which something happened, those for whom
//! it waits by now, and those for whom it waited and who should know that it was ruled or answered.
//! What a desk, a body or a person did themselves is no news to them. Clocks are not looked at here.

use super::{Arrived, News, holders};
use crate::background::{Follower, Grown};
use crate::people::reads::actor;
use crate::places::reads::{paths_of, places};
use crate::registered::Boxed;
use crate::{Failure, Office};
use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::ballots::OwnersResult;
use yishi_domain::clearing::Run;
use yishi_domain::dangers::Danger;
use yishi_domain::dispatch::Order;
use yishi_domain::emergency::Basis;
use yishi_domain::exclusion::Exclusion;
use yishi_domain::gatherings::Gathering;
use yishi_domain::matters::Matter;
use yishi_domain::meetings::Meeting;
use yishi_domain::people::bound_to;
use yishi_domain::promises::Promise;
use yishi_domain::ratings::Assessment;
use yishi_domain::scenes::Scene;
use yishi_domain::topics::Topic;
use yishi_kernel::cell::Number;
use yishi_kernel::{AccountId, HolderKey, Moment, PlaceId, Role, Stream as _, StreamName, Whom};
use yishi_store::duty::Duty;
use yishi_store::query::args_and;
use yishi_store::{Value, args, query, row};

/// Entries looked at at once.
const READ: i64 = 500;
/// What is older is no news to anybody, in seconds.
const NEWS: i64 = 7 * 86_400;

/// The kinds of things that come to somebody: those with a page of their own.
pub const THINGS: [&str; 13] = [
    Matter::KIND,
    Topic::KIND,
    Meeting::KIND,
    Order::KIND,
    Promise::KIND,
    Danger::KIND,
    OwnersResult::KIND,
    Basis::KIND,
    Gathering::KIND,
    Run::KIND,
    Scene::KIND,
    Exclusion::KIND,
    Assessment::KIND,
];

/// What somebody should know of what happened, by the kind of the entry; where there is nothing, that
/// the thing came to them.
pub(crate) const TELLS: [(&str, News); 30] = [
    ("danger.called.1", News::Called),
    ("danger.doubted.1", News::Disputed),
    ("danger.reported.1", News::Called),
    ("danger.reported_again.1", News::Called),
    ("danger.upheld.1", News::Ruled),
    ("danger.went_up.1", News::Called),
    ("emergency_basis.rejected.1", News::Returned),
    ("exclusion.objected.1", News::Disputed),
    ("matter.answered.1", News::Answered),
    ("matter.reopened.1", News::Returned),
    ("matter.urged.1", News::Urged),
    ("meeting.objected.1", News::Disputed),
    ("meeting.replied.1", News::Answered),
    ("meeting.ruled.1", News::Ruled),
    ("order.blown.1", News::Called),
    ("order.declined.1", News::Returned),
    ("order.disputed.1", News::Disputed),
    ("order.done.1", News::Answered),
    ("order.escalated.1", News::Urged),
    ("order.followed_up.1", News::Answered),
    ("order.part_disputed.1", News::Disputed),
    ("order.part_done.1", News::Answered),
    ("order.part_ruled.1", News::Ruled),
    ("order.returned.1", News::Returned),
    ("order.ruled.1", News::Ruled),
    ("order.urged.1", News::Urged),
    ("owners_result.rejected.1", News::Returned),
    ("promise.urged.1", News::Urged),
    ("scene.refused.1", News::Disputed),
    ("topic.returned.1", News::Returned),
];

row! {
    Happened, from "event" {
        number: i64 = "number",
        stream: String = "stream",
        version: i64 = "version",
        kind: String = "kind",
        at: Moment = "at",
    }
}

row! {
    By {
        stream: String = "p.stream",
        version: i64 = "p.version",
        by: String = "substr(p.value, 2, 36)",
    }
}

query! {
    HAPPENED: Happened => "where ledger = ?1 and number >= ?2 and number < ?3 order by number";
    DONE_BY: By => "from private p where p.ledger = ?1 and p.stream in (?2, …)
         and substr(p.field, 1) = 'by'";
    WAITS: Duty => "where ledger = ?1 and stream in (?2, …)";
    BEFORE: Arrived => "where ledger = ?1 and stream in (?2, …)";
    PUT: () = "insert into arrival (holder, ledger, stream, number, entry, news, came, at, held)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) on conflict (holder, ledger, stream) do update set
         entry = excluded.entry, news = excluded.news, came = excluded.came, at = excluded.at,
         held = excluded.held";
}

/// Notes what came to whom.
#[derive(Debug)]
pub(crate) struct Arrives;

impl Follower for Arrives {
    fn name(&self) -> &'static str {
        "inbox"
    }

    fn follow<'a>(&'a self, office: &'a Office, grown: &'a [Grown]) -> Boxed<'a> {
        Box::pin(async move {
            for one in grown {
                self.follow_one(office, one).await?;
            }
            Ok(())
        })
    }
}

/// What happened to a thing: the last entry of it, by whom, and what is to be known of it.
struct Last {
    entry: i64,
    by: Option<AccountId>,
    tells: Option<News>,
}

impl Arrives {
    async fn follow_one(&self, office: &Office, grown: &Grown) -> Result<(), Failure> {
        let (ledger, since) = (grown.keeper.ledger, office.now().plus_seconds(-NEWS));
        let mut from = grown.from;
        while from < grown.to {
            let to = from.saturating_add(READ).min(grown.to);
            let mut happened = HAPPENED.all(&office.db, &args![ledger, from, to]).await?;
            let is_thing = |stream: &str| THINGS.contains(&StreamName::stored(stream).kind());
            happened.retain(|one| one.at >= since && is_thing(&one.stream));
            let mut statements = Vec::new();
            if !happened.is_empty() {
                statements = arrivals(office, ledger, &happened).await?;
            }
            statements.push(grown.followed(self.name(), to));
            office.db.execute(statements).await?;
            from = to;
        }
        Ok(())
    }
}

/// The statements that note what came to whom by some entries.
async fn arrivals(
    office: &Office,
    ledger: PlaceId,
    happened: &[Happened],
) -> Result<Vec<(&'static str, Vec<Value>)>, Failure> {
    let db = &office.db;
    let streams: BTreeSet<&str> = happened.iter().map(|one| one.stream.as_str()).collect();
    let by: BTreeMap<(String, i64), AccountId> = (DONE_BY.all(db, &args_and(args![ledger], streams)).await?)
        .into_iter()
        .filter_map(|row| Some(((row.stream, row.version), row.by.parse().ok()?)))
        .collect();
    let mut things = BTreeMap::<&str, Last>::new();
    for one in happened {
        let tells = TELLS.iter().find(|(kind, _)| *kind == one.kind).map(|(_, news)| *news);
        let before = things.get(one.stream.as_str()).and_then(|last| last.tells);
        let last = Last {
            entry: one.number,
            by: by.get(&(one.stream.clone(), one.version)).copied(),
            tells: tells.or(before),
        };
        things.insert(&one.stream, last);
    }
    let mut own = BTreeMap::<AccountId, BTreeSet<HolderKey>>::new();
    for account in things.values().filter_map(|last| last.by).collect::<BTreeSet<_>>() {
        let who = actor(db, account).await?;
        own.insert(account, who.map(|who| holders(&who, office.now())).unwrap_or_default());
    }
    let streams = || args_and(args![ledger], things.keys().copied());
    let waits = WAITS.all(db, &streams()).await?;
    let before = BEFORE.all(db, &streams()).await?;
    let before: BTreeMap<(&str, &str), &Arrived> =
        before.iter().map(|row| ((row.stream.as_str(), row.holder.as_str()), row)).collect();
    let parts = parts_of(office, &waits).await?;
    let mut held = BTreeMap::<(&str, HolderKey), i64>::new();
    for duty in &waits {
        let Number::Is(number) = duty.number else { continue };
        for holder in all_of(duty, &parts) {
            held.insert((&duty.stream, holder), number);
        }
    }
    let now = office.now();
    let mut statements = Vec::new();
    let mut put = |stream: &str,
                   holder: &HolderKey,
                   number: i64,
                   entry: i64,
                   (news, came): (News, Moment),
                   is_held: i64| {
        statements.push(PUT.with(args![holder, ledger, stream, number, entry, news, came, now, is_held]));
    };
    for ((stream, holder), number) in &held {
        let Some(last) = things.get(stream) else { continue };
        let prior = before.get(&(*stream, holder.as_str()));
        // It was looked at before this process took over.
        if prior.is_some_and(|prior| prior.entry >= last.entry) {
            continue;
        }
        let is_own = last.by.and_then(|by| own.get(&by)).is_some_and(|own| own.contains(holder));
        let waited = prior.is_some_and(|prior| prior.held == 1);
        let news = match last.tells {
            _ if is_own => None,
            Some(news) => Some(news),
            None if waited => None,
            None => Some(News::Assigned),
        };
        let kept = prior.map_or((News::Assigned, Moment(0)), |prior| (prior.news, prior.came));
        put(stream, holder, *number, last.entry, news.map_or(kept, |news| (news, now)), 1);
    }
    for ((stream, holder), prior) in &before {
        let holder = HolderKey::stored(holder);
        let Some(last) = things.get(stream).filter(|last| last.entry > prior.entry) else { continue };
        if held.contains_key(&(*stream, holder.clone())) {
            continue;
        }
        // It waits for them no more: it was done, or passed on. That it was ruled they should know.
        let is_own = last.by.and_then(|by| own.get(&by)).is_some_and(|own| own.contains(&holder));
        let ruled = last.tells == Some(News::Ruled) && prior.held == 1 && !is_own;
        let news = if ruled { (News::Ruled, now) } else { (prior.news, prior.came) };
        put(stream, &holder, prior.number, last.entry, news, 0);
    }
    Ok(statements)
}

/// The parts of communities, with a desk of their own, in which places lie: grids and compounds.
pub(super) type Parts = BTreeMap<PlaceId, Vec<PlaceId>>;

/// Looks up in which parts that lies which waits at desks.
pub(super) async fn parts_of(office: &Office, waits: &[Duty]) -> Result<Parts, Failure> {
    let at_desks = waits.iter().filter(|duty| matches!(key(duty).whom(), Whom::Desk(_)));
    let lie: BTreeSet<PlaceId> = at_desks.filter_map(|duty| duty.place).collect();
    let paths = paths_of(&office.db, &Vec::from_iter(lie)).await?;
    let above: BTreeSet<PlaceId> = paths.values().flatten().copied().collect();
    let mut parts: BTreeSet<PlaceId> = BTreeSet::new();
    if !above.is_empty() {
        let rows = places(&office.db, &Vec::from_iter(above)).await?;
        parts.extend(rows.iter().filter(|row| bound_to(Role::GridHead, row.kind)).map(|row| row.id));
    }
    let own = |path: Vec<PlaceId>| path.into_iter().filter(|place| parts.contains(place)).collect();
    Ok(paths.into_iter().map(|(place, path)| (place, own(path))).collect())
}

/// All to whom something that waits comes: its holder, and the desks of the parts it lies in.
pub(super) fn all_of(duty: &Duty, parts: &Parts) -> Vec<HolderKey> {
    let holder = key(duty);
    let at = match holder.whom() {
        Whom::Desk(_) => duty.place.and_then(|place| parts.get(&place)).map_or(&[][..], Vec::as_slice),
        Whom::Nobody => return Vec::new(),
        Whom::Organisation(_) | Whom::Person(_) => &[],
    };
    at.iter().map(|place| HolderKey::desk(*place)).chain([holder]).collect()
}

fn key(duty: &Duty) -> HolderKey {
    HolderKey::stored(&duty.holder.0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::features::DERIVED;
    use std::path::Path;
    use yishi_domain::{
        clearing, councils, joint, matters, meetings, partners, people, places, rulebook, venues,
    };

    /// Streams that come to nobody: of all but one nothing waits at a desk (a test over a store sees
    /// that), and who has to do with them looks where they stand.
    const NO_NEWS: [(&str, &str); 15] = [
        (places::Place::KIND, "kept, and nothing of it waits"),
        (places::Poster::KIND, "kept, and nothing of it waits"),
        (people::Organisation::KIND, "kept, and nothing of it waits"),
        (people::Account::KIND, "kept, and nothing of it waits"),
        (rulebook::Adopted::KIND, "in force at once"),
        (rulebook::Confirmation::KIND, "in force at once"),
        (rulebook::LocalChange::KIND, "in force at once"),
        (matters::Receipt::KIND, "who holds it is told of its matter, whoever works has the matter"),
        (councils::Council::KIND, "kept, and nothing of it waits"),
        (meetings::Seat::KIND, "in the room"),
        (meetings::Ballot::KIND, "in the room"),
        (venues::Venue::KIND, "kept, and nothing of it waits"),
        (partners::Partner::KIND, "kept, and nothing of it waits"),
        (joint::JointWork::KIND, "in force at once"),
        (clearing::Item::KIND, "its run comes, once for all of its lines"),
    ];

    #[test]
    fn every_stream_comes_to_somebody_or_says_why_not() {
        for stream in (DERIVED.streams)() {
            let comes = THINGS.contains(&stream.kind());
            let why = NO_NEWS.iter().any(|(kind, _)| *kind == stream.kind());
            assert!(comes != why, "{}: either in THINGS or in NO_NEWS", stream.kind());
        }
    }

    #[test]
    fn what_tells_something_is_recorded_under_that_name() {
        let events = Path::new(env!("CARGO_MANIFEST_DIR")).join("../domain/events");
        for (kind, _) in TELLS {
            let (stream, _) = kind.split_once('.').unwrap();
            assert!(THINGS.contains(&stream), "{kind}");
            assert!(events.join(stream).join(format!("{kind}.json")).exists(), "{kind}");
        }
    }
}
