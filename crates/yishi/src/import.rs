//! Importing matters from a spreadsheet's table: how it is read is shown before anything is
//! written, all rows or none, nothing is dropped unsaid, and the same file twice adds nothing.
//! How times and telephones are spelled is read by the kernel, as in forms.

mod columns;
mod sheet;

use crate::{Data, Stop};
use clap::Args;
use columns::{Column, Columns, Wishes};
use sheet::{Line, NoSheet, Record};
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use yishi_domain::matters::{self, Behalf, Channel, Proof, Shown};
use yishi_kernel::rules::Limits;
use yishi_kernel::{Actor, Grant, Moment, Pack, PlaceId, Role, phone, text, when};
use yishi_office::FormKey;
use yishi_office::Office;
use yishi_office::matters::{Imported, Raising, Speaker};
use yishi_office::people::reads::{actor, holders_at};
use yishi_office::places::reads::place;

/// What to import, where to.
#[derive(Debug, Args)]
pub struct Options {
    /// The table, in UTF-8, UTF-16 or GBK, its cells apart by commas, tabs or semicolons.
    file: PathBuf,
    #[command(flatten)]
    data: Data,
    /// Id of the place the matters belong to.
    #[arg(long)]
    place: String,
    /// Name of the source, part of each row's key.
    #[arg(long, default_value = "")]
    source: String,
    /// Says which column is what, where the header does not: `text=内容`. Repeatable.
    #[arg(long = "column", value_name = "FIELD=HEADER")]
    columns: Vec<String>,
    /// A column whose cells need not be imported. Repeatable.
    #[arg(long = "leave-out", value_name = "HEADER")]
    left_out: Vec<String>,
    /// Shows what would happen, and writes nothing.
    #[arg(long)]
    dry_run: bool,
}

/// A time of a row: when it was, and as what it stood there.
struct Told {
    at: Moment,
    raw: String,
}

/// A row ready to be raised: all that is taken of it.
struct Row {
    line: Line,
    key: String,
    title: Option<String>,
    text: String,
    name: String,
    contact: String,
    category: Option<String>,
    told: Option<Told>,
}

impl Row {
    /// What was said, as it is kept.
    fn said(&self) -> Vec<&str> {
        [self.text.as_str(), self.title()].into_iter().filter(|said| !said.is_empty()).collect()
    }

    fn title(&self) -> &str {
        self.title.as_deref().unwrap_or_default()
    }

    fn at(&self) -> Option<Moment> {
        self.told.as_ref().map(|told| told.at)
    }

    /// The columns in which another row of the same id says something else.
    fn others(&self, other: &Row) -> Vec<Column> {
        differing([
            (Column::Title, self.title() != other.title()),
            (Column::Text, self.text != other.text),
            (Column::Time, self.at() != other.at()),
            (Column::Name, self.name != other.name),
            (Column::Contact, self.contact != other.contact),
            (Column::Category, self.category != other.category),
        ])
    }

    /// The columns in which it says something else than was imported for it.
    fn changed(&self, before: &Imported) -> Vec<Column> {
        differing([
            (Column::Title, before.title.is_other(self.title())),
            (Column::Text, before.text.is_other(&self.text)),
            (Column::Time, before.at != self.at()),
            (Column::Name, before.name.is_other(&self.name)),
            (Column::Contact, before.contact.is_other(&self.contact)),
            (Column::Category, before.category != self.category),
        ])
    }
}

fn differing(columns: [(Column, bool); 6]) -> Vec<Column> {
    columns.into_iter().filter(|(_, differs)| *differs).map(|(column, _)| column).collect()
}

