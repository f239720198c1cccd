//! Read-model tables, each declared once by [`table!`](crate::table!): the row's type, the
//! tables of both engines, writing and reading by column, and the digest by which a store
//! knows whether its tables are this program's. What a row says is its view's business.

use crate::query::Shape;
use crate::{Value, migrate};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use yishi_kernel::cell::{Cell, Kind, Need};

/// A read-model table.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns, the key first.
    pub columns: &'static [Column],
    /// How many columns make up the key.
    pub key: usize,
    /// Its indexes beside the key.
    pub indexes: &'static [Index],
    /// Counts up when the same columns are filled in another way.
    pub edition: u32,
    /// The same table while it is made anew; that one has none.
    pub next: Option<&'static Table>,
}

/// A column of a [`Table`].
#[derive(Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
    /// Whether it always holds something.
    pub need: Need,
}

impl Column {
    /// The column for a Rust type.
    #[must_use]
    pub const fn of<C: Cell>(name: &'static str) -> Self {
        Self { name, kind: C::KIND, need: C::NEED }
    }
}

/// An index of a [`Table`].
#[derive(Debug)]
pub struct Index {
    /// Its name.
    pub name: &'static str,
    /// What it is over.
    pub columns: &'static [&'static str],
    /// Whether two rows may agree.
    pub sort: Sort,
    /// The column without which a row is not in it: one that most rows lack costs them nothing.
    pub given: Option<&'static str>,
    /// The only engine that has it, where one has not.
    pub only: Option<Engine>,
}

/// Whether two rows of an index may agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// They may.
    Plain,
    /// They may not.
    Unique,
}

/// The engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// One file.
    Sqlite,
    /// A server.
    Postgres,
}

/// An index of terms made by the program: FTS5 on SQLite, arrays with GIN on PostgreSQL. The
/// one thing that the engines do in ways of their own.
#[derive(Debug)]
pub struct SearchIndex {
    /// Its name.
    pub name: &'static str,
    /// The read-model table whose `doc` it knows things by.
    pub of: &'static Table,
    /// Its columns.
    pub columns: &'static [&'static str],
    /// Counts up when the same columns are filled in another way.
    pub edition: u32,
    /// The same index while it is made anew; that one has none.
    pub next: Option<&'static SearchIndex>,
}

impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl PartialEq for SearchIndex {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// A row of a [`Table`].
pub trait TableRow: Shape {
    /// The table.
    const TABLE: &'static Table;

    /// One value for each column.
    fn values(self) -> Vec<Value>;
}

/// A row of some table, as it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct RowOf {
    /// The table.
    pub table: &'static Table,
    /// One value for each of its columns, the key first.
    pub values: Vec<Value>,
}

impl<R: TableRow> From<R> for RowOf {
    fn from(row: R) -> Self {
        Self { table: R::TABLE, values: row.values() }
    }
}

impl RowOf {
    /// The key.
    #[must_use]
    pub fn key(&self) -> &[Value] {
        &self.values[..self.table.key]
    }

    /// The same row with the numbers that it leaves to the writer: those of its stream's
    /// entries, each with its kind, in order from the first.
    #[must_use]
    pub fn numbered(mut self, entries: &[(String, i64)]) -> Self {
        let found = |wanted: Wanted| {
            let is_meant = |kind: &str| wanted.is_none_or(|wanted| unversioned(kind) == wanted);
            entries.iter().find(|(kind, _)| is_meant(kind)).map(|(_, number)| *number)
        };
        fill(&mut self.values, found);
        self
    }

    /// Which numbers it leaves to the writer.
    pub(crate) fn wants(&self) -> impl Iterator<Item = Wanted> + '_ {
        self.values.iter().filter_map(wanted)
    }
}

/// A number that a row leaves to the writer: that of its stream's first entry, or of the first
/// of a kind.
pub(crate) type Wanted = Option<&'static str>;

fn wanted(value: &Value) -> Option<Wanted> {
    match value {
        Value::Number => Some(None),
        Value::NumberOf(kind) => Some(Some(kind)),
        Value::Null | Value::Int(_) | Value::Text(_) | Value::Blob(_) => None,
    }
}

