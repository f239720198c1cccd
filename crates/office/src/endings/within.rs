//! What ends with something else: places, posters, roles and venues with the place they lie in,
//! the roles of its people with a body. Each has an entry of its own.

use super::{AT_ONCE, BEFORE_ANSWER, by_itself};
use crate::people::facts::scope_of;
use crate::places::reads::place;
use crate::{Batch, Failure, Office, Viewed};
use std::collections::BTreeMap;
use yishi_domain::people::{self, Account};
use yishi_domain::places::{Event as PlaceEvent, Place, Poster, PosterEvent, PosterId};
use yishi_domain::venues::{Event as VenueEvent, Venue, VenueId};
use yishi_kernel::{Grant, Heir, HolderKey, Moment, OrganisationId, Passing, PlaceId, Role, StreamName};
use yishi_store::ledgers::below;
use yishi_store::{args, query, row};

row! {
    /// A role that holds now.
    Post, from "account_role r" {
        ledger: PlaceId = "r.ledger",
        stream: String = "r.stream",
        role: Role = "r.role",
        place: PlaceId = "r.place",
        organisation: Option<OrganisationId> = "r.organisation",
        since: Moment = "r.since",
        until: Option<Moment> = "r.until",
    }
}

query! {
    FOR_BODY: Post => "where r.organisation = ?1 and (r.until is null or r.until > ?2) order by r.ledger, r.stream, r.n limit ?3",
        sorts "the people of one body";
    PLACES: PlaceId = "select id from place where ledger = ?1 and path > ?2 and path < ?3 and closed is null limit ?4",
        scans "places below one that was closed";
    POSTERS: PosterId = "select q.id from poster q join place p on p.ledger = q.ledger and p.id = q.place
         where q.ledger = ?1 and p.path >= ?2 and p.path < ?3 and q.revoked is null limit ?4",
        walks "posters of one ledger, when a place in it is closed";
    VENUES: VenueId = "select v.id from venue v join place p on p.ledger = v.ledger and p.id = v.place
         where v.ledger = ?1 and v.listed = 1 and p.path >= ?2 and p.path < ?3 limit ?4";
    POSTS: Post => "join place p on p.id = r.place
         where p.ledger = ?1 and p.path >= ?2 and p.path < ?3 and (r.until is null or r.until > ?4)
         order by r.ledger, r.stream, r.n limit ?5",
        scans "roles held at places below one that was closed";
}

impl Office {
    /// Ends what lies in a place that is no more: first who works there, then where it could be
    /// found, last the places themselves.
    pub(super) async fn empty(&self, closed: PlaceId) -> Result<(), Failure> {
        let Some(row) = place(&self.db, closed).await? else { return Ok(()) };
        let (ledger, most) = (row.ledger, AT_ONCE as i64);
        let (from, to) = below(&row.path);
        loop {
            let posts = POSTS.all(&self.db, &args![ledger, &from, &to, self.now(), most]).await?;
            if posts.is_empty() {
                break;
            }
            self.end_posts(posts).await?;
        }
        loop {
            let posters = POSTERS.all(&self.db, &args![ledger, &from, &to, most]).await?;
            let venues = VENUES.all(&self.db, &args![ledger, &from, &to, most]).await?;
            let places = PLACES.all(&self.db, &args![ledger, &from, &to, most]).await?;
            if posters.is_empty() && venues.is_empty() && places.is_empty() {
                return Ok(());
            }
            self.each::<Poster, _>(ledger, posters, || PosterEvent::Revoked {}).await?;
            self.each::<Venue, _>(ledger, venues, || VenueEvent::Ended {}).await?;
            self.each::<Place, _>(ledger, places, || PlaceEvent::Closed { with: Some(closed) }).await?;
        }
    }

    /// Ends the roles that are held for a body that takes part no more.
    pub(super) async fn end_roles_for(&self, body: OrganisationId) -> Result<(), Failure> {
        loop {
            let posts = FOR_BODY.all(&self.db, &args![body, self.now(), AT_ONCE as i64]).await?;
            if posts.is_empty() {
                return Ok(());
            }
            self.end_posts(posts).await?;
        }
    }

    /// Ends some roles; what was held in them passes on by the entries of their ends.
    async fn end_posts(&self, posts: Vec<Post>) -> Result<(), Failure> {
        let mut accounts: BTreeMap<(PlaceId, String), Vec<Post>> = BTreeMap::new();
        for post in posts {
            accounts.entry((post.ledger, post.stream.clone())).or_default().push(post);
        }
        for ((ledger, stream), posts) in accounts {
            let stream = StreamName::of("account", &stream);
            let mut events = Vec::new();
            for post in posts {
                let scope = scope_of(&self.db, post.place, self.now()).await?;
                let Post { role, place, organisation, since: from, until, .. } = post;
                events.push(people::ended(&Grant { role, place, organisation, from, until }, &scope));
            }
            let who = self.carry_out(|| async {
                let now = self.now();
                let mut batch = Batch::new(ledger, now);
                let mut loaded = self.load::<Account>(ledger, &stream).await?;
                batch.record(&stream, &mut loaded, Role::System, by_itself(events.clone(), now))?;
                Ok(self.append(batch).await?.with(loaded.must()?.id))
            });
            if let Some(id) = who.await? {
                let passing = Passing { from: HolderKey::person(id), to: Heir::Desk };
                self.pass_on(&passing, BEFORE_ANSWER).await?;
            }
        }
        Ok(())
    }

    /// The same happens to each of some things of one kind.
    async fn each<S: Viewed, I: Into<StreamName>>(
        &self,
        ledger: PlaceId,
        things: Vec<I>,
        what: impl Fn() -> S::Event,
    ) -> Result<(), Failure> {
        let streams: Vec<StreamName> = things.into_iter().map(Into::into).collect();
        if streams.is_empty() {
            return Ok(());
        }
        self.carry_out(|| async {
            let now = self.now();
            let mut batch = Batch::new(ledger, now);
            for stream in &streams {
                let mut loaded = self.load::<S>(ledger, stream).await?;
                batch.record(stream, &mut loaded, Role::System, by_itself(vec![what()], now))?;
            }
            self.append(batch).await
        })
        .await
    }
}
