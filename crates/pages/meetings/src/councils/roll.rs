//! The roll of one council for whoever keeps it: who is a member, and who was.

use super::enrol::Enrol;
use super::leave::Leave;
use super::list::numbers;
use super::roster;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::councils::{Council, CouncilId, ERASE, KEEP, Member};
use yishi_domain::places::PlaceKind;
use yishi_kernel::moment::Date;
use yishi_kernel::{EraseReason, PlaceId, Right, StreamName};
use yishi_office::councils::reads::{CouncilRow, council};
use yishi_office::places::reads::{PlaceRow, below, place, places};
use yishi_web::erasing::{Erase, Erased, Whose};
use yishi_web::nav::staff_nav_at;
use yishi_web::sheet::{Found, Sheet, Shown, Thing};
use yishi_web::slip::{Slip, summary};
use yishi_web::ui::{self, Fields, Page, Width};
use yishi_web::{Cx, Error};

/// A council, for whoever keeps its roll.
#[derive(Debug)]
pub struct KeptCouncil;

/// The page of a council, with who looks at it.
pub type Roll = Sheet<KeptCouncil>;

/// A council as listed, with the names of places that it mentions.
#[derive(Debug)]
pub struct Row {
    /// As listed.
    pub council: CouncilRow,
    /// Its place.
    pub place: PlaceRow,
    /// Buildings that somebody can speak for.
    pub parts: Vec<(String, String)>,
    names: BTreeMap<PlaceId, String>,
}

impl Thing for KeptCouncil {
    type At = (String, i64);
    type State = Council;
    type Row = Row;
    const FAMILY: &'static str = "council";
    const SEEN_BY: &'static Right = &KEEP;

    async fn find(cx: &Cx, (slug, number): (String, i64)) -> Result<Found<Self>, Error> {
        let ledger = cx.ledger(&slug).await?;
        let office = &cx.app.office;
        let id: CouncilId = cx.numbered(ledger.ledger, number).await?;
        let row = council(&office.db, ledger.ledger, id).await?.ok_or(Error::NotFound)?;
        let loaded = office.load::<Council>(ledger.ledger, &id.into()).await?;
        let path = office.path_at(row.place).await?;
        let own = place(&office.db, row.place).await?.ok_or(Error::NotFound)?;
        let buildings = below(&office.db, &own, PlaceKind::Building).await?;
        // Each compound has a 1号楼.
        let around = |one: &PlaceRow| one.path.iter().rev().nth(1).copied().filter(|id| *id != own.id);
        let above: BTreeSet<PlaceId> = buildings.iter().filter_map(around).collect();
        let above = places(&office.db, &Vec::from_iter(above)).await?;
        let part = |one: &PlaceRow| {
            let near = around(one).and_then(|id| above.iter().find(|row| row.id == id));
            let name = near.map_or(one.name.clone(), |near| format!("{} {}", near.name, one.name));
            (one.id.to_string(), name)
        };
        let parts = buildings.iter().map(part).collect();
        let of: Vec<PlaceId> = loaded.must()?.members.iter().filter_map(|one| one.part).collect();
        let names = places(&office.db, &of).await?.into_iter().map(|row| (row.id, row.name)).collect();
        Found::new(ledger, Row { council: row, place: own, parts, names }, loaded, path)
    }

    fn stream(found: &Found<Self>) -> StreamName {
        found.row.council.id.into()
    }

    fn link(found: &Found<Self>) -> String {
        format!("/w/{}/c/{}", found.ledger.slug, found.row.council.number)
    }
}

/// What a member is called on the page of whoever keeps the roll: name and whom they speak for.
pub(super) fn called(member: &Member, roll: &Roll) -> String {
    let name = member.name.get().map_or("—", String::as_str);
    format!("{name} · {}", roll.cx.locale.word(member.group))
}

impl Shown for KeptCouncil {
    async fn show(roll: &Roll, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        let (cx, t, council) = (&roll.cx, roll.cx.locale, &roll.state);
        let slug = &roll.ledger.slug;
        let title = t.with("council-of", &[("place", &roll.row.place.name)]);
        let (now, gone): (Vec<&Member>, Vec<&Member>) = council
            .members
            .iter()
            .partition(|one| one.left.is_none() && one.until.is_none_or(|end| cx.now < end));
        let main = html! {
            p.crumbs { a href={ "/w/" (slug) "/councils" } { (t.say("councils-keep")) } }
            h1 { (title) }
            (summary(slip, t))
            (numbers(cx, council, t))
            div.actions {
                a.button.second href={ "/c/" (slug) "/councils" } { (t.say("council-public")) }
                a.button.second href=(roster::link(roll)) { (t.say("council-roster")) }
            }
            @if !now.is_empty() { ol { @for one in now { (line(roll, one)) } } }
            (roll.form::<Enrol>(values, slip).await?)
            (roll.form::<Leave>(values, slip).await?)
            @if !gone.is_empty() { h2 { (t.say("council-gone")) } ol { @for one in gone { (line(roll, one)) } } }
            (roll.form::<Erase<KeptCouncil>>(values, slip).await?)
        };
        let nav = staff_nav_at(cx, &roll.staff, slug);
        let (locale, view) = (t, cx.view);
        Ok(Page { locale, view, here: &roll.link(), title: &title, nav, width: Width::Narrow, main }.render())
    }
}

fn line(roll: &Roll, member: &Member) -> Markup {
    let t = roll.cx.locale;
    let part = member.part.and_then(|id| roll.row.names.get(&id)).cloned();
    let day = |key: &str, day: Date| t.with(key, &[("date", &t.dated(day))]);
    let from = day("council-from", member.from.date());
    let until = member.until.map(|until| day("council-until", until.deadline_date()));
    let term = Vec::from_iter(part.into_iter().chain([from]).chain(until));
    html! {
        li value=(member.number) {
            (called(member, roll))
            (ui::bits("meta", &term.join(" · ")))
            @if let Some((at, why)) = &member.left { " " span.badge.done { (t.with("council-left", &[("date", &t.day(at.date())), ("why", &t.word(*why))])) } }
        }
    }
}

impl Erased for KeptCouncil {
    const ERASE: &'static Right = &ERASE;
    const LEAD: &'static str = "council-erase-lead";

    async fn whose(roll: &Roll) -> Result<Whose, Error> {
        let kept = roll.state.members.iter().filter(|one| one.name.get().is_some());
        Ok(Whose::OneOf(kept.map(|one| (one.number.to_string(), called(one, roll))).collect()))
    }

    async fn erase(roll: &Roll, whom: &str, reason: EraseReason) -> Result<(), Error> {
        let member = whom.parse().map_err(|_| Error::NotFound)?;
        let (office, ledger) = (&roll.cx.app.office, roll.ledger.ledger);
        office.erase_member(&roll.staff.actor, ledger, roll.row.council.id, member, reason).await?;
        Ok(())
    }
}
