//! Tables of organisations, accounts and the roles they hold.

use super::{RowOf, Viewed, moment, optional, text};
use crate::{Column, Kind, Table, Value};
use yishi_domain::people::{Account, Organisation};
use yishi_domain::{Loaded, PlaceId};

/// Organisations.
pub static ORGANISATION: Table = Table {
    name: "organisation",
    columns: &[
        Column::new("ledger", Kind::Text),
        Column::new("id", Kind::Text),
        Column::new("kind", Kind::Text),
        Column::new("name", Kind::Text),
        Column::new("place", Kind::Text),
        Column::new("closed", Kind::Int),
    ],
    key: 2,
};

/// Accounts by the stream that is named by the digest of their id.
pub static ACCOUNT: Table = Table {
    name: "account",
    columns: &[
        Column::new("ledger", Kind::Text),
        Column::new("stream", Kind::Text),
        Column::new("id", Kind::Text),
        Column::new("name", Kind::Text),
        Column::new("employer", Kind::Text),
        Column::new("opened", Kind::Int),
    ],
    key: 2,
};

/// Roles held, past ones too; `place` is the place itself.
pub static ACCOUNT_ROLE: Table = Table {
    name: "account_role",
    columns: &[
        Column::new("ledger", Kind::Text),
        Column::new("stream", Kind::Text),
        Column::new("n", Kind::Int),
        Column::new("id", Kind::Text),
        Column::new("role", Kind::Text),
        Column::new("place", Kind::Text),
        Column::new("organisation", Kind::Text),
        Column::new("since", Kind::Int),
        Column::new("until", Kind::Int),
    ],
    key: 3,
};

impl Viewed for Organisation {
    fn rows(ledger: PlaceId, id: &str, loaded: &Loaded<Self>) -> Vec<RowOf> {
        let Some((kind, name, place)) = &loaded.state.opened else {
            return Vec::new();
        };
        vec![RowOf {
            table: &ORGANISATION,
            values: vec![
                text(ledger),
                text(id),
                text(kind.word()),
                text(name),
                text(place),
                moment(loaded.state.closed),
            ],
        }]
    }

    fn place(&self) -> Option<PlaceId> {
        self.opened.as_ref().map(|(_, _, place)| *place)
    }
}

impl Viewed for Account {
    fn rows(ledger: PlaceId, id: &str, loaded: &Loaded<Self>) -> Vec<RowOf> {
        let account = &loaded.state;
        let Some(opened) = account.opened else {
            return Vec::new();
        };
        let mut rows = vec![RowOf {
            table: &ACCOUNT,
            values: vec![
                text(ledger),
                text(id),
                optional(account.id),
                optional(loaded.private::<String>(1, "name")),
                optional(account.employer),
                Value::Int(opened.0),
            ],
        }];
        rows.extend(account.grants.iter().zip(0_i64..).map(|(grant, n)| RowOf {
            table: &ACCOUNT_ROLE,
            values: vec![
                text(ledger),
                text(id),
                Value::Int(n),
                optional(account.id),
                text(grant.role.word()),
                text(grant.place),
                optional(grant.organisation),
                Value::Int(grant.from.0),
                moment(grant.until),
            ],
        }));
        rows
    }
}
