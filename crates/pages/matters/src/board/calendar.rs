//! The working calendar 工作日历 of a community: which days are off and which weekends are worked, by
//! which notice, and when something is due that may take so long, day by day. What somebody is owed
//! stands with each thing; this only shows how it is reckoned.

use axum::extract::{Path, Query};
use maud::{Markup, html};
use yishi_calendar::{Calendar, DayKind, Deadline, Pauses, Span, Step, Taken, Unit, deadline};
use yishi_kernel::moment::Date;
use yishi_kernel::{Clock, Moment};
use yishi_web::dates::minute_field;
use yishi_web::read::Reader;
use yishi_web::slip::{Slip, summary};
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Field, Fields, Input, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// The words of the units: each has a text.
pub(super) fn units() -> Vec<&'static str> {
    UNITS.map(|(word, ..)| word).to_vec()
}

/// The most that is reckoned: days are shown one by one.
const MOST: u64 = 1_000;
/// As many days are shown without being opened.
const AT_A_GLANCE: usize = 16;

/// Units as the form offers them: the first is what deadlines mostly have.
const UNITS: [(&str, Unit, u32); 5] = [
    ("working_days", Unit::WorkingDays, 1),
    ("days", Unit::Days, 1),
    ("months", Unit::Months, 1),
    ("hours", Unit::Minutes, 60),
    ("working_hours", Unit::WorkingMinutes, 60),
];

/// How a promise was reckoned, where a rule made it and not a person: the way to the page that shows
/// it day by day, and whether it is provisional.
pub(super) fn reckoning(slug: &str, clock: Option<&Clock<'_>>, calendar: &Calendar, t: Locale) -> Markup {
    let Some(clock) = clock.filter(|clock| clock.runs_by(calendar)) else { return html! {} };
    let Clock { rule, since, .. } = clock;
    let of = UNITS.iter().filter(|(_, unit, each)| *unit == rule.unit && rule.count.is_multiple_of(*each));
    let asked =
        of.max_by_key(|(_, _, each)| *each).map(|(word, _, each)| (*word, (rule.count / each).to_string()));
    let from = since.minute().replace(' ', "T");
    html! {
        @if clock.is_provisional(calendar) { " " span.badge { (t.say("calendar-is-provisional")) } }
        @if let Some((word, count)) = &asked {
            " " a.small href=(ui::link(&format!("/c/{slug}/calendar"), &[("from", &from), ("count", count), ("unit", word)])) { (t.say("calendar-how")) }
        }
    }
}

