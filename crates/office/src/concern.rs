//! Whom things are about that follow from matters (涉及谁): an order, a topic, a meeting, a matter
//! that another one carries. Nothing of it is kept with them: it is looked up whenever one is
//! loaded, so that it is right after a merge, when a topic gathers more, and when whom a matter is
//! about is forgotten. What keeping away means is the predicate's.

use crate::Viewed;
use std::collections::BTreeMap;
use yishi_domain::matters::MatterId;
use yishi_domain::topics::TopicId;
use yishi_kernel::access::About;
use yishi_kernel::{AccountId, OrganisationId, PlaceId};
use yishi_store::query::args_and_pairs;
use yishi_store::{Db, Fault, query, row};

/// Things looked up at once.
const AT_ONCE: usize = 500;

/// What a thing follows from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Follows {
    /// These matters, and those that carry them.
    pub matters: Vec<MatterId>,
    /// All that these topics gathered.
    pub topics: Vec<TopicId>,
}

row! {
    OfMatter {
        ledger: PlaceId = "f.ledger",
        of: MatterId = "f.member",
        body: Option<OrganisationId> = "m.about",
        person: Option<AccountId> = "m.about_person",
        root_body: Option<OrganisationId> = "r.about",
        root_person: Option<AccountId> = "r.about_person",
    }
}

row! {
    OfTopic {
        ledger: PlaceId = "t.ledger",
        of: TopicId = "t.topic",
        body: Option<OrganisationId> = "m.about",
        person: Option<AccountId> = "m.about_person",
        root_body: Option<OrganisationId> = "r.about",
        root_person: Option<AccountId> = "r.about_person",
    }
}

query! {
    MATTERS: OfMatter => "from (values (?1, ?2), …) v cross join family f cross join matter m cross join matter r
         where f.ledger = v.column1 and f.member = v.column2
         and m.ledger = f.ledger and m.id = f.member and r.ledger = f.ledger and r.id = f.root";
    TOPICS: OfTopic => "from (values (?1, ?2), …) v cross join topic_matter t cross join family f
         cross join matter m cross join matter r
         where t.ledger = v.column1 and t.topic = v.column2 and f.ledger = t.ledger and f.member = t.matter
         and m.ledger = f.ledger and m.id = f.member and r.ledger = f.ledger and r.id = f.root";
}

/// Tells things whom what they follow from is about.
pub(crate) async fn tell<S: Viewed>(db: &Db, things: &mut [(PlaceId, &mut S)]) -> Result<(), Fault> {
    let from: Vec<Follows> = things.iter().map(|(_, thing)| thing.follows()).collect();
    let each = || things.iter().map(|(ledger, _)| *ledger).zip(&from);
    let matters = each().flat_map(|(ledger, from)| from.matters.iter().map(move |id| (ledger, *id)));
    let topics = each().flat_map(|(ledger, from)| from.topics.iter().map(move |id| (ledger, *id)));
    let (matters, topics) = (Vec::from_iter(matters), Vec::from_iter(topics));
    let mut of_matters: BTreeMap<(PlaceId, MatterId), About> = BTreeMap::new();
    for some in matters.chunks(AT_ONCE) {
        for row in MATTERS.all(db, &args_and_pairs([], some.iter().copied())).await? {
            let about = of_matters.entry((row.ledger, row.of)).or_default();
            add(about, row.body, row.person);
            add(about, row.root_body, row.root_person);
        }
    }
    let mut of_topics: BTreeMap<(PlaceId, TopicId), About> = BTreeMap::new();
    for some in topics.chunks(AT_ONCE) {
        for row in TOPICS.all(db, &args_and_pairs([], some.iter().copied())).await? {
            let about = of_topics.entry((row.ledger, row.of)).or_default();
            add(about, row.body, row.person);
            add(about, row.root_body, row.root_person);
        }
    }
    for ((ledger, thing), from) in things.iter_mut().zip(&from) {
        let matters = from.matters.iter().filter_map(|id| of_matters.get(&(*ledger, *id)));
        let topics = from.topics.iter().filter_map(|id| of_topics.get(&(*ledger, *id)));
        thing.concerns(About::all(matters.chain(topics)));
    }
    Ok(())
}

fn add(about: &mut About, body: Option<OrganisationId>, person: Option<AccountId>) {
    about.bodies.extend(body);
    about.persons.extend(person);
}
