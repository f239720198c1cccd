//! Adding many places at once, written in one line each: first what it comes to, then one press
//! that adds them all. How a line is written is the domain's.

use super::places::{Keeping, KeptPlace};
use maud::{Markup, html};
use std::collections::BTreeSet;
use yishi_domain::places::{End, Floors, KEEP, Laying, PlaceKind, Plan};
use yishi_kernel::Right;
use yishi_office::places::reads::{PlaceRow, places};
use yishi_web::nav::staff_nav;
use yishi_web::sent::LOOKED;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Fields, Page, Width};
use yishi_web::{Cx, Error};

/// Longest text of a plan, in characters: some hundred lines.
const LONGEST: usize = 8_000;
/// How many of those that stand already are named.
const NAMED: usize = 60;
/// What the link to the place says after its places were added.
pub const ADDED: &str = "added";

/// Adding many places at once.
#[derive(Debug)]
pub struct LayOut;

/// Places to be looked at or added.
#[derive(Debug)]
pub struct Planned {
    text: String,
    plan: Plan,
    /// What was looked at twice in it.
    looked: Vec<String>,
    press: Press,
}

/// What was pressed.
#[derive(Clone, Copy, Debug)]
enum Press {
    /// To see what it comes to.
    Look,
    /// To add what was seen.
    Add,
}

/// What is written inside a place of this kind, for example; nothing where nothing is.
fn example(inside: PlaceKind) -> Option<&'static str> {
    use PlaceKind::{Building, Community, Compound, Market, NaturalVillage, Phase, Stairwell, Village};
    match inside {
        Community | Village => Some("南苑、北苑: 1-10号楼 × 1-4单元 × 101-1004"),
        Compound | Phase => Some("1-10号楼 × 1-4单元 × 101-1004"),
        Building => Some("1-4单元 × 101-1004"),
        Stairwell => Some("101-1004"),
        Market => Some("1-80号摊位"),
        NaturalVillage => Some("1-40户"),
        PlaceKind::District
        | PlaceKind::Street
        | PlaceKind::Town
        | PlaceKind::Township
        | PlaceKind::Stall
        | PlaceKind::RoadSection
        | PlaceKind::Facility
        | PlaceKind::Grid
        | PlaceKind::Household => None,
    }
}

impl Act for LayOut {
    type On = KeptPlace;
    type Command = Planned;
    const WORD: &'static str = "lay-out";
    const NAMES: &'static str = "";
    const RIGHT: &'static Right = &KEEP;

    async fn form(sheet: &Keeping, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let Some(example) = example(sheet.row.kind) else { return Ok(html! {}) };
        let inner = html! {
            p { (t.say("place-plan-lead")) }
            p { span.badge { (t.say("place-plan-example")) } " " code { (example) } }
            (f.area("plan"))
            (f.submit("place-plan-look", ""))
        };
        Ok(html! { div id="lay-out" { (f.card(&t.say("place-plan-title"), &inner)) } })
    }

    async fn read(sheet: &Keeping, mut r: Reader<'_>) -> Result<Planned, Slip> {
        let text = r.private("plan", LONGEST);
        let press = match r.text("press").as_str() {
            "add" => Press::Add,
            _ => Press::Look,
        };
        let read = text
            .as_ref()
            .map(|text| Plan::read(text, sheet.row.kind).map_err(yishi_domain::places::Refusal::from));
        let plan = read.and_then(|read| r.taken("plan", read));
        let looked = r.words(LOOKED, |mark| Some(mark.to_owned()));
        r.done(|| Some(Planned { text: text?, plan: plan?, looked, press }))
    }

    async fn carry_out(sheet: &Keeping, planned: Planned) -> Result<Next, Error> {
        let (cx, actor, own) = (&sheet.cx, &sheet.staff.actor, sheet.row.id);
        match planned.press {
            Press::Add => {
                let laid = cx.office().lay_out(actor, own, &planned.plan).await?;
                // The same for the same form, however often it comes.
                let count = (laid.opened + laid.there).to_string();
                Ok(Next::To(ui::link(&sheet.link(), &[(ADDED, count.as_str())])))
            }
            Press::Look => {
                cx.office().would_lay_out(actor, own, &planned.plan).await?;
                Ok(Next::Page(preview(sheet, &planned).await?))
            }
        }
    }

    fn field(error: &Error) -> Option<&'static str> {
        // Whatever is wrong with a name is wrong with what was written.
        error.field().map(|_| "plan")
    }
}

