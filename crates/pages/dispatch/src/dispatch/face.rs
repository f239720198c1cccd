//! An order (工单、哨、函) as lists, chains and pages show it: its row by number, who it calls
//! and who of them is late, each of its entries as a sentence. What may be done with it is
//! the features' business.

pub mod ladder;
pub mod parties;

use maud::{Markup, html};
use yishi_domain::ballots::Leave;
use yishi_domain::dispatch::{Event, Order, OrderId, OrderKind, OrderStage, OrderStep, PartStage};
use yishi_kernel::record::{Sealed, Staff};
use yishi_kernel::text::excerpt;
use yishi_kernel::{
    Entry, Holder, Loaded, Moment, Money, OrganisationId, PhotoDigest, PlaceId, Stamped, StreamName, Urged,
    Urging,
};
use yishi_office::dispatch::reads::{OrderRow, order};
use yishi_office::matters::reads::{matter, root_of};
use yishi_office::meetings::reads::meeting;
use yishi_office::papers::Numbers;
use yishi_office::people::capacities::Capacities;
use yishi_office::places::reads::LedgerRow;
use yishi_office::topics::reads::topic;
use yishi_store::ledgers::{EntryRow, entries_of};
use yishi_store::{Db, Fault};
use yishi_web::names::Names;
use yishi_web::numbers::{called as number_of, entry};
use yishi_web::texts::Locale;
use yishi_web::told::{Line, amended, by, day, entry_of};
use yishi_web::urging::badges;
use yishi_web::{Cx, Error, ui};

/// An order with its state and the ledger it is in.
#[derive(Debug)]
pub struct Held {
    /// The ledger.
    pub ledger: LedgerRow,
    /// As listed.
    pub row: OrderRow,
    /// Its state, with what is private.
    pub loaded: Loaded<Order>,
    /// Its place and all above it.
    pub path: Vec<PlaceId>,
}

/// The order of a number.
pub async fn order_of(cx: &Cx, slug: &str, number: i64) -> Result<Held, Error> {
    let ledger = cx.ledger(slug).await?;
    let office = &cx.app.office;
    let id: OrderId = cx.numbered(ledger.ledger, number).await?;
    let row = order(&office.db, ledger.ledger, id).await?.ok_or(Error::NotFound)?;
    let loaded = office.load::<Order>(ledger.ledger, &id.into()).await?;
    let path = office.path_at(row.place).await?;
    Ok(Held { ledger, row, loaded, path })
}

/// What an entry of an order says. Of its private values only those are there that the order
/// as loaded keeps, where it is given.
pub fn event_of(entry: &EntryRow, private: Option<&Loaded<Order>>) -> Result<Stamped<Entry<Event>>, Fault> {
    entry_of::<Order>(entry, |field| private?.private.get(&(entry.version, field.to_owned())).cloned())
}

/// The lines of an order's entries. Private photos are shown when `private` is the order as
/// loaded and `photo` makes a link of them.
pub async fn lines(
    db: &Db,
    row: &OrderRow,
    private: Option<&Loaded<Order>>,
    names: &mut Names,
    t: Locale,
    photo: &(dyn Fn(&PhotoDigest) -> Option<String> + Sync),
) -> Result<Vec<Line>, Error> {
    let entries = entries_of(db, row.ledger, &row.id.into()).await?;
    let capacities = Capacities::of_entries(db, row.ledger, &entries).await?;
    lines_of(db, &entries, &capacities, private, names, t, photo).await
}

/// The same of entries that were read already, with in what they were done.
///
/// # Errors
/// When the store fails or an entry does not read.
pub async fn lines_of(
    db: &Db,
    entries: &[EntryRow],
    capacities: &Capacities,
    private: Option<&Loaded<Order>>,
    names: &mut Names,
    t: Locale,
    photo: &(dyn Fn(&PhotoDigest) -> Option<String> + Sync),
) -> Result<Vec<Line>, Error> {
    let mut before = Loaded::<Order>::default();
    let mut lines = Vec::new();
    for entry in entries {
        let said = event_of(entry, private)?;
        let line = |what| Line::told(entry.number, entry.at, capacities.of(entry), what);
        let event = match &said.what {
            Entry::Own(event) => Stamped { time: said.time, by: said.by.clone(), what: event.clone() },
            Entry::Amended(what) => {
                lines.push(line(amended(what, t)));
                before.take(said, []);
                continue;
            }
        };
        let what = sentence(db, before.get(), &event, names, t).await?;
        let (quote, photos) = matter_of(&event.what);
        let photos = photos.iter().filter_map(photo).collect();
        let quote = quote.map(str::to_owned);
        let reworded = entry.reworded;
        lines.push(Line { quote, reworded, photos, ..line(what) });
        before.push(&event, []);
    }
    Ok(lines)
}

