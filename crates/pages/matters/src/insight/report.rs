//! The papers that are made of figures: the monthly report 月报, the quarter's ledger 季度台账 and the
//! briefing 简报, each in one tap and from the same counts as the page. Like all papers they are
//! Chinese and name nobody.

use super::asked::{Asked, Side};
use super::counted::{Counted, Names, Scope, count};
use super::show::share;
use crate::matters::face::{category, headline, spot};
use axum::response::Response;
use maud::{Markup, html};
use std::collections::BTreeMap;
use yishi_domain::insight::{By, Figure, Figures, Key, Month, Period, Said, Span};
use yishi_domain::matters::{MatterId, StageKind};
use yishi_kernel::{Moment, PlaceId};
use yishi_office::insight::reads::{Facts, Known};
use yishi_office::matters::reads::{MatterRow, matters};
use yishi_papers::{Block, Column, Internal, Paper, Rows, Sheet, Table};
use yishi_web::papers::{self, Place, Wanted, day, due};
use yishi_web::texts::Locale;
use yishi_web::{Cx, Error};

yishi_kernel::words! {
    /// A paper made of figures (统计公文).
    Report as "report" {
        /// The report of a month (月报).
        Month = "month",
        /// The ledger of a quarter (季度台账).
        Quarter = "quarter",
        /// A month on one page (简报).
        Briefing = "briefing",
    }
}

/// How many matters a paper lists; a file has all of them.
const MOST: usize = 200;
/// How many lines a table of parts has.
const PARTS: usize = 20;

impl Report {
    /// The one that an address names, with a month of its days: `month-2026-11`.
    #[must_use]
    pub fn read(word: &str) -> Option<(Self, Month)> {
        let (report, month) = word.split_once('-')?;
        Some((Report::parse(report)?, Month::read(month)?))
    }

    fn period(self, month: Month) -> Period {
        match self {
            Report::Month | Report::Briefing => month.period(),
            Report::Quarter => Period::of(Span::Quarter, month.period().from, None),
        }
    }

    /// What it is called.
    fn title(self, month: Month) -> String {
        let (year, month) = (month.year(), month.month());
        match self {
            Report::Month => format!("{year}年{month}月居民反映事项办理月报"),
            Report::Quarter => {
                let quarter = ["一", "二", "三", "四"][usize::from((month - 1).unsigned_abs() / 3).min(3)];
                format!("{year}年第{quarter}季度居民反映事项办理台账")
            }
            Report::Briefing => format!("{year}年{month}月居民反映事项办理简报"),
        }
    }
}

/// The ways to the papers of the month or quarter in which some days begin.
#[must_use]
pub fn links(slug: &str, asked: &Asked, t: Locale) -> Markup {
    let month = Month::of(asked.period.from);
    html! {
        @for report in Report::ALL {
            a.button.second href={ "/w/" (slug) "/figures/" (report.word()) "-" (month) } { (t.word(*report)) }
        }
    }
}

/// `GET /w/{slug}/figures/{name}`, where that is a paper's.
///
/// # Errors
/// When there is no such paper.
pub async fn serve(cx: &Cx, scope: &Scope, slug: &str, name: &str) -> Result<Response, Error> {
    let wanted = Wanted::read(name);
    let (report, month) = Report::read(wanted.word()).ok_or(Error::NotFound)?;
    let sheet: Sheet<Internal> = Sheet::new(paper(cx, scope, report, month).await?);
    let back = cx.locale.with("figures-of", &[("name", &scope.place.name)]);
    let link = format!("/w/{slug}/figures/{}", wanted.word());
    let at = Place { back: (format!("/w/{slug}/figures"), back), link };
    Ok(papers::internal(cx, &scope.staff, &sheet, &at, wanted))
}

/// What papers say of some days.
struct Told<'a> {
    cx: &'a Cx,
    scope: &'a Scope,
    zh: Locale,
    period: Period,
}

