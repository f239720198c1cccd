//! The story of a topic in seven words: 说事、梳理、议事、决事、办事、评事、公示. Made from the
//! public entries of its matters, the topic, its meetings and its orders; of evaluations only
//! how many there are.

use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::dispatch::{self, Order, OrderId, OrderStage};
use yishi_domain::matters::{MatterId, StageKind};
use yishi_domain::meetings::{Event, Meeting, MeetingStage, Passed, StatementKind};
use yishi_domain::topics::{self, Topic, TopicId, TopicStage};
use yishi_kernel::{Entry, Holder, Loaded, Pack, PhotoDigest, Stream, StreamName};
use yishi_office::dispatch::reads::{OrderRow, of_matters, of_topic};
use yishi_office::ledgers::{EntryRow, entries_of, entries_of_all};
use yishi_office::matters::reads::{
    Evaluated, MatterRow, Support, evaluated, families, matters, support as support_of,
};
use yishi_office::meetings::reads::{MeetingRow, some as meetings};
use yishi_office::papers::{Numbered, Numbers};
use yishi_office::people::capacities::Capacities;
use yishi_office::topics::reads::TopicRow;
use yishi_pages_dispatch::ballots::face::whose;
use yishi_pages_dispatch::dispatch::face::{event_of, lines_of, named as bodies_of};
use yishi_pages_matters::matters::face::chain::Chain;
use yishi_pages_matters::matters::face::headline;
use yishi_store::Db;
use yishi_store::duty::files_of;
use yishi_web::names::Names;
use yishi_web::numbers::called;
use yishi_web::texts::Locale;
use yishi_web::told::{Line, amended, by, day, public_entry};
use yishi_web::{Cx, Error};

/// The seven words of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Word {
    /// 说事
    Raise,
    /// 梳理
    Sort,
    /// 议事
    Discuss,
    /// 决事
    Decide,
    /// 办事
    Do,
    /// 评事
    Evaluate,
    /// 公示
    Publish,
}

impl Word {
    /// All of them, in order.
    pub const ALL: [Word; 7] =
        [Word::Raise, Word::Sort, Word::Discuss, Word::Decide, Word::Do, Word::Evaluate, Word::Publish];

    /// The key of its text.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Word::Raise => "story-raise",
            Word::Sort => "story-sort",
            Word::Discuss => "story-discuss",
            Word::Decide => "story-decide",
            Word::Do => "story-do",
            Word::Evaluate => "story-evaluate",
            Word::Publish => "story-publish",
        }
    }
}

/// A published photo: its link, and what it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shot {
    /// The link of the photo.
    pub link: String,
    /// The number of the matter or order it came with.
    pub number: i64,
}

/// A topic's story.
#[derive(Debug)]
pub struct Story {
    /// Its steps, by ledger number, each under its word.
    pub lines: Vec<(Word, Line)>,
    /// Where it stands; nothing once it is at its end.
    pub current: Option<Word>,
    /// Its matters, as gathered.
    pub matters: Vec<MatterRow>,
    /// How many stand behind all of them.
    pub support: Support,
    /// Its meetings, in order.
    pub meetings: Vec<MeetingRow>,
    /// Its orders, oldest first, with their states.
    pub orders: Vec<(OrderRow, Order)>,
    /// Photos of how it was, published with its matters.
    pub before: Vec<Shot>,
    /// Photos of how it is, published with its orders.
    pub after: Vec<Shot>,
    /// Receipts whose holders evaluated the standing answer, of how many; solved, not solved.
    pub evaluated: Evaluated,
    /// The last answer.
    pub answer: Option<String>,
    /// The names it mentions.
    pub names: Names,
    /// In what its entries were done.
    capacities: Capacities,
    /// Numbers of the topic, its meetings and its orders.
    pub numbers: Numbers,
}

