//! A set of parties that act together (六方联动、1+6+N): who of them is in, and who answers for
//! what. Who was invited or called is the page's business and comes in.

use maud::{Markup, html};
use std::collections::BTreeSet;
use yishi_domain::meetings::{Party, Scheme};
use yishi_domain::people::{Capacity, OrganisationKind};
use yishi_web::texts::Locale;
use yishi_web::ui;

/// A body that was invited or called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// Its kind: by it the party is known that it belongs to.
    pub kind: OrganisationKind,
    /// Its name.
    pub name: String,
    /// Whether it takes part.
    pub part: Part,
    /// How it stands, in words: comes, reported in, late.
    pub standing: String,
}

/// Whether a body takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// It does.
    In,
    /// It has not said or shown so.
    Open,
    /// It does not.
    Out,
}

/// The parties of a scheme with who of them is in. `acting` is in what people of the
/// place took part.
#[must_use]
pub fn parties(scheme: &Scheme, partners: &[Partner], acting: &BTreeSet<Capacity>, t: Locale) -> Markup {
    let bodies_of = |party: &Party| -> Vec<&Partner> {
        partners.iter().filter(|one| party.kinds.contains(&one.kind)).collect()
    };
    let roles_of = |party: &Party| -> Vec<String> {
        let roles = party.roles.iter().flat_map(|role| acting.iter().filter(|one| one.role == *role));
        roles.map(|one| ui::capacity(*one, t)).collect()
    };
    let all = scheme.parties.iter().map(|party| (party, bodies_of(party), roles_of(party)));
    let (there, rest): (Vec<_>, Vec<_>) =
        all.partition(|(_, bodies, roles)| !bodies.is_empty() || !roles.is_empty());
    let rest: Vec<String> = rest.iter().map(|(party, ..)| named(party, t)).collect();
    html! {
        section.parties {
            h2 { (t.said(&scheme.zh, &scheme.en)) }
            p.hint { (t.say("parties-lead")) }
            ul.list {
                @for (party, bodies, roles) in there {
                    @let (class, word) = standing(&bodies, &roles);
                    li.card {
                        h3 {
                            (named(party, t)) " "
                            span class=(class) { (t.say(word)) }
                        }
                        @for body in bodies { p { strong { (body.name) } " · " (body.standing) } }
                        @if !roles.is_empty() { p { strong { (roles.join(" · ")) } } }
                        p.soft { (t.with("parties-duty", &[("duty", &t.said(&party.duty_zh, &party.duty_en))])) }
                    }
                }
            }
            // Whoever has no part in it this time is a line, not a card each.
            @if !rest.is_empty() { p.soft { (t.with("parties-none", &[("names", &rest.join(t.pick("、", ", ")))])) } }
        }
    }
}

/// How a party stands: colour and words.
fn standing(bodies: &[&Partner], roles: &[String]) -> (&'static str, &'static str) {
    let some = |part| bodies.iter().any(|body| body.part == part);
    match (some(Part::In) || !roles.is_empty(), some(Part::Open)) {
        (true, _) => ("badge", "parties-in"),
        (false, true) => ("badge wait", "parties-open"),
        (false, false) => ("badge done", "parties-out"),
    }
}

fn named(party: &Party, t: Locale) -> String {
    let name = t.headed(&t.said(&party.zh, &party.en));
    match &party.mark {
        Some(mark) => format!("“{mark}” {name}"),
        None => name,
    }
}
