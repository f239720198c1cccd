//! Both engines have the same tables, every statement is declared, and none scans what grows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use yishi_kernel::Actor;
use yishi_office::{DERIVED, features};
use yishi_store::query::{Apart, Statement};
use yishi_store::{Db, Fault, Location, statements};
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{TestStore, neighbourhood};

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
    store
        .office
        .db
        .execute(change("insert into migration (number, checksum) values (99, 'x')"))
        .await
        .unwrap();
    assert!(matches!(Db::open(&location, &DERIVED).await, Err(Fault::Migration { number: 99, .. })));
    store.office.db.execute(change("delete from migration where number = 99")).await.unwrap();
    store.office.db.execute(change("update migration set checksum = 'x' where number = 1")).await.unwrap();
    assert!(matches!(Db::open(&location, &DERIVED).await, Err(Fault::Migration { number: 1, .. })));
}

/// The statements of the store's own modules and those of the features, module by module.
fn modules() -> impl Iterator<Item = &'static [&'static Statement]> {
    statements::STATEMENTS.iter().chain(features::STATEMENTS).copied()
}

fn all() -> impl Iterator<Item = &'static Statement> {
    modules().flatten().copied()
}

/// Each statement of the program, by being declared, is looked at: it finds what it looks for
/// by an index and in the order of one, unless it says why not.
#[tokio::test]
async fn no_statement_scans_or_sorts() {
    let store = TestStore::sqlite().await;
    let office = &store.office;
    let there = neighbourhood(office).await;
    let mut needed = BTreeSet::new();
    let mut look = |when: &str| {
        let mut wrong = Vec::new();
        for statement in all() {
            let (name, sql) = (statement.name, statement.sample());
            let plan = office.db.plan(&sql).unwrap_or_else(|fault| panic!("{name}: {fault}\n{sql}"));
            // The rows of a list that is given are in no table.
            let given = |line: &str| line.ends_with("-ROW VALUES CLAUSE");
            let scans = plan.iter().any(|line| line.starts_with("SCAN") && !given(line));
            let sorts = plan.iter().any(|line| line.contains("TEMP B-TREE FOR ORDER BY"));
            let fits = match statement.apart {
                None => !scans && !sorts,
                Some(Apart::Sorts(_)) => !scans,
                Some(Apart::Scans(_)) => true,
            };
            if scans || sorts || plan.is_empty() {
                needed.insert(name);
            }
            if !fits {
                wrong.push(format!("{name}: {sql}\n{plan:#?}"));
            }
            // Neither an insertion nor emptying a table has anything to plan.
            assert!(!plan.is_empty() || sql.starts_with("insert") || !sql.contains("where"), "{name}");
        }
        assert!(wrong.is_empty(), "{when}:\n{}", wrong.join("\n"));
    };
    look("empty");
    let many = (0..300)
        .map(|n| {
            let mut one = raising(&n.to_string(), there.stairwells[n % 2], &format!("第{n}件事"));
            one.category = Some(["01", "02", "03"][n % 3].to_owned());
            one.source = (n % 2 == 0).then(|| n.to_string());
            one
        })
        .collect();
    office.raise_all(&Actor::visitor(), there.building, many).await.unwrap();
    look("before analyze");
    office.db.execute(vec![("analyze", vec![])]).await.unwrap();
    look("after analyze");
    let apart: BTreeSet<&str> = all().filter(|one| one.apart.is_some()).map(|one| one.name).collect();
    assert!(apart.is_subset(&needed), "these need no leave: {:?}", apart.difference(&needed));
}

/// The engines write entries in ways of their own, which no other could plan.
const ENGINE: &str = "store/src/postgres.rs";

#[test]
fn every_statement_is_declared() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut declaring = 0;
    for name in ["store", "office", "web", "yishi"] {
        visit(&crates.join(name).join("src"), &mut |path, text| {
            let declared = without_blocks(text, "query! {");
            declaring += usize::from(declared.len() < text.len());
            let bare = without_blocks(&without_blocks(&declared, "row! {"), "mod tests {");
            if path.ends_with(ENGINE) {
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
