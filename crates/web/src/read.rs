//! Reading a form: each field as what it means, and all that does not read at once. A reader
//! notes what is wrong and goes on; [`Reader::done`] makes the command when nothing is. What
//! the command means is the domain's business.

use crate::form::{NTH, front, name};
use crate::sent::LOOKED;
use crate::slip::Slip;
use crate::texts::Locale;
use crate::ui::Fields;
use crate::{Error, dates};
use std::str::FromStr;
use yishi_kernel::number::{self, NoNumber};
use yishi_kernel::personal::Looked;
use yishi_kernel::phone::{self, NoPhone};
use yishi_kernel::refusal::Common;
use yishi_kernel::rules::Limits;
use yishi_kernel::text::{TextError, clean, clean_public};
use yishi_kernel::when::{self, NoWhen};
use yishi_kernel::{Moment, PhotoDigest, Refusal};

/// A form of an act that is being read.
#[derive(Debug)]
pub struct Reader<'a> {
    front: String,
    nth: Option<u32>,
    values: &'a Fields,
    photos: Vec<PhotoDigest>,
    looked: Looked,
    slip: Slip,
    t: Locale,
}

impl<'a> Reader<'a> {
    /// The form of this act.
    #[must_use]
    pub fn new(act: &str, values: &'a Fields, t: Locale) -> Self {
        let nth = values.get(&name(act, NTH)).parse().ok().filter(|_| !act.is_empty());
        let looked = Looked::at(values.all(LOOKED).map(str::to_owned));
        Self { front: front(act, nth), nth, values, photos: Vec::new(), looked, slip: Slip::default(), t }
    }

    /// Which it is, where the page has the form for several things.
    #[must_use]
    pub fn nth(&self) -> Option<u32> {
        self.nth
    }

    /// The name of a field.
    pub(crate) fn name(&self, field: &str) -> String {
        name(&self.front, field)
    }

    /// With the photos that came along and are stored.
    #[must_use]
    pub fn with_photos(self, photos: Vec<PhotoDigest>) -> Self {
        Self { photos, ..self }
    }

    /// With a photo that was refused: told along with everything else.
    pub fn without_photo(&mut self, error: &Error) {
        self.slip.add(Some(self.name("photos")), error.text(self.t));
    }

    /// The language of the page.
    #[must_use]
    pub fn t(&self) -> Locale {
        self.t
    }

