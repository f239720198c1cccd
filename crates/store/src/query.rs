//! Every statement of the program, declared by [`query!`](crate::query!) beside what reads it,
//! so that a test can plan each of them. What comes back is read into a row of a table
//! ([`table!`](crate::table!)) or into one declared for it ([`row!`](crate::row!)), by the
//! order of the select that is made from the declaration. Nothing runs by itself here.

use crate::{Answer, Db, Fault, Value};
use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::{LazyLock, OnceLock};
pub use yishi_kernel::cell::Values;
use yishi_kernel::cell::{Cell, Field, Put};

/// What a row of an answer is read into.
pub trait Shape: Sized {
    /// `select … from …`; nothing for what is read by statements written out in full.
    #[must_use]
    fn select() -> String {
        String::new()
    }

    /// Reads it, in the order of the select.
    fn read(values: &mut Values) -> Result<Self, Fault>;
}

/// One value alone: a count, an id.
impl<C: Cell> Shape for C {
    fn read(values: &mut Values) -> Result<Self, Fault> {
        field(values, "a statement's answer", std::any::type_name::<C>())
    }
}

/// Reads a field, or says which one does not fit.
pub fn field<F: Field>(values: &mut Values, row: &'static str, column: &'static str) -> Result<F, Fault> {
    F::read(values).ok_or(Fault::Column { row, column })
}

/// A statement as declared.
#[derive(Debug)]
pub struct Statement {
    /// Where it stands: module and name.
    pub name: &'static str,
    /// What it does that statements of pages do not.
    pub apart: Option<Apart>,
    sql: LazyLock<String>,
    open: OnceLock<Option<Open>>,
}

