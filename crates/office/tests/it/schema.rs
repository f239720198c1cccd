//! Both engines have the same tables, every statement is declared, and none scans what grows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use yishi_kernel::Actor;
use yishi_office::{DERIVED, features};
use yishi_store::query::{Apart, Statement};
use yishi_store::{Db, Fault, Location, statements};
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{TestStore, neighbourhood, stores};

type Columns = BTreeMap<(String, String), (String, i64, i64)>;

async fn columns(db: &Db) -> Columns {
    // Table, column, type, may not be null, place in the primary key.
    const SQLITE: &str = "select m.name, c.name, c.type, c.\"notnull\", c.pk
         from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table'";
    const POSTGRES: &str = "select c.relname::text, a.attname::text, format_type(a.atttypid, null),
            case when a.attnotnull then 1 else 0 end,
            coalesce(array_position(k.conkey, a.attnum), 0)
         from pg_class c
         join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         left join pg_constraint k on k.conrelid = c.oid and k.contype = 'p'
         where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace";
    let rows = match db {
        Db::Sqlite(_) => db.rows(SQLITE, &[]).await.unwrap(),
        Db::Postgres(_) => db.rows(POSTGRES, &[]).await.unwrap(),
    };
    rows.iter()
        .map(|row| {
            let text = |n| row.text(n).unwrap().to_lowercase();
            let kind = match text(2).as_str() {
                "integer" | "bigint" => "integer",
                "blob" | "bytea" => "bytes",
                other => other,
            }
            .to_owned();
            ((text(0), text(1)), (kind, row.int(3).unwrap(), row.int(4).unwrap()))
        })
        // Each engine searches its own way.
        .filter(|((table, _), _)| !table.starts_with("matter_search") && !table.starts_with("sqlite_"))
        .collect()
}

async fn indexes(db: &Db) -> BTreeMap<String, Vec<String>> {
    const SQLITE: &str = "select m.name, c.name from sqlite_master m join pragma_index_info(m.name) c
         where m.type = 'index' and m.sql is not null order by m.name, c.seqno";
    const POSTGRES: &str = "select i.relname::text, a.attname::text
         from pg_index x join pg_class i on i.oid = x.indexrelid
         join pg_attribute a on a.attrelid = i.oid
         where i.relnamespace = 'public'::regnamespace
           and not exists (select 1 from pg_constraint k where k.conindid = i.oid)
         order by i.relname, a.attnum";
    let rows = match db {
        Db::Sqlite(_) => db.rows(SQLITE, &[]).await.unwrap(),
        Db::Postgres(_) => db.rows(POSTGRES, &[]).await.unwrap(),
    };
    let mut indexes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in &rows {
        indexes.entry(row.text(0).unwrap().to_owned()).or_default().push(row.text(1).unwrap().to_owned());
    }
    indexes.retain(|name, _| !name.starts_with("matter_search"));
    indexes
}

#[tokio::test]
async fn both_engines_have_the_same_tables() {
    let sqlite = TestStore::sqlite().await;
    let here = columns(&sqlite.office.db).await;
    let tables: BTreeSet<&str> = here.keys().map(|(table, _)| table.as_str()).collect();
    for table in DERIVED.tables() {
        assert!(tables.contains(table.name));
        for column in table.columns {
            assert!(here.contains_key(&(table.name.to_owned(), column.name.to_owned())), "{}", column.name);
        }
        let count = here.keys().filter(|(name, _)| name == table.name).count();
        assert_eq!(count, table.columns.len(), "{}", table.name);
    }
    let Some(postgres) = TestStore::postgres().await else { return };
    assert_eq!(columns(&postgres.office.db).await, here);
    let (mut of_sqlite, of_postgres) = (indexes(&sqlite.office.db).await, indexes(&postgres.office.db).await);
    assert!(of_sqlite.len() > 10);
    // One search index for all ledgers is SQLite's way only.
    assert_eq!(of_sqlite.remove("matter_doc_once"), Some(vec!["doc".to_owned()]));
    assert_eq!(of_postgres, of_sqlite);
}

