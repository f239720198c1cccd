//! Migrations make the same tables on both engines, and no page scans one that grows.

use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::Actor;
use yishi_store::reads::{dispatch, matters, meetings};
use yishi_store::{Db, views};
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
        // Each engine searches its own way, and photos lie in a folder beside SQLite.
        .filter(|((table, _), _)| {
            !table.starts_with("matter_search") && !table.starts_with("sqlite_") && table != "blob"
        })
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
    for table in views::TABLES {
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
    use yishi_store::{Fault, Location};
    let store = TestStore::sqlite().await;
    let change = |sql| vec![(sql, vec![])];
    let location = Location::Directory(store.folder().to_owned());
    Db::open(&location).await.expect("a second one may open it");
    store
        .office
        .db
        .execute(change("insert into migration (number, checksum) values (99, 'x')"))
        .await
        .unwrap();
    assert!(matches!(Db::open(&location).await, Err(Fault::Migration { number: 99, .. })));
    store.office.db.execute(change("delete from migration where number = 99")).await.unwrap();
    store.office.db.execute(change("update migration set checksum = 'x' where number = 1")).await.unwrap();
    assert!(matches!(Db::open(&location).await, Err(Fault::Migration { number: 1, .. })));
}

#[tokio::test]
async fn no_page_scans() {
    let store = TestStore::sqlite().await;
    let office = &store.office;
    let there = neighbourhood(office).await;
    let scans = |when: &str| {
        let queries = [matters::page_queries(), meetings::page_queries(), dispatch::page_queries()].concat();
        for sql in queries {
            let plan = office.db.plan(sql).unwrap();
            assert!(!plan.is_empty());
            assert!(!plan.iter().any(|line| line.starts_with("SCAN")), "{when}: {sql}\n{plan:#?}");
            // Sorting a whole ledger for one page would be a scan by another name.
            let board = sql.contains("m.listed = 1 and") || sql.contains("m.holder");
            assert!(
                !board || !plan.iter().any(|line| line.contains("TEMP B-TREE")),
                "{when}: {sql}\n{plan:#?}"
            );
        }
    };
    scans("empty");
    let many = (0..300)
        .map(|n| {
            let mut one = raising(&n.to_string(), there.stairwells[n % 2], &format!("第{n}件事"));
            one.category = Some(["01", "02", "03"][n % 3].to_owned());
            one
        })
        .collect();
    office.raise_all(&Actor::visitor(), there.building, many).await.unwrap();
    scans("before analyze");
    office.db.execute(vec![("analyze", vec![])]).await.unwrap();
    scans("after analyze");
}
