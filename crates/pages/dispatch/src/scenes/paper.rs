//! The record of a scene as a paper 现场会商记录: the posted copy, on which names are masked, and the
//! internal one with names.

use super::face::{name, who};
use super::scene::{Held, SceneAtWork, scene_of};
use axum::extract::Path;
use axum::response::Response;
use yishi_domain::scenes::{Answer, Scene, SignedHow};
use yishi_kernel::Sealed;
use yishi_office::papers::Numbered as _;
use yishi_office::scenes::reads::SceneRow;
use yishi_papers::{Block, Column, Internal, Kept, Paper, Person, Posted, Rows, Sheet, Table};
use yishi_web::names::Names;
use yishi_web::numbers;
use yishi_web::papers::{self, Place, Wanted, day, due, minute};
use yishi_web::places::spot;
use yishi_web::sheet;
use yishi_web::ui::Nav;
use yishi_web::{Cx, Error};

/// `GET /c/{slug}/x/{number}/paper`
pub async fn show(cx: Cx, Path(at): Path<(String, i64)>) -> Result<Response, Error> {
    posted(&cx, at, Wanted::Page("")).await
}

/// `GET /c/{slug}/x/{number}/paper.docx`
pub async fn file(cx: Cx, Path(at): Path<(String, i64)>) -> Result<Response, Error> {
    posted(&cx, at, Wanted::Docx("")).await
}

/// `GET /w/{slug}/x/{number}/paper`
pub async fn show_names(cx: Cx, Path(at): Path<(String, i64)>) -> Result<Response, Error> {
    internal(cx, at, Wanted::Page("")).await
}

/// `GET /w/{slug}/x/{number}/paper.docx`
pub async fn file_names(cx: Cx, Path(at): Path<(String, i64)>) -> Result<Response, Error> {
    internal(cx, at, Wanted::Docx("")).await
}

async fn posted(cx: &Cx, (slug, number): (String, i64), wanted: Wanted<'_>) -> Result<Response, Error> {
    let Held { ledger, row, loaded, .. } = scene_of(cx, &slug, number).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let paper = paper::<Posted>(cx, &row, loaded.must()?, &keeper.name).await?;
    let back = (format!("/c/{slug}/x/{number}"), name(cx, &row).await?);
    let at = Place { back, link: format!("/c/{slug}/x/{number}/paper") };
    let nav = Nav::Community { slug, name: keeper.name };
    Ok(papers::posted(cx, &Sheet::new(paper), &at, nav, wanted))
}

async fn internal(cx: Cx, at: (String, i64), wanted: Wanted<'_>) -> Result<Response, Error> {
    let job = sheet::Sheet::<SceneAtWork>::open(cx, at).await?;
    let (cx, row) = (&job.cx, &job.row);
    let keeper = cx.place(row.ledger).await?;
    let paper = paper::<Internal>(cx, row, &job.state, &keeper.name).await?;
    let back = (job.link(), name(cx, row).await?);
    let at = Place { back, link: format!("{}/paper", job.link()) };
    Ok(papers::internal(cx, &job.staff, &Sheet::new(paper), &at, wanted))
}

async fn paper<K: Kept>(cx: &Cx, row: &SceneRow, scene: &Scene, keeper: &str) -> Result<Paper, Error> {
    // Papers are Chinese, whoever reads the page around them.
    let (zh, db) = (cx.locale.chinese(), &cx.app.office.db);
    let mut names = Names::default();
    let field = |name: &str, value: String| (name.to_owned(), value);
    let keeps = names.holder(db, scene.keeper, zh).await?;
    let mut fields = vec![
        field("事由", row.task.clone()),
        field("会商时间", minute(scene.met)),
        field("会商地点", spot(cx, row.place).await?),
        field("记录单位", keeps.clone()),
    ];
    let people = scene.people.as_ref().and_then(Sealed::get);
    let people: Vec<Person> = people
        .iter()
        .flat_map(|text| text.lines())
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(Person::resident)
        .collect();
    if !people.is_empty() {
        fields.push(field("到场人员", Sheet::<K>::people(&people)));
    }
    let mut lines = Vec::with_capacity(scene.lines.len());
    for line in &scene.lines {
        let came_of = match &line.done {
            Some((note, at)) => format!("{}办完：{note}", day(*at)),
            None if scene.owes(line).is_none() => zh.say("scene-not-owed"),
            None if line.left_by.is_some() => zh.say("scene-left"),
            None => String::new(),
        };
        let who = who(cx, scene, line, &mut names, zh).await?;
        lines.push(vec![who, line.agreed.what.to_string(), format!("{}前", due(line.agreed.due)), came_of]);
    }
    let mut signatures = Vec::with_capacity(scene.came.len());
    for (body, answer) in &scene.came {
        let (said, at) = match answer {
            Some(Answer::Signed { how: SignedHow::Account, at }) => ("已签字".to_owned(), day(*at)),
            Some(Answer::Signed { how: SignedHow::Paper, at }) => ("已在纸上签字".to_owned(), day(*at)),
            Some(Answer::Refused { reason, at }) => (format!("不签字：{reason}"), day(*at)),
            Some(Answer::Gone) => (zh.say("scene-gone"), String::new()),
            None => ("未签字".to_owned(), String::new()),
        };
        signatures.push(vec![names.organisation(db, *body).await?, said, at]);
    }
    let columns = |of: &[(&str, u32)]| of.iter().map(|(name, width)| Column::new(name, *width)).collect();
    let mut closing = vec![field("张贴地点", "　　　　　　".to_owned())];
    if let Some(reached) = &cx.local.reached {
        closing.insert(0, field("咨询、监督电话", format!("{}{}", reached.name, reached.phone)));
    }
    Ok(Paper {
        issuer: keeper.to_owned(),
        title: "现场会商记录".to_owned(),
        number: numbers::called(&cx.numbers([row.key()]).await?, row, zh),
        entry: numbers::entry(row.number, zh),
        blocks: vec![
            Block::Fields(fields),
            Block::Heading("现场发现".to_owned()),
            Block::Text(scene.findings.to_string()),
            Block::Heading("商定分工".to_owned()),
            Block::Table(Table {
                columns: columns(&[("谁做", 22), ("做什么", 36), ("哪天前", 20), ("办理情况", 22)]),
                rows: lines,
                height: Rows::Text,
            }),
            Block::Heading("到场单位签字".to_owned()),
            Block::Table(Table {
                columns: columns(&[("单位", 36), ("签字情况", 40), ("日期", 24)]),
                rows: signatures,
                height: Rows::Text,
            }),
            Block::Fields(closing),
            Block::Closing(vec![keeps, day(scene.opened)]),
        ],
    })
}
