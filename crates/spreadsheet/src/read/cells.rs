//! What a cell of a workbook says (单元格), as its sheet shows it: a day as a day, a telephone as
//! its digits. What a workbook has lost is told and not made up.

use super::Damage;
use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType};

/// The day after the last one that a workbook can hold, 31 December 9999, as it counts days.
const LAST: f64 = 2_958_466.0;
const SECONDS: f64 = 86_400.0;
/// From here on a whole number has more digits than a workbook keeps.
const WHOLE: f64 = 1e15;

/// From when a workbook counts days (日期起点).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Epoch {
    Of1900,
    Of1904,
}

/// A cell's text, and what is wrong with it.
pub(super) fn said(value: &DataRef<'_>, epoch: Epoch) -> (String, Option<Damage>) {
    match value {
        DataRef::Int(number) => (number.to_string(), None),
        DataRef::Float(number) => number_said(*number),
        DataRef::String(text) => (text.clone(), None),
        DataRef::SharedString(text) => ((*text).to_owned(), None),
        DataRef::Bool(is) => (is.to_string(), None),
        DataRef::DateTime(at) if at.is_duration() => (length(at.as_f64()), None),
        DataRef::DateTime(at) => match moment(at.as_f64(), epoch) {
            Some(said) => (said, None),
            None => number_said(at.as_f64()),
        },
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => (text.clone(), None),
        DataRef::Error(error) => (error.to_string(), Some(Damage::Wrong)),
        DataRef::Empty => (String::new(), None),
    }
}

/// A number with as many digits as a workbook keeps, and no more.
fn number_said(number: f64) -> (String, Option<Damage>) {
    if !number.is_finite() {
        return (number.to_string(), Some(Damage::Wrong));
    }
    if number.fract() == 0.0 {
        let damage = (number.abs() >= WHOLE).then_some(Damage::Rounded);
        return (format!("{:.0}", if number == 0.0 { 0.0 } else { number }), damage);
    }
    // 0.1 + 0.2 is shown as 0.3.
    let shown = format!("{number:.14e}").parse().unwrap_or(number);
    (format!("{shown}"), None)
}

/// A day, a day and a time, or a time alone; nothing for what no calendar has.
fn moment(value: f64, epoch: Epoch) -> Option<String> {
    if !(0.0..LAST).contains(&value) {
        return None;
    }
    // To the second: a time of day is a fraction, and seldom an exact one.
    let seconds = ((value - value.floor()) * SECONDS).round();
    let (day, seconds) =
        if seconds < SECONDS { (value.floor(), seconds) } else { (value.floor() + 1.0, 0.0) };
    let all = seconds as u32;
    let (hour, minute, second) = (all / 3_600, all / 60 % 60, all % 60);
    let time = if second == 0 {
        format!("{hour:02}:{minute:02}")
    } else {
        format!("{hour:02}:{minute:02}:{second:02}")
    };
    if day == 0.0 {
        return Some(time);
    }
    let date = ExcelDateTime::new(day, ExcelDateTimeType::DateTime, epoch == Epoch::Of1904);
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    Some(if all == 0 { date } else { format!("{date} {time}") })
}

/// How long something took, in hours, minutes and seconds.
fn length(value: f64) -> String {
    let all = (value * SECONDS).round();
    let (hour, minute, second) = ((all / 3_600.0).floor(), (all / 60.0).floor() % 60.0, all % 60.0);
    format!("{hour:.0}:{minute:02.0}:{second:02.0}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_their_digits_and_what_a_workbook_has_cut_is_told() {
        let plain = |number: f64| number_said(number);
        assert_eq!(plain(13_800_001_111.0), ("13800001111".to_owned(), None), "a telephone");
        assert_eq!(plain(7.0), ("7".to_owned(), None));
        assert_eq!(plain(-0.0), ("0".to_owned(), None));
        assert_eq!(plain(0.1 + 0.2), ("0.3".to_owned(), None));
        assert_eq!(plain(86.5), ("86.5".to_owned(), None));
        assert_eq!(plain(110_101_199_001_011_230.0).1, Some(Damage::Rounded), "eighteen digits");
        assert_eq!(plain(999_999_999_999_999.0).1, None);
        assert_eq!(plain(f64::NAN).1, Some(Damage::Wrong));
    }

    #[test]
    fn days_and_times_read_as_they_are_shown() {
        let at = |value: f64| moment(value, Epoch::Of1900);
        assert_eq!(at(46_208.0).as_deref(), Some("2026-07-05"));
        assert_eq!(at(46_208.377_083_333_3).as_deref(), Some("2026-07-05 09:03"));
        assert_eq!(at(46_208.377_083_4).as_deref(), Some("2026-07-05 09:03"));
        assert_eq!(at(46_207.999_999_99).as_deref(), Some("2026-07-05"), "a day that a fraction just misses");
        assert_eq!(at(46_208.377_094_91).as_deref(), Some("2026-07-05 09:03:01"));
        assert_eq!(at(0.377_083_333_3).as_deref(), Some("09:03"));
        assert_eq!(moment(44_746.0, Epoch::Of1904).as_deref(), Some("2026-07-05"));
        assert_eq!((at(-1.0), at(LAST), at(f64::NAN)), (None, None, None));
        assert_eq!(length(1.127_083_333_3), "27:03:00");
    }

    #[test]
    fn every_minute_of_a_day_is_that_minute() {
        for minute in 0..1_440_u32 {
            let wanted = format!("{:02}:{:02}", minute / 60, minute % 60);
            let said = moment(46_208.0 + f64::from(minute) / 1_440.0, Epoch::Of1900);
            let wanted = if minute == 0 { "2026-07-05".to_owned() } else { format!("2026-07-05 {wanted}") };
            assert_eq!(said, Some(wanted));
        }
    }
}
