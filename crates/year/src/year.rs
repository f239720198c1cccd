//! The year itself: a list of what comes next, taken in the order of its time. What is promised to
//! be done by a moment stands in it twice: when somebody looks at it, early or late, and when it
//! falls due, whether or not anybody looked.

use crate::cast::Cast;
use crate::chance::Chance;
use crate::deed::Deed;
use crate::laws;
use crate::people;
use crate::tally::Tally;
use crate::town::{Held, News, Town};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::str::FromStr;
use uuid::Uuid;
use yishi_domain::dangers::Danger;
use yishi_domain::dispatch::{OrderId, Source};
use yishi_domain::matters::{Matter, MatterId, ReceiptId};
use yishi_kernel::access::About;
use yishi_kernel::{Actor, Moment, Stream, StreamName};

/// Seconds of a minute.
pub const MINUTE: i64 = 60;
/// Seconds of an hour.
pub const HOUR: i64 = 60 * MINUTE;
/// Seconds of a day.
pub const DAY: i64 = 24 * HOUR;

/// How many days a year has here.
const DAYS: i64 = 365;
/// After how many days nothing may be left that waits: people go on with what the year left them.
const AT_LAST: i64 = 3 * DAYS;

/// What comes next.
#[derive(Clone, Debug)]
pub(crate) enum Next {
    /// Somebody raises a matter.
    Raise,
    /// A neighbour has the same.
    Join(MatterId),
    /// Whoever raised it says more, or says that it is dangerous.
    SayMore(ReceiptId),
    /// Whoever raised or joined it takes that back.
    TakeBack(ReceiptId),
    /// Whoever was answered says whether it is solved.
    Judge(ReceiptId),
    /// Whoever is to take the next step looks at it.
    Look(StreamName),
    /// What was promised falls due.
    FallDue(StreamName, Held),
    /// Somebody leaves their post.
    Leave,
    /// People are to sit together.
    Meet,
    /// The day ends.
    Night,
    /// Whatever comes at a known moment, once: a restart, in an office.
    Pause,
}

/// A year in a town.
pub struct Year<T> {
    /// The town it happens in.
    pub town: T,
    pub(crate) cast: Cast,
    pub(crate) chance: Chance,
    pub(crate) now: Moment,
    pub(crate) tally: Tally,
    pub(crate) books: Books,
    agenda: BTreeMap<(Moment, u64), Next>,
    looks: HashMap<StreamName, Moment>,
    counted: u64,
    ids: u128,
    last: Moment,
}

/// What was promised and said in the year, noted from what was recorded and from nothing else.
#[derive(Default)]
pub(crate) struct Books {
    /// What waits in each stream.
    pub promises: BTreeMap<StreamName, Vec<Held>>,
    /// What fell due and still waits.
    pub late: BTreeSet<(StreamName, Held)>,
    /// All matters, in the order in which they were raised.
    pub matters: Vec<MatterId>,
    /// Those that are not closed.
    pub open: BTreeSet<MatterId>,
    /// Those that are closed.
    pub closed: BTreeSet<MatterId>,
    /// The receipts on each.
    pub receipts: HashMap<MatterId, Vec<ReceiptId>>,
    /// The orders about each.
    pub orders: HashMap<MatterId, Vec<OrderId>>,
    /// Receipts whose holders said something to an answer.
    pub heard: BTreeSet<ReceiptId>,
}

impl<T: Town> Year<T> {
    /// A year with so many matters, by chance as the seed says.
    pub fn new(town: T, cast: Cast, start: Moment, seed: u64, matters: u64) -> Self {
        let mut year = Self {
            town,
            cast,
            chance: Chance::new(seed),
            now: start,
            tally: Tally::default(),
            books: Books::default(),
            agenda: BTreeMap::new(),
            looks: HashMap::new(),
            counted: 0,
            // Ids of one year are no other's.
            ids: u128::from(seed + 1) << 64,
            last: start.plus_seconds(AT_LAST * DAY),
        };
        for _ in 0..matters {
            let at = year.chance.between(0, DAYS * DAY);
            year.after(at, Next::Raise);
        }
        for _ in 0..12 {
            let at = year.chance.between(0, DAYS * DAY);
            year.after(at, Next::Leave);
        }
        for _ in 0..matters / 80 {
            let at = year.chance.between(0, DAYS * DAY);
            year.after(at, Next::Meet);
        }
        for day in 1..=DAYS {
            // After whatever else comes at that very moment.
            year.agenda.insert((start.plus_seconds(day * DAY), u64::MAX), Next::Night);
        }
        year
    }