#[tokio::test]
async fn a_database_of_another_program_is_refused() {
    let store = TestStore::sqlite().await;
    let change = |sql| vec![(sql, vec![])];
    let location = Location::Directory(store.folder().to_owned());
    Db::open(&location, &DERIVED).await.expect("a second one may open it");
    let refused = async || match Db::open(&location, &DERIVED).await {
        Err(Fault::Unusable { source, .. }) => match *source {
            Fault::Migration { number, .. } => Some(number),
            _ => None,
        },
        _ => None,
    };
    store
        .office
        .db
        .execute(change("insert into migration (number, checksum) values (99, 'x')"))
        .await
        .unwrap();
    assert_eq!(refused().await, Some(99));
    store.office.db.execute(change("delete from migration where number = 99")).await.unwrap();
    store.office.db.execute(change("update migration set checksum = 'x' where number = 1")).await.unwrap();
    assert_eq!(refused().await, Some(1));
}

/// The statements of the store's own modules and those of the features, module by module.
fn modules() -> impl Iterator<Item = &'static [&'static Statement]> {
    statements::STATEMENTS.iter().chain(features::STATEMENTS).copied()
}

fn all() -> impl Iterator<Item = &'static Statement> {
    modules().flatten().copied()
}

/// What a statement may not do unless it says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cost {
    /// It sorts what it found.
    Sort,
    /// It reads all that a ledger has in a table.
    Walk,
    /// It reads all of a table.
    Scan,
}

/// What is known of a store's tables: their columns, and those of each index on PostgreSQL.
struct Known {
    columns: Columns,
    indexes: BTreeMap<String, Vec<String>>,
}

impl Known {
    async fn of(db: &Db) -> Self {
        const POSTGRES: &str = "select i.relname::text, a.attname::text
             from pg_index x join pg_class i on i.oid = x.indexrelid
             join pg_attribute a on a.attrelid = i.oid
             where i.relnamespace = 'public'::regnamespace order by i.relname, a.attnum";
        let mut indexes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        if let Db::Postgres(_) = db {
            for row in db.rows(POSTGRES, &[]).await.unwrap() {
                let [index, column] = [0, 1].map(|n| row.text(n).unwrap().to_owned());
                indexes.entry(index).or_default().push(column);
            }
        }
        Self { columns: columns(db).await, indexes }
    }
}

/// How dear a statement is on an engine, by its plan. Only SQLite is asked whether it sorts:
/// PostgreSQL does where little is found, however it is asked.
fn cost(db: &Db, known: &Known, sql: &str, plan: &[String]) -> Option<Cost> {
    let costs = match db {
        Db::Sqlite(_) => of_sqlite(&known.columns, sql, plan),
        Db::Postgres(_) => of_postgres(known, plan),
    };
    // So many of one table in the order of an index, by nothing but the ledger: it takes no
    // more than it gives.
    let sorts = plan.iter().any(|line| line.ends_with("ORDER BY") || node(line).starts_with("Sort"));
    let gives = !sorts && the_first_of_a_ledger(sql);
    costs.into_iter().filter(|cost| *cost != Cost::Walk || !gives).max()
}

fn the_first_of_a_ledger(sql: &str) -> bool {
    let Some((from, rest)) = sql.split_once(" where ") else { return false };
    let Some((by, order)) = rest.split_once(" order by ") else { return false };
    let by = by.split_once('.').map_or(by, |(_, column)| column);
    by == "ledger = ?1" && order.contains(" limit ") && !from.contains(" join ")
}

/// What it costs to look into an index of a table by these of its columns. A table that has a
/// single row for each ledger has no more to read.
fn looking<'a>(columns: &Columns, table: &str, by: impl IntoIterator<Item = &'a str>) -> Option<Cost> {
    let key = columns.iter().filter(|((of, _), (_, _, place))| of == table && *place > 0);
    let alone = key.map(|((_, name), _)| name.as_str()).eq(["ledger"]);
    match by.into_iter().collect::<Vec<_>>().as_slice() {
        [] => Some(Cost::Scan),
        ["ledger"] if !alone => Some(Cost::Walk),
        _ => None,
    }
}

