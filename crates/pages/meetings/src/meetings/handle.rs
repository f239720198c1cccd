//! The page of a meeting for those who hold it and for invited bodies: where it stands, who is
//! present, what was put and resolved, and the forms for what comes next. Each of them is in a
//! file of its own.

use super::acts::adjourn::Adjourn;
use super::acts::admit::Admit;
use super::acts::ballot::Ballot;
use super::acts::cancel::Cancel;
use super::acts::conclude::Conclude;
use super::acts::confirm::{self, Confirm};
use super::acts::dispatch_action::DispatchAction;
use super::acts::dissent::Dissent;
use super::acts::end::End;
use super::acts::enter::Enter;
use super::acts::floor::Floor;
use super::acts::hands::Hands;
use super::acts::open::Open;
use super::acts::owners::{Owners, results};
use super::acts::post::Post;
use super::acts::presence::Presence;
use super::acts::promise::Promise;
use super::acts::publish::Publish;
use super::acts::put::Put;
use super::acts::reply::Reply;
use super::acts::reschedule::Reschedule;
use super::acts::rule::{self, Rule};
use super::acts::set_aside::SetAside;
use super::acts::slips::{Issue, Release};
use super::acts::speak::Speak;
use super::doorway::told::result;
use super::hall::{Hall, MeetingAtWork, Standing};
use super::heard;
use super::papers;
use super::register::present;
use super::resolve;
use super::show::vote;
use crate::meetings::face::{Story, forum_name, meeting_badge};
use crate::meetings::hall::standing;
use crate::promises::face as promises;
use maud::{Markup, html};
use yishi_domain::meetings::{Event, Fate, MeetingStage};
use yishi_kernel::OrganisationId;
use yishi_pages_dispatch::dispatch::face as order;
use yishi_web::correct::Correct;
use yishi_web::erasing::Erase;
use yishi_web::nav::staff_nav_at;
use yishi_web::numbers::small;
use yishi_web::sheet::Shown;
use yishi_web::slip::{Slip, summary};
use yishi_web::texts::Locale;
use yishi_web::told::by;
use yishi_web::ui::{self, Fields, Page, Width};
use yishi_web::{Cx, Error};

impl Shown for MeetingAtWork {
    async fn show(hall: &Hall, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        let (cx, t, story) = (&hall.cx, hall.cx.locale, &hall.row.story);
        let (slug, number) = (&hall.ledger.slug, story.row.number);
        let stairs = hall.state.stairs.is_some();
        let steering = standing(hall) == Standing::Steering;
        let present = match steering {
            true if !stairs => present(hall, values, slip).await?,
            _ => html! {},
        };
        let base = match steering {
            true => format!("/w/{slug}/"),
            false => format!("/c/{slug}/m/"),
        };
        let title =
            t.with("conduct-title", &[("paper", &story.number(t)), ("title", &hall.state.agenda.title)]);
        let main = html! {
            p.crumbs.no-print { a href="/desk" { (t.say("desk-title")) } }
            h1 { (title) }
            (small(number, t))
            (summary(slip, t))
            div.columns {
                div {
                    p.no-print.to-forms { a.button.wide href="#forms" { (t.say("conduct-forms")) } }
                    div.card {
                        (facts(hall))
                        div.actions.no-print {
                            a.button.second href={ "/c/" (slug) "/g/" (number) } { (t.say("conduct-public")) }
                            @if !stairs && story.row.stage != MeetingStage::Called { a.button.second href={ "/c/" (slug) "/g/" (number) "/minutes" } { (t.say("meeting-minutes")) } }
                            @if steering && !stairs { a.button.second href={ (hall.link()) "/room" } { (t.say("room-link")) } }
                        }
                    }
                    @if !stairs { (papers::links_at_work(hall)) (invited(cx, story)) }
                    (result(story, t))
                    (present)
                    (statements(story, t))
                    (promises::list(&story.promises, &format!("/w/{slug}/p/"), cx.now, t))
                    (heard::list(&story.heard, &story.pack, &base, t))
                    @if !story.meeting.sitting.motions.is_empty() {
                        h2 { (t.say("meeting-votes")) }
                        @for motion in &story.meeting.sitting.motions { (vote(story, motion, t)) }
                    }
                    (actions(story, t))
                    @if steering { (results(hall)) }
                }
                div.no-print #forms { (forms(hall, values, slip).await?) }
            }
        };
        let nav = staff_nav_at(cx, &hall.staff, slug);
        let (locale, view, here) = (t, cx.view, hall.link());
        Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Wide, main }.render())
    }
}

/// Where it stands, when, where, by which forum, about what.
fn facts(hall: &Hall) -> Markup {
    let (t, story, agenda) = (hall.cx.locale, &hall.row.story, &hall.state.agenda);
    let base = match standing(hall) {
        Standing::Steering => format!("/w/{}/t/", hall.ledger.slug),
        Standing::Invited => format!("/c/{}/t/", hall.ledger.slug),
    };
    ui::facts(&[
        (
            t.say("fact-stage"),
            html! { (meeting_badge(story.row.stage, t)) " " @if let Some((step, at)) = story.row.next { (t.word(step)) " " (ui::due(at, hall.cx.now, t)) } },
        ),
        (t.say("notice-time"), html! { (t.time(agenda.starts)) }),
        (t.say("notice-venue"), html! { (agenda.venue) }),
        (
            t.say("conduct-forum"),
            html! { (forum_name(story.rules(), &agenda.forum, t)) (story.ruled.list(t)) },
        ),
        (
            t.say("meeting-agenda"),
            html! { @for row in &story.topics { a href={ (base) (row.number) } { (row.title) } br; } },
        ),
    ])
}

