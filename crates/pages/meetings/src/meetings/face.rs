//! A meeting with all that its pages say of it: the state, every entry in order, and the names
//! of bodies and places it mentions. Public values only, but for what a page asks for by name.

use super::heard::Heard;
use crate::promises::face::made_at;
use crate::rulebook::face::Ruled;
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::sync::Arc;
use yishi_domain::ballots::Decides;
use yishi_domain::meetings::{
    Action, ActionId, Event, Fate, Forum, Meeting, MeetingId, MeetingStage, Motion, Passed, Rules, Vote,
};
use yishi_domain::people::Capacity;
use yishi_domain::topics::TopicId;
use yishi_kernel::{
    Amendment, Entry as Said, Holder, Loaded, Moment, OrganisationId, Pack, PlaceId, Published, Stamped,
};
use yishi_office::ballots::reads::{ResultRow, of_meeting};
use yishi_office::dispatch::reads::{OrderRow, order};
use yishi_office::ledgers::entries_of;
use yishi_office::meetings::reads::{MeetingRow, meeting};
use yishi_office::papers::{Numbered, Numbers};
use yishi_office::people::capacities::Capacities;
use yishi_office::people::reads::{OrganisationRow, organisation};
use yishi_office::places::reads::LedgerRow;
use yishi_office::promises::reads::PromiseRow;
use yishi_office::topics::reads::{TopicRow, topic};
use yishi_tally::everyday::{self, Says, Votes};
use yishi_web::numbers::called;
use yishi_web::places::spot;
use yishi_web::texts::Locale;
use yishi_web::told::public_entry;
use yishi_web::{Cx, Error, ui};

/// A meeting's row by number, with the ledger it is in.
pub async fn row_of(cx: &Cx, slug: &str, number: i64) -> Result<(LedgerRow, MeetingRow), Error> {
    let ledger = cx.ledger(slug).await?;
    let db = &cx.app.office.db;
    let id: MeetingId = cx.numbered(ledger.ledger, number).await?;
    let row = meeting(db, ledger.ledger, id).await?.ok_or(Error::NotFound)?;
    Ok((ledger, row))
}

/// An entry of a meeting.
#[derive(Debug)]
pub struct Entry {
    /// Its number in the ledger.
    pub number: i64,
    /// Its version in the stream.
    pub version: u64,
    /// When it was recorded.
    pub at: Moment,
    /// In what it was done.
    pub capacity: Capacity,
    /// What happened, without private values.
    pub event: Stamped<Event>,
}

/// A meeting with its entries and the names it mentions.
#[derive(Debug)]
pub struct Story {
    /// The ledger it is in.
    pub ledger: LedgerRow,
    /// The meeting as listed.
    pub row: MeetingRow,
    /// The meeting.
    pub meeting: Meeting,
    /// The same as loaded, with private values for those who may read them.
    pub loaded: Loaded<Meeting>,
    /// The rules it was called by.
    pub pack: Arc<Pack>,
    /// Its numbers by these rules, and how far they can be relied on.
    pub ruled: Ruled,
    /// All that happened, in order.
    pub entries: Vec<Entry>,
    /// What happened to values of its entries since: number, time, in what, and what.
    pub amended: Vec<(i64, Moment, Capacity, Amendment)>,
    /// Its topics, in the order of the agenda.
    pub topics: Vec<TopicRow>,
    /// Bodies it mentions.
    pub organisations: BTreeMap<OrganisationId, OrganisationRow>,
    /// Names of places it mentions.
    pub places: BTreeMap<PlaceId, String>,
    /// Orders that carry its actions out.
    pub orders: BTreeMap<ActionId, OrderRow>,
    /// What owners decided on what it recommended.
    pub results: Vec<ResultRow>,
    /// What was raised from its floor.
    pub heard: Vec<Heard>,
    /// What was promised at it.
    pub promises: Vec<PromiseRow>,
    /// Numbers of its papers, of its topics and of the orders.
    pub numbers: Numbers,
}

