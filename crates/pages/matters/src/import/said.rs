//! What a sheet has to say, in the reader's language (导入提示). Nothing is read or judged here.

use yishi_kernel::phone::NoPhone;
use yishi_kernel::text::TextError;
use yishi_kernel::when::NoWhen;
use yishi_office::matters::import::{Column, Columns, Remark, Why, Wrong};
use yishi_web::preview::{self, called, line, spoilt};
use yishi_web::texts::Locale;

/// What is wrong with a row, and what to do.
pub(super) fn wrong(wrong: &Wrong, columns: &Columns, t: Locale) -> String {
    let Wrong { at, column, raw, why: no } = wrong;
    let called = column.map(|column| called(columns, column, t));
    let cell = called.as_deref().map(|column| (column, raw.as_str())).filter(|(_, raw)| !raw.is_empty());
    preview::wrong(*at, cell, &why(no, columns, t), t)
}

fn why(why: &Why, columns: &Columns, t: Locale) -> String {
    let names = |all: &[Column]| {
        let names: Vec<String> = all.iter().map(|column| called(columns, *column, t)).collect();
        names.join(&t.say("import-apart"))
    };
    match why {
        Why::SaysNothing => t.say("import-why-nothing"),
        Why::Spoilt(why) => spoilt(*why, t),
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
            t.with("import-times", &[("count", count), ("raw", &first.raw), ("time", &t.time(first.at))])
        }
        Remark::NoTime { count } => t.with("import-no-time", &[("count", count)]),
        Remark::NoCategory { label, count } => {
            t.with("import-no-category", &[("label", label), ("count", count)])
        }
    }
}