/// Imports a file.
///
/// # Errors
/// What is wrong with it, line by line; then nothing was written.
pub async fn run(options: Options) -> Result<(), Stop> {
    let office = options.data.existing().await?;
    let id: PlaceId =
        options.place.parse().map_err(|_| Stop::Usage(format!("--place {} is not an id", options.place)))?;
    let bytes = std::fs::read(&options.file)
        .map_err(|error| Stop::Usage(format!("{}: {error}", options.file.display())))?;
    let source = match options.source.as_str() {
        "" => options.file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default(),
        source => source.to_owned(),
    };
    let at = place(&office.db, id).await?.ok_or_else(|| {
        Stop::Usage(format!("there is no place {id}; see the administrator's page of places"))
    })?;
    if !at.kind.takes_matters() {
        return Err(Stop::Usage(format!(
            "nothing can be raised at {}; choose a community or a place in it",
            at.name
        )));
    }
    let rules = office.rules(at.ledger, office.now()).await?;
    let wishes = Wishes::of(&options.columns, &options.left_out).map_err(Stop::Usage)?;
    let File { rows, columns, told, unused } =
        read(&bytes, wishes, &source, &rules, office.now()).map_err(Stop::Usage)?;
    println!("{}", told.join("\n"));
    let mut new = Vec::new();
    let mut known = 0;
    let mut other = Vec::new();
    for row in rows {
        match office.imported(at.ledger, &row.key).await? {
            Some(before) => {
                let mut names: Vec<&str> =
                    row.changed(&before).into_iter().map(|column| columns.called(column)).collect();
                names.extend(before.place.is_other(&id.to_string()).then_some("--place"));
                match names.is_empty() {
                    true => known += 1,
                    false => other.push(format!("{}: another {}", row.line, names.join(", "))),
                }
            }
            None => new.push(row),
        }
    }
    println!("{} new rows, {known} imported before", new.len());
    if !other.is_empty() {
        return Err(Stop::Usage(format!(
            "nothing was imported; matters with these ids were imported before and say something else:\n{}\n\
             Where the ids begin anew in each file, name this one with --source. What was corrected in the \
             sheet since then is no new matter: tell it at the matter itself, and take these lines out.",
            listed(other)
        )));
    }
    if let Some(unused) = unused {
        return Err(Stop::Usage(unused));
    }
    if options.dry_run {
        println!("nothing was written (--dry-run)");
        return Ok(());
    }
    let actor = importer(&office, at.ledger).await?;
    let count = new.len();
    raise_all(&office, &actor, id, new).await?;
    office.db.close().await?;
    println!("imported {count} matters into {}", at.name);
    Ok(())
}

/// Who imports: a community secretary or worker of the place, so that the entries name a
/// role that may; an operator at the machine acts for them.
async fn importer(office: &Office, ledger: PlaceId) -> Result<Actor, Stop> {
    let now = office.now();
    let able = holders_at(&office.db, &[ledger], now).await?;
    let able =
        able.iter().find(|holder| matches!(holder.role, Role::CommunityWorker | Role::CommunitySecretary));
    match able {
        Some(holder) => match actor(&office.db, holder.id).await? {
            Some(found) => Ok(found),
            None => Err(Stop::Usage("the account that should import is gone".to_owned())),
        },
        None => Ok(Actor {
            grants: vec![Grant {
                role: Role::CommunityWorker,
                place: ledger,
                organisation: None,
                from: Moment(0),
                until: None,
            }],
            ..Actor::default()
        }),
    }
}

/// All rows in one batch: recorded together or not at all.
async fn raise_all(office: &Office, actor: &Actor, at: PlaceId, rows: Vec<Row>) -> Result<(), Stop> {
    let raisings = rows
        .into_iter()
        .map(|row| Raising {
            form: FormKey::named(&row.key),
            channel: Channel::Import,
            behalf: Behalf::Import,
            place: at,
            shown: Shown::Building,
            about: None,
            about_person: None,
            category: row.category,
            title: row.title,
            text: row.text,
            photos: Vec::new(),
            occurred_at: row.told.map(|told| told.at),
            source: Some(row.key.clone()),
            after: None,
            floor: None,
            danger: None,
            speaker: Speaker {
                supporter: row.key,
                proof: Proof::Import,
                name: row.name,
                contact: row.contact,
                consent: None,
            },
        })
        .collect();
    office.raise_all(actor, at, raisings).await?;
    office.seal().await?;
    Ok(())
}

/// A file that was read.
struct File {
    rows: Vec<Row>,
    columns: Columns,
    /// How it was read, line by line.
    told: Vec<String>,
    /// What holds something and is read by nothing, and what to do about it.
    unused: Option<String>,
}

