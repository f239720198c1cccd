//! Public pages as last shown. A page is shown again only while its ledger has not grown
//! since, so that nobody ever reads one older than the last entry. Nothing private is kept,
//! and nobody's odd links push out what others read.

use crate::{Cx, Error, View};
use axum::body::Bytes;
use axum::response::{Html, IntoResponse, Response};
use maud::Markup;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::OwnedMutexGuard;
use yishi_kernel::PlaceId;
use yishi_office::places::local::Local;
use yishi_store::ledgers::head;

/// Pages kept in all.
const KEPT: usize = 512;
/// Pages kept of one ledger.
const OF_ONE: usize = 64;
/// How long somebody waits for a page that another one makes.
const PATIENCE: Duration = Duration::from_secs(2);
/// Dates like "due today" are right to the minute.
const MINUTE: i64 = 60_000_000;

/// What a page is known by: its ledger, its link as [`crate::ui::link`] writes it (without
/// what no page asks for), language and size, and what it says of its place, which may come from
/// another ledger.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    ledger: PlaceId,
    link: String,
    language: &'static str,
    view: View,
    local: Arc<Local>,
}

/// What a page is true of: so many entries of its ledger, and the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State {
    entries: i64,
    minute: i64,
}

/// How often a page was asked for again: one that never was goes before all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Asked {
    Once,
    Again,
}

#[derive(Debug)]
struct Kept {
    state: State,
    page: Bytes,
    asked: Asked,
    /// When it was last used, in uses of all pages.
    used: u64,
}

/// Whose turn it is to make a page, while somebody makes it or waits for it.
type Turn = tokio::sync::Mutex<()>;

#[derive(Debug, Default)]
struct Shelf {
    pages: HashMap<Key, Kept>,
    turns: HashMap<Key, Weak<Turn>>,
    uses: u64,
}

/// Pages by what they are known by.
#[derive(Debug, Default)]
pub struct Boards {
    shelf: Mutex<Shelf>,
    /// Of each ledger what was counted last, and in which minute.
    counted: Mutex<HashMap<PlaceId, Counted>>,
}

/// Figures that a board says in passing, and in which minute they were counted.
type Figures = [u64; 3];

#[derive(Clone, Debug, Default)]
struct Counted {
    last: Option<(i64, Figures)>,
    /// Held by whoever counts.
    turn: Arc<Turn>,
}

/// Under what to keep a page: read before anything that it shows. Until it is kept or given up,
/// whoever else asks for the same waits for it.
#[derive(Debug)]
pub struct Stamp {
    key: Key,
    state: State,
    _turn: Option<OwnedMutexGuard<()>>,
}

/// The turn of somebody who waits for what another one makes; none where that takes too long, so
/// that a store that hangs keeps each waiting by itself, and not one after the other.
async fn turn_of(turn: Arc<Turn>) -> Option<OwnedMutexGuard<()>> {
    tokio::time::timeout(PATIENCE, turn.lock_owned()).await.ok()
}

impl Boards {
    /// The page as last shown, if it still is as it was; else the stamp under which to keep
    /// the new one. Where somebody is making it, that one is waited for: after an entry all who
    /// read would make the same. Whoever is signed in has a page of their own and no stamp.
    pub async fn look(
        &self,
        cx: &Cx,
        ledger: PlaceId,
        link: &str,
    ) -> Result<Result<Response, Option<Stamp>>, Error> {
        if cx.staff.is_some() {
            return Ok(Err(None));
        }
        let db = &cx.app.office.db;
        let state =
            async || Ok::<_, Error>(State { entries: head(db, ledger).await?, minute: cx.now.0 / MINUTE });
        let (language, local) = (cx.locale.tag(), Arc::clone(&cx.local));
        let key = Key { ledger, link: link.to_owned(), language, view: cx.view, local };
        let asked = state().await?;
        let turn = match self.shelf().find(&key, asked) {
            Found::Page(page) => return Ok(Ok(Html(page).into_response())),
            Found::Turn(turn) => turn,
        };
        let (turn, now) = match Arc::clone(&turn).try_lock_owned() {
            Ok(turn) => (Some(turn), asked),
            Err(_) => {
                // Whoever waits holds nothing that others could read with.
                db.look_anew();
                let turn = turn_of(turn).await;
                // What was made meanwhile has all that was there when this one was asked for.
                if let Found::Page(page) = self.shelf().find(&key, asked) {
                    return Ok(Ok(Html(page).into_response()));
                }
                (turn, state().await?)
            }
        };
        Ok(Err(Some(Stamp { key, state: now, _turn: turn })))
    }

