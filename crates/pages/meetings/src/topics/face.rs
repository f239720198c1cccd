//! A topic (议题) as other features show it: its row by number, and where it stands.

use maud::{Markup, html};
use yishi_domain::topics::{TopicId, TopicStage};
use yishi_office::places::reads::LedgerRow;
use yishi_office::topics::reads::{TopicRow, topic};
use yishi_web::texts::Locale;
use yishi_web::{Cx, Error};

/// A topic's row by number, with the ledger it is in.
pub async fn topic_of(cx: &Cx, slug: &str, number: i64) -> Result<(LedgerRow, TopicRow), Error> {
    let ledger = cx.ledger(slug).await?;
    let db = &cx.app.office.db;
    let id: TopicId = cx.numbered(ledger.ledger, number).await?;
    let row = topic(db, ledger.ledger, id).await?.ok_or(Error::NotFound)?;
    Ok((ledger, row))
}

/// Where a topic stands, in words and colour.
#[must_use]
pub fn topic_badge(stage: TopicStage, t: Locale) -> Markup {
    let class = match stage {
        TopicStage::Open | TopicStage::Scheduled | TopicStage::Recommended => "badge wait",
        TopicStage::Decided => "badge",
        TopicStage::Concluded | TopicStage::Dropped => "badge done",
    };
    html! { span class=(class) { (t.word(stage)) } }
}