    fn raw(&self, field: &str) -> &'a str {
        self.values.get(&self.name(field))
    }

    /// A text as it was typed; empty when it was not sent.
    #[must_use]
    pub fn text(&self, field: &str) -> String {
        self.raw(field).to_owned()
    }

    /// A text, unless nothing was typed.
    #[must_use]
    pub fn some(&self, field: &str) -> Option<String> {
        Some(self.text(field)).filter(|text| !text.trim().is_empty())
    }

    /// Notes what is wrong with a field.
    pub fn wrong(&mut self, field: &str, key: &str) {
        self.slip.add(Some(self.name(field)), self.t.say(key));
    }

    /// The same, where the sentence names something.
    pub fn wrong_with(&mut self, field: &str, key: &str, args: &[(&str, &dyn std::fmt::Display)]) {
        self.slip.add(Some(self.name(field)), self.t.with(key, args));
    }

    /// A text that must not be empty, as it was typed.
    pub fn must(&mut self, field: &str) -> Option<String> {
        self.noted(self.some(field), field, "refusal-text-empty")
    }

    /// A line for everyone to read. What is wrong with it is told as the
    /// command would, but along with everything else.
    pub fn line(&mut self, field: &str, limits: &Limits) -> Option<String> {
        self.public(field, limits.summary)
    }

    /// The same, or nothing where nothing was typed.
    pub fn line_or_none(&mut self, field: &str, limits: &Limits) -> Option<Option<String>> {
        match self.some(field) {
            None => Some(None),
            Some(_) => self.line(field, limits).map(Some),
        }
    }

    /// A text of several lines for everyone to read.
    pub fn note(&mut self, field: &str, limits: &Limits) -> Option<String> {
        self.public(field, limits.text)
    }

    /// The same, or nothing where nothing was typed.
    pub fn note_or_none(&mut self, field: &str, limits: &Limits) -> Option<Option<String>> {
        match self.some(field) {
            None => Some(None),
            Some(_) => self.note(field, limits).map(Some),
        }
    }

    /// Notes for what the domain would refuse it, so that this is told along with the rest.
    pub fn refuse(&mut self, field: &str, why: impl Into<Refusal>) {
        self.slip.refuse(Some(self.name(field)), &Error::from(why.into()), self.t);
    }

    /// A text for everyone to read, of at most `max` characters and without personal data.
    pub fn public(&mut self, field: &str, max: usize) -> Option<String> {
        self.cleaned(field, clean_public(self.raw(field), max, &self.looked))
    }

    /// A text for some to read, of at most `max` characters; it may be left empty.
    pub fn private(&mut self, field: &str, max: usize) -> Option<String> {
        match clean(self.raw(field), max) {
            Err(TextError::Empty) => Some(String::new()),
            text => self.cleaned(field, text),
        }
    }

    /// What a rule makes of a field; where it refuses, that is told with everything else.
    pub fn taken<T>(&mut self, field: &str, read: Result<T, impl Into<Refusal>>) -> Option<T> {
        read.map_err(|why| self.refuse(field, why)).ok()
    }

    fn cleaned(&mut self, field: &str, text: Result<String, TextError>) -> Option<String> {
        // The reader says which field it is; the text of the refusal does not.
        text.map_err(|error| self.refuse(field, Common::Text { field: "", error })).ok()
    }

    /// Notes what is wrong where there is nothing.
    fn noted<T>(&mut self, read: Option<T>, field: &str, key: &str) -> Option<T> {
        if read.is_none() {
            self.wrong(field, key);
        }
        read
    }

    /// The end of a day; `key` says what is wrong with what does not read.
    pub fn day(&mut self, field: &str, key: &str) -> Option<Moment> {
        self.timed(dates::end_of_day(self.raw(field)), field, key)
    }

    /// A minute, or a day's end, or nothing where nothing was typed.
    pub fn minute_or_none(&mut self, field: &str, key: &str) -> Option<Option<Moment>> {
        match self.raw(field) {
            empty if empty.trim().is_empty() => Some(None),
            given => self.timed(dates::minute(given), field, key).map(Some),
        }
    }

    /// A time of day, of whatever type is written as `09:30`.
    pub fn time<T: FromStr>(&mut self, field: &str, key: &str) -> Option<T> {
        let read = when::clock(self.raw(field));
        let time = self.timed(read, field, key)?;
        self.noted(time.parse().ok(), field, key)
    }

    /// Notes why something is no time.
    fn timed<T>(&mut self, read: Result<T, NoWhen>, field: &str, key: &str) -> Option<T> {
        let key = |why| match why {
            NoWhen::Unread => key,
            NoWhen::NoSuch => "form-no-such-day",
            NoWhen::Ambiguous => "form-ambiguous-day",
            NoWhen::OtherWeekday => "form-other-weekday",
            NoWhen::Early | NoWhen::Ahead | NoWhen::Far => "form-far-time",
        };
        read.map_err(|why| self.wrong(field, key(why))).ok()
    }

    /// Notes why something is no number.
    fn numbered<T>(&mut self, read: Result<T, NoNumber>, field: &str, key: &str) -> Option<T> {
        let key = |why| match why {
            NoNumber::Unread => key,
            NoNumber::Comma => "form-comma",
        };
        read.map_err(|why| self.wrong(field, key(why))).ok()
    }

    /// An id, or whatever else the program wrote itself. What a person types has a reader of
    /// its own.
    pub fn id<T: FromStr>(&mut self, field: &str, key: &str) -> Option<T> {
        self.noted(self.raw(field).trim().parse().ok(), field, key)
    }

    /// An id, where one was chosen; what is none is not passed over.
    pub fn id_or_none<T: FromStr>(&mut self, field: &str) -> Option<T> {
        match self.raw(field).trim() {
            "" => None,
            given => self.noted_id(given.parse().ok(), field),
        }
    }

    /// All ids that were ticked; what is none is not passed over.
    pub fn ids<T: FromStr>(&mut self, field: &str) -> Vec<T> {
        let name = self.name(field);
        let ids: Option<Vec<T>> = self.values.all(&name).map(|id| id.trim().parse().ok()).collect();
        self.noted_id(ids, field).unwrap_or_default()
    }

    fn noted_id<T>(&mut self, read: Option<T>, field: &str) -> Option<T> {
        if read.is_none() {
            self.refuse(field, Common::NotHere { field: "" });
        }
        read
    }

    /// A word of the domain.
    pub fn word<T>(&mut self, field: &str, parse: impl FnOnce(&str) -> Option<T>, key: &str) -> Option<T> {
        self.noted(parse(self.raw(field)), field, key)
    }

    /// All words of the domain that were ticked.
    #[must_use]
    pub fn words<T>(&self, field: &str, parse: impl Fn(&str) -> Option<T>) -> Vec<T> {
        self.values.all(&self.name(field)).filter_map(parse).collect()
    }

    /// Yuan as typed, in fen; nothing where nothing was typed.
    pub fn fen_or_none(&mut self, field: &str, key: &str) -> Option<Option<u64>> {
        self.numbered(number::fen(self.raw(field)), field, key)
    }

    /// A floor area as typed, in 0.01 m².
    pub fn area(&mut self, field: &str, key: &str) -> Option<u64> {
        self.numbered(number::area(self.raw(field)), field, key)
    }

    /// A whole number.
    pub fn number(&mut self, field: &str) -> Option<u64> {
        self.numbered(number::count(self.raw(field)), field, "form-count")
    }

    /// A whole number, or nothing where nothing was typed.
    pub fn number_or_none(&mut self, field: &str) -> Option<Option<u64>> {
        match self.raw(field).trim() {
            "" => Some(None),
            _ => self.number(field).map(Some),
        }
    }

    /// The number that a thing goes by, with or without its mark.
    pub fn item(&mut self, field: &str, key: &str) -> Option<i64> {
        self.numbered(number::item(self.raw(field)), field, key)
    }

    /// How somebody can be reached, of at most `max` characters; it may be left empty. A
    /// telephone comes out in one way.
    pub fn contact(&mut self, field: &str, max: usize) -> Option<String> {
        self.private(field, max)?;
        let key = |why| match why {
            NoPhone::Rounded | NoPhone::Decimal => "form-phone-damaged",
            NoPhone::Digits => "form-phone-digits",
        };
        phone::contact(self.raw(field)).map_err(|why| self.wrong(field, key(why))).ok()
    }

    /// Whether a box was ticked.
    #[must_use]
    pub fn ticked(&self, field: &str) -> Ticked {
        if self.raw(field) == "yes" { Ticked::Yes } else { Ticked::No }
    }

    /// The photos that came along.
    #[must_use]
    pub fn photos(&self) -> Vec<PhotoDigest> {
        self.photos.clone()
    }

    /// The command, when nothing is wrong. `make` puts together what was read; `?` inside
    /// it takes what [`Reader::day`] and the others gave.
    ///
    /// # Errors
    /// All that is wrong.
    pub fn done<T>(self, make: impl FnOnce() -> Option<T>) -> Result<T, Slip> {
        let Self { mut slip, t, .. } = self;
        match make() {
            Some(command) if slip.is_empty() => Ok(command),
            _ => {
                if slip.is_empty() {
                    slip.add(None, Error::Malformed.text(t));
                }
                Err(slip)
            }
        }
    }
}

