//! A sentence in both languages of the product.

use serde::Serialize;

/// What an explanation consists of, ready for a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// In simplified Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// The languages an explanation comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// 简体中文.
    Chinese,
    /// English.
    English,
}

impl Sentence {
    /// Of two texts that say the same.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// In one language.
    #[must_use]
    pub fn say(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }
}
