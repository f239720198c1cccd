//! Rows that may say what an open matter says already (重复工单), each with the choice to link it there.
//! Which they are is the office's to find; nothing is linked that nobody chose.

use super::hand_in::Here;
use maud::{Markup, html};
use yishi_domain::matters::MatterId;
use yishi_kernel::text::excerpt;
use yishi_office::matters::import::{Alike, Repeat, Row, Seen};
use yishi_web::preview::line;
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Field, Fields};
use yishi_web::{Cx, Error};

/// How much of what was said is shown.
const SAID: usize = 60;

/// The repeats of a sheet that can be imported.
pub(super) async fn found(cx: &Cx, here: &Here, seen: &Seen) -> Result<Vec<Repeat>, Error> {
    if !seen.table.wrong.is_empty() {
        return Ok(Vec::new());
    }
    Ok(cx.app.office.repeats(&here.staff.actor, &here.at, seen).await?)
}

/// The name of a row's choice.
fn field(row: &Row) -> String {
    format!("link-{}", row.line.row)
}

/// The choices.
pub(super) fn choices(seen: &Seen, repeats: &[Repeat], values: &Fields, t: Locale) -> Markup {
    let option = |one: &Alike| {
        let args: [(&str, &dyn std::fmt::Display); 4] = [
            ("number", &one.matter.number),
            ("place", &one.matter.place_name),
            ("stage", &t.word(one.matter.stage)),
            ("said", &excerpt(&one.said, SAID)),
        ];
        let words = one.words.join(t.pick("”“", "”, “"));
        let why = t.with("merge-why", &[("words", &words)]);
        (one.matter.number.to_string(), format!("{} · {why}", t.with("merge-one", &args)))
    };
    let alone = (String::new(), t.say("import-link-none"));
    let choice = |repeat: &Repeat| {
        let (row, _) = seen.new.get(repeat.row)?;
        let name = field(row);
        let label = format!("{} {}", line(row.line, t), excerpt(&row.text, SAID));
        let options: Vec<_> = std::iter::once(alone.clone()).chain(repeat.of.iter().map(option)).collect();
        Some(ui::radios(Field::new(&name, &label), &options, values.get(&name)))
    };
    html! {
        @if !repeats.is_empty() {
            section.card { h2 { (t.with("import-repeats", &[("count", &repeats.len())])) }
                p.hint { (t.say("import-repeats-hint")) }
                @for choice in repeats.iter().filter_map(choice) { (choice) }
            }
        }
    }
}

/// The rows that somebody chose to link, by their keys.
pub(super) fn chosen(seen: &Seen, repeats: &[Repeat], values: &Fields) -> Vec<(String, MatterId)> {
    let chosen = |repeat: &Repeat| {
        let (row, _) = seen.new.get(repeat.row)?;
        let name = field(row);
        let number = values.get(&name);
        let into = repeat.of.iter().find(|one| one.matter.number.to_string() == number)?;
        Some((row.key.clone(), into.matter.id))
    };
    repeats.iter().filter_map(chosen).collect()
}
