//! Dates and times in forms, in China Standard Time: fields, and what a day alone means there.
//! Spellings and bounds are the kernel's; what a time means is each feature's.

use crate::texts::{Language, Locale};
use crate::ui::Field;
use maud::{Markup, html};
use yishi_domain::Moment;
use yishi_kernel::moment::Date;
use yishi_kernel::when::{self, Extent, NoWhen};

/// The end of a day, `2026-05-06`.
///
/// # Errors
/// When it is no day alone, or none until 2200.
pub fn end_of_day(text: &str) -> Result<Moment, NoWhen> {
    match when::read(text)? {
        day if day.extent() == Extent::Day => Ok(day.due()?.end_of_day_after(0)),
        _ => Err(NoWhen::Unread),
    }
}

/// A minute, `2026-05-06T09:30`; a day alone means its end.
///
/// # Errors
/// When it is neither, or none until 2200.
pub fn minute(text: &str) -> Result<Moment, NoWhen> {
    let read = when::read(text)?;
    match read.extent() {
        Extent::Day => Ok(read.due()?.end_of_day_after(0)),
        Extent::Time => read.due(),
    }
}

/// Which days a field offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Days {
    /// From today on: a day by which something is done.
    Coming,
    /// From a day to today: a day on which something happened.
    Past(Date),
    /// All.
    Any,
}

/// A day, as [`end_of_day`] reads it.
#[must_use]
pub fn day_field(field: Field, value: &str, days: Days, now: Moment) -> Markup {
    let today = now.date();
    let (least, most) = match days {
        Days::Coming => (Some(today), None),
        Days::Past(since) => (Some(since), Some(today)),
        Days::Any => (None, None),
    };
    dated(field, "date", value, [least, most].map(|day| day.map(|day| day.to_string())))
}

/// A minute, as [`minute`] reads it.
#[must_use]
pub fn minute_field(field: Field, value: &str, now: Moment) -> Markup {
    dated(field, "datetime-local", value, [Some(now.minute().replace(' ', "T")), None])
}

fn dated(field: Field, kind: &str, value: &str, [least, most]: [Option<String>; 2]) -> Markup {
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
            input type=(kind) id=(field.name) name=(field.name) value=(value) min=[least] max=[most]
                aria-describedby=[described] aria-invalid=[field.error.map(|_| "true")];
        }
    }
}

/// How days and times are said (日期写法). Pages and papers say a day in full, with its weekday:
/// 2026年11月25日（星期三）. Lists and chains, where many stand below each other, leave out the
/// weekday and, in the reader's own year, the year: 11月25日. Forms and files for machines have
/// their own way (`2026-11-25`), which is also that of pages in English, where its hyphens are of
/// those at which no line breaks.
impl Locale {
    /// A day in full.
    #[must_use]
    pub fn day(self, day: Date) -> String {
        const DAYS: [&str; 7] = [
            "weekday-monday",
            "weekday-tuesday",
            "weekday-wednesday",
            "weekday-thursday",
            "weekday-friday",
            "weekday-saturday",
            "weekday-sunday",
        ];
        let days = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
        let weekday = DAYS.get(days).map_or_else(String::new, |key| self.say(key));
        match self.language {
            Language::ZhHans => format!("{}（{weekday}）", whole(day)),
            Language::En => format!("{} ({weekday})", unbroken(day)),
        }
    }

    /// A day with its year and no weekday, within a sentence.
    #[must_use]
    pub fn dated(self, day: Date) -> String {
        match self.language {
            Language::ZhHans => whole(day),
            Language::En => unbroken(day),
        }
    }

    /// A moment in full, to the minute.
    #[must_use]
    pub fn time(self, moment: Moment) -> String {
        let space = self.pick("", " ");
        format!("{}{space}{}", self.day(moment.date()), clock(moment))
    }

    /// A day in a list.
    #[must_use]
    pub fn brief(self, day: Date) -> String {
        match self.language {
            Language::ZhHans if day.year() == self.year => format!("{}月{}日", day.month(), day.day()),
            Language::ZhHans => whole(day),
            Language::En => unbroken(day),
        }
    }

    /// A day in a title, as one says it of today and yesterday: in one piece, since titles break at
    /// any character.
    #[must_use]
    pub fn recent(self, day: Date, today: Date) -> String {
        match today.yesterday() {
            _ if day == today => self.say("day-today"),
            Ok(yesterday) if day == yesterday => self.say("day-yesterday"),
            _ => whole_word(&self.brief(day)),
        }
    }

    /// A moment in a list, to the minute.
    #[must_use]
    pub fn brief_time(self, moment: Moment) -> String {
        format!("{} {}", self.brief(moment.date()), clock(moment))
    }
}

fn whole(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// `2026‑11‑25` in one piece: at a common hyphen browsers break the line.
fn unbroken(day: Date) -> String {
    day.to_string().replace('-', "\u{2011}")
}

/// A text at none of whose characters a line breaks.
fn whole_word(text: &str) -> String {
    let (mut out, mut chars) = (String::new(), text.chars());
    out.extend(chars.next());
    out.extend(chars.flat_map(|c| ['\u{2060}', c]));
    out
}

/// The time of a day to the minute: `09:05`.
#[must_use]
pub fn clock(moment: Moment) -> String {
    let time = moment.civil().time();
    format!("{:02}:{:02}", time.hour(), time.minute())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_list_leaves_out_the_readers_own_year() {
        let day = Moment::at("2026-11-05T09:05".parse().unwrap()).unwrap();
        let t = Locale { year: 2026, ..Locale::default() };
        assert_eq!((t.brief(day.date()), t.brief_time(day)), ("11月5日".into(), "11月5日 09:05".into()));
        assert_eq!(whole_word("11月5日"), "1\u{2060}1\u{2060}月\u{2060}5\u{2060}日");
        assert_eq!(Locale { year: 2027, ..t }.brief(day.date()), "2026年11月5日");
        assert_eq!(Locale::from(Language::En).brief_time(day), "2026\u{2011}11\u{2011}05 09:05");
    }

    #[test]
    fn a_form_means_time_in_china() {
        assert_eq!(end_of_day("2026-05-06").unwrap().deadline_date().to_string(), "2026-05-06");
        assert_eq!(minute("2026-05-06T09:30").unwrap().minute(), "2026-05-06 09:30");
        assert_eq!(minute("2026-05-06"), end_of_day("2026-05-06"));
        assert_eq!(end_of_day("２０２６年５月６日"), end_of_day("2026-05-06"));
        assert_eq!(end_of_day("2026-05-06 09:30"), Err(NoWhen::Unread), "no day alone");
        assert_eq!(end_of_day("2205-05-06"), Err(NoWhen::Far));
        for wrong in ["", "tomorrow", "2026-02-30", "2026-05-06T25:00"] {
            assert!(minute(wrong).is_err(), "{wrong}");
        }
    }
}