async fn paper(cx: &Cx, scope: &Scope, report: Report, month: Month) -> Result<Paper, Error> {
    // What places and categories are called is said in Chinese too, whoever reads it.
    let cx = &mut cx.clone();
    cx.locale = cx.locale.chinese();
    let told = Told { cx, scope, zh: cx.locale, period: report.period(month) };
    let by_category = told.count(By::Category).await?;
    let mut blocks = vec![Block::Heading("总体情况".to_owned())];
    blocks.extend(told.whole(&by_category.total).into_iter().map(Block::Text));
    match report {
        Report::Month => {
            for by in [By::Category, By::Building, By::Body] {
                blocks.push(Block::Heading(told.zh.word(by)));
                blocks.extend(told.parts(by, &told.count(by).await?).await?);
            }
            blocks.extend(told.late().await?);
        }
        Report::Quarter => {
            for by in [By::Month, By::Category] {
                blocks.push(Block::Heading(told.zh.word(by)));
                blocks.extend(told.parts(by, &told.count(by).await?).await?);
            }
            blocks.push(Block::Heading("事项清单".to_owned()));
            blocks.extend(told.all().await?);
        }
        Report::Briefing => {
            blocks.extend(told.most(&by_category).await?);
            blocks.extend(told.late().await?);
        }
    }
    let made = vec![scope.place.name.clone(), day(cx.now)];
    blocks.push(Block::Closing(made));
    blocks.push(Block::Small(
        "口径：按反映日期统计，办到制表时的情况；已并入其他事项的、本人撤回的不计。按时以首次安排、首次答复计；\
         解决、满意以有人评价的事项为基数。"
            .to_owned(),
    ));
    let (issuer, title) = (scope.place.name.clone(), report.title(month));
    Ok(Paper { issuer, title, blocks, ..Paper::default() })
}

