//! Dates and times in forms, in China Standard Time. What they mean is each feature's.

use crate::texts::Locale;
use crate::ui::Field;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use maud::{Markup, html};
use yishi_domain::Moment;

fn moment(at: DateTime) -> Option<Moment> {
    Offset::constant(8).to_timestamp(at).ok().map(|stamp| Moment(stamp.as_microsecond()))
}

/// The end of a day as a form sends it, `2026-05-06`.
#[must_use]
pub fn end_of_day(text: &str) -> Option<Moment> {
    let date: Date = text.trim().parse().ok()?;
    Some(moment(date.at(0, 0, 0, 0))?.end_of_day_after(0))
}

/// A minute as a form sends it, `2026-05-06T09:30`; a day alone means its end.
#[must_use]
pub fn minute(text: &str) -> Option<Moment> {
    let text = text.trim();
    if text.len() <= 10 {
        return end_of_day(text);
    }
    moment(text.parse().ok()?)
}

/// A day, as [`end_of_day`] reads it.
#[must_use]
pub fn day_field(field: Field, value: &str, now: Moment) -> Markup {
    dated(field, "date", value, &now.date().to_string())
}

/// A minute, as [`minute`] reads it.
#[must_use]
pub fn minute_field(field: Field, value: &str, now: Moment) -> Markup {
    dated(field, "datetime-local", value, &now.minute().replace(' ', "T"))
}

fn dated(field: Field, kind: &str, value: &str, least: &str) -> Markup {
    let class = if field.error.is_some() { "field wrong" } else { "field" };
    let hint = (!field.hint.is_empty()).then(|| format!("{}-hint", field.name));
    let wrong = field.error.map(|_| format!("{}-error", field.name));
    let described: Vec<String> = hint.iter().chain(&wrong).cloned().collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    html! {
        div class=(class) {
            label for=(field.name) { (field.label) }
            @if let Some(id) = &hint { p.hint id=(id) { (field.hint) } }
            @if let (Some(id), Some(error)) = (&wrong, field.error) { p.error-text id=(id) { (error) } }
            input type=(kind) id=(field.name) name=(field.name) value=(value) min=(least)
                aria-describedby=[described] aria-invalid=[field.error.map(|_| "true")];
        }
    }
}

/// The day of the week in China.
#[must_use]
pub fn weekday(moment: Moment, t: Locale) -> String {
    const DAYS: [&str; 7] = [
        "weekday-monday",
        "weekday-tuesday",
        "weekday-wednesday",
        "weekday-thursday",
        "weekday-friday",
        "weekday-saturday",
        "weekday-sunday",
    ];
    let days = usize::try_from(moment.date().weekday().to_monday_zero_offset()).unwrap_or_default();
    DAYS.get(days).map_or_else(String::new, |key| t.say(key))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_form_means_time_in_china() {
        assert_eq!(end_of_day("2026-05-06").unwrap().deadline_date().to_string(), "2026-05-06");
        assert_eq!(minute("2026-05-06T09:30").unwrap().minute(), "2026-05-06 09:30");
        assert_eq!(minute("2026-05-06"), end_of_day("2026-05-06"));
        for wrong in ["", "tomorrow", "2026-02-30", "2026-05-06T25:00"] {
            assert_eq!(minute(wrong), None, "{wrong}");
        }
    }
}
