//! By what formula rates become one number, line by line, so that whoever has a pencil comes to the
//! same. Where a rate is missing there is no number.

use maud::{Markup, html};
use yishi_domain::evaluation::{Decimals, Formula, Percent, Points, Score};
use yishi_domain::insight::Rates;
use yishi_web::texts::Locale;

/// The sums of the formulas: that in force, and the others folded away.
#[must_use]
pub fn shown(total: &Rates, formulas: &[Formula], t: Locale) -> Markup {
    let Some((in_force, others)) = formulas.split_first() else { return html! {} };
    html! {
        h2 #formula { (t.say("score-title")) }
        p.soft.small { (t.say("score-lead")) }
        (sum(total, in_force, t))
        @if !others.is_empty() { details { summary { (t.say("score-others")) } @for formula in others { (sum(total, formula, t)) } } }
    }
}

fn sum(total: &Rates, formula: &Formula, t: Locale) -> Markup {
    let score = score(total, formula);
    let name = t.pick(&formula.zh, &formula.en);
    let few = formula.terms.iter().any(|term| total.tally(term.measure).is_few());
    let decimals = match formula.decimals {
        Decimals::One => 1,
        Decimals::Two => 2,
    };
    let said = |points: Option<Points>, missing: &str| {
        points.map_or_else(|| t.say(missing), |points| points.to_string())
    };
    html! {
        h3 { (name) }
        div.scroll tabindex="0" role="group" aria-label=(name) { table.ledger {
            thead { tr { @for key in ["score-measure", "score-count", "score-share", "score-weight", "score-points"] { th scope="col" { (t.say(key)) } } } }
            tbody {
                @for line in &score.lines { @let tally = total.tally(line.term.measure); tr {
                    th scope="row" { (t.word(line.term.measure)) }
                    td.number { (super::show::numerator(&tally, formula.mostly)) " ÷ " (tally.of) }
                    td.number { @match line.share { Some(share) => { (share) "%" }, None => (t.say("rates-none")) } }
                    td.number { "× " (line.term.percent.get()) "%" }
                    td.number { (said(line.points(), "rates-none")) }
                } }
                tr {
                    th scope="row" { (t.say("score-sum")) } td {} td {} td {}
                    td.number { (said(score.points(), "rates-none")) }
                }
            }
        } }
        @match score.points() {
            Some(points) => p.state { (t.with("score-is", &[("score", &points.rounded(formula.decimals)), ("decimals", &decimals)])) },
            None => p.state { (t.say("score-missing")) },
        }
        @if score.points().is_some() && few { div.notice.warn { p { (t.say("score-few")) } } }
        @if formula.mostly != Percent::WHOLE { p.soft.small { (t.with("score-mostly", &[("percent", &formula.mostly.get())])) } }
        p.soft.small { (t.with("score-source", &[("source", &formula.source)])) }
    }
}

/// The sum of a formula over what was counted.
#[must_use]
pub fn score(total: &Rates, formula: &Formula) -> Score {
    formula.score(|measure| total.tally(measure).share(formula.mostly))
}
