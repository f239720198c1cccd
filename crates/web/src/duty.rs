//! What comes to somebody's desk: whose work it is, what they steer, and what features lay on it.
//! How a thing looks there is said by its feature ([`crate::feature::Feature::desk`]); the page
//! is a feature of its own.

use crate::{Cx, Error, Staff, ui};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use yishi_kernel::access::roles::{GRIDS, OFFICE, STEERS};
use yishi_kernel::urging::SOON;
use yishi_kernel::{
    Actor, HolderKey, Moment, OrganisationId, PlaceId, Resource, Right, StreamName, Urged, Urging, may, words,
};
use yishi_office::Viewed;
use yishi_office::people::desks::{Empty, empty};
use yishi_office::places::reads::{PlaceRow, ledgers_below, ledgers_of, paths_of, place, places};
use yishi_store::duty::{Duty, due_of_each_below, held, held_of, of_things};

/// Most of what waits that is read: some of it is shown to others, or elsewhere.
const MOST: usize = 500;

/// A desk 工作台, and what is asked of it.
#[derive(Debug)]
pub struct Desk {
    /// Whose it is.
    pub staff: Staff,
    /// The places where they have a role, by their ids.
    pub grounds: BTreeMap<PlaceId, PlaceRow>,
    /// What they steer.
    pub steered: Steered,
    /// Whose work comes to it: the person, the organisation, the places whose desk it is.
    pub holders: Vec<HolderKey>,
    /// What is asked of it.
    pub asked: Asked,
    /// Which of its things it shows, as its address says: their pages are told.
    pub shelf: String,
    /// What is late or due soon where its person steers, whoever holds it, read once for all
    /// features.
    elsewhere: Vec<Duty>,
    /// When that was.
    now: Moment,
}

/// What is asked of a desk.
#[derive(Clone, Debug)]
pub enum Asked {
    /// What waits for it, read once for all features: the most urgent, and whether that is all.
    Waiting(Vec<Duty>, Extent),
    /// Whatever these words were said in.
    Words(String),
}

/// How much of what waits was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// The most urgent of it.
    Part,
}

/// What somebody steers.
#[derive(Debug)]
pub struct Steered {
    /// The paths of the places whose desk it is: what is late there or below concerns them.
    pub paths: Vec<Vec<PlaceId>>,
    /// The ledgers: the own community's, or all below the own street.
    pub ledgers: BTreeSet<PlaceId>,
    /// Their words in links.
    slugs: BTreeMap<PlaceId, String>,
}

words! {
    /// The lists of a desk: dangers above all else, each other one a tab (页签), in this order.
    Lane as "lane" {
        /// People are in danger (隐患).
        Danger = "danger",
        /// What nobody else can decide, and cannot wait (只有您能决定).
        OnlyYou = "own",
        /// What is to be sorted (待安排).
        Sort = "sort",
        /// What is to be answered (待答复).
        Answer = "answer",
        /// Orders, promises and accounts that are to be carried out (待落实).
        Carry = "carry",
        /// Who is to be asked whether it helped, and closing (待回访).
        CallBack = "callback",
        /// Topics and meetings (会议).
        Meetings = "meet",
        /// What is late or due soon with others (待催办、督办).
        Urge = "urge",
        /// The same, urged a short while ago (已催办).
        Urged = "urged",
        /// Accounts, desks at which nobody works, what is not set up (其他).
        Rest = "rest",
    }
}

impl Lane {
    /// Its place on a desk that is shown whole: dangers, what nobody else decides, and the rest by
    /// when it is due.
    #[must_use]
    pub fn rank(self) -> u8 {
        match self {
            Lane::Danger => 0,
            Lane::OnlyYou => 1,
            Lane::Sort
            | Lane::Answer
            | Lane::Carry
            | Lane::CallBack
            | Lane::Meetings
            | Lane::Urge
            | Lane::Urged
            | Lane::Rest => 2,
        }
    }
}

