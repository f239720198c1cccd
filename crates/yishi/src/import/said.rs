//! What importing has to say, in plain words for a terminal (导入提示). Nothing is read or judged.

use yishi_office::columns::Use as _;
use yishi_office::matters::import::{
    Column, Columns, Elsewhere, Form, NoColumn, NoSheet, Remark, Seen, Spoilt, Table, Unread, Why, Wrong,
};

/// How many lines are named at most when something is wrong with them.
pub const NAMED: usize = 20;

/// Why a file cannot be shown at all.
pub fn unread(unread: &Unread) -> String {
    match unread {
        Unread::NoSheet(no @ NoSheet::Open(_)) => format!("{no}; nothing was imported"),
        Unread::NoSheet(no) => format!("nothing was imported: {no}"),
        Unread::NoColumn(NoColumn { wanted, names }) => {
            format!("there is no column {wanted}; there are: {}", names.join(", "))
        }
    }
}

/// How a file was read, line by line.
pub fn told(table: &Table) -> Vec<String> {
    let Table { form, header, columns, remarks, .. } = table;
    let mut told = vec![match form {
        Form::Text { encoding, separator } => {
            format!("encoding: {encoding}, cells apart by {separator:?}, header in {header}")
        }
        Form::Workbook { sheet, .. } => format!("workbook, sheet {sheet}, header in {header}"),
    }];
    told.push("columns:".to_owned());
    told.extend(Column::ALL.iter().flat_map(|column| used(columns, *column)));
    let is_sum = |remark: &&Remark| matches!(remark, Remark::Sum { .. } | Remark::Repeated { .. });
    let is_time = |remark: &&Remark| matches!(remark, Remark::Times { .. });
    told.extend(remarks.iter().filter(is_sum).map(remark));
    if remarks.iter().any(|one| is_time(&one)) {
        told.push("times, by how they are written:".to_owned());
    }
    told.extend(remarks.iter().filter(|one| !is_sum(one)).map(remark));
    if !columns.unused().is_empty() {
        told.push("not used:".to_owned());
        let unused = columns.unused().into_iter();
        told.extend(unused.map(|column| format!("  {} ({} filled)", column.name, column.filled)));
    }
    told
}

/// A line for each column of a kind; one for a field that none holds.
fn used(columns: &Columns, wanted: Column) -> Vec<String> {
    let word = wanted.word();
    let own = columns.all.iter().filter(|column| column.is == Some(wanted));
    let lines: Vec<String> =
        own.map(|column| format!("  {word:<9} <- {} ({} filled)", column.name, column.filled)).collect();
    match lines.is_empty() {
        true if !wanted.is_many() => vec![format!("  {word:<9} <- —")],
        _ => lines,
    }
}

fn remark(remark: &Remark) -> String {
    match remark {
        Remark::Sum { at, word } => format!("{at}: a sum ({word}), left out"),
        Remark::Repeated { at, above } => format!("{at}: the same as {above}; taken once"),
        Remark::Times { count, first } => {
            format!("  {count} like {:?}, which is {}", first.raw, first.at.minute())
        }
        Remark::NoTime { count } => format!("{count} rows have no time and count as said today"),
        Remark::NoCategory { label, count } => {
            format!("no category is called {label}: {count} rows go without one")
        }
    }
}

/// What stands in the way of importing it, and what to do about it.
pub fn stops(seen: &Seen, elsewhere: Elsewhere) -> Option<String> {
    let Seen { table, unplaced, .. } = seen;
    let columns = &table.columns;
    if !columns.says() {
        let seen: Vec<&str> = columns.all.iter().map(|column| column.name.as_str()).collect();
        return Some(format!(
            "no column holds what was said; name it with --column text=HEADER. The first row has: {}. \
             Looked for: {}",
            seen.join(" | "),
            Column::said().join(", ")
        ));
    }
    let is_changed = |wrong: &&Wrong| matches!(wrong.why, Why::Changed(_));
    let own = table.wrong.iter().filter(|wrong| !is_changed(wrong));
    let own: Vec<String> = own.map(|wrong| why(wrong, columns)).collect();
    if !own.is_empty() {
        let lines = listed(own);
        return Some(format!("nothing was imported; correct these lines and try again:\n{lines}"));
    }
    let changed = table.wrong.iter().filter(is_changed);
    let changed: Vec<String> = changed.map(|wrong| why(wrong, columns)).collect();
    if !changed.is_empty() {
        return Some(format!(
            "nothing was imported; matters with these ids were imported before and say something else:\n{}\n\
             Where the ids begin anew in each file, name this one with --source. What was corrected in the \
             sheet since then is no new matter: tell it at the matter itself, and take these lines out.",
            listed(changed)
        ));
    }
    let unused = columns.unused();
    if !unused.is_empty() {
        let wishes: Vec<_> = unused.iter().map(|column| format!("--leave-out \"{}\"", column.name)).collect();
        return Some(format!(
            "nothing was imported: what these columns hold would be lost. Say what they are with --column \
             FIELD=HEADER, or leave them out: {}",
            wishes.join(" ")
        ));
    }
    if elsewhere == Elsewhere::Stops && !unplaced.is_empty() {
        let line = |one: &yishi_office::matters::import::Unplaced| {
            format!("{}: {:?} ({} rows)", one.first, one.address, one.count)
        };
        return Some(format!(
            "nothing was imported; these addresses name no place, or more than one. Correct them, open the \
             places, or raise these matters at the place itself with --here; the address stays with the \
             text:\n{}",
            listed(unplaced.iter().map(line).collect())
        ));
    }
    None
}

fn why(wrong: &Wrong, columns: &Columns) -> String {
    let Wrong { at, column, raw, why } = wrong;
    let names = |others: &[Column]| {
        let names: Vec<&str> = others.iter().map(|column| columns.called(*column)).collect();
        names.join(", ")
    };
    let cell = || format!("{at}: {} {raw:?}", column.map_or("", Column::word));
    match why {
        Why::SaysNothing => format!("{at}: says nothing"),
        Why::Spoilt(Spoilt::Cells { have, want }) => format!("{at}: {have} cells, the header has {want}"),
        Why::Spoilt(Spoilt::Damaged(damage)) => format!("{}: {damage}", cell()),
        Why::Time(no) => format!("{}: {no}", cell()),
        Why::Contact(no) => format!("{}: {no}", cell()),
        Why::Text(no) => format!("{}: {no}", cell()),
        Why::SameId { above } => format!("{at}: {above} has the same id and says something else"),
        Why::SameWords { above, columns } => format!(
            "{at}: {above} has the same id and the same words, and another {}; give each of two who said \
             the same an id of their own, or take one of the lines out",
            names(columns)
        ),
        Why::Changed(columns) => format!("{at}: another {}", names(columns)),
    }
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