/// The names in a condition or a statement, those of other tables' columns left out.
fn words(condition: &str) -> impl Iterator<Item = &str> {
    let name = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '.';
    condition.split(move |letter| !name(letter)).filter(|word| !word.contains('.'))
}

fn of_sqlite(columns: &Columns, sql: &str, plan: &[String]) -> Vec<Cost> {
    let one = |line: &String| {
        if line.contains("TEMP B-TREE") && line.ends_with("ORDER BY") {
            return Some(Cost::Sort);
        }
        // The rows of a list that is given are in no table.
        let given = line.ends_with("-ROW VALUES CLAUSE") || line == "SCAN CONSTANT ROW";
        if line.starts_with("SCAN") && !given {
            return Some(Cost::Scan);
        }
        let (name, by) = line.strip_prefix("SEARCH ")?.split_once(' ')?;
        if by.contains("AUTOMATIC") {
            return Some(Cost::Scan);
        }
        let (_, condition) = by.split_once('(').unwrap_or(("", ""));
        let is_column = |word: &&str| *word == "rowid" || columns.keys().any(|(_, name)| name == word);
        looking(columns, table_of(columns, sql, name), words(condition).filter(is_column))
    };
    plan.iter().filter_map(one).collect()
}

/// The table that stands under a name in a statement.
fn table_of<'a>(columns: &'a Columns, sql: &str, name: &str) -> &'a str {
    let names: Vec<&str> = words(sql).filter(|word| !word.is_empty()).collect();
    let stands = |table: &&str| names.windows(2).any(|pair| pair == [*table, name]) || *table == name;
    columns.keys().map(|(table, _)| table.as_str()).find(stands).unwrap_or_else(|| panic!("{name}: {sql}"))
}

/// What a line of a plan of PostgreSQL says.
fn node(line: &str) -> &str {
    line.trim_start_matches([' ', '-', '>'])
}

fn of_postgres(known: &Known, plan: &[String]) -> Vec<Cost> {
    let mut costs = Vec::new();
    for (n, line) in plan.iter().enumerate() {
        let line = node(line);
        if line.starts_with("Seq Scan") {
            costs.push(Cost::Scan);
        }
        if !line.starts_with("Index ") || !line.contains(" Scan ") {
            continue;
        }
        let names: Vec<&str> = line.split(' ').collect();
        let after = |word| names.iter().skip_while(|name| **name != word).nth(1).copied().unwrap();
        let condition = plan.get(n + 1).and_then(|next| next.trim_start().strip_prefix("Index Cond: "));
        let named = |column: &&str| words(condition.unwrap_or_default()).any(|word| word == *column);
        // What is asked of columns after one that is open is asked of everything before them.
        let by = known.indexes[after("using")].iter().map(String::as_str).take_while(named);
        costs.extend(looking(&known.columns, after("on"), by));
    }
    costs
}

/// Fills every table with rows that mean nothing, some of each ledger: PostgreSQL plans by how
/// many there are, and among few takes any way.
async fn grow(db: &Db) {
    let mut tables: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for ((table, column), (kind, _, place)) in columns(db).await {
        let value = match (column.as_str(), kind.as_str(), place) {
            ("ledger", _, _) => "'ledger ' || n % 40",
            ("doc", _, _) => "n",
            // Flags, versions and names of fields tell few rows from others.
            ("version", _, _) | (_, "integer", 0) => "n % 3",
            ("field", _, _) => "'name'",
            (_, "integer", _) => "n",
            (_, "bytes", _) => "decode(md5(n::text), 'hex')",
            _ => "'value ' || n",
        };
        tables.entry(table).or_default().push((column, value.to_owned()));
    }
    for (table, columns) in tables {
        let (names, values): (Vec<_>, Vec<_>) = columns.into_iter().unzip();
        let (names, values) = (names.join(", "), values.join(", "));
        let insert = format!(
            "insert into {table} ({names}) select {values} from generate_series(1, 4000) n on conflict do nothing"
        );
        db.execute(vec![(insert.leak(), vec![])]).await.unwrap();
    }
    db.execute(vec![("analyze", vec![])]).await.unwrap();
}