/// Something on a desk.
#[derive(Debug)]
pub struct Need {
    /// In which list it stands.
    pub lane: Lane,
    /// By when.
    pub due: Option<Moment>,
    /// Tells apart what is due at the same moment.
    pub number: i64,
    /// The page where it is seen to, where it has one.
    pub href: Option<String>,
    /// Where it is, in words, where it lies somewhere.
    pub place: Option<String>,
    /// What it is about, in words, where that is said.
    pub category: Option<String>,
    /// Who holds it, in words, where that is somebody else.
    pub holder: Option<String>,
    /// Whether whoever this desk is was urged to see to it: then it stands before the rest.
    pub haste: Haste,
    /// Its line.
    pub view: Markup,
}

impl Need {
    /// Something that has a page of its own.
    #[must_use]
    pub fn at(lane: Lane, due: Moment, number: i64, href: String, view: Markup) -> Self {
        Self { due: Some(due), href: Some(href), ..Self::plain(lane, number, view) }
    }

    /// Something that has neither a page nor a time.
    #[must_use]
    pub fn plain(lane: Lane, number: i64, view: Markup) -> Self {
        Self {
            lane,
            due: None,
            number,
            href: None,
            place: None,
            category: None,
            holder: None,
            haste: Haste::None,
            view,
        }
    }

    /// The same, lying somewhere.
    #[must_use]
    pub fn lying(self, place: String) -> Self {
        Self { place: Some(place).filter(|place| !place.is_empty()), ..self }
    }

    /// The same, held by somebody else.
    #[must_use]
    pub fn held_by(self, holder: Option<String>) -> Self {
        Self { holder, ..self }
    }

    /// The same, which waits for this desk and was urged, or was not.
    #[must_use]
    pub fn hurried(self, urged: &Urged) -> Self {
        let was = Urging::ALL.iter().any(|how| urged.by(*how).is_some());
        Self { haste: if was { Haste::Urged } else { Haste::None }, ..self }
    }

    /// The same, about something.
    #[must_use]
    pub fn about(self, category: Option<String>) -> Self {
        Self { category, ..self }
    }
}

/// Whether somebody was urged to see to a thing on their desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Haste {
    /// They were (催办、督办).
    Urged,
    /// Nobody did so.
    None,
}

/// By what the address of a desk says which of its things it shows. A page to which it leads has
/// the same in its own, so that it knows which comes next.
const ASKED: [&str; 4] = ["tab", "place", "category", "order"];

/// What an address says of the desk that led there; nothing where it was the whole desk.
#[must_use]
pub fn shelf(address: &str) -> String {
    let asked = address.split_once('?').map_or("", |(_, asked)| asked);
    let of_desk = |pair: &&str| pair.split_once('=').is_some_and(|(name, _)| ASKED.contains(&name));
    asked.split('&').filter(of_desk).collect::<Vec<_>>().join("&")
}

/// A link with what is asked of it besides.
#[must_use]
pub fn asking(link: &str, asked: &str) -> String {
    match asked {
        "" => link.to_owned(),
        _ if link.contains('?') => format!("{link}&{asked}"),
        _ => format!("{link}?{asked}"),
    }
}

impl Desk {
    /// The desk of somebody, with what waits for it or, where words are given, what is to be
    /// found by them.
    pub async fn of(cx: &Cx, staff: &Staff, words: &str) -> Result<Self, Error> {
        let grounds = grounds(cx, staff).await?;
        let steered = steered(cx, staff, &grounds).await?;
        let mut holders = holders(cx, staff, &grounds);
        holders.extend(left_empty(cx, &steered).await?);
        let (db, staff) = (&cx.app.office.db, staff.clone());
        if !words.is_empty() {
            let asked = Asked::Words(words.to_owned());
            let (shelf, elsewhere) = (String::new(), Vec::new());
            return Ok(Self { staff, grounds, steered, holders, asked, shelf, elsewhere, now: cx.now });
        }
        let most = i64::try_from(MOST).unwrap_or(i64::MAX);
        let mut duties = held(db, &holders, most + 1).await?;
        let extent = if duties.len() > MOST { Extent::Part } else { Extent::Whole };
        duties.truncate(MOST);
        let soon = cx.now.end_of_day_after(SOON);
        let elsewhere = due_of_each_below(db, &steered.paths, soon, most).await?;
        let (asked, shelf) = (Asked::Waiting(duties, extent), shelf(&cx.here));
        Ok(Self { staff, grounds, steered, holders, asked, shelf, elsewhere, now: cx.now })
    }

