//! The notice that invites to a meeting 会议通知: what about, when and where, who is invited, and how
//! whoever cannot come is heard.

use super::facts::{Held, closing, field, or_none, phone};
use crate::meetings::face::forum_name;
use yishi_domain::meetings::Event;
use yishi_domain::papers::PaperKind;
use yishi_papers::{Block, Paper};
use yishi_web::papers::{day, minute};

pub(super) fn paper(held: &Held<'_>, link: &str) -> Paper {
    let story = held.story;
    let agenda = &story.meeting.agenda;
    let forum = story.rules().forum(&agenda.forum);
    let name = forum_name(story.rules(), &agenda.forum, held.zh);
    let invited: Vec<&str> = agenda.invited.iter().map(|one| story.body(one.organisation)).collect();
    let moved = story.moved();
    let mut blocks = vec![
        Block::Text(format!(
            "定于{}在{}召开{name}，现将有关事项通知如下。",
            minute(agenda.starts),
            agenda.venue
        )),
        Block::Heading("议题".to_owned()),
    ];
    if let Some(moved) = moved {
        let said = format!("会议原定{}召开，现改期。原因：{}。", minute(moved.from), moved.reason);
        blocks.insert(1, Block::Text(said));
    }
    blocks.extend(story.topics.iter().map(|row| Block::Item(story.topic(row.id, held.zh))));
    blocks.push(Block::Heading("参加人员".to_owned()));
    let mut who = vec![field("受邀单位", &or_none(&invited.join("、")))];
    if let Some(entitled) = agenda.entitled {
        who.push(field("有表决权的", &format!("{entitled}人")));
    }
    if let Some(forum) = forum {
        who.push(field("召集", &held.zh.said(&forum.convenor_zh, &forum.convenor_en)));
    }
    blocks.push(Block::Fields(who));
    blocks.push(Block::Text("居民、商户均可到会旁听、发言。".to_owned()));
    blocks.push(Block::Heading("不能到会怎么办".to_owned()));
    blocks.push(Block::Text(format!(
        "不能到会的，请在会前把意见告诉{}工作人员，由工作人员代为反映；也可以在网上查看：{link}",
        held.keeper
    )));
    if let Some(hurry) = &agenda.hurry {
        blocks.push(Block::Heading("提前召开的原因".to_owned()));
        blocks.push(Block::Text(hurry.to_string()));
    }
    if forum.is_some() {
        blocks.push(Block::Heading("依据".to_owned()));
        // What it takes to call it and to decide; how long the result hangs is said where it hangs.
        let lines: Vec<String> = story.ruled.lines(held.zh).into_iter().take(2).collect();
        blocks.push(Block::Text(format!("{}。", lines.join("；"))));
        blocks.extend(story.ruled.said(held.zh).map(Block::Text));
    }
    let posted = story.since_moved().filter_map(|entry| match &entry.event.what {
        Event::Posted { at, .. } => Some(field("张贴", &format!("{}，{at}", day(entry.event.time)))),
        _ => None,
    });
    let mut last: Vec<Block> = posted.map(|posted| Block::Fields(vec![posted])).collect();
    last.extend(phone(held));
    if !last.is_empty() {
        blocks.push(Block::Heading("张贴与联系".to_owned()));
        blocks.extend(last);
    }
    blocks.push(closing(held, moved.map_or(agenda.called, |moved| moved.at)));
    held.paper("会议通知", PaperKind::Notice, blocks)
}
