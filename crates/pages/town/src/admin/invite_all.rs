//! One-time links for all who were never signed in, or for those alone who never got one, on one sheet
//! to cut into strips: each with the name, the roles and until when. Links that were made before end
//! with that, as with every new one.

use super::people::{KeptPeople, Staffing};
use maud::{Markup, html};
use std::collections::BTreeSet;
use yishi_domain::people::INVITE;
use yishi_kernel::{AccountId, PlaceId, Right};
use yishi_office::people::Invitation;
use yishi_office::people::reads::{AccountRow, actor};
use yishi_office::places::reads::places;
use yishi_web::address::{Posting, posting};
use yishi_web::nav::staff_nav;
use yishi_web::places::names_below;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error};

/// Most strips of one sheet.
const STRIPS: usize = 200;

/// Making links for all who were never signed in.
#[derive(Debug)]
pub struct InviteAll;

/// Who is to get one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Whoever was never signed in: links made before end.
    All,
    /// Whoever never got one.
    New,
}

impl Act for InviteAll {
    type On = KeptPeople;
    type Command = Whom;
    const WORD: &'static str = "invite-all";
    const RIGHT: &'static Right = &INVITE;

    async fn form(sheet: &Staffing, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let count = never_in(sheet, Whom::All).await?.len();
        if count == 0 {
            return Ok(html! {});
        }
        let inner = html! {
            p { (t.with("invite-all-lead", &[("count", &count)])) }
            (f.submit("invite-all-send", "second"))
        };
        Ok(f.card(&t.say("invite-all"), &inner))
    }

    async fn read(_: &Staffing, r: Reader<'_>) -> Result<Whom, Slip> {
        let whom = if r.text("whom") == "new" { Whom::New } else { Whom::All };
        r.done(|| Some(whom))
    }

    async fn carry_out(sheet: &Staffing, whom: Whom) -> Result<Next, Error> {
        let demo = match posting(&sheet.cx).await? {
            Posting::Fit(demo) => demo,
            Posting::Refused(told) => return Ok(Next::Page(page(sheet, &told))),
        };
        let office = sheet.cx.office();
        let mut made: Vec<(AccountRow, Option<Invitation>)> = Vec::new();
        for row in never_in(sheet, whom).await? {
            let link = office.invite(&sheet.staff.actor, row.id).await?;
            made.push((row, link));
        }
        let strips = strips(&sheet.cx, &made, &demo).await?;
        Ok(Next::Page(page(sheet, &strips)))
    }
}

/// Who is kept here and was never signed in, so many at most.
async fn never_in(sheet: &Staffing, whom: Whom) -> Result<Vec<AccountRow>, Error> {
    let office = sheet.cx.office();
    let own: Vec<AccountId> = sheet.row.accounts.iter().map(|row| row.id).collect();
    let known = office.with_username(&own).await?;
    let mut never = Vec::new();
    for row in sheet.row.accounts.iter().filter(|row| !known.contains(&row.id)) {
        if never.len() == STRIPS {
            break;
        }
        if whom == Whom::All || !office.was_invited(row.ledger, row.id).await? {
            never.push(row.clone());
        }
    }
    Ok(never)
}

/// A strip for each link; who waits for a second administrator is only named.
async fn strips(cx: &Cx, made: &[(AccountRow, Option<Invitation>)], demo: &Markup) -> Result<Markup, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let mut roles: Vec<Vec<(String, PlaceId)>> = Vec::new();
    for (row, _) in made {
        let held = actor(db, row.id).await?;
        let held = held.iter().flat_map(|actor| actor.current(cx.now));
        roles.push(held.map(|grant| (ui::role(grant.role, t), grant.place)).collect());
    }
    let at: BTreeSet<PlaceId> = roles.iter().flatten().map(|(_, place)| *place).collect();
    let at = places(db, &Vec::from_iter(at)).await?;
    let above: BTreeSet<PlaceId> = at.iter().flat_map(|row| row.path.iter().copied()).collect();
    let above = places(db, &Vec::from_iter(above)).await?;
    // With what it lies in: every building has a 1单元.
    let name = |id: &PlaceId| {
        let Some(place) = at.iter().find(|row| row.id == *id) else { return String::new() };
        let below = names_below(place, &above);
        if below.is_empty() { place.name.clone() } else { below.join(" ") }
    };
    Ok(html! {
        div.actions.no-print { (ui::print_button(t)) }
        (demo)
        ul.slips { @for ((row, link), roles) in made.iter().zip(&roles) { @if let Some(link) = link {
            @let address = format!("{}/invite/{}", cx.app.public_url, link.word);
            li {
                p { strong { (row.name) } }
                @for (role, place) in roles { p.small { (name(place)) " " (role) } }
                (ui::qr(&address, &t.say("invite-all-qr")))
                p.link-text { (address) }
                p.small { (t.with("invite-all-until", &[("time", &t.time(link.expires))])) }
            }
        } } }
        @for (row, _) in made.iter().filter(|(_, link)| link.is_none()) {
            p { (t.with("invite-all-waits", &[("name", &row.name)])) }
        }
    })
}

fn page(sheet: &Staffing, inner: &Markup) -> Markup {
    let (cx, t, link) = (&sheet.cx, sheet.cx.locale, sheet.link());
    let title = t.say("invite-all");
    let main = html! {
        p.crumbs.no-print { a href=(link) { (t.with("people-of", &[("name", &sheet.row.place.name)])) } }
        h1.no-print { (title) }
        p.no-print { (t.say("invite-once")) }
        (inner)
    };
    let nav = staff_nav(cx, &sheet.staff);
    let (locale, view) = (t, cx.view);
    Page { locale, view, here: &link, title: &title, nav, width: Width::Wide, main }.render()
}
