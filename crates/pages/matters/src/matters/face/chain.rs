//! One matter's chain, step by step in plain words with date and ledger number: for the
//! public without anything private, for those who may read it with what was said.

use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use yishi_domain::matters::{Event, How, Matter, MatterId, Receipt, StageKind};
use yishi_domain::people::Capacity;
use yishi_kernel::{
    Clock, Entry, Holder, Loaded, Moment, OrganisationId, Pack, PhotoDigest, PlaceId, Role, Sealed, Stamped,
    Stream as _, StreamName,
};
use yishi_office::matters::reads::{EntryRow, entries, matters};
use yishi_office::people::capacities::Capacities;
use yishi_office::people::reads::some as organisations;
use yishi_office::places::reads::places;
use yishi_store::Db;
use yishi_store::duty::files_of;
use yishi_web::texts::Locale;
use yishi_web::told::{amended, corrected, entry_of, quoted};
use yishi_web::{Error, ui};

/// A step of the chain.
#[derive(Debug)]
pub struct Link {
    number: i64,
    at: Moment,
    by: Capacity,
    /// When a text of it for everyone was corrected.
    reworded: Option<Moment>,
    said: Entry<Event>,
}

impl Link {
    /// What happened to the matter; nothing where it happened to values of its entries.
    fn event(&self) -> Option<&Event> {
        self.said.own()
    }
}

/// The matter as its entries make it, with what the public knows of it.
fn made_by(events: impl Iterator<Item = Stamped<Event>>) -> Option<Matter> {
    let mut loaded = Loaded::<Matter>::default();
    events.for_each(|event| loaded.push(&event, []));
    loaded.state
}

/// To whom an entry gives the matter.
fn given(event: &Event) -> Option<Holder> {
    match event {
        Event::Triaged { holder, .. } | Event::HandedOver { holder, .. } | Event::PassedOn { holder, .. } => {
            Some(*holder)
        }
        Event::Absorbed { holder, .. } => *holder,
        Event::SentUp { desk, .. } => Some(Holder::Desk(*desk)),
        _ => None,
    }
}

/// A chain with the names it mentions.
#[derive(Debug)]
pub struct Chain {
    links: Vec<Link>,
    known: Arc<Known>,
    /// The files that the matter uses: of a photo that was erased only its entry is left.
    files: BTreeSet<String>,
    /// The matter, as its entries make it.
    matter: Option<Matter>,
}

/// An answer as a reader of the chain reads it.
#[derive(Clone, Copy, Debug)]
pub struct Answered<'a> {
    /// What everyone reads.
    pub text: &'a str,
    /// What only those who asked read, where this reader is one of them.
    pub word: Option<&'a str>,
    /// When the text was corrected, if it was.
    pub corrected: Option<Moment>,
}

impl Answered<'_> {
    /// That it reads otherwise than it did, for whoever has read it before.
    #[must_use]
    pub fn when_corrected(&self, t: Locale) -> Markup {
        corrected(self.text, self.corrected, t)
    }
}

/// Names that chains mention, looked up at once.
#[derive(Debug, Default)]
struct Known {
    organisations: BTreeMap<OrganisationId, String>,
    places: BTreeMap<PlaceId, String>,
    matters: BTreeMap<MatterId, i64>,
}

impl Known {
    /// Looks up the names that some events of matters of a ledger mention.
    async fn of(db: &Db, ledger: PlaceId, links: impl Iterator<Item = &Link>) -> Result<Self, Error> {
        let (mut bodies, mut wheres, mut others) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for link in links {
            match link.event().and_then(given) {
                Some(Holder::Organisation(id)) => {
                    bodies.insert(id);
                }
                Some(Holder::Desk(id) | Holder::Person(_, id)) => {
                    wheres.insert(id);
                }
                None => {}
            }
            if let Some(
                Event::Raised { after: Some(id), .. }
                | Event::Merged { into: id, .. }
                | Event::Absorbed { member: id, .. }
                | Event::Released { member: id, .. },
            ) = link.event()
            {
                others.insert((ledger, *id));
            }
        }
        let bodies = organisations(db, &Vec::from_iter(bodies)).await?;
        let wheres = places(db, &Vec::from_iter(wheres)).await?;
        let others = matters(db, &Vec::from_iter(others)).await?;
        Ok(Self {
            organisations: bodies.into_iter().map(|row| (row.id, row.name)).collect(),
            places: wheres.into_iter().map(|row| (row.id, row.name)).collect(),
            matters: others.into_iter().map(|row| (row.id, row.number)).collect(),
        })
    }
}

/// Who reads the private values of a matter.
#[derive(Clone, Copy, Debug)]
pub enum Reads<'a> {
    /// Nobody does.
    Nothing,
    /// Those who may read what residents wrote.
    All(&'a Loaded<Matter>),
    /// Whoever holds a receipt: what they raised themselves, and what answers said to those who
    /// had asked by then.
    Holder(&'a Loaded<Matter>, MatterId, &'a Receipt),
}

