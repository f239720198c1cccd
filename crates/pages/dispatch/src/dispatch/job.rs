//! An order for somebody who works on it: who may see it, and how it is found. Its page is in
//! [`super::handle`], each thing that can be done in a file of its own.

use crate::dispatch::face::{Called, Held, called, order_of};
use std::collections::BTreeSet;
use yishi_domain::dispatch::{CORRECT, Order, PUBLISH, PublishPhoto, READ};
use yishi_kernel::{PhotoDigest, Right, StreamName};
use yishi_office::dispatch::reads::OrderRow;
use yishi_web::album::Album;
use yishi_web::correct::Correctable;
use yishi_web::names::Names;
use yishi_web::sheet::{Found, Sheet, Thing};
use yishi_web::{Cx, Error};

/// An order at work.
#[derive(Debug)]
pub struct OrderAtWork;

/// The page of an order, with who looks at it.
pub type Job = Sheet<OrderAtWork>;

/// An order as listed, and the bodies it calls.
#[derive(Debug)]
pub struct Row {
    /// As listed.
    pub order: OrderRow,
    /// The bodies it calls, the lead first.
    pub called: Vec<Called>,
}

impl Thing for OrderAtWork {
    type At = (String, i64);
    type State = Order;
    type Row = Row;
    const FAMILY: &'static str = "dispatch";
    // The bodies called, and those who steer the place. Neighbours' stewards read the public
    // page.
    const SEEN_BY: &'static Right = &READ;

    async fn find(cx: &Cx, (slug, number): (String, i64)) -> Result<Found<Self>, Error> {
        let Held { ledger, row, loaded, path } = order_of(cx, &slug, number).await?;
        let called = called(&cx.app.office.db, loaded.must()?, cx.now, &mut Names::default()).await?;
        Found::new(ledger, Row { order: row, called }, loaded, path)
    }

    fn stream(found: &Found<Self>) -> StreamName {
        found.row.order.id.into()
    }

    fn link(found: &Found<Self>) -> String {
        format!("/w/{}/o/{}", found.ledger.slug, found.row.order.number)
    }
}

impl Album for OrderAtWork {
    type Publish = PublishPhoto;
    const PUBLISH: &'static Right = &PUBLISH;

    fn photos(state: &Self::State) -> (&BTreeSet<PhotoDigest>, &BTreeSet<PhotoDigest>) {
        (&state.photos, &state.published)
    }

    fn publish(photo: PhotoDigest) -> PublishPhoto {
        PublishPhoto { photo }
    }
}

impl Correctable for OrderAtWork {
    const CORRECT: &'static Right = &CORRECT;
}
