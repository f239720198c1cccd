//! A roster before it is recorded, and the press that records it.

use super::hand_in::again;
use super::{Here, Roster};
use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use maud::Markup;
use yishi_office::columns::{Unread, Use};
use yishi_office::roster::{Asked, Seen};
use yishi_web::handed::File;
use yishi_web::nav::staff_nav;
use yishi_web::preview::wished;
use yishi_web::rosters::{self, Press, Shown, organisation_kinds, roles};
use yishi_web::sent::Sent;
use yishi_web::slip::Slip;
use yishi_web::ui::Fields;
use yishi_web::{Cx, Error};

/// `GET /admin/places/{place}/rosters/{roster}`
///
/// # Errors
/// When this person keeps no people there.
pub async fn show(cx: Cx, Path((id, word)): Path<(String, String)>) -> Result<Response, Error> {
    let values = cx.typed();
    answer(&cx, &id, &word, &values, Press::Look).await
}

/// `POST /admin/places/{place}/rosters/{roster}`
///
/// # Errors
/// When this person keeps no people there.
pub async fn send(
    cx: Cx,
    Path((id, word)): Path<(String, String)>,
    Sent(values): Sent,
) -> Result<Response, Error> {
    answer(&cx, &id, &word, &values, Press::of(&values)).await
}

async fn answer(cx: &Cx, id: &str, word: &str, values: &Fields, press: Press) -> Result<Response, Error> {
    let here = Here::open(cx, id).await?;
    let roster = here.rosters().find(|roster| roster.word() == word).ok_or(Error::NotFound)?;
    let Some(file) = cx.handed_in(&here.sheet(roster)) else {
        return Box::pin(again(cx, &here, roster, None)).await;
    };
    let (office, actor, bytes) = (&cx.app.office, &cx.staff()?.actor, file.bytes.clone());
    let at = &here.at;
    // What each roster comes to is boxed: one future in another for each kind is more than a compiler
    // lays out.
    let own = Own { cx, here: &here, roster, file: &file, values, press };
    match roster {
        Roster::Places => {
            own.answer(Box::pin(office.places_listed(actor, at, bytes, asked(values))).await?).await
        }
        Roster::Bodies => {
            let kinds = organisation_kinds(cx.locale);
            own.answer(Box::pin(office.bodies_listed(actor, at, bytes, asked(values), &kinds)).await?).await
        }
        Roster::People => {
            let roles = roles(cx.locale);
            own.answer(Box::pin(office.people_listed(actor, at, bytes, asked(values), &roles)).await?).await
        }
    }
}

fn asked<C: Use>(values: &Fields) -> Asked<C> {
    let (sheet, wishes) = wished(values);
    Asked { sheet, wishes }
}

/// A roster that is answered for.
struct Own<'a> {
    cx: &'a Cx,
    here: &'a Here,
    roster: Roster,
    file: &'a File,
    values: &'a Fields,
    press: Press,
}

impl Own<'_> {
    async fn answer<C: Use>(&self, seen: Result<Seen<C>, Unread>) -> Result<Response, Error> {
        let (cx, here, roster) = (self.cx, self.here, self.roster);
        let seen = match seen {
            Ok(seen) => seen,
            Err(no) => return Box::pin(again(cx, here, roster, Some(&no))).await,
        };
        match self.press {
            Press::Look => Ok(self.page(&seen, None)?.into_response()),
            Press::Import => match rosters::stops(&seen, cx.locale) {
                Some(slip) => Ok(slip.answer(self.page(&seen, Some(&slip))?)),
                None => Box::pin(self.take_in(seen)).await,
            },
        }
    }

    async fn take_in<C: Use>(&self, seen: Seen<C>) -> Result<Response, Error> {
        let done = format!("{}-{}", self.roster.word(), seen.new + seen.added);
        let (sheet, link) = (self.here.sheet(self.roster), self.here.link());
        rosters::take_in(self.cx, seen, &sheet, (&link, &done)).await
    }

    fn page<C: Use>(&self, seen: &Seen<C>, slip: Option<&Slip>) -> Result<Markup, Error> {
        let (cx, here) = (self.cx, self.here);
        let at = Shown {
            link: here.sheet(self.roster),
            back: (here.link(), cx.locale.with("rosters-of", &[("name", &here.at.name)])),
            file: self.file,
            nav: staff_nav(cx, cx.staff()?),
        };
        Ok(rosters::page(cx, at, seen, self.values, slip))
    }
}
