//! A meeting to take away: its minutes to read and print, and itself for a calendar.

use super::minutes::{Minutes, Presence, Standing, draft, issue, view};
use super::parts::public;
use crate::meetings::face::{Entry, Story};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use yishi_domain::meetings::{Confirming, Event, MeetingStage};
use yishi_office::meetings::reads::seats;
use yishi_papers::calendar as days;
use yishi_web::papers::{calendar_id, kept_free, utc};
use yishi_web::texts::Language;
use yishi_web::{Cx, Error, ui};

/// `GET /c/{slug}/g/{number}/minutes`
pub async fn minutes(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Markup, Error> {
    let t = cx.locale;
    let story = Story::load(&cx, &slug, number).await?;
    // Those of a stairwell are the lines on its page.
    if story.meeting.stairs.is_some() {
        return Err(Error::NotFound);
    }
    let keeper = cx.place(story.ledger.ledger).await?;
    let agenda = &story.meeting.agenda;
    let minutes = Minutes::load(&cx, &story).await?;
    // The confirmed text is Chinese; another language reads the same facts drafted anew.
    let text = match t.language {
        Language::ZhHans => minutes.text.clone(),
        Language::En => {
            let presence = Presence::of(&seats(&cx.app.office.db, story.ledger.ledger, story.row.id).await?);
            draft(&story, &presence, t)
        }
    };
    let confirmed = |seat: Confirming| {
        let standing = story.meeting.outcome.confirmed.get(&seat)?;
        story.entries.iter().rev().find_map(|entry| match &entry.event.what {
            Event::Confirmed { seat: by, minutes, .. } if *by == seat && *minutes == standing.minutes => {
                Some(entry.event.time)
            }
            _ => None,
        })
    };
    let title = t.with("minutes-title", &[("title", &agenda.title)]);
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) "/g/" (number) } { (agenda.title) } }
        h1 { (title) }
        @if let Some(issue) = issue(&story) { p.small.soft { (t.with("minutes-issue", &[("issue", &issue)])) } }
        @match minutes.standing {
            Standing::Confirmed => p { span.badge { (t.say("minutes-confirmed")) } },
            Standing::Draft => div.notice.warn { p { (t.say("minutes-draft")) } },
        }
        @if t.language == Language::En { p.hint { (t.say("minutes-chinese")) } }
        (view(&text, &title))
        h2 { (t.say("minutes-signed")) }
        (ui::facts(&Confirming::ALL.iter().map(|seat| {
            let value = match confirmed(*seat) {
                Some(time) => t.with("minutes-signed-at", &[("time", &t.time(time))]),
                None => t.say("minutes-unsigned"),
            };
            (t.word(*seat), html! { (value) })
        }).collect::<Vec<_>>()))
        p.small.soft { (t.say("minutes-digest")) " " span.link-text { (minutes.digest) } }
        div.actions.no-print { (ui::print_button(t)) }
    };
    Ok(public(&cx, &slug, &keeper.name, &title, main))
}

/// `GET /c/{slug}/g/{number}/calendar.ics`
pub async fn calendar(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Response, Error> {
    let story = Story::load(&cx, &slug, number).await?;
    let meeting = &story.meeting.agenda;
    let url = format!("{}/c/{slug}/g/{number}", cx.app.public_url);
    let agenda: Vec<String> =
        story.topics.iter().enumerate().map(|(n, row)| format!("{}. {}", n + 1, row.title)).collect();
    let cancelled = story.row.stage == MeetingStage::Cancelled;
    // A calendar takes what changed only for a later edition.
    let changes = || {
        let changes =
            |entry: &&Entry| matches!(entry.event.what, Event::Moved { .. } | Event::Cancelled { .. });
        story.entries.iter().filter(changes)
    };
    let event = days::Event {
        uid: calendar_id(&cx, &story.row.id.into(), ""),
        sequence: changes().count() as u64,
        changed: utc(changes().next_back().map_or(meeting.called, |entry| entry.at)),
        when: utc(meeting.starts),
        ends: Some(kept_free(meeting.starts)),
        place: meeting.venue.to_string(),
        summary: meeting.title.to_string(),
        about: format!("{}\n{url}", agenda.join("\n")),
        link: url,
        status: if cancelled { days::Status::Cancelled } else { days::Status::Confirmed },
    };
    let file = days::calendar(&meeting.title, &[event]);
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"yishi-{number}.ics\"")),
    ];
    Ok((headers, file).into_response())
}
