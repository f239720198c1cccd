//! The rules of deliberation of a community 议事规则, printed from its rule pack: the text by which
//! meetings are called and counted, each number with its source, and the digest that names it.

use super::facts::{chinese, field};
use crate::rulebook::face::{Ruled, statutory};
use axum::extract::Path;
use axum::response::Response;
use yishi_domain::meetings::{Forum, Rules};
use yishi_kernel::due::Unit;
use yishi_kernel::{Deadline, Moment};
use yishi_office::places::reads::PlaceRow;
use yishi_papers::{Block, Column, Paper, Rows, Sheet, Table};
use yishi_web::papers::{self, Place, Wanted, day};
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Nav};
use yishi_web::{Cx, Error};

/// `GET /c/{slug}/rules`
pub async fn show(cx: Cx, Path(slug): Path<String>) -> Result<Response, Error> {
    serve(&cx, slug, Wanted::Page("")).await
}

/// `GET /c/{slug}/rules.docx`
pub async fn file(cx: Cx, Path(slug): Path<String>) -> Result<Response, Error> {
    serve(&cx, slug, Wanted::Docx("")).await
}

async fn serve(cx: &Cx, slug: String, wanted: Wanted<'_>) -> Result<Response, Error> {
    let ledger = cx.ledger(&slug).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let pack = cx.rules(ledger.ledger).await?;
    let since = cx.app.office.rules_since(ledger.ledger, cx.now).await?;
    let rules = pack.section::<Rules>();
    let mut forums = Vec::new();
    for forum in forums_at(cx, &keeper, rules).await? {
        forums.push(Ruled::now(cx, ledger.ledger, rules, forum).await?);
    }
    let paper = paper(&keeper.name, rules, &forums, pack.digest(), since, chinese(cx));
    let back = (format!("/c/{slug}/meetings"), cx.locale.say("desk-meetings"));
    let at = Place { back, link: format!("/c/{slug}/rules") };
    let nav = Nav::Community { slug, name: keeper.name };
    Ok(papers::posted(cx, &Sheet::new(paper), &at, nav, wanted))
}

/// The forums of a community or village; a street has those of what lies below it.
async fn forums_at<'a>(cx: &Cx, keeper: &PlaceRow, rules: &'a Rules) -> Result<Vec<&'a Forum>, Error> {
    let mut forums: Vec<&Forum> = rules.forums_of(keeper.kind).collect();
    if keeper.kind.is_street() {
        forums.extend(statutory(cx, keeper.id, rules).await?);
    }
    Ok(forums)
}

fn paper(
    keeper: &str,
    rules: &Rules,
    forums: &[Ruled],
    digest: &str,
    since: Option<Moment>,
    zh: Locale,
) -> Paper {
    let since =
        since.map_or_else(|| "以本版程序所附规则为准".to_owned(), |at| format!("自{}起施行", day(at)));
    let mut blocks = vec![
        Block::Text(format!(
            "本规则由{keeper}议事时遵循，{since}。每项数字后面写明是谁的规则：写明“本地规则”的，由本地议定，可以按程序修改；协商没有全国统一的法定人数。"
        )),
        Block::Heading("议事形式".to_owned()),
    ];
    for ruled in forums {
        let Some(forum) = &ruled.forum else { continue };
        blocks.push(Block::Item(zh.said(&forum.zh, &forum.en)));
        blocks.extend(of_forum(ruled, forum, zh).into_iter().map(Block::Point));
    }
    blocks.push(Block::Heading("各步时限".to_owned()));
    let rows = [
        ("张贴会议通知", &rules.post),
        ("受邀单位回执", &rules.reply),
        ("形成决议，或议题退回", &rules.resolve),
        ("确认会议纪要、公示", &rules.confirm),
        ("处理异议", &rules.objection),
        ("逾期事项的办理", &rules.late),
    ];
    let row = |(what, limit): (&str, &Deadline)| vec![what.to_owned(), within(limit), limit.source.clone()];
    let columns = vec![Column::new("步骤", 26), Column::new("时限", 16), Column::new("依据", 58)];
    blocks.push(Block::Table(Table { columns, rows: rows.map(row).into(), height: Rows::Text }));
    for scheme in &rules.schemes {
        blocks.push(Block::Heading(zh.said(&scheme.zh, &scheme.en)));
        blocks.extend(scheme.parties.iter().map(|party| {
            Block::Item(format!(
                "{}：{}",
                zh.said(&party.zh, &party.en),
                zh.said(&party.duty_zh, &party.duty_en)
            ))
        }));
        blocks.push(Block::Fields(vec![field("依据", &scheme.source)]));
    }
    blocks.push(Block::Closing(vec![keeper.to_owned()]));
    blocks.push(Block::Small(format!("规则文本的校验码：{digest}")));
    Paper { issuer: keeper.to_owned(), title: "议事规则".to_owned(), blocks, ..Paper::default() }
}

fn of_forum(ruled: &Ruled, forum: &Forum, zh: Locale) -> Vec<String> {
    let kinds: Vec<String> = forum.invite.iter().map(|kind| ui::organisation_kind(*kind, zh)).collect();
    let mut points = vec![format!("召集：{}。", zh.said(&forum.convenor_zh, &forum.convenor_en))];
    if !kinds.is_empty() {
        points.push(format!("应当邀请：{}。", kinds.join("、")));
    }
    points.extend(ruled.lines(zh).into_iter().map(|line| format!("{line}。")));
    points.extend(ruled.said(zh));
    points
}

fn within(limit: &Deadline) -> String {
    match (limit.unit, limit.count) {
        (Unit::Days, 0) => "当日".to_owned(),
        (Unit::Days, count) => format!("{count}日内"),
        (Unit::WorkingDays, count) => format!("{count}个工作日内"),
        (Unit::Months, count) => format!("{count}个月内"),
        (Unit::Minutes, count) => format!("{count}分钟内"),
        (Unit::WorkingMinutes, count) => format!("工作时间{count}分钟内"),
    }
}