impl Story {
    /// Loads a meeting by its number.
    pub async fn load(cx: &Cx, slug: &str, number: i64) -> Result<Self, Error> {
        let (ledger, row) = row_of(cx, slug, number).await?;
        let office = &cx.app.office;
        let db = &office.db;
        let loaded = office.load::<Meeting>(ledger.ledger, &row.id.into()).await?;
        let meeting = loaded.must()?.clone();
        let pack = office.pack(&meeting.agenda.rules).await?;
        let ruled = Ruled::of_meeting(cx, ledger.ledger, &meeting.agenda, pack.section()).await?;
        let (mut entries, mut amended) = (Vec::new(), Vec::new());
        let told = entries_of(db, ledger.ledger, &row.id.into()).await?;
        let capacities = Capacities::of_entries(db, ledger.ledger, &told).await?;
        for entry in told {
            let Stamped { time, by, what } = public_entry::<Meeting>(&entry)?;
            let capacity = capacities.of(&entry);
            let (number, version, at) = (entry.number, entry.version, entry.at);
            match what {
                Said::Own(what) => {
                    let event = Stamped { time, by, what };
                    entries.push(Entry { number, version, at, capacity, event });
                }
                Said::Amended(what) => amended.push((number, at, capacity, what)),
            }
        }
        let agenda = &meeting.agenda;
        let mut topics = Vec::new();
        for id in &agenda.topics {
            topics.extend(topic(db, ledger.ledger, *id).await?);
        }
        let mut bodies: Vec<OrganisationId> = agenda.invited.iter().map(|one| one.organisation).collect();
        let mut wheres = vec![agenda.place, agenda.desk];
        let mut orders = BTreeMap::new();
        for action in &meeting.outcome.actions {
            match action.agreed.owner {
                Holder::Organisation(id) => bodies.push(id),
                Holder::Desk(id) | Holder::Person(_, id) => wheres.push(id),
            }
            if let Fate::Sent(id) | Fate::Suspended(Some(id)) = action.fate {
                orders.extend(order(db, ledger.ledger, id).await?.map(|row| (action.agreed.id, row)));
            }
        }
        let results = of_meeting(db, ledger.ledger, row.id).await?;
        let mut organisations = BTreeMap::new();
        for id in bodies {
            organisations.extend(organisation(db, id).await?.map(|row| (id, row)));
        }
        let mut places = BTreeMap::new();
        for id in wheres {
            places.insert(id, spot(cx, id).await?);
        }
        let heard = Heard::all(cx, ledger.ledger, row.id, &entries).await?;
        let promises = made_at(db, ledger.ledger, row.id).await?;
        let keys = topics.iter().map(Numbered::key).chain(orders.values().map(Numbered::key));
        let numbers = cx.numbers(keys.chain([row.key()])).await?;
        Ok(Self {
            ledger,
            row,
            meeting,
            loaded,
            pack,
            ruled,
            entries,
            amended,
            topics,
            organisations,
            places,
            orders,
            results,
            heard,
            promises,
            numbers,
        })
    }

    /// Forums and sets of parties, by the rules it was called by.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        self.pack.section()
    }

    /// The number it is called by.
    #[must_use]
    pub fn number(&self, t: Locale) -> String {
        called(&self.numbers, &self.row, t)
    }

    /// The name of a body.
    #[must_use]
    pub fn body(&self, id: OrganisationId) -> &str {
        self.organisations.get(&id).map_or("", |row| row.name.as_str())
    }

    /// Who owes something, without a person's name.
    #[must_use]
    pub fn holder(&self, holder: Holder, t: Locale) -> String {
        let place = |id: PlaceId| self.places.get(&id).map_or("", String::as_str);
        match holder {
            Holder::Organisation(id) => self.body(id).to_owned(),
            Holder::Desk(id) => t.with("holder-desk", &[("place", &place(id))]),
            Holder::Person(role, id) => {
                t.with("holder-person", &[("place", &place(id)), ("role", &ui::role(role, t))])
            }
        }
    }

    /// What shall be done, said as a recommendation where the owners decide.
    #[must_use]
    pub fn task(&self, action: &Action, t: Locale) -> String {
        recommended(&action.decides, &action.agreed.task, t)
    }

    /// How it was moved to another time or room, the last time that it was.
    #[must_use]
    pub fn moved(&self) -> Option<Moved<'_>> {
        self.entries.iter().rev().find_map(|entry| match &entry.event.what {
            Event::Moved { from, reason, .. } => Some(Moved { at: entry.at, from: *from, reason }),
            _ => None,
        })
    }

    /// What happened since it stands as it does: what was said before it was moved is of another day.
    pub fn since_moved(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        let at = self.moved().map(|moved| moved.at);
        self.entries.iter().filter(move |entry| at.is_none_or(|at| entry.at >= at))
    }

    /// The number and title of a topic on the agenda.
    #[must_use]
    pub fn topic(&self, id: TopicId, t: Locale) -> String {
        match self.topics.iter().find(|row| row.id == id) {
            Some(row) => {
                t.with("meeting-topic", &[("paper", &called(&self.numbers, row, t)), ("title", &row.title)])
            }
            None => String::new(),
        }
    }
}

