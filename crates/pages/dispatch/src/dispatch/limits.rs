//! Choosing by when something is to be done: one of four classes of limits, each with the day that it
//! gives now; another day only with a reason that everyone reads.

use maud::{Markup, html};
use yishi_domain::dispatch::{LimitClass, OtherDay, Rules};
use yishi_kernel::Pack;
use yishi_kernel::refusal::Common;
use yishi_kernel::rules::Limits;
use yishi_web::Cx;
use yishi_web::form::Form;
use yishi_web::read::Reader;

/// The fields; the class that is proposed is chosen from the start. `other` is a day that stands
/// already, where one does.
pub fn fields(cx: &Cx, rules: &Pack, f: &Form<'_>, proposed: LimitClass, other: &str) -> Markup {
    let (t, own) = (f.t(), rules.section::<Rules>());
    let option = |class: &LimitClass| {
        let due = rules.due(own.limit(*class), cx.now).at;
        // Days end at midnight, hours within the day.
        let time = due.civil().time();
        let day = match (time.hour(), time.minute()) {
            (0, 0) => t.brief(due.deadline_date()),
            _ => t.brief_time(due),
        };
        (class.word().to_owned(), t.with("dispatch-limit-by", &[("class", &t.word(*class)), ("by", &day)]))
    };
    let options: Vec<(String, String)> = LimitClass::ALL.iter().map(option).collect();
    let is_open = !f.value("finish", other).is_empty() || f.wrong("finish").or(f.wrong("other")).is_some();
    // What stands already was agreed on.
    let why = if other.is_empty() { String::new() } else { t.say("dispatch-limit-agreed") };
    html! {
        (f.radios("limit", &options).label("dispatch-limit").hint("dispatch-limit-hint").start(proposed.word()))
        details open[is_open] {
            summary { (t.say("dispatch-limit-other")) }
            (f.day("finish").label("dispatch-limit-day").start(other))
            (f.text("other").label("dispatch-limit-reason").hint("public-hint").start(why))
        }
    }
}

/// What was chosen: the class, and another day where one was given.
pub fn read(cx: &Cx, limits: &Limits, r: &mut Reader<'_>) -> Option<(LimitClass, Option<OtherDay>)> {
    let class = r.word("limit", LimitClass::parse, "dispatch-wrong-limit");
    if r.some("finish").is_none() && r.some("other").is_none() {
        return Some((class?, None));
    }
    let day = r.day("finish", "dispatch-wrong-day");
    if day.is_some_and(|day| day <= cx.now) {
        r.refuse("finish", Common::Past { field: "finish" });
    }
    let reason = r.line("other", limits);
    Some((class?, Some(OtherDay { day: day?, reason: reason? })))
}
