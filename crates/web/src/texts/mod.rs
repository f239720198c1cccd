//! The words of all pages, Chinese first and English complete, from Fluent files that are
//! part of the program: the kit's here, each feature's beside its pages. What residents write
//! is never translated.

use crate::feature::{Family, Feature, Texts};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::OnceLock;
use yishi_domain::people::OrganisationKind;
use yishi_domain::places::PlaceKind;
use yishi_kernel::{CorrectReason, Ended, EraseReason, Role, Word};

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
    Family::of("role-", || Role::WORDS.to_vec()),
    Family::of("correct-reason-", || CorrectReason::WORDS.to_vec()),
    Family::of("erase-reason-", || EraseReason::WORDS.to_vec()),
    Family::of("kind-", || PlaceKind::WORDS.to_vec()),
    Family::of("ended-", || Ended::WORDS.to_vec()),
    Family::of("organisation-", || OrganisationKind::WORDS.to_vec()),
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
pub enum Locale {
    /// Simplified Chinese.
    #[default]
    ZhHans,
    /// English.
    En,
}

impl Locale {
    /// The language tag of pages and of the cookie.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Locale::ZhHans => "zh-Hans",
            Locale::En => "en",
        }
    }

    /// The language of counts and their explanations.
    #[must_use]
    pub fn language(self) -> yishi_tally::Language {
        match self {
            Locale::ZhHans => yishi_tally::Language::Chinese,
            Locale::En => yishi_tally::Language::English,
        }
    }

    /// The locale of a tag.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        match tag {
            "zh-Hans" => Some(Locale::ZhHans),
            "en" => Some(Locale::En),
            _ => None,
        }
    }

    /// The first language of an `Accept-Language` header that the pages have; Chinese when none.
    #[must_use]
    pub fn accepted(header: &str) -> Self {
        let tags = header.split(',').map(|part| part.split(';').next().unwrap_or_default().trim());
        for tag in tags {
            if tag.starts_with("zh") {
                return Locale::ZhHans;
            }
            if tag.starts_with("en") {
                return Locale::En;
            }
        }
        Locale::ZhHans
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
        let bundles = BUNDLES.get()?;
        let bundle = match self {
            Locale::ZhHans => &bundles.zh,
            Locale::En => &bundles.en,
        };
        let pattern = bundle.get_message(key)?.value()?;
        let args: FluentArgs = values
            .iter()
            .map(|(name, value)| (*name, FluentValue::String(value.to_string().into())))
            .collect();
        Some(bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned())
    }
}

struct Bundles {
    zh: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
}

/// The program's texts. One list for the process: a page has no other way to them than its
/// language, and a program has one list of features.
static BUNDLES: OnceLock<Bundles> = OnceLock::new();

/// Makes the texts of these features the program's. Only the first call counts.
pub fn collect(features: &'static [&'static Feature]) {
    BUNDLES.get_or_init(|| Bundles {
        zh: bundle("zh-Hans", all(features).map(|texts| texts.zh)),
        en: bundle("en", all(features).map(|texts| texts.en)),
    });
}

fn bundle<'a>(tag: &str, files: impl Iterator<Item = &'a str>) -> FluentBundle<FluentResource> {
    let language = tag.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // The marks that keep mixed directions apart would only show as boxes on old phones.
    bundle.set_use_isolating(false);
    for file in files {
        // A broken line is left out; the test that compares both languages finds it.
        let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

#[cfg(test)]
mod tests {
    use super::Locale;

    #[test]
    fn the_browsers_language_is_taken_and_chinese_is_the_first() {
        assert_eq!(Locale::accepted("en-GB,zh;q=0.5"), Locale::En);
        assert_eq!(Locale::accepted("fr,zh-CN;q=0.9,en;q=0.8"), Locale::ZhHans);
        assert_eq!(Locale::accepted(""), Locale::ZhHans);
    }
}
