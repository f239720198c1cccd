//! The page of a stairwell's meeting for whoever holds it: what comes next stands first, one form
//! at a time, as large as a thumb.

use super::call_off::CallOff;
use super::come::Come;
use super::settle::Settle;
use super::told::{came, result};
use super::up::Up;
use crate::meetings::face::{Story, row_badge};
use maud::{Markup, html};
use yishi_domain::matters::MatterId;
use yishi_domain::meetings::{Meeting, MeetingStage, READ_STAIRWELL, Stairs};
use yishi_domain::places::PlaceKind;
use yishi_kernel::{PlaceId, Right, Stream as _, StreamName};
use yishi_office::matters::reads::matter;
use yishi_office::places::reads::{PlaceRow, children, places};
use yishi_web::nav::staff_nav_at;
use yishi_web::places::names_below;
use yishi_web::sheet::{Found, Sheet, Shown, Thing};
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{self, Fields, Page, Width};
use yishi_web::{Cx, Error};

/// A stairwell's meeting at work.
#[derive(Debug)]
pub struct AtTheDoor;

/// Its page, with who looks at it.
pub type Stair = Sheet<AtTheDoor>;

/// It with all that its page says of it.
#[derive(Debug)]
pub struct Row {
    /// What happened.
    pub story: Story,
    /// The stairwell's part of it.
    pub stairs: Stairs,
    /// The stairwell, where it was not erased.
    pub place: Option<PlaceRow>,
    /// What the stairwell is called.
    pub name: String,
    /// Its households.
    pub homes: Vec<PlaceRow>,
    /// The number of the matter that it was called about.
    pub about: Option<i64>,
    /// The number of the matter that went up.
    pub up: Option<i64>,
}

impl Thing for AtTheDoor {
    type At = (String, i64);
    type State = Meeting;
    type Row = Row;
    const FAMILY: &'static str = "stairs";
    const SEEN_BY: &'static Right = &READ_STAIRWELL;

    async fn find(cx: &Cx, (slug, number): (String, i64)) -> Result<Found<Self>, Error> {
        let story = Story::load(cx, &slug, number).await?;
        let stairs = story.meeting.stairs.clone().ok_or(Error::NotFound)?;
        let (db, own) = (&cx.app.office.db, story.ledger.ledger);
        let at = story.meeting.at().unwrap_or(own);
        let path = cx.app.office.path_at(at).await?;
        let place = match stairs.stairwell.get() {
            Some(id) => Some(cx.place(*id).await?),
            None => None,
        };
        let (mut name, mut homes) = (String::new(), Vec::new());
        if let Some(place) = &place {
            name = names_below(place, &places(db, &place.path).await?).join(" ");
            homes = children(db, own, place.id).await?;
            homes.retain(|home| home.kind == PlaceKind::Household && home.closed.is_none());
        }
        let number_of = async |id: Option<MatterId>| -> Result<Option<i64>, Error> {
            match id {
                Some(id) => Ok(matter(db, own, id).await?.map(|row| row.number)),
                None => Ok(None),
            }
        };
        let (about, up) = (number_of(stairs.matter).await?, number_of(stairs.sent_up).await?);
        let (ledger, loaded) = (story.ledger.clone(), story.loaded.clone());
        Found::new(ledger, Row { story, stairs, place, name, homes, about, up }, loaded, path)
    }

    fn stream(found: &Found<Self>) -> StreamName {
        found.row.story.row.id.into()
    }

    fn link(found: &Found<Self>) -> String {
        format!("/w/{}/s/{}", found.ledger.slug, found.row.story.row.number)
    }
}

/// The households that were ticked.
#[must_use]
pub fn ticked(stair: &Stair) -> Vec<PlaceId> {
    let came = stair.state.stairs.as_ref().and_then(|stairs| stairs.came.as_ref());
    came.and_then(|came| came.doors.get()).cloned().unwrap_or_default()
}

impl Shown for AtTheDoor {
    async fn show(stair: &Stair, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        let (cx, t, row) = (&stair.cx, stair.cx.locale, &stair.row);
        let (slug, number) = (&stair.ledger.slug, row.story.row.number);
        let agenda = &stair.state.agenda;
        let stage = stair.state.stage;
        let title = t.with("stairs-page", &[("title", &agenda.title)]);
        let mut facts = vec![
            (t.say("notice-time"), html! { strong { (t.time(agenda.starts)) } }),
            (t.say("stairs-where"), html! { (row.name) " " (agenda.venue) }),
        ];
        if let Some(about) = row.about {
            facts.push((t.say("stairs-about"), html! { a href={ "/w/" (slug) "/" (about) } { (t.with("stairs-about-matter", &[("number", &about)])) } }));
        }
        let open = stage == MeetingStage::Open;
        let main = html! {
            p.crumbs.no-print {
                @match &row.place {
                    Some(place) => a href={ "/stairwell/" (place.id) } { (row.name) },
                    None => a href="/desk" { (t.say("desk-title")) },
                }
            }
            h1 { (title) }
            p { (row_badge(&row.story.row, t)) }
            (summary(slip, t))
            div.card {
                (ui::facts(&facts))
                div.actions.no-print {
                    @if stage == MeetingStage::Called { a.button href={ (stair.link()) "/notice" } { (t.say("stairs-notice")) } }
                    a.button.second href={ "/c/" (slug) "/g/" (number) } { (t.say("stairs-public")) }
                }
            }
            (result(&row.story, t))
            @if let Some(up) = row.up { div.notice { p { a href={ "/w/" (slug) "/" (up) } { (t.with("stairs-went-up", &[("number", &up)])) } } } }
            @if open { p { strong { (came(&row.stairs, t)) } } (stair.form::<Settle>(values, slip).await?) (stair.form::<Up>(values, slip).await?) }
            (stair.form::<Come>(values, slip).await?)
            (stair.form::<CallOff>(values, slip).await?)
        };
        let nav = staff_nav_at(cx, &stair.staff, slug);
        let (locale, view, here) = (t, cx.view, stair.link());
        Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Narrow, main }.render())
    }
}
