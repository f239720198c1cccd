//! Dates and times as offices, people and spreadsheets write them (日期与时间): one reader for
//! forms and files, in China Standard Time, and the bounds within which a time may lie. What
//! could mean two things is refused. No clock here: the present comes in.

use crate::moment::Moment;
use crate::{number, text};
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::Offset;

/// The longest that is looked at, in characters after folding.
const LONGEST: usize = 64;

/// 1 January 2000 and 1 January 2200, both in China.
const EARLIEST: Moment = Moment(946_656_000_000_000);
const LATEST: Moment = Moment(7_258_089_600_000_000);

/// By how many seconds another clock may be ahead of ours.
const AHEAD: i64 = 3_600;

/// Why something is no date or time that can be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoWhen {
    /// It does not read.
    #[error("it does not read; write 2026-05-01 09:30, or 2026-05-01 alone")]
    Unread,
    /// No year of four digits comes first, so that it may be several dates.
    #[error("it may be more than one date; write the year first with four digits, as in 2026-05-01")]
    Ambiguous,
    /// The calendar or the clock has no such day or time.
    #[error("there is no such day or time")]
    NoSuch,
    /// The day of the week beside it is another one.
    #[error("the date falls on another day of the week; correct one of them")]
    OtherWeekday,
    /// It lies before 2000.
    #[error("it lies before 2000")]
    Early,
    /// What should have happened lies ahead.
    #[error("it has not happened yet")]
    Ahead,
    /// It lies after 2199.
    #[error("it lies after 2199")]
    Far,
}

/// How exactly a time was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// A day; its moment is its beginning.
    Day,
    /// A time of day.
    Time,
}

/// A date, perhaps with a time of day, that was read and not bounded yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    at: Moment,
    extent: Extent,
}

impl When {
    /// How exactly it was given.
    #[must_use]
    pub fn extent(&self) -> Extent {
        self.extent
    }

    /// The time of what has happened: a day alone means its beginning.
    ///
    /// # Errors
    /// When it lies before 2000, or ahead of now by more than clocks differ.
    pub fn happened(&self, now: Moment) -> Result<Moment, NoWhen> {
        let at = self.due()?;
        if at > now.plus_seconds(AHEAD) { Err(NoWhen::Ahead) } else { Ok(at) }
    }

    /// A time that may lie ahead: a day alone means its beginning.
    ///
    /// # Errors
    /// When it lies before 2000 or after 2199.
    pub fn due(&self) -> Result<Moment, NoWhen> {
        match self.at {
            at if at < EARLIEST => Err(NoWhen::Early),
            at if at >= LATEST => Err(NoWhen::Far),
            at => Ok(at),
        }
    }
}

/// Reads a date, or a date with a time of day.
///
/// # Errors
/// When it does not read, or could be read in two ways.
pub fn read(raw: &str) -> Result<When, NoWhen> {
    let text = plain(raw)?;
    let (text, offset) = zone(&text)?;
    let (before, parts) = parts(text).ok_or(NoWhen::Unread)?;
    let mut beside = Beside::default();
    beside.take(before)?;
    let [(year, a), (month, b), (day, after), time @ ..] = parts.as_slice() else {
        return Err(NoWhen::Unread);
    };
    let after = match (*a, *b) {
        ("年", "月") => after.strip_prefix(['日', '号']).unwrap_or(after),
        ("-", "-") | ("/", "/") | (".", ".") => after,
        _ => return Err(NoWhen::Unread),
    };
    let of_day = match time {
        [] => {
            beside.take(after)?;
            None
        }
        time => {
            beside.take(if after == "t" { "" } else { after })?;
            Some(clock_of(time, &mut beside)?)
        }
    };
    let date = day_of(year, month, day)?;
    if beside.weekday.is_some_and(|named| named != date.weekday()) {
        return Err(NoWhen::OtherWeekday);
    }
    let at = match (of_day, offset) {
        (Some(of_day), Some(offset)) => at_offset(of_day.on(date)?, offset),
        (Some(of_day), None) => Moment::at(of_day.on(date)?),
        (None, None) if beside.half.is_none() => Moment::at(date.at(0, 0, 0, 0)),
        (None, _) => return Err(NoWhen::Unread),
    };
    let extent = if of_day.is_some() { Extent::Time } else { Extent::Day };
    Ok(When { at: at.ok_or(NoWhen::NoSuch)?, extent })
}

/// The same for a cell of a column of times, where a lone number counts days as spreadsheets do.
///
/// # Errors
/// When it does not read, or could be read in two ways.
pub fn read_cell(raw: &str) -> Result<When, NoWhen> {
    serial(&text::folded(raw)).map_or_else(|| read(raw), Ok)
}