/// What a box to tick says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ticked {
    /// It was ticked.
    Yes,
    /// It was not.
    No,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::texts::Language;
    use crate::ui::Input;
    use yishi_domain::dispatch::WhistleKind;
    use yishi_domain::venues::TimeOfDay;
    use yishi_kernel::{OrganisationId, context};

    fn values(pairs: &[(&str, &str)]) -> Fields {
        Fields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn read(values: &Fields) -> Result<(WhistleKind, Option<u64>, String), Slip> {
        let mut r = Reader::new("blow", values, Language::En.into());
        let whistle = r.word("whistle", WhistleKind::parse, "dispatch-wrong-whistle");
        let finish = r.day("finish", "dispatch-wrong-day");
        let count = r.number_or_none("count");
        let note = r.text("note");
        r.done(|| {
            finish?;
            Some((whistle?, count?, note))
        })
    }

    #[test]
    fn everything_that_does_not_read_is_told_at_once() {
        let slip = read(&values(&[("blow-note", "x"), ("blow-count", "many")])).unwrap_err();
        for field in ["blow-whistle", "blow-finish", "blow-count"] {
            assert!(slip.at(field).is_some(), "{field}");
        }
        assert_eq!(slip.at("blow-note"), None);
    }

    #[test]
    fn every_control_for_numbers_takes_the_digits_of_a_chinese_keyboard() {
        for control in Input::ALL {
            let (plain, wide) = match control {
                Input::Time => ("09:30", "０９：３０"),
                Input::Count | Input::Item => ("1104", " １１０４　"),
                Input::Amount => ("12.50", "１２．５０"),
            };
            let read = |typed: &str| {
                let values = values(&[("put-it", typed)]);
                let mut r = Reader::new("put", &values, Language::En.into());
                let read = match control {
                    Input::Time => r.time::<TimeOfDay>("it", "form-choose").map(|time| time.to_string()),
                    Input::Count => r.number("it").map(|number| number.to_string()),
                    Input::Item => r.item("it", "form-choose").map(|number| number.to_string()),
                    Input::Amount => r.fen_or_none("it", "form-choose").flatten().map(|fen| fen.to_string()),
                };
                (read, r.done(|| Some(())).is_ok())
            };
            assert_eq!(read(wide), read(plain), "{control:?}");
            assert!(read(plain).1, "{control:?}");
            assert!(!read("1,000").1, "{control:?}");
        }
    }

    #[test]
    fn why_a_time_or_a_telephone_is_not_taken_is_told_at_its_field() {
        let values = values(&[
            ("put-year", "26/7/5"),
            ("put-far", "2300-01-01"),
            ("put-none", "2026-02-30"),
            ("put-rounded", "1.38E+10"),
            ("put-cut", "1380000"),
            ("put-good", "138-0000-1111"),
        ]);
        let mut r = Reader::new("put", &values, Language::En.into());
        assert_eq!((r.day("year", "form-choose"), r.day("far", "form-choose")), (None, None));
        assert_eq!(r.day("none", "form-choose"), None);
        assert_eq!((r.contact("rounded", 60), r.contact("cut", 60)), (None, None));
        assert_eq!(r.contact("good", 60).as_deref(), Some("13800001111"));
        let slip = r.done(|| Some(())).unwrap_err();
        for (field, key) in [
            ("year", "form-ambiguous-day"),
            ("far", "form-far-time"),
            ("none", "form-no-such-day"),
            ("rounded", "form-phone-damaged"),
            ("cut", "form-phone-digits"),
        ] {
            // Without the program's texts a key stands for its text.
            assert_eq!(slip.at(&format!("put-{field}")), Some(key));
        }
    }

    #[test]
    fn what_a_rule_refuses_is_told_with_everything_else() {
        let values = values(&[("blow-note", "")]);
        let mut r = Reader::new("blow", &values, Language::En.into());
        let note = r.taken("note", context::name("note", &r.text("note"), 9));
        let lead: Option<OrganisationId> = r.id("lead", "dispatch-wrong-lead");
        let slip = r.done(|| Some((note?, lead?))).unwrap_err();
        assert!(slip.at("blow-note").is_some() && slip.at("blow-lead").is_some());
    }

    #[test]
    fn a_text_is_judged_as_the_domain_will() {
        let long = "字".repeat(9);
        let values = values(&[("note", &long), ("reason", "13800001111"), ("word", " 好 ")]);
        let mut r = Reader::new("", &values, Language::En.into());
        assert_eq!((r.private("note", 8), r.public("reason", 20), r.public("task", 8)), (None, None, None));
        assert_eq!(
            (r.private("word", 8), r.private("name", 8)),
            (Some("好".to_owned()), Some(String::new()))
        );
        let slip = r.done(|| Some(())).unwrap_err();
        for (field, told) in
            [("note", true), ("reason", true), ("task", true), ("word", false), ("name", false)]
        {
            assert_eq!(slip.at(field).is_some(), told, "{field}");
        }
    }

    #[test]
    fn of_several_forms_alike_the_one_that_was_sent_is_read() {
        let values = values(&[("rule-nth", "2"), ("rule-1-reason", "一"), ("rule-2-reason", "二")]);
        let mut r = Reader::new("rule", &values, Language::En.into());
        assert_eq!((r.nth(), r.text("reason").as_str()), (Some(2), "二"));
        r.wrong("ruling", "form-choose");
        assert!(r.done(|| Some(())).unwrap_err().at("rule-2-ruling").is_some());
    }

    #[test]
    fn texts_for_everyone_are_told_along_with_the_rest() {
        let limits = Limits { text: 20, summary: 4, photos: 1 };
        let values = values(&[
            ("put-empty", " "),
            ("put-long", "五个字符了"),
            ("put-phone", "电话 13800001111"),
            ("put-fits", "四个字了"),
        ]);
        let mut r = Reader::new("put", &values, Language::En.into());
        assert_eq!(r.line("fits", &limits).as_deref(), Some("四个字了"));
        assert_eq!(r.line_or_none("empty", &limits), Some(None));
        assert_eq!((r.line("empty", &limits), r.line("long", &limits)), (None, None));
        assert_eq!((r.note("phone", &limits), r.must("empty")), (None, None));
        let slip = r.done(|| Some(())).unwrap_err();
        for field in ["put-empty", "put-long", "put-phone"] {
            assert!(slip.at(field).is_some(), "{field}");
        }
    }

    #[test]
    fn what_reads_becomes_a_command() {
        let all = [
            ("blow-whistle", "hard"),
            ("blow-finish", "2026-05-06"),
            ("blow-count", ""),
            ("blow-note", "灯"),
        ];
        assert_eq!(read(&values(&all)).unwrap(), (WhistleKind::Hard, None, "灯".to_owned()));
    }
}
