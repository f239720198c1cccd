//! The record of a gathering 谈话记录 as a paper with a number: as everyone may read it. Matters stand
//! by number and what everyone knows of them, private talk as a count.

use super::face::{Matters, place};
use super::gathering::GatheringAtWork;
use crate::matters::face::headline;
use axum::extract::Path;
use axum::response::Response;
use yishi_domain::gatherings::Recorded;
use yishi_kernel::Pack;
use yishi_office::matters::reads::MatterRow;
use yishi_office::papers::Numbered;
use yishi_papers::{Block, Column, Paper, Rows, Sheet, Table};
use yishi_web::papers::{self, Place, Wanted, day, minute};
use yishi_web::sheet::{Found, Thing as _};
use yishi_web::texts::Locale;
use yishi_web::ui::Nav;
use yishi_web::{Cx, Error, numbers};

/// `GET /c/{slug}/h/{number}/paper`
///
/// # Errors
/// When there is no such gathering, or no record of it.
pub async fn show(cx: Cx, Path(at): Path<(String, i64)>) -> Result<Response, Error> {
    serve(&cx, at, Wanted::Page("")).await
}

/// `GET /c/{slug}/h/{number}/paper.docx`
///
/// # Errors
/// When there is no such gathering, or no record of it.
pub async fn file(cx: Cx, Path(at): Path<(String, i64)>) -> Result<Response, Error> {
    serve(&cx, at, Wanted::Docx("")).await
}

async fn serve(cx: &Cx, (slug, number): (String, i64), wanted: Wanted<'_>) -> Result<Response, Error> {
    let found = GatheringAtWork::find(cx, (slug.clone(), number)).await?;
    let record = found.state.record.clone().ok_or(Error::NotFound)?;
    let keeper = cx.place(found.ledger.ledger).await?.name;
    let paper = paper(cx, &found, &record, &keeper).await?;
    let back = (format!("/c/{slug}/h/{number}"), super::face::name(cx, &found.row).await?);
    let at = Place { back, link: format!("/c/{slug}/h/{number}/paper") };
    let nav = Nav::Community { slug, name: keeper };
    Ok(papers::posted(cx, &Sheet::new(paper), &at, nav, wanted))
}

async fn paper(
    cx: &Cx,
    found: &Found<GatheringAtWork>,
    record: &Recorded,
    keeper: &str,
) -> Result<Paper, Error> {
    // Papers are Chinese, whoever reads the page around them.
    let zh = cx.locale.chinese();
    let row = &found.row;
    let rules = cx.rules(found.ledger.ledger).await?;
    let matters = Matters::of(cx, row, record).await?;
    let mostly = row.mostly.map_or_else(String::new, |mostly| format!("，{}", zh.word(mostly)));
    let mut blocks = vec![Block::Fields(vec![
        ("形式".to_owned(), zh.word(row.form)),
        ("时间".to_owned(), minute(row.starts)),
        ("地点".to_owned(), place(cx, row).await?),
        ("到会".to_owned(), format!("{}人{mostly}", row.people.unwrap_or_default())),
    ])];
    for (heading, rows) in [("转为事项", &matters.raised), ("已有事项，再次有人说起", &matters.known)]
    {
        if !rows.is_empty() {
            blocks.push(Block::Heading(heading.to_owned()));
            blocks.push(table(rows, &rules, zh));
        }
    }
    if !record.thanks.is_empty() {
        blocks.push(Block::Heading("感谢".to_owned()));
        blocks.extend(record.thanks.iter().map(|one| Block::Item(one.text.to_string())));
    }
    if record.private > 0 {
        blocks.push(Block::Text(format!("另有私事{}条，只计数，不记内容。", record.private)));
    }
    blocks.push(Block::Signatures(vec!["主持人（签字）".to_owned(), "记录人（签字）".to_owned()]));
    blocks.push(Block::Closing(vec![keeper.to_owned(), day(record.at)]));
    let numbers = cx.numbers([row.key()]).await?;
    Ok(Paper {
        issuer: keeper.to_owned(),
        title: "谈话记录".to_owned(),
        number: numbers.own(row).map(ToString::to_string).unwrap_or_default(),
        entry: numbers::entry(row.number, zh),
        blocks,
    })
}

fn table(rows: &[MatterRow], rules: &Pack, zh: Locale) -> Block {
    let columns = vec![Column::new("编号", 16), Column::new("事项", 56), Column::new("现在", 28)];
    let row = |row: &MatterRow| vec![row.number.to_string(), headline(rules, row, zh), zh.word(row.stage)];
    Block::Table(Table { columns, rows: rows.iter().map(row).collect(), height: Rows::Text })
}
