//! 项目投票文件 (`.pb`): an election about a budget as the world exchanges it, read and written
//! without loss. What a rule makes of it is not here.

use super::limits::Limits;
use super::number::{self, NoNumber};
use super::scan::{Cell, Scanner, trim, write_cell};
use crate::{Malformed, Ratio, Sentence};
use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One as _, Signed as _, Zero as _};
use std::collections::{HashMap, HashSet};

/// 投票方式: what a ballot says about the projects that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoteType {
    /// 赞成: each named project is supported.
    Approval,
    /// 单选: as approval, of one project.
    ChooseOne,
    /// 排序: the best first.
    Ordinal,
    /// 分配: points out of a fixed sum.
    Cumulative,
    /// 打分: points.
    Scoring,
}

impl VoteType {
    const ALL: [(&'static str, Self); 5] = [
        ("approval", Self::Approval),
        ("choose-1", Self::ChooseOne),
        ("ordinal", Self::Ordinal),
        ("cumulative", Self::Cumulative),
        ("scoring", Self::Scoring),
    ];

    /// Whether each named project comes with points.
    #[must_use]
    pub fn has_points(self) -> bool {
        matches!(self, Self::Cumulative | Self::Scoring)
    }
}

/// 项目: something that costs money and can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// Its id in the file; ties go to the smallest.
    pub id: String,
    /// Its name, empty where the file has none.
    pub name: String,
    /// What it costs, never below zero.
    pub cost: Ratio,
    cells: Vec<String>,
}

/// One ballot: the projects that it names, by their place in [`Election::projects`].
#[derive(Clone, Copy, Debug)]
pub struct Ballot<'a> {
    /// In the order of the ballot.
    pub projects: &'a [u32],
    /// For each of them its points, by their place in [`Election::grades`]; empty where the
    /// ballots have none.
    pub grades: &'a [u32],
}

/// A table of texts in one piece: hundreds of thousands of cells need no place of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Cells {
    text: String,
    ends: Vec<usize>,
}

impl Cells {
    fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        let begins = std::iter::once(&0).chain(&self.ends);
        begins.zip(&self.ends).map(|(begin, end)| &self.text[*begin..*end])
    }
}

/// 项目投票: what can be spent, on what, and who wants what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Election {
    meta: Vec<(String, String)>,
    budget: Ratio,
    vote_type: VoteType,
    project_columns: Vec<String>,
    projects: Vec<Project>,
    vote_columns: Vec<String>,
    cells: Cells,
    named: Vec<u32>,
    grades_given: Vec<u32>,
    ballot_ends: Vec<usize>,
    grades: Vec<Ratio>,
}

impl Election {
    /// Reads a file.
    ///
    /// # Errors
    /// Where the file is not what it should be, and what should stand there.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let (money, points) = (BigInt::one(), BigInt::one());
        Reader { scanner: Scanner::new(text), row: Vec::new(), money, points }.read()
    }

    /// As a file. What was read and is written reads as the same again, unknown columns and all.
    #[must_use]
    pub fn write(&self) -> String {
        let mut out = String::with_capacity(self.cells.text.len() * 2);
        let mut row = |cells: &mut dyn Iterator<Item = &str>| {
            for (index, cell) in cells.enumerate() {
                if index > 0 {
                    out.push(';');
                }
                write_cell(&mut out, cell);
            }
            out.push('\n');
        };
        row(&mut ["META"].into_iter());
        row(&mut ["key", "value"].into_iter());
        for (key, value) in &self.meta {
            row(&mut [key.as_str(), value.as_str()].into_iter());
        }
        row(&mut ["PROJECTS"].into_iter());
        row(&mut self.project_columns.iter().map(String::as_str));
        for project in &self.projects {
            row(&mut project.cells.iter().map(String::as_str));
        }
        row(&mut ["VOTES"].into_iter());
        row(&mut self.vote_columns.iter().map(String::as_str));
        let mut cells = self.cells.iter();
        for _ in &self.ballot_ends {
            row(&mut cells.by_ref().take(self.vote_columns.len()));
        }
        out
    }

    /// What can be spent.
    #[must_use]
    pub fn budget(&self) -> &Ratio {
        &self.budget
    }

    /// What ballots say.
    #[must_use]
    pub fn vote_type(&self) -> VoteType {
        self.vote_type
    }

    /// In the order of the file.
    #[must_use]
    pub fn projects(&self) -> &[Project] {
        &self.projects
    }

    /// Number of ballots.
    #[must_use]
    pub fn votes(&self) -> usize {
        self.ballot_ends.len()
    }

    /// The ballots in the order of the file.
    pub fn ballots(&self) -> impl Iterator<Item = Ballot<'_>> {
        let begins = std::iter::once(&0).chain(&self.ballot_ends);
        begins.zip(&self.ballot_ends).map(|(&begin, &end)| Ballot {
            projects: &self.named[begin..end],
            grades: self.grades_given.get(begin..end).unwrap_or_default(),
        })
    }

    /// The distinct points that occur on ballots.
    #[must_use]
    pub fn grades(&self) -> &[Ratio] {
        &self.grades
    }

    /// What the file says about itself under a key.
    #[must_use]
    pub fn meta(&self, key: &str) -> Option<&str> {
        self.meta.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }
}

