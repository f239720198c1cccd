//! Ways through the site: the links of somebody signed in, from what the features declare. Who
//! may follow a link is asked where it leads; the way back after a detour is an
//! [`OwnPath`](crate::own_path::OwnPath).

use crate::ui::Nav;
use crate::{Cx, Staff};
use yishi_kernel::Role;
use yishi_kernel::access::roles::STEERS;

/// Those who steer a place: sort, call, send, accept.
pub const STEERING: &[Role] = STEERS.roles;

/// The links of somebody signed in.
#[must_use]
pub fn staff_nav(cx: &Cx, staff: &Staff) -> Nav {
    links(cx, staff, None)
}

/// The links of somebody signed in, on a page of a community: with those that lead to what
/// lies there.
#[must_use]
pub fn staff_nav_at(cx: &Cx, staff: &Staff, slug: &str) -> Nav {
    links(cx, staff, Some(slug))
}

fn links(cx: &Cx, staff: &Staff, slug: Option<&str>) -> Nav {
    let ways = cx.app.features.iter().flat_map(|feature| feature.nav);
    let links = ways
        .filter(|way| way.is_for(&staff.actor, cx.now))
        .filter_map(|way| {
            let href = match slug {
                Some(slug) => way.href.replace("{slug}", slug),
                None if way.href.contains("{slug}") => return None,
                None => way.href.to_owned(),
            };
            // A way may say how much came.
            Some((href, cx.locale.with(way.text, &[("count", &cx.unseen)])))
        })
        .collect();
    Nav::Staff { name: staff.name.clone(), links, told: cx.told() }
}