/// The story of a topic. `slug` is the community's word in links.
pub async fn tell(cx: &Cx, slug: &str, row: &TopicRow) -> Result<Story, Error> {
    let (db, ledger) = (&cx.app.office.db, row.ledger);
    let own = entries_of(db, ledger, &row.id.into()).await?;
    let topic = replayed::<Topic>(&own)?;
    let families = families(db, ledger, &Vec::from_iter(topic.matters.iter().copied())).await?;
    let roots: BTreeSet<MatterId> =
        topic.matters.iter().map(|id| families.get(id).copied().unwrap_or(*id)).collect();
    let roots: Vec<MatterId> = roots.into_iter().collect();
    let family: BTreeSet<MatterId> = topic.matters.iter().chain(families.keys()).copied().collect();
    let keys: Vec<_> = family.iter().map(|id| (ledger, *id)).collect();
    let mut rows = matters(db, &keys).await?;
    rows.sort_by_key(|row| row.id);
    let keys: BTreeSet<_> = topic.meetings.iter().map(|id| (ledger, *id)).collect();
    let mut meetings = meetings(db, &Vec::from_iter(keys)).await?;
    meetings.sort_by_key(|row| row.number);
    let orders = of_topic(db, ledger, row.id).await?;
    let others = of_matters(db, ledger, &Vec::from_iter(family)).await?;
    let orders: BTreeMap<OrderId, OrderRow> =
        orders.into_iter().chain(others).map(|row| (row.id, row)).collect();
    let numbered: Vec<_> = (meetings.iter().map(Numbered::key))
        .chain(orders.values().map(Numbered::key))
        .chain([row.key()])
        .collect();
    // What happened to all of them is read at once, however many they are.
    let streams: Vec<StreamName> = (rows.iter().map(|row| row.id.into()))
        .chain(meetings.iter().map(|row| row.id.into()))
        .chain(orders.keys().map(|id| (*id).into()))
        .collect();
    let mut told = entries_of_all(db, ledger, &streams).await?;
    let capacities = Capacities::of_entries(db, ledger, told.values().flatten().chain(&own)).await?;
    let mut told = |stream: StreamName| told.remove(&stream).unwrap_or_default();
    let mut files = files_of(db, ledger, &streams).await?;
    let mut files = |stream: StreamName| files.remove(&stream).unwrap_or_default();

    let mut support = Support::default();
    for one in support_of(db, ledger, &roots).await?.into_values() {
        support.households += one.households;
        support.others += one.others;
    }
    let mut story = Story {
        lines: Vec::new(),
        current: None,
        matters: Vec::new(),
        support,
        meetings: Vec::new(),
        orders: Vec::new(),
        before: Vec::new(),
        after: Vec::new(),
        evaluated: evaluated(db, ledger, &roots).await?,
        answer: None,
        names: Names::default(),
        capacities,
        numbers: cx.numbers(numbered).await?,
    };
    let pack = cx.rules(ledger).await?;
    let read = rows.iter().map(|row| (told(row.id.into()), files(row.id.into())));
    let chains = Chain::public(db, ledger, &story.capacities, read).await?;
    for (row, chain) in rows.into_iter().zip(chains) {
        story.of_matter(cx, slug, &pack, row, &chain);
    }
    story.of_topic(cx, &own)?;
    let meetings: Vec<_> = meetings.into_iter().map(|row| (told(row.id.into()), row)).collect();
    let orders: Vec<_> = orders.into_values().map(|row| (told(row.id.into()), row)).collect();
    let mut named = Vec::new();
    for entry in meetings.iter().flat_map(|(entries, _)| entries) {
        named.extend(public_entry::<Meeting>(entry)?.what.own().map(names_of).unwrap_or_default());
    }
    for entry in orders.iter().flat_map(|(entries, _)| entries) {
        named.extend(event_of(entry, None)?.what.own().map(bodies_of).unwrap_or_default());
    }
    story.names.know(db, named).await?;
    for (entries, found) in meetings {
        story.of_meeting(cx, slug, row.id, &found, &entries).await?;
        story.meetings.push(found);
    }
    for (entries, row) in orders {
        let files = files(row.id.into());
        story.of_order(cx, slug, row, &entries, &files).await?;
    }
    story.orders.sort_by_key(|(row, _)| row.number);
    story.lines.sort_by_key(|(_, line)| line.number);
    story.current = story.stands(row);
    Ok(story)
}

