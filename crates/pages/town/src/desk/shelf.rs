//! Which part of a desk is looked at: a tab, what is chosen of it, in which order, and which page of
//! that. All of it stands in the address, so that it can be kept and come back to. What somebody
//! looks for by words is no part of it.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use yishi_kernel::words;
use yishi_web::duty::{Lane, Need};
use yishi_web::ui;

/// Things on one page of a desk.
const PAGE: usize = 50;

words! {
    /// In which order things stand on a desk.
    Order as "desk-order" {
        /// What was urged, then what is due first.
        Due = "due",
        /// What came last.
        New = "new",
        /// What lies at one place together.
        Place = "place",
    }
}

/// A part of a desk, as an address says it.
#[derive(Clone, Debug)]
pub(super) struct Shelf {
    /// The tab; all of the desk where there is none.
    pub tab: Option<Lane>,
    /// Only what lies there.
    pub place: String,
    /// Only what is about that.
    pub category: String,
    /// Only what these hold.
    pub holder: String,
    pub order: Order,
    /// Which page, from 1 on.
    pub page: usize,
}

/// A page of a part.
pub(super) struct Shown<'a> {
    pub needs: Vec<&'a Need>,
    /// How many there are on all pages.
    pub all: usize,
    /// How many pages.
    pub pages: usize,
}

impl Shelf {
    /// What an address asks for; what does not read is not asked for.
    pub fn read(asked: &HashMap<String, String>) -> Self {
        let word = |name: &str| asked.get(name).map_or("", String::as_str);
        Self {
            tab: Lane::parse(word("tab")).filter(|lane| *lane != Lane::Danger),
            place: word("place").to_owned(),
            category: word("category").to_owned(),
            holder: word("holder").to_owned(),
            order: Order::parse(word("order")).unwrap_or(Order::Due),
            page: word("page").parse().unwrap_or(1).max(1),
        }
    }

    /// Its address below a path.
    pub fn link(&self, path: &str) -> String {
        let page = if self.page > 1 { self.page.to_string() } else { String::new() };
        let order = if self.order == Order::Due { "" } else { self.order.word() };
        let tab = self.tab.map_or("", Lane::word);
        let asked = [
            ("tab", tab),
            ("place", &self.place),
            ("category", &self.category),
            ("holder", &self.holder),
            ("order", order),
            ("page", &page),
        ];
        ui::link(path, &asked)
    }

    /// Another tab, whole.
    pub fn on(&self, tab: Option<Lane>) -> Self {
        Self {
            tab,
            place: String::new(),
            category: String::new(),
            holder: String::new(),
            page: 1,
            ..self.clone()
        }
    }

    /// Another page of it.
    pub fn turned(&self, page: usize) -> Self {
        Self { page, ..self.clone() }
    }

    /// Whether something is chosen of its tab.
    pub fn is_narrowed(&self) -> bool {
        [&self.place, &self.category, &self.holder].iter().any(|one| !one.is_empty())
    }

    /// Whether more is chosen than a tab, which is one tap away as it is.
    pub fn is_worth_keeping(&self) -> bool {
        self.is_narrowed() || self.order != Order::Due
    }

    /// Whether a thing is on its tab: dangers stand above them all.
    fn has(&self, need: &Need) -> bool {
        need.lane != Lane::Danger && self.tab.is_none_or(|tab| tab == need.lane)
    }

    fn is_chosen(&self, need: &Need) -> bool {
        let is = |chosen: &str, own: &Option<String>| chosen.is_empty() || own.as_deref() == Some(chosen);
        is(&self.place, &need.place) && is(&self.category, &need.category) && is(&self.holder, &need.holder)
    }

    /// All that it shows, in its order.
    pub fn all<'a>(&self, needs: &'a [Need]) -> Vec<&'a Need> {
        let mut all: Vec<&Need> =
            needs.iter().filter(|need| self.has(need) && self.is_chosen(need)).collect();
        match self.order {
            Order::Due => all.sort_by_key(|need| {
                (need.lane.rank(), need.haste, need.due.is_none(), need.due, need.number)
            }),
            Order::New => all.sort_by_key(|need| Reverse(need.number)),
            Order::Place => {
                all.sort_by_key(|need| (need.place.is_none(), need.place.clone(), need.due, need.number))
            }
        }
        all
    }

    /// Its page.
    pub fn shown<'a>(&self, needs: &'a [Need]) -> Shown<'a> {
        let all = self.all(needs);
        let count = all.len();
        let needs = all.into_iter().skip((self.page - 1) * PAGE).take(PAGE).collect();
        Shown { needs, all: count, pages: count.div_ceil(PAGE) }
    }

    /// What can be chosen of its tab, each once.
    pub fn choices<'a>(
        &self,
        needs: &'a [Need],
        of: impl Fn(&'a Need) -> Option<&'a String>,
    ) -> Vec<&'a str> {
        let all: BTreeSet<&str> =
            needs.iter().filter(|need| self.has(need)).filter_map(of).map(String::as_str).collect();
        all.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use maud::html;
    use yishi_kernel::Moment;

    fn need(lane: Lane, due: i64, number: i64, place: &str) -> Need {
        Need::at(lane, Moment(due), number, format!("/w/xinglin/{number}"), html! {}).lying(place.to_owned())
    }

    fn shelf(asked: &[(&str, &str)]) -> Shelf {
        Shelf::read(&asked.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_tab_shows_its_own_and_never_a_danger() {
        let needs = [
            need(Lane::Danger, 1, 1, "3号楼"),
            need(Lane::Sort, 9, 2, "3号楼"),
            need(Lane::Answer, 5, 3, "8号楼"),
            need(Lane::OnlyYou, 99, 4, ""),
        ];
        let numbers = |asked: &[(&str, &str)]| -> Vec<i64> {
            shelf(asked).all(&needs).iter().map(|need| need.number).collect()
        };
        assert_eq!(numbers(&[]), [4, 3, 2], "what nobody else decides comes first");
        assert_eq!(numbers(&[("tab", "sort")]), [2]);
        assert_eq!(numbers(&[("tab", "danger")]), [4, 3, 2]);
        assert_eq!(numbers(&[("place", "8号楼")]), [3]);
        assert_eq!(numbers(&[("order", "new")]), [4, 3, 2]);
        assert_eq!(numbers(&[("order", "place")]), [2, 3, 4]);
        assert_eq!(shelf(&[]).choices(&needs, |need| need.place.as_ref()), ["3号楼", "8号楼"]);
    }

    #[test]
    fn pages_follow_each_other_and_the_address_says_which() {
        let needs: Vec<Need> = (1..=120).map(|n| need(Lane::Sort, n, n, "")).collect();
        let one = shelf(&[("tab", "sort"), ("page", "3")]);
        let shown = one.shown(&needs);
        assert_eq!((shown.needs.len(), shown.all, shown.pages), (20, 120, 3));
        assert_eq!(one.link("/desk"), "/desk?tab=sort&page=3");
        assert_eq!(shelf(&[("page", "0")]).link("/desk"), "/desk");
        assert_eq!(shelf(&[("page", "x"), ("order", "x")]).shown(&needs).needs[0].number, 1);
    }
}