/// A kind of entries whatever its version.
pub(crate) fn unversioned(kind: &str) -> &str {
    kind.rsplit_once('.').map_or(kind, |(kind, _)| kind)
}

/// Puts numbers where the row leaves them to the writer.
pub(crate) fn fill(values: &mut [Value], number: impl Fn(Wanted) -> Option<i64>) {
    for value in values {
        if let Some(number) = wanted(value).and_then(&number) {
            *value = Value::Int(number);
        }
    }
}

/// Rows of one stream, in any order and of any tables.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows(pub Vec<RowOf>);

impl Rows {
    /// No rows.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// One row.
    #[must_use]
    pub fn of(row: impl Into<RowOf>) -> Self {
        Self(vec![row.into()])
    }

    /// The same and these.
    #[must_use]
    pub fn and<R: Into<RowOf>>(mut self, more: impl IntoIterator<Item = R>) -> Self {
        self.0.extend(more.into_iter().map(Into::into));
        self
    }
}

/// Declares a read-model table: its row, its columns and its indexes.
///
/// ```ignore
/// table! {
///     /// Orders.
///     pub OrderLine in "work_order", key (ledger, id) {
///         ledger: PlaceId,
///         id: OrderId,
///         due: Option<Moment>,
///         meeting: Option<MeetingId>,
///     }
///     index work_order_list (ledger, due, id);
///     unique work_order_once (due) on sqlite;
///     index work_order_meeting (ledger, meeting) where meeting;
/// }
/// ```
///
/// An index `where` a column holds only rows in which it is given: a statement that asks for a
/// value of that column finds them there.
///
/// After the key, `edition 2` says that the same columns are filled in another way than
/// before: stores then make the table anew, as they do when a column or an index changes.
#[macro_export]
macro_rules! table {
    (@sort index) => { $crate::table::Sort::Plain };
    (@sort unique) => { $crate::table::Sort::Unique };
    (@given) => { None };
    (@given $given:ident) => { Some(stringify!($given)) };
    (@only) => { None };
    (@only sqlite) => { Some($crate::table::Engine::Sqlite) };
    (@only postgres) => { Some($crate::table::Engine::Postgres) };
    (@edition) => { 1 };
    (@edition $edition:literal) => { $edition };
    (
        $(#[$doc:meta])*
        $vis:vis $row:ident in $name:literal, key ($($key:ident),+ $(,)?) $(edition $edition:literal)? {
            $($column:ident: $type:ty),+ $(,)?
        }
        $($sort:ident $index:ident ($($over:ident),+) $(where $given:ident)? $(on $only:ident)?;)*
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        #[allow(missing_docs)]
        $vis struct $row {
            $(pub $column: $type),+
        }

        impl $crate::table::TableRow for $row {
            const TABLE: &'static $crate::table::Table = {
                static COLUMNS: &[$crate::table::Column] =
                    &[$($crate::table::Column::of::<$type>(stringify!($column))),+];
                const KEY: &[&str] = &[$(stringify!($key)),+];
                static NEXT: $crate::table::Table = $crate::table::Table {
                    name: concat!($name, "_next"),
                    columns: COLUMNS,
                    key: KEY.len(),
                    indexes: &[],
                    edition: 0,
                    next: None,
                };
                static TABLE: $crate::table::Table = $crate::table::Table {
                    name: $name,
                    columns: COLUMNS,
                    key: KEY.len(),
                    indexes: &[$($crate::table::Index {
                        name: stringify!($index),
                        columns: &[$(stringify!($over)),+],
                        sort: $crate::table!(@sort $sort),
                        given: $crate::table!(@given $($given)?),
                        only: $crate::table!(@only $($only)?),
                    }),*],
                    edition: $crate::table!(@edition $($edition)?),
                    next: Some(&NEXT),
                };
                // Names in keys and indexes are the columns': the compiler looks them up.
                const _: fn(&$row) = |row| {
                    $(let _ = &row.$key;)+
                    $($(let _ = &row.$over;)+ $(let _ = &row.$given;)?)*
                };
                const _: () = $crate::table::key_comes_first(KEY, &[$(stringify!($column)),+]);
                &TABLE
            };

            fn values(self) -> Vec<$crate::Value> {
                vec![$($crate::Value::from(self.$column)),+]
            }
        }

        impl $crate::query::Shape for $row {
            fn select() -> String {
                let columns = [$(concat!($name, ".", stringify!($column))),+];
                format!("select {} from {}", columns.join(", "), $name)
            }

            fn read(values: &mut $crate::query::Values) -> Result<Self, $crate::Fault> {
                // In the order of the select above: nothing is looked up by name while rows are read.
                Ok(Self {
                    $($column: $crate::query::field(values, $name, stringify!($column))?),+
                })
            }
        }
    };
}