    /// Has it pause once, so many days on.
    #[must_use]
    pub fn pausing(mut self, days: i64) -> Self {
        self.after(days * DAY, Next::Pause);
        self
    }

    /// Lets it happen until it pauses; whether it did.
    pub fn goes_on(&mut self) -> bool {
        while let Some(((at, _), next)) = self.agenda.pop_first() {
            let left = self.books.promises.first_key_value();
            assert!(at <= self.last, "it does not come to its end: {left:?}\n{}", self.tally);
            self.now = at;
            self.town.put(at);
            match next {
                Next::Pause => return true,
                next => self.happens(next),
            }
        }
        false
    }

    /// Lets it happen until nothing is left to come, and tells what did.
    pub fn ends(mut self) -> (T, Tally) {
        while self.goes_on() {}
        self.night();
        laws::nothing_is_left(&self);
        (self.town, self.tally)
    }

    fn happens(&mut self, next: Next) {
        match next {
            Next::Raise => people::resident::raises(self),
            Next::Join(matter) => people::resident::joins(self, matter),
            Next::SayMore(receipt) => people::resident::says_more(self, receipt),
            Next::TakeBack(receipt) => people::resident::takes_back(self, receipt),
            Next::Judge(receipt) => people::resident::judges(self, receipt),
            Next::Look(stream) => self.look(&stream),
            Next::FallDue(stream, held) => self.falls_due(stream, held),
            Next::Leave => people::posts::leave(self),
            Next::Meet => people::steward::invites(self),
            Next::Night => self.night(),
            Next::Pause => {}
        }
    }

    /// Notes what comes so many seconds from now.
    pub(crate) fn after(&mut self, seconds: i64, next: Next) {
        self.at(self.now.plus_seconds(seconds.max(1)), next);
    }

    fn at(&mut self, moment: Moment, next: Next) {
        self.counted += 1;
        self.agenda.insert((moment, self.counted), next);
    }

    /// A number that names something new.
    pub(crate) fn id(&mut self) -> Uuid {
        self.ids += 1;
        Uuid::from_u128(self.ids)
    }

    /// Somebody does something; whether it was allowed.
    pub(crate) fn does(&mut self, who: &Actor, deed: Deed) -> bool {
        let name = deed.name();
        let done = self.town.does(who, deed);
        self.tally.add(match &done {
            Ok(()) => name.to_owned(),
            Err(refusal) => format!("refused: {name}: {}", refusal.word()),
        });
        self.notice();
        done.is_ok()
    }

    /// Takes notice of what was recorded: holds it against the laws, and plans what people do then.
    pub(crate) fn notice(&mut self) {
        let mut news: Vec<News> = Vec::new();
        // What waits is read when all of it is recorded, so all that was recorded in one stream is
        // held against it together.
        for more in self.town.news() {
            match news.iter_mut().find(|one| one.stream == more.stream) {
                Some(one) => one.kinds.extend(more.kinds),
                None => news.push(more),
            }
        }
        for News { stream, kinds } in news {
            let after = self.town.waits(&stream);
            let before = match after.is_empty() {
                true => self.books.promises.remove(&stream),
                false => self.books.promises.insert(stream.clone(), after.clone()),
            };
            let before = before.unwrap_or_default();
            laws::nothing_is_put_off_unsaid(&stream, &kinds, &before, &after);
            if before != after {
                laws::whoever_is_to_act_is_there(&self.cast, &stream, &self.about(&stream), &after);
            }
            for gone in before.iter().filter(|held| !after.contains(held)) {
                self.books.late.remove(&(stream.clone(), gone.clone()));
            }
            let new: Vec<Held> = after.iter().filter(|held| !before.contains(held)).cloned().collect();
            for held in &new {
                self.at(held.due.max(self.now), Next::FallDue(stream.clone(), held.clone()));
            }
            if !new.is_empty() {
                self.plan_look(&stream, &after);
            }
            for kind in &kinds {
                self.tally.add(kind.as_str());
                self.follow(&stream, kind);
            }
        }
    }

