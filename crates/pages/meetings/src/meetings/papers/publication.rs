//! What hangs in public of a result 公示: what was decided, from when to when, where, and how one
//! objects.

use super::facts::{Held, closing, field, phone};
use super::resolution;
use yishi_domain::meetings::{Event, Number};
use yishi_domain::papers::PaperKind;
use yishi_papers::{Block, Paper};
use yishi_web::papers::{day, due, minute};

/// The paper, once the result was published.
pub(super) fn paper(held: &Held<'_>, link: &str) -> Option<Paper> {
    let story = held.story;
    let (at, time) = story.entries.iter().find_map(|entry| match &entry.event.what {
        Event::Published { at, .. } => Some((at, entry.event.time)),
        _ => None,
    })?;
    let agenda = &story.meeting.agenda;
    let until = story.meeting.outcome.until?;
    let mut blocks = vec![Block::Text(format!(
        "{}召开的“{}”议定下列事项，现予公示，请大家监督。",
        minute(agenda.starts),
        agenda.title
    ))];
    blocks.push(Block::Heading("议定事项".to_owned()));
    blocks.extend(resolution::agreed(held));
    blocks.push(Block::Heading("公示时间和地点".to_owned()));
    blocks.push(Block::Fields(vec![
        field("公示期", &format!("{}至{}", day(time), due(until))),
        field("依据", &story.ruled.rule_of(Number::Publication, held.zh)),
        field("地点", at),
    ]));
    blocks.extend(story.ruled.said(held.zh).map(Block::Text));
    blocks.push(Block::Heading("有不同意见怎么办".to_owned()));
    blocks.push(Block::Text(format!(
        "公示期内有不同意见的，可以到{}工作人员处提出，也可以在网上提出：{link}。提出的异议会登记、答复，并公开处理理由。",
        held.keeper
    )));
    blocks.extend(phone(held));
    blocks.push(closing(held, time));
    Some(held.paper("公示", PaperKind::Publication, blocks))
}
