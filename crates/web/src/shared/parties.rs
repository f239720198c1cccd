//! A set of parties that act together (六方联动、1+6+N): who of them is in, and who answers for
//! what. Who was invited or called is the page's business and comes in.

use crate::texts::Locale;
use maud::{Markup, html};
use std::collections::BTreeSet;
use yishi_domain::Role;
use yishi_domain::people::OrganisationKind;
use yishi_domain::rules::{Party, Scheme};

/// A body that was invited or called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// Its kind: by it the party is known that it belongs to.
    pub kind: OrganisationKind,
    /// Its name.
    pub name: String,
    /// How it stands, in words: comes, reported in, late.
    pub standing: String,
}

/// The parties of a scheme with who of them is in. `acting` are the roles in which people of
/// the place took part.
#[must_use]
pub fn parties(scheme: &Scheme, partners: &[Partner], acting: &BTreeSet<Role>, t: Locale) -> Markup {
    let chinese = t == Locale::ZhHans;
    let name = if chinese { &scheme.zh } else { &scheme.en };
    html! {
        section.parties {
            h2 { (name) }
            p.hint { (t.say("parties-lead")) }
            ul.list {
                @for party in &scheme.parties {
                    @let bodies: Vec<&Partner> = partners.iter().filter(|one| party.kinds.contains(&one.kind)).collect();
                    @let roles: Vec<String> = party.roles.iter().filter(|role| acting.contains(role)).map(|role| crate::ui::role(*role, t)).collect();
                    @let present = !bodies.is_empty() || !roles.is_empty();
                    li.card {
                        h3 {
                            (named(party, t)) " "
                            @if present { span.badge { (t.say("parties-in")) } } @else { span.badge.done { (t.say("parties-out")) } }
                        }
                        @for body in bodies { p { strong { (body.name) } " · " (body.standing) } }
                        @if !roles.is_empty() { p { strong { (roles.join(" · ")) } } }
                        p.soft { (t.with("parties-duty", &[("duty", if chinese { &party.duty_zh } else { &party.duty_en })])) }
                    }
                }
            }
        }
    }
}

fn named(party: &Party, t: Locale) -> &str {
    if t == Locale::ZhHans { &party.zh } else { &party.en }
}