/// Plans statements, and tells which of them cost what they have no leave for.
async fn too_dear(
    db: &Db,
    statements: impl IntoIterator<Item = &'static Statement>,
    needed: &mut BTreeSet<&'static str>,
) -> Vec<String> {
    let known = Known::of(db).await;
    let mut wrong = Vec::new();
    for statement in statements {
        let (name, sql) = (statement.name, statement.sample());
        let plan = db.plan(&sql).await.unwrap_or_else(|fault| panic!("{name}: {fault}\n{sql}"));
        let cost = cost(db, &known, &sql, &plan);
        let leave = match statement.apart {
            None => None,
            Some(Apart::Sorts(_)) => Some(Cost::Sort),
            Some(Apart::Walks(_)) => Some(Cost::Walk),
            Some(Apart::Scans(_)) => Some(Cost::Scan),
        };
        if (cost.is_some() && cost == leave) || plan.is_empty() {
            needed.insert(name);
        }
        if cost > leave {
            wrong.push(format!("{name}: {cost:?}\n{sql}\n{plan:#?}"));
        }
        // Neither an insertion nor emptying a table has anything to plan.
        assert!(!plan.is_empty() || sql.starts_with("insert") || !sql.contains("where"), "{name}");
    }
    wrong
}

/// Each statement of the program, by being declared, is looked at: it finds what it looks for
/// by an index, and by more of it than the ledger, and in the order of one, unless it says why
/// not.
#[tokio::test]
async fn no_statement_scans_walks_or_sorts() {
    let mut needed = BTreeSet::new();
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let mut look = async |when: &str| {
            let wrong = too_dear(&office.db, all(), &mut needed).await;
            assert!(wrong.is_empty(), "{}, {when}:\n{}", store.engine(), wrong.join("\n"));
        };
        if let Db::Postgres(_) = office.db {
            grow(&office.db).await;
            look("grown").await;
            continue;
        }
        look("empty").await;
        let many: Vec<_> = (0..300)
            .map(|n| {
                let mut one = raising(&n.to_string(), there.stairwells[n % 2], &format!("第{n}件事"));
                one.category = Some(["01", "02", "03"][n % 3].to_owned());
                one.source = (n % 2 == 0).then(|| n.to_string());
                one
            })
            .collect();
        office.raise_all(&Actor::visitor(), there.building, many).await.unwrap();
        look("before analyze").await;
        office.db.execute(vec![("analyze", vec![])]).await.unwrap();
        look("after analyze").await;
    }
    let apart: BTreeSet<&str> = all().filter(|one| one.apart.is_some()).map(|one| one.name).collect();
    let in_vain: Vec<_> = apart.difference(&needed).collect();
    assert!(in_vain.is_empty(), "these need no leave: {in_vain:?}");
}

/// How many rows a statement gives is said by whoever asks, who then knows whether there are
/// more: nothing is left out that nobody is told of.
#[test]
fn no_statement_leaves_out_rows_by_itself() {
    let limited = |one: &&'static Statement| {
        let sql = one.sample();
        let mut limits = sql.split("limit ").skip(1);
        // One row is what was asked for: the last of something, or whether there is any.
        limits.any(|after| {
            let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
            !digits.is_empty() && digits != "1"
        })
    };
    let names: Vec<_> = all().filter(limited).map(|one| one.name).collect();
    assert!(names.is_empty(), "{names:?}");
}