/// The first section: what it says, and where the counts stand.
struct Meta {
    pairs: Vec<(String, String)>,
    budget: Ratio,
    vote_type: VoteType,
    limits: Limits,
    num_projects: Counted,
    num_votes: Counted,
}

/// A count as the file states it.
struct Counted {
    at: usize,
    text: String,
}

struct Reader<'a> {
    scanner: Scanner<'a>,
    row: Vec<Cell<'a>>,
    /// Least common denominators of what is money and of what are points.
    money: BigInt,
    points: BigInt,
}

/// Most bits of a common denominator. Decimals need 133 at most; only fractions chosen to have
/// nothing in common need more, and could need more than there is memory.
const MOST_SHARED: u64 = 256;

const AMBIGUOUS: (&str, &str) = (
    "没有歧义的数：1,000 和 1.000 可能是 1000，也可能是 1.0，请去掉千位的逗号或点",
    "a number that cannot be two (1,000 and 1.000 may be 1000 or 1.0): write it without the comma or point",
);

const SHARED: (&str, &str) =
    ("能与其他数通分的数，例如小数", "a number that goes with the others, such as a decimal");

/// Takes a number's denominator into the common one; false where that becomes too large.
fn share(common: &mut BigInt, number: &Ratio) -> bool {
    if (&*common % number.denom()).is_zero() {
        return true;
    }
    *common = common.lcm(number.denom());
    common.bits() <= MOST_SHARED
}

impl<'a> Reader<'a> {
    fn read(mut self) -> Result<Election, Malformed> {
        self.advance()?;
        self.section("META")?;
        let meta = self.meta()?;
        self.section("PROJECTS")?;
        let project_columns = self.header(&["project_id", "cost"])?;
        let projects = self.projects(&project_columns)?;
        self.agree(&meta.num_projects, projects.len(), "num_projects")?;
        self.section("VOTES")?;
        let mut wanted = vec!["voter_id", "vote"];
        if meta.vote_type.has_points() {
            wanted.push("points");
        }
        let vote_columns = self.header(&wanted)?;
        let mut election = Election {
            meta: meta.pairs,
            budget: meta.budget,
            vote_type: meta.vote_type,
            project_columns,
            projects,
            vote_columns,
            cells: Cells::default(),
            named: Vec::new(),
            grades_given: Vec::new(),
            ballot_ends: Vec::new(),
            grades: Vec::new(),
        };
        self.votes(&mut election, &meta.limits)?;
        self.agree(&meta.num_votes, election.votes(), "num_votes")?;
        Ok(election)
    }

    /// The next row, empty at the end of the file.
    fn advance(&mut self) -> Result<(), Malformed> {
        if !self.scanner.next_row(&mut self.row)? {
            self.row.clear();
        }
        Ok(())
    }

    fn wrong(&self, at: usize, zh: impl Into<String>, en: impl Into<String>, found: &str) -> Malformed {
        self.scanner.malformed(at, Sentence::new(zh, en), found)
    }

