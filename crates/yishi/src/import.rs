//! Importing matters from a spreadsheet's CSV: columns found by their headers, shown before
//! anything is written, all rows or none, and the same file twice adds nothing.

use crate::{Data, Stop};
use clap::Args;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use yishi_domain::matters::{self, Behalf, Channel, Proof, Shown};
use yishi_kernel::rules::Limits;
use yishi_kernel::{Actor, Grant, Moment, Pack, PlaceId, Role, text};
use yishi_office::FormKey;
use yishi_office::Office;
use yishi_office::matters::reads::imported;
use yishi_office::matters::{Raising, Speaker};
use yishi_office::people::reads::{actor, holders_at};
use yishi_office::places::reads::place;

/// What to import, where to.
#[derive(Debug, Args)]
pub struct Options {
    /// The CSV file, in UTF-8 or GBK.
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
    /// Shows what would happen, and writes nothing.
    #[arg(long)]
    dry_run: bool,
}

/// What a column can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Id,
    Title,
    Text,
    Time,
    Name,
    Contact,
    Category,
}

impl Column {
    const ALL: [(Column, &'static str, &'static [&'static str]); 7] = [
        (Column::Id, "id", &["id", "编号", "序号", "留言编号", "工单号", "工单编号", "no", "no."]),
        (Column::Title, "title", &["title", "标题", "主题", "留言主题", "问题"]),
        (
            Column::Text,
            "text",
            &["text", "content", "内容", "详情", "留言详情", "描述", "问题描述", "诉求内容"],
        ),
        (Column::Time, "time", &["time", "date", "时间", "日期", "留言时间", "反映时间", "登记时间"]),
        (Column::Name, "name", &["name", "user", "姓名", "反映人", "留言用户", "来电人", "居民"]),
        (Column::Contact, "contact", &["contact", "phone", "tel", "电话", "联系电话", "联系方式", "手机"]),
        (Column::Category, "category", &["category", "label", "类别", "分类", "一级标签", "问题类别"]),
    ];
}

/// A row ready to be raised.
struct Row {
    line: u64,
    key: String,
    title: Option<String>,
    text: String,
    name: String,
    contact: String,
    category: Option<String>,
    occurred_at: Option<Moment>,
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
    let (content, encoding) = decode(&bytes)?;
    println!("encoding: {encoding}");
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
    let rows = read(&content, &options.columns, &source, &rules)?;
    let mut new = Vec::new();
    let mut known = 0;
    for row in rows {
        match imported(&office.db, at.ledger, &row.key).await? {
            Some(_) => known += 1,
            None => new.push(row),
        }
    }
    println!("{} new rows, {known} imported before", new.len());
    if options.dry_run {
        println!("nothing was written (--dry-run)");
        return Ok(());
    }
    let actor = importer(&office, at.ledger).await?;
    let count = new.len();
    raise_all(&office, &actor, id, new).await?;
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
            category: row.category,
            title: row.title,
            text: row.text,
            photos: Vec::new(),
            occurred_at: row.occurred_at,
            source: Some(row.key.clone()),
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
    Ok(())
}

/// UTF-8 with or without a mark, else GBK.
fn decode(bytes: &[u8]) -> Result<(String, &'static str), Stop> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.to_owned(), "UTF-8"));
    }
    let (text, _, wrong) = encoding_rs::GBK.decode(bytes);
    if wrong {
        return Err(Stop::Usage("the file is neither UTF-8 nor GBK; save it again as UTF-8 CSV".to_owned()));
    }
    Ok((text.into_owned(), "GBK"))
}

fn read(content: &str, overrides: &[String], source: &str, rules: &Pack) -> Result<Vec<Row>, Stop> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(content.as_bytes());
    let headers = reader.headers().map_err(|error| Stop::Usage(format!("line 1: {error}")))?.clone();
    let columns = map(&headers, overrides)?;
    println!("columns:");
    for (column, word, _) in Column::ALL {
        let header = columns.get(&column).and_then(|n| headers.get(*n)).unwrap_or("—");
        println!("  {word:<9} <- {header}");
    }
    let mut rows = Vec::new();
    let mut wrong = Vec::new();
    let mut keys = BTreeSet::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                wrong.push(error.to_string());
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if record.len() != headers.len() {
            wrong.push(format!("line {line}: {} cells, the header has {}", record.len(), headers.len()));
            continue;
        }
        match row(&record, &columns, line, source, rules) {
            Ok(row) => {
                if keys.insert(row.key.clone()) {
                    rows.push(row);
                } else {
                    println!("line {}: the same row stands above; taken once", row.line);
                }
            }
            Err(error) => wrong.push(format!("line {line}: {error}")),
        }
    }
    if wrong.is_empty() {
        return Ok(rows);
    }
    let more = wrong.len().saturating_sub(20);
    wrong.truncate(20);
    let tail = if more > 0 { format!("\n… and {more} more") } else { String::new() };
    Err(Stop::Usage(format!(
        "nothing was imported; correct these lines and try again:\n{}{tail}",
        wrong.join("\n")
    )))
}

