//! A right: what can be done to a thing, at which of its stages, by which roles, and for whom
//! not. Features declare theirs with [`rights!`](crate::rights); the answer is given by
//! [`may`](super::may). Whatever is not said is denied.

use super::RoleSet;

/// A right over one kind of thing (权限).
#[derive(Debug)]
pub struct Right {
    /// Its word, in the grid and in text keys.
    pub word: &'static str,
    /// The family of words in which the thing's stages are said; empty for what is done at a
    /// place before there is anything.
    pub family: &'static str,
    /// Who may do it when: one of these must fit.
    pub clauses: &'static [Clause],
    /// Whether it is for those whom the thing concerns, too.
    pub concerned: Concerned,
    /// For whom it is not, whatever the clauses say.
    pub except: &'static [Except],
}

/// When, and by whom.
#[derive(Debug)]
pub struct Clause {
    /// The stages in which it holds; none for what is done at a place.
    pub stages: &'static [&'static str],
    /// By whom.
    pub by: By,
}

/// By whom something may be done.
#[derive(Clone, Copy, Debug)]
pub enum By {
    /// Anyone; the best role held here is what is recorded.
    Anyone,
    /// Whoever shows a receipt.
    Receipt,
    /// Whoever shows the sign-in of a meeting.
    Seat,
    /// Those in one of these roles at the place, or for a body that it concerns.
    Roles(&'static [RoleSet]),
    /// Those of them who hold it.
    Holding(&'static [RoleSet]),
    /// Those in one of these roles, wherever they hold it.
    Anywhere(&'static [RoleSet]),
}

/// Whether a right is for those whom the thing concerns (当事人): the person it is about, and
/// whoever works for the organisation it is about or holds a role of its office.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Concerned {
    /// They keep away (回避).
    #[default]
    KeepAway,
    /// They may where their body was called: it answers for itself.
    WhereCalled,
}

/// For whom a right is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Except {
    /// Whoever ever held, did or answered it.
    Handlers,
}

impl PartialEq for Right {
    fn eq(&self, other: &Self) -> bool {
        self.word == other.word && self.family == other.family
    }
}

/// Declares the rights over one kind of thing, and the list that the grid is printed from:
///
/// ```
/// use yishi_kernel::{rights, words};
/// words! {
///     /// Where a letter stands.
///     LetterStage as "letter-stage" {
///         /// On its way.
///         Sent = "sent",
///         /// Answered.
///         Answered = "answered",
///     }
/// }
/// rights! {
///     /// Rights over letters.
///     RIGHTS over LetterStage as "letter-stage":
///     /// Send one.
///     SEND "send" { here by STEERS };
///     /// Follow it up.
///     FOLLOW_UP "follow_up" { in [Sent] by STEERS } { in [Sent] by holder PARTIES } except [Handlers];
///     /// Read it.
///     READ "read" { in any by STEERS, PARTIES } also by the called;
/// }
/// ```
///
/// Those whom it concerns have no right that does not say so, and these where they were called.
#[macro_export]
macro_rules! rights {
    ($(#[$list_doc:meta])* $list:ident over $stage:ident as $family:literal:
     $($(#[$doc:meta])* $name:ident $word:literal $({ $($clause:tt)+ })+ $(also by the $also:ident)? $(except [$($except:ident),+])?;)+) => {
        $(
            $(#[$doc])*
            pub static $name: $crate::access::Right = $crate::access::Right {
                word: $word,
                family: $family,
                clauses: &[$($crate::clause!($stage, $($clause)+)),+],
                concerned: $crate::concerned!($($also)?),
                except: &[$($($crate::access::Except::$except),+)?],
            };
        )+
        $(#[$list_doc])*
        pub static $list: &[&$crate::access::Right] = &[$(&$name),+];
    };
}

/// One clause of a right: `here | in any | in [Stage, …]`, then `by` whom.
#[doc(hidden)]
#[macro_export]
macro_rules! clause {
    ($stage:ident, here by $($by:tt)+) => {
        $crate::access::Clause { stages: &[], by: $crate::by!($($by)+) }
    };
    ($stage:ident, in any by $($by:tt)+) => {
        $crate::access::Clause { stages: $stage::WORDS, by: $crate::by!($($by)+) }
    };
    ($stage:ident, in [$($at:ident),+] by $($by:tt)+) => {
        $crate::access::Clause { stages: &[$($stage::$at.word()),+], by: $crate::by!($($by)+) }
    };
}

/// Whether those whom it concerns may: `called`, or nothing.
#[doc(hidden)]
#[macro_export]
macro_rules! concerned {
    () => {
        $crate::access::Concerned::KeepAway
    };
    (called) => {
        $crate::access::Concerned::WhereCalled
    };
}

/// Whom a clause names: `anyone | receipt | seat | holder SETS | anywhere SETS | SETS`.
#[doc(hidden)]
#[macro_export]
macro_rules! by {
    (anyone) => { $crate::access::By::Anyone };
    (receipt) => { $crate::access::By::Receipt };
    (seat) => { $crate::access::By::Seat };
    (holder $($set:ident),+) => { $crate::access::By::Holding(&[$($crate::access::roles::$set),+]) };
    (anywhere $($set:ident),+) => { $crate::access::By::Anywhere(&[$($crate::access::roles::$set),+]) };
    ($($set:ident),+) => { $crate::access::By::Roles(&[$($crate::access::roles::$set),+]) };
}