/// How many lines are named at most when something is wrong with them.
const NAMED: usize = 20;

fn read(bytes: &[u8], wishes: Wishes, source: &str, rules: &Pack, now: Moment) -> Result<File, String> {
    let (content, encoding) = sheet::decode(bytes)?;
    let mut sheet = sheet::open(&content, |header| wishes.known(header)).map_err(|no| match no {
        NoSheet::Open(at) => {
            format!("{at}: a quotation mark is opened here and never closed; nothing was imported")
        }
        NoSheet::NoHeader(seen) => format!(
            "no column holds what was said; name it with --column text=HEADER. The first row has: {}. \
             Looked for: {}",
            seen.join(" | "),
            Column::said().join(", ")
        ),
    })?;
    let sums: Vec<(Line, &str)> =
        sheet.records.iter().filter_map(|record| Some((record.at, record.sum()?))).collect();
    sheet.records.retain(|record| record.sum().is_none());
    let columns = Columns::of(&sheet, wishes)?;
    let mut told = vec![
        format!("encoding: {encoding}, cells apart by {:?}, header in {}", sheet.separator, sheet.header.at),
        "columns:".to_owned(),
    ];
    told.extend(columns.told());
    told.extend(sums.into_iter().map(|(at, word)| format!("{at}: a sum ({word}), left out")));
    let width = sheet.header.cells.len();
    let mut rows: Vec<Row> = Vec::with_capacity(sheet.records.len());
    let mut wrong = Vec::new();
    let mut keys: HashMap<String, usize> = HashMap::new();
    let mut labels = BTreeMap::new();
    for record in &sheet.records {
        let at = record.at;
        if record.cells.len() < width || record.filled() > width {
            wrong.push(format!("{at}: {} cells, the header has {width}", record.cells.len()));
            continue;
        }
        let row = match row(record, &columns, (source, rules, now)) {
            Ok(row) => row,
            Err(error) => {
                wrong.push(format!("{at}: {error}"));
                continue;
            }
        };
        let label = columns.cell(&record.cells, Column::Category);
        if row.category.is_none() && !label.is_empty() {
            *labels.entry(label.to_owned()).or_insert(0_usize) += 1;
        }
        match keys.get(&row.key).and_then(|n| rows.get(*n)) {
            Some(above) => match above.others(&row).as_slice() {
                [] => told.push(format!("{at}: the same as {}; taken once", above.line)),
                _ if above.said() != row.said() => {
                    wrong.push(format!("{at}: {} has the same id and says something else", above.line));
                }
                others => {
                    let names: Vec<&str> = others.iter().map(|column| columns.called(*column)).collect();
                    wrong.push(format!(
                        "{at}: {} has the same id and the same words, and another {}; give each of two \
                         who said the same an id of their own, or take one of the lines out",
                        above.line,
                        names.join(", ")
                    ));
                }
            },
            None => {
                keys.insert(row.key.clone(), rows.len());
                rows.push(row);
            }
        }
    }
    if !wrong.is_empty() {
        let lines = listed(wrong);
        return Err(format!("nothing was imported; correct these lines and try again:\n{lines}"));
    }
    told.extend(times(&rows));
    for (label, count) in labels {
        told.push(format!("no category is called {label}: {count} rows go without one"));
    }
    let unused = unused(&columns, &mut told);
    Ok(File { rows, columns, told, unused })
}

/// The first of some lines, and how many more there are.
fn listed(mut lines: Vec<String>) -> String {
    let more = lines.len().saturating_sub(NAMED);
    lines.truncate(NAMED);
    if more > 0 {
        lines.push(format!("… and {more} more"));
    }
    lines.join("\n")
}

/// Tells what is read by nothing, and what to do about it.
fn unused(columns: &Columns, told: &mut Vec<String>) -> Option<String> {
    let unused = columns.unused();
    if unused.is_empty() {
        return None;
    }
    told.push("not used:".to_owned());
    told.extend(unused.iter().map(|(name, filled)| format!("  {name} ({filled} filled)")));
    let wishes: Vec<_> = unused.iter().map(|(name, _)| format!("--leave-out \"{name}\"")).collect();
    Some(format!(
        "nothing was imported: what these columns hold would be lost. Say what they are with --column \
         FIELD=HEADER, or leave them out: {}",
        wishes.join(" ")
    ))
}

