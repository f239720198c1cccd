//! A later program's rule pack comes into force in ledgers that an earlier one made.

use std::sync::Arc;
use yishi_domain::StreamName;
use yishi_domain::rules::{Adopted, Rules};
use yishi_store::{Office, verify};
use yishi_testkit::{neighbourhood, stores};

#[tokio::test]
async fn a_later_pack_is_adopted_once_in_every_ledger() {
    for store in stores().await {
        let there = neighbourhood(&store.office).await;
        let mut rules: Rules = (*store.office.rules).clone();
        rules.version += 1;
        let later = Office { rules: Arc::new(rules), ..store.office.clone() };
        for _ in 0..2 {
            later.adopt_current_rules().await.unwrap();
        }
        // An earlier program leaves a later pack in force.
        store.office.adopt_current_rules().await.unwrap();
        let stream = StreamName::of_rules(&later.rules.name);
        for ledger in [there.street, there.community] {
            let adopted = later.load::<Adopted>(ledger, &stream).await.unwrap();
            assert_eq!(adopted.version, 2, "{}", store.engine());
            assert_eq!(adopted.state.version, Some(later.rules.version));
        }
        verify::verify(&later.db).await.unwrap();
    }
}
