//! Figures in short, as the public board says them.

use super::public::number;
use maud::{Markup, html};
use yishi_domain::insight::Month;
use yishi_kernel::PlaceId;
use yishi_office::insight::reads::{Short, short};
use yishi_office::matters::reads::{BoardFilter, COUNTED, board_count};
use yishi_office::matters::tables::BoardState;
use yishi_web::{Cx, Error};

/// From how many on they are counted once a minute, and not for each page.
const MANY: u64 = 1_000;

/// A number of a list that stands on the board, with the link of that list.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    /// How many there are.
    pub count: u64,
    /// From how many on nobody counted further.
    pub most: u64,
    /// Its list.
    pub link: &'a str,
}

/// A place in four numbers: raised this month, answered in time of these, open now, and late. Each
/// leads to what it counts; small numbers of the month are not said.
///
/// # Errors
/// When the store fails.
pub async fn four(
    cx: &Cx,
    ledger: PlaceId,
    slug: &str,
    open: &str,
    late: Listed<'_>,
) -> Result<Markup, Error> {
    let (t, boards, db) = (cx.locale, &cx.app.boards, &cx.app.office.db);
    let count = async {
        let month = Month::of(cx.now.date()).period().moments();
        let Short { raised, answered } = short(db, ledger, month).await?;
        let filter = BoardFilter { state: Some(BoardState::Open), ..BoardFilter::default() };
        Ok::<_, Error>([raised, answered, board_count(db, ledger, &filter).await?])
    };
    let many = |[raised, ..]: &[u64; 3]| *raised > MANY;
    let [raised, answered, count] = boards.counted(cx, ledger, count, many).await?;
    let open = Listed { count, most: COUNTED, link: open };
    let list = |of: Listed<'_>| match of.count > of.most {
        true => format!("{}+", of.most),
        false => of.count.to_string(),
    };
    let month = format!("/c/{slug}/figures");
    let figures = [
        ("board-figure-raised", number(raised, t), month.as_str()),
        ("board-figure-answered", number(answered, t), month.as_str()),
        ("board-figure-open", list(open), open.link),
        ("board-figure-late", list(late), late.link),
    ];
    Ok(html! {
        dl.figures.four { @for (key, number, link) in figures { div { dt { (t.say(key)) } dd.big { a href=(link) { (number) } } } } }
    })
}
