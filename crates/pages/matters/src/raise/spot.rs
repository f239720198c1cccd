//! A place to raise at, as the resident knows it. Who may raise there is asked by each story.

use axum::response::{IntoResponse as _, Response};
use maud::html;
use yishi_domain::matters::Channel;
use yishi_domain::places::PlaceKind;
use yishi_kernel::refusal::Common;
use yishi_kernel::{PlaceId, Refusal};
use yishi_office::people::desks::Desks;
use yishi_office::places::reads::{LedgerRow, PlaceRow, ledger, places, poster_place};
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// A place to raise at, with where it lies.
pub struct Spot {
    pub place: PlaceRow,
    pub ledger: LedgerRow,
    /// The community that keeps it, by name.
    pub keeper: String,
    /// From the compound or market down: what the resident knows it by.
    pub name: String,
    /// The building around it, or the place itself where it is in none.
    pub building: PlaceId,
    /// The link of the form.
    pub action: String,
    /// How what is raised comes in.
    pub channel: Channel,
    /// Who sees to it.
    pub desk: AtDesk,
    /// Who sees to what is about the committee itself.
    pub above: AtDesk,
}

/// Who is there for what is raised (值班).
pub enum AtDesk {
    /// Somebody works at the desk.
    Somebody,
    /// Nobody does, and the desk of this place above sees to it.
    Above { desk: String, by: String },
    /// Nobody does, nor above.
    Nobody { desk: String },
}

impl AtDesk {
    fn of(desks: &Desks, path: &[PlaceId], above: &[PlaceRow]) -> Self {
        let name = |id: PlaceId| {
            let row = above.iter().find(|row| row.id == id);
            row.map(|row| row.name.clone()).unwrap_or_default()
        };
        let Some(own) = path.last().copied() else { return AtDesk::Somebody };
        match desks.seeing_to(path) {
            Some(desk) if desk == own => AtDesk::Somebody,
            Some(desk) => AtDesk::Above { desk: name(own), by: name(desk) },
            None => AtDesk::Nobody { desk: name(own) },
        }
    }

    /// What is said before anything is sent: who will see to it, or that nobody is there yet.
    pub fn told(&self, t: Locale) -> Option<String> {
        match self {
            AtDesk::Somebody => None,
            AtDesk::Above { desk, by } => Some(t.with("raise-desk-above", &[("desk", desk), ("by", by)])),
            AtDesk::Nobody { desk } => Some(t.with("raise-desk-nobody", &[("desk", desk)])),
        }
    }
}

impl Spot {
    pub async fn find(cx: &Cx, id: PlaceId, action: String, channel: Channel) -> Result<Self, Error> {
        let db = &cx.app.office.db;
        let place = cx.place(id).await?;
        if place.closed.is_some() {
            return Err(Refusal::from(Common::Ended).into());
        }
        if !place.kind.takes_matters() {
            return Err(Error::NotFound);
        }
        let ledger = ledger(db, place.ledger).await?.ok_or(Error::NotFound)?;
        let above = places(db, &place.path).await?;
        let named = |id: &PlaceId| above.iter().find(|row| row.id == *id);
        // A door number stays off pages anyone can open.
        let name = place
            .path
            .iter()
            .skip_while(|id| **id != place.ledger)
            .skip(1)
            .filter_map(named)
            .filter(|row| row.kind != PlaceKind::Household)
            .map(|row| row.name.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        let whole = place.path.iter().rev().filter_map(named).find(|row| !row.kind.below_building());
        let building = whole.map_or(place.id, |row| row.id);
        let keeper = named(&place.ledger).map(|row| row.name.clone()).unwrap_or_default();
        let name = if name.is_empty() { keeper.clone() } else { name };
        let keeps = place.path.iter().position(|id| *id == place.ledger).unwrap_or_default();
        let own = place.path.get(..=keeps).unwrap_or_default();
        let desks = Desks::over(db, [&own.to_vec()], cx.now).await?;
        let desk = AtDesk::of(&desks, own, &above);
        let above = AtDesk::of(&desks, place.path.get(..keeps).unwrap_or_default(), &above);
        Ok(Self { place, ledger, keeper, name, building, action, channel, desk, above })
    }

    /// What to show where nothing is raised any more: the way on to the community's own form.
    ///
    /// # Errors
    /// The error, where there is no such way.
    pub async fn over(cx: &Cx, place: Option<PlaceId>, error: Error) -> Result<Response, Error> {
        let ended = matches!(&error, Error::Refused(refusal) if *refusal == Common::Ended);
        let (true, Some(place)) = (ended || matches!(error, Error::NotFound), place) else {
            return Err(error);
        };
        let Ok(place) = cx.place(place).await else { return Err(error) };
        let db = &cx.app.office.db;
        let Some(ledger) = ledger(db, place.ledger).await? else { return Err(error) };
        let keeper = cx.place(place.ledger).await?;
        if !keeper.kind.is_community() || keeper.closed.is_some() {
            return Err(error);
        }
        let (t, name) = (cx.locale, keeper.name);
        let title = t.say("raise-over-title");
        let main = html! {
            h1 { (title) }
            div.notice.warn { p { (t.with("raise-over", &[("place", &name)])) } }
            p { a.button.wide href={ "/c/" (ledger.slug) "/raise" } { (t.with("raise-over-go-on", &[("place", &name)])) } }
        };
        let nav = Nav::Community { slug: ledger.slug, name };
        let (locale, view, here) = (t, cx.view, cx.here.as_str());
        let page = Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render();
        Ok((error.status(), page).into_response())
    }

    /// Where a poster hangs.
    pub async fn of_poster(cx: &Cx, word: &str) -> Result<Self, Error> {
        let place = poster_place(&cx.app.office.db, word).await?.ok_or(Error::NotFound)?;
        Self::find(cx, place, format!("/q/{}/raise", ui::encoded(word)), Channel::Poster).await
    }
}
