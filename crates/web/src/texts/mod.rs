//! The words of all pages, Chinese first and English complete, from Fluent files that are
//! part of the program: the kit's here, each feature's beside its pages. What residents write
//! is never translated.

mod begin;

use crate::feature::{Family, Feature, Texts};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement};
use std::fmt::Write as _;
use std::sync::OnceLock;
use yishi_domain::people::{Capacity, OrganisationKind};
use yishi_domain::places::{PartyBody, PlaceKind};
use yishi_kernel::{CorrectReason, Ended, EraseReason, Role, Urging, Word};
use yishi_office::places::local::Kinds;

/// Files in both languages.
macro_rules! files {
    ($($name:literal),*) => {
        &[$(Texts {
            zh: include_str!(concat!("zh-Hans/", $name, ".ftl")),
            en: include_str!(concat!("en/", $name, ".ftl")),
        }),*]
    };
}

/// Texts that belong to no feature alone.
pub static OWN: &[Texts] = files!["shell", "words"];

/// Families of the kit's own texts.
pub static FAMILIES: &[Family] = &[
    Family::of("role-", || Role::WORDS.iter().copied().chain(Capacity::words()).collect()),
    Family::of("correct-reason-", || CorrectReason::WORDS.to_vec()),
    Family::of("erase-reason-", || EraseReason::WORDS.to_vec()),
    Family::of("kind-", || PlaceKind::WORDS.to_vec()),
    Family::of("thing-", || crate::numbers::THINGS.iter().map(|(kind, _)| *kind).chain(["matter"]).collect()),
    Family::of("ended-", || Ended::WORDS.to_vec()),
    Family::of("organisation-", || OrganisationKind::WORDS.to_vec()),
    Family::of("export-", || yishi_spreadsheet::write::Form::ALL.iter().map(|form| form.ending()).collect()),
    Family::of("urging-", || Urging::WORDS.to_vec()),
    Family::open("refusal-"),
    Family::open("denied-"),
    Family::open("personal-"),
];

/// All texts of a program with these features.
pub fn all(features: &'static [&'static Feature]) -> impl Iterator<Item = &'static Texts> {
    OWN.iter().chain(features.iter().flat_map(|feature| feature.texts))
}

/// All families of texts of a program with these features.
pub fn families(features: &'static [&'static Feature]) -> impl Iterator<Item = &'static Family> {
    FAMILIES.iter().chain(features.iter().flat_map(|feature| feature.families))
}

/// A language of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Simplified Chinese.
    #[default]
    ZhHans,
    /// English.
    En,
}

impl Language {
    /// The language tag of pages and of the cookie.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Language::ZhHans => "zh-Hans",
            Language::En => "en",
        }
    }

    /// The language of a tag.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        match tag {
            "zh-Hans" => Some(Language::ZhHans),
            "en" => Some(Language::En),
            _ => None,
        }
    }

    /// The first language of an `Accept-Language` header that the pages have; Chinese when none.
    #[must_use]
    pub fn accepted(header: &str) -> Self {
        let tags = header.split(',').map(|part| part.split(';').next().unwrap_or_default().trim());
        for tag in tags {
            if tag.starts_with("zh") {
                return Language::ZhHans;
            }
            if tag.starts_with("en") {
                return Language::En;
            }
        }
        Language::ZhHans
    }
}

/// How a page speaks: in which language, and what it calls the place it belongs to. A village's
/// page says 村 where a community's says 社区, a town's 镇 where a street's says 街道: each text
/// takes these words by the names in [`OF_PLACE`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Locale {
    /// The language.
    pub language: Language,
    /// What the place is and what lies above it.
    pub kinds: Kinds,
    /// The year in which it is read: lists say no other.
    pub year: i16,
}

/// The names by which every text finds what its place is called: 社区 or 村, 街道 or 镇 or 乡,
/// 居委会 or 村委会, and its Party body, 社区党组织 as long as nobody has said of what level.
pub const OF_PLACE: [&str; 4] = ["community", "street", "committee", "party"];

impl From<Language> for Locale {
    /// As of a place of which nothing is known, read in no year.
    fn from(language: Language) -> Self {
        Self { language, ..Self::default() }
    }
}

