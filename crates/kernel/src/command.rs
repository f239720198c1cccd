//! Commands: what somebody asks for, decided purely over a state, and what follows from it in
//! other streams. Loading facts, recording and trying again is the office's business; who
//! calls has no way to bring facts of its own.

use crate::access::{Resource, Right, Role, may};
use crate::context::Context;
use crate::ids::PlaceId;
use crate::named::Named;
use crate::refusal::Refusal;
use crate::stream::{Stamped, Stream, StreamName};
use std::any::Any;
use std::fmt;

/// Something asked of a thing that exists (命令).
pub trait Command: Clone + fmt::Debug + Send + Sync + 'static {
    /// Of what.
    type On: Stream;
    /// What must be known besides its state: the office loads it.
    type Facts: Send + Sync;

    /// The right it needs.
    fn right(&self) -> &'static Right;

    /// What it names by ids, besides what it is asked of. Such an id is no right: the office
    /// records nothing unless all of them lie where it is decided. A test finds commands that
    /// have such a field and do not say so.
    fn names(&self) -> Vec<Named> {
        Vec::new()
    }

    /// What the right is judged over: the thing itself, unless it speaks for another.
    fn resource(&self, on: &Self::On, _facts: &Self::Facts, ctx: &Context) -> Resource {
        on.resource(ctx.path, ctx.actor)
    }

    /// What it brings about.
    ///
    /// # Errors
    /// The rule it would break.
    fn decide(self, on: &Self::On, facts: &Self::Facts, ctx: &Context) -> Result<Decided<Self::On>, Refusal>;
}

/// Something asked for that makes a new thing: its first events.
pub trait Start: Clone + fmt::Debug + Send + Sync + 'static {
    /// What it makes.
    type Of: Stream;
    /// What must be known: the office loads it, with the place and all above it.
    type Facts: Send + Sync;

    /// The right it needs.
    fn right(&self) -> &'static Right;

    /// The place where it is asked for, unless its facts say that.
    fn at(&self) -> Option<PlaceId> {
        None
    }

    /// What it names by ids, besides what it is asked of. Such an id is no right: the office
    /// records nothing unless all of them lie where it is decided. A test finds commands that
    /// have such a field and do not say so.
    fn names(&self) -> Vec<Named> {
        Vec::new()
    }

    /// What the right is judged over: the place, unless it speaks for another thing.
    fn resource(&self, _facts: &Self::Facts, ctx: &Context) -> Resource {
        Resource::at(ctx.path)
    }

    /// What it brings about.
    ///
    /// # Errors
    /// The rule it would break.
    fn start(self, facts: &Self::Facts, ctx: &Context) -> Result<Decided<Self::Of>, Refusal>;
}

/// What a command brings about.
#[derive(Debug)]
pub struct Decided<S: Stream> {
    /// In its own stream, in order.
    pub events: Vec<S::Event>,
    /// In others, recorded in the same append.
    pub also: Vec<Also>,
}

impl<S: Stream> Decided<S> {
    /// One event and nothing else.
    #[must_use]
    pub fn one(event: S::Event) -> Self {
        Self { events: vec![event], also: Vec::new() }
    }

    /// Several events and nothing else.
    #[must_use]
    pub fn all(events: Vec<S::Event>) -> Self {
        Self { events, also: Vec::new() }
    }

    /// The same with what follows in another stream.
    #[must_use]
    pub fn and<E: Effect>(mut self, stream: impl Into<StreamName>, effect: E) -> Self {
        self.also.push(Also::new(stream, effect, Over::State));
        self
    }

    /// The same with a stream that begins by it.
    #[must_use]
    pub fn begins<E: Effect>(mut self, stream: impl Into<StreamName>, effect: E) -> Self {
        self.also.push(Also::new(stream, effect, Over::Nothing));
        self
    }
}

/// What a command changes in another stream. It has no right of its own: it stands under its
/// cause, whose right was judged, and causes nothing further.
pub trait Effect: fmt::Debug + Send + Sync + 'static {
    /// In what.
    type On: Stream;

    /// Its events there, over the state there or over nothing where it begins the stream; none
    /// when there is nothing to change.
    ///
    /// # Errors
    /// The rule it would break: then the whole command is refused.
    fn apply(
        &self,
        on: Option<&Self::On>,
        ctx: &Context,
    ) -> Result<Vec<<Self::On as Stream>::Event>, Refusal>;
}

/// What an effect finds in its stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Whatever stands there.
    State,
    /// Nothing: the stream begins by it, and where it stands already, nothing is recorded.
    Nothing,
}

/// An effect and the stream that it is for.
pub struct Also {
    /// Which stream.
    pub stream: StreamName,
    /// What it finds there.
    pub over: Over,
    effect: Box<dyn Any + Send + Sync>,
    told: String,
}

impl Also {
    /// An effect on a stream.
    #[must_use]
    pub fn new<E: Effect>(stream: impl Into<StreamName>, effect: E, over: Over) -> Self {
        let told = format!("{effect:?}");
        let effect: Box<dyn Effect<On = E::On>> = Box::new(effect);
        Self { stream: stream.into(), over, effect: Box::new(effect), told }
    }

    /// The effect, if it is one on that kind of thing.
    #[must_use]
    pub fn on<S: Stream>(&self) -> Option<&dyn Effect<On = S>> {
        self.effect.downcast_ref::<Box<dyn Effect<On = S>>>().map(|effect| &**effect)
    }
}

impl fmt::Debug for Also {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.stream, self.told)
    }
}

/// Decides a command: judges its right, then asks it. The role it is done in comes first.
///
/// # Errors
/// Why the actor may not, or the rule it would break.
pub fn decide<C: Command>(
    command: C,
    on: &C::On,
    facts: &C::Facts,
    ctx: &Context,
) -> Result<(Role, Decided<C::On>), Refusal> {
    let role = may(ctx.actor, command.right(), &command.resource(on, facts, ctx), ctx.now)?;
    Ok((role, command.decide(on, facts, &Context { role, ..*ctx })?))
}

/// The same for one that makes something new.
///
/// # Errors
/// Why the actor may not, or the rule it would break.
pub fn start<C: Start>(
    command: C,
    facts: &C::Facts,
    ctx: &Context,
) -> Result<(Role, Decided<C::Of>), Refusal> {
    let role = may(ctx.actor, command.right(), &command.resource(facts, ctx), ctx.now)?;
    Ok((role, command.start(facts, &Context { role, ..*ctx })?))
}

/// An event as it is recorded: when, and by whom.
#[must_use]
pub fn stamped<E>(what: E, ctx: &Context) -> Stamped<E> {
    Stamped { time: ctx.now, by: ctx.by(), what }
}
