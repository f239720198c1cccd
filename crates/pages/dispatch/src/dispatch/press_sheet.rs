//! What of a whistle climbs the ladder as a paper 督办单: what was to be done by when, each step with its
//! day, and where whoever holds it answers by hand. Nothing private is on it.

use crate::dispatch::face::ladder::what;
use crate::dispatch::face::{called_by_number, order_of};
use axum::extract::Path;
use axum::response::Response;
use yishi_office::papers::Numbered as _;
use yishi_papers::{Block, Column, Paper, Rows, Sheet, Table};
use yishi_web::names::Names;
use yishi_web::numbers;
use yishi_web::papers::{self, Place, Wanted, before, day, due};
use yishi_web::places::spot;
use yishi_web::ui::Nav;
use yishi_web::{Cx, Error};

/// `GET /c/{slug}/o/{number}/press-sheet`
pub async fn show(cx: Cx, Path(at): Path<(String, i64)>) -> Result<Response, Error> {
    serve(&cx, at, Wanted::Page("")).await
}

/// `GET /c/{slug}/o/{number}/press-sheet.docx`
pub async fn file(cx: Cx, Path(at): Path<(String, i64)>) -> Result<Response, Error> {
    serve(&cx, at, Wanted::Docx("")).await
}

async fn serve(cx: &Cx, (slug, number): (String, i64), wanted: Wanted<'_>) -> Result<Response, Error> {
    let held = order_of(cx, &slug, number).await?;
    let (db, row, order) = (&cx.app.office.db, &held.row, held.loaded.must()?);
    // Papers are Chinese, whoever reads the page around them.
    let (zh, mut names) = (cx.locale.chinese(), Names::default());
    let keeper = cx.place(held.ledger.ledger).await?;
    let street = names.place(db, order.street).await?;
    let own_number = cx.numbers([row.key()]).await?;
    let mut lines = Vec::new();
    for one in order.climbed() {
        let what = what(db, (one.step, one.body), &mut names, zh).await?;
        for (rung, at) in &one.rungs {
            lines.push(vec![what.clone(), before(one.due), zh.word(*rung), day(*at), String::new()]);
        }
    }
    let columns = [("督办事项", 26), ("应办时限", 20), ("督办层级", 18), ("日期", 16), ("办理单位答复", 20)];
    let columns = columns.iter().map(|(name, width)| Column::new(name, *width)).collect();
    let field = |name: &str, value: String| (name.to_owned(), value);
    let paper = Paper {
        issuer: street.clone(),
        title: "督办单".to_owned(),
        number: String::new(),
        entry: numbers::entry(row.number, zh),
        blocks: vec![
            Block::Fields(vec![
                field("吹哨单", numbers::called(&own_number, row, zh)),
                field("要求", row.task.clone()),
                field("地点", spot(cx, row.place).await?),
                field("牵头", names.holder(db, order.holder, zh).await?),
                field("办结时限", format!("{}前", due(row.finish_by))),
            ]),
            Block::Table(Table { columns, rows: lines, height: Rows::Writing }),
            Block::Text("请承办单位在表中写明办理情况和办完日期，签章后送还。".to_owned()),
            Block::Signatures(vec!["承办单位（签章）".to_owned(), "督办人（签字）".to_owned()]),
            Block::Closing(vec![street, day(cx.now)]),
        ],
    };
    let name = called_by_number(row, &own_number, cx.locale);
    let back = (format!("/c/{slug}/o/{number}"), name);
    let at = Place { back, link: format!("/c/{slug}/o/{number}/press-sheet") };
    let nav = Nav::Community { slug, name: keeper.name };
    Ok(papers::posted(cx, &Sheet::new(paper), &at, nav, wanted))
}