    fn wrong_cell(&self, cell: usize, zh: impl Into<String>, en: impl Into<String>) -> Malformed {
        match self.row.get(cell) {
            Some(cell) => self.wrong(cell.at, zh, en, &cell.value),
            None => self.wrong(self.scanner.at(), zh, en, ""),
        }
    }

    /// The name of the section that the row opens.
    fn opens(&self) -> Option<&'static str> {
        match self.row.as_slice() {
            [only] => ["META", "PROJECTS", "VOTES"]
                .into_iter()
                .find(|section| only.value.eq_ignore_ascii_case(section)),
            _ => None,
        }
    }

    fn section(&mut self, name: &str) -> Result<(), Malformed> {
        if self.opens() != Some(name) {
            return Err(self.wrong_cell(0, format!("小节 {name}"), format!("the section {name}")));
        }
        self.advance()
    }

    /// The names of a section's columns, among them the wanted ones.
    fn header(&mut self, wanted: &[&str]) -> Result<Vec<String>, Malformed> {
        let mut seen = HashSet::new();
        for (index, cell) in self.row.iter().enumerate() {
            if cell.value.is_empty() || !seen.insert(cell.value.as_ref()) {
                return Err(self.wrong_cell(index, "不重复的列名", "a column name that is not there yet"));
            }
        }
        if let Some(missing) = wanted.iter().find(|name| !seen.contains(**name)) {
            return Err(self.wrong_cell(
                0,
                format!("一行列名，其中有 {missing}"),
                format!("a line of column names, among them {missing}"),
            ));
        }
        let names = self.row.iter().map(|cell| cell.value.to_string()).collect();
        self.advance()?;
        Ok(names)
    }

    /// Whether the row is one more of the section's.
    fn is_record(&self) -> bool {
        !self.row.is_empty() && self.opens().is_none()
    }

    fn has_cells(&self, count: usize) -> Result<(), Malformed> {
        if self.row.len() == count {
            return Ok(());
        }
        // Too many: at the first; too few: where the last one ends its line.
        let at = if self.row.len() > count { count } else { self.row.len().saturating_sub(1) };
        Err(self.wrong_cell(at, format!("这一行有 {count} 格"), format!("{count} cells in this line")))
    }

    /// An amount of money.
    fn money(&mut self, cell: usize) -> Result<Ratio, Malformed> {
        match number::read(&self.row[cell].value) {
            Ok(number) if number.is_negative() => {}
            Ok(number) if !share(&mut self.money, &number) => {
                return Err(self.wrong_cell(cell, SHARED.0, SHARED.1));
            }
            Ok(number) => return Ok(number),
            Err(NoNumber::Ambiguous) => return Err(self.wrong_cell(cell, AMBIGUOUS.0, AMBIGUOUS.1)),
            Err(NoNumber::Unread) => {}
        }
        Err(self.wrong_cell(cell, "不小于零的数", "a number not below zero"))
    }

    fn meta(&mut self) -> Result<Meta, Malformed> {
        if self.row.len() != 2
            || !self.row[0].value.eq_ignore_ascii_case("key")
            || !self.row[1].value.eq_ignore_ascii_case("value")
        {
            return Err(self.wrong_cell(0, "列名 key;value", "the column names key;value"));
        }
        self.advance()?;
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut seen = HashSet::new();
        let (mut budget, mut vote_type, mut num_projects, mut num_votes) = (None, None, None, None);
        let mut limits = Limits::default();
        while self.is_record() {
            self.has_cells(2)?;
            let key = self.row[0].value.to_string();
            if key.is_empty() || !seen.insert(key.clone()) {
                return Err(self.wrong_cell(0, "不重复的键", "a key that is not there yet"));
            }
            let value = &self.row[1];
            let counted = || Counted { at: value.at, text: value.value.to_string() };
            match key.as_str() {
                "budget" => budget = Some(self.money(1)?),
                "num_projects" => num_projects = Some(counted()),
                "num_votes" => num_votes = Some(counted()),
                "vote_type" => {
                    let known = VoteType::ALL.into_iter().find(|(name, _)| *name == value.value);
                    let Some((_, known)) = known else {
                        let words = VoteType::ALL.map(|(name, _)| name).join(", ");
                        return Err(self.wrong_cell(
                            1,
                            format!("以下之一：{words}"),
                            format!("one of {words}"),
                        ));
                    };
                    vote_type = Some(known);
                }
                key => match limits.take(key, &value.value) {
                    Ok(()) => {}
                    Err(Some(NoNumber::Ambiguous)) => {
                        return Err(self.wrong_cell(1, AMBIGUOUS.0, AMBIGUOUS.1));
                    }
                    Err(Some(NoNumber::Unread)) => return Err(self.wrong_cell(1, "一个数", "a number")),
                    Err(None) => return Err(self.wrong_cell(1, "一个整数", "a whole number")),
                },
            }
            pairs.push((key, self.row[1].value.to_string()));
            self.advance()?;
        }
        let missing =
            |key: &str| self.wrong_cell(0, format!("META 中的 {key}"), format!("{key} among what META says"));
        Ok(Meta {
            num_projects: num_projects.ok_or_else(|| missing("num_projects"))?,
            num_votes: num_votes.ok_or_else(|| missing("num_votes"))?,
            budget: budget.ok_or_else(|| missing("budget"))?,
            vote_type: vote_type.ok_or_else(|| missing("vote_type"))?,
            limits,
            pairs,
        })
    }

    fn projects(&mut self, columns: &[String]) -> Result<Vec<Project>, Malformed> {
        let column = |name: &str| columns.iter().position(|column| column == name);
        let (id, cost, name) =
            (column("project_id").unwrap_or(0), column("cost").unwrap_or(0), column("name"));
        let mut seen = HashSet::new();
        let mut projects = Vec::new();
        while self.is_record() {
            self.has_cells(columns.len())?;
            let text = self.row[id].value.to_string();
            if text.is_empty() || text.contains(',') {
                return Err(self.wrong_cell(id, "不含逗号的项目编号", "a project id without a comma"));
            }
            if !seen.insert(text.clone()) {
                return Err(self.wrong_cell(id, "不重复的项目编号", "a project id that is not there yet"));
            }
            projects.push(Project {
                id: text,
                name: name.map_or_else(String::new, |name| self.row[name].value.to_string()),
                cost: self.money(cost)?,
                cells: self.row.iter().map(|cell| cell.value.to_string()).collect(),
            });
            self.advance()?;
        }
        Ok(projects)
    }

    fn votes(&mut self, election: &mut Election, limits: &Limits) -> Result<(), Malformed> {
        let columns = election.vote_columns.clone();
        let column = |name: &str| columns.iter().position(|column| column == name).unwrap_or(0);
        let (vote, points) = (column("vote"), column("points"));
        let ids = std::mem::take(&mut election.projects);
        let places = Places::new(&ids);
        // The ballot that named a project last, from 1: a second time in one ballot is seen at once.
        let mut named_by = vec![0_usize; ids.len()];
        election.cells.text.reserve(self.scanner.left());
        let mut known_grades: HashMap<Ratio, u32> = HashMap::new();
        while self.is_record() {
            self.has_cells(columns.len())?;
            let ballot = election.ballot_ends.len() + 1;
            let begins = election.named.len();
            for (at, item) in items(&self.row[vote]) {
                let Some(place) = places.find(item) else {
                    return Err(self.wrong(at, "PROJECTS 中的项目编号", "a project id of PROJECTS", item));
                };
                if std::mem::replace(&mut named_by[place as usize], ballot) == ballot {
                    return Err(self.wrong(
                        at,
                        "一张选票上每个项目只写一次",
                        "each project once on a ballot",
                        item,
                    ));
                }
                election.named.push(place);
                if let Some((zh, en)) = limits.too_long(election.named.len() - begins) {
                    return Err(self.wrong(at, zh, en, item));
                }
            }
            let named = &election.named[begins..];
            let costs = named.iter().map(|place| &ids[*place as usize].cost);
            if let Some((zh, en)) = limits.too_short(named.len()).or_else(|| limits.sum_cost(costs)) {
                return Err(self.wrong_cell(vote, zh, en));
            }
            if election.vote_type.has_points() {
                for (at, item) in items(&self.row[points]) {
                    // A comma stands between points, never in them.
                    let Ok(grade) = number::read(item) else {
                        return Err(self.wrong(at, "一个数", "a number", item));
                    };
                    if let Some((zh, en)) = limits.points(&grade) {
                        return Err(self.wrong(at, zh, en, item));
                    }
                    if !share(&mut self.points, &grade) {
                        return Err(self.wrong(at, SHARED.0, SHARED.1, item));
                    }
                    let next = u32::try_from(known_grades.len()).unwrap_or(u32::MAX);
                    let place = *known_grades.entry(grade).or_insert_with_key(|grade| {
                        election.grades.push(grade.clone());
                        next
                    });
                    election.grades_given.push(place);
                }
                if election.grades_given.len() != election.named.len() {
                    return Err(self.wrong_cell(
                        points,
                        "每个所投项目各有一个分数",
                        "as many points as projects in the vote",
                    ));
                }
                let given = election.grades_given[begins..].iter();
                let given = given.map(|grade| &election.grades[*grade as usize]);
                if let Some((zh, en)) = limits.sum_points(given) {
                    return Err(self.wrong_cell(points, zh, en));
                }
            }
            election.ballot_ends.push(election.named.len());
            for cell in &self.row {
                election.cells.push(&cell.value);
            }
            self.advance()?;
        }
        if !self.row.is_empty() {
            return Err(self.wrong_cell(0, "选票或文件结尾", "a vote or the end of the file"));
        }
        election.projects = ids;
        Ok(())
    }

    fn agree(&self, stated: &Counted, counted: usize, key: &str) -> Result<(), Malformed> {
        if stated.text.parse::<usize>().is_ok_and(|stated| stated == counted) {
            return Ok(());
        }
        Err(self.wrong(
            stated.at,
            format!("{key} 为 {counted}，与文件内容一致"),
            format!("{key} to be {counted} as the file has them"),
            &stated.text,
        ))
    }
}