/// Fails to compile where the key is not made of the first columns, in their order.
pub const fn key_comes_first(key: &[&str], columns: &[&str]) {
    let mut n = 0;
    while n < key.len() {
        let (one, other) = (key[n].as_bytes(), columns[n].as_bytes());
        assert!(one.len() == other.len(), "the key must come first");
        let mut at = 0;
        while at < one.len() {
            assert!(one[at] == other[at], "the key must come first");
            at += 1;
        }
        n += 1;
    }
}

/// Declares an index of terms over the `doc` of a table.
#[macro_export]
macro_rules! search_index {
    ($(#[$doc:meta])* $vis:vis $static:ident in $name:literal, of $row:ident ($($column:ident),+) edition $edition:literal) => {
        $(#[$doc])*
        $vis static $static: $crate::SearchIndex = {
            static NEXT: $crate::SearchIndex = $crate::SearchIndex {
                name: concat!($name, "_next"),
                of: <$row as $crate::table::TableRow>::TABLE,
                columns: &[$(stringify!($column)),+],
                edition: 0,
                next: None,
            };
            $crate::SearchIndex {
                name: $name,
                of: <$row as $crate::table::TableRow>::TABLE,
                columns: &[$(stringify!($column)),+],
                edition: $edition,
                next: Some(&NEXT),
            }
        };
    };
}

impl Table {
    /// What makes it, for an engine, under its own name and without its further indexes.
    pub(crate) fn create(&self, engine: Engine) -> String {
        let columns: Vec<String> = self
            .columns
            .iter()
            .map(|column| {
                let kind = match column.kind {
                    Kind::Int | Kind::Number => "integer",
                    Kind::Text => "text",
                    Kind::Bytes => "blob",
                };
                let need = match column.need {
                    Need::Always => " not null",
                    Need::Sometimes => "",
                };
                format!("  {} {kind}{need},\n", column.name)
            })
            .collect();
        let key = self.names()[..self.key].join(", ");
        let text =
            format!("create table {} (\n{}  primary key ({key})\n) strict", self.name, columns.concat());
        migrate::for_engine(&text, engine)
    }

    /// What makes its indexes.
    pub(crate) fn create_indexes(&self, engine: Engine) -> Vec<String> {
        let of_engine = self.indexes.iter().filter(|index| index.only.is_none_or(|only| only == engine));
        of_engine
            .map(|index| {
                let sort = if index.sort == Sort::Unique { "unique index" } else { "index" };
                let columns = index.columns.join(", ");
                let given = index.given.map(|column| format!(" where {column} is not null"));
                let given = given.unwrap_or_default();
                format!("create {sort} {} on {} ({columns}){given}", index.name, self.name)
            })
            .collect()
    }

    /// A digest of the declaration, the same on both engines.
    pub(crate) fn digest(&self) -> String {
        let made = [Engine::Sqlite, Engine::Postgres].map(|engine| {
            let indexes = self.create_indexes(engine).join("\n");
            format!("{}\n{indexes}\n", self.create(engine))
        });
        crate::blobs::digest_of(format!("{}edition {}", made.concat(), self.edition).as_bytes())
    }

    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.columns.iter().map(|column| column.name).collect()
    }

    /// `insert … on conflict … do update`, with `source` in the place of the values.
    pub(crate) fn put_sql(&self, source: &str) -> String {
        let names = self.names();
        let key = names[..self.key].join(", ");
        let set: Vec<String> =
            names[self.key..].iter().map(|name| format!("{name} = excluded.{name}")).collect();
        let action =
            if set.is_empty() { "nothing".to_owned() } else { format!("update set {}", set.join(", ")) };
        format!("insert into {} ({}) {source} on conflict ({key}) do {action}", self.name, names.join(", "))
    }

    /// The same with `values (?1, ?2 …)`; put together once for each table.
    pub(crate) fn put_values_sql(&'static self) -> &'static str {
        static KNOWN: Mutex<BTreeMap<&str, &'static str>> = Mutex::new(BTreeMap::new());
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(self.name).or_insert_with(|| {
            let places: Vec<String> = (1..=self.columns.len()).map(|n| format!("?{n}")).collect();
            // There are as many as there are tables, and each is needed until the end.
            self.put_sql(&format!("values ({})", places.join(", "))).leak()
        })
    }

    /// `delete … where` all of the key.
    pub(crate) fn delete_sql(&self) -> String {
        let key: Vec<String> = self.names()[..self.key]
            .iter()
            .enumerate()
            .map(|(n, name)| format!("{name} = ?{}", n + 1))
            .collect();
        format!("delete from {} where {}", self.name, key.join(" and "))
    }
}

impl SearchIndex {
    /// What makes it, for an engine, under its own name.
    pub(crate) fn create(&self, engine: Engine) -> String {
        match engine {
            // To the plain tokenizer whatever is not ASCII is a part of a word: terms stay as they are.
            Engine::Sqlite => format!(
                "create virtual table {} using fts5 ({}, content = '', contentless_delete = 1, \
                 detail = none, tokenize = 'ascii')",
                self.name,
                self.columns.join(", ")
            ),
            Engine::Postgres => format!(
                "create table {} (ledger text collate \"C\" not null, doc bigint not null, {}, \
                 primary key (ledger, doc))",
                self.name,
                self.columns
                    .iter()
                    .map(|column| format!("{column} text[] not null"))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        }
    }

    /// What makes its further indexes: FTS5 needs none.
    pub(crate) fn create_indexes(&self, engine: Engine) -> Vec<String> {
        match engine {
            Engine::Sqlite => Vec::new(),
            Engine::Postgres => self
                .columns
                .iter()
                .map(|column| format!("create index {0}_{column} on {0} using gin ({column})", self.name))
                .collect(),
        }
    }

    /// A digest of the declaration, the same on both engines.
    pub(crate) fn digest(&self) -> String {
        let (sqlite, postgres) = (self.create(Engine::Sqlite), self.create(Engine::Postgres));
        let indexes = self.create_indexes(Engine::Postgres).join("\n");
        let text = format!("{sqlite}\n{postgres}\n{indexes}\n{}\nedition {}", self.of.name, self.edition);
        crate::blobs::digest_of(text.as_bytes())
    }
}

/// A table or an index of terms: what is made anew where it was declared otherwise.
#[derive(Clone, Copy, Debug)]
pub(crate) enum View {
    /// A table.
    Table(&'static Table),
    /// An index of terms.
    Search(&'static SearchIndex),
}

impl View {
    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            View::Table(table) => table.name,
            View::Search(index) => index.name,
        }
    }

    /// The digest of its declaration.
    pub(crate) fn digest(self) -> String {
        match self {
            View::Table(table) => table.digest(),
            View::Search(index) => index.digest(),
        }
    }

    /// What makes the one it is made anew in; nothing for such a one itself.
    pub(crate) fn create_next(self, engine: Engine) -> Option<String> {
        match self {
            View::Table(table) => table.next.map(|next| next.create(engine)),
            View::Search(index) => index.next.map(|next| next.create(engine)),
        }
    }

    /// What makes its indexes.
    pub(crate) fn create_indexes(self, engine: Engine) -> Vec<String> {
        match self {
            View::Table(table) => table.create_indexes(engine),
            View::Search(index) => index.create_indexes(engine),
        }
    }
}
