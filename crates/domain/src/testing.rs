//! A book of streams in memory, for unit tests and laws: carries commands out with the facts
//! that a test brings, applies what follows from them elsewhere, and takes each event through
//! its entry and back, so that what is tested is what would be replayed.

#![allow(clippy::unwrap_used)]

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use uuid::Uuid;
use yishi_kernel::access::{Actor, Grant};
use yishi_kernel::command::{Also, Command, Decided, Start, decide, stamped, start};
use yishi_kernel::record::{self, Fields, Record};
use yishi_kernel::refusal::Common;
use yishi_kernel::rules::shipped;
use yishi_kernel::{
    AccountId, Context, Heir, HolderKey, Loaded, Moment, OrganisationId, Pack, Passing, PlaceId, Refusal,
    Role, Sealed, Stream, StreamName,
};

/// The rules as they ship, read once.
pub fn rules() -> Pack {
    static SHIPPED: LazyLock<Pack> =
        LazyLock::new(|| Pack::read(&shipped(crate::features::RULES), crate::features::RULES).unwrap());
    SHIPPED.clone()
}

/// A context for deciding; the role is set once the right was judged.
pub fn context<'a>(now: Moment, actor: &'a Actor, rules: &'a Pack, path: &'a [PlaceId]) -> Context<'a> {
    Context { now, actor, role: Role::Visitor, rules, path }
}

/// A place of a test.
pub fn place(n: u128) -> PlaceId {
    PlaceId(Uuid::from_u128(n))
}

/// An organisation of a test.
pub fn body(n: u128) -> OrganisationId {
    OrganisationId(Uuid::from_u128(n))
}

/// An account of a test.
pub fn account(n: u128) -> AccountId {
    AccountId(Uuid::from_u128(n))
}

/// Somebody with one role at a place.
pub fn person(n: u128, role: Role, at: u128) -> Actor {
    let grant = Grant { role, place: place(at), organisation: None, from: Moment(0), until: None };
    Actor { account: Some(account(n)), grants: vec![grant], ..Actor::default() }
}

/// Somebody who acts for an organisation.
pub fn officer(n: u128, role: Role, of: u128) -> Actor {
    let mut officer = person(n, role, 1);
    officer.grants[0].organisation = Some(body(of));
    officer
}

/// Whoever keeps places and accounts below a place.
pub fn keeper(at: u128) -> Actor {
    person(99, Role::Administrator, at)
}

/// Events that were decided, to be kept once all were.
type Kept = Box<dyn FnOnce(&mut Book)>;

/// Streams of one ledger.
#[derive(Default)]
pub struct Book {
    streams: BTreeMap<StreamName, Box<dyn Any>>,
    /// Everything recorded, in order: stream, kind, role.
    pub entries: Vec<(StreamName, String, Role)>,
    /// The same as it would be kept: stream and entry.
    pub records: Vec<(StreamName, Record)>,
}

impl Book {
    /// A stream as it stands.
    pub fn loaded<S: Stream>(&self, name: impl Into<StreamName>) -> Loaded<S> {
        let found = self.streams.get(&name.into()).and_then(|any| any.downcast_ref::<Loaded<S>>());
        found.cloned().unwrap_or_default()
    }

    /// The state of a stream that exists.
    pub fn state<S: Stream>(&self, name: impl Into<StreamName>) -> S {
        self.stands::<S>(&name.into()).cloned().expect("a stream that exists")
    }

    fn stands<S: Stream>(&self, name: &StreamName) -> Option<&S> {
        self.streams.get(name)?.downcast_ref::<Loaded<S>>()?.get()
    }

    /// Carries a command out on a thing that exists, with what follows from it.
    pub fn act<C: Command>(
        &mut self,
        name: impl Into<StreamName>,
        command: C,
        facts: &C::Facts,
        ctx: &Context,
    ) -> Result<(), Refusal> {
        let name = name.into();
        let on = self.stands::<C::On>(&name).ok_or(Common::Unknown)?;
        let (role, decided) = decide(command, on, facts, ctx)?;
        self.take(name, role, decided, ctx)
    }

    /// Carries a command out that makes something new.
    pub fn start<C: Start>(
        &mut self,
        name: impl Into<StreamName>,
        command: C,
        facts: &C::Facts,
        ctx: &Context,
    ) -> Result<(), Refusal> {
        let (role, decided) = start(command, facts, ctx)?;
        self.take(name.into(), role, decided, ctx)
    }

