//! Rosters from a sheet (名册导入): which kind it is and the file, then how it would be recorded, then
//! all or none of it. What its rows come to is the office's; the page of a roster is the kit's.

pub mod blank;
pub mod hand_in;
pub mod sheet;

use yishi_domain::people::KEEP;
use yishi_office::places::reads::PlaceRow;
use yishi_web::places::kept;
use yishi_web::{Cx, Error};

yishi_kernel::words! {
    /// Which roster it is (名册种类).
    Roster as "rosters" {
        /// 地点: what lies in a community.
        Places = "places",
        /// 单位: which organisations take part.
        Bodies = "bodies",
        /// 人员: who works there in which role.
        People = "people",
    }
}

/// A place that keeps a ledger, for whoever keeps its people.
pub(super) struct Here {
    pub at: PlaceRow,
}

impl Here {
    /// The place of a link.
    async fn open(cx: &Cx, id: &str) -> Result<Self, Error> {
        let at = kept(cx, id, &KEEP).await?;
        if at.kind.keeps_ledger() && at.closed.is_none() { Ok(Self { at }) } else { Err(Error::NotFound) }
    }

    /// The page on which a file is handed in.
    fn link(&self) -> String {
        format!("/admin/places/{}/rosters", self.at.id)
    }

    /// The page on which one is shown, by which it is kept.
    fn sheet(&self, roster: Roster) -> String {
        format!("{}/{}", self.link(), roster.word())
    }

    /// The rosters that there may be of such a place.
    fn rosters(&self) -> impl Iterator<Item = Roster> {
        // A street's communities each keep a ledger, which has a word in links.
        let there = |roster: &Roster| *roster != Roster::Places || self.at.kind.is_community();
        Roster::ALL.iter().copied().filter(there)
    }
}

/// The way to the rosters of a place, from the pages of what they hold.
pub(super) fn way(at: &PlaceRow, cx: &Cx) -> maud::Markup {
    maud::html! {
        @if at.kind.keeps_ledger() && at.closed.is_none() {
            a.button.second href={ "/admin/places/" (at.id) "/rosters" } { (cx.locale.say("rosters-title")) }
        }
    }
}