/// A thing as its public entries make it.
fn replayed<S: Stream>(entries: &[EntryRow]) -> Result<S, Error> {
    let mut loaded = Loaded::<S>::default();
    for entry in entries {
        loaded.take(public_entry::<S>(entry)?, []);
    }
    Ok(loaded.must()?.clone())
}

/// Whom an entry of a meeting names.
fn names_of(event: &Event) -> Vec<Holder> {
    match event {
        Event::Replied { organisation, .. } | Event::Uninvited { organisation, .. } => {
            vec![Holder::Organisation(*organisation)]
        }
        Event::Stated { organisation, .. } => organisation.map(Holder::Organisation).into_iter().collect(),
        Event::Resolved { actions, .. } => actions.iter().map(|action| action.owner).collect(),
        // What others name is not told.
        _ => Vec::new(),
    }
}

impl Story {
    /// What happened to a thing by an entry; where it happened to values of its entries, that is
    /// told here.
    fn own_event<S: Stream>(&mut self, entry: &EntryRow, t: Locale) -> Result<Option<S::Event>, Error> {
        match public_entry::<S>(entry)?.what {
            Entry::Own(event) => Ok(Some(event)),
            Entry::Amended(what) => {
                let by = self.capacities.of(entry);
                let line = Line::told(entry.number, entry.at, by, amended(&what, t));
                self.lines.push((Word::Publish, line));
                Ok(None)
            }
        }
    }

    fn of_matter(&mut self, cx: &Cx, slug: &str, pack: &Pack, row: MatterRow, chain: &Chain) {
        use yishi_domain::matters::Event as E;
        let t = cx.locale;
        let href = format!("/c/{slug}/m/{}", row.number);
        for (number, at, by, reworded, said, what) in chain.told(t, pack) {
            let Entry::Own(event) = said else {
                let what = t.with("story-of-matter", &[("number", &row.number), ("what", &what)]);
                self.lines.push((Word::Publish, Line::told(number, at, by, what)));
                continue;
            };
            // The one that was merged says so itself.
            if matches!(event, E::Absorbed { .. } | E::Released { .. }) {
                continue;
            }
            let word = match event {
                E::Raised { .. } | E::FromFloor { .. } | E::Added { .. } | E::MetAtStairwell { .. } => {
                    Word::Raise
                }
                E::Progressed { .. } | E::Contacted { .. } => Word::Do,
                E::Answered { .. } | E::Reopened { .. } | E::Closed { .. } | E::Withdrawn { .. } => {
                    Word::Evaluate
                }
                E::PhotoPublished { .. } => Word::Publish,
                E::Triaged { .. }
                | E::Extended { .. }
                | E::SentUp { .. }
                | E::Summarised { .. }
                | E::HandedOver { .. }
                | E::PassedOn { .. }
                | E::Urged { .. }
                | E::Reckoned { .. }
                | E::Noted { .. }
                | E::Resorted { .. }
                | E::Relocated { .. }
                | E::TakenUp { .. }
                | E::LetGo { .. }
                | E::Merged { .. }
                | E::Absorbed { .. }
                | E::Unmerged { .. }
                | E::Released { .. } => Word::Sort,
            };
            let quote = match event {
                E::Summarised { summary, .. } => Some(summary.to_string()),
                E::Progressed { note, .. } => Some(note.to_string()),
                E::Answered { text, .. } => Some(text.to_string()),
                E::Resorted { reason, .. } | E::Relocated { reason: Some(reason), .. } => {
                    Some(reason.to_string())
                }
                _ => None,
            };
            let what = t.with("story-of-matter", &[("number", &row.number), ("what", &what)]);
            // Its headline stands where it was raised, so that a number is never all there is.
            let text = match event {
                E::Raised { .. } => headline(pack, &row, t),
                _ => t.with("see-matter", &[("number", &row.number)]),
            };
            let link = matches!(event, E::Raised { .. } | E::Answered { .. }).then(|| (href.clone(), text));
            self.lines.push((word, Line { quote, reworded, link, ..Line::told(number, at, by, what) }));
        }
        if let Some(answer) = chain.answer() {
            self.answer = Some(answer.text.to_owned());
        }
        let shot =
            |photo: &PhotoDigest| Shot { link: format!("{href}/photo/{}", photo.0), number: row.number };
        self.before.extend(chain.published().into_iter().map(shot));
        self.matters.push(row);
    }