impl Locale {
    /// The language tag of pages.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.language.tag()
    }

    /// The same of another place.
    #[must_use]
    pub fn of(self, kinds: Kinds) -> Self {
        Self { kinds, ..self }
    }

    /// The same in Chinese, for what is kept in Chinese.
    #[must_use]
    pub fn chinese(self) -> Self {
        Self { language: Language::ZhHans, ..self }
    }

    /// Of two wordings that of the language.
    #[must_use]
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self.language {
            Language::ZhHans => zh,
            Language::En => en,
        }
    }

    /// What a rule pack says, in both languages: it names the place by `{community}` and the like.
    #[must_use]
    pub fn said(self, zh: &str, en: &str) -> String {
        let text = self.pick(zh, en).to_owned();
        let words = OF_PLACE.into_iter().zip(self.of_place());
        let text = words.fold(text, |text, (name, word)| text.replace(&format!("{{{name}}}"), word));
        match self.language {
            Language::En if en.starts_with('{') => begin::capital(&text),
            Language::En | Language::ZhHans => text,
        }
    }

    /// A name that a heading or a line of its own begins with: in English with a capital.
    #[must_use]
    pub fn headed(self, name: &str) -> String {
        self.pick(name.to_owned(), begin::capital(name))
    }

    /// A value behind what it is called: 类别：绿化.
    #[must_use]
    pub fn named(self, name: &str, value: impl std::fmt::Display) -> String {
        format!("{name}{}{value}", self.pick("：", ": "))
    }

    /// The language of counts and their explanations.
    #[must_use]
    pub fn counts(self) -> yishi_tally::Language {
        self.pick(yishi_tally::Language::Chinese, yishi_tally::Language::English)
    }

    /// What the place is called, in the order of [`OF_PLACE`].
    fn of_place(self) -> [&'static str; 4] {
        let Kinds { community, street, party } = self.kinds;
        let village = community == PlaceKind::Village;
        let street = match street {
            PlaceKind::Town => self.pick("镇", "town"),
            PlaceKind::Township => self.pick("乡", "township"),
            _ => self.pick("街道", "street"),
        };
        let party = match (party, village) {
            (PartyBody::Unsaid, false) => self.pick("社区党组织", "the community's Party organisation"),
            (PartyBody::Unsaid, true) => self.pick("村党组织", "the village's Party organisation"),
            (PartyBody::Committee, false) => self.pick("社区党委", "the community's Party committee"),
            (PartyBody::Committee, true) => self.pick("村党委", "the village's Party committee"),
            (PartyBody::GeneralBranch, false) => {
                self.pick("社区党总支", "the community's general Party branch")
            }
            (PartyBody::GeneralBranch, true) => self.pick("村党总支", "the village's general Party branch"),
            (PartyBody::Branch, false) => self.pick("社区党支部", "the community's Party branch"),
            (PartyBody::Branch, true) => self.pick("村党支部", "the village's Party branch"),
        };
        if village {
            [self.pick("村", "village"), street, self.pick("村委会", "villagers' committee"), party]
        } else {
            [self.pick("社区", "community"), street, self.pick("居委会", "residents' committee"), party]
        }
    }

    /// The text of a key.
    #[must_use]
    pub fn say(self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The text of a word of the domain.
    #[must_use]
    pub fn word<W: Word>(self, word: W) -> String {
        self.say(&format!("{}-{}", W::FAMILY, word.as_word()))
    }

    /// All words of a family, as choices of a form.
    #[must_use]
    pub fn choices<W: Word>(self) -> Vec<(String, String)> {
        W::every().iter().map(|word| (word.as_word().to_owned(), self.word(*word))).collect()
    }

    /// The text of a key with values put in. A key without a text shows as itself; a test
    /// sees to it that there is none.
    #[must_use]
    pub fn with(self, key: &str, values: &[(&str, &dyn std::fmt::Display)]) -> String {
        self.find(key, values).unwrap_or_else(|| key.to_owned())
    }

    /// The text of the first of these keys that has one.
    #[must_use]
    pub fn first(self, keys: &[&str]) -> Option<String> {
        keys.iter().find_map(|key| self.find(key, &[]))
    }

    fn find(self, key: &str, values: &[(&str, &dyn std::fmt::Display)]) -> Option<String> {
        let bundle = self.bundle()?;
        let pattern = bundle.get_message(key)?.value()?;
        if let Some(text) = self.put_in(pattern, values) {
            return Some(text);
        }
        let of_place = OF_PLACE.into_iter().zip(self.of_place()).map(|(name, word)| (name, word.into()));
        let values = values.iter().map(|(name, value)| (*name, fluent(value.to_string())));
        let args: FluentArgs = of_place.chain(values).collect();
        Some(bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned())
    }

    /// A text that chooses nothing, which most are: its pieces with values between them. A page
    /// says dozens, and spends a twentieth of its time on them where Fluent puts them together.
    fn put_in(self, pattern: &Pattern<&str>, values: &[(&str, &dyn std::fmt::Display)]) -> Option<String> {
        let mut text = String::new();
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => text.push_str(value),
                PatternElement::Placeable {
                    expression: Expression::Inline(InlineExpression::VariableReference { id }),
                } => match values.iter().find(|(name, _)| *name == id.name) {
                    Some((_, value)) => write!(text, "{value}").ok()?,
                    None => {
                        let named = OF_PLACE.iter().position(|name| *name == id.name)?;
                        text.push_str(self.of_place()[named]);
                    }
                },
                PatternElement::Placeable { .. } => return None,
            }
        }
        Some(text)
    }

    /// The texts of the language, read when it is first spoken: many a neighbourhood never asks
    /// for the second one.
    fn bundle(self) -> Option<&'static Bundle> {
        static ZH: OnceLock<Bundle> = OnceLock::new();
        static EN: OnceLock<Bundle> = OnceLock::new();
        let features = FEATURES.get()?;
        let text = |texts: &Texts| match self.language {
            Language::ZhHans => texts.zh.to_owned(),
            Language::En => begin::sentences(texts.en),
        };
        Some(self.pick(&ZH, &EN).get_or_init(|| bundle(self.tag(), all(features).map(text))))
    }
}

