//! The rules of deliberation of a community 议事规则, printed from its rule pack: the text by which
//! meetings are called and counted, each number with its source, and the digest that names it.

use super::facts::{chinese, field};
use axum::extract::Path;
use axum::response::Response;
use yishi_domain::meetings::{Forum, Rules};
use yishi_kernel::due::Unit;
use yishi_kernel::{Deadline, Moment};
use yishi_papers::{Block, Column, Paper, Rows, Sheet, Table};
use yishi_tally::everyday::{Base, Rule, Threshold};
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
    let paper = paper(&keeper.name, pack.section(), pack.digest(), since, chinese(cx));
    let back = (format!("/c/{slug}/meetings"), cx.locale.say("desk-meetings"));
    let at = Place { back, link: format!("/c/{slug}/rules") };
    let nav = Nav::Community { slug, name: keeper.name };
    Ok(papers::posted(cx, &Sheet::new(paper), &at, nav, wanted))
}

fn paper(keeper: &str, rules: &Rules, digest: &str, since: Option<Moment>, zh: Locale) -> Paper {
    let since =
        since.map_or_else(|| "以本版程序所附规则为准".to_owned(), |at| format!("自{}起施行", day(at)));
    let mut blocks = vec![
        Block::Text(format!(
            "本规则由{keeper}议事时遵循，{since}。各项数字的依据列在后面；写明“本地规则”的，由本地议定，可以按程序修改。"
        )),
        Block::Heading("议事形式".to_owned()),
    ];
    for forum in &rules.forums {
        blocks.push(Block::Item(zh.said(&forum.zh, &forum.en)));
        blocks.extend(of_forum(forum, zh).into_iter().map(Block::Point));
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

fn of_forum(forum: &Forum, zh: Locale) -> Vec<String> {
    let notice = match forum.notice {
        0 => "可以随时召开，不需提前通知。".to_owned(),
        days => format!("提前{days}日发出并张贴会议通知。"),
    };
    let kinds: Vec<String> = forum.invite.iter().map(|kind| ui::organisation_kind(*kind, zh)).collect();
    let mut points = vec![format!("召集：{}。", zh.said(&forum.convenor_zh, &forum.convenor_en)), notice];
    if !kinds.is_empty() {
        points.push(format!("应当邀请：{}。", kinds.join("、")));
    }
    points.push(format!("表决：{}。", by(&forum.rule)));
    points.push(format!("结果公示{}日，公示期内可以提出异议。", forum.publication));
    points.push(format!("依据：{}。", forum.source.trim_end_matches('。')));
    points
}

/// By which rule a forum decides, in words.
fn by(rule: &Rule) -> String {
    let base = match rule.base {
        Base::Present => "到会有表决权的人数",
        Base::Voting => "参加表决的人数",
        Base::Entitled => "应到人数",
    };
    let quorum = rule.quorum.map_or_else(String::new, |quorum| format!("应到人数{}到会，", share(quorum)));
    format!("{quorum}赞成票{}的通过（以{base}计）", share(rule.threshold))
}

fn share(threshold: Threshold) -> String {
    let (word, share) = match threshold {
        Threshold::MoreThan(share) => ("超过", share),
        Threshold::AtLeast(share) => ("达到", share),
    };
    match String::from(share).as_str() {
        "1/2" => format!("{word}半数"),
        other => format!("{word}{other}"),
    }
}

fn within(limit: &Deadline) -> String {
    match (limit.unit, limit.count) {
        (Unit::Days, 0) => "当日".to_owned(),
        (Unit::Days, count) => format!("{count}日内"),
        (Unit::Minutes, count) => format!("{count}分钟内"),
    }
}