/// Reads a time of day alone, and writes it as `09:30`; the end of a day is `24:00`.
///
/// # Errors
/// When it does not read.
pub fn clock(raw: &str) -> Result<String, NoWhen> {
    let text = plain(raw)?;
    let (before, parts) = parts(&text).ok_or(NoWhen::Unread)?;
    let mut beside = Beside::default();
    beside.take(before)?;
    let of_day = clock_of(&parts, &mut beside)?;
    if beside.weekday.is_some() {
        return Err(NoWhen::Unread);
    }
    match of_day {
        OfDay { hour: 24, minute: 0, second: 0, nanosecond: 0 } => Ok("24:00".to_owned()),
        of_day => Ok(of_day.time()?.strftime("%H:%M").to_string()),
    }
}

/// Folded, Chinese numerals as digits, brackets round, and spaces only between two digits.
fn plain(raw: &str) -> Result<String, NoWhen> {
    let folded = text::folded(raw);
    if folded.chars().count() > LONGEST {
        return Err(NoWhen::Unread);
    }
    let folded = folded.replace(['[', '【', '〔'], "(").replace([']', '】', '〕'], ")");
    let digits = number::in_digits(&folded, &['期', '拜', '周', '(']);
    let words: Vec<&str> = digits.split(' ').filter(|word| !word.is_empty()).collect();
    let mut out = String::with_capacity(digits.len());
    for word in words {
        let digit = |c: char| c.is_ascii_digit();
        if out.ends_with(digit) && word.starts_with(digit) {
            out.push(' ');
        }
        out.push_str(word);
    }
    Ok(out)
}

/// A number, and what stands behind it.
type Part<'a> = (&'a str, &'a str);

/// What stands before the first number, and the numbers. All digits in a run are taken apart as
/// 2026-07-05 09:03:20.
fn parts(text: &str) -> Option<(&str, Vec<Part<'_>>)> {
    let (before, mut rest) = text.split_at(text.find(|c: char| c.is_ascii_digit())?);
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let (digits, after) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
        let (between, next) = after.split_at(after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len()));
        rest = next;
        if !parts.is_empty() || !matches!(digits.len(), 8 | 12 | 14) {
            parts.push((digits, between));
            continue;
        }
        let run = [(0, 4, "-"), (4, 6, "-"), (6, 8, ""), (8, 10, ":"), (10, 12, ":"), (12, 14, "")];
        for (from, to, sign) in run.into_iter().filter(|(_, to, _)| *to <= digits.len()) {
            parts.push((digits.get(from..to)?, if to == digits.len() { between } else { sign }));
        }
    }
    Some((before, parts))
}

fn day_of(year: &str, month: &str, day: &str) -> Result<Date, NoWhen> {
    match (year.len(), month.len(), day.len()) {
        (4, 1..=2, 1..=2) => {}
        (1..=2, 1..=2, 1..=2 | 4) => return Err(NoWhen::Ambiguous),
        _ => return Err(NoWhen::Unread),
    }
    let day = (year.parse().ok(), month.parse().ok(), day.parse().ok());
    let (Some(year), Some(month), Some(day)) = day else { return Err(NoWhen::Unread) };
    Date::new(year, month, day).map_err(|_| NoWhen::NoSuch)
}

/// What may stand beside date and time, before or behind: the day of the week and the half of
/// the day.
#[derive(Default)]
struct Beside {
    weekday: Option<Weekday>,
    half: Option<Half>,
}

impl Beside {
    fn take(&mut self, text: &str) -> Result<(), NoWhen> {
        let mut rest = text.trim();
        while !rest.is_empty() {
            if let (None, Some((day, after))) = (self.weekday, weekday(rest)) {
                (self.weekday, rest) = (Some(day), after);
            } else if let (None, Some((half, after))) = (self.half, Half::first(rest)) {
                (self.half, rest) = (Some(half), after);
            } else {
                return Err(NoWhen::Unread);
            }
        }
        Ok(())
    }
}

