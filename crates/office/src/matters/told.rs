//! Who is told that a matter goes on (告知): for each entry that says so, the receipts whose holders
//! wish it have a message that waits. What it tells is looked up when it is sent, so that it is
//! how things stand then, and nothing of anybody lies with it. Words and ways are not known here.

use super::reads::{matter, root_of};
use crate::background::{Follower, Grown};
use crate::registered::Boxed;
use crate::{Failure, Office};
use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::dispatch::OrderId;
use yishi_domain::evaluation::asked;
use yishi_domain::matters::{
    Matter, MatterId, Often, Receipt, ReceiptId, StageKind, Telling, TellingRules, Tongue, Wish,
};
use yishi_domain::topics::TopicId;
use yishi_kernel::{Loaded, Moment, PlaceId, StreamName};
use yishi_store::message::{self, Message};
use yishi_store::query::args_and_pairs;
use yishi_store::{args, query, row};

/// What is told of a matter, where there is somebody to tell.
const GOES_ON: [&str; 8] = [
    "matter.triaged.1",
    "matter.sent_up.1",
    "matter.taken_up.1",
    "matter.let_go.1",
    "matter.answered.1",
    "matter.reopened.1",
    "matter.merged.1",
    "matter.closed.1",
];
/// What is told of an order, to those whose matters it comes from.
const ORDERED: [&str; 2] = ["order.sent.1", "order.blown.1"];
/// That it is left out of the rates, or is not: told to those whose matter it is, which has its id.
const EXCLUDED: [&str; 2] = ["exclusion.granted.1", "exclusion.refused.1"];
/// That somebody wishes to be told: they are told at once how it stands, and see that it works.
const TOLD_BY: [&str; 2] = ["receipt.told_by.1", "receipt.told_by.2"];
/// How long a message waits for what comes along with it, in seconds: sorting, an order and a word
/// in one sitting are told as one.
const GATHERS: i64 = 600;
/// What is older is no news: a program that begins to follow a long ledger tells nobody of last
/// year.
const NEWS: i64 = 7 * 86_400;

yishi_kernel::words! {
    /// What somebody is told (告知内容).
    News as "news" {
        /// It is here, and will be sorted (已收到).
        Received = "received",
        /// Somebody works on it (办理中).
        InHand = "in_hand",
        /// An order left for it (已派单).
        Ordered = "ordered",
        /// It is being deliberated (已列入议题).
        Deliberated = "deliberated",
        /// It was answered (已答复).
        Answered = "answered",
        /// It was answered, and they may say whether that helped (请评价).
        Asked = "asked",
        /// It ended (已办结).
        Closed = "closed",
        /// The street ruled whether it is left out of the rates (剔除裁定).
        Excluded = "excluded",
    }
}

/// A message, but for its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// The ledger.
    pub ledger: PlaceId,
    /// The number of the matter, as it stands on the receipt.
    pub number: i64,
    /// What is told.
    pub news: News,
    /// By when it is sorted, answered, or evaluated.
    pub by: Option<Moment>,
    /// How it goes.
    pub way: Telling,
    /// In which language.
    pub tongue: Tongue,
    /// To which number or address.
    pub to: String,
}

row! {
    ToldRow {
        root: MatterId = "f.root",
        receipt: ReceiptId = "r.receipt",
        often: Often = "r.often",
    }
}

row! {
    OrderedRow {
        order: OrderId = "o.id",
        matter: Option<MatterId> = "o.matter",
        topic: Option<TopicId> = "o.topic",
    }
}

query! {
    ORDERS: OrderedRow => "from (values (?1, ?2), …) v cross join work_order o
         where o.ledger = v.column1 and o.id = v.column2";
    KIND_OF: String = "select kind from event where ledger = ?1 and number = ?2";
    GATHERED: MatterId = "select matter from topic_matter where ledger = ?1 and topic = ?2";
    AT_WORK: u64 = "select count(*) from family f cross join work_order o
         where f.ledger = ?1 and f.root = ?2 and o.ledger = f.ledger and o.matter = f.member
         and o.open = 1 and o.stage <> 'asked'";
    AT_WORK_TOPIC: u64 = "select count(*) from work_order where ledger = ?1 and topic = ?2
         and open = 1 and stage <> 'asked'";
    TOLD: ToldRow => "from (values (?1, ?2), …) v cross join family f cross join receipt_told r
         where f.ledger = v.column1 and f.root = v.column2 and r.ledger = f.ledger and r.matter = f.member";
}

/// Has those told who wish to be.
#[derive(Debug)]
pub(crate) struct Tell;

