//! Ways through the site: the links of somebody signed in, and the way back after a detour.
//! Who may follow a link is asked where it leads.

use crate::ui::Nav;
use crate::{Cx, Staff};
use std::collections::BTreeSet;
use yishi_domain::Role;

/// The links of somebody signed in.
#[must_use]
pub fn staff_nav(cx: &Cx, staff: &Staff) -> Nav {
    let t = cx.locale;
    let roles: BTreeSet<Role> = staff.actor.current(cx.now).map(|grant| grant.role).collect();
    let mut links = vec![("/desk".to_owned(), t.say("desk-title"))];
    let neighbours = [
        Role::Steward,
        Role::BuildingHead,
        Role::GridSecretary,
        Role::CommunityWorker,
        Role::CommunitySecretary,
    ];
    if neighbours.iter().any(|role| roles.contains(role)) {
        links.push(("/stairwells".to_owned(), t.say("stairwells-title")));
    }
    if roles.contains(&Role::Administrator) {
        links.push(("/admin".to_owned(), t.say("admin-title")));
    }
    Nav::Staff { name: staff.name.clone(), links }
}

/// The links of somebody signed in, on a page of a community: those who steer there also
/// reach who is owed an answer, meetings and orders.
#[must_use]
pub fn staff_nav_at(cx: &Cx, staff: &Staff, slug: &str) -> Nav {
    let t = cx.locale;
    let Nav::Staff { name, mut links } = staff_nav(cx, staff) else { return Nav::None };
    let steers = |role: Role| {
        matches!(
            role,
            Role::GridSecretary | Role::CommunityWorker | Role::CommunitySecretary | Role::StreetOfficer
        )
    };
    if staff.actor.current(cx.now).any(|grant| steers(grant.role)) {
        links.insert(1, (format!("/w/{slug}/owed"), t.say("unanswered-title")));
        links.insert(2, (format!("/c/{slug}/meetings"), t.say("desk-meetings")));
        links.insert(3, (format!("/c/{slug}/orders"), t.say("dispatch-title")));
    }
    Nav::Staff { name, links }
}

/// A way back inside this site, never to another one.
#[must_use]
pub fn local(back: Option<&str>) -> String {
    let fit =
        |path: &&str| path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']);
    back.filter(fit).unwrap_or("/").to_owned()
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn the_way_back_stays_on_this_site() {
        assert_eq!(local(Some("/c/xinglin?state=open")), "/c/xinglin?state=open");
        for elsewhere in ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nb", ""] {
            assert_eq!(local(Some(elsewhere)), "/", "{elsewhere}");
        }
    }
}