    fn of_topic(&mut self, cx: &Cx, entries: &[EntryRow]) -> Result<(), Error> {
        use topics::Event as E;
        let t = cx.locale;
        for entry in entries {
            let Some(event) = self.own_event::<Topic>(entry, t)? else { continue };
            let (word, what, quote) = match event {
                E::Opened { title, question, matters, .. } => {
                    let text = t.with("told-topic-opened", &[("title", &title), ("count", &matters.len())]);
                    (Word::Sort, text, question.map(String::from))
                }
                E::Gathered { matters } => {
                    (Word::Sort, t.with("told-topic-gathered", &[("count", &matters.len())]), None)
                }
                E::Returned { why, reason, due, .. } => {
                    let reason = reason.map_or_else(|| t.word(why), String::from);
                    (Word::Discuss, t.with("told-topic-returned", &[("by", &by(due, t))]), Some(reason))
                }
                E::Concluded {} => (Word::Evaluate, t.say("told-topic-concluded"), None),
                E::Dropped { reason } => (Word::Discuss, t.say("told-topic-dropped"), Some(reason.into())),
                // The meeting's own entry says the same.
                E::Scheduled { .. } | E::Recommended { .. } | E::Decided { .. } => continue,
            };
            let by = self.capacities.of(entry);
            let (number, at) = (entry.number, entry.at);
            let reworded = entry.reworded;
            self.lines.push((word, Line { quote, reworded, ..Line::told(number, at, by, what) }));
        }
        Ok(())
    }

    async fn of_meeting(
        &mut self,
        cx: &Cx,
        slug: &str,
        topic: TopicId,
        row: &MeetingRow,
        entries: &[EntryRow],
    ) -> Result<(), Error> {
        let t = cx.locale;
        let db = &cx.app.office.db;
        // A meeting may have other topics too; of their motions nothing is told here.
        let mut own: BTreeSet<u32> = BTreeSet::new();
        let href = format!("/c/{slug}/g/{}", row.number);
        for entry in entries {
            let Some(event) = self.own_event::<Meeting>(entry, t)? else { continue };
            if let Event::Put { motion, topic: of, .. } = &event
                && *of == topic
            {
                own.insert(*motion);
            }
            let Some((word, what, quote)) = told(db, &event, &own, &mut self.names, t).await? else {
                continue;
            };
            let link = match event {
                Event::Called { .. } | Event::Resolved { .. } | Event::Published { .. } => {
                    Some((href.clone(), t.with("see-meeting", &[("paper", &called(&self.numbers, row, t))])))
                }
                _ => None,
            };
            let by = self.capacities.of(entry);
            let (number, at) = (entry.number, entry.at);
            let reworded = entry.reworded;
            self.lines.push((word, Line { quote, reworded, link, ..Line::told(number, at, by, what) }));
        }
        Ok(())
    }

    async fn of_order(
        &mut self,
        cx: &Cx,
        slug: &str,
        row: OrderRow,
        entries: &[EntryRow],
        files: &BTreeSet<String>,
    ) -> Result<(), Error> {
        let t = cx.locale;
        let href = format!("/c/{slug}/o/{}", row.number);
        let order = replayed::<Order>(entries)?;
        // The photos that were published with it and are there still.
        let mut published = BTreeSet::new();
        for entry in entries {
            match event_of(entry, None)?.what {
                Entry::Own(dispatch::Event::PhotoPublished { photo }) if files.contains(&photo.0) => {
                    published.insert(photo);
                }
                _ => {}
            }
        }
        let link = |photo: &PhotoDigest| format!("{href}/photo/{}", photo.0);
        self.after.extend(published.iter().map(|photo| Shot { link: link(photo), number: row.number }));
        let photo = |digest: &PhotoDigest| published.contains(digest).then(|| link(digest));
        let db = &cx.app.office.db;
        let of_order = lines_of(db, entries, &self.capacities, None, &mut self.names, t, &photo).await?;
        let first = of_order.first().map(|line| line.number);
        for mut line in of_order {
            if Some(line.number) == first {
                let text = yishi_pages_dispatch::dispatch::face::called_by_number(&row, &self.numbers, t);
                line.link = Some((href.clone(), t.with("see-order", &[("name", &text)])));
            }
            // Who published a photo did so where the work is told.
            self.lines.push((Word::Do, line));
        }
        self.orders.push((row, order));
        Ok(())
    }

