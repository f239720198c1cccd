//! Drawing a grid: the buildings that belong to it.

use super::places::{Keeping, KeptPlace};
use maud::{Markup, html};
use std::collections::BTreeSet;
use yishi_domain::places::{self, KEEP, PlaceKind};
use yishi_kernel::{PlaceId, Right};
use yishi_office::places::reads::{PlaceRow, below, places};
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Drawing a grid.
#[derive(Debug)]
pub struct Grid;

impl Act for Grid {
    type On = KeptPlace;
    type Command = places::DrawGrid;
    const WORD: &'static str = "grid";
    const NAMES: &'static str = "";
    const RIGHT: &'static Right = &KEEP;

    async fn form(sheet: &Keeping, f: &Form<'_>) -> Result<Markup, Error> {
        if sheet.row.kind != PlaceKind::Grid {
            return Ok(html! {});
        }
        let drawn: Vec<String> = sheet.state.buildings.iter().map(ToString::to_string).collect();
        let chosen = f.chosen("building", &drawn);
        let buildings = buildings(sheet).await?;
        let t = f.t();
        // There may be hundreds: smaller than other choices.
        let inner = html! {
            fieldset class=[f.wrong("building").map(|_| "wrong")] { legend { (t.say("grid-buildings")) }
                @if let Some(error) = f.wrong("building") { p.error-text id="building-error" { (error) } }
                @for (id, name) in &buildings {
                    label.check { input type="checkbox" name="building" value=(id) checked[chosen.contains(&id.as_str())]; span { (name) } }
                }
            }
            (f.submit("grid-send", "second"))
        };
        Ok(f.card(&t.say("grid-title"), &inner))
    }

    async fn read(_: &Keeping, mut r: Reader<'_>) -> Result<places::DrawGrid, Slip> {
        let buildings = r.ids("building");
        r.done(|| Some(places::DrawGrid { buildings }))
    }

    async fn carry_out(sheet: &Keeping, command: places::DrawGrid) -> Result<Next, Error> {
        sheet.act(command).await
    }
}

/// All buildings of the ledger, each with what it lies in.
async fn buildings(sheet: &Keeping) -> Result<Vec<(String, String)>, Error> {
    let db = &sheet.cx.app.office.db;
    let keeper = sheet.cx.place(sheet.row.ledger).await?;
    let buildings = below(db, &keeper, PlaceKind::Building).await?;
    let around = |row: &PlaceRow| row.path.iter().rev().nth(1).copied();
    let above: BTreeSet<PlaceId> = buildings.iter().filter_map(around).collect();
    let above = places(db, &Vec::from_iter(above)).await?;
    let named = |row: &PlaceRow| {
        let near = around(row).and_then(|id| above.iter().find(|one| one.id == id));
        let near = near.map(|one| one.name.as_str()).unwrap_or_default();
        (row.id.to_string(), format!("{near} {}", row.name))
    };
    Ok(buildings.iter().map(named).collect())
}