/// Whom an entry of an order names.
#[must_use]
pub fn named(event: &Event) -> Vec<Holder> {
    match event {
        Event::Sent { holder, .. } | Event::Ruled { holder, .. } => vec![*holder],
        Event::PassedOn { organisation, holder, .. } => {
            organisation.map(Holder::Organisation).into_iter().chain([*holder]).collect()
        }
        Event::Asked { departments, lead, .. } | Event::Blown { departments, lead, .. } => {
            departments.iter().chain([lead]).copied().map(Holder::Organisation).collect()
        }
        Event::PartRuled { organisation, to, .. } => {
            [*organisation].into_iter().chain(*to).map(Holder::Organisation).collect()
        }
        Event::PartSet { organisation, .. }
        | Event::PartDone { organisation, .. }
        | Event::PartDisputed { organisation, .. }
        | Event::PartUrged { organisation, .. } => vec![Holder::Organisation(*organisation)],
        Event::ReportedIn { organisation, .. }
        | Event::Progressed { organisation, .. }
        | Event::Escalated { organisation, .. }
        | Event::Disputed { organisation, .. }
        | Event::Done { organisation, .. } => organisation.map(Holder::Organisation).into_iter().collect(),
        Event::Declined { .. }
        | Event::AssistOnly { .. }
        | Event::WaysLeft { .. }
        | Event::GoneOn { .. }
        | Event::ComesAfter { .. }
        | Event::Limited { .. }
        | Event::Decides { .. }
        | Event::FollowedUp { .. }
        | Event::Reckoned { .. }
        | Event::Extended { .. }
        | Event::Urged { .. }
        | Event::PhotoPublished { .. }
        | Event::Accepted { .. }
        | Event::Returned { .. }
        | Event::Suspended { .. }
        | Event::Resumed { .. }
        | Event::Withdrawn { .. } => Vec::new(),
    }
}

/// What was written with an entry, and the photos that came with it or were published by it.
fn matter_of(event: &Event) -> (Option<&str>, Vec<PhotoDigest>) {
    let kept = |photos: &Option<Sealed<Vec<PhotoDigest>, Staff>>| {
        photos.as_ref().and_then(Sealed::get).cloned().unwrap_or_default()
    };
    match event {
        Event::Sent { task, .. } => (Some(&task.task), Vec::new()),
        Event::Asked { reason, .. }
        | Event::Declined { reason, .. }
        | Event::Disputed { reason, .. }
        | Event::Ruled { reason, .. }
        | Event::PartSet { reason, .. }
        | Event::PartDisputed { reason, .. }
        | Event::PartRuled { reason, .. }
        | Event::Returned { reason, .. }
        | Event::Extended { reason, .. }
        | Event::Suspended { reason, .. }
        | Event::Resumed { reason, .. }
        | Event::Withdrawn { reason, .. } => (Some(reason), Vec::new()),
        Event::ReportedIn { note, .. } | Event::Accepted { note, .. } => (note.as_deref(), Vec::new()),
        Event::Limited { reason, .. } => (reason.as_deref(), Vec::new()),
        Event::FollowedUp { note, .. } => (Some(note), Vec::new()),
        Event::AssistOnly { item, .. } => (Some(item), Vec::new()),
        Event::Progressed { note, photos, .. }
        | Event::PartDone { note, photos, .. }
        | Event::Done { note, photos, .. } => (Some(note), kept(photos)),
        Event::PhotoPublished { photo, .. } => (None, vec![photo.clone()]),
        Event::Decides { .. }
        | Event::WaysLeft { .. }
        | Event::GoneOn { .. }
        | Event::ComesAfter { .. }
        | Event::Blown { .. }
        | Event::Reckoned { .. }
        | Event::Urged { .. }
        | Event::Escalated { .. }
        | Event::PartUrged { .. }
        | Event::PassedOn { .. } => (None, Vec::new()),
    }
}

