//! What things are called on a sheet, where they lie, and where they are seen to: only what everyone may
//! read. Who held one is said without anybody's name.

use std::collections::BTreeMap;
use yishi_domain::clearing::HeldBy;
use yishi_domain::dangers::{Danger, DangerId};
use yishi_domain::dispatch::{Order, OrderId};
use yishi_domain::matters::{Matter, MatterId};
use yishi_domain::meetings::{Meeting, MeetingId};
use yishi_domain::promises::{Promise, PromiseId};
use yishi_domain::topics::{Topic, TopicId};
use yishi_kernel::{Holder, PlaceId, Stream as _, StreamName};
use yishi_office::clearing::reads::ItemRow;
use yishi_office::{dangers, dispatch, matters, meetings, promises, topics};
use yishi_pages_matters::matters::face::{headline, spot};
use yishi_web::names::Names;
use yishi_web::numbers::link;
use yishi_web::texts::Locale;
use yishi_web::{Cx, Error};

/// What things are called.
#[derive(Debug, Default)]
pub struct Things(BTreeMap<String, String>);

impl Things {
    /// What the things of some items are called.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn of(cx: &Cx, ledger: PlaceId, rows: &[ItemRow], t: Locale) -> Result<Self, Error> {
        let (db, rules) = (&cx.app.office.db, cx.rules(ledger).await?);
        let mut called = BTreeMap::new();
        let mut call = |id: StreamName, name: String| drop(called.insert(id.as_str().to_owned(), name));
        for row in matters::reads::matters(db, &keys::<MatterId>(ledger, rows, Matter::KIND)).await? {
            let name = format!("{} · {}", headline(&rules, &row, t), spot(&row));
            call(row.id.into(), name);
        }
        for row in dispatch::reads::some(db, &keys::<OrderId>(ledger, rows, Order::KIND)).await? {
            call(row.id.into(), t.named(&t.word(row.kind), &row.task));
        }
        for row in promises::reads::some(db, &keys::<PromiseId>(ledger, rows, Promise::KIND)).await? {
            call(row.id.into(), row.what);
        }
        for row in topics::reads::some(db, &keys::<TopicId>(ledger, rows, Topic::KIND)).await? {
            call(row.id.into(), row.title);
        }
        for row in meetings::reads::some(db, &keys::<MeetingId>(ledger, rows, Meeting::KIND)).await? {
            call(row.id.into(), row.title);
        }
        for row in dangers::reads::some(db, &keys::<DangerId>(ledger, rows, Danger::KIND)).await? {
            call(row.id.into(), t.word(row.risk));
        }
        Ok(Self(called))
    }

    /// What the thing of an item is called; by its kind where it has no name.
    #[must_use]
    pub fn name(&self, row: &ItemRow, t: Locale) -> String {
        self.0.get(&row.thing).cloned().unwrap_or_else(|| kind(row, t))
    }
}

fn keys<I: std::str::FromStr>(ledger: PlaceId, rows: &[ItemRow], kind: &str) -> Vec<(PlaceId, I)> {
    let of = rows.iter().map(|row| StreamName::stored(&row.thing)).filter(|thing| thing.kind() == kind);
    of.filter_map(|thing| Some((ledger, thing.id().parse().ok()?))).collect()
}

/// What kind of thing an item is.
#[must_use]
pub fn kind(row: &ItemRow, t: Locale) -> String {
    let thing = StreamName::stored(&row.thing);
    t.say(&format!("clearing-kind-{}", KINDS.iter().find(|kind| **kind == thing.kind()).unwrap_or(&"other")))
}

/// The kinds of things that have a word here; others are told by their step.
pub(super) const KINDS: [&str; 11] = [
    "matter",
    "topic",
    "meeting",
    "order",
    "promise",
    "danger",
    "gathering",
    "owners_result",
    "emergency_basis",
    "exclusion",
    "other",
];

/// The page of an item's thing: for everyone below `/c`, at work below `/w`.
#[must_use]
pub fn page(row: &ItemRow, front: &str, slug: &str) -> Option<String> {
    let thing = StreamName::stored(&row.thing);
    match (thing.kind(), front) {
        (Matter::KIND, "/c") => Some(format!("/c/{slug}/m/{}", row.entry)),
        (Matter::KIND, _) => Some(format!("{front}/{slug}/{}", row.entry)),
        _ => link(&format!("{front}/{slug}"), &thing, i64::try_from(row.entry).ok()?),
    }
}

/// Who held something, without anybody's name.
///
/// # Errors
/// When the store fails.
pub async fn holder(cx: &Cx, holder: HeldBy, names: &mut Names, t: Locale) -> Result<String, Error> {
    let db = &cx.app.office.db;
    Ok(match holder {
        HeldBy::Desk(place) => names.holder(db, Holder::Desk(place), t).await?,
        HeldBy::Body(body) => names.organisation(db, body).await?,
        HeldBy::Own => t.say("clearing-own"),
    })
}
