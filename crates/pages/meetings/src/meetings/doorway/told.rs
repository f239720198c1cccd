//! What everyone reads of a stairwell's meeting: how many households came, its lines, and the hands.
//! Which households came stands on no page for everyone.

use crate::meetings::face::{Story, outcome_badge};
use maud::{Markup, html};
use yishi_domain::meetings::{Event, Stairs};
use yishi_web::texts::Locale;
use yishi_web::ui;

/// How many households came, once they were ticked.
#[must_use]
pub fn came(stairs: &Stairs, t: Locale) -> String {
    let households = stairs.came.as_ref().map_or(0, |came| came.households);
    t.with("stairs-came", &[("count", &households)])
}

/// Its lines and the hands on them; nothing before it ended, and of another meeting nothing.
#[must_use]
pub fn result(story: &Story, t: Locale) -> Markup {
    let ended = story.meeting.stairs.as_ref().and_then(|stairs| stairs.ended.as_ref());
    let Some(ended) = ended else { return html! {} };
    let [for_it, against, abstain] = ended.hands;
    html! {
        section.card {
            h2 { (t.say("stairs-minutes")) " " (outcome_badge(ended.passed, t)) }
            ol { @for line in &ended.lines { li { (line.text) } } }
            (ui::counts(&[
                (t.say("stairs-present"), ended.present),
                (t.say("choice-for"), for_it),
                (t.say("choice-against"), against),
                (t.say("choice-abstain"), abstain),
            ]))
            p.small.soft { (t.say("stairs-rule")) }
        }
    }
}

/// What everyone reads of one: when, where, by which rule, what came of it or why it is off.
#[must_use]
pub fn notice(story: &Story, t: Locale) -> Markup {
    let agenda = &story.meeting.agenda;
    let forum = story.rules().forum(&agenda.forum);
    let mut facts = vec![
        (t.say("notice-time"), html! { strong { (t.time(agenda.starts)) } }),
        (
            t.say("notice-venue"),
            html! { (story.places.get(&agenda.place).map_or("", String::as_str)) " " (agenda.venue) },
        ),
    ];
    if let Some(forum) = forum {
        facts.push((t.say("notice-convenor"), html! { (t.said(&forum.convenor_zh, &forum.convenor_en)) }));
        facts.push((t.say("notice-rule"), html! { span lang="zh-Hans" { (forum.source) } }));
    }
    let off = story.entries.iter().find_map(|entry| match &entry.event.what {
        Event::Cancelled { reason } => Some(reason),
        _ => None,
    });
    html! {
        @if let Some(reason) = off { div.notice.bad { p { strong { (t.say("notice-cancelled")) } " " (reason) } } }
        (result(story, t))
        section.card { h2 { (t.say("notice-title")) } (ui::facts(&facts)) p { (t.say("stairs-welcome")) } }
    }
}