/// The day of the week that a text begins with, in brackets or not: 星期一, 周一, (一), Mon.
fn weekday(text: &str) -> Option<(Weekday, &str)> {
    const DAYS: [(&[&str], Weekday); 7] = [
        (&["一", "monday", "mon"], Weekday::Monday),
        (&["二", "tuesday", "tue"], Weekday::Tuesday),
        (&["三", "wednesday", "wed"], Weekday::Wednesday),
        (&["四", "thursday", "thu"], Weekday::Thursday),
        (&["五", "friday", "fri"], Weekday::Friday),
        (&["六", "saturday", "sat"], Weekday::Saturday),
        (&["日", "天", "sunday", "sun"], Weekday::Sunday),
    ];
    let inner = text.strip_prefix('(').unwrap_or(text);
    let name = ["星期", "礼拜", "周"].iter().find_map(|word| inner.strip_prefix(word)).unwrap_or(inner);
    // A character alone is a day of the week only where something says so.
    let said = name.len() < text.len() || name.starts_with(|c: char| c.is_ascii());
    let found = |(words, day): &(&[&str], Weekday)| {
        Some((*day, words.iter().find_map(|word| name.strip_prefix(word))?))
    };
    let (day, rest) = DAYS.iter().find_map(found).filter(|_| said)?;
    if inner.len() == text.len() { Some((day, rest)) } else { Some((day, rest.strip_prefix(')')?)) }
}

/// A half of the day, or a part that says which.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Noon,
    Afternoon,
    Evening,
}

impl Half {
    const WORDS: [(&'static [&'static str], Half); 4] = [
        (&["上午", "早上", "早晨", "清晨", "凌晨", "早", "a.m.", "am"], Half::Morning),
        (&["中午"], Half::Noon),
        (&["下午", "午后", "p.m.", "pm"], Half::Afternoon),
        (&["傍晚", "晚上", "晚间", "晚"], Half::Evening),
    ];

    fn first(text: &str) -> Option<(Half, &str)> {
        Self::WORDS
            .iter()
            .find_map(|(words, half)| Some((*half, words.iter().find_map(|word| text.strip_prefix(word))?)))
    }

    /// The hour of the day; 12 in the morning is midnight, as spreadsheets write it.
    fn hour(self, hour: i8) -> Option<i8> {
        match (self, hour) {
            (Half::Morning, 12) => Some(0),
            (Half::Morning, 0..=11)
            | (Half::Noon, 11..=14)
            | (Half::Afternoon, 12..=23)
            | (Half::Evening, 17..=23) => Some(hour),
            (Half::Noon, 1..=2) | (Half::Afternoon, 1..=11) | (Half::Evening, 5..=11) => Some(hour + 12),
            _ => None,
        }
    }
}

/// A time of day as it was written: 24:00 is the end of a day.
#[derive(Clone, Copy)]
struct OfDay {
    hour: i8,
    minute: i8,
    second: i8,
    nanosecond: i32,
}

impl OfDay {
    fn time(self) -> Result<Time, NoWhen> {
        Time::new(self.hour, self.minute, self.second, self.nanosecond).map_err(|_| NoWhen::NoSuch)
    }

    fn on(self, day: Date) -> Result<DateTime, NoWhen> {
        match self {
            OfDay { hour: 24, minute: 0, second: 0, nanosecond: 0 } => {
                Ok(day.tomorrow().map_err(|_| NoWhen::NoSuch)?.at(0, 0, 0, 0))
            }
            of_day => Ok(day.to_datetime(of_day.time()?)),
        }
    }
}

