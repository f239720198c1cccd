//! What is read again and again while many things are decided alike (批量): an answer is remembered
//! while they are, so that a hundred thousand rows about one building ask for it once. Whether it
//! still is so when they are recorded, their guards say; nothing else is remembered across reads.

use crate::db::Row;
use std::cell::RefCell;
use std::collections::BTreeMap;
use yishi_kernel::cell::Value;

tokio::task_local! {
    static ANSWERS: RefCell<Answers>;
}

/// Answers kept at once. Those that are asked for again are soon there again.
const KEPT: usize = 4_096;
/// Rows of an answer that is kept.
const LONGEST: usize = 64;

/// Answers by statement and arguments.
#[derive(Default)]
struct Answers {
    by: BTreeMap<String, BTreeMap<Vec<Value>, Vec<Row>>>,
    count: usize,
}

/// Does something in which whatever is read twice alike is read once.
pub(crate) async fn scope<F: Future>(work: F) -> F::Output {
    ANSWERS.scope(RefCell::default(), work).await
}

/// The answer given before, where answers are remembered.
pub(crate) fn answer(sql: &str, args: &[Value]) -> Option<Vec<Row>> {
    let found = |answers: &RefCell<Answers>| answers.borrow().by.get(sql)?.get(args).cloned();
    ANSWERS.try_with(found).ok().flatten()
}

/// Remembers an answer, where answers are.
pub(crate) fn note(sql: &str, args: &[Value], rows: &[Row]) {
    if rows.len() > LONGEST {
        return;
    }
    // Where nothing is remembered there is nothing to do.
    let _ = ANSWERS.try_with(|answers| {
        let mut answers = answers.borrow_mut();
        if answers.count >= KEPT {
            *answers = Answers::default();
        }
        answers.count += 1;
        answers.by.entry(sql.to_owned()).or_default().insert(args.to_vec(), rows.to_vec());
    });
}