/// What stands between a cell's commas, and where. A cell that says nothing has no items.
fn items<'c>(cell: &'c Cell<'_>) -> impl Iterator<Item = (usize, &'c str)> {
    let (mut rest, mut at) = (Some(cell.value.as_ref()).filter(|value| !value.is_empty()), cell.at);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = text.bytes().position(|byte| byte == b',');
        let part = &text[..end.unwrap_or(text.len())];
        rest = end.map(|end| &text[end + 1..]);
        let item = trim(part);
        let begins = at + (item.as_ptr().addr() - part.as_ptr().addr());
        at += part.len() + 1;
        Some((begins, item))
    })
}

/// Finds projects by their ids.
struct Places<'a> {
    projects: &'a [Project],
    by_id: HashMap<&'a str, u32>,
    /// A guess for each short digest of an id, so that most ids are found without the map.
    guesses: Vec<u32>,
}

impl<'a> Places<'a> {
    fn new(projects: &'a [Project]) -> Self {
        let mut places = Self {
            projects,
            by_id: projects.iter().map(|project| project.id.as_str()).zip(0..).collect(),
            guesses: vec![0; (4 * projects.len()).next_power_of_two()],
        };
        for (project, place) in projects.iter().zip(0..) {
            let slot = places.slot(&project.id);
            places.guesses[slot] = place;
        }
        places
    }

    fn slot(&self, id: &str) -> usize {
        let mix = |digest: usize, byte: u8| (digest ^ usize::from(byte)).wrapping_mul(0x0100_0193);
        let digest = id.bytes().fold(0x811c_9dc5, mix);
        (digest ^ (digest >> 15)) & (self.guesses.len() - 1)
    }

    fn find(&self, id: &str) -> Option<u32> {
        let guess = self.guesses[self.slot(id)];
        if self.projects.get(guess as usize).is_some_and(|project| project.id == id) {
            return Some(guess);
        }
        self.by_id.get(id).copied()
    }
}