    fn take<S: Stream>(
        &mut self,
        name: StreamName,
        role: Role,
        decided: Decided<S>,
        ctx: &Context,
    ) -> Result<(), Refusal> {
        let ctx = &Context { role, ..*ctx };
        // All or nothing: effects are tried before anything is kept.
        let mut batch: Vec<Kept> = Vec::new();
        for also in decided.also {
            batch.push(self.also(also, role, ctx)?);
        }
        self.record::<S>(name, role, decided.events, ctx);
        for kept in batch {
            kept(self);
        }
        Ok(())
    }

    fn also(&self, also: Also, role: Role, ctx: &Context) -> Result<Kept, Refusal> {
        macro_rules! try_each {
            ($($stream:ty),+) => {$(
                if let Some(effect) = also.on::<$stream>() {
                    let name = also.stream.clone();
                    let events = effect.apply(self.stands::<$stream>(&name), ctx)?;
                    let events: Vec<_> = events.into_iter().map(|event| stamped(event, ctx)).collect();
                    return Ok(Box::new(move |book| book.keep::<$stream>(name, role, events)));
                }
            )+};
        }
        crate::all_streams!(try_each);
        panic!("an effect on a stream of no feature: {also:?}")
    }

    /// Has everything that hangs on somebody who is no longer there pass to the heir, as the
    /// office does. Afterwards nothing waits for them.
    pub fn pass_on(&mut self, passing: &Passing, ctx: &Context) {
        let itself = match passing.to {
            Heir::Desk => false,
            Heir::Named(holder, person) => {
                HolderKey::of(holder, person.map(Sealed::Kept).as_ref()) == passing.from
            }
        };
        let to = if itself { Heir::Desk } else { passing.to };
        let passing = &Passing { from: passing.from.clone(), to };
        macro_rules! pass_each {
            ($($stream:ty),+) => {$(
                for (name, state) in self.all::<$stream>() {
                    let events = state.pass_on(passing);
                    self.record::<$stream>(name.clone(), Role::System, events, ctx);
                    let waits = self.state::<$stream>(name).waits();
                    assert!(waits.iter().all(|wait| wait.holder != passing.from), "{waits:?}");
                }
            )+};
        }
        crate::all_streams!(pass_each);
    }

    /// Records events without asking anybody.
    pub fn record<S: Stream>(
        &mut self,
        name: impl Into<StreamName>,
        role: Role,
        events: Vec<S::Event>,
        ctx: &Context,
    ) {
        let events = events.into_iter().map(|event| stamped(event, ctx)).collect();
        self.keep::<S>(name.into(), role, events);
    }

    fn keep<S: Stream>(
        &mut self,
        name: StreamName,
        role: Role,
        events: Vec<yishi_kernel::Stamped<S::Event>>,
    ) {
        let known = self.streams.remove(&name).and_then(|any| any.downcast::<Loaded<S>>().ok());
        let mut loaded = known.map(|loaded| *loaded).unwrap_or_default();
        for event in events {
            let record = record::encode(&event).unwrap();
            let private = record.private.iter().map(|(field, text)| (field.clone(), Some(text.clone())));
            let fields = Fields { public: record.public.clone(), private: private.collect() };
            let again = record::decode::<S>(&record.kind, fields).unwrap();
            assert_eq!(again, event, "an entry reads back as the event it was");
            self.entries.push((name.clone(), record.kind.clone(), role));
            self.records.push((name.clone(), record.clone()));
            loaded.push(&event, record.private);
        }
        if loaded.state.is_some() {
            self.streams.insert(name, Box::new(loaded));
        }
    }

    /// A stream replayed from its entries, with only those private values that `keep` lets stand.
    pub fn replayed<S: Stream>(
        &self,
        name: impl Into<StreamName>,
        mut keep: impl FnMut(&str) -> bool,
    ) -> Loaded<S> {
        let name = name.into();
        let mut loaded = Loaded::default();
        for (_, record) in self.records.iter().filter(|(of, _)| *of == name) {
            let mut left = BTreeMap::new();
            let mut private = BTreeMap::new();
            for (field, text) in &record.private {
                let kept = keep(field).then(|| text.clone());
                left.extend(kept.clone().map(|text| (field.clone(), text)));
                private.insert(field.clone(), kept);
            }
            let fields = Fields { public: record.public.clone(), private };
            loaded.push(&record::decode::<S>(&record.kind, fields).unwrap(), left);
        }
        loaded
    }

    /// The states of all streams of a kind.
    pub fn all<S: Stream>(&self) -> Vec<(StreamName, S)> {
        let states = self.streams.iter().filter_map(|(name, any)| {
            let loaded = any.downcast_ref::<Loaded<S>>()?;
            Some((name.clone(), loaded.state.clone()?))
        });
        states.collect()
    }
}
