//! Files by their content, on both engines.

use yishi_store::blobs::digest_of;
use yishi_testkit::stores;

#[tokio::test]
async fn a_file_is_found_by_its_content_and_by_nothing_else() {
    for store in stores().await {
        let db = &store.office.db;
        let bytes = vec![0, 159, 146, 150, 255];
        let name = db.put_blob(bytes.clone()).await.unwrap();
        assert_eq!(name, digest_of(&bytes));
        assert_eq!(db.put_blob(bytes.clone()).await.unwrap(), name, "kept twice, it is there once");
        assert_eq!(db.blob(&name).await.unwrap(), Some(bytes));
        let empty = db.put_blob(Vec::new()).await.unwrap();
        assert_eq!(db.blob(&empty).await.unwrap(), Some(Vec::new()));
        let traversal = format!("../../{}", "a".repeat(58));
        for other in [digest_of(b"other").as_str(), "", "ab", "../yishi.db", &traversal] {
            assert_eq!(db.blob(other).await.unwrap(), None, "{other}");
        }
    }
}

#[tokio::test]
async fn many_keep_the_same_file_at_once() {
    for store in stores().await {
        let mut callers = tokio::task::JoinSet::new();
        for _ in 0..16 {
            let db = store.office.db.clone();
            callers.spawn(async move { db.put_blob(b"the same".to_vec()).await.unwrap() });
        }
        for name in callers.join_all().await {
            assert_eq!(store.office.db.blob(&name).await.unwrap().as_deref(), Some(&b"the same"[..]));
        }
    }
}
