//! Nobody else on the machine reads what lies in a store.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use yishi_office::DERIVED;
use yishi_store::{Db, Keys, Location};

/// Everything in a folder, and the folder, with the mode of each.
fn modes(folder: &Path) -> Vec<(PathBuf, u32)> {
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    let mut found = vec![(folder.to_owned(), mode(folder))];
    for one in std::fs::read_dir(folder).unwrap() {
        let path = one.unwrap().path();
        match path.is_dir() {
            true => found.extend(modes(&path)),
            false => found.push((path.clone(), mode(&path))),
        }
    }
    found
}

async fn open(folder: &Path) -> Db {
    Db::open(&Location::Directory(folder.to_owned()), &DERIVED).await.unwrap()
}

#[tokio::test]
async fn only_the_owner_reads_what_is_in_a_store() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("data/yishi");
    let db = open(&folder).await;
    db.put_blob(b"a photo".to_vec()).await.unwrap();
    Keys::in_folder(folder.join("keys")).make("xinglin", "yishi.test/log/xinglin").unwrap();
    let modes = modes(&folder);
    for (path, mode) in &modes {
        assert_eq!(*mode, if path.is_dir() { 0o700 } else { 0o600 }, "{}", path.display());
    }
    for name in ["yishi.db", "yishi.db-wal", "yishi.lock", "xinglin.key"] {
        assert!(modes.iter().any(|(path, _)| path.ends_with(name)), "{name}");
    }
}

#[tokio::test]
async fn a_store_that_others_could_read_is_closed_to_them_when_it_is_opened() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let db = open(folder).await;
    db.put_blob(b"a photo".to_vec()).await.unwrap();
    drop(db);
    for (name, mode) in [("yishi.db", 0o664), ("yishi.lock", 0o644), ("blobs", 0o755)] {
        std::fs::set_permissions(folder.join(name), Permissions::from_mode(mode)).unwrap();
    }
    let _db = open(folder).await;
    let modes = modes(folder);
    for (name, mode) in [("yishi.db", 0o660), ("yishi.lock", 0o640), ("blobs", 0o750)] {
        assert!(modes.contains(&(folder.join(name), mode)), "{name}: {modes:?}");
    }
}
