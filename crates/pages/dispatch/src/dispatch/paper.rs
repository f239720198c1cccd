//! An order as a paper: the whistle 吹哨单, the letter 工作联系函, or the order for work 工单. Nothing
//! private is on it.

use crate::dispatch::face::{Arrival, Called, Held, called, called_by_number, order_of};
use axum::extract::Path;
use axum::response::Response;
use yishi_domain::ballots::Leave;
use yishi_domain::dispatch::{Event, OrderKind};
use yishi_kernel::{Entry, Moment};
use yishi_office::papers::Numbered;
use yishi_office::people::reads::organisation;
use yishi_papers::{Block, Column, Paper, Rows, Sheet, Table};
use yishi_store::ledgers::entries_of;
use yishi_web::names::Names;
use yishi_web::numbers;
use yishi_web::papers::{self, Place, Wanted, before, day, due, minute};
use yishi_web::places::spot;
use yishi_web::ui::{self, Nav};
use yishi_web::{Cx, Error};

/// `GET /c/{slug}/o/{number}/paper`
pub async fn show(cx: Cx, Path(at): Path<(String, i64)>) -> Result<Response, Error> {
    serve(&cx, at, Wanted::Page("")).await
}

/// `GET /c/{slug}/o/{number}/paper.docx`
pub async fn file(cx: Cx, Path(at): Path<(String, i64)>) -> Result<Response, Error> {
    serve(&cx, at, Wanted::Docx("")).await
}

async fn serve(cx: &Cx, (slug, number): (String, i64), wanted: Wanted<'_>) -> Result<Response, Error> {
    let held = order_of(cx, &slug, number).await?;
    let keeper = cx.place(held.ledger.ledger).await?;
    let paper = paper(cx, &held, &keeper.name).await?;
    let name = called_by_number(&held.row, &cx.numbers([held.row.key()]).await?, cx.locale);
    let back = (format!("/c/{slug}/o/{number}"), name);
    let at = Place { back, link: format!("/c/{slug}/o/{number}/paper") };
    let nav = Nav::Community { slug, name: keeper.name };
    Ok(papers::posted(cx, &Sheet::new(paper), &at, nav, wanted))
}

/// What was said along the way that stands on the paper.
#[derive(Default)]
struct Told {
    reason: Option<String>,
    result: Option<String>,
    issued: Option<Moment>,
}

async fn told(cx: &Cx, held: &Held) -> Result<Told, Error> {
    let mut told = Told::default();
    for entry in entries_of(&cx.app.office.db, held.ledger.ledger, &held.row.id.into()).await? {
        let said = super::face::event_of(&entry, None)?;
        let Entry::Own(event) = said.what else { continue };
        match event {
            Event::Sent { .. } | Event::Blown { .. } => told.issued = told.issued.or(Some(said.time)),
            Event::Asked { reason, .. } => told.reason = Some(reason.to_string()),
            Event::Done { note, .. } => told.result = Some(note.to_string()),
            _ => {}
        }
    }
    Ok(told)
}

