//! The blank sheet on which those who come sign in (报到签到单), with whom the order calls on it.

use super::new::Calling;
use crate::dispatch::face::{Part, called_by_number};
use axum::extract::Path;
use axum::response::Response;
use yishi_office::papers::Numbered as _;
use yishi_papers::{Block, Column, Internal, Paper, Rows, Sheet, Table};
use yishi_web::papers::{self, Place, Wanted, before};
use yishi_web::places::spot;
use yishi_web::{Cx, Error};

/// Lines for bodies that come without having been called.
const FREE: usize = 3;

/// `GET /w/{slug}/o/{number}/scene-sheet`
pub async fn show(cx: Cx, Path(at): Path<(String, i64)>) -> Result<Response, Error> {
    serve(&cx, at, Wanted::Page("")).await
}

/// `GET /w/{slug}/o/{number}/scene-sheet.docx`
pub async fn file(cx: Cx, Path(at): Path<(String, i64)>) -> Result<Response, Error> {
    serve(&cx, at, Wanted::Docx("")).await
}

async fn serve(cx: &Cx, (slug, number): (String, i64), wanted: Wanted<'_>) -> Result<Response, Error> {
    let calling = Calling::load(cx, &slug, number).await?;
    let row = &calling.held.row;
    let numbers = cx.numbers([row.key()]).await?;
    let name = called_by_number(row, &numbers, cx.locale);
    let keeper = cx.place(row.ledger).await?;
    let fields = vec![
        ("吹哨单".to_owned(), numbers.own(row).map(ToString::to_string).unwrap_or_default()),
        ("事由".to_owned(), row.task.clone()),
        ("地点".to_owned(), spot(cx, row.place).await?),
        ("到场时限".to_owned(), before(row.report_by)),
        ("会商时间".to_owned(), "　　　　年　　月　　日　　时　　分".to_owned()),
    ];
    let columns = vec![
        Column::new("单位", 30),
        Column::new("主办、协办", 14),
        Column::new("姓名", 16),
        Column::new("到场时间", 16),
        Column::new("签字", 24),
    ];
    let part = |part: Part| match part {
        Part::Lead => "主办",
        Part::Helper => "协办",
    };
    let blank = || vec![String::new(); 5];
    let line = |one: &crate::dispatch::face::Called| {
        let mut line = blank();
        line[0].clone_from(&one.name);
        line[1] = part(one.part).to_owned();
        line
    };
    let rows = calling.called.iter().map(line).chain((0..FREE).map(|_| blank())).collect();
    let agreed = vec![Column::new("谁做", 26), Column::new("做什么", 50), Column::new("哪天前", 24)];
    let paper = Paper {
        issuer: keeper.name,
        title: "报到签到单".to_owned(),
        number: String::new(),
        entry: String::new(),
        blocks: vec![
            Block::Fields(fields),
            Block::Heading("到场单位签到".to_owned()),
            Block::Table(Table { columns, rows, height: Rows::Writing }),
            Block::Heading("现场发现".to_owned()),
            Block::Text("　".to_owned()),
            Block::Text("　".to_owned()),
            Block::Heading("商定分工".to_owned()),
            Block::Table(Table {
                columns: agreed,
                rows: (0..FREE).map(|_| vec![String::new(); 3]).collect(),
                height: Rows::Writing,
            }),
            Block::Small("签到的姓名只进内部存档件；现场发现和分工向居民公开。".to_owned()),
        ],
    };
    let at = Place { back: (calling.link(), name), link: format!("{}/scene-sheet", calling.link()) };
    Ok(papers::internal(cx, &calling.staff, &Sheet::<Internal>::new(paper), &at, wanted))
}
