//! Matters that no topic has taken up, as choices for gathering.

use maud::{Markup, html};
use yishi_domain::matters::{self, MatterId, StageKind};
use yishi_kernel::PlaceId;
use yishi_kernel::text::excerpt;
use yishi_office::matters::readable::{Readable, said};
use yishi_office::matters::reads::{BoardFilter, board, support};
use yishi_office::matters::tables::BoardState;
use yishi_office::paging::Key;
use yishi_pages_matters::matters::face::{headline, meta};
use yishi_web::texts::Locale;
use yishi_web::{Cx, Error, Staff};

/// Most matters that are offered: of more than that nobody chooses.
const MOST: usize = 100;

/// What may be gathered.
#[derive(Debug)]
pub struct Free {
    /// Each matter's id, and what it says, where and since when.
    pub matters: Vec<(String, String)>,
    /// How many are offered, where there are older ones besides.
    pub cut: Option<usize>,
}

impl Free {
    /// Says that there are more than those to choose from.
    #[must_use]
    pub fn more(&self, t: Locale) -> Markup {
        html! { @if let Some(count) = self.cut { p.hint { (t.with("topic-more", &[("count", &count)])) } } }
    }
}

/// Open matters of a ledger that this person may gather, the latest first; into a topic those of
/// its desk.
///
/// # Errors
/// When the store fails.
pub async fn free(cx: &Cx, staff: &Staff, ledger: PlaceId, desk: Option<PlaceId>) -> Result<Free, Error> {
    let (t, office) = (cx.locale, &cx.app.office);
    let mut free: Vec<Readable> = Vec::new();
    let mut filter = BoardFilter { state: Some(BoardState::Open), ..BoardFilter::default() };
    // Those that a topic has taken up make no room for others.
    while free.len() <= MOST {
        let page = board(&office.db, ledger, &filter).await?;
        let mut some = office.readable(&staff.actor, page.rows).await?;
        some.retain(|one| {
            let matter = one.matter();
            matter.topic.is_none()
                && desk.is_none_or(|desk| matter.desk == desk)
                && one.may(&staff.actor, &matters::GATHER, cx.now).is_ok()
        });
        free.extend(some);
        filter.before = page.next.as_deref().and_then(Key::read);
        if filter.before.is_none() {
            break;
        }
    }
    let cut = (free.len() > MOST).then_some(MOST);
    free.truncate(MOST);
    let ids: Vec<MatterId> = free.iter().map(|row| row.id).collect();
    let texts = said(&office.db, &free).await?;
    let supports = support(&office.db, ledger, &ids).await?;
    let pack = cx.rules(ledger).await?;
    let choice = |row: &Readable| {
        let title = row.summary.clone().or_else(|| texts.get(&row.id).map(|text| excerpt(text, 40)));
        let title = title.unwrap_or_else(|| headline(&pack, row, t));
        let line = meta(row, supports.get(&row.id).copied().unwrap_or_default(), t);
        let new = if row.stage == StageKind::Raised { t.say("topic-unsorted") } else { String::new() };
        (row.id.to_string(), format!("{title}{new}\n{line}"))
    };
    Ok(Free { matters: free.iter().map(choice).collect(), cut })
}