    /// The desk of somebody with nothing on it but some things, as far as they wait for it.
    pub async fn with_only(
        cx: &Cx,
        staff: &Staff,
        things: impl IntoIterator<Item = (PlaceId, String)>,
    ) -> Result<Self, Error> {
        let grounds = grounds(cx, staff).await?;
        let steered = steered(cx, staff, &grounds).await?;
        let holders = holders(cx, staff, &grounds);
        let mut duties = of_things(&cx.app.office.db, things).await?;
        duties.retain(|duty| holders.contains(&HolderKey::stored(&duty.holder.0)));
        let (asked, shelf, elsewhere) = (Asked::Waiting(duties, Extent::Whole), String::new(), Vec::new());
        Ok(Self { staff: staff.clone(), grounds, steered, holders, asked, shelf, elsewhere, now: cx.now })
    }

    /// What the features lay on it.
    pub async fn needs(&self, cx: &Cx) -> Result<Vec<Need>, Error> {
        let mut needs = Vec::new();
        for on_desk in cx.app.features.iter().filter_map(|feature| feature.desk) {
            needs.extend(on_desk(cx, self).await?);
        }
        Ok(needs)
    }

    /// The link of a thing's page, which knows from it which part of the desk led there.
    #[must_use]
    pub fn leads(&self, link: &str) -> String {
        asking(link, &self.shelf)
    }

    /// What waits for it; nothing where something is searched for.
    #[must_use]
    pub fn waiting(&self) -> &[Duty] {
        match &self.asked {
            Asked::Waiting(duties, _) => duties,
            Asked::Words(_) => &[],
        }
    }

