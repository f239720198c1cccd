//! The public chain of a topic: one page from raising to publishing, each step with its date
//! and ledger number, under the seven words. It prints well, and its text for the chat group
//! is one tap away.

use super::story::{Shot, Story, Word, tell};
use crate::topics::face::topic_of;
use axum::extract::Path;
use maud::{Markup, html};
use yishi_kernel::text::excerpt;
use yishi_office::topics::reads::TopicRow;
use yishi_pages_dispatch::dispatch::face::{called_by_number, late, stage_badge};
use yishi_pages_matters::matters::face::category;
use yishi_web::numbers::called;
use yishi_web::places::spot;
use yishi_web::texts::Locale;
use yishi_web::told::{Line, chain};
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /c/{slug}/t/{number}`
pub async fn show(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Markup, Error> {
    let t = cx.locale;
    let (ledger, row) = topic_of(&cx, &slug, number).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let story = tell(&cx, &slug, &row).await?;
    let title = row.title.clone();
    let share = format!("{}/c/{slug}/t/{number}", cx.app.public_url);
    let pasted = pasted(&keeper.name, &row, &story, &share, t);
    let place = match row.place == keeper.id {
        true => keeper.name.clone(),
        false => spot(&cx, row.place).await?,
    };
    let rules = cx.rules(ledger.ledger).await?;
    let paper = called(&story.numbers, &row, t);
    let meta = t.with(
        "story-meta",
        &[
            ("paper", &paper),
            ("number", &number),
            ("category", &category(&rules, &row.category.0, t)),
            ("place", &place),
            ("date", &t.day(row.opened.date())),
        ],
    );
    let lines_of = |word: Word| -> Vec<Line> {
        story.lines.iter().filter(|(of, _)| *of == word).map(|(_, line)| line.clone()).collect()
    };
    let told: Vec<(Word, Vec<Line>)> = Word::ALL
        .map(|word| (word, lines_of(word)))
        .into_iter()
        .filter(|(word, lines)| !lines.is_empty() || *word == Word::Evaluate && story.evaluated.receipts > 0)
        .collect();
    let mut parts: Vec<(&str, String)> =
        told.iter().map(|(word, _)| (word.key(), t.say(word.key()))).collect();
    parts.push((ui::GROUP, t.say("group-title")));
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) "/meetings" } { (t.say("desk-meetings")) } }
        h1 { (title) }
        (ui::bits("soft", &meta))
        (road(&story, t))
        (ui::jumps(&parts, t))
        (facts(&cx, &slug, &row, &story).await?)
        @if let Some(answer) = &story.answer { section.notice { h2 { (t.say("answer-title")) } p.pre { (answer) } } }
        (pictures(&story, t))
        h2 { (t.say("story-title")) }
        p { (t.say("story-lead")) }
        @for (word, lines) in &told {
            section id=(word.key()) {
                h3 { (t.say(word.key())) @if story.current == Some(*word) { " " span.badge.wait { (t.say("story-here")) } } }
                @if *word == Word::Evaluate { (evaluations(&story, t)) }
                (folded(lines, t))
            }
        }
        (ui::for_group(&pasted, t))
        div.actions.no-print { (ui::print_button(t)) }
    };
    let nav = Nav::Community { slug: slug.clone(), name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// The seven words, with those that were reached and the one it stands at.
fn road(story: &Story, t: Locale) -> Markup {
    let reached = |word: Word| story.lines.iter().any(|(of, _)| *of == word);
    html! {
        ol.steps aria-label=(t.say("story-road")) {
            @for word in Word::ALL {
                @let here = story.current == Some(word);
                li.done[!here && reached(word)] aria-current=[here.then_some("step")] { (t.say(word.key())) }
            }
        }
    }
}

async fn facts(cx: &Cx, slug: &str, row: &TopicRow, story: &Story) -> Result<Markup, Error> {
    let t = cx.locale;
    let db = &cx.app.office.db;
    let mut names = story.names.clone();
    let mut behind = Vec::new();
    for (_, order) in &story.orders {
        behind.extend(late(db, order, cx.now, &mut names, t).await?);
    }
    let stage = t.word(row.stage);
    let mut facts = vec![
        (
            t.say("fact-stage"),
            html! { span.badge { (stage) } " " @if let Some((_, at)) = row.next { (ui::due(at, cx.now, t)) } },
        ),
        (
            t.say("story-matters"),
            html! { (t.with("story-matters-count", &[("count", &story.matters.len())])) br; (t.with("support-apart", &[("households", &story.support.households), ("others", &story.support.others)])) },
        ),
    ];
    if !story.meetings.is_empty() {
        facts.push((t.say("story-meetings"), html! { @for meeting in &story.meetings {
            a href={ "/c/" (slug) "/g/" (meeting.number) } { (meeting.title) } " " span.whole { (t.brief(meeting.starts.date())) } br;
        } }));
    }
    if !story.orders.is_empty() {
        facts.push((t.say("story-orders"), html! { @for (order, _) in &story.orders {
            a href={ "/c/" (slug) "/o/" (order.number) } { (called_by_number(order, &story.numbers, t)) " " (excerpt(&order.task, 24)) } " " (stage_badge(order.stage, t)) br;
        } }));
    }
    if let Some(standard) = story.meetings.iter().rev().find_map(|meeting| meeting.standard.as_ref()) {
        facts.push((t.say("story-standard"), html! { (standard) }));
    }
    Ok(html! {
        @if !behind.is_empty() { div.notice.bad { @for sentence in &behind { p { (sentence) } } } }
        div.card { (ui::facts(&facts)) }
    })
}

/// How it was and how it is, in published photos.
fn pictures(story: &Story, t: Locale) -> Markup {
    let row = |title: &str, alt: &str, shots: &[Shot]| {
        html! {
            @if !shots.is_empty() { div {
                h3 { (t.say(title)) }
                (ui::photos(shots.iter().map(|shot| (shot.link.clone(), t.with(alt, &[("number", &shot.number)]))), t))
            } }
        }
    };
    html! {
        @if !story.before.is_empty() || !story.after.is_empty() {
            section {
                h2 { (t.say("story-pictures")) }
                div.pair {
                    (row("story-before", "story-before-alt", &story.before))
                    (row("story-after", "story-after-alt", &story.after))
                }
            }
        }
    }
}

fn evaluations(story: &Story, t: Locale) -> Markup {
    let counts = story.evaluated;
    let waiting = counts.receipts.saturating_sub(counts.solved + counts.unsolved);
    html! {
        p { (t.with("story-evaluated", &[
            ("receipts", &counts.receipts), ("solved", &counts.solved), ("unsolved", &counts.unsolved), ("waiting", &waiting),
        ])) }
    }
}

/// A long list shows its ends; what lies between is folded up, and printed all the same.
fn folded(lines: &[Line], t: Locale) -> Markup {
    const SHOWN: usize = 10;
    if lines.len() <= SHOWN + 2 {
        return chain(lines, t);
    }
    let (front, back) = lines.split_at(SHOWN);
    html! {
        (chain(front, t))
        details.printed { summary { (t.with("story-more", &[("count", &back.len())])) } (chain(back, t)) }
    }
}

/// Short words for the chat group: the last of each of the seven, and the link.
fn pasted(community: &str, row: &TopicRow, story: &Story, share: &str, t: Locale) -> String {
    let (stage, paper) = (t.word(row.stage), called(&story.numbers, row, t));
    let values: [(&str, &dyn std::fmt::Display); 4] =
        [("place", &community), ("paper", &paper), ("title", &row.title), ("stage", &stage)];
    let mut text = vec![t.with("story-pasted", &values)];
    for word in Word::ALL {
        let Some((_, line)) = story.lines.iter().rev().find(|(of, _)| *of == word) else { continue };
        let what = match word {
            Word::Raise => t.with("story-matters-count", &[("count", &story.matters.len())]),
            _ => excerpt(&line.what, 60),
        };
        text.push(format!("{} {} {what}", t.say(word.key()), t.brief(line.at.date())));
    }
    text.push(share.to_owned());
    text.join("\n")
}
