//! What everyone reads of an exclusion: of which class it was said to be and why, what was ruled and why,
//! and that the matter goes on all the same. Nothing that a resident wrote, and no names.

use maud::{Markup, html};
use yishi_domain::exclusion::{Exclusion, ExclusionStage, Ruling};
use yishi_kernel::Moment;
use yishi_web::texts::Locale;
use yishi_web::ui;

/// Where it stands, in words and colour.
#[must_use]
pub fn badge(stage: ExclusionStage, t: Locale) -> Markup {
    let class = match stage {
        ExclusionStage::Asked | ExclusionStage::Objected => "badge wait",
        ExclusionStage::Granted => "badge",
        ExclusionStage::Refused => "badge done",
    };
    html! { span class=(class) { (t.word(stage)) } }
}

/// All of it, step by step.
#[must_use]
pub fn told(exclusion: &Exclusion, now: Moment, t: Locale) -> Markup {
    let asked = t.brief(exclusion.asked.date());
    let waits = exclusion.step().map(|_| exclusion.due);
    html! {
        p { (badge(exclusion.stage, t)) @if let Some(due) = waits { " " (ui::due(due, now, t)) } }
        dl.facts {
            dt { (t.with("exclusion-asked", &[("date", &asked)])) }
            dd { strong { (t.word(exclusion.class)) } br; span.quote { (exclusion.reason) } }
            @if let Some(ruling) = &exclusion.first { (ruled("exclusion-ruled", ruling, t)) }
            @if let Some(at) = exclusion.objected {
                dt { (t.say("exclusion-objected")) }
                dd { (t.brief(at.date())) }
            }
            @if let Some(ruling) = &exclusion.again { (ruled("exclusion-ruled-again", ruling, t)) }
        }
        p.soft.small { (t.say("exclusion-goes-on")) }
    }
}

fn ruled(key: &str, ruling: &Ruling, t: Locale) -> Markup {
    let class = ruling.class.map(|class| t.word(class));
    html! {
        dt { (t.with(key, &[("date", &t.brief(ruling.at.date()))])) }
        dd {
            strong {
                @match class {
                    Some(class) => (t.with("exclusion-granted", &[("class", &class)])),
                    None => (t.say("exclusion-stage-refused")),
                }
            }
            br; span.quote { (ruling.reason) }
        }
    }
}