    /// What is said there of something in a ledger that somebody else holds, due then: those who work
    /// beside the holder remind 催办, and whoever is above sees to it 督办.
    #[must_use]
    pub fn with_others(&self, ledger: PlaceId, due: Moment) -> &'static str {
        let beside = self.grounds.values().any(|ground| ground.id == ledger || ground.path.contains(&ledger));
        match (due <= self.now, beside) {
            (true, true) => "step-overdue",
            (true, false) => "step-overdue-below",
            (false, true) => "step-soon",
            (false, false) => "step-soon-below",
        }
    }

    /// Whether more waits for it than [`Desk::waiting`] has: then nobody knows how much.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        matches!(self.asked, Asked::Waiting(_, Extent::Part))
    }

    /// What of a kind waits for it, however much else is more urgent: nothing of it may be cut off.
    pub async fn all_of(&self, cx: &Cx, kind: &str) -> Result<Vec<Duty>, Error> {
        match &self.asked {
            Asked::Waiting(all, Extent::Whole) => {
                Ok(all.iter().filter(|duty| duty.kind == kind).cloned().collect())
            }
            Asked::Waiting(_, Extent::Part) => {
                let most = i64::try_from(MOST).unwrap_or(i64::MAX);
                Ok(held_of(&cx.app.office.db, kind, &self.holders, most).await?)
            }
            Asked::Words(_) => Ok(Vec::new()),
        }
    }

    /// What of a kind is late where this person steers, whoever holds it; nothing where something
    /// is searched for.
    #[must_use]
    pub fn late(&self, kind: &str) -> Vec<Duty> {
        self.elsewhere(kind).into_iter().filter(|duty| duty.due <= self.now).collect()
    }

    /// The same with what is due by the end of the next day: what can be urged.
    #[must_use]
    pub fn elsewhere(&self, kind: &str) -> Vec<Duty> {
        self.elsewhere.iter().filter(|duty| duty.kind == kind).cloned().collect()
    }

    /// The organisations its person acts for.
    #[must_use]
    pub fn bodies(&self, cx: &Cx) -> BTreeSet<OrganisationId> {
        self.staff.actor.current(cx.now).filter_map(|grant| grant.organisation).collect()
    }

    /// Words of ledgers in links.
    pub async fn slugs(
        &self,
        cx: &Cx,
        ledgers: impl Iterator<Item = PlaceId>,
    ) -> Result<BTreeMap<PlaceId, String>, Error> {
        let (known, others): (BTreeSet<_>, BTreeSet<_>) =
            ledgers.partition(|ledger| self.steered.slugs.contains_key(ledger));
        let rows = ledgers_of(&cx.app.office.db, &Vec::from_iter(others)).await?;
        let known = known.iter().filter_map(|id| self.steered.slugs.get_key_value(id));
        let known = known.map(|(id, slug)| (*id, slug.clone()));
        Ok(known.chain(rows.into_iter().map(|row| (row.ledger, row.slug))).collect())
    }

    /// Those of some things that its person may open: nothing that they keep away from.
    pub async fn open<S, I>(
        &self,
        cx: &Cx,
        keys: &BTreeSet<(PlaceId, I)>,
        right: &Right,
    ) -> Result<BTreeSet<(PlaceId, I)>, Error>
    where
        S: Viewed,
        I: Copy + Ord + Into<StreamName>,
    {
        Ok(self.opened::<S, I>(cx, keys, right).await?.into_keys().collect())
    }

    /// The same, each as it stands and as the predicate of access sees it.
    pub async fn opened<S, I>(
        &self,
        cx: &Cx,
        keys: &BTreeSet<(PlaceId, I)>,
        right: &Right,
    ) -> Result<BTreeMap<(PlaceId, I), (S, Resource)>, Error>
    where
        S: Viewed,
        I: Copy + Ord + Into<StreamName>,
    {
        let (office, actor) = (&cx.app.office, &self.staff.actor);
        let all = office.load_all::<S, I>(&Vec::from_iter(keys.iter().copied())).await?;
        let states = all.into_iter().filter_map(|(key, loaded)| Some((key, loaded.state?)));
        let states: Vec<_> = states
            .map(|(key, state)| {
                let at = state.at().unwrap_or(key.0);
                (key, state, at)
            })
            .collect();
        let paths = paths_of(&office.db, &states.iter().map(|(.., at)| *at).collect::<Vec<_>>()).await?;
        let opened = |(key, state, at): ((PlaceId, I), S, PlaceId)| {
            let resource = state.resource(paths.get(&at)?, actor);
            may(actor, right, &resource, cx.now).is_ok().then_some((key, (state, resource)))
        };
        Ok(states.into_iter().filter_map(opened).collect())
    }

    /// Those of some places that are its person's to steer.
    pub async fn reached(&self, cx: &Cx, at: &[PlaceId]) -> Result<BTreeSet<PlaceId>, Error> {
        if Reach::of(&self.staff.actor, cx.now) == Reach::Whole {
            return Ok(at.iter().copied().collect());
        }
        let paths = paths_of(&cx.app.office.db, at).await?;
        let actor = &self.staff.actor;
        let own = |path: &Vec<PlaceId>| actor.current(cx.now).any(|grant| path.contains(&grant.place));
        Ok(paths.into_iter().filter(|(_, path)| own(path)).map(|(id, _)| id).collect())
    }
}

/// How much of a community's desk is somebody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All of it.
    Whole,
    /// What lies in their own part: that of whoever steers a grid.
    Part,
}

impl Reach {
    /// How much of a community's desk is this person's.
    #[must_use]
    pub fn of(actor: &Actor, now: Moment) -> Self {
        // Whoever steers a grid sorts at the community's desk what lies in the grid.
        match actor.current(now).any(|grant| GRIDS.has(grant.role)) {
            true => Reach::Part,
            false => Reach::Whole,
        }
    }
}