impl<'a> Reads<'a> {
    fn kept(self) -> Option<&'a Loaded<Matter>> {
        match self {
            Reads::Nothing => None,
            Reads::All(loaded) | Reads::Holder(loaded, ..) => Some(loaded),
        }
    }

    /// Takes from an event what this reader does not read.
    fn only(self, event: &mut Event, time: Moment) {
        let Reads::Holder(loaded, id, receipt) = self else { return };
        let own = receipt.how == How::Raised && receipt.matter == id;
        let told = |answer| loaded.get().is_some_and(|matter| matter.told(id, answer, receipt));
        match event {
            Event::Raised { title, text, photos, .. } if !own => {
                (*title, *text, *photos) = (None, None, None);
            }
            Event::Added { text, photos } if !own => (*text, *photos) = (None, None),
            Event::Progressed { photos, .. } if !own => *photos = None,
            Event::Answered { word, photos, .. } => {
                if !told(time) {
                    *word = None;
                }
                if !own {
                    *photos = None;
                }
            }
            _ => {}
        }
    }
}

impl Chain {
    /// Loads a matter's chain, as this reader sees it.
    ///
    /// # Errors
    /// When the store fails or an entry does not read.
    pub async fn load(db: &Db, ledger: PlaceId, id: MatterId, reads: Reads<'_>) -> Result<Self, Error> {
        let entries = entries(db, ledger, id).await?;
        let capacities = Capacities::of_entries(db, ledger, &entries).await?;
        let (links, matter) = links(entries, &capacities, reads)?;
        let known = Arc::new(Known::of(db, ledger, links.iter()).await?);
        let stream = StreamName::from(id);
        // Most show none, and need not ask.
        let shows = links.iter().any(|link| matches!(link.event(), Some(Event::PhotoPublished { .. })));
        let files = match shows {
            true => files_of(db, ledger, std::slice::from_ref(&stream)).await?.remove(&stream),
            false => None,
        };
        Ok(Self { links, known, files: files.unwrap_or_default(), matter })
    }

    /// The public chains of several matters of a ledger, from entries and files that were read
    /// already, with in what they were done.
    ///
    /// # Errors
    /// When the store fails or an entry does not read.
    pub async fn public(
        db: &Db,
        ledger: PlaceId,
        capacities: &Capacities,
        matters: impl IntoIterator<Item = (Vec<EntryRow>, BTreeSet<String>)>,
    ) -> Result<Vec<Self>, Error> {
        let links = |(entries, files)| Ok((links(entries, capacities, Reads::Nothing)?, files));
        let all: Vec<_> = matters.into_iter().map(links).collect::<Result<_, Error>>()?;
        let known = Arc::new(Known::of(db, ledger, all.iter().flat_map(|((links, _), _)| links)).await?);
        let chain = |((links, matter), files)| Self { links, known: Arc::clone(&known), files, matter };
        Ok(all.into_iter().map(chain).collect())
    }

    /// The photos that were published with it and are there still.
    #[must_use]
    pub fn published(&self) -> BTreeSet<&PhotoDigest> {
        self.links
            .iter()
            .filter_map(|link| match link.event() {
                Some(Event::PhotoPublished { photo }) if self.files.contains(&photo.0) => Some(photo),
                _ => None,
            })
            .collect()
    }

    fn named(&self, holder: Holder, t: Locale) -> String {
        let place = |id: PlaceId| self.known.places.get(&id).map_or("", String::as_str);
        match holder {
            Holder::Organisation(id) => self.known.organisations.get(&id).cloned().unwrap_or_default(),
            Holder::Desk(id) => t.with("holder-desk", &[("place", &place(id))]),
            Holder::Person(role, id) => {
                t.with("holder-person", &[("place", &place(id)), ("role", &ui::role(role, t))])
            }
        }
    }

    /// Who holds the matter, as far as the chain tells.
    #[must_use]
    pub fn holds(&self, t: Locale) -> Option<String> {
        let sorted = self.matter.as_ref().filter(|matter| matter.own_stage != StageKind::Raised);
        sorted.map(|matter| self.named(matter.holder, t))
    }

