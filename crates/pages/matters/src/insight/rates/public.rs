//! The three rates as everyone reads them: numbers alone, without lists, and none of so few that
//! they may point at a door.

use super::super::asked::Asked;
use super::counted::{CallsOf, count};
use super::show::{numerator, percent};
use maud::{Markup, html};
use yishi_domain::evaluation::{Measure, Percent, Rules};
use yishi_domain::exclusion::ExclusionClass;
use yishi_domain::insight::{FEW, Left, RATES, Rates};
use yishi_kernel::PlaceId;
use yishi_web::{Cx, Error};

/// The part of the public page.
///
/// # Errors
/// When the store fails.
pub async fn shown(cx: &Cx, ledger: PlaceId, asked: &Asked) -> Result<Markup, Error> {
    let t = cx.locale;
    let calls = CallsOf::of(cx, [ledger]).await?;
    let total: Rates = count(cx, &calls, &[ledger], asked).await?.total;
    let rules = cx.rules(ledger).await?;
    let mostly = rules.section::<Rules>().formulas.first().map_or(Percent::WHOLE, |one| one.mostly);
    // Each of them stands on its matter's page for everyone.
    let apart = total.tally(Measure::Solved).apart;
    let of = |class: &ExclusionClass| apart.get(&Left::from(*class));
    let excluded: u64 = ExclusionClass::ALL.iter().filter_map(of).sum();
    Ok(html! {
        h2 { (t.say("rates-title")) }
        dl.figures { @for measure in RATES {
            @let tally = total.tally(measure);
            div {
                dt { (t.word(measure)) }
                @if tally.of == 0 { dd.big { (t.say("rates-none")) } }
                @else if tally.is_few() { dd.big { (t.with("rates-public-few", &[("few", &FEW)])) } }
                @else {
                    dd.big { (percent(&tally, mostly, t)) }
                    dd { (numerator(&tally, mostly)) " / " (tally.of) }
                }
            }
        } }
        @if excluded > 0 { p { (t.with("rates-public-excluded", &[("count", &excluded)])) } }
        p.soft.small { (t.say("rates-lead")) }
    })
}