/// `GET /c/{slug}/calendar`
pub async fn show(
    cx: Cx,
    Path(slug): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let ledger = cx.ledger(&slug).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let pack = cx.rules(ledger.ledger).await?;
    let calendar = pack.section::<Calendar>();
    let mut values = Fields(query);
    let asked = values.some("count").is_some();
    if values.some("from").is_none() {
        values.0.push(("from".to_owned(), cx.now.minute().replace(' ', "T")));
    }
    let (found, slip) = match asked.then(|| reckoned(&values, calendar, t)) {
        Some(Ok(found)) => (Some(found), None),
        Some(Err(slip)) => (None, Some(slip)),
        None => (None, None),
    };
    let wrong = |field: &str| slip.as_ref().and_then(|slip| slip.at(field));
    let labels = ["calendar-from", "calendar-count", "calendar-unit"].map(|key| t.say(key));
    let [from, count, unit] = labels.each_ref();
    let [from, count, unit] = [("from", from), ("count", count), ("unit", unit)]
        .map(|(field, label)| Field::new(field, label).error(wrong(field)));
    let units = UNITS.map(|(word, ..)| (word.to_owned(), t.say(&format!("calendar-unit-{word}"))));
    let title = t.say("calendar-title");
    let this = cx.now.date().year();
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) "/rules" } { (t.with("calendar-rules-of", &[("name", &keeper.name)])) } }
        h1 { (title) }
        p { (t.say("calendar-lead")) }
        (summary(slip.as_ref(), t))
        form.filters.no-print method="get" action={ "/c/" (slug) "/calendar" } { div.row {
            (minute_field(from, values.get("from"), Moment(0)))
            (ui::input(count, Input::Count, values.get("count")))
            (ui::select(unit, &units, values.get("unit")))
            div.field { (ui::submit(&t.say("calendar-reckon"), "second")) }
        } }
        @if let Some((found, unit)) = &found { (result(found, *unit, t)) }
        @for year in this..=this.saturating_add(1) { (of_year(calendar, year, t)) }
        div.actions.no-print { (ui::print_button(t)) }
    };
    let nav = Nav::Community { slug, name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

fn reckoned(values: &Fields, calendar: &Calendar, t: Locale) -> Result<(Deadline, Unit), Slip> {
    let mut r = Reader::new("", values, t);
    let from = r.minute_or_none("from", "calendar-from-wrong").flatten();
    let count = r.number("count");
    let unit = r.word("unit", |word| UNITS.iter().find(|(one, ..)| *one == word), "calendar-unit-wrong");
    if count.is_some_and(|count| count > MOST) {
        r.wrong_with("count", "calendar-too-long", &[("most", &MOST)]);
    }
    r.done(|| {
        let (_, unit, each) = unit?;
        let count = u32::try_from(count?).ok()?.checked_mul(*each)?;
        let span = Span { count, unit: *unit };
        deadline(from?.civil(), span, calendar, &Pauses::default()).ok().map(|found| (found, *unit))
    })
}

fn result(found: &Deadline, unit: Unit, t: Locale) -> Markup {
    let when = match unit {
        Unit::Days | Unit::Months | Unit::WorkingDays => t.day(found.last),
        Unit::Minutes | Unit::WorkingMinutes => {
            Moment::at(found.due).map_or_else(String::new, |due| t.time(due))
        }
    };
    html! { section.card #due {
        h2 { (t.with("calendar-due", &[("when", &when)])) }
        @if !found.unannounced.is_empty() {
            @let years = found.unannounced.iter().map(i16::to_string).collect::<Vec<_>>().join(t.pick("、", ", "));
            p.notice.warn { (t.with("calendar-provisional", &[("years", &years)])) }
        }
        @if found.steps.len() > AT_A_GLANCE {
            details { summary { (t.with("calendar-steps", &[("days", &found.steps.len())])) } (steps(&found.steps, t)) }
        } @else { (steps(&found.steps, t)) }
    } }
}

fn steps(steps: &[Step], t: Locale) -> Markup {
    html! { table.ledger {
        thead { tr { @for head in ["calendar-head-day", "calendar-head-taken"] { th scope="col" { (t.say(head)) } } } }
        tbody { @for step in steps { tr {
            th scope="row" { (t.day(step.day)) }
            td { (taken(step.taken, t)) br; span.soft { (kind(step.kind, t)) } }
        } } }
    } }
}

fn kind(kind: DayKind, t: Locale) -> String {
    t.say(match kind {
        DayKind::Weekday => "calendar-weekday",
        DayKind::Shifted => "calendar-shifted",
        DayKind::Weekend => "calendar-weekend",
        DayKind::Holiday => "calendar-holiday",
    })
}

fn taken(taken: Taken, t: Locale) -> String {
    match taken {
        Taken::Start => t.say("calendar-taken-start"),
        Taken::Counted(nth) => t.with("calendar-taken-counted", &[("nth", &nth)]),
        Taken::Minutes(minutes) => t.with("calendar-taken-minutes", &[("minutes", &minutes)]),
        Taken::Closed => t.say("calendar-taken-closed"),
        Taken::Paused => t.say("calendar-taken-paused"),
        Taken::Moved => t.say("calendar-taken-moved"),
    }
}

/// What was announced for a year, each stretch of days off and each weekend worked.
fn of_year(calendar: &Calendar, year: i16, t: Locale) -> Markup {
    let range = |(from, to): &(Date, Date)| match from == to {
        true => t.day(*from),
        false => t.with("calendar-range", &[("from", &t.day(*from)), ("to", &t.day(*to))]),
    };
    html! { section {
        h2 { (t.with("calendar-year", &[("year", &year)])) }
        @match calendar.year(year) {
            Some(known) => {
                (ui::facts(&[
                    (t.say("calendar-off"), html! { ul.plain { @for off in &known.off { li { (range(off)) } } } }),
                    (t.say("calendar-on"), html! { ul.plain { @for on in &known.on { li { (t.day(*on)) } } } }),
                ]))
                p.soft.small { (t.with("calendar-notice", &[("notice", &known.notice)])) }
            }
            None => p.notice.warn { (t.with("calendar-unannounced", &[("year", &year)])) }
        }
    } }
}