/// How many of a plan stand now, where the link says so.
pub(super) fn added(cx: &Cx) -> Option<u64> {
    let (_, query) = cx.here.split_once('?')?;
    query.split('&').find_map(|asked| asked.strip_prefix(ADDED)?.strip_prefix('=')?.parse().ok())
}

/// What a plan comes to: how many of each kind, the first and the last, and what is there already.
async fn preview(sheet: &Keeping, planned: &Planned) -> Result<Markup, Error> {
    let Planned { text, plan, looked, .. } = planned;
    let (cx, t, own) = (&sheet.cx, sheet.cx.locale, &sheet.row);
    let db = &cx.app.office.db;
    let laying = cx.office().planned(own, plan).await?;
    let ends: Vec<(PlaceKind, [End<'_>; 2])> =
        laying.count().into_iter().filter_map(|(kind, _)| Some((kind, laying.ends(kind)?))).collect();
    let shown: Vec<_> = laying.there.iter().copied().take(NAMED).collect();
    let around: Vec<_> = ends.iter().flat_map(|(_, ends)| ends).filter_map(|end| end.inside).collect();
    let there = places(db, &shown).await?;
    let around = places(db, &around).await?;
    let above: BTreeSet<_> = there.iter().chain(&around).flat_map(|row| row.path.iter().copied()).collect();
    let above = places(db, &Vec::from_iter(above)).await?;
    // A place is named from inside the one at hand.
    let whole = |row: &PlaceRow| names_within(row, own, &above).join(" ");
    let end = |end: &End<'_>| {
        let inside = around.iter().find(|row| Some(row.id) == end.inside).map(whole).unwrap_or_default();
        format!("{inside} {}", end.names.join(" ")).trim().to_owned()
    };
    let count = laying.new.len();
    let title = t.with("plan-title", &[("name", &own.name)]);
    let looked = looked.iter().map(|mark| (LOOKED.to_owned(), mark.clone()));
    let typed = Fields([("plan".to_owned(), text.clone())].into_iter().chain(looked).collect());
    let form = sheet.blank::<LayOut>().filled(&typed, None);
    let link = sheet.link();
    let main = html! {
        p.crumbs { a href=(link) { (own.name) } }
        h1 { (title) }
        @if count == 0 { div.notice role="status" { p { (t.say("plan-nothing")) } } }
        @else {
            p { strong { (t.with("plan-count", &[("count", &count)])) } }
            (counts(&laying, t))
            (ui::facts(&ends.iter().map(|(kind, [first, last])| {
                let (first, last) = (end(first), end(last));
                let both = if first == last { first } else { format!("{first} … {last}") };
                (ui::place_kind(*kind, t), html! { (both) })
            }).collect::<Vec<_>>()))
        }
        @for floors in plan.floors() { p { (reading(floors, t)) } }
        @if !laying.there.is_empty() {
            details { summary { (t.with("plan-there", &[("count", &laying.there.len())])) }
                ul { @for row in &there { li { (whole(row)) } } }
                @if laying.there.len() > there.len() { p { "…" } }
            }
        }
        @if count > 0 {
            (form.bare(&html! {
                (form.hidden("plan", text)) (form.hidden("press", "add"))
                button.button type="submit" { (t.with("plan-add", &[("count", &count)])) }
            }))
        }
        details open[count == 0] { summary { (t.say("plan-change")) }
            (form.bare(&html! { (form.area("plan").label("place-plan")) (form.submit("place-plan-look", "second")) }))
        }
    };
    let nav = staff_nav(cx, &sheet.staff);
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &link, title: &title, nav, width: Width::Narrow, main }.render())
}

fn counts(laying: &Laying, t: Locale) -> Markup {
    let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let rows: Vec<(String, u64)> =
        laying.count().into_iter().map(|(kind, count)| (ui::place_kind(kind, t), number(count))).collect();
    ui::counts(&rows)
}

/// How a range of doors was read.
fn reading(floors: &Floors, t: Locale) -> String {
    let (from, to) = floors.rooms();
    let (low, high) = floors.floors;
    t.with(
        "plan-floors",
        &[
            ("words", &floors.words),
            ("low", &low),
            ("high", &high),
            ("from", &from),
            ("to", &to),
            ("count", &floors.count()),
        ],
    )
}

/// The names from below a place down to another one that lies in it.
fn names_within<'a>(row: &PlaceRow, top: &PlaceRow, above: &'a [PlaceRow]) -> Vec<&'a str> {
    let below = row.path.iter().skip_while(|id| **id != top.id).skip(1);
    below.filter_map(|id| above.iter().find(|row| row.id == *id)).map(|row| row.name.as_str()).collect()
}