/// How times were read: each way of writing them with how often it occurs and the first.
fn times(rows: &[Row]) -> Vec<String> {
    let mut ways: BTreeMap<String, (usize, &Told)> = BTreeMap::new();
    for told in rows.iter().filter_map(|row| row.told.as_ref()) {
        ways.entry(shape(&told.raw)).or_insert((0, told)).0 += 1;
    }
    let read = |(count, first): &(usize, &Told)| {
        format!("  {count} like {:?}, which is {}", first.raw, first.at.minute())
    };
    let mut told: Vec<String> = ways.values().map(read).collect();
    if !told.is_empty() {
        told.insert(0, "times, by how they are written:".to_owned());
    }
    let without = rows.iter().filter(|row| row.told.is_none()).count();
    if without > 0 {
        told.push(format!("{without} rows have no time and count as said today"));
    }
    told
}

/// How something is written: any number as one sign.
fn shape(raw: &str) -> String {
    let mut shape = String::new();
    for c in text::folded(raw).chars() {
        let c = if c.is_numeric() || "〇一二三四五六七八九十".contains(c) { '0' } else { c };
        if c != '0' || !shape.ends_with('0') {
            shape.push(c);
        }
    }
    shape
}

fn row(
    record: &Record,
    columns: &Columns,
    (source, rules, now): (&str, &Pack, Moment),
) -> Result<Row, String> {
    let cell = |column| columns.cell(&record.cells, column);
    let limits = rules.section::<Limits>();
    let optional = |raw: &str, max| match text::clean(raw, max) {
        Ok(text) => Ok(Some(text)),
        Err(text::TextError::Empty) => Ok(None),
        Err(error) => Err(error.to_string()),
    };
    let title = text::excerpt(cell(Column::Title), usize::MAX);
    // Nothing is cut: what is too long for a title is text.
    let (title, text) = match cell(Column::Text) {
        text if title.chars().count() <= limits.summary => (title, text.to_owned()),
        text => (String::new(), format!("{title}\n{text}")),
    };
    let title = optional(&title, limits.summary)?;
    let text = optional(&text, limits.text)?.unwrap_or_default();
    if title.is_none() && text.is_empty() {
        return Err("says nothing".to_owned());
    }
    let told = match cell(Column::Time) {
        "" => None,
        raw => Some(time(raw, now).map_err(|error| format!("time {raw:?}: {error}"))?),
    };
    let line = |word: &str, raw: &str| {
        let line = optional(&text::excerpt(raw, usize::MAX), matters::Opening::LINE);
        line.map(Option::unwrap_or_default).map_err(|error| format!("{word} {raw:?}: {error}"))
    };
    let contact = cell(Column::Contact);
    let contact = phone::contact(contact).map_err(|error| format!("contact {contact:?}: {error}"))?;
    // The id names the row; without one, what it says does.
    let key = match cell(Column::Id) {
        "" => {
            let said =
                Column::ALL.into_iter().map(|(column, ..)| column).filter(|column| *column != Column::Nth);
            let cells: Vec<&str> = said.map(cell).collect();
            format!("{source}/#{}", yishi_store::blobs::digest_of(cells.join("\u{1f}").as_bytes()))
        }
        id => format!("{source}/{id}"),
    };
    let category = Some(cell(Column::Category)).filter(|label| !label.is_empty()).and_then(|label| {
        let same = |name: &str| name == label;
        rules
            .section::<matters::Rules>()
            .categories
            .iter()
            .find(|c| same(&c.code.0) || same(&c.zh) || same(&c.en))
            .map(|c| c.code.0.clone())
    });
    let (name, contact) = (line("name", cell(Column::Name))?, line("contact", &contact)?);
    Ok(Row { line: record.at, key, title, text, name, contact, category, told })
}

/// A time of something that has happened.
fn time(raw: &str, now: Moment) -> Result<Told, when::NoWhen> {
    Ok(Told { at: when::read_cell(raw)?.happened(now)?, raw: raw.to_owned() })
}

#[cfg(test)]
mod tests;
