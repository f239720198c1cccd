//! What a sheet has to say, in the reader's language (导入提示). Nothing is read or judged here.

use yishi_kernel::phone::NoPhone;
use yishi_kernel::text::{TextError, excerpt};
use yishi_kernel::when::NoWhen;
use yishi_office::matters::import::{Column, Columns, Damage, Line, NoSheet, Remark, Unread, Why, Wrong};
use yishi_web::texts::Locale;

/// How much of a cell is said again.
const CELL: usize = 40;

/// Where a row stands.
pub(super) fn line(at: Line, t: Locale) -> String {
    if at.line == at.row {
        t.with("import-line", &[("row", &at.row)])
    } else {
        t.with("import-line-of-file", &[("row", &at.row), ("line", &at.line)])
    }
}

/// Why a file cannot be shown.
pub(super) fn unread(no: &Unread, t: Locale) -> String {
    let no = match no {
        Unread::NoSheet(no) => no,
        Unread::NoColumn(no) => return t.with("import-no-column", &[("name", &no.wanted)]),
    };
    match no {
        NoSheet::Empty => t.say("import-no-empty"),
        NoSheet::TooLarge => t.say("import-too-large"),
        NoSheet::Unpacks => t.say("import-no-unpacks"),
        NoSheet::Old => t.say("import-no-old"),
        NoSheet::Broken => t.say("import-no-broken"),
        NoSheet::Encoding => t.say("import-no-encoding"),
        NoSheet::Open(at) => t.with("import-no-open", &[("line", &line(*at, t))]),
        NoSheet::Columns(at) => t.with("import-no-columns", &[("line", &line(*at, t))]),
        NoSheet::Rows => t.say("import-no-rows"),
        NoSheet::NoSuchSheet(sheets) => {
            t.with("import-no-such-sheet", &[("names", &sheets.join(&t.say("import-apart")))])
        }
    }
}

/// What is wrong with a row, and what to do.
pub(super) fn wrong(wrong: &Wrong, columns: &Columns, t: Locale) -> String {
    let Wrong { at, column, raw, why: no } = wrong;
    let why = why(no, columns, t);
    match column {
        Some(column) if !raw.is_empty() => t.with(
            "import-wrong-cell",
            &[
                ("line", &line(*at, t)),
                ("column", &called(columns, *column, t)),
                ("cell", &excerpt(raw, CELL)),
                ("why", &why),
            ],
        ),
        _ => t.with("import-wrong-line", &[("line", &line(*at, t)), ("why", &why)]),
    }
}

/// How the sheet calls a column; of those of which there may be several, what they are used for.
fn called(columns: &Columns, column: Column, t: Locale) -> String {
    if columns.at(column).is_some() { columns.called(column).to_owned() } else { t.word(column) }
}

fn why(why: &Why, columns: &Columns, t: Locale) -> String {
    let names = |all: &[Column]| {
        let names: Vec<String> = all.iter().map(|column| called(columns, *column, t)).collect();
        names.join(&t.say("import-apart"))
    };
    match why {
        Why::SaysNothing => t.say("import-why-nothing"),
        Why::Cells { have, want } => t.with("import-why-cells", &[("have", have), ("want", want)]),
        Why::Damaged(damage) => t.say(match damage {
            Damage::Rounded => "import-why-rounded",
            Damage::Wrong => "import-why-error",
            Damage::NotWorkedOut => "import-why-formula",
        }),
        Why::Time(no) => t.say(match no {
            NoWhen::Unread => "import-why-time",
            NoWhen::Ambiguous => "form-ambiguous-day",
            NoWhen::OtherWeekday => "form-other-weekday",
            NoWhen::NoSuch => "form-no-such-day",
            NoWhen::Ahead => "import-why-ahead",
            NoWhen::Early | NoWhen::Far => "form-far-time",
        }),
        Why::Contact(no) => t.say(match no {
            NoPhone::Rounded | NoPhone::Decimal => "import-why-phone",
            NoPhone::Digits => "form-phone-digits",
        }),
        Why::Text(TextError::TooLong { have, max }) => {
            t.with("refusal-text-too-long", &[("have", have), ("max", max)])
        }
        Why::Text(_) => t.say("import-why-nothing"),
        Why::SameId { above } => t.with("import-why-same-id", &[("line", &line(*above, t))]),
        Why::SameWords { above, columns: others } => {
            t.with("import-why-same-words", &[("line", &line(*above, t)), ("columns", &names(others))])
        }
        Why::Changed(others) => t.with("import-why-changed", &[("columns", &names(others))]),
    }
}

/// What is worth knowing.
pub(super) fn remark(remark: &Remark, t: Locale) -> String {
    match remark {
        Remark::Sum { at, word } => t.with("import-sum", &[("line", &line(*at, t)), ("word", word)]),
        Remark::Repeated { at, above } => {
            t.with("import-repeated", &[("line", &line(*at, t)), ("above", &line(*above, t))])
        }
        Remark::Times { count, first } => {
            t.with("import-times", &[("count", count), ("raw", &first.raw), ("time", &first.at.minute())])
        }
        Remark::NoTime { count } => t.with("import-no-time", &[("count", count)]),
        Remark::NoCategory { label, count } => {
            t.with("import-no-category", &[("label", label), ("count", count)])
        }
    }
}