/// The body that did something or, for the community's own people, who was to do it.
async fn doer(
    db: &Db,
    order: Option<&Order>,
    organisation: Option<OrganisationId>,
    names: &mut Names,
    t: Locale,
) -> Result<String, Error> {
    match (organisation, order) {
        (Some(id), _) => names.organisation(db, id).await,
        (None, Some(order)) => names.holder(db, order.holder, t).await,
        (None, None) => Ok(String::new()),
    }
}

/// What happened, in plain words. `before` is the order before it.
async fn sentence(
    db: &Db,
    before: Option<&Order>,
    event: &Stamped<Event>,
    names: &mut Names,
    t: Locale,
) -> Result<String, Error> {
    Ok(match &event.what {
        Event::Sent { order, holder, finish_by, .. } => {
            let key = if *order == OrderKind::Letter { "told-letter" } else { "told-sent" };
            let name = names.holder(db, *holder, t).await?;
            t.with(key, &[("name", &name), ("by", &by(*finish_by, t))])
        }
        Event::Asked { whistle, departments, lead, .. } => {
            let (all, lead) = (names.all(db, departments, t).await?, names.organisation(db, *lead).await?);
            let whistle = t.word(*whistle);
            t.with("told-asked", &[("whistle", &whistle), ("names", &all), ("lead", &lead)])
        }
        Event::Blown { whistle, departments, lead, arrive_by, finish_by, .. } => {
            let (all, lead) = (names.all(db, departments, t).await?, names.organisation(db, *lead).await?);
            let whistle = t.word(*whistle);
            let (arrive, finish) = (by(*arrive_by, t), by(*finish_by, t));
            t.with(
                "told-blown",
                &[
                    ("whistle", &whistle),
                    ("names", &all),
                    ("lead", &lead),
                    ("arrive", &arrive),
                    ("by", &finish),
                ],
            )
        }
        Event::Declined { .. } => t.say("told-declined"),
        Event::WaysLeft { ways } => {
            let ways: Vec<String> = ways.iter().map(|way| t.word(*way)).collect();
            t.with("told-ways-left", &[("ways", &ways.join(t.pick("、", ", ")))])
        }
        Event::GoneOn { order: OrderKind::Whistle, .. } => t.say("told-asked-again"),
        Event::GoneOn { order, .. } => t.with("told-gone-on", &[("kind", &t.word(*order))]),
        Event::ComesAfter { .. } => t.say("told-comes-after"),
        Event::Limited { class, reason: None } => t.with("told-limited", &[("class", &t.word(*class))]),
        Event::Limited { class, reason: Some(_) } => {
            t.with("told-limited-otherwise", &[("class", &t.word(*class))])
        }
        Event::ReportedIn { organisation, .. } => {
            let name = doer(db, before, *organisation, names, t).await?;
            let part = before.zip(*organisation).and_then(|(order, body)| order.parts.get(&body));
            let due = before.map(|order| part.map_or(order.report_by, |part| part.report_by));
            match before {
                Some(_) if due.is_some_and(|due| due < event.time) => {
                    let by = due.map(|due| by(due, t)).unwrap_or_default();
                    t.with("told-reported-late", &[("name", &name), ("by", &by)])
                }
                Some(order) if order.kind == OrderKind::Work => t.with("told-signed", &[("name", &name)]),
                _ => t.with("told-reported", &[("name", &name)]),
            }
        }
        Event::Progressed { organisation, .. } => {
            let name = doer(db, before, *organisation, names, t).await?;
            t.with("told-progressed", &[("name", &name)])
        }
        Event::Decides { decides, leave } => {
            let who = t.word(decides.by.who());
            let key = match leave {
                Some(Leave::Emergency(_)) => "told-order-emergency",
                Some(Leave::Owners(_)) | None => "told-order-decides",
            };
            t.with(key, &[("who", &who), ("source", &decides.source)])
        }
        Event::Reckoned { due, .. } => t.with("told-reckoned", &[("by", &by(*due, t))]),
        Event::Extended { finish_by, .. } => t.with("told-order-extended", &[("by", &by(*finish_by, t))]),
        Event::FollowedUp { due, .. } => t.with("told-followed-up", &[("by", &by(*due, t))]),
        Event::Urged { how } => t.word(*how),
        Event::Escalated { rung, step, organisation, due, .. } => {
            let what = ladder::what(db, (*step, *organisation), names, t).await?;
            t.with("told-escalated", &[("rung", &t.word(*rung)), ("what", &what), ("by", &by(*due, t))])
        }
        Event::Disputed { organisation, due, .. } => {
            let name = doer(db, before, *organisation, names, t).await?;
            t.with("told-disputed", &[("name", &name), ("by", &by(*due, t))])
        }
        Event::AssistOnly { due, .. } => t.with("told-assist-only", &[("by", &by(*due, t))]),
        Event::Ruled { holder, finish_by, .. } => {
            let name = names.holder(db, *holder, t).await?;
            t.with("told-ruled", &[("name", &name), ("by", &day(*finish_by, t))])
        }
        Event::PartSet { organisation, finish_by, .. } => {
            let name = names.organisation(db, *organisation).await?;
            t.with("told-part-set", &[("name", &name), ("by", &day(*finish_by, t))])
        }
        Event::PartDone { organisation, .. } => {
            t.with("told-part-done", &[("name", &names.organisation(db, *organisation).await?)])
        }
        Event::PartDisputed { organisation, due, .. } => {
            let name = names.organisation(db, *organisation).await?;
            t.with("told-part-disputed", &[("name", &name), ("by", &by(*due, t))])
        }
        Event::PartRuled { organisation, to, report_by, .. } => {
            let from = names.organisation(db, *organisation).await?;
            match to {
                None => t.with("told-part-dropped", &[("name", &from)]),
                Some(to) => {
                    let name = names.organisation(db, *to).await?;
                    t.with("told-part-ruled", &[("name", &name), ("by", &by(*report_by, t))])
                }
            }
        }
        Event::PartUrged { organisation, how } => {
            let key = match how {
                Urging::Remind => "told-part-reminded",
                Urging::Press => "told-part-pressed",
            };
            t.with(key, &[("name", &names.organisation(db, *organisation).await?)])
        }
        Event::PassedOn { organisation, holder, why, .. } => {
            let stays = before.is_some_and(|order| order.holder == *holder);
            match organisation.filter(|_| stays) {
                Some(gone) => {
                    let name = names.organisation(db, gone).await?;
                    t.with("told-not-awaited", &[("name", &name), ("why", &t.word(*why))])
                }
                None => {
                    let name = names.holder(db, *holder, t).await?;
                    t.with("told-passed-on", &[("name", &name), ("why", &t.word(*why))])
                }
            }
        }
        Event::Done { organisation, due, .. } => {
            let name = doer(db, before, *organisation, names, t).await?;
            t.with("told-done", &[("name", &name), ("by", &by(*due, t))])
        }
        Event::PhotoPublished { .. } => t.say("entry-photo"),
        Event::Accepted { .. } => t.say("told-accepted"),
        Event::Returned { finish_by, .. } => t.with("told-returned", &[("by", &day(*finish_by, t))]),
        Event::Suspended { .. } => t.say("told-suspended"),
        Event::Resumed { finish_by, .. } => t.with("told-resumed", &[("by", &day(*finish_by, t))]),
        Event::Withdrawn { .. } => t.say("told-withdrawn"),
    })
}