type Bundle = FluentBundle<FluentResource>;

/// A value as texts choose by it: a whole number is one, so that `[0]` and `[one]` match. What
/// only looks like a number, as a code that begins with a zero or more digits than a float holds
/// exactly, stays what was written.
fn fluent(text: String) -> FluentValue<'static> {
    match text.parse::<i64>() {
        Ok(number) if text.len() <= 15 && number.to_string() == text => number.into(),
        _ => FluentValue::String(text.into()),
    }
}

/// The features whose texts are the program's. One list for the process: a page has no other way
/// to texts than its language, and a program has one list of features.
static FEATURES: OnceLock<&'static [&'static Feature]> = OnceLock::new();

/// Makes the texts of these features the program's. Only the first call counts.
pub fn collect(features: &'static [&'static Feature]) {
    FEATURES.get_or_init(|| features);
}

fn bundle(tag: &str, files: impl Iterator<Item = String>) -> Bundle {
    let language = tag.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // The marks that keep mixed directions apart would only show as boxes on old phones.
    bundle.set_use_isolating(false);
    // Nothing has this name yet, so it is taken.
    let _ = bundle.add_function(begin::CAPITAL, begin::begun);
    for file in files {
        // A broken line is left out; the test that compares both languages finds it.
        let resource = FluentResource::try_new(file).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

#[cfg(test)]
mod tests {
    use super::{Language, Locale, OF_PLACE, bundle, fluent};
    use fluent_bundle::{FluentArgs, FluentValue};

    #[test]
    fn what_chooses_nothing_is_put_together_as_fluent_would() {
        let file = "a = 一共 { $n } 件\nb = { $who }在{ $community }说：“{ $n }”\nc = { $n } { $none }\n\
                    d = { $n ->\n    [0] 没有\n   *[other] { $n } 件\n}\n";
        let bundle = bundle("zh-Hans", [file.to_owned()].into_iter());
        let t = Locale::default();
        for (number, who) in [("0", "刘奶奶"), ("19812", "007"), ("-3", "{ $n }")] {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("n", &number), ("who", &who)];
            let of_place = OF_PLACE.into_iter().zip(t.of_place()).map(|(name, word)| (name, word.into()));
            let args: FluentArgs =
                of_place.chain([("n", fluent(number.to_owned())), ("who", fluent(who.to_owned()))]).collect();
            for (key, is_plain) in [("a", true), ("b", true), ("c", false), ("d", false)] {
                let pattern = bundle.get_message(key).unwrap().value().unwrap();
                let put_in = t.put_in(pattern, &values);
                assert_eq!(put_in.is_some(), is_plain, "{key}");
                if let Some(text) = put_in {
                    assert_eq!(text, bundle.format_pattern(pattern, Some(&args), &mut Vec::new()));
                }
            }
        }
    }

    #[test]
    fn whole_numbers_choose_a_wording_and_what_only_looks_like_one_stays_as_written() {
        for number in ["0", "1", "-3", "19812", "999999999999999"] {
            let FluentValue::Number(value) = fluent(number.to_owned()) else { panic!("{number}") };
            assert_eq!(value.as_string(), number);
        }
        for text in ["", "01", "+1", "1.0", "1e3", "1234567890123456", "3号楼", " 1"] {
            let value = fluent(text.to_owned());
            assert!(matches!(value, FluentValue::String(_)), "{text}");
        }
    }

    #[test]
    fn the_browsers_language_is_taken_and_chinese_is_the_first() {
        assert_eq!(Language::accepted("en-GB,zh;q=0.5"), Language::En);
        assert_eq!(Language::accepted("fr,zh-CN;q=0.9,en;q=0.8"), Language::ZhHans);
        assert_eq!(Language::accepted(""), Language::ZhHans);
    }
}
