//! The words of all pages, Chinese first and English complete, from Fluent files that are
//! part of the program. What residents write is never translated.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::LazyLock;

/// The files, one for each part of the site, in both languages.
macro_rules! files {
    ($($name:literal),*) => {
        [$((include_str!(concat!("zh-Hans/", $name, ".ftl")), include_str!(concat!("en/", $name, ".ftl")))),*]
    };
}

/// Chinese and English text of each file.
pub static FILES: [(&str, &str); 8] =
    files!["shell", "words", "procedure", "resident", "staff", "meetings", "dispatch", "admin"];

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

    /// The text of a key with values put in. A key without a text shows as itself; a test
    /// sees to it that there is none.
    #[must_use]
    pub fn with(self, key: &str, values: &[(&str, &dyn std::fmt::Display)]) -> String {
        let bundle = match self {
            Locale::ZhHans => &*ZH,
            Locale::En => &*EN,
        };
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let args: FluentArgs = values
            .iter()
            .map(|(name, value)| (*name, FluentValue::String(value.to_string().into())))
            .collect();
        bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }
}

static ZH: LazyLock<FluentBundle<FluentResource>> =
    LazyLock::new(|| bundle("zh-Hans", FILES.iter().map(|file| file.0)));
static EN: LazyLock<FluentBundle<FluentResource>> =
    LazyLock::new(|| bundle("en", FILES.iter().map(|file| file.1)));

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
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    /// Families of keys whose last part is a word of the domain.
    const FAMILIES: [&str; 35] = [
        "stage-",
        "outcome-",
        "role-",
        "kind-",
        "organisation-",
        "refusal-",
        "denied-",
        "step-",
        "state-",
        "solved-",
        "satisfaction-",
        "how-",
        "proof-",
        "entry-",
        "personal-",
        "channel-",
        "topic-stage-",
        "topic-step-",
        "meeting-stage-",
        "meeting-step-",
        "statement-",
        "seat-",
        "signed-",
        "mode-",
        "choice-",
        "coming-",
        "passed-",
        "confirming-",
        "ruling-",
        "way-",
        "order-kind-",
        "whistle-",
        "order-stage-",
        "order-step-",
        "reached-",
    ];

    fn keys(file: &str) -> BTreeMap<String, BTreeSet<String>> {
        FluentResource::try_new(file.to_owned()).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
        let mut keys = BTreeMap::new();
        let mut last = String::new();
        for line in file.lines() {
            if let Some((key, _)) =
                line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
            {
                last = key.to_owned();
                assert!(keys.insert(last.clone(), BTreeSet::new()).is_none(), "{key} stands twice");
            }
            for part in line.split("{ $").skip(1) {
                let name = part.split([' ', '}']).next().unwrap().to_owned();
                keys.get_mut(&last).unwrap().insert(name);
            }
        }
        keys
    }

    fn sources(folder: &Path, out: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, out);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                out.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }

    #[test]
    fn both_languages_have_every_text_with_the_same_values() {
        for (zh, en) in FILES {
            assert_eq!(keys(zh), keys(en));
        }
    }

    #[test]
    fn every_text_is_used_and_every_used_text_is_there() {
        let all: BTreeSet<String> = FILES.iter().flat_map(|(zh, _)| keys(zh).into_keys()).collect();
        let mut source = String::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut source);
        let words: BTreeSet<&str> = source.split('"').skip(1).step_by(1).collect();
        for key in &all {
            let dynamic = FAMILIES.iter().any(|family| key.starts_with(family));
            assert!(dynamic || words.contains(key.as_str()), "nothing says {key}");
        }
        for call in ["say(\"", "with(\""] {
            for part in source.split(call).skip(1) {
                let key = part.split('"').next().unwrap();
                let plain = key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
                if plain && key.contains('-') && !key.ends_with('-') {
                    assert!(all.contains(key), "no text for {key}");
                }
            }
        }
    }

    fn words<W: Copy>(family: &str, all: &[W], word: impl Fn(W) -> &'static str) -> Vec<String> {
        all.iter().map(|one| format!("{family}{}", word(*one))).collect()
    }

    #[test]
    fn every_word_of_the_domain_has_a_text() {
        use yishi_domain::dispatch::{OrderKind, OrderStage, OrderStep, WhistleKind};
        use yishi_domain::matters::{Outcome, Reached, Satisfaction, Solved, StageKind, Step};
        use yishi_domain::meetings::{
            Choice, Coming, Confirming, MeetingStage, MeetingStep, Passed, Ruling, SeatKind, SignedIn,
            StatementKind, TopicStage, TopicStep, VoteMode, Way,
        };
        use yishi_domain::places::PlaceKind;
        use yishi_domain::{Role, people::OrganisationKind};
        let mut wanted: Vec<String> = Vec::new();
        wanted.extend(StageKind::ALL.iter().map(|word| format!("stage-{}", word.word())));
        wanted.extend(Outcome::ALL.iter().map(|word| format!("outcome-{}", word.word())));
        wanted.extend(Step::ALL.iter().map(|word| format!("step-{}", word.word())));
        wanted.extend(Solved::ALL.iter().map(|word| format!("solved-{}", word.word())));
        wanted.extend(Satisfaction::ALL.iter().map(|word| format!("satisfaction-{}", word.word())));
        wanted.extend(Role::ALL.iter().map(|word| format!("role-{}", word.word())));
        wanted.extend(PlaceKind::ALL.iter().map(|word| format!("kind-{}", word.word())));
        wanted.extend(OrganisationKind::ALL.iter().map(|word| format!("organisation-{}", word.word())));
        wanted.extend(words("topic-stage-", TopicStage::ALL, |word| word.word()));
        wanted.extend(words("topic-step-", TopicStep::ALL, |word| word.word()));
        wanted.extend(words("meeting-stage-", MeetingStage::ALL, |word| word.word()));
        wanted.extend(words("meeting-step-", MeetingStep::ALL, |word| word.word()));
        wanted.extend(words("statement-", StatementKind::ALL, |word| word.word()));
        wanted.extend(words("seat-", SeatKind::ALL, |word| word.word()));
        wanted.extend(words("signed-", SignedIn::ALL, |word| word.word()));
        wanted.extend(words("mode-", VoteMode::ALL, |word| word.word()));
        wanted.extend(words("choice-", Choice::ALL, |word| word.word()));
        wanted.extend(words("coming-", Coming::ALL, |word| word.word()));
        wanted.extend(words("passed-", Passed::ALL, |word| word.word()));
        wanted.extend(words("confirming-", Confirming::ALL, |word| word.word()));
        wanted.extend(words("ruling-", Ruling::ALL, |word| word.word()));
        wanted.extend(words("way-", Way::ALL, |word| word.word()));
        wanted.extend(words("order-kind-", OrderKind::ALL, |word| word.word()));
        wanted.extend(words("whistle-", WhistleKind::ALL, |word| word.word()));
        wanted.extend(words("order-stage-", OrderStage::ALL, |word| word.word()));
        wanted.extend(words("order-step-", OrderStep::ALL, |word| word.word()));
        wanted.extend(words("reached-", Reached::ALL, |word| word.word()));
        for key in wanted {
            for locale in [Locale::ZhHans, Locale::En] {
                assert_ne!(locale.say(&key), key);
            }
        }
    }

    #[test]
    fn the_browsers_language_is_taken_and_chinese_is_the_first() {
        assert_eq!(Locale::accepted("en-GB,zh;q=0.5"), Locale::En);
        assert_eq!(Locale::accepted("fr,zh-CN;q=0.9,en;q=0.8"), Locale::ZhHans);
        assert_eq!(Locale::accepted(""), Locale::ZhHans);
    }
}
