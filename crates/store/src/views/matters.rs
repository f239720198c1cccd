//! Tables of matters, of which matter carries which, and of receipts.

use super::{RowOf, TermsOf, Viewed, moment, optional, text};
use crate::{Column, Kind, SearchIndex, Table, Value};
use sha2::{Digest, Sha256};
use yishi_domain::matters::{Matter, Receipt, StageKind};
use yishi_domain::{Loaded, MatterId, PlaceId, search};

/// Matters. `listed` is 1 unless another matter carries it; `state` is what the board
/// filters by; `holder`, `step` and `due` say what comes next, where anything does.
pub static MATTER: Table = Table {
    name: "matter",
    columns: &[
        Column::new("ledger", Kind::Text),
        Column::new("id", Kind::Text),
        Column::new("doc", Kind::Int),
        Column::new("stage", Kind::Text),
        Column::new("listed", Kind::Int),
        Column::new("state", Kind::Text),
        Column::new("category", Kind::Text),
        Column::new("outcome", Kind::Text),
        Column::new("place", Kind::Text),
        Column::new("exact", Kind::Text),
        Column::new("around", Kind::Text),
        Column::new("about", Kind::Text),
        Column::new("raised", Kind::Int),
        Column::new("step", Kind::Text),
        Column::new("holder", Kind::Text),
        Column::new("due", Kind::Int),
        Column::new("answered", Kind::Int),
        Column::new("closed", Kind::Int),
        Column::new("merged_into", Kind::Text),
        Column::new("summary", Kind::Text),
        Column::new("photo", Kind::Text),
        Column::new("photos", Kind::Int),
        Column::new("source", Kind::Text),
    ],
    key: 2,
};

/// Which matter carries each matter, itself included: one row for each matter.
pub static FAMILY: Table = Table {
    name: "family",
    columns: &[
        Column::new("ledger", Kind::Text),
        Column::new("member", Kind::Text),
        Column::new("root", Kind::Text),
    ],
    key: 2,
};

/// Receipts, each on the matter it was opened on.
pub static RECEIPT: Table = Table {
    name: "receipt",
    columns: &[
        Column::new("ledger", Kind::Text),
        Column::new("id", Kind::Text),
        Column::new("matter", Kind::Text),
        Column::new("how", Kind::Text),
        Column::new("proof", Kind::Text),
        Column::new("secret", Kind::Text),
        Column::new("supporter", Kind::Text),
        Column::new("account", Kind::Text),
        Column::new("opened", Kind::Int),
        Column::new("contact", Kind::Int),
        Column::new("evaluated", Kind::Int),
        Column::new("solved", Kind::Text),
        Column::new("satisfaction", Kind::Text),
        Column::new("called", Kind::Int),
        Column::new("missed", Kind::Int),
    ],
    key: 2,
};

/// Terms of matters: of what the public may read, and of everything said.
pub static MATTER_SEARCH: SearchIndex =
    SearchIndex { name: "matter_search", of: &MATTER, columns: &["public", "entire"] };

/// What the board filters by (公示状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoardState {
    /// Not answered yet.
    Open,
    /// Answered, being evaluated.
    Answered,
    /// Closed.
    Closed,
}

impl BoardState {
    /// Every one, in order.
    pub const ALL: [BoardState; 3] = [BoardState::Open, BoardState::Answered, BoardState::Closed];

    /// The word in tables, links and text keys.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            BoardState::Open => "open",
            BoardState::Answered => "answered",
            BoardState::Closed => "closed",
        }
    }

    /// The one of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    fn of(stage: StageKind) -> Self {
        match stage {
            StageKind::Raised | StageKind::InHand | StageKind::Merged => BoardState::Open,
            StageKind::Answered => BoardState::Answered,
            StageKind::Closed => BoardState::Closed,
        }
    }
}

