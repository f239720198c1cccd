//! The sheet of a run as a paper 清账单: A4, with its number, its figures, every item, and whom one asks.

use super::show::{Cleared, row_of, step};
use super::things::{Things, holder, kind};
use axum::extract::Path;
use axum::response::Response;
use yishi_domain::clearing::sheet::Figures;
use yishi_domain::clearing::{HeldBy, Outcome};
use yishi_kernel::Moment;
use yishi_office::clearing::reads::RunRow;
use yishi_office::papers::Numbered as _;
use yishi_papers::{Block, Column, Paper, Rows, Sheet, Table};
use yishi_web::names::Names;
use yishi_web::numbers;
use yishi_web::papers::{self, Place, Wanted, day, due};
use yishi_web::ui::Nav;
use yishi_web::{Cx, Error};

/// `GET /c/{slug}/k/{number}/paper`
pub async fn show(cx: Cx, Path(at): Path<(String, i64)>) -> Result<Response, Error> {
    serve(&cx, at, Wanted::Page("")).await
}

/// `GET /c/{slug}/k/{number}/paper.docx`
pub async fn file(cx: Cx, Path(at): Path<(String, i64)>) -> Result<Response, Error> {
    serve(&cx, at, Wanted::Docx("")).await
}

async fn serve(cx: &Cx, (slug, number): (String, i64), wanted: Wanted<'_>) -> Result<Response, Error> {
    let ledger = cx.ledger(&slug).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let row = row_of(cx, ledger.ledger, number).await?;
    let (at, sha256) = row.finished.clone().ok_or(Error::NotFound)?;
    let paper = paper(cx, &row, &keeper.name, at, &sha256).await?;
    let back = (format!("/c/{slug}/k/{number}"), cx.locale.say("clearing-sheet"));
    let place = Place { back, link: format!("/c/{slug}/k/{number}/paper") };
    let nav = Nav::Community { slug, name: keeper.name };
    Ok(papers::posted(cx, &Sheet::new(paper), &place, nav, wanted))
}

async fn paper(cx: &Cx, row: &RunRow, keeper: &str, at: Moment, sha256: &str) -> Result<Paper, Error> {
    // Papers are Chinese, whoever reads the page around them.
    let zh = cx.locale.chinese();
    let cleared = Cleared::load(cx, row).await?;
    let whole = cleared.whole(row);
    let field = |name: &str, value: String| (name.to_owned(), value);
    let by = |figures: &Figures, one: &Outcome| figures.by.get(one).copied().unwrap_or_default();
    let mut fields = vec![
        field("清账期间", format!("{}至{}", day(row.opened), day(at))),
        field(
            "列入事项",
            format!("{}件，其中新增{}件，列入时已超期{}件", whole.total, whole.fresh, whole.overdue),
        ),
    ];
    let came = Outcome::ALL.iter().map(|one| format!("{}{}件", zh.word(*one), by(&whole, one)));
    fields.push(field("清账结果", came.collect::<Vec<_>>().join("，")));
    if let Some((since, number)) = whole.oldest {
        fields.push(field("时间最久", format!("{}起，台账第{number}条", day(since))));
    }
    let number = |count: u64| count.to_string();
    let parts = cleared.parts(cx, row, zh).await?;
    let part = |(name, figures): &(String, Figures)| {
        let counts = Outcome::ALL.iter().map(|one| number(by(figures, one)));
        [name.clone(), number(figures.total), number(figures.overdue)].into_iter().chain(counts).collect()
    };
    let mut columns = vec![Column::new("承办单位", 28), Column::new("件数", 9), Column::new("超期", 9)];
    columns.extend(Outcome::ALL.iter().map(|one| Column::new(&short(*one), 9)));
    let by_body = Table { columns, rows: parts.iter().map(part).collect(), height: Rows::Text };
    let (things, mut names) = (Things::of(cx, row.ledger, &cleared.rows, zh).await?, Names::default());
    let mut rows = Vec::with_capacity(cleared.rows.len());
    for item in &cleared.rows {
        let came = item.outcome.map_or_else(String::new, |(outcome, _)| short(outcome));
        let until = item.day.map(|day| format!("，{}前", due(day))).unwrap_or_default();
        let said = item.said.as_ref().map(|said| format!("。{said}")).unwrap_or_default();
        rows.push(vec![
            item.entry.to_string(),
            format!("{}：{}", kind(item, zh), things.name(item, zh)),
            holder(cx, HeldBy::stored(&item.holder), &mut names, zh).await?,
            format!("{}（{}前）", step(item, zh), due(item.due)),
            format!("{came}{until}{said}"),
        ]);
    }
    let columns = vec![
        Column::new("台账", 8),
        Column::new("事项", 34),
        Column::new("承办", 16),
        Column::new("列入时", 20),
        Column::new("结果和原因", 22),
    ];
    let mut closing = vec![field("张贴地点", "　　　　　　".to_owned()), field("校验码", sha256.to_owned())];
    if let Some(reached) = &cx.local.reached {
        closing.insert(0, field("咨询、监督电话", format!("{}{}", reached.name, reached.phone)));
    }
    Ok(Paper {
        issuer: keeper.to_owned(),
        title: "清账单".to_owned(),
        number: numbers::called(&cx.numbers([row.key()]).await?, row, zh),
        entry: numbers::entry(row.number, zh),
        blocks: vec![
            Block::Fields(fields),
            Block::Heading("按承办单位".to_owned()),
            Block::Table(by_body),
            Block::Heading("逐项结果".to_owned()),
            Block::Table(Table { columns, rows, height: Rows::Text }),
            Block::Fields(closing),
            Block::Signatures(vec![zh.say("clearing-signer")]),
            Block::Closing(vec![keeper.to_owned(), day(at)]),
        ],
    })
}

/// An outcome in as few characters as a column has.
fn short(outcome: Outcome) -> String {
    match outcome {
        Outcome::Closed => "办结",
        Outcome::Withdrawn => "终止",
        Outcome::Lifted => "上交",
        Outcome::Whistled => "吹哨",
        Outcome::Extended => "延期",
        Outcome::Advanced => "推进",
        Outcome::OnTrack => "在办",
    }
    .to_owned()
}
