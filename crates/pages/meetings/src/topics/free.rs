//! Matters that no topic has taken up, as choices for gathering.

use yishi_domain::matters::{self, MatterId, StageKind};
use yishi_kernel::PlaceId;
use yishi_kernel::text::excerpt;
use yishi_office::matters::readable::{Readable, said};
use yishi_office::matters::reads::{BoardFilter, MatterRow, PAGE, board, support};
use yishi_office::matters::tables::BoardState;
use yishi_pages_matters::matters::face::{headline, meta};
use yishi_web::{Cx, Error, Staff};

/// Pages of open matters that are offered.
const PAGES: usize = 4;

/// Open matters of a ledger that this person may gather: what each says, where and since when.
///
/// # Errors
/// When the store fails.
pub async fn free(cx: &Cx, staff: &Staff, ledger: PlaceId) -> Result<Vec<(String, String)>, Error> {
    let (t, office) = (cx.locale, &cx.app.office);
    let mut rows: Vec<MatterRow> = Vec::new();
    let mut filter = BoardFilter { state: Some(BoardState::Open), ..BoardFilter::default() };
    for _ in 0..PAGES {
        let mut page = board(&office.db, ledger, &filter).await?;
        let more = page.len() as i64 > PAGE;
        page.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        filter.before = page.last().map(|row| (row.raised, row.id));
        rows.extend(page);
        if !more {
            break;
        }
    }
    let mut free = office.readable(&staff.actor, rows).await?;
    free.retain(|one| {
        one.matter().topic.is_none() && one.may(&staff.actor, &matters::GATHER, cx.now).is_ok()
    });
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
    Ok(free.iter().map(choice).collect())
}