/// Which column is what: by `--column`, else by its header.
fn map(headers: &csv::StringRecord, overrides: &[String]) -> Result<BTreeMap<Column, usize>, Stop> {
    let find = |wanted: &str| headers.iter().position(|header| header.trim() == wanted);
    let mut columns = BTreeMap::new();
    for (column, _, names) in Column::ALL {
        let known = |header: &str| names.contains(&header.trim().to_lowercase().as_str());
        if let Some(n) = headers.iter().position(known) {
            columns.insert(column, n);
        }
    }
    for wish in overrides {
        let (field, header) = wish
            .split_once('=')
            .ok_or_else(|| Stop::Usage(format!("--column {wish}: write FIELD=HEADER")))?;
        let fields = || Column::ALL.map(|(_, word, _)| word).join(", ");
        let (column, _, _) = Column::ALL
            .into_iter()
            .find(|(_, word, _)| *word == field)
            .ok_or_else(|| Stop::Usage(format!("--column {wish}: fields are {}", fields())))?;
        let n = find(header).ok_or_else(|| Stop::Usage(format!("--column {wish}: no column {header}")))?;
        columns.insert(column, n);
    }
    if !columns.contains_key(&Column::Text) && !columns.contains_key(&Column::Title) {
        return Err(Stop::Usage(
            "no column holds what was said; name it with --column text=HEADER".to_owned(),
        ));
    }
    Ok(columns)
}

fn row(
    record: &csv::StringRecord,
    columns: &BTreeMap<Column, usize>,
    line: u64,
    source: &str,
    rules: &Pack,
) -> Result<Row, String> {
    let cell = |column| columns.get(&column).and_then(|n| record.get(*n)).unwrap_or_default().trim();
    let limits = rules.section::<Limits>();
    let optional = |raw: &str, max| match text::clean(raw, max) {
        Ok(text) => Ok(Some(text)),
        Err(text::TextError::Empty) => Ok(None),
        Err(error) => Err(error.to_string()),
    };
    let title = optional(&text::excerpt(cell(Column::Title), limits.summary), limits.summary)?;
    let text = optional(cell(Column::Text), limits.text)?.unwrap_or_default();
    if title.is_none() && text.is_empty() {
        return Err("says nothing".to_owned());
    }
    let occurred_at = match cell(Column::Time) {
        "" => None,
        raw => {
            Some(moment(raw).ok_or_else(|| format!("time {raw:?} does not read; write 2026-05-01 09:30"))?)
        }
    };
    // The id column names the row; without one, its content does.
    let key = match cell(Column::Id) {
        "" => {
            let cells: Vec<&str> = record.iter().map(str::trim).collect();
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
    let short = |raw: &str| text::excerpt(raw, 60);
    Ok(Row {
        line,
        key,
        title,
        text,
        name: short(cell(Column::Name)),
        contact: short(cell(Column::Contact)),
        category,
        occurred_at,
    })
}

/// A time as spreadsheets write it, in China Standard Time.
fn moment(raw: &str) -> Option<Moment> {
    const FORMS: [&str; 6] = [
        "%Y/%m/%d %H:%M:%S",
        "%Y-%m-%d %H:%M:%S",
        "%Y/%m/%d %H:%M",
        "%Y-%m-%d %H:%M",
        "%Y年%m月%d日 %H:%M",
        "%Y-%m-%dT%H:%M:%S",
    ];
    let days = ["%Y/%m/%d", "%Y-%m-%d", "%Y年%m月%d日"];
    let raw = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    let time = FORMS.iter().find_map(|form| jiff::civil::DateTime::strptime(form, &raw).ok());
    let time = time.or_else(|| {
        let day = days.iter().find_map(|form| jiff::civil::Date::strptime(form, &raw).ok())?;
        Some(day.at(0, 0, 0, 0))
    })?;
    let stamp = jiff::tz::Offset::constant(8).to_timestamp(time).ok()?;
    Some(Moment(stamp.as_microsecond()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use yishi_domain::features::RULES;
    use yishi_kernel::rules::shipped;

    fn rows(content: &str) -> Result<Vec<Row>, Stop> {
        read(content, &[], "s", &Pack::read(&shipped(RULES), RULES).unwrap())
    }

    #[test]
    fn columns_are_found_by_their_headers() {
        let rows =
            rows("编号,反映人,内容,时间,类别\n7,王某,\"灯坏了，三天\",2026/5/1 9:03:02,绿化\n").unwrap();
        let row = &rows[0];
        assert_eq!((row.key.as_str(), row.text.as_str(), row.name.as_str()), ("s/7", "灯坏了，三天", "王某"));
        assert_eq!(row.category.as_deref(), Some("05"));
        assert_eq!(row.occurred_at.unwrap().minute(), "2026-05-01 09:03");
    }

    #[test]
    fn a_row_without_an_id_is_known_by_its_content() {
        let content = "内容,时间\n灯坏了,\n灯坏了, \n路坏了,\n";
        assert_eq!(rows(content).unwrap().len(), 2);
    }

    #[test]
    fn every_wrong_line_is_named_and_nothing_is_taken() {
        let Err(Stop::Usage(text)) = rows("id,内容,时间\n1,,\n2,好,昨天\n3,好,2026-01-01\n4,好\n")
        else {
            panic!()
        };
        for part in ["line 2: says nothing", "line 3: time", "line 5: 2 cells"] {
            assert!(text.contains(part), "{text}");
        }
        assert!(matches!(rows("甲,乙\n1,2\n"), Err(Stop::Usage(_))));
    }

    #[test]
    fn gbk_reads_and_rubbish_does_not() {
        let (bytes, _, _) = encoding_rs::GBK.encode("编号,内容\n1,楼道灯坏了\n");
        let (text, encoding) = decode(&bytes).unwrap();
        assert_eq!((encoding, rows(&text).unwrap()[0].text.as_str()), ("GBK", "楼道灯坏了"));
        assert!(decode(&[0xff, 0xff, 0x00, 0x81]).is_err());
    }
}