    /// The clock that runs for it by a rule of a pack.
    #[must_use]
    pub fn clock<'r>(&self, rules: &'r Pack) -> Option<Clock<'r>> {
        self.matter.as_ref()?.clock(rules)
    }

    /// The answer that stands: the last one.
    #[must_use]
    pub fn answer(&self) -> Option<Answered<'_>> {
        self.links.iter().rev().find_map(|link| match link.event() {
            Some(Event::Answered { text, word, .. }) => Some(Answered {
                text,
                word: word.as_ref().and_then(Sealed::get).map(String::as_str),
                corrected: link.reworded,
            }),
            _ => None,
        })
    }

    /// What was said first, as far as this reader reads it.
    #[must_use]
    pub fn raised(&self) -> Option<&str> {
        self.links.iter().find_map(|link| match link.event() {
            Some(Event::Raised { title, text, .. }) => {
                let said = text.as_ref().or(title.as_ref());
                said.and_then(Sealed::get).map(String::as_str)
            }
            _ => None,
        })
    }

    /// Its steps, each with when its text was corrected and what happened in plain words, for a page that puts them among
    /// those of others.
    pub fn told<'a>(
        &'a self,
        t: Locale,
        rules: &'a Pack,
    ) -> impl Iterator<Item = (i64, Moment, Capacity, Option<Moment>, &'a Entry<Event>, String)> {
        self.links.iter().map(move |link| {
            (link.number, link.at, link.by, link.reworded, &link.said, self.what(link, t, rules))
        })
    }

    /// The chain as a list. `matters` is the link that leads to other matters, before their
    /// number; `photo` makes the link of a photo that this reader may see.
    #[must_use]
    pub fn view(
        &self,
        t: Locale,
        rules: &Pack,
        matters: &str,
        photo: &dyn Fn(&PhotoDigest) -> Option<String>,
    ) -> Markup {
        html! {
            ol.chain {
                @for link in &self.links {
                    li {
                        p.what { (self.what(link, t, rules)) }
                        (ui::bits("when", &t.with("chain-when", &[("time", &t.brief_time(link.at)), ("role", &by(link.by, t)), ("number", &link.number)])))
                        (self.more(link, t, matters, photo))
                    }
                }
            }
        }
    }

    fn what(&self, link: &Link, t: Locale, rules: &Pack) -> String {
        let event = match &link.said {
            Entry::Own(event) => event,
            Entry::Amended(what) => return amended(what, t),
        };
        match event {
            Event::Raised { occurred_at: Some(earlier), .. } => {
                t.with("entry-raised-earlier", &[("date", &t.day(earlier.date()))])
            }
            Event::Raised { .. } => t.say("entry-raised"),
            Event::FromFloor { .. } => t.say("entry-from-floor"),
            Event::MetAtStairwell { came_to, .. } => t.with("entry-met", &[("came", &t.word(*came_to))]),
            Event::Added { .. } => t.say("entry-added"),
            Event::Triaged { outcome, category, holder, due, .. } => t.with(
                "entry-triaged",
                &[
                    ("outcome", &t.word(*outcome)),
                    ("category", &super::category(rules, &category.0, t)),
                    ("holder", &self.named(*holder, t)),
                    ("due", &t.day(due.deadline_date())),
                ],
            ),
            Event::SentUp { desk, solved, .. } => {
                t.with("entry-sent-up", &[("desk", &self.named(Holder::Desk(*desk), t)), ("solved", solved)])
            }
            Event::Summarised { .. } => t.say("entry-summarised"),
            Event::PhotoPublished { .. } => t.say("entry-photo"),
            Event::HandedOver { holder, .. } => {
                t.with("entry-handed-over", &[("holder", &self.named(*holder, t))])
            }
            Event::PassedOn { holder, why, .. } => {
                t.with("entry-passed-on", &[("holder", &self.named(*holder, t)), ("why", &t.word(*why))])
            }
            Event::Resorted { outcome, category, .. } => {
                let about = super::category(rules, category.as_ref().map_or("", |one| &one.0), t);
                match outcome {
                    Some(one) => {
                        t.with("entry-resorted", &[("outcome", &t.word(*one)), ("category", &about)])
                    }
                    None => t.with("entry-resorted-category", &[("category", &about)]),
                }
            }
            Event::Extended { due, .. } => t.with("entry-extended", &[("due", &t.day(due.deadline_date()))]),
            Event::Relocated { .. } => t.say("entry-relocated"),
            Event::Noted { .. } => t.say("entry-noted"),
            Event::Progressed { .. } => t.say("entry-progressed"),
            Event::Contacted { way } => t.with("entry-contacted", &[("way", &t.word(*way))]),
            Event::Urged { how } => t.word(*how),
            Event::Answered { .. } => t.say("entry-answered"),
            Event::Reopened { due } => t.with("entry-reopened", &[("due", &t.day(due.deadline_date()))]),
            Event::Closed {} => t.say("entry-closed"),
            Event::Withdrawn {} => t.say("entry-withdrawn"),
            Event::TakenUp { due, .. } => t.with("entry-taken-up", &[("due", &t.day(due.deadline_date()))]),
            Event::Reckoned { due, .. } => t.with("entry-reckoned", &[("due", &t.day(due.deadline_date()))]),
            Event::LetGo { due, .. } => t.with("entry-let-go", &[("due", &t.day(due.deadline_date()))]),
            Event::Merged { into } => t.with("entry-merged", &[("number", &self.number(into))]),
            Event::Absorbed { member, .. } => t.with("entry-absorbed", &[("number", &self.number(member))]),
            Event::Unmerged {} => t.say("entry-unmerged"),
            Event::Released { member } => t.with("entry-released", &[("number", &self.number(member))]),
        }
    }

    fn number(&self, id: &MatterId) -> i64 {
        self.known.matters.get(id).copied().unwrap_or_default()
    }

    fn more(
        &self,
        link: &Link,
        t: Locale,
        matters: &str,
        photo: &dyn Fn(&PhotoDigest) -> Option<String>,
    ) -> Markup {
        let quote = |text: &str| quoted(text, link.reworded, t);
        let shown = |photos: &[PhotoDigest]| {
            ui::photos(photos.iter().filter_map(photo).map(|link| (link, t.say("photo-alt"))), t)
        };
        let Some(event) = link.event() else { return html! {} };
        match event {
            Event::Raised { title, text, photos, after, .. } => html! {
                @if let Some(first) = after {
                    p { (t.with("entry-after", &[("number", &self.number(first))])) " "
                        a href={ (matters) (self.number(first)) } { (t.with("see-matter", &[("number", &self.number(first))])) } }
                }
                @if let Some(title) = title.as_ref().and_then(Sealed::get) { (quote(title)) }
                @if let Some(text) = text.as_ref().and_then(Sealed::get) { (quote(text)) }
                (shown(kept(photos)))
            },
            Event::Added { text, photos } => html! {
                @if let Some(text) = text.as_ref().and_then(Sealed::get) { (quote(text)) }
                (shown(kept(photos)))
            },
            Event::Summarised { summary, .. } => quote(summary),
            Event::PhotoPublished { photo: digest } if self.files.contains(&digest.0) => {
                shown(std::slice::from_ref(digest))
            }
            Event::HandedOver { reason, .. }
            | Event::Resorted { reason, .. }
            | Event::Extended { reason, .. }
            | Event::Relocated { reason: Some(reason), .. } => quote(reason),
            Event::Progressed { note, photos, .. } => html! { (quote(note)) (shown(kept(photos))) },
            Event::Answered { text, word, photos, .. } => html! {
                (quote(text))
                @if let Some(word) = word.as_ref().and_then(Sealed::get) {
                    p.quote { strong { (t.say("answer-word-shown")) } " " (word) }
                }
                (shown(kept(photos)))
            },
            Event::Noted { memo } => html! { @if let Some(memo) = memo.get() { (quote(memo)) } },
            Event::Merged { into, .. } => html! {
                p { a href={ (matters) (self.number(into)) } { (t.with("see-matter", &[("number", &self.number(into))])) } }
            },
            Event::Absorbed { member, .. } => html! {
                p { a href={ (matters) (self.number(member)) } { (t.with("see-matter", &[("number", &self.number(member))])) } }
            },
            _ => html! {},
        }
    }
}