/// What a statement does that statements of pages do not, and why it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// It reads all of a table.
    Scans(&'static str),
    /// It reads all that one ledger has in a table.
    Walks(&'static str),
    /// It sorts what it found.
    Sorts(&'static str),
}

/// Stands for as many further arguments as are given.
const MORE: &str = ", …";

/// A statement whose number of arguments is open: its text around the place where they go on,
/// the last argument before it, and how many go together.
#[derive(Debug)]
struct Open {
    before: &'static str,
    after: &'static str,
    last: usize,
    width: usize,
}

impl Statement {
    /// A statement; `query!` makes them.
    #[must_use]
    pub const fn new(name: &'static str, apart: Option<Apart>, sql: LazyLock<String>) -> Self {
        Self { name, apart, sql, open: OnceLock::new() }
    }

    /// Its text, where the number of arguments is not open.
    pub(crate) fn text(&'static self) -> &'static str {
        &self.sql
    }

    /// Its text with so many arguments; where their number is open, `?2, …` becomes `?2, ?3 …`
    /// and `(?2, ?3), …` becomes `(?2, ?3), (?4, ?5) …`.
    pub(crate) fn sql(&'static self, args: usize) -> Cow<'static, str> {
        let Some(open) = self.open() else { return Cow::Borrowed(&self.sql) };
        let more: Vec<usize> = (open.last + 1..=args).collect();
        let group = |some: &[usize]| {
            let list = some.iter().map(|n| format!("?{n}")).collect::<Vec<_>>().join(", ");
            if open.before.ends_with(')') { format!(", ({list})") } else { format!(", {list}") }
        };
        let more: String = more.chunks(open.width).map(group).collect();
        Cow::Owned(format!("{}{more}{}", open.before, open.after))
    }

    /// Where its arguments go on, if their number is open: looked for once.
    fn open(&'static self) -> Option<&'static Open> {
        let look = || {
            let (before, after) = self.sql.split_once(MORE)?;
            let bare = before.trim_end_matches(')');
            let last = bare.rfind('?').and_then(|at| bare[at + 1..].parse().ok()).unwrap_or(0);
            let group = before.ends_with(')').then(|| bare.rfind('(')).flatten();
            let width = group.map_or(1, |at| bare[at..].matches('?').count());
            Some(Open { before, after, last, width })
        };
        self.open.get_or_init(look).as_ref()
    }

    /// The arguments with the last of an open list repeated until there is a power of two of
    /// them: an engine keeps a few texts of the statement then, and not one for each length.
    /// What is in a list twice is found once.
    fn padded<'a>(&'static self, args: &'a [Value]) -> Cow<'a, [Value]> {
        let Some(open) = self.open() else { return Cow::Borrowed(args) };
        let Some(from) = args.len().checked_sub(open.width) else { return Cow::Borrowed(args) };
        let groups = (args.len() + open.width).saturating_sub(open.last) / open.width;
        let missing = groups.next_power_of_two().saturating_sub(groups) * open.width;
        let repeated = args[from..].iter().cycle().take(missing);
        Cow::Owned(args.iter().chain(repeated).cloned().collect())
    }

    /// Its text for a plan, with a few arguments where their number is open.
    #[must_use]
    pub fn sample(&'static self) -> Cow<'static, str> {
        let args = |open: &Open| (open.last..).step_by(open.width).find(|args| *args >= 4);
        self.sql(self.open().and_then(args).unwrap_or_default())
    }
}

/// A statement and what its answer is read into; nothing for one that only changes.
#[derive(Debug)]
pub struct Query<R> {
    /// The statement.
    pub statement: Statement,
    answer: PhantomData<fn() -> R>,
}

impl<R> Query<R> {
    /// A query; `query!` makes them.
    #[must_use]
    pub const fn new(statement: Statement) -> Self {
        Self { statement, answer: PhantomData }
    }
}

impl<R: Shape> Query<R> {
    /// All that it finds.
    pub async fn all(&'static self, db: &Db, args: &[Value]) -> Result<Vec<R>, Fault> {
        let args = self.statement.padded(args);
        let rows = db.read(&self.statement.sql(args.len()), &args).await?;
        rows.into_iter().map(|row| R::read(&mut row.0.into_iter())).collect()
    }

    /// All that it finds, with the answer as it must be found again.
    pub async fn answer(&'static self, db: &Db, args: &[Value]) -> Result<(Vec<R>, Answer), Fault> {
        let args = self.statement.padded(args).into_owned();
        let sql = self.statement.sql(args.len());
        let rows = db.read(&sql, &args).await?;
        let found =
            rows.iter().map(|row| R::read(&mut row.0.clone().into_iter())).collect::<Result<_, _>>()?;
        Ok((found, Answer { sql, args, rows }))
    }

    /// The first that it finds, if there is one.
    pub async fn first(&'static self, db: &Db, args: &[Value]) -> Result<Option<R>, Fault> {
        Ok(self.all(db, args).await?.into_iter().next())
    }
}

impl Query<()> {
    /// With its arguments, to be carried out.
    #[must_use]
    pub fn with(&'static self, args: impl Into<Vec<Value>>) -> (&'static str, Vec<Value>) {
        (self.statement.text(), args.into())
    }
}

/// Arguments of a statement, each of a type of its own.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { [$($crate::Value::from($value)),*] };
}

/// Arguments whose number is open, after others.
pub fn args_and<T: Put>(
    first: impl IntoIterator<Item = Value>,
    more: impl IntoIterator<Item = T>,
) -> Vec<Value> {
    first.into_iter().chain(more.into_iter().map(Put::put)).collect()
}

/// The same of pairs: keys of rows, as ledger and id.
pub fn args_and_pairs<A: Put, B: Put>(
    first: impl IntoIterator<Item = Value>,
    more: impl IntoIterator<Item = (A, B)>,
) -> Vec<Value> {
    let pairs = more.into_iter().flat_map(|(a, b)| [a.put(), b.put()]);
    first.into_iter().chain(pairs).collect()
}

/// Declares a row that is read: of some columns, of joined tables, of sums. Fields are columns
/// of their name, or what the text says; `from` may stand in the queries instead.
///
/// ```ignore
/// row! {
///     /// An order as listed.
///     pub OrderRow, from "work_order o" {
///         /// The order.
///         id: OrderId = "o.id",
///         /// What comes next, and by when.
///         next: Option<(OrderStep, Moment)> = "o.step, o.due",
///     }
/// }
/// ```
#[macro_export]
macro_rules! row {
    (@from) => { "" };
    (@from $from:literal) => { concat!(" from ", $from) };
    (@column $field:ident) => { stringify!($field) };
    (@column $field:ident $sql:literal) => { $sql };
    (
        $(#[$meta:meta])*
        $vis:vis $row:ident $(, from $from:literal)? {
            $($(#[$doc:meta])* $field:ident: $type:ty $(= $sql:literal)?),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        $vis struct $row {
            $($(#[$doc])* pub $field: $type),+
        }

        impl $crate::query::Shape for $row {
            fn select() -> String {
                let columns = [$($crate::row!(@column $field $($sql)?)),+];
                format!("select {}{}", columns.join(", "), $crate::row!(@from $($from)?))
            }

            fn read(values: &mut $crate::query::Values) -> Result<Self, $crate::Fault> {
                // In the order of the select above: nothing is looked up by name while rows are read.
                Ok(Self {
                    $($field: $crate::query::field(values, stringify!($row), stringify!($field))?),+
                })
            }
        }
    };
}

/// Declares a module's statements and its list of them, `QUERIES`.
///
/// ```ignore
/// query! {
///     // The row's own select, and how it goes on.
///     OF_TOPIC: OrderRow => "where o.ledger = ?1 and o.topic = ?2 order by o.opened, o.id";
///     // Written out in full: one value alone.
///     PRESENT: u64 = "select count(*) from seat where ledger = ?1 and meeting = ?2 and votes = 1";
///     // Without an answer.
///     KEEP: () = "insert into keeper (ledger, slug) values (?1, ?2)";
///     // As many arguments as are given.
///     SOME: PlaceRow => "where id in (?1, …)";
///     PAIRS: TopicRow => "where (t.ledger, t.id) in (values (?1, ?2), …)";
///     // What pages' statements may not do, and why this one may.
///     LEDGERS: LedgerRow => "order by ledger", scans "one row a community";
/// }
/// ```
#[macro_export]
macro_rules! query {
    (@apart) => { None };
    (@apart scans $why:literal) => { Some($crate::query::Apart::Scans($why)) };
    (@apart walks $why:literal) => { Some($crate::query::Apart::Walks($why)) };
    (@apart sorts $why:literal) => { Some($crate::query::Apart::Sorts($why)) };
    (@sql $answer:ty, = $sql:expr) => { String::from($sql) };
    (@sql $answer:ty, => $rest:expr) => {
        format!("{} {}", <$answer as $crate::query::Shape>::select(), $rest)
    };
    ($(
        $(#[$doc:meta])*
        $vis:vis $name:ident: $answer:ty $(= $sql:literal)? $(=> $rest:literal)? $(, $apart:ident $why:literal)?;
    )+) => {
        $(
            $(#[$doc])*
            $vis static $name: $crate::query::Query<$answer> = $crate::query::Query::new(
                $crate::query::Statement::new(
                    concat!(module_path!(), "::", stringify!($name)),
                    $crate::query!(@apart $($apart $why)?),
                    std::sync::LazyLock::new(|| $crate::query!(@sql $answer, $(= $sql)? $(=> $rest)?)),
                ),
            );
        )+

        /// The statements of this module.
        pub static QUERIES: &[&$crate::query::Statement] = &[$(&$name.statement),+];
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    query! {
        SOME: i64 = "select n from t where a = ?1 and b in (?2, …) and c = 3";
        NONE: i64 = "select n from t where a = ?1";
        PAIRS: i64 = "select n from t where (a, b) in (values (?2, ?3), …) and c < ?1";
    }

    #[test]
    fn as_many_arguments_as_are_given() {
        assert_eq!(SOME.statement.sql(2), "select n from t where a = ?1 and b in (?2) and c = 3");
        assert_eq!(SOME.statement.sql(4), "select n from t where a = ?1 and b in (?2, ?3, ?4) and c = 3");
        assert_eq!(NONE.statement.sql(1), "select n from t where a = ?1");
        let pairs = "select n from t where (a, b) in (values (?2, ?3), (?4, ?5)) and c < ?1";
        assert_eq!(PAIRS.statement.sql(5), pairs);
        assert_eq!(PAIRS.statement.sql(3), pairs.replace(", (?4, ?5)", ""));
        assert_eq!(QUERIES.len(), 3);
    }

    #[test]
    fn a_list_is_as_long_as_a_power_of_two() {
        let values = |args: &[i64]| args.iter().copied().map(Value::Int).collect::<Vec<_>>();
        let padded = |query: &'static Query<i64>, args| query.statement.padded(&values(args)).into_owned();
        assert_eq!(padded(&NONE, &[7]), values(&[7]));
        assert_eq!(padded(&SOME, &[7, 1]), values(&[7, 1]));
        assert_eq!(padded(&SOME, &[7, 1, 2, 3]), values(&[7, 1, 2, 3, 3]));
        assert_eq!(padded(&PAIRS, &[7, 1, 2, 3, 4]), values(&[7, 1, 2, 3, 4]));
        assert_eq!(padded(&PAIRS, &[7, 1, 2, 3, 4, 5, 6]), values(&[7, 1, 2, 3, 4, 5, 6, 5, 6]));
    }
}