    /// Figures of a ledger that its board says in passing: what takes the longer the more there is
    /// must not be counted for each page. Where `many` says so they hold for the minute; one page
    /// counts then, and those that are made meanwhile say what was counted before.
    ///
    /// # Errors
    /// When counting fails.
    pub async fn counted<E>(
        &self,
        cx: &Cx,
        ledger: PlaceId,
        count: impl Future<Output = Result<Figures, E>>,
        many: impl FnOnce(&Figures) -> bool,
    ) -> Result<Figures, E> {
        let minute = cx.now.0 / MINUTE;
        let kept = || self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = |of: &Counted| of.last.filter(|(at, _)| *at == minute).map(|(_, figures)| figures);
        let before = kept().entry(ledger).or_default().clone();
        if let Some(figures) = fresh(&before) {
            return Ok(figures);
        }
        let _turn = match (before.turn.try_lock(), before.last) {
            (Ok(turn), _) => turn,
            (Err(_), Some((_, figures))) => return Ok(figures),
            (Err(_), None) => before.turn.lock().await,
        };
        // Somebody may have counted while this page waited.
        if let Some(figures) = kept().get(&ledger).and_then(fresh) {
            return Ok(figures);
        }
        let figures = count.await?;
        let last = many(&figures).then_some((minute, figures));
        kept().entry(ledger).or_default().last = last;
        Ok(figures)
    }

    /// Answers with a page that was made from what the ledger held at the stamp, or later, and
    /// keeps it.
    pub fn keep(&self, stamp: Option<Stamp>, page: Markup) -> Response {
        let page = Bytes::from(page.into_string());
        if let Some(Stamp { key, state, _turn }) = stamp {
            self.shelf().keep(key, state, page.clone());
        }
        Html(page).into_response()
    }

    fn shelf(&self) -> std::sync::MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is on the shelf of a page.
enum Found {
    /// The page, as it is now or became since.
    Page(Bytes),
    /// None; who has this may make it.
    Turn(Arc<Turn>),
}

impl Shelf {
    fn find(&mut self, key: &Key, state: State) -> Found {
        self.uses += 1;
        if let Some(kept) = self.pages.get_mut(key) {
            (kept.used, kept.asked) = (self.uses, Asked::Again);
            if kept.state.entries >= state.entries && kept.state.minute >= state.minute {
                return Found::Page(kept.page.clone());
            }
        }
        if let Some(turn) = self.turns.get(key).and_then(Weak::upgrade) {
            return Found::Turn(turn);
        }
        if self.turns.len() >= KEPT {
            self.turns.retain(|_, turn| turn.strong_count() > 0);
        }
        let turn = Arc::default();
        self.turns.insert(key.clone(), Arc::downgrade(&turn));
        Found::Turn(turn)
    }

    fn keep(&mut self, key: Key, state: State, page: Bytes) {
        self.uses += 1;
        let used = self.uses;
        if let Some(kept) = self.pages.get_mut(&key) {
            // Another request may have kept a later one meanwhile.
            if kept.state.entries <= state.entries {
                (kept.state, kept.page, kept.used) = (state, page, used);
            }
            return;
        }
        let of_one = self.pages.keys().filter(|one| one.ledger == key.ledger).count();
        if of_one >= OF_ONE {
            self.forget(|one| one.ledger == key.ledger);
        } else if self.pages.len() >= KEPT {
            self.forget(|_| true);
        }
        self.pages.insert(key, Kept { state, page, asked: Asked::Once, used });
    }

