//! The office on both engines: stories carried out whole, what follows from them in tables, and
//! that both tell the same; what is sealed, altered, erased.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod audit_texts;
mod background;
mod backup;
mod concerned;
mod correct;
mod crowd;
mod duty;
mod endings;
mod erase;
mod forms;
mod forums;
mod gate;
mod golden;
mod import;
mod joining;
mod layers;
mod market;
mod moves;
mod numbers;
mod office;
mod outside;
mod race;
mod roll;
mod rules;
mod schema;
mod search;
mod seldom;
mod tamper;
mod twin;
mod year;