/// How a body that an order calls stands to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// Which.
    pub organisation: OrganisationId,
    /// What it is called.
    pub name: String,
    /// Whether it leads or only has to come.
    pub part: Part,
    /// Whether it came.
    pub coming: Arrival,
    /// How far its part is, where it does not lead.
    pub doing: Option<Doing>,
    /// How often it was urged, where it does not lead: the lead is urged with the whole.
    pub urged: Option<Urged>,
}

/// How far the part of a body beside the lead is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// It has not come yet.
    NotYet,
    /// There is time until then.
    By(Moment),
    /// It should be done by then, and is not.
    Late(Moment),
    /// "Not ours": the street rules by then.
    Ruled(Moment),
    /// Done then.
    Done(Moment),
    /// The order is at its end, and it was never done.
    Undone,
}

/// The part of a body in an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Leads (主办).
    Lead,
    /// Takes part (协办).
    Helper,
}

/// Whether a body reported in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Nobody here can summon it.
    NotAsked,
    /// It reported in then.
    Arrived(Moment),
    /// There is time until then.
    Expected(Moment),
    /// It should have by then, and has not.
    Late(Moment),
    /// It never did, and the order is at its end.
    Missed(Moment),
}

/// The bodies an order calls, the lead first; before a whistle is blown, nobody is called.
pub async fn called(db: &Db, order: &Order, now: Moment, names: &mut Names) -> Result<Vec<Called>, Error> {
    let mut called = Vec::new();
    let (lead, open) = (order.lead(), order.next().is_some());
    for id in &order.parties {
        let beside = order.parts.get(id);
        let due = beside.map_or(order.report_by, |part| part.report_by);
        let part = if Some(*id) == lead { Part::Lead } else { Part::Helper };
        let name = names.organisation(db, *id).await?;
        let coming = match order.arrived.get(id) {
            _ if order.kind == OrderKind::Letter => Arrival::NotAsked,
            Some(at) => Arrival::Arrived(*at),
            None if open && due <= now => Arrival::Late(due),
            None if open => Arrival::Expected(due),
            None if order.ended.is_some_and(|ended| due <= ended) => Arrival::Missed(due),
            None => Arrival::NotAsked,
        };
        let urged = beside.map(|part| part.urged.clone());
        let doing = beside.map(|part| match part.stage {
            PartStage::Done(at) => Doing::Done(at),
            PartStage::Open if !order.arrived.contains_key(id) => Doing::NotYet,
            _ if !open => Doing::Undone,
            PartStage::Disputed(due) => Doing::Ruled(due),
            PartStage::Open if order.part_by(part) <= now => Doing::Late(order.part_by(part)),
            PartStage::Open => Doing::By(order.part_by(part)),
        });
        called.push(Called { organisation: *id, name, part, coming, doing, urged });
    }
    called.sort_by_key(|one| (one.part != Part::Lead, one.organisation));
    Ok(called)
}

