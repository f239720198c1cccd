//! What stands before the officer who decides about a whistle (吹哨前情况): how many raised it, what was
//! tried and what came of it, which meetings talked it over and at which level. All of it is looked
//! up; nobody types it. How often the same was raised there before stands above it.

use super::job::Job;
use crate::dispatch::face::{called_by_number, lines, stage_badge};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::dispatch::{OrderId, OrderStage};
use yishi_domain::matters::MatterId;
use yishi_domain::topics::{Topic, TopicId};
use yishi_kernel::Moment;
use yishi_kernel::text::excerpt;
use yishi_office::dispatch::reads::{OrderRow, of_matters, of_topic};
use yishi_office::matters::reads::support;
use yishi_office::meetings::reads::{MeetingRow, about, raised_at, some as meetings};
use yishi_office::papers::Numbered as _;
use yishi_office::topics::reads::topics_of;
use yishi_web::Error;
use yishi_web::names::Names;

/// All of it, while the street has not decided.
pub async fn before(job: &Job) -> Result<Markup, Error> {
    let (cx, t, row) = (&job.cx, job.cx.locale, &job.row.order);
    if row.stage != OrderStage::Asked {
        return Ok(html! {});
    }
    let (matters, topics) = chain(job).await?;
    let front = format!("/w/{}", job.ledger.slug);
    let supports = support(&cx.app.office.db, row.ledger, &matters).await?;
    let others: i64 = supports.values().map(|one| one.others).sum();
    let households: i64 = supports.values().map(|one| one.households).sum();
    let tried = tried(job, &matters, topics.keys()).await?;
    let held = held(job, &matters, &topics).await?;
    Ok(html! {
        h2 { (t.say("before-title")) }
        p { (t.with("before-raised", &[("count", &(others + households)), ("households", &households)])) }
        h3 { (t.say("before-tried")) }
        @if tried.is_empty() { p.empty { (t.say("before-none-tried")) } }
        ul.list { @for one in &tried { li.item.calm {
            p { a href={ (front) "/o/" (one.row.number) } { (one.name) " · " (excerpt(&one.row.task, 40)) } " " (stage_badge(one.row.stage, t)) }
            @if let Some((at, what, quote)) = &one.last {
                p.meta { (t.brief(at.date())) " " (what) }
                @if let Some(quote) = quote { p.quote { (quote) } }
            }
        } } }
        h3 { (t.say("before-meetings")) }
        @if held.is_empty() { p.empty { (t.say("before-none-held")) } }
        ul.list { @for (row, level) in &held { li.item.calm {
            p { a href={ (front) "/g/" (row.number) } { (row.title) } " " span.badge { (t.word(row.stage)) } }
            p.meta { (level) " · " (t.dated(row.starts.date())) }
        } } }
    })
}

/// The matters that it comes from and the topics that took them up.
async fn chain(job: &Job) -> Result<(Vec<MatterId>, BTreeMap<TopicId, Topic>), Error> {
    let (office, row) = (&job.cx.app.office, &job.row.order);
    let mut ids: BTreeSet<TopicId> = row.topic.into_iter().collect();
    if let Some(matter) = row.matter {
        ids.extend(topics_of(&office.db, row.ledger, matter).await?.iter().map(|topic| topic.id));
    }
    let keys: Vec<_> = ids.into_iter().map(|id| (row.ledger, id)).collect();
    let loaded = office.load_all::<Topic, TopicId>(&keys).await?;
    let topics: BTreeMap<TopicId, Topic> =
        loaded.into_iter().filter_map(|((_, id), topic)| Some((id, topic.state?))).collect();
    let gathered = topics.values().flat_map(|topic| topic.matters.iter().copied());
    let matters: BTreeSet<MatterId> = match row.matter {
        Some(own) => [own].into(),
        None => gathered.collect(),
    };
    Ok((Vec::from_iter(matters), topics))
}

/// Another order about the same, with the last that happened to it.
struct Tried {
    row: OrderRow,
    name: String,
    last: Option<(Moment, String, Option<String>)>,
}

async fn tried(
    job: &Job,
    matters: &[MatterId],
    topics: impl Iterator<Item = &TopicId>,
) -> Result<Vec<Tried>, Error> {
    let (cx, t, own) = (&job.cx, job.cx.locale, &job.row.order);
    let db = &cx.app.office.db;
    let mut rows: BTreeMap<OrderId, OrderRow> = BTreeMap::new();
    for row in of_matters(db, own.ledger, matters).await? {
        rows.insert(row.id, row);
    }
    for topic in topics {
        rows.extend(of_topic(db, own.ledger, *topic).await?.into_iter().map(|row| (row.id, row)));
    }
    rows.remove(&own.id);
    let mut rows: Vec<OrderRow> = rows.into_values().collect();
    rows.sort_by_key(|row| (row.opened, row.number));
    let numbers = cx.numbers(rows.iter().map(|row| row.key())).await?;
    let (mut names, mut tried) = (Names::default(), Vec::with_capacity(rows.len()));
    for row in rows {
        let last = lines(db, &row, None, &mut names, t, &|_| None).await?.pop();
        let name = called_by_number(&row, &numbers, t);
        tried.push(Tried { row, name, last: last.map(|line| (line.at, line.what, line.quote)) });
    }
    Ok(tried)
}

/// The meetings that talked it over, each with its level, the first one first.
async fn held(
    job: &Job,
    matters: &[MatterId],
    topics: &BTreeMap<TopicId, Topic>,
) -> Result<Vec<(MeetingRow, String)>, Error> {
    let (cx, t, ledger) = (&job.cx, job.cx.locale, job.row.order.ledger);
    let db = &cx.app.office.db;
    let keys: BTreeSet<_> =
        topics.values().flat_map(|topic| topic.meetings.iter().map(|id| (ledger, *id))).collect();
    let mut found = meetings(db, &Vec::from_iter(keys)).await?;
    for matter in matters {
        found.extend(about(db, ledger, *matter, None).await?.rows);
        found.extend(raised_at(db, ledger, *matter).await?);
    }
    found.sort_by_key(|row| (row.starts, row.number));
    found.dedup_by_key(|row| row.id);
    let mut held = Vec::with_capacity(found.len());
    for row in found {
        let place = cx.place(row.stairwell.unwrap_or(row.place)).await?;
        let level = t.word(place.kind);
        held.push((row, level));
    }
    Ok(held)
}
