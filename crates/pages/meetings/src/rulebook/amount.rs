//! How a number of the rules is called and said.

use yishi_kernel::due::Unit;
use yishi_kernel::rules::Number;
use yishi_web::texts::Locale;

/// What a number is of. A later program may know numbers that this one has no name for.
pub(super) fn name(number: &Number, t: Locale) -> String {
    t.first(&[&format!("number-of-{}", number.of)]).unwrap_or_else(|| number.of.clone())
}

/// What a section is of.
pub(super) fn section_name(section: &str, t: Locale) -> String {
    t.first(&[&format!("numbers-of-{section}")]).unwrap_or_else(|| section.to_owned())
}

/// So many of a unit.
pub(super) fn amount(unit: Option<Unit>, count: i64, t: Locale) -> String {
    let said = |key: &str, count: i64| t.with(key, &[("count", &count)]);
    match unit {
        Some(Unit::Days) => said("numbers-days", count),
        Some(Unit::WorkingDays) => said("numbers-working-days", count),
        Some(Unit::Months) => said("numbers-months", count),
        Some(Unit::Minutes) if count % 60 == 0 => said("numbers-hours", count / 60),
        Some(Unit::Minutes) => said("numbers-minutes", count),
        Some(Unit::WorkingMinutes) => said("numbers-working-minutes", count),
        None => count.to_string(),
    }
}
