//! Who does what by when, as fields of the form and read from them.

use maud::{Markup, html};
use yishi_domain::scenes::{Line, MOST};
use yishi_kernel::rules::Limits;
use yishi_web::form::Form;
use yishi_web::read::Reader;

/// How many lines are there from the start; the others are folded up.
const SHOWN: usize = 3;

fn named(front: &str, row: usize) -> String {
    format!("{front}-{}", row + 1)
}

/// The lines, empty or as they were typed.
#[must_use]
pub fn fields(f: &Form<'_>, bodies: &[(String, String)]) -> Markup {
    let typed = |row: usize| !f.value(&named("what", row), "").trim().is_empty();
    html! {
        p.hint { (f.t().say("scene-lines-hint")) }
        @for row in 0..SHOWN { (line(f, bodies, row)) }
        details open[(SHOWN..MOST).any(typed)] {
            summary { (f.t().say("scene-more-lines")) }
            @for row in SHOWN..MOST { (line(f, bodies, row)) }
        }
    }
}

fn line(f: &Form<'_>, bodies: &[(String, String)], row: usize) -> Markup {
    let legend = f.t().with("scene-line", &[("number", &(row + 1))]);
    let names = [named("body", row), named("what", row), named("due", row)];
    html! {
        fieldset.tile {
            legend { (legend) }
            (f.select(&names[0], bodies).label("scene-line-body"))
            (f.text(&names[1]).label("scene-line-what"))
            (f.day(&names[2]).label("scene-line-due"))
        }
    }
}

/// The lines that were filled in; nothing where something is wrong, which the reader has noted.
pub fn read(r: &mut Reader<'_>, limits: &Limits) -> Option<Vec<Line>> {
    let (mut lines, mut wrong) = (Vec::new(), false);
    for row in 0..MOST {
        let fields = [named("body", row), named("what", row), named("due", row)];
        if r.some(&fields[1]).is_none() && r.some(&fields[2]).is_none() {
            continue;
        }
        let body = r.id_or_none(&fields[0]);
        match (r.line(&fields[1], limits), r.day(&fields[2], "scene-wrong-day")) {
            (Some(what), Some(due)) => lines.push(Line { row, body, what, due }),
            _ => wrong = true,
        }
    }
    (!wrong).then_some(lines)
}
