//! The lines of a record as a form: a text and what it becomes, so many on one screen, and the
//! reading of them with all that is wrong at once. What was typed into a line of private talk is
//! read by nobody: it is in no command, and in nothing by which the form is known again.

use crate::matters::face::headline;
use maud::{Markup, html};
use yishi_domain::gatherings::{Line, LineKind, MOST, Refusal, Said};
use yishi_kernel::number;
use yishi_kernel::rules::Limits;
use yishi_office::FormKey;
use yishi_office::matters::reads::{matter_by_number, open};
use yishi_office::places::reads::LedgerRow;
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::{Cx, Error};

/// How many lines are there from the start; the others are folded up.
const SHOWN: usize = 10;

fn text_of(row: usize) -> String {
    format!("line-{}", row + 1)
}

fn kind_of(row: usize) -> String {
    format!("kind-{}", row + 1)
}

/// Matters in hand, by which a line may be known already: number and what everyone knows of each.
///
/// # Errors
/// When the store fails.
pub async fn in_hand(cx: &Cx, ledger: &LedgerRow) -> Result<Vec<(i64, String)>, Error> {
    let rules = cx.rules(ledger.ledger).await?;
    let rows = open(&cx.app.office.db, ledger.ledger).await?.rows;
    Ok(rows.iter().map(|row| (row.number, headline(&rules, row, cx.locale))).collect())
}

/// The lines, empty or as they were typed.
#[must_use]
pub fn fields(f: &Form<'_>, in_hand: &[(i64, String)]) -> Markup {
    let t = f.t();
    let kinds = t.choices::<LineKind>();
    let typed = |row: usize| {
        !f.value(&text_of(row), "").trim().is_empty()
            || !["", LineKind::Matter.word()].contains(&f.value(&kind_of(row), "").as_str())
    };
    html! {
        p.hint { (t.say("gathering-lines-hint")) }
        @if !in_hand.is_empty() {
            details {
                summary { (t.say("gathering-numbers")) }
                ul { @for (number, headline) in in_hand { li { strong { "#" (number) } " " (headline) } } }
            }
        }
        ol.record-lines { @for row in 0..SHOWN { (line(f, &kinds, row)) } }
        details open[(SHOWN..MOST).any(typed)] {
            summary { (t.say("gathering-more-lines")) }
            ol.record-lines { @for row in SHOWN..MOST { (line(f, &kinds, row)) } }
        }
    }
}

fn line(f: &Form<'_>, kinds: &[(String, String)], row: usize) -> Markup {
    let (t, text, kind, number) = (f.t(), text_of(row), kind_of(row), row + 1);
    let said = t.with("gathering-line", &[("number", &number)]);
    let becomes = t.with("gathering-line-becomes", &[("number", &number)]);
    html! { li { (f.text(&text).called(&said)) (f.select(&kind, kinds).called(&becomes)) } }
}

/// Whether any line was filled in.
#[must_use]
pub fn any(r: &Reader<'_>) -> bool {
    let private = |row| LineKind::parse(&r.text(&kind_of(row))) == Some(LineKind::Private);
    (0..MOST).any(|row| r.some(&text_of(row)).is_some() || private(row))
}

/// What was filled in, without the words of private talk: by that the form is known again.
#[must_use]
pub fn content(r: &Reader<'_>, fields: &[&str]) -> String {
    let own = fields.iter().map(|field| format!("{field}={}", r.text(field).trim()));
    let lines = (0..MOST).map(|row| {
        let kind = r.text(&kind_of(row));
        let private = LineKind::parse(&kind) == Some(LineKind::Private);
        let text = if private { String::new() } else { r.text(&text_of(row)) };
        format!("{kind}={}", text.trim())
    });
    own.chain(lines).collect::<Vec<_>>().join("\0")
}

/// The lines that were filled in; nothing where something is wrong, which the reader has noted.
///
/// # Errors
/// When the store fails, or the ledger's key cannot be read.
pub async fn read(
    r: &mut Reader<'_>,
    cx: &Cx,
    ledger: &LedgerRow,
    form: Option<FormKey>,
    limits: &Limits,
) -> Result<Option<Vec<Line>>, Error> {
    let (office, consent) = (&cx.app.office, cx.locale.say("gathering-consent"));
    let (mut lines, mut wrong) = (Vec::new(), false);
    for row in 0..MOST {
        let (text, kind) = (text_of(row), kind_of(row));
        let typed = r.some(&text);
        let chosen = match r.some(&kind) {
            None => Some(LineKind::Matter),
            Some(_) => r.word(&kind, LineKind::parse, "form-choose"),
        };
        let what = match (chosen, typed) {
            (Some(LineKind::Matter), None) => continue,
            (Some(LineKind::Private), _) => Some(Said::Private),
            (Some(LineKind::Thanks | LineKind::Known), None) => {
                r.refuse(&text, Refusal::EmptyLine { field: "" });
                None
            }
            (Some(LineKind::Matter), Some(_)) => match (r.private(&text, limits.text), form) {
                (Some(said), Some(form)) => {
                    Some(office.line_raised(ledger, &form, row, (said, consent.clone()))?)
                }
                _ => None,
            },
            (Some(LineKind::Thanks), Some(_)) => r.line(&text, limits).map(|text| Said::Thanks { text }),
            (Some(LineKind::Known), Some(typed)) => {
                let found = match number::item(&typed) {
                    Ok(number) => matter_by_number(&office.db, ledger.ledger, number).await?,
                    Err(_) => None,
                };
                if found.is_none() {
                    r.wrong(&text, "gathering-wrong-number");
                }
                match (found, form) {
                    (Some(found), Some(form)) => {
                        Some(office.line_known(ledger, &form, row, (found.id, consent.clone()))?)
                    }
                    _ => None,
                }
            }
            (None, _) => None,
        };
        match what {
            Some(what) => lines.push(Line { row, what }),
            None => wrong = true,
        }
    }
    Ok((!wrong).then_some(lines))
}