/// The forms that this person may send now, the next step first.
async fn forms(hall: &Hall, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let posted = hall.state.agenda.posted.is_some();
    if hall.state.stairs.is_some() {
        let t = hall.cx.locale;
        let link = format!("/w/{}/s/{}", hall.ledger.slug, hall.row.story.row.number);
        return Ok(html! {
            p { a.button.wide href=(link) { (t.say("stairs-go")) } }
            (hall.form::<Correct<MeetingAtWork>>(values, slip).await?)
            (hall.form::<Erase<MeetingAtWork>>(values, slip).await?)
        });
    }
    Ok(html! {
        @if !posted { (hall.form::<Post>(values, slip).await?) }
        (hall.form::<Open>(values, slip).await?)
        (hall.form::<Hands>(values, slip).await?)
        (hall.form::<Ballot>(values, slip).await?)
        (hall.form::<End>(values, slip).await?)
        (hall.form::<Release>(values, slip).await?)
        (hall.form::<Admit>(values, slip).await?)
        (hall.form::<Put>(values, slip).await?)
        (resolve::way(hall))
        (hall.form::<Adjourn>(values, slip).await?)
        (confirm::waits(hall))
        (hall.form::<Confirm>(values, slip).await?)
        (hall.form::<Publish>(values, slip).await?)
        (rule::waits(hall))
        (hall.form::<Rule>(values, slip).await?)
        (hall.form::<DispatchAction>(values, slip).await?)
        (hall.form::<Owners>(values, slip).await?)
        (hall.form::<SetAside>(values, slip).await?)
        (hall.form::<Conclude>(values, slip).await?)
        (hall.form::<Enter>(values, slip).await?)
        (hall.form::<Issue>(values, slip).await?)
        (hall.form::<Presence>(values, slip).await?)
        (hall.form::<Floor>(values, slip).await?)
        (hall.form::<Promise>(values, slip).await?)
        (hall.form::<Reply>(values, slip).await?)
        (hall.form::<Speak>(values, slip).await?)
        (hall.form::<Dissent>(values, slip).await?)
        @if posted { (hall.form::<Post>(values, slip).await?) }
        (hall.form::<Reschedule>(values, slip).await?)
        (hall.form::<Cancel>(values, slip).await?)
        (hall.form::<Correct<MeetingAtWork>>(values, slip).await?)
        (hall.form::<Erase<MeetingAtWork>>(values, slip).await?)
    })
}

fn invited(cx: &Cx, story: &Story) -> Markup {
    let t = cx.locale;
    let agenda = &story.meeting.agenda;
    let note = |id: OrganisationId| {
        story.since_moved().rev().find_map(|entry| match &entry.event.what {
            Event::Replied { organisation, note, .. } if *organisation == id => note.clone(),
            _ => None,
        })
    };
    html! {
        h2 { (t.say("notice-invited")) }
        @if agenda.invited.is_empty() { p { (t.say("notice-nobody")) } }
        ul {
            @for one in &agenda.invited {
                li {
                    (story.body(one.organisation)) " "
                    @match agenda.replies.get(&one.organisation) {
                        Some(coming) => span.badge { (t.word(*coming)) },
                        None if one.reply_by <= cx.now => span.badge.late { (t.with("notice-late", &[("time", &by(one.reply_by, t))])) },
                        None => span.badge.wait { (t.with("notice-waiting", &[("time", &by(one.reply_by, t))])) },
                    }
                    @if let Some(note) = note(one.organisation) { " " (note) }
                }
            }
        }
    }
}

fn statements(story: &Story, t: Locale) -> Markup {
    let said: Vec<_> = story
        .entries
        .iter()
        .filter_map(|entry| match &entry.event.what {
            Event::Stated { form, organisation, text, .. } => Some((*form, *organisation, text)),
            _ => None,
        })
        .collect();
    html! {
        @if !said.is_empty() {
            h2 { (t.say("meeting-said")) }
            ul { @for (form, organisation, text) in said {
                li { strong { (t.word(form)) @if let Some(id) = organisation { " · " (story.body(id)) } } " " (text) }
            } }
        }
    }
}

fn actions(story: &Story, t: Locale) -> Markup {
    let slug = &story.ledger.slug;
    let actions = &story.meeting.outcome.actions;
    html! {
        @if !actions.is_empty() {
            h2 { (t.say("meeting-resolution")) }
            ol { @for action in actions {
                li {
                    // That it awaits the owners says that it is recommended.
                    @let awaits = story.meeting.awaits_owners(action);
                    @if action.decides.joint().is_some() && !awaits { span.badge.wait { (t.say("passed-recommended")) } " " }
                    (action.agreed.task)
                    @let (owner, due) = (story.holder(action.agreed.owner, t), t.brief(action.agreed.due.deadline_date()));
                    (ui::bits("meta", &format!("{owner} · {due}")))
                    @match (action.fate, story.orders.get(&action.agreed.id)) {
                        (Fate::Fallen, _) => span.badge.late { (t.say("meeting-fallen")) },
                        (Fate::Suspended(_), _) => span.badge.late { (t.say("meeting-suspended")) },
                        (_, Some(order)) => { a href={ "/w/" (slug) "/o/" (order.number) } { (order::called_by_number(order, &story.numbers, t)) } " " (order::stage_badge(order.stage, t)) },
                        (Fate::Refused, _) => span.badge.late { (t.say("meeting-refused")) },
                        _ if awaits => span.badge.wait { (t.say("meeting-awaits-owners")) },
                        _ => span.badge.wait { (t.say("meeting-waiting")) },
                    }
                }
            } }
        }
    }
}
