//! What can be wrong with a store, each with the sentence that says so and what to do. How it is
//! found is not known here.

use yishi_kernel::Moment;
use yishi_ledger::verify::Problem;

/// Something that is wrong with a store, by its own entries or by what is known from outside.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// An entry or a checkpoint of the store itself.
    #[error(transparent)]
    Entry(#[from] Problem),
    /// There is nothing to verify.
    #[error("there is no ledger in this store: it was emptied, or it is another one")]
    Nothing,
    /// A ledger that is known from outside.
    #[error("{origin} is gone: it was there once, and this store has no such ledger")]
    Gone {
        /// Its name.
        origin: String,
    },
    /// Entries of a ledger that nobody keeps any more.
    #[error("ledger {ledger} has entries and no name: its line of `keeper` is gone")]
    Nameless {
        /// Its id.
        ledger: String,
    },
    /// Its checkpoints open with another key than is known from outside.
    #[error("{origin} has another key than it had")]
    Key {
        /// Which.
        origin: String,
    },
    /// A checkpoint from outside is not of this ledger, or not signed by its key.
    #[error("{origin}: a checkpoint kept outside does not open: {why}")]
    Unopened {
        /// Of which ledger.
        origin: String,
        /// Why.
        why: String,
    },
    /// Its end is missing.
    #[error(
        "{origin} has {has} entries and had {had}: its end was cut off, or an older copy stands in its place"
    )]
    Behind {
        /// Which.
        origin: String,
        /// Entries that it has.
        has: u64,
        /// Entries under a checkpoint that was signed before.
        had: u64,
    },
    /// What was sealed once reads otherwise.
    #[error(
        "{origin}: its first {size} entries are not those that were sealed once: its history was written anew"
    )]
    History {
        /// Which.
        origin: String,
        /// Entries that the checkpoint covers.
        size: u64,
    },
    /// A checkpoint that was signed is not in the store.
    #[error("{origin}: the checkpoint over {size} entries was taken out of the store")]
    Seal {
        /// Of which ledger.
        origin: String,
        /// Entries that it covers.
        size: u64,
    },
    /// Entries that should be under a checkpoint by now.
    #[error("{origin}: {count} entries since {} are under no checkpoint; start the program, which seals them, or look for the ledger's key", since.minute())]
    Unsealed {
        /// Of which ledger.
        origin: String,
        /// How many.
        count: u64,
        /// When the first of them was recorded.
        since: Moment,
    },
    /// How far the ledger goes is noted otherwise than it is.
    #[error("{origin} has {has} entries, and its head counts {says}")]
    Head {
        /// Which.
        origin: String,
        /// Entries that it has.
        has: u64,
        /// What its head says.
        says: u64,
    },
    /// The time of its last entry is noted otherwise than it is.
    #[error("{origin}: its head says that the last entry is of {}, and that is of {}", says.minute(), is.minute())]
    HeadAt {
        /// Which.
        origin: String,
        /// When its last entry was recorded.
        is: Moment,
        /// What its head says.
        says: Moment,
    },
    /// A checkpoint that is not signed yet.
    #[error("{origin}: the checkpoint over {size} entries is of {}, which is not yet; see that the clock is right", at.minute())]
    SealAt {
        /// Of which ledger.
        origin: String,
        /// Entries that it covers.
        size: u64,
        /// When it says that it was signed.
        at: Moment,
    },
    /// It is found by another word than it was founded by.
    #[error("{origin} is found by the word {slug}, which is not its own: its line of `keeper` was changed")]
    Word {
        /// Which.
        origin: String,
        /// By which word.
        slug: String,
    },
    /// It is found at another place than its own.
    #[error("{origin} lies elsewhere by its line of `keeper` than by its entries: the line was changed")]
    Path {
        /// Which.
        origin: String,
    },
    /// A follower that is further than the ledger goes.
    #[error(
        "{origin}: {follower} has come to entry {at}, and there are {has}: what is recorded next would be passed over"
    )]
    Cursor {
        /// In which ledger.
        origin: String,
        /// Who.
        follower: String,
        /// How far.
        at: i64,
        /// Entries that there are.
        has: u64,
    },
    /// Another ledger's key lies in its place.
    #[error(
        "{origin}: in the place of its key lies the one of {other}; put its own back, or nothing new is sealed"
    )]
    OtherKey {
        /// Of which ledger.
        origin: String,
        /// Whose it is.
        other: String,
    },
    /// A ledger that was sealed and is not in the list beside the keys.
    #[error(
        "{origin} was sealed and does not stand in {list}: the list was lost or cut; find out how, then start the program, which notes it again"
    )]
    Unnoted {
        /// Which.
        origin: String,
        /// The file.
        list: String,
    },
    /// Values were erased, and the journal that says so is gone.
    #[error(
        "values were erased, and the journal of that is gone: {journal}; put it back, or a backup brings back what was erased after it"
    )]
    NoJournal {
        /// The file.
        journal: String,
    },
    /// Private values that are not there, and were not erased.
    #[error(
        "{origin}: {count} private values are gone without an entry that they were erased, the first of entry {number}: {first}"
    )]
    Missing {
        /// Of which ledger.
        origin: String,
        /// How many.
        count: u64,
        /// The number of the entry that the first belongs to.
        number: u64,
        /// The first, as stream, version and field.
        first: String,
    },
    /// Private values that an entry says were erased.
    #[error("{origin}: {count} private values are there that were erased, the first {first}")]
    Kept {
        /// Of which ledger.
        origin: String,
        /// How many.
        count: u64,
        /// The first, as stream, version and field.
        first: String,
    },
    /// Values that are kept as if everyone might read them, or as if nobody might.
    #[error(
        "{origin}: field {field} of {kind} is not marked as what it is, a text for everyone or a private value; put back a backup"
    )]
    Marked {
        /// Of which ledger.
        origin: String,
        /// The kind of entry.
        kind: String,
        /// The field.
        field: String,
    },
    /// A table that entries do not bear out.
    #[error(
        "{origin}: table {table} says otherwise than the entries; find out who changed it, then `yishi ledger rebuild`"
    )]
    Table {
        /// Of which ledger.
        origin: String,
        /// Which.
        table: &'static str,
    },
    /// A file that something uses.
    #[error("the file {digest} is {why}")]
    File {
        /// Which.
        digest: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// What a feature finds in its own entries.
    #[error("{origin}: {what}")]
    Feature {
        /// In which ledger.
        origin: String,
        /// What.
        what: String,
    },
}
