//! Money by its source 资金来源: what the orders of some days cost and where that comes from, with the
//! orders themselves. What was withdrawn or declined costs nothing, and is counted beside.

use super::asked::Asked;
use super::counted::Scope;
use maud::{Markup, html};
use std::collections::BTreeMap;
use yishi_domain::dispatch::OrderStage;
use yishi_office::dispatch::reads::{OrderRow, costing};
use yishi_web::{Cx, Error, ui};

/// The section of a page; nothing where no order of these days costs anything.
///
/// # Errors
/// When the store fails.
pub async fn by_source(cx: &Cx, scope: &Scope, asked: &Asked) -> Result<Markup, Error> {
    let t = cx.locale;
    let mut sources: BTreeMap<String, Vec<(&str, OrderRow, u64)>> = BTreeMap::new();
    let mut apart = 0;
    for ledger in &scope.ledgers {
        let rows = costing(&cx.app.office.db, ledger.ledger, asked.period.moments()).await?;
        for mut row in rows {
            let Some((fen, source)) = row.money.take() else { continue };
            match row.stage {
                OrderStage::Withdrawn | OrderStage::Declined => apart += 1,
                _ => sources.entry(source).or_default().push((&ledger.slug, row, fen)),
            }
        }
    }
    if sources.is_empty() && apart == 0 {
        return Ok(html! {});
    }
    let sum = |rows: &[(&str, OrderRow, u64)]| rows.iter().map(|(_, _, fen)| *fen).sum::<u64>();
    let all: u64 = sources.values().map(|rows| sum(rows)).sum();
    Ok(html! {
        h2 #money { (t.say("figures-money")) }
        p.soft.small { (t.say("figures-money-lead")) }
        div.scroll tabindex="0" role="group" aria-label=(t.say("figures-money")) { table.ledger {
            thead { tr {
                th scope="col" { (t.say("figures-source")) }
                th scope="col" { (t.say("figures-orders")) }
                th scope="col" { (t.say("figures-yuan")) }
            } }
            tbody {
                @for (source, rows) in &sources { tr {
                    th scope="row" { (source) }
                    td { @for (slug, row, fen) in rows {
                        p.small { a href={ "/c/" (slug) "/o/" (row.number) } { (row.task) } " " span.share { (ui::yuan(*fen)) } }
                    } }
                    td.number { (ui::yuan(sum(rows))) }
                } }
                tr { th scope="row" { (t.say("figures-total")) } td {} td.number { (ui::yuan(all)) } }
            }
        } }
        @if apart > 0 { p { (t.with("figures-money-apart", &[("count", &apart)])) } }
    })
}
