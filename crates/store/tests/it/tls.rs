//! The connection to PostgreSQL is encrypted where its address says so, and to the right server
//! where it says that.

use yishi_office::DERIVED;
use yishi_store::{Db, Fault, Location};
use yishi_testkit::TestStore;
use yishi_testkit::postgres::{Database, another_authority, authority};

/// The protocol of the connection that asks; nothing where it is not encrypted.
async fn protocol(url: String, keys: &std::path::Path) -> Result<Option<String>, Fault> {
    const OWN: &str = "select coalesce(version, '') from pg_stat_ssl where pid = pg_backend_pid()";
    let db = Db::open(&Location::Postgres { url, keys: keys.to_owned() }, &DERIVED).await?;
    let row = db.row(OWN, &[]).await?.unwrap();
    Ok(Some(row.text(0)?.to_owned()).filter(|version| !version.is_empty()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_is_as_safe_as_its_address_asks_for() {
    let Some(store) = TestStore::postgres().await else { return };
    if !Database::is_our_own() {
        eprintln!("\n*** TLS NOT TESTED: the server that TEST_PG names has certificates of its own ***\n");
        return;
    }
    let database = store.database.as_ref().unwrap();
    let by = |host: &str, settings: &str| protocol(database.with(host, settings), store.folder());
    assert_eq!(by("127.0.0.1", "sslmode=disable").await.unwrap(), None);
    for usual in ["application_name=yishi", "sslmode=prefer", "sslmode=require"] {
        assert_eq!(by("127.0.0.1", usual).await.unwrap().as_deref(), Some("TLSv1.3"), "{usual}");
    }
    let full = |file: &std::path::Path| format!("sslmode=verify-full&sslrootcert={}", file.display());
    assert_eq!(by("localhost", &full(&authority())).await.unwrap().as_deref(), Some("TLSv1.3"));
    for (host, settings, why) in [
        ("127.0.0.1", full(&authority()), "not valid for name"),
        ("localhost", full(&another_authority()), "invalid peer certificate"),
    ] {
        let told = by(host, &settings).await.unwrap_err().to_string();
        assert!(told.contains(why) && told.contains(host) && told.contains("sslmode"), "{told}");
    }
}