/// A time of day by its parts: with colons, or with 时 or 点. Behind a colon stand two digits; a
/// lone one may be what is left of two.
fn clock_of(parts: &[Part<'_>], beside: &mut Beside) -> Result<OfDay, NoWhen> {
    const UNITS: [&str; 8] = ["时整", "点整", "时半", "点半", "时", "点", "分", "秒"];
    let Some(((last, end), before)) = parts.split_last() else { return Err(NoWhen::Unread) };
    let unit = UNITS.into_iter().find(|unit| end.starts_with(unit)).unwrap_or_default();
    beside.take(end.strip_prefix(unit).unwrap_or(end))?;
    let mut parts = before.to_vec();
    parts.push((last, unit));
    let (hour, minute, second, fraction) = match parts.as_slice() {
        [(h, ":"), (m, "")] if m.len() == 2 => (*h, *m, "0", ""),
        [(h, ":"), (m, ":"), (s, "")] if m.len() == 2 && s.len() == 2 => (*h, *m, *s, ""),
        [(h, ":"), (m, ":"), (s, "." | ","), (f, "")] if m.len() == 2 && s.len() == 2 => (*h, *m, *s, *f),
        [(h, "时" | "点" | "时整" | "点整")] => (*h, "0", "0", ""),
        // 7pm: the half of the day says that it is an hour.
        [(h, "")] if beside.half.is_some() => (*h, "0", "0", ""),
        [(h, "时半" | "点半")] => (*h, "30", "0", ""),
        [(h, "时" | "点"), (m, "分" | "")] => (*h, *m, "0", ""),
        [(h, "时" | "点"), (m, "分"), (s, "秒")] => (*h, *m, *s, ""),
        _ => return Err(NoWhen::Unread),
    };
    if fraction.len() > 9 || [hour, minute, second].iter().any(|part| part.len() > 2) {
        return Err(NoWhen::Unread);
    }
    let small = |text: &str| text.parse::<i8>().map_err(|_| NoWhen::Unread);
    let hour = small(hour)?;
    let hour = beside.half.map_or(Some(hour), |half| half.hour(hour)).ok_or(NoWhen::NoSuch)?;
    let nanosecond = format!("{fraction:0<9}").parse().map_err(|_| NoWhen::Unread)?;
    Ok(OfDay { hour, minute: small(minute)?, second: small(second)?, nanosecond })
}

/// Cuts `Z`, `+08:00`, `+0800` or `+8` off the end, in seconds. Behind a dash stands the end of
/// a span, not a zone.
fn zone(text: &str) -> Result<(&str, Option<i32>), NoWhen> {
    if let Some(text) = text.strip_suffix('z') {
        return Ok((text, Some(0)));
    }
    let Some((text, zone)) = text.split_once('+') else { return Ok((text, None)) };
    let (hours, minutes) = match zone.split_once(':') {
        Some(parts) => parts,
        None if zone.len() == 4 && zone.is_ascii() => zone.split_at(2),
        None => (zone, "00"),
    };
    let part = |text: &str| {
        let read = text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<i32>().ok()).flatten();
        read.ok_or(NoWhen::Unread)
    };
    match (part(hours)?, part(minutes)?) {
        (hours @ 0..=14, minutes @ 0..=59) => Ok((text, Some((hours * 60 + minutes) * 60))),
        _ => Err(NoWhen::NoSuch),
    }
}

fn at_offset(at: DateTime, offset: i32) -> Option<Moment> {
    let stamp = Offset::from_seconds(offset).ok()?.to_timestamp(at).ok()?;
    Some(Moment(stamp.as_microsecond()))
}