mod toys {
    yishi_store::query! {
        // The column is in no index: all receipts of a ledger would be read.
        WALK: i64 = "select count(*) from receipt where ledger = ?1 and how = ?2";
        // So they would where one of two tables is found by its ledger alone.
        JOIN: String = "select r.id from matter m join receipt r on r.ledger = m.ledger and r.proof = ?3
             where m.ledger = ?1 and m.id = ?2";
        // Nothing says that few of them fit.
        CHOSEN: String = "select id from work_order where ledger = ?1 and kind = ?2 order by opened limit ?3";
        SCAN: i64 = "select count(*) from receipt where how = ?1";
        LEAVE: i64 = "select count(*) from receipt where ledger = ?1 and how = ?2", walks "a toy";
        // One row a ledger, so many of many, and by more than the ledger.
        ROW: String = "select slug from keeper where ledger = ?1";
        FIRST: String = "select id from topic where ledger = ?1 order by opened desc, id desc limit ?2";
        FOUND: i64 = "select count(*) from receipt where ledger = ?1 and matter = ?2";
    }
}

#[tokio::test]
async fn a_walk_over_a_ledger_would_be_seen() {
    for store in stores().await {
        if let Db::Postgres(_) = store.office.db {
            grow(&store.office.db).await;
        }
        let mut wrong = Vec::new();
        for statement in toys::QUERIES {
            let dear = too_dear(&store.office.db, [*statement], &mut BTreeSet::new()).await;
            let name = statement.name.rsplit("::").next().unwrap();
            wrong.extend(dear.iter().map(|_| name));
        }
        assert_eq!(wrong, ["WALK", "JOIN", "CHOSEN", "SCAN"], "{}", store.engine());
    }
}

/// The engines write entries in ways of their own, which no other could plan.
const ENGINE: [&str; 2] = ["store/src/postgres.rs", "store/src/postgres/record.rs"];

#[test]
fn every_statement_is_declared() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut declaring = 0;
    for name in ["store", "office", "web", "yishi"] {
        visit(&crates.join(name).join("src"), &mut |path, text| {
            let declared = without_blocks(text, "query! {");
            declaring += usize::from(declared.len() < text.len());
            let bare = without_blocks(&without_blocks(&declared, "row! {"), "mod tests {");
            if ENGINE.iter().any(|engine| path.ends_with(engine)) {
                return;
            }
            for literal in literals(&bare) {
                assert!(!is_statement(&literal), "{}: not in a query!: {literal}", path.display());
            }
        });
    }
    assert_eq!(
        declaring,
        modules().count() + 1,
        "each module with a query! is named in a list of STATEMENTS"
    );
    assert!(all().count() > 100);
}

fn is_statement(literal: &str) -> bool {
    let text = literal.to_lowercase();
    let has = |start: &str, and: &str| text.split_once(start).is_some_and(|(_, rest)| rest.contains(and));
    // Texts put together for any table have a hole where its name stands.
    let made = text.contains('{');
    !made
        && (has("select ", " from ")
            || has("insert into ", " values")
            || has("update ", " set ")
            || text.contains("delete from "))
}

fn visit(folder: &Path, look: &mut dyn FnMut(&Path, &str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            visit(&path, look);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            look(&path, &code.join("\n"));
        }
    }
}

/// The text without blocks that begin like this, up to the brace in the first column or the
/// indentation at which they began.
fn without_blocks(text: &str, start: &str) -> String {
    let mut left = String::new();
    let mut end: Option<String> = None;
    for line in text.lines() {
        match &end {
            Some(brace) if line == brace => end = None,
            Some(_) => {}
            None if line.trim_start().starts_with(start) => {
                let indent = &line[..line.len() - line.trim_start().len()];
                end = Some(format!("{indent}}}"));
            }
            None => {
                left.push_str(line);
                left.push('\n');
            }
        }
    }
    left.trim_end().to_owned()
}

/// What stands between quotes.
fn literals(code: &str) -> Vec<String> {
    code.replace("\\\"", "").split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn a_bare_statement_would_be_seen() {
    let code = "query! {\n    A: i64 = \"select a from b\";\n}\nfn f() { g(\"select a from c\") }\n";
    let bare = without_blocks(code, "query! {");
    let found: Vec<String> = literals(&bare).into_iter().filter(|one| is_statement(one)).collect();
    assert_eq!(found, ["select a from c"]);
    assert!(is_statement("insert into a (b) values (?1)") && is_statement("delete from a where b = ?1"));
    assert!(!is_statement("Select one of these") && !is_statement("update"));
}
