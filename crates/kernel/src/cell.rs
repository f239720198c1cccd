//! How a Rust type becomes a value of a column, and back. Ids, moments and words have their
//! own types in rows, so that two columns of text cannot be mistaken for each other.
//! No tables here and no SQL.

use crate::moment::Moment;
use crate::photo::PhotoDigest;
use crate::wait::HolderKey;
use uuid::Uuid;

/// A value in or out of a column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Nothing.
    Null,
    /// An integer.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
    /// The number of the stream's first entry: only in rows that are written, where the
    /// writer puts the integer.
    Number,
    /// The same of its first entry of a kind, whatever the kind's version.
    NumberOf(&'static str),
}

/// The values of a row, in order.
pub type Values = std::vec::IntoIter<Value>;

/// The types a column can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 64-bit integer; also times and flags.
    Int,
    /// Text, compared by bytes.
    Text,
    /// Bytes.
    Bytes,
    /// The number of the stream's first entry, filled in by the writer.
    Number,
}

/// Whether a column always holds something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It does.
    Always,
    /// It may hold nothing.
    Sometimes,
}

/// What can be put into a column, or given to a query.
pub trait Put {
    /// As a value.
    fn put(self) -> Value;
}

/// What a column can hold: it goes in and comes out.
pub trait Cell: Put + Sized {
    /// The column's type.
    const KIND: Kind;
    /// Whether there is always something.
    const NEED: Need = Need::Always;

    /// Out of a value; nothing where it does not fit.
    fn from_value(value: Value) -> Option<Self>;
}

impl<T: Put> From<T> for Value {
    fn from(value: T) -> Self {
        value.put()
    }
}

impl Put for &str {
    fn put(self) -> Value {
        Value::Text(self.to_owned())
    }
}

impl Put for &String {
    fn put(self) -> Value {
        Value::Text(self.clone())
    }
}

impl Put for &HolderKey {
    fn put(self) -> Value {
        Value::Text(self.as_str().to_owned())
    }
}

impl<T: Put> Put for Option<T> {
    fn put(self) -> Value {
        self.map_or(Value::Null, Put::put)
    }
}

impl<T: Cell> Cell for Option<T> {
    const KIND: Kind = T::KIND;
    const NEED: Need = Need::Sometimes;

    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::from_value(value).map(Some),
        }
    }
}

/// `cell!` says of each type how it goes in and out, one line a type.
macro_rules! cell {
    ($($type:ty as $kind:ident($value:ident): $put:expr, $take:expr;)+) => {
        $(
            impl Put for $type {
                fn put(self) -> Value {
                    let put: fn($type) -> _ = $put;
                    Value::$kind(put(self))
                }
            }

            impl Cell for $type {
                const KIND: Kind = Kind::$value;

                fn from_value(value: Value) -> Option<Self> {
                    let take: fn(_) -> Option<$type> = $take;
                    match value {
                        Value::$kind(value) => take(value),
                        _ => None,
                    }
                }
            }
        )+
    };
}

cell! {
    i64 as Int(Int): |int| int, Some;
    u64 as Int(Int): |int| i64::try_from(int).unwrap_or(i64::MAX), |int: i64| u64::try_from(int).ok();
    u32 as Int(Int): i64::from, |int: i64| u32::try_from(int).ok();
    Moment as Int(Int): |at| at.0, |int| Some(Moment(int));
    Flag as Int(Int): |flag| flag as i64, |int: i64| Flag::ALL.into_iter().find(|flag| *flag as i64 == int);
    String as Text(Text): |text| text, Some;
    Uuid as Text(Text): |id| id.to_string(), |text: String| Uuid::parse_str(&text).ok();
    PhotoDigest as Text(Text): |photo| photo.0, |text| Some(PhotoDigest(text));
    HolderWord as Text(Text): |holder| holder.0, |text| Some(HolderWord(text));
    Vec<crate::ids::PlaceId> as Text(Text): joined, |text: String| text.split('/').map(|id| id.parse().ok()).collect();
    Vec<u8> as Blob(Bytes): |bytes| bytes, Some;
    [u8; 32] as Blob(Bytes): |digest| digest.to_vec(), |bytes: Vec<u8>| bytes.try_into().ok();
}

/// The ids from the largest place down, joined by `/`.
fn joined(path: Vec<crate::ids::PlaceId>) -> String {
    path.iter().map(ToString::to_string).collect::<Vec<_>>().join("/")
}

/// A field of a row: one column, or several that mean something only together.
pub trait Field: Sized {
    /// Reads it; nothing where a value does not fit.
    fn read(values: &mut Values) -> Option<Self>;
}

impl<C: Cell> Field for C {
    fn read(values: &mut Values) -> Option<Self> {
        C::from_value(values.next()?)
    }
}

impl<A: Cell, B: Cell> Field for Option<(A, B)> {
    fn read(values: &mut Values) -> Option<Self> {
        let (a, b) = (Option::<A>::from_value(values.next()?)?, Option::<B>::from_value(values.next()?)?);
        Some(a.zip(b))
    }
}

impl<A: Cell, B: Cell, C: Cell> Field for Option<(A, B, C)> {
    fn read(values: &mut Values) -> Option<Self> {
        let a = Option::<A>::from_value(values.next()?)?;
        let (b, c) = (Option::<B>::from_value(values.next()?)?, Option::<C>::from_value(values.next()?)?);
        Some(a.zip(b).zip(c).map(|((a, b), c)| (a, b, c)))
    }
}

/// Yes or no in a column: 1 or 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    /// 0.
    No = 0,
    /// 1.
    Yes = 1,
}

impl Flag {
    /// Both.
    pub const ALL: [Flag; 2] = [Flag::No, Flag::Yes];
}

impl From<bool> for Flag {
    fn from(holds: bool) -> Self {
        if holds { Flag::Yes } else { Flag::No }
    }
}

/// The key of whoever holds something, as text: desks are found by it, and it is not read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolderWord(pub String);

impl From<HolderKey> for HolderWord {
    fn from(key: HolderKey) -> Self {
        Self(key.as_str().to_owned())
    }
}

/// The number of an entry: of a stream's first one, by which people call the thing, or of the
/// first of a kind. Rows leave it to the writer, since nobody knows it before the entry is
/// recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// To be filled in.
    Own,
    /// To be filled in with that of the stream's first entry of a kind, named without its
    /// version: `meeting.published`.
    Of(&'static str),
    /// Filled in.
    Is(i64),
}

impl Put for Number {
    fn put(self) -> Value {
        match self {
            Number::Own => Value::Number,
            Number::Of(kind) => Value::NumberOf(kind),
            Number::Is(number) => Value::Int(number),
        }
    }
}

impl Cell for Number {
    const KIND: Kind = Kind::Number;

    fn from_value(value: Value) -> Option<Self> {
        i64::from_value(value).map(Number::Is)
    }
}