/// Who is late with an order now, in plain words.
pub async fn late(
    db: &Db,
    order: &Order,
    now: Moment,
    names: &mut Names,
    t: Locale,
) -> Result<Vec<String>, Error> {
    let Some((step, _, due)) = order.next() else { return Ok(Vec::new()) };
    let mut late = Vec::new();
    for one in called(db, order, now, names).await? {
        if let Arrival::Late(due) = one.coming {
            late.push(t.with("late-report", &[("name", &one.name), ("by", &by(due, t))]));
        }
        match one.doing {
            Some(Doing::Late(due)) => {
                late.push(t.with("late-part", &[("name", &one.name), ("by", &by(due, t))]));
            }
            Some(Doing::Ruled(due)) if due <= now => {
                late.push(t.with("late-rule-part", &[("name", &one.name), ("by", &by(due, t))]));
            }
            _ => {}
        }
    }
    if due <= now {
        let holder = names.holder(db, order.holder, t).await?;
        let by = by(due, t);
        match step {
            OrderStep::Blow => late.push(t.with("late-blow", &[("by", &by)])),
            OrderStep::Rule => late.push(t.with("late-rule", &[("by", &by)])),
            OrderStep::Accept => late.push(t.with("late-accept", &[("by", &by)])),
            OrderStep::Settle => late.push(t.with("late-settle", &[("by", &by)])),
            OrderStep::Finish if order.kind == OrderKind::Letter => {
                late.push(t.with("late-follow-up", &[("by", &by)]));
            }
            OrderStep::Finish => late.push(t.with("late-finish", &[("name", &holder), ("by", &by)])),
            // A body that must report in was named above; parts have lines of their own.
            OrderStep::ReportIn if order.lead().is_none() => {
                late.push(t.with("late-report", &[("name", &holder), ("by", &by)]));
            }
            OrderStep::ReportIn | OrderStep::FinishPart | OrderStep::RulePart => {}
        }
    }
    Ok(late)
}

