//! All features of the domain, one line each in each list: their streams, their rights, their
//! sections of the rules. A test sees that no room is left out.

use yishi_kernel::access::Right;
use yishi_kernel::due::Calendar;
use yishi_kernel::rules::{Limits, Reader};

/// Calls a macro with the states of all streams.
#[macro_export]
macro_rules! all_streams {
    ($then:ident) => {
        $then! {
            $crate::places::Place,
            $crate::places::Poster,
            $crate::people::Organisation,
            $crate::people::Account,
            $crate::rulebook::Adopted,
            $crate::rulebook::Confirmation,
            $crate::rulebook::LocalChange,
            $crate::matters::Matter,
            $crate::matters::Receipt,
            $crate::topics::Topic,
            $crate::councils::Council,
            $crate::meetings::Meeting,
            $crate::meetings::Seat,
            $crate::meetings::Ballot,
            $crate::dispatch::Order,
            $crate::ballots::OwnersResult,
            $crate::emergency::Basis,
            $crate::promises::Promise,
            $crate::dangers::Danger,
            $crate::venues::Venue,
            $crate::gatherings::Gathering,
            $crate::partners::Partner,
            $crate::clearing::Run,
            $crate::clearing::Item,
            $crate::scenes::Scene,
            $crate::ratings::Assessment,
            $crate::joint::JointWork,
            $crate::exclusion::Exclusion
        }
    };
}

/// The rights of each feature, by the name of the file that its grid is printed to.
pub static RIGHTS: &[(&str, &[&[&Right]])] = &[
    ("places", &[crate::places::RIGHTS]),
    ("people", &[crate::people::RIGHTS]),
    ("rulebook", &[crate::rulebook::RIGHTS, crate::rulebook::CHANGE_RIGHTS]),
    ("matters", &[crate::matters::RIGHTS]),
    ("evaluation", &[crate::evaluation::RIGHTS]),
    ("topics", &[crate::topics::RIGHTS]),
    ("councils", &[crate::councils::RIGHTS]),
    ("meetings", &[crate::meetings::RIGHTS]),
    ("dispatch", &[crate::dispatch::RIGHTS]),
    ("ballots", &[crate::ballots::RIGHTS]),
    ("emergency", &[crate::emergency::RIGHTS]),
    ("promises", &[crate::promises::RIGHTS]),
    ("dangers", &[crate::dangers::RIGHTS]),
    ("venues", &[crate::venues::RIGHTS]),
    ("gatherings", &[crate::gatherings::RIGHTS]),
    ("partners", &[crate::partners::RIGHTS]),
    ("insight", &[crate::insight::RIGHTS]),
    ("scenes", &[crate::scenes::RIGHTS]),
    ("ratings", &[crate::ratings::RIGHTS]),
    ("joint", &[crate::joint::RIGHTS]),
    ("exclusion", &[crate::exclusion::RIGHTS]),
    ("clearing", &[crate::clearing::RUN_RIGHTS, crate::clearing::ITEM_RIGHTS]),
];

/// The sections of a rule pack.
pub static RULES: &[Reader] = &[
    Reader::of::<Limits>(),
    Reader::of::<Calendar>(),
    Reader::of::<crate::matters::Rules>(),
    Reader::of::<crate::matters::TellingRules>(),
    Reader::of::<crate::evaluation::Rules>(),
    Reader::of::<crate::topics::Rules>(),
    Reader::of::<crate::meetings::Rules>(),
    Reader::of::<crate::dispatch::Rules>(),
    Reader::of::<crate::dispatch::LadderRules>(),
    Reader::of::<crate::promises::Rules>(),
    Reader::of::<crate::papers::Rules>(),
    Reader::of::<crate::ballots::Rules>(),
    Reader::of::<crate::emergency::Rules>(),
    Reader::of::<crate::dangers::Rules>(),
    Reader::of::<crate::gatherings::Rules>(),
    Reader::of::<crate::clearing::Rules>(),
    Reader::of::<crate::scenes::Rules>(),
    Reader::of::<crate::ratings::Rules>(),
    Reader::of::<crate::exclusion::Rules>(),
];