async fn paper(cx: &Cx, held: &Held, keeper: &str) -> Result<Paper, Error> {
    let (db, row, order) = (&cx.app.office.db, &held.row, held.loaded.must()?);
    // Papers are Chinese, whoever reads the page around them.
    let zh = cx.locale.chinese();
    let mut names = Names::default();
    let doer = names.holder(db, order.holder, zh).await?;
    let place = spot(cx, row.place).await?;
    let desk = names.place(db, order.desk).await?;
    let street = names.place(db, order.street).await?;
    let called = called(db, order, cx.now, &mut names).await?;
    let told = told(cx, held).await?;
    let numbers = cx.numbers([row.key()]).await?;
    let (title, issuer, mut blocks) = match row.kind {
        OrderKind::Whistle => {
            let word = row.whistle.map_or_else(String::new, |whistle| zh.word(whistle));
            let bodies: Vec<&str> = called.iter().map(|one| one.name.as_str()).collect();
            let fields = [
                ("类型", word),
                ("吹哨", street.clone()),
                ("请求", desk),
                ("报到", bodies.join("、")),
                ("牵头", doer),
                ("地点", place),
                ("事由", told.reason.unwrap_or_default()),
                ("要求", row.task.clone()),
                ("到场时限", before(row.report_by)),
                ("办结时限", format!("{}前", due(row.finish_by))),
            ];
            (
                "吹哨单",
                street,
                vec![
                    fields_of(&fields),
                    Block::Heading("报到情况".to_owned()),
                    arrivals(&called, row.report_by),
                ],
            )
        }
        OrderKind::Letter => {
            let to = match order.holder.organisation() {
                Some(id) => organisation(db, id).await?.map_or(doer, |row| row.name),
                None => doer,
            };
            let blocks = vec![
                Block::Text(format!("{to}：")),
                Block::Text(format!("我单位在办理居民反映的事项中，有下列工作需要贵单位支持：{}", row.task)),
                fields_of(&[("地点", place)]),
                Block::Text(format!("请于{}前函复办理情况。", due(row.finish_by))),
                Block::Text("特此函达，请予支持。".to_owned()),
            ];
            ("工作联系函", keeper.to_owned(), blocks)
        }
        OrderKind::Work => {
            let fields = [
                ("承办", doer),
                ("地点", place),
                ("任务", row.task.clone()),
                ("签收时限", before(row.report_by)),
                ("办结时限", format!("{}前", due(row.finish_by))),
            ];
            ("工单", keeper.to_owned(), vec![fields_of(&fields)])
        }
    };
    // Whoever does it sees that nothing more was freed.
    if let Some(Leave::Emergency(_)) = order.leave {
        let whose = &order.decides.source;
        blocks.push(Block::Text(format!(
            "本单按紧急情形先行放行，只做上面这一项，做到安全为止；其他措施由业主共同决定（{whose}）。"
        )));
    }
    let mut more = vec![("验收标准", order.task.acceptance.to_string())];
    if let Some(money) = &order.task.money {
        more.push(("资金及来源", format!("{}元，{}", ui::yuan(money.fen), &*money.source)));
    }
    if row.kind != OrderKind::Letter {
        more.push(("办理结果", told.result.unwrap_or_default()));
    }
    // A heading by itself would be a 一、 without a 二、.
    if row.kind == OrderKind::Whistle {
        blocks.push(Block::Heading("验收与办理结果".to_owned()));
    }
    let at = blocks.len();
    blocks.insert(if row.kind == OrderKind::Letter { 3.min(at) } else { at }, fields_of(&more));
    blocks.extend(match row.kind {
        OrderKind::Whistle => vec![Block::Signatures(vec![
            "牵头单位（签字）".to_owned(),
            "吹哨单位评价报到单位".to_owned(),
            "报到单位评价吹哨单位".to_owned(),
        ])],
        OrderKind::Work => {
            vec![Block::Signatures(vec!["承办人（签字）".to_owned(), "验收人（签字）".to_owned()])]
        }
        OrderKind::Letter => Vec::new(),
    });
    blocks.push(Block::Closing(vec![issuer.clone(), day(told.issued.unwrap_or(row.opened))]));
    Ok(Paper {
        issuer,
        title: title.to_owned(),
        number: numbers.own(row).map(ToString::to_string).unwrap_or_default(),
        entry: numbers::entry(row.number, zh),
        blocks,
    })
}

fn fields_of(fields: &[(&str, String)]) -> Block {
    let written =
        |value: &String| if value.is_empty() { "　　　　　　".to_owned() } else { value.clone() };
    Block::Fields(fields.iter().map(|(name, value)| ((*name).to_owned(), written(value))).collect())
}

/// Who was to come, and when each came.
fn arrivals(called: &[Called], due: Moment) -> Block {
    let columns = vec![
        Column::new("单位", 34),
        Column::new("应到", 24),
        Column::new("实到", 24),
        Column::new("签字", 18),
    ];
    let row = |one: &Called| {
        let (due, came) = match one.coming {
            Arrival::Arrived(at) => (before(due), minute(at)),
            Arrival::Expected(due) | Arrival::Late(due) | Arrival::Missed(due) => {
                (before(due), String::new())
            }
            Arrival::NotAsked => (String::new(), String::new()),
        };
        vec![one.name.clone(), due, came, String::new()]
    };
    Block::Table(Table { columns, rows: called.iter().map(row).collect(), height: Rows::Writing })
}
