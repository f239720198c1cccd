//! Ballots 业主共同决定: whose decision something is, said wherever it is picked, put to the vote
//! or sent. Hands in a room are counted with the meeting.

pub mod face;

use yishi_domain::ballots::{Scope, Who};
use yishi_web::feature::{Family, Feature, Texts};

/// What it gives to the program.
pub static FEATURE: Feature = Feature { texts: TEXTS, families: FAMILIES, ..Feature::named("ballots") };

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static FAMILIES: &[Family] =
    &[Family::of("who-", || Who::WORDS.to_vec()), Family::of("owners-scope-", || Scope::WORDS.to_vec())];