    /// Forgets the least used of these pages.
    fn forget(&mut self, of: impl Fn(&Key) -> bool) {
        let least =
            self.pages.iter().filter(|(key, _)| of(key)).min_by_key(|(_, kept)| (kept.asked, kept.used));
        if let Some(key) = least.map(|(key, _)| key.clone()) {
            self.pages.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(ledger: u128, link: &str) -> Key {
        let ledger = PlaceId(uuid::Uuid::from_u128(ledger));
        Key { ledger, link: link.to_owned(), language: "en", view: View::Standard, local: Arc::default() }
    }

    const NOW: State = State { entries: 1, minute: 1 };

    fn page(found: Found) -> Option<Bytes> {
        match found {
            Found::Page(page) => Some(page),
            Found::Turn(_) => None,
        }
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_waits_for_a_page_that_never_comes_makes_their_own_and_all_at_once() {
        let turn = Arc::new(Turn::default());
        let held = Arc::clone(&turn).lock_owned().await;
        let began = tokio::time::Instant::now();
        let (one, other) = tokio::join!(turn_of(Arc::clone(&turn)), turn_of(Arc::clone(&turn)));
        assert!(one.is_none() && other.is_none());
        assert_eq!(began.elapsed(), PATIENCE, "not one after the other");
        drop(held);
        assert!(turn_of(turn).await.is_some());
    }

    #[test]
    fn a_page_is_found_until_its_ledger_grows_or_the_minute_ends() {
        let mut shelf = Shelf::default();
        shelf.keep(key(1, "/c/x"), NOW, "page".into());
        assert_eq!(page(shelf.find(&key(1, "/c/x"), NOW)).unwrap(), "page");
        for later in [State { entries: 2, ..NOW }, State { minute: 2, ..NOW }] {
            assert_eq!(page(shelf.find(&key(1, "/c/x"), later)), None);
        }
        shelf.keep(key(1, "/c/x"), State { entries: 2, minute: 2 }, "new".into());
        shelf.keep(key(1, "/c/x"), NOW, "page".into());
        assert_eq!(page(shelf.find(&key(1, "/c/x"), State { entries: 2, minute: 2 })).unwrap(), "new");
        // Who asked before the last entry came gets what has it.
        assert_eq!(page(shelf.find(&key(1, "/c/x"), NOW)).unwrap(), "new");
        assert_eq!(shelf.pages.len(), 1);
    }

    #[test]
    fn whoever_asks_for_the_same_has_the_same_turn_and_turns_that_are_over_are_forgotten() {
        let mut shelf = Shelf::default();
        let turn = |shelf: &mut Shelf, n: usize| match shelf.find(&key(1, &format!("/c/x?before={n}")), NOW) {
            Found::Page(_) => panic!("nothing was kept"),
            Found::Turn(turn) => turn,
        };
        let first = turn(&mut shelf, 0);
        for n in 0..5_000 {
            let again = turn(&mut shelf, n);
            assert_eq!(Arc::ptr_eq(&first, &again), n == 0);
            assert!(shelf.turns.len() <= KEPT);
        }
        assert!(Arc::ptr_eq(&first, &turn(&mut shelf, 0)));
    }

    #[test]
    fn nobody_pushes_out_what_others_read() {
        let mut shelf = Shelf::default();
        for ledger in 0..8 {
            shelf.keep(key(ledger, "/c/x"), NOW, "board".into());
            assert!(page(shelf.find(&key(ledger, "/c/x"), NOW)).is_some());
        }
        for n in 0..5_000 {
            shelf.keep(key(3, &format!("/c/x?before={n}")), NOW, Bytes::new());
            assert!(shelf.pages.len() <= 8 + OF_ONE);
        }
        for ledger in 8..600 {
            shelf.keep(key(ledger, "/c/x"), NOW, Bytes::new());
        }
        assert_eq!(shelf.pages.len(), KEPT);
        for ledger in 0..8 {
            assert!(page(shelf.find(&key(ledger, "/c/x"), NOW)).is_some(), "{ledger}");
        }
    }
}