impl Viewed for Matter {
    fn rows(ledger: PlaceId, id: &str, loaded: &Loaded<Self>) -> Vec<RowOf> {
        let matter = &loaded.state;
        let (Some(stage), Some(raised), Some(place), Some(around), Ok(own)) =
            (matter.stage(), matter.raised(), matter.place(), matter.around(), id.parse::<MatterId>())
        else {
            return Vec::new();
        };
        let next = matter.next();
        let (step, holder, due) = match &next {
            Some((step, holder, due)) => (text(step.word()), text(holder.as_str()), Value::Int(due.0)),
            None => (Value::Null, Value::Null, Value::Null),
        };
        let mut rows = vec![RowOf {
            table: &MATTER,
            values: vec![
                text(ledger),
                text(id),
                Value::Int(doc(id, raised.0)),
                text(stage.word()),
                Value::Int(i64::from(stage != StageKind::Merged)),
                text(BoardState::of(stage).word()),
                text(matter.category().map_or("", |code| code.0.as_str())),
                optional(matter.outcome().map(|outcome| outcome.word())),
                text(place),
                optional(matter.exact()),
                text(around),
                optional(matter.about()),
                Value::Int(raised.0),
                step,
                holder,
                due,
                moment(matter.answered()),
                moment(matter.closed()),
                optional(matter.merged_into()),
                optional(matter.summary()),
                optional(matter.published().first().map(|photo| photo.0.as_str())),
                Value::Int(i64::try_from(matter.photos().len()).unwrap_or(i64::MAX)),
                optional(matter.source()),
            ],
        }];
        rows.extend(
            matter
                .family(own)
                .iter()
                .map(|member| RowOf { table: &FAMILY, values: vec![text(ledger), text(member), text(id)] }),
        );
        rows
    }

    fn terms(id: &str, loaded: &Loaded<Self>) -> Option<TermsOf> {
        let raised = loaded.state.raised()?;
        let public = loaded.state.summary().unwrap_or_default();
        let said = |field| loaded.private::<String>(1, field).unwrap_or_default();
        let entire = format!("{}\n{}\n{public}", said("title"), said("text"));
        Some(TermsOf {
            index: &MATTER_SEARCH,
            doc: doc(id, raised.0),
            columns: vec![search::terms(public), search::terms(&entire)],
        })
    }

    fn place(&self) -> Option<PlaceId> {
        Matter::place(self)
    }
}

impl Viewed for Receipt {
    fn rows(ledger: PlaceId, id: &str, loaded: &Loaded<Self>) -> Vec<RowOf> {
        let receipt = &loaded.state;
        let (Some(matter), Some(opened), Some(how), Some(proof)) =
            (receipt.matter(), receipt.opened(), receipt.how(), receipt.proof())
        else {
            return Vec::new();
        };
        let (evaluated, solved, satisfaction) = match receipt.evaluation() {
            Some((answer, solved, satisfaction)) => {
                (Value::Int(answer.0), text(solved.word()), text(satisfaction.word()))
            }
            None => (Value::Null, Value::Null, Value::Null),
        };
        let called = receipt.called();
        vec![RowOf {
            table: &RECEIPT,
            values: vec![
                text(ledger),
                text(id),
                text(matter),
                text(how.word()),
                text(proof.word()),
                optional(receipt.secret()),
                optional(receipt.supporter()),
                optional(receipt.account()),
                Value::Int(opened.0),
                Value::Int(i64::from(receipt.gave_contact())),
                evaluated,
                solved,
                satisfaction,
                moment(called.map(|(answer, _)| answer)),
                Value::Int(called.map_or(0, |(_, missed)| i64::try_from(missed).unwrap_or(i64::MAX))),
            ],
        }]
    }
}

/// The number by which the search index knows a matter: in the order of raising, and told
/// apart within a microsecond by eleven bits of the id. Where that is not enough the store
/// refuses the second one, and it is raised a microsecond later.
fn doc(id: &str, raised: i64) -> i64 {
    let digest = Sha256::digest(id.as_bytes());
    let low = (i64::from(digest[0]) << 8 | i64::from(digest[1])) & 0x7ff;
    (raised << 11) | low
}
