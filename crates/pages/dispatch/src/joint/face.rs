//! What a street adopted for joint working, as it is read: the parties, and each practice with the list by
//! which everyone sees whether it is kept.

use maud::{Markup, html};
use yishi_domain::joint::JointWork;
use yishi_web::texts::Locale;

/// Both lists; the evidence is that of the community of this address.
#[must_use]
pub fn told(work: &JointWork, slug: &str, t: Locale) -> Markup {
    html! {
        h2 { (t.say("joint-parties")) }
        table.ledger { tbody { @for party in &work.parties { tr {
            th scope="row" { (party.name) }
            td { (party.who) }
        } } } }
        h2 { (t.say("joint-practices")) }
        ol { @for practice in &work.practices { li {
            p { (practice.what) }
            @if let Some(evidence) = practice.evidence {
                p.meta { (t.say("joint-evidence-at")) " " a href={ "/c/" (slug) "/" (evidence.word()) } { (t.word(evidence)) } }
            }
        } } }
    }
}