/// Entries as steps, as this reader sees them, and the matter after them.
fn links(
    entries: Vec<EntryRow>,
    capacities: &Capacities,
    reads: Reads<'_>,
) -> Result<(Vec<Link>, Option<Matter>), Error> {
    let mut links = Vec::with_capacity(entries.len());
    let mut events = Vec::with_capacity(entries.len());
    for row in entries {
        let value = |field: &str| reads.kept()?.private.get(&(row.version, field.to_owned())).cloned();
        let mut said = entry_of::<Matter>(&row, value)?;
        let time = said.time;
        // What colleagues tell each other is no step for anybody else.
        if matches!(said.what, Entry::Own(Event::Noted { .. })) && !matches!(reads, Reads::All(_)) {
            continue;
        }
        if let Entry::Own(event) = &mut said.what {
            reads.only(event, time);
            events.push(Stamped { time, by: said.by.clone(), what: event.clone() });
        }
        let by = capacities.of(&row);
        links.push(Link { number: row.number, at: row.at, by, reworded: row.reworded, said: said.what });
    }
    Ok((links, made_by(events.into_iter())))
}

/// The photos that came with an entry, where this reader has them.
fn kept<W>(photos: &Option<Sealed<Vec<PhotoDigest>, W>>) -> &[PhotoDigest] {
    photos.as_ref().and_then(Sealed::get).map_or(&[], Vec::as_slice)
}

/// Who did a step of a matter: whoever needs no account for it is who raised it, or joined.
fn by(by: Capacity, t: Locale) -> String {
    if by.role == Role::Visitor { t.say("chain-raiser") } else { ui::capacity(by, t) }
}
