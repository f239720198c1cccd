use std::path::Path;
use yishi_domain::access::permission_table;

/// A change of who may do what shows as a change of `docs/permissions.txt`. To accept it,
/// run the tests with `UPDATE_GOLDEN=1` and read the difference.
#[test]
fn the_permission_table_in_the_docs_is_the_programs() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/permissions.txt");
    let now = permission_table();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &now).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == now,
        "docs/permissions.txt differs from the predicate; run with UPDATE_GOLDEN=1 and review"
    );
}