/// Whether a body came, in words.
#[must_use]
pub fn standing(coming: Arrival, t: Locale) -> String {
    match coming {
        Arrival::Arrived(at) => t.with("dispatch-arrived", &[("time", &t.brief_time(at))]),
        Arrival::Expected(due) => t.with("dispatch-expected", &[("by", &by(due, t))]),
        Arrival::Late(due) => t.with("dispatch-absent", &[("by", &by(due, t))]),
        Arrival::Missed(due) => t.with("dispatch-missed", &[("by", &by(due, t))]),
        Arrival::NotAsked => t.say("dispatch-not-asked"),
    }
}

/// How far a part is, in words; nothing where whether the body came says it all.
fn part_said(doing: Doing, t: Locale) -> Option<Markup> {
    Some(match doing {
        Doing::NotYet => return None,
        Doing::By(due) => html! { (t.with("dispatch-part-due", &[("by", &by(due, t))])) },
        Doing::Late(due) => {
            html! { span.badge.late { (t.with("dispatch-part-late", &[("by", &by(due, t))])) } }
        }
        Doing::Ruled(due) => {
            html! { span.badge.wait { (t.with("dispatch-part-disputed", &[("by", &by(due, t))])) } }
        }
        Doing::Done(at) => html! { (t.with("dispatch-part-done", &[("time", &t.brief_time(at))])) },
        Doing::Undone => html! { (t.say("dispatch-part-undone")) },
    })
}

/// The bodies an order calls, with whether each came and how far its part is.
#[must_use]
pub fn called_list(called: &[Called], t: Locale) -> Markup {
    let late = |one: &Called| matches!(one.coming, Arrival::Late(_) | Arrival::Missed(_));
    let behind = |one: &Called| late(one) || matches!(one.doing, Some(Doing::Late(_)));
    html! {
        ul.list {
            @for one in called {
                li.item.late[behind(one)].calm[!behind(one)] {
                    p { strong { (one.name) } " "
                        @match one.part {
                            Part::Lead => span.badge { (t.say("dispatch-lead")) },
                            Part::Helper => span.badge.done { (t.say("dispatch-helper")) },
                        }
                    }
                    p.meta {
                        @if late(one) { span.badge.late { (standing(one.coming, t)) } } @else { (standing(one.coming, t)) }
                    }
                    @if let Some(said) = one.doing.and_then(|doing| part_said(doing, t)) { p.meta { (said) } }
                    @if let Some(urged) = &one.urged { (badges(urged, t)) }
                }
            }
        }
    }
}

/// What an order is called: its kind and number.
#[must_use]
pub fn called_by_number(row: &OrderRow, numbers: &Numbers, t: Locale) -> String {
    t.with("dispatch-number", &[("kind", &t.word(row.kind)), ("paper", &number_of(numbers, row, t))])
}

/// Where an order stands, in words and colour.
#[must_use]
pub fn stage_badge(stage: OrderStage, t: Locale) -> Markup {
    let class = match stage {
        OrderStage::Asked | OrderStage::Disputed | OrderStage::Done | OrderStage::Suspended => "badge wait",
        OrderStage::Sent | OrderStage::InWork => "badge",
        OrderStage::Accepted | OrderStage::Declined | OrderStage::Withdrawn => "badge done",
    };
    html! { span class=(class) { (t.word(stage)) } }
}

/// An order as a list shows it.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// The order.
    pub row: &'a OrderRow,
    /// The name it goes by there.
    pub name: &'a str,
    /// Where it leads.
    pub href: &'a str,
    /// Who is to do it.
    pub doer: &'a str,
    /// Who is late with it, in plain words.
    pub late: &'a [String],
}