/// How a meeting was moved (改期).
#[derive(Clone, Copy, Debug)]
pub struct Moved<'a> {
    /// When that was.
    pub at: Moment,
    /// When it was to begin until then.
    pub from: Moment,
    /// Why.
    pub reason: &'a Published,
}

/// What a forum is called.
#[must_use]
pub fn forum_name(rules: &Rules, code: &str, t: Locale) -> String {
    match rules.forum(code) {
        Some(Forum { zh, en, .. }) => t.said(zh, en),
        None => code.to_owned(),
    }
}

/// Whether so many must come that a number of those entitled is needed: 应到人数.
#[must_use]
pub fn statutory(forum: Option<&Forum>) -> bool {
    forum.is_some_and(|forum| forum.rule.quorum.is_some())
}

/// Where a meeting stands, in words and colour.
#[must_use]
pub fn meeting_badge(stage: MeetingStage, t: Locale) -> Markup {
    let class = match stage {
        MeetingStage::Called | MeetingStage::Held | MeetingStage::Confirmed | MeetingStage::Published => {
            "badge wait"
        }
        MeetingStage::Open => "badge",
        MeetingStage::Concluded | MeetingStage::Cancelled => "badge done",
    };
    html! { span class=(class) { (t.word(stage)) } }
}

/// Where a meeting of a list stands: a stairwell's that is over has ended, and sent nothing on.
#[must_use]
pub fn row_badge(row: &MeetingRow, t: Locale) -> Markup {
    match (row.stage, row.stairwell) {
        (MeetingStage::Concluded, Some(_)) => html! { span.badge.done { (t.say("stairs-over")) } },
        (stage, _) => meeting_badge(stage, t),
    }
}

/// A text, said as a recommendation where the owners decide.
#[must_use]
pub fn recommended(decides: &Decides, text: &dyn std::fmt::Display, t: Locale) -> String {
    match decides.joint() {
        Some(_) => t.with("recommended-task", &[("text", text)]),
        None => text.to_string(),
    }
}

/// What a motion came to, in words and colour.
#[must_use]
pub fn outcome_badge(passed: Passed, t: Locale) -> Markup {
    let class = if passed.carried() { "badge" } else { "badge late" };
    html! { span class=(class) { (t.word(passed)) } }
}

/// The sums by which a counted motion passed or did not, in plain sentences; the last one says by
/// which rule, and whose that is.
#[must_use]
pub fn explained(motion: &Motion, ruled: &Ruled, t: Locale) -> Vec<String> {
    let Vote::Counted(counts, _) = motion.vote else { return Vec::new() };
    let says = if motion.decides.is_recommended() { Says::Recommended } else { Says::Passed };
    let sentences = match Votes::new(counts) {
        Ok(votes) => match everyday::decide_as(says, &motion.rule, &votes) {
            Ok(verdict) => verdict.explain,
            Err(nobody) => vec![nobody.sentence()],
        },
        Err(miscount) => vec![miscount.sentence()],
    };
    let sums = sentences.iter().map(|sentence| sentence.say(t.counts()).to_owned());
    sums.chain([ruled.decided_by(&motion.rule, t)]).collect()
}