/// Ledgers and ids of the things of one kind that wait, each once.
pub fn keys<I: FromStr + Copy + Ord + Into<StreamName>>(waiting: &[Duty]) -> BTreeSet<(PlaceId, I)> {
    waiting.iter().filter_map(Duty::key).collect()
}

/// A line of a desk: why it is there, what it is, by when.
#[must_use]
pub fn entry(href: &str, why: &str, name: &str, meta: &str, due: Moment, cx: &Cx) -> Markup {
    html! {
        li class={ "item " (ui::urgency(due, cx.now)) } {
            h2 { a href=(href) { (why) " — " (name) } }
            (ui::bits("meta", meta))
            p.meta { (ui::due(due, cx.now, cx.locale)) }
        }
    }
}

/// The places where somebody has a role, by their ids.
async fn grounds(cx: &Cx, staff: &Staff) -> Result<BTreeMap<PlaceId, PlaceRow>, Error> {
    let ids: BTreeSet<PlaceId> = staff.actor.current(cx.now).map(|grant| grant.place).collect();
    let ids: Vec<PlaceId> = ids.into_iter().collect();
    Ok(places(&cx.app.office.db, &ids).await?.into_iter().map(|row| (row.id, row)).collect())
}

async fn steered(cx: &Cx, staff: &Staff, grounds: &BTreeMap<PlaceId, PlaceRow>) -> Result<Steered, Error> {
    let own: BTreeSet<PlaceId> =
        staff.actor.current(cx.now).filter(|grant| OFFICE.has(grant.role)).map(|grant| grant.place).collect();
    let paths: Vec<_> = own.iter().filter_map(|id| grounds.get(id)).map(|row| row.path.clone()).collect();
    let below = ledgers_below(&cx.app.office.db, &paths).await?;
    let ledgers = own.into_iter().chain(below.iter().map(|row| row.ledger)).collect();
    let slugs = below.into_iter().map(|row| (row.ledger, row.slug)).collect();
    Ok(Steered { paths, ledgers, slugs })
}

fn holders(cx: &Cx, staff: &Staff, grounds: &BTreeMap<PlaceId, PlaceRow>) -> Vec<HolderKey> {
    let mut keys: BTreeSet<HolderKey> = staff.actor.account.map(HolderKey::person).into_iter().collect();
    for grant in staff.actor.current(cx.now) {
        keys.extend(grant.organisation.map(HolderKey::organisation));
        match grant.role {
            role if OFFICE.has(role) => {
                keys.insert(HolderKey::desk(grant.place));
            }
            role if GRIDS.has(role) => {
                keys.extend(grounds.get(&grant.place).map(|row| HolderKey::desk(row.ledger)))
            }
            _ => {}
        }
    }
    keys.into_iter().collect()
}

/// The desks below somebody's own at which nobody works, and nobody between: theirs to see to.
async fn left_empty(cx: &Cx, steered: &Steered) -> Result<Vec<HolderKey>, Error> {
    let own: Vec<PlaceId> = steered.paths.iter().filter_map(|path| path.last()).copied().collect();
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let empty = empty(&cx.app.office.db, &steered.paths, cx.now).await?;
    let theirs = |empty: &Empty| empty.seen_to.is_some_and(|desk| own.contains(&desk));
    Ok(empty.iter().filter(|empty| theirs(empty)).map(|empty| HolderKey::desk(empty.place.id)).collect())
}

/// Whether somebody steers a place of this ledger, or one above it.
pub async fn steers_in(cx: &Cx, staff: &Staff, ledger: PlaceId) -> Result<bool, Error> {
    let db = &cx.app.office.db;
    let above = place(db, ledger).await?.map(|row| row.path).unwrap_or_default();
    for grant in staff.actor.current(cx.now) {
        if !STEERS.has(grant.role) {
            continue;
        }
        let below = place(db, grant.place).await?.is_some_and(|row| row.ledger == ledger);
        if below || above.contains(&grant.place) {
            return Ok(true);
        }
    }
    Ok(false)
}