    /// Which of the seven words the story stands at.
    fn stands(&self, row: &TopicRow) -> Option<Word> {
        match row.stage {
            TopicStage::Concluded | TopicStage::Dropped => return None,
            TopicStage::Open | TopicStage::Scheduled => return Some(Word::Discuss),
            TopicStage::Recommended => return Some(Word::Decide),
            TopicStage::Decided => {}
        }
        let meeting = row.meeting.and_then(|id| self.meetings.iter().find(|one| one.id == id));
        match meeting.map(|meeting| meeting.stage) {
            Some(MeetingStage::Held | MeetingStage::Confirmed) => return Some(Word::Decide),
            Some(MeetingStage::Published) if self.orders.is_empty() => return Some(Word::Publish),
            _ => {}
        }
        let ended =
            |stage| matches!(stage, OrderStage::Accepted | OrderStage::Declined | OrderStage::Withdrawn);
        let answered = |row: &MatterRow| {
            matches!(row.stage, StageKind::Answered | StageKind::Closed | StageKind::Merged)
        };
        let all_done = self.orders.iter().all(|(row, _)| ended(row.stage));
        Some(if all_done || self.matters.iter().all(answered) { Word::Evaluate } else { Word::Do })
    }
}

/// An entry of a meeting in plain words, under its word; none for what others say as well.
/// `own` are the motions of this topic.
async fn told(
    db: &Db,
    event: &Event,
    own: &BTreeSet<u32>,
    names: &mut Names,
    t: Locale,
) -> Result<Option<(Word, String, Option<String>)>, Error> {
    Ok(Some(match event {
        Event::Called { title, starts, venue, .. } => {
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("title", title), ("time", &t.time(*starts)), ("venue", venue)];
            (Word::Discuss, t.with("told-called", &values), None)
        }
        Event::Posted { at, .. } => (Word::Discuss, t.with("told-posted", &[("place", at)]), None),
        Event::Replied { organisation, coming, note, .. } => {
            let name = names.organisation(db, *organisation).await?;
            let coming = t.word(*coming);
            (
                Word::Discuss,
                t.with("told-replied", &[("name", &name), ("coming", &coming)]),
                note.as_ref().map(ToString::to_string),
            )
        }
        Event::Uninvited { organisation, why } => {
            let name = names.organisation(db, *organisation).await?;
            (Word::Discuss, t.with("told-uninvited", &[("name", &name), ("why", &t.word(*why))]), None)
        }
        Event::PassedOn { seat, why, .. } => {
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("seat", &t.word(*seat)), ("why", &t.word(*why))];
            (Word::Discuss, t.with("told-seat-passed-on", &values), None)
        }
        Event::Opened { .. } => (Word::Discuss, t.say("told-opened"), None),
        Event::Stated { form: StatementKind::Statement, .. } => return Ok(None),
        Event::Stated { form, organisation, text, .. } => {
            let form = t.word(*form);
            let what = match organisation {
                Some(id) => {
                    let name = names.organisation(db, *id).await?;
                    t.with("told-stated-by", &[("name", &name), ("form", &form)])
                }
                None => t.with("told-stated", &[("form", &form)]),
            };
            (Word::Discuss, what, Some(text.to_string()))
        }
        Event::Put { motion, text, .. } if own.contains(motion) => {
            (Word::Decide, t.say("told-put"), Some(text.to_string()))
        }
        Event::Counted { motion, present, in_favour, against, abstain, passed, .. }
            if own.contains(motion) =>
        {
            let key = match passed {
                Passed::Yes => "told-passed",
                Passed::No => "told-failed",
                Passed::Recommended => "told-recommended",
                Passed::NotRecommended => "told-not-recommended",
            };
            let values: [(&str, &dyn std::fmt::Display); 4] =
                [("present", present), ("yes", in_favour), ("no", against), ("abstain", abstain)];
            (Word::Decide, t.with(key, &values), None)
        }
        Event::Recounted { motion, present, in_favour, against, abstain, passed } if own.contains(motion) => {
            let values: [(&str, &dyn std::fmt::Display); 5] = [
                ("present", present),
                ("yes", in_favour),
                ("no", against),
                ("abstain", abstain),
                ("passed", &t.word(*passed)),
            ];
            (Word::Decide, t.with("told-recounted", &values), None)
        }
        Event::Decides { motion, decides } if own.contains(motion) => match whose(decides, t) {
            Some(whose) => (Word::Decide, whose, None),
            None => return Ok(None),
        },
        Event::OwnersSaid { motion, agreed, .. } if own.contains(motion) => {
            let key = if agreed.is_yes() { "told-owners-yes" } else { "told-owners-no" };
            (Word::Decide, t.say(key), None)
        }
        Event::SetAside { motion, reason } if own.contains(motion) => {
            (Word::Decide, t.say("told-set-aside"), Some(reason.to_string()))
        }
        Event::Resolved { actions, standard, .. } => {
            let mut agreed = Vec::new();
            for action in actions.iter().filter(|action| own.contains(&action.motion)) {
                let owner = names.holder(db, action.owner, t).await?;
                let values: [(&str, &dyn std::fmt::Display); 3] =
                    [("task", &action.task), ("name", &owner), ("by", &day(action.due, t))];
                agreed.push(t.with("told-action", &values));
            }
            if let Some(standard) = standard {
                agreed.push(t.with("told-standard", &[("text", standard)]));
            }
            (Word::Decide, t.say("told-resolved"), Some(agreed.join("\n")).filter(|text| !text.is_empty()))
        }
        Event::Adjourned { reason, .. } => (Word::Decide, t.say("told-adjourned"), Some(reason.to_string())),
        Event::Dissented { motion, text, .. } if motion.is_none_or(|motion| own.contains(&motion)) => {
            (Word::Decide, t.say("told-dissented"), Some(text.to_string()))
        }
        Event::Confirmed { seat, .. } => {
            let seat = t.word(*seat);
            (Word::Decide, t.with("told-confirmed", &[("seat", &seat)]), None)
        }
        Event::BasisSet { .. } => (Word::Discuss, t.say("told-basis-set"), None),
        Event::Reissued { due } => (Word::Decide, t.with("told-reissued", &[("by", &by(*due, t))]), None),
        Event::Published { at, until, .. } => {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("place", at), ("by", &by(*until, t))];
            (Word::Publish, t.with("told-published", &values), None)
        }
        Event::Objected { due, .. } => {
            (Word::Publish, t.with("told-objected", &[("by", &by(*due, t))]), None)
        }
        Event::Ruled { ruling, reason, .. } => (Word::Publish, t.word(*ruling), Some(reason.to_string())),
        Event::Concluded { .. } => (Word::Publish, t.say("told-meeting-concluded"), None),
        Event::Moved { starts, venue, reason, .. } => {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("time", &t.time(*starts)), ("venue", venue)];
            (Word::Discuss, t.with("told-moved", &values), Some(reason.to_string()))
        }
        Event::Cancelled { reason, .. } => (Word::Discuss, t.say("told-cancelled"), Some(reason.to_string())),
        // Counting hands and ending a vote lead to the count; sending on is told by the order. A
        // stairwell's meeting has no topic.
        Event::Put { .. }
        | Event::AtStairwell { .. }
        | Event::HouseholdsCame { .. }
        | Event::SentUp { .. }
        | Event::Settled { .. }
        | Event::RollSet { .. }
        | Event::SlipsIssued { .. }
        | Event::SlipsReleased { .. }
        | Event::RollClosed { .. }
        | Event::Counted { .. }
        | Event::Recounted { .. }
        | Event::Decides { .. }
        | Event::ActionDecides { .. }
        | Event::OwnersSaid { .. }
        | Event::SetAside { .. }
        | Event::Dissented { .. }
        | Event::HandsEntered { .. }
        | Event::VoteEnded { .. }
        | Event::Dispatched { .. } => return Ok(None),
    }))
}
