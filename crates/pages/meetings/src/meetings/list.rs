//! Meetings and topics of a community for everyone, and the standards they agreed on (省事),
//! to be found again. What a topic came to is the topic's own page.

use super::parts::public;
use crate::meetings::face::{forum_name, row_badge};
use crate::topics::face::topic_badge;
use axum::extract::{Path, Query};
use maud::{Markup, html};
use std::collections::HashMap;
use yishi_domain::meetings::{MeetingStage, Rules};
use yishi_domain::papers::PaperKind;
use yishi_office::meetings::reads::{MeetingRow, meetings, standards};
use yishi_office::paging::{Key, Paged};
use yishi_office::papers::Numbered;
use yishi_office::topics::reads::topics;
use yishi_pages_matters::matters::face::category;
use yishi_web::exports::of_list;
use yishi_web::numbers::called;
use yishi_web::ui::{self, Field};
use yishi_web::{Cx, Error};

/// `GET /c/{slug}/meetings`
pub async fn show(
    cx: Cx,
    Path(slug): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let ledger = cx.ledger(&slug).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let db = &cx.app.office.db;
    let pack = cx.rules(ledger.ledger).await?;
    let rules = pack.section::<Rules>();
    // Two lists, each with its own pages; a link keeps where the other one is.
    let [held_at, raised_at] = ["before", "topics"].map(|name| query.get(name).map_or("", String::as_str));
    let Paged { rows: meetings, next: older } = meetings(db, ledger.ledger, Key::read(held_at)).await?;
    let Paged { rows: topics, next: older_topics } = topics(db, ledger.ledger, Key::read(raised_at)).await?;
    let path = format!("/c/{slug}/meetings");
    let older = older.map(|next| ui::link(&path, &[("before", &next), ("topics", raised_at)]));
    let older_topics = older_topics.map(|next| ui::link(&path, &[("before", held_at), ("topics", &next)]));
    let keys = meetings.iter().map(Numbered::key).chain(topics.iter().map(Numbered::key));
    let numbers = cx.numbers(keys).await?;
    let title = t.with("meetings-title", &[("name", &keeper.name)]);
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) } { (t.with("board-of", &[("name", &keeper.name)])) } }
        h1 { (title) }
        p { (t.say("meetings-lead")) }
        p { a href={ "/c/" (slug) "/standards" } { (t.say("standards-title")) } " · " a href={ "/c/" (slug) "/rules" } { (t.say("papers-rules")) } " · " a href={ "/c/" (slug) "/numbers" } { (t.say("numbers-way")) } " · " a href={ "/c/" (slug) "/calendar" } { (t.say("calendar-title")) } }
        h2 { (t.say("meetings-list")) }
        @if meetings.is_empty() { (ui::empty(&t.say("meetings-none"))) }
        ul.list {
            @for row in &meetings {
                @let class = match row.stage { MeetingStage::Called | MeetingStage::Open => "item soon", MeetingStage::Concluded | MeetingStage::Cancelled => "item", _ => "item calm" };
                li class=(class) {
                    h3 { a href={ "/c/" (slug) "/g/" (row.number) } { (row.title) } }
                    @if row.stairwell.is_some() { (ui::bits("meta", &[forum_name(rules, &row.forum, t), t.brief_time(row.starts), called(&numbers, row, t)].join(" · "))) }
                    @else { (ui::bits("meta", &t.with("meetings-meta", &[
                        ("paper", &called(&numbers, row, t)), ("number", &row.number), ("forum", &forum_name(rules, &row.forum, t)),
                        ("time", &t.brief_time(row.starts)), ("venue", &row.venue),
                    ]))) }
                    p.meta {
                        (row_badge(row, t))
                        @if let Some(until) = row.until.filter(|until| *until > cx.now) { " " span.badge.wait { (t.with("meeting-until", &[("date", &t.brief(until.deadline_date()))])) } }
                    }
                }
            }
        }
        (ui::more(older, &t.say("meetings-older")))
        div.actions.no-print { (of_list(&slug, "meetings", &cx)) }
        h2 { (t.say("topics-list")) }
        @if topics.is_empty() { (ui::empty(&t.say("topics-none"))) }
        ul.list {
            @for row in &topics {
                @let class = if row.next.is_some() { "item calm" } else { "item" };
                li class=(class) {
                    h3 { a href={ "/c/" (slug) "/t/" (row.number) } { (row.title) } }
                    (ui::bits("meta", &t.with("topics-meta", &[
                        ("paper", &called(&numbers, row, t)), ("number", &row.number), ("category", &category(&pack, &row.category.0, t)),
                        ("count", &row.matters), ("date", &t.brief(row.opened.date())),
                    ])))
                    p.meta { (topic_badge(row.stage, t)) " " @if let Some((_, at)) = row.next { (ui::due(at, cx.now, t)) } }
                }
            }
        }
        (ui::more(older_topics, &t.say("topics-older")))
        div.actions.no-print { (of_list(&slug, "topics", &cx)) }
    };
    Ok(public(&cx, &slug, &keeper.name, &title, main))
}

/// `GET /c/{slug}/standards`: what was agreed for the time to come.
pub async fn agreed(
    cx: Cx,
    Path(slug): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let ledger = cx.ledger(&slug).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let words = query.get("q").map(|words| words.trim().to_owned()).unwrap_or_default();
    let before = query.get("before").and_then(|key| Key::read(key));
    let Paged { rows, next } = standards(&cx.app.office.db, ledger.ledger, &words, before).await?;
    let next =
        next.map(|next| ui::link(&format!("/c/{slug}/standards"), &[("q", &words), ("before", &next)]));
    let numbers = cx.numbers(rows.iter().map(Numbered::key)).await?;
    let number = |row: &MeetingRow| {
        let own = numbers.of(&row.id.into(), PaperKind::Standard);
        own.map_or_else(|| called(&numbers, row, t), ToString::to_string)
    };
    let title = t.say("standards-title");
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) "/meetings" } { (t.with("meetings-title", &[("name", &keeper.name)])) } }
        h1 { (title) }
        p { (t.say("standards-lead")) }
        form.filters.no-print method="get" action={ "/c/" (slug) "/standards" } { div.row {
            (ui::text_field(Field::new("q", &t.say("standards-search")), &words, "off"))
            div.field { (ui::submit(&t.say("filter-action"), "second")) }
        } }
        @if rows.is_empty() { (ui::empty(&t.say("standards-none"))) }
        ul.list {
            @for row in &rows {
                li.item.calm {
                    h2 { a href={ "/c/" (slug) "/g/" (row.number) "#standard" } { (row.title) } }
                    p.pre { (row.standard.as_deref().unwrap_or_default()) }
                    (ui::bits("meta", &t.with("standards-meta", &[("paper", &number(row)), ("number", &row.number), ("date", &t.brief(row.starts.date()))])))
                }
            }
        }
        (ui::more(next, &t.say("list-older")))
    };
    Ok(public(&cx, &slug, &keeper.name, &title, main))
}