impl Follower for Tell {
    fn name(&self) -> &'static str {
        "tell"
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

impl Tell {
    async fn follow_one(&self, office: &Office, grown: &Grown) -> Result<(), Failure> {
        let ledger = grown.keeper.ledger;
        let since = office.now().plus_seconds(-NEWS);
        let rules = office.rules(ledger, office.now()).await?;
        let rules = rules.section::<TellingRules>();
        let mut from = grown.from;
        while from < grown.to {
            let kinds = GOES_ON.iter().chain(&ORDERED).chain(&EXCLUDED).chain(&TOLD_BY).copied();
            let (entries, next) = grown.entries(&office.db, from, kinds).await?;
            let (mut statements, mut goes_on) = (Vec::new(), Happened::new());
            let mut ordered = BTreeMap::<OrderId, (i64, Moment)>::new();
            for entry in entries.into_iter().filter(|entry| entry.at >= since) {
                let stream = StreamName::stored(&entry.stream);
                if TOLD_BY.contains(&entry.kind.as_str()) {
                    statements.push(message::add(ledger.0, &stream, entry.number, rules.awake(entry.at)));
                } else if (GOES_ON.contains(&entry.kind.as_str()) || EXCLUDED.contains(&entry.kind.as_str()))
                    && let Ok(id) = stream.id().parse()
                {
                    goes_on.insert(id, (entry.number, entry.at));
                } else if ORDERED.contains(&entry.kind.as_str())
                    && let Ok(id) = stream.id().parse()
                {
                    ordered.insert(id, (entry.number, entry.at));
                }
            }
            came_from(office, ledger, &ordered, &mut goes_on).await?;
            for (receipt, often, entry, at) in told(office, ledger, &goes_on).await? {
                let (receipt, at) = (receipt.into(), at.plus_seconds(GATHERS));
                statements.push(match often {
                    Often::AtOnce => message::add(ledger.0, &receipt, entry, rules.awake(at)),
                    Often::Daily => message::add_gathered(ledger.0, &receipt, entry, rules.gathered(at)),
                });
            }
            from = next;
            statements.push(grown.followed(self.name(), from));
            office.db.execute(statements).await?;
        }
        Ok(())
    }
}

/// Matters to which something happened: the last entry that says so, and when.
type Happened = BTreeMap<MatterId, (i64, Moment)>;

/// Adds the matters that orders come from.
async fn came_from(
    office: &Office,
    ledger: PlaceId,
    ordered: &BTreeMap<OrderId, (i64, Moment)>,
    goes_on: &mut Happened,
) -> Result<(), Failure> {
    if ordered.is_empty() {
        return Ok(());
    }
    let keys = ordered.keys().map(|order| (ledger, *order));
    for row in ORDERS.all(&office.db, &args_and_pairs([], keys)).await? {
        let Some(last) = ordered.get(&row.order) else { continue };
        let gathered = match row.topic {
            Some(topic) => GATHERED.all(&office.db, &args![ledger, topic]).await?,
            None => Vec::new(),
        };
        for matter in row.matter.into_iter().chain(gathered) {
            let kept = goes_on.entry(matter).or_insert(*last);
            *kept = (*kept).max(*last);
        }
    }
    Ok(())
}

/// The receipts whose holders are told of what happened to matters, with the last entry of each.
async fn told(
    office: &Office,
    ledger: PlaceId,
    goes_on: &Happened,
) -> Result<Vec<(ReceiptId, Often, i64, Moment)>, Failure> {
    let mut roots = Happened::new();
    // What was merged is carried by another one by now.
    for (id, last) in goes_on {
        let root = root_of(&office.db, ledger, *id).await?.unwrap_or(*id);
        let kept = roots.entry(root).or_insert(*last);
        *kept = (*kept).max(*last);
    }
    if roots.is_empty() {
        return Ok(Vec::new());
    }
    let keys: BTreeSet<(PlaceId, MatterId)> = roots.keys().map(|root| (ledger, *root)).collect();
    let rows = TOLD.all(&office.db, &args_and_pairs([], keys)).await?;
    Ok(rows
        .iter()
        .filter_map(|row| roots.get(&row.root).map(|(entry, at)| (row.receipt, row.often, *entry, *at)))
        .collect())
}

impl Office {
    /// When people of a ledger are told, by the rules in force there.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn telling(&self, ledger: PlaceId) -> Result<TellingRules, Failure> {
        let rules = self.rules(ledger, self.now()).await?;
        Ok(rules.section::<TellingRules>().clone())
    }

    /// What a message tells, and to whom, as things stand now; nothing where nobody is to be told
    /// any more: the receipt was taken back, its holder wishes no message, or had the number erased.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn notice(&self, message: &Message) -> Result<Option<Notice>, Failure> {
        let ledger = PlaceId(message.ledger);
        let receipt = self.load::<Receipt>(ledger, &StreamName::stored(&message.stream)).await?;
        let Some(opened) = &receipt.state else { return Ok(None) };
        let Some(Wish { way, tongue, .. }) = opened.told.filter(|_| opened.withdrawn.is_none()) else {
            return Ok(None);
        };
        let Some(to) = reached(&receipt) else { return Ok(None) };
        let Some(own) = matter(&self.db, ledger, opened.matter).await? else { return Ok(None) };
        let root = root_of(&self.db, ledger, own.id).await?.unwrap_or(own.id);
        let at_work = AT_WORK.first(&self.db, &args![ledger, root]).await?;
        let loaded = self.load::<Matter>(ledger, &root.into()).await?;
        let Some(root) = &loaded.state else { return Ok(None) };
        let at_work = match root.topic {
            Some(topic) => AT_WORK_TOPIC.first(&self.db, &args![ledger, topic]).await?.max(at_work),
            None => at_work,
        };
        let last = KIND_OF.first(&self.db, &args![ledger, message.last]).await?;
        let (news, by) = match root.stage() {
            _ if last.is_some_and(|kind| EXCLUDED.contains(&kind.as_str())) => (News::Excluded, None),
            StageKind::Raised => (News::Received, Some(root.due)),
            StageKind::InHand | StageKind::Merged if at_work > Some(0) => (News::Ordered, Some(root.due)),
            StageKind::InHand | StageKind::Merged if root.topic.is_some() => {
                (News::Deliberated, Some(root.due))
            }
            StageKind::InHand | StageKind::Merged => (News::InHand, Some(root.due)),
            StageKind::Answered => match asked(opened, root) {
                Ok(_) => (News::Asked, Some(root.due)),
                Err(_) => (News::Answered, None),
            },
            StageKind::Closed => (News::Closed, None),
        };
        Ok(Some(Notice { ledger, number: own.number, news, by, way, tongue, to }))
    }
}

/// The number or address that the holder of a receipt gave last, as far as it is kept.
fn reached(receipt: &Loaded<Receipt>) -> Option<String> {
    (1..=receipt.version).rev().find_map(|version| receipt.private(version, "to"))
}