/// An order in a list, with what else its line has.
#[must_use]
pub fn item(item: Item<'_>, more: &Markup, now: Moment, t: Locale) -> Markup {
    let Item { row, name, href, doer, late } = item;
    let class = match (late.is_empty(), row.next) {
        (false, _) => "item late",
        (true, Some((_, due))) if due <= now => "item late",
        (true, Some((_, due))) if due <= now.end_of_day_after(1) => "item soon",
        (true, Some(_)) => "item calm",
        (true, None) => "item",
    };
    let task = excerpt(&row.task, 60);
    html! {
        li class=(class) {
            h2 { a href=(href) { (name) " · " (task) } }
            (ui::bits("meta", &t.with("dispatch-meta", &[("name", &doer), ("date", &t.brief(row.opened.date())), ("by", &t.brief(row.finish_by.deadline_date())), ("number", &row.number)])))
            @for sentence in late { p.meta { span.badge.late { (sentence) } } }
            p.meta {
                (stage_badge(row.stage, t)) " "
                @if let Some(class) = row.limit { (t.word(class)) " " }
                @if let Some((_, at)) = row.next.filter(|_| late.is_empty()) { (ui::due(at, now, t)) }
            }
            (more)
        }
    }
}

/// Orders by name, stage and link, for a page they belong to. `front` is the link before
/// their numbers.
#[must_use]
pub fn short_list(rows: &[OrderRow], numbers: &Numbers, front: &str, t: Locale) -> Markup {
    html! {
        ul { @for row in rows { li {
            a href={ (front) (row.number) } { (called_by_number(row, numbers, t)) " · " (excerpt(&row.task, 40)) } " " (stage_badge(row.stage, t)) " " span.soft.small { (entry(row.number, t)) }
        } } }
    }
}

/// A sum of money and where it comes from.
#[must_use]
pub fn money(money: &Money, t: Locale) -> String {
    let yuan = format!("{}.{:02}", money.fen / 100, money.fen % 100);
    t.with("dispatch-money", &[("yuan", &yuan), ("source", &money.source)])
}

/// Where an order comes from: links with their texts.
pub async fn sources(cx: &Cx, row: &OrderRow, slug: &str) -> Result<Vec<(String, String)>, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let from = row.topic.map(StreamName::from).into_iter().chain(row.meeting.map(StreamName::from));
    let numbers = cx.numbers(from.map(|stream| (row.ledger, stream))).await?;
    let mut links = Vec::new();
    if let Some(id) = row.topic
        && let Some(found) = topic(db, row.ledger, id).await?
    {
        let text = t.with(
            "dispatch-of-topic",
            &[("paper", &number_of(&numbers, &found, t)), ("title", &found.title)],
        );
        links.push((format!("/c/{slug}/t/{}", found.number), text));
    }
    if let Some(id) = row.meeting
        && let Some(found) = meeting(db, row.ledger, id).await?
    {
        let text = t.with(
            "dispatch-of-meeting",
            &[("paper", &number_of(&numbers, &found, t)), ("title", &found.title)],
        );
        links.push((format!("/c/{slug}/g/{}", found.number), text));
    }
    if let Some(own) = row.matter {
        // What it comes from may have been merged since: the result is waited for there.
        let root = root_of(db, row.ledger, own).await?.filter(|root| *root != own);
        for id in std::iter::once(own).chain(root) {
            if let Some(found) = matter(db, row.ledger, id).await? {
                let text = t.with("see-matter", &[("number", &found.number)]);
                links.push((format!("/c/{slug}/m/{}", found.number), text));
            }
        }
    }
    Ok(links)
}

/// The declined order that one comes after, and those by which it went on itself: links with their
/// texts. `front` is the link before their numbers.
pub async fn relatives(
    cx: &Cx,
    row: &OrderRow,
    state: &Order,
    front: &str,
) -> Result<Vec<(String, String)>, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let before = state.after.iter().map(|id| (*id, t.say("dispatch-comes-after")));
    let on =
        |(kind, id): (&OrderKind, &OrderId)| (*id, t.with("dispatch-went-on", &[("kind", &t.word(*kind))]));
    let mut links = Vec::new();
    for (id, said) in before.chain(state.went_on.iter().map(on)) {
        if let Some(found) = order(db, row.ledger, id).await? {
            links.push((format!("{front}{}", found.number), said));
        }
    }
    Ok(links)
}
