//! 日常表决: the rules a meeting decides by with a show of hands or a count of slips: a majority
//! of a stated base, consensus with recorded objections, the choice of k among n, and elections
//! with alternates. Pure functions of counts. It does not know who may vote or how votes were
//! cast, and it never settles a tie by itself.

mod choose;
mod consensus;
mod decide;
mod elect;
mod rule;
mod votes;

pub use choose::{Choice, Standing, Tie, Ties, Unchoosable, choose};
pub use consensus::{Consensus, Objection, consensus};
pub use decide::{NobodyCounted, Says, Verdict, decide, decide_as};
pub use elect::{Candidacy, Contest, Election, ElectionRule, Unelectable, elect};
pub use rule::{BadFraction, Base, Fraction, Rule, Threshold};
pub use votes::{Counts, Miscount, Votes};