impl Told<'_> {
    async fn count(&self, by: By) -> Result<Counted, Error> {
        let (figure, side) = (Figure::Raised, Side::Yes);
        let asked = Asked { span: Span::Days, period: self.period, by, part: None, figure, side };
        count(self.cx, &self.scope.ids(), &asked).await
    }

    /// The figures of all, in sentences. What nothing can be said of is left out.
    fn whole(&self, total: &Figures) -> Vec<String> {
        let (from, to) = (self.zh.dated(self.period.from), self.zh.dated(self.period.to));
        let raised = total.count(Figure::Raised);
        let apart = match raised.apart.values().sum::<u64>() {
            0 => String::new(),
            apart => format!("（另有{apart}件已并入其他事项或由本人撤回，不计）"),
        };
        let name = &self.scope.place.name;
        let mut lines = vec![format!("{from}至{to}，{name}收到居民反映的事项{}件{apart}。", raised.yes)];
        let mut say = |figure, base: &str, done: &str| {
            let count = total.count(figure);
            if count.of > 0 {
                lines.push(format!("{base}{}件，{done}{}件，占{}。", count.of, count.yes, share(&count)));
            }
        };
        say(Figure::Sorted, "已安排和到期应安排的", "按时安排");
        say(Figure::Answered, "已答复和到期应答复的", "按时答复");
        say(Figure::Solved, "有人评价的", "解决");
        say(Figure::Satisfied, "对满意度有评价的", "满意和基本满意");
        say(Figure::Reopened, "已答复的", "因没有解决再次办理");
        say(Figure::Spoken, "扣除表格导入的", "由他人代为反映或在会上提出（没用手机）");
        if let Some(median) = total.median() {
            lines.push(format!("从反映到首次答复，用时的中位数为{median}天。"));
        }
        let open = total.count(Figure::Open).yes;
        match total.oldest.filter(|_| open > 0) {
            Some(oldest) => lines.push(format!("还没有答复的{open}件，最早的一件已经{oldest}天。")),
            None => lines.push("反映的事项都已答复。".to_owned()),
        }
        lines.push(format!("参与反映的共{}人次。", total.receipts));
        lines
    }

    async fn parts(&self, by: By, counted: &Counted) -> Result<Vec<Block>, Error> {
        let mut rows: Vec<(&Key, &Figures)> = counted.parts.iter().collect();
        let raised = |figures: &Figures| figures.count(Figure::Raised).yes;
        if by != By::Month {
            rows.sort_by_key(|(_, figures)| std::cmp::Reverse(raised(figures)));
        }
        let rest = rows.split_off(rows.len().min(PARTS));
        let names = self.names(rows.iter().map(|(key, _)| *key)).await?;
        let shown = [Figure::Raised, Figure::Answered, Figure::Solved, Figure::Satisfied, Figure::Open];
        let line = |name: &str, figures: &Figures| {
            let cells = shown.iter().map(|figure| {
                let count = figures.count(*figure);
                match figure {
                    Figure::Raised | Figure::Open => count.yes.to_string(),
                    _ if count.of == 0 => "—".to_owned(),
                    _ => format!("{}（{}）", count.yes, share(&count)),
                }
            });
            std::iter::once(name.to_owned()).chain(cells).collect::<Vec<String>>()
        };
        let mut lines: Vec<Vec<String>> =
            rows.iter().map(|(key, figures)| line(names.name(key), figures)).collect();
        lines.push(line("合计", &counted.total));
        let mut columns = vec![Column::new(self.zh.word(by).trim_start_matches('按'), 3)];
        let width = |figure: Figure| if matches!(figure, Figure::Raised | Figure::Open) { 1 } else { 2 };
        columns.extend(shown.iter().map(|figure| Column::new(&self.zh.word(*figure), width(*figure))));
        let mut blocks = vec![Block::Table(Table { columns, rows: lines, height: Rows::Text })];
        if !rest.is_empty() {
            let count: u64 = rest.iter().map(|(_, figures)| raised(figures)).sum();
            blocks.push(Block::Small(format!("另有{}组共反映{count}件，未列出，已计入合计。", rest.len())));
        }
        if counted.alone > 0 {
            let alone = counted.alone;
            let note = format!("另有{alone}件由只有一个人经办的单位承办，不单列，已计入合计。");
            blocks.push(Block::Small(note));
        }
        Ok(blocks)
    }

    /// What was raised most, in a sentence.
    async fn most(&self, counted: &Counted) -> Result<Vec<Block>, Error> {
        let mut rows: Vec<(&Key, u64)> =
            counted.parts.iter().map(|(key, figures)| (key, figures.count(Figure::Raised).yes)).collect();
        rows.sort_by_key(|(_, raised)| std::cmp::Reverse(*raised));
        rows.truncate(3);
        let names = self.names(rows.iter().map(|(key, _)| *key)).await?;
        let said: Vec<String> =
            rows.iter().map(|(key, raised)| format!("{}{raised}件", names.name(key))).collect();
        if said.is_empty() {
            return Ok(Vec::new());
        }
        let text = format!("反映较多的是：{}。", said.join("，"));
        Ok(vec![Block::Heading("反映较多的问题".to_owned()), Block::Text(text)])
    }

    /// What is late with its answer: what has to be seen to.
    async fn late(&self) -> Result<Vec<Block>, Error> {
        let now = self.cx.now;
        let late = |known: &Known| {
            known.fact.answered.is_none() && known.fact.said(Figure::Answered, now) == Said::No
        };
        let mut blocks = vec![Block::Heading("到期还没有答复的事项".to_owned())];
        let found = self.table(late).await?;
        blocks.extend(if found.is_empty() { vec![Block::Text("没有。".to_owned())] } else { found });
        Ok(blocks)
    }

    /// All that was raised.
    async fn all(&self) -> Result<Vec<Block>, Error> {
        let found = self.table(|known| known.fact.apart().is_none()).await?;
        Ok(if found.is_empty() { vec![Block::Text("没有。".to_owned())] } else { found })
    }

    /// A table of some matters, the oldest first, and how many more there are.
    async fn table(&self, wanted: impl Fn(&Known) -> bool) -> Result<Vec<Block>, Error> {
        let db = &self.cx.app.office.db;
        let mut facts = Facts::between(db, &self.scope.ids(), self.period.moments());
        let (mut found, mut more) = (Vec::new(), 0_usize);
        while let Some(page) = facts.next().await? {
            for known in page.into_iter().filter(&wanted) {
                if found.len() < MOST { found.push(known) } else { more += 1 }
            }
        }
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let keys: Vec<(PlaceId, MatterId)> =
            found.iter().map(|known| (known.fact.place.ledger, known.id)).collect();
        let rows: BTreeMap<MatterId, MatterRow> =
            matters(db, &keys).await?.into_iter().map(|row| (row.id, row)).collect();
        let rules = self.cx.rules(self.scope.ledger.ledger).await?;
        let zh = self.zh;
        let answer = |known: &Known, row: &MatterRow| match (known.fact.answered, row.next) {
            (Some(answered), _) => day(answered.at),
            (None, Some((_, at))) if known.fact.stage != StageKind::Closed => format!("{}前", due(at)),
            _ => String::new(),
        };
        let line = |known: &Known| {
            let row = rows.get(&known.id)?;
            Some(vec![
                known.number.to_string(),
                brief(known.fact.raised),
                spot(row),
                category(&rules, &row.category, zh),
                headline(&rules, row, zh),
                zh.word(known.fact.stage),
                answer(known, row),
            ])
        };
        let heads =
            [("编号", 2), ("反映", 2), ("地点", 3), ("类别", 3), ("事项", 5), ("进度", 2), ("答复", 3)];
        let columns = heads.map(|(name, width)| Column::new(name, width)).to_vec();
        let lines = found.iter().filter_map(line).collect();
        let mut blocks = vec![Block::Table(Table { columns, rows: lines, height: Rows::Text })];
        if more > 0 {
            blocks.push(Block::Small(format!("另有{more}件未列出，见导出的表格。")));
        }
        Ok(blocks)
    }

    async fn names<'k>(&self, keys: impl IntoIterator<Item = &'k Key>) -> Result<Names, Error> {
        Names::of(self.cx, self.scope.ledger.ledger, keys).await
    }
}

/// A day within a table: 11月5日.
fn brief(moment: Moment) -> String {
    format!("{}月{}日", moment.date().month(), moment.date().day())
}
