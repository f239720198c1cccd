//! What one page reads of SQLite, it reads in one transaction: it sees the store at one moment,
//! and the file is locked and looked at for changes once and not with each statement. What is
//! read outside of a page, and what PostgreSQL reads, is not known here.

use super::{Reader, Readers, Sqlite};
use crate::Fault;
use std::cell::RefCell;
use std::sync::{Arc, PoisonError};
use tokio::sync::OwnedSemaphorePermit;

tokio::task_local! {
    /// The view of the page that is being made.
    static VIEW: RefCell<View>;
}

/// The reader of a page, with its transaction, while no statement uses it.
struct View {
    of: Readers,
    reader: Option<Reader>,
    /// That it has one at all: pages that wait for something else would hold many.
    turn: Option<OwnedSemaphorePermit>,
}

impl View {
    fn end(&mut self) {
        if let Some(reader) = self.reader.take() {
            // A connection whose transaction does not end is given up with it.
            if run(&reader, "commit").is_ok() {
                self.of.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
            }
        }
        self.turn = None;
    }
}

impl Drop for View {
    fn drop(&mut self) {
        self.end();
    }
}

impl Sqlite {
    /// Makes a page: what it reads, it reads in one transaction, which begins with its first
    /// statement and anew after something was recorded meanwhile. Where too many pages are
    /// being made, each statement is a transaction of its own.
    pub(crate) async fn view<F: Future>(&self, page: F) -> F::Output {
        let view = View { of: Arc::clone(&self.readers), reader: None, turn: None };
        VIEW.scope(RefCell::new(view), page).await
    }

    /// A connection for a statement: the page's, where one is being made and it is free. Give
    /// it back by [`Sqlite::give_back`].
    pub(super) fn take(&self) -> Result<Reader, Fault> {
        let begin = self.viewed(|view| match (view.reader.take(), &view.turn) {
            (Some(reader), _) => Some(Ok(reader)),
            (None, Some(_)) => None,
            (None, None) => {
                view.turn = Arc::clone(&self.views).try_acquire_owned().ok();
                view.turn.as_ref().map(|_| self.begun())
            }
        });
        begin.flatten().unwrap_or_else(|| self.reader())
    }

    fn begun(&self) -> Result<Reader, Fault> {
        let reader = self.reader()?;
        run(&reader, "begin")?;
        Ok(reader)
    }

    /// Takes back a connection whose statement is done.
    pub(super) fn give_back(&self, reader: Reader) {
        if reader.connection.is_autocommit() {
            self.readers.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
        } else {
            let _ = self.viewed(|view| view.reader = Some(reader));
        }
    }

    /// What the page reads from now on is as the store stands now.
    pub(crate) fn look_anew(&self) {
        let _ = self.viewed(View::end);
    }

    /// Does something with the view of the page that is being made from this store.
    fn viewed<T>(&self, with: impl FnOnce(&mut View) -> T) -> Option<T> {
        VIEW.try_with(|view| {
            let mut view = view.try_borrow_mut().ok()?;
            Arc::ptr_eq(&view.of, &self.readers).then(|| with(&mut view))
        })
        .ok()
        .flatten()
    }
}

/// Begins or ends a transaction. SQLite asks whether a statement has taken too long after so many
/// steps of all its runs together: the limit of the read before it must not end this one.
fn run(reader: &Reader, sql: &str) -> Result<(), Fault> {
    reader.as_long_as_it_takes();
    reader.connection.prepare_cached(sql)?.execute([])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::run;
    use crate::sqlite::{Reader, STEPS};
    use rusqlite::Connection;
    use std::sync::atomic::Ordering;

    #[test]
    fn the_limit_of_the_read_before_ends_no_transaction() {
        let reader = Reader::new(Connection::open_in_memory().unwrap()).unwrap();
        for _ in 0..STEPS {
            for sql in ["begin", "commit"] {
                reader.until.store(0, Ordering::Relaxed);
                run(&reader, sql).unwrap();
            }
        }
    }
}
