//! The model of a paper, and the same numbered and in order, as every output lays it out.

use crate::chinese;

/// A paper (公文).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    /// Who issues it, above the title.
    pub issuer: String,
    /// What it is called.
    pub title: String,
    /// Its number, where it has one: 杏林会〔2026〕4号.
    pub number: String,
    /// What stands beside the number in small print: where it is in the ledger.
    pub entry: String,
    /// What it says, in order.
    pub blocks: Vec<Block>,
}

/// A part of a paper as it is written. Headings, items and points are numbered by themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Names and values, one a line.
    Fields(Vec<(String, String)>),
    /// A heading: 一、
    Heading(String),
    /// A paragraph below a heading: （一）
    Item(String),
    /// A paragraph below an item: 1.
    Point(String),
    /// A paragraph without a number.
    Text(String),
    /// A table.
    Table(Table),
    /// Lines to sign, side by side where there is room.
    Signatures(Vec<String>),
    /// Who issued it and when, at the right.
    Closing(Vec<String>),
    /// Small print.
    Small(String),
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, as long as the columns are many.
    pub rows: Vec<Vec<String>>,
    /// How high its rows are.
    pub height: Rows,
}

/// How high the rows of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// As their text.
    Text,
    /// So that one can write in them.
    Writing,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its head.
    pub name: String,
    /// How wide it is beside the others.
    pub width: u32,
}

impl Column {
    /// A column.
    #[must_use]
    pub fn new(name: &str, width: u32) -> Self {
        Self { name: name.to_owned(), width }
    }
}

/// A part of a paper as it is laid out, with its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// A name and a value.
    Field(&'a str, &'a str),
    /// A heading, with its number.
    Heading(String),
    /// A paragraph below a heading, with its number.
    Item(String),
    /// A paragraph below an item, with its number.
    Point(String),
    /// A paragraph.
    Text(&'a str),
    /// A table.
    Table(&'a Table),
    /// Lines to sign.
    Signatures(&'a [String]),
    /// Lines at the right.
    Closing(&'a [String]),
    /// Small print.
    Small(&'a str),
}

impl Paper {
    /// Its parts in order, numbered 一、（一）1. as papers are.
    #[must_use]
    pub fn parts(&self) -> Vec<Part<'_>> {
        let (mut heading, mut item, mut point) = (0, 0, 0);
        let mut parts = Vec::new();
        for block in &self.blocks {
            match block {
                Block::Fields(fields) => {
                    parts.extend(fields.iter().map(|(name, value)| Part::Field(name, value)));
                }
                Block::Heading(text) => {
                    (heading, item, point) = (heading + 1, 0, 0);
                    parts.push(Part::Heading(format!("{}、{text}", chinese(heading))));
                }
                Block::Item(text) => {
                    (item, point) = (item + 1, 0);
                    parts.push(Part::Item(format!("（{}）{text}", chinese(item))));
                }
                Block::Point(text) => {
                    point += 1;
                    parts.push(Part::Point(format!("{point}.{text}")));
                }
                Block::Text(text) => parts.push(Part::Text(text)),
                Block::Table(table) => parts.push(Part::Table(table)),
                Block::Signatures(lines) => parts.push(Part::Signatures(lines)),
                Block::Closing(lines) => parts.push(Part::Closing(lines)),
                Block::Small(text) => parts.push(Part::Small(text)),
            }
        }
        parts
    }

    /// All that can be read on it, in order: what a copy in another form must say too.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let head = [&self.issuer, &self.title, &self.number, &self.entry];
        let mut words: Vec<String> = head.into_iter().filter(|text| !text.is_empty()).cloned().collect();
        for part in self.parts() {
            match part {
                Part::Field(name, value) => words.push(format!("{name}：{value}")),
                Part::Heading(text) | Part::Item(text) | Part::Point(text) => words.push(text),
                Part::Text(text) | Part::Small(text) => words.push(text.to_owned()),
                Part::Signatures(lines) | Part::Closing(lines) => words.extend(lines.iter().cloned()),
                Part::Table(table) => {
                    words.extend(table.columns.iter().map(|column| column.name.clone()));
                    words.extend(table.rows.iter().flatten().filter(|cell| !cell.is_empty()).cloned());
                }
            }
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_numbered_anew_below_each_other() {
        let text = |text: &str| text.to_owned();
        let paper = Paper {
            blocks: vec![
                Block::Heading(text("议题")),
                Block::Item(text("照明")),
                Block::Point(text("换灯")),
                Block::Point(text("修线")),
                Block::Item(text("停车")),
                Block::Point(text("划线")),
                Block::Heading(text("议定事项")),
                Block::Item(text("办好")),
            ],
            ..Paper::default()
        };
        let meant = [
            "一、议题",
            "（一）照明",
            "1.换灯",
            "2.修线",
            "（二）停车",
            "1.划线",
            "二、议定事项",
            "（一）办好",
        ];
        assert_eq!(paper.words(), meant);
    }
}
