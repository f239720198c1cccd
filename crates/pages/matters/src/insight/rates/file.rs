//! The three rates as a file: a line for each part and rate, with numerator, base, what was left out and
//! within what it lies.

use super::super::asked::Asked;
use super::super::counted::{Names, Scope};
use super::super::show::days;
use super::counted::{CallsOf, count, formulas};
use super::formula::score;
use super::show::{by_name, numerator, parted};
use axum::response::Response;
use yishi_domain::evaluation::Percent;
use yishi_domain::insight::{Left, RATES, Rates};
use yishi_spreadsheet::write::{Cell, Column, Form, Head, Writing};
use yishi_web::exports::{count as number, send};
use yishi_web::{Cx, Error};

/// `GET /w/{slug}/figures/rates.{ending}`, which the route of files leads to.
///
/// # Errors
/// When the store fails.
pub async fn serve(cx: &Cx, scope: &Scope, asked: &Asked, form: Form) -> Result<Response, Error> {
    let t = cx.locale;
    let asked = parted(asked, scope);
    let calls = CallsOf::of(cx, scope.ids()).await?;
    let counted = count(cx, &calls, &scope.ids(), &asked).await?;
    let names = Names::of(cx, scope.ledger.ledger, counted.parts.keys()).await?;
    let formulas = formulas(cx, scope).await?;
    let mostly = formulas.first().map_or(Percent::WHOLE, |formula| formula.mostly);
    let (said, owed) = counted.total.sample();
    let mut lines = vec![days(&asked, t), t.with("rates-sample", &[("said", &said), ("owed", &owed)])];
    if let Some(formula) = formulas.first() {
        let points = score(&counted.total, formula).points();
        let points = points.map_or_else(|| t.say("rates-none"), |points| points.rounded(formula.decimals));
        lines.push(t.named(t.pick(&formula.zh, &formula.en), &points));
    }
    lines.push(t.with("export-made", &[("time", &t.time(cx.now))]));
    let mut columns = vec![Column::new(t.word(asked.by), 12)];
    let heads = ["rates-rate", "rates-numerator", "rates-base", "rates-percent", "rates-low", "rates-high"];
    columns.extend(heads.map(|key| Column::new(t.say(key), 7)));
    let reasons: Vec<Left> = Left::ALL.iter().copied().filter(|left| *left != Left::ByLink).collect();
    columns.extend(reasons.iter().map(|left| Column::new(t.word(*left), 7)));
    let title = t.with("rates-of", &[("name", &scope.place.name)]);
    let head = Head { title, lines, columns };
    let mut writing = Writing::begin(form, &head)?;
    let total = t.say("figures-total");
    let rows = by_name(&counted, &names, asked.by).into_iter().map(|(key, rates)| (names.name(key), rates));
    let all: Vec<(&str, &Rates)> = rows.chain([(total.as_str(), &counted.total)]).collect();
    for (name, rates) in all {
        for measure in RATES {
            let tally = rates.tally(measure);
            let interval = tally.interval(mostly);
            let tenths = |share: u64| Cell::text(format!("{}.{}", share / 10, share % 10));
            let mut cells = vec![
                Cell::text(name),
                Cell::text(t.word(measure)),
                Cell::text(numerator(&tally, mostly)),
                number(i64::try_from(tally.of).unwrap_or(i64::MAX)),
                Cell::or_empty(tally.share(mostly).map(|share| Cell::text(share.to_string()))),
                Cell::or_empty(interval.map(|interval| tenths(interval.low))),
                Cell::or_empty(interval.map(|interval| tenths(interval.high))),
            ];
            cells.extend(
                reasons.iter().map(|left| number(tally.apart.get(left).copied().unwrap_or_default())),
            );
            writing.row(&cells)?;
        }
    }
    send(cx, form, &head, writing).await
}