/// `46208` or `46208.3770833`, to the nearest second: spreadsheets keep no more. They count days
/// from 30 December 1899.
fn serial(text: &str) -> Option<When> {
    let (days, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if days.len() != 5 || fraction.len() > 18 || !digits(days) || !digits(fraction) {
        return None;
    }
    let midnight = Moment::at(DateTime::constant(1899, 12, 30, 0, 0, 0, 0))?;
    let midnight = midnight.plus_seconds(days.parse::<i64>().ok()? * 86_400);
    if fraction.is_empty() {
        return Some(When { at: midnight, extent: Extent::Day });
    }
    let whole = 10_u128.pow(u32::try_from(fraction.len()).ok()?);
    let seconds = (fraction.parse::<u128>().ok()? * 86_400 + whole / 2) / whole;
    Some(When { at: midnight.plus_seconds(i64::try_from(seconds).ok()?), extent: Extent::Time })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    /// 12 July 2026, noon in China.
    const NOW: Moment = Moment(1_783_828_800_000_000);

    fn minute(raw: &str) -> String {
        read_cell(raw).and_then(|when| when.happened(NOW)).map_or_else(|no| format!("{no:?}"), Moment::minute)
    }

    #[test]
    fn offices_and_spreadsheets_write_the_same_time_in_many_ways() {
        for morning in [
            "2026-7-5 9:03",
            "2026-07-05T09:03",
            "2026-07-05 09:03:00",
            "2026/7/5 9:03",
            "2026/7/5 上午9:03",
            "2026/7/5 9:03 AM",
            "2026/7/5 9:03:00 a.m.",
            "2026.7.5 09:03",
            "2026年7月5日 9:03",
            "2026年7月5日9时3分",
            "2026年7月5日上午9点03分",
            "2026 年 7 月 5 日 9 时 3 分 0 秒",
            "2026年7月5日（星期日）9:03",
            "2026-7-5 周日 9:03",
            "2026-07-05 Sun 09:03",
            "２０２６／７／５　９：０３",
            "2026–7–5 9:03",
            "2026。7。5 9：03",
            "2026-07-05T09:03:00.250+08:00",
            "2026-07-05T01:03:00Z",
            "2026-07-05 01:03:00 +0000",
            "202607050903",
            "20260705090300",
            "46208.3770833",
            "二〇二六年七月五日上午九时三分",
            "二零二六年七月五日九点零三分",
            "2026年七月五日 9:03",
            "2026-7-5（日）9:03",
            "2026年7月5日上午9:03 周日",
            "20260705 09:03",
        ] {
            assert_eq!(minute(morning), "2026-07-05 09:03", "{morning}");
        }
        for afternoon in
            ["2026/7/5 下午3:03", "2026/7/5 3:03 PM", "2026年7月5日 15时3分", "2026.7.5 下午15:03"]
        {
            assert_eq!(minute(afternoon), "2026-07-05 15:03", "{afternoon}");
        }
        for day in
            ["2026-7-5", "2026/07/05", "2026.7.5", "2026年7月5日", "2026年7月5号(周日)", "20260705", "46208"]
        {
            assert_eq!(minute(day), "2026-07-05 00:00", "{day}");
            assert_eq!(read_cell(day).unwrap().extent(), Extent::Day, "{day}");
        }
        for (at, wanted) in [
            ("2026/7/5 上午12:03", "2026-07-05 00:03"),
            ("2026/7/5 下午12:03", "2026-07-05 12:03"),
            ("2026/7/5 中午1点半", "2026-07-05 13:30"),
            ("2026/7/5 晚上8点", "2026-07-05 20:00"),
            ("2026/7/5 24:00", "2026-07-06 00:00"),
            ("2026-07-04 Sat 09:03", "2026-07-04 09:03"),
            ("二○二六年六月三十日十一点整", "2026-06-30 11:00"),
            ("二〇二六年五月廿三日晚7点", "2026-05-23 19:00"),
            ("2026年五月卅日 7pm", "2026-05-30 19:00"),
            ("2026年五月卅一日 7:00", "2026-05-31 07:00"),
            ("二〇二六年七月十一日星期六下午三点半", "2026-07-11 15:30"),
        ] {
            assert_eq!(minute(at), wanted, "{at}");
        }
    }

    #[test]
    fn what_could_be_two_things_or_nothing_is_refused_with_its_reason() {
        use NoWhen::{Ahead, Ambiguous, Early, Far, NoSuch, OtherWeekday, Unread};
        for (raw, reason) in [
            ("26/7/5", Ambiguous),
            ("7/5/26", Ambiguous),
            ("26年7月5日", Ambiguous),
            ("5/7/2026", Ambiguous),
            ("２６．７．５", Ambiguous),
            ("2026-07-05+08:00", Unread),
            ("2026年7月", Unread),
            ("2026-7-5 009:03", Unread),
            ("7月5日", Unread),
            ("昨天", Unread),
            ("", Unread),
            ("2026", Unread),
            ("2026-7/5", Unread),
            ("2026-7-5 9:3", Unread),
            ("2026-7-5 9:00-10:00", Unread),
            ("2026-7-5 上午", Unread),
            ("2026-7-5 9:03 13800001111", Unread),
            ("2026-02-30", NoSuch),
            ("2026-7-5 25:00", NoSuch),
            ("2026-7-5 上午13:00", NoSuch),
            ("2026-7-5（星期一）", OtherWeekday),
            ("1999-12-31", Early),
            ("2126/7/5", Ahead),
            ("2026-07-13", Ahead),
            ("2200-01-01", Far),
            ("999999", Unread),
            ("99999", Ahead),
            ("20000", Early),
        ] {
            let read = read_cell(raw).and_then(|when| when.happened(NOW));
            assert_eq!(read, Err(reason), "{raw}");
        }
        assert!(read("2026-07-12 12:30").unwrap().happened(NOW).is_ok(), "another clock may be ahead");
        assert!(read("2199-12-31").unwrap().due().is_ok());
        assert_eq!(read("46208"), Err(Unread), "a number is a time in a column of times only");
    }

    #[test]
    fn a_time_of_day_reads_alone() {
        for text in ["09:30", "9:30", "９：３０", "上午9:30", "9点半", "9:30 AM", "九点半", "上午九时三十分"]
        {
            assert_eq!(clock(text).unwrap(), "09:30", "{text}");
        }
        for text in ["晚7点", "7pm", "7 PM", "19点", "晚上七点", "晚间7:00", "19:00:00", "晚７点整"]
        {
            assert_eq!(clock(text).unwrap(), "19:00", "{text}");
        }
        for (text, wanted) in [("24:00", "24:00"), ("24点", "24:00"), ("0:00", "00:00"), ("早8点", "08:00")]
        {
            assert_eq!(clock(text).unwrap(), wanted, "{text}");
        }
        for text in ["", "24:01", "25:00", "9", "9:3", "9:60", "2026-07-05", "09:30Z"] {
            assert!(clock(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_we_write_reads_as_it_was(minutes in 0_i64..105_000_000) {
            let at = EARLIEST.plus_seconds(minutes * 60);
            prop_assert_eq!(read(&at.minute()).unwrap().due(), Ok(at));
        }
    }
}