    /// What people do because of an entry, and what the books note.
    fn follow(&mut self, stream: &StreamName, kind: &str) {
        match kind {
            "matter.raised.1" => {
                self.books.matters.push(id(stream));
                self.books.open.insert(id(stream));
            }
            "receipt.opened.1" => {
                let receipt: ReceiptId = id(stream);
                let matter = self.town.receipt(receipt).unwrap().matter;
                self.books.receipts.entry(matter).or_default().push(receipt);
            }
            "receipt.evaluated.2" => drop(self.books.heard.insert(id(stream))),
            "matter.answered.1" => {
                for receipt in self.receipts_of(id(stream)) {
                    if self.chance.in_100(55) {
                        let later = self.chance.between(HOUR, 9 * DAY);
                        self.after(later, Next::Judge(receipt));
                    }
                }
            }
            "matter.closed.1" => {
                laws::everyone_was_answered(self, id(stream));
                self.closes(id(stream));
            }
            "matter.withdrawn.1" => {
                laws::nobody_waits_any_more(self, id(stream));
                self.closes(id(stream));
            }
            "matter.reopened.1" if self.books.closed.remove(&id(stream)) => {
                self.books.open.insert(id(stream));
                self.tally.add("reopened after it was closed");
            }
            _ => {}
        }
    }

    fn closes(&mut self, matter: MatterId) {
        self.books.open.remove(&matter);
        self.books.closed.insert(matter);
    }

    /// Somebody looks at it before it is due, or forgets it for a while.
    fn plan_look(&mut self, stream: &StreamName, held: &[Held]) {
        let due = held.iter().map(|held| held.due).min().unwrap_or(self.now);
        let left = ((due.0 - self.now.0) / 1_000_000).max(HOUR);
        let wait = match self.chance.in_100(12) {
            true => left + self.chance.between(HOUR, 4 * DAY),
            false => self.chance.between(left / 20, left),
        };
        let at = self.now.plus_seconds(wait);
        self.looks.insert(stream.clone(), at);
        self.at(at, Next::Look(stream.clone()));
    }

    fn look(&mut self, stream: &StreamName) {
        // Meanwhile something else came to wait there.
        if self.looks.get(stream) != Some(&self.now) {
            return;
        }
        let Some(held) = self.books.promises.get(stream) else { return };
        let held = self.chance.one_of(held).clone();
        let who = self.cast.whose(&held.holder, &self.about(stream));
        let who = self.chance.one_of(&who).clone();
        people::look(self, stream, &held, &who);
        if self.looks.get(stream) == Some(&self.now) && self.books.promises.contains_key(stream) {
            let again = self.now.plus_seconds(self.chance.between(6 * HOUR, 2 * DAY));
            self.looks.insert(stream.clone(), again);
            self.at(again, Next::Look(stream.clone()));
        }
    }

    fn falls_due(&mut self, stream: StreamName, held: Held) {
        let goes_up = stream.kind() == Danger::KIND;
        let waits = self.books.promises.get(&stream).is_some_and(|all| all.contains(&held));
        if waits {
            self.tally.add(format!("late: {}", held.step));
            laws::what_is_late_is_seen(self, &stream, &held);
            self.books.late.insert((stream.clone(), held));
            if stream.kind() == Matter::KIND {
                people::street::presses(self, id(&stream));
            }
        }
        // What goes up a desk by itself does so when its time is over.
        if goes_up {
            self.town.by_itself();
            self.notice();
        }
    }

    fn night(&mut self) {
        self.town.by_itself();
        self.notice();
        laws::what_waits_is_what_was_promised(self);
        laws::all_matters_are_open_or_closed(self);
    }

    /// The receipts on a matter and on all that it carries.
    pub(crate) fn receipts_of(&self, root: MatterId) -> Vec<ReceiptId> {
        let family = self.town.matter(root).map(|matter| matter.family(root)).unwrap_or_default();
        family.iter().flat_map(|id| self.books.receipts.get(id).into_iter().flatten()).copied().collect()
    }

    /// Whom a thing is about, by the matter that it follows from.
    pub(crate) fn about(&self, stream: &StreamName) -> About {
        let matter = match stream.kind() {
            "matter" => Some(id(stream)),
            "order" => self.town.order(id(stream)).and_then(|order| match order.source {
                Source::Matter(matter) => Some(matter),
                Source::Action { .. } => None,
            }),
            "danger" => self.town.danger(id(stream)).map(|danger| danger.matter),
            _ => None,
        };
        matter.map(|matter| self.carrier(matter).1.whom()).unwrap_or_default()
    }

    /// The matter that carries another, as it stands.
    pub(crate) fn carrier(&self, mut id: MatterId) -> (MatterId, Matter) {
        loop {
            let matter = self.town.matter(id).expect("a matter that was raised");
            match matter.merged_into {
                Some(into) => id = into,
                None => return (id, matter),
            }
        }
    }
}

/// The id in a stream's name.
pub(crate) fn id<I: FromStr>(name: &StreamName) -> I {
    name.id().parse().unwrap_or_else(|_| panic!("{name} names no such thing"))
}
