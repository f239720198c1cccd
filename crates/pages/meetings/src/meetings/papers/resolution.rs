//! What a meeting came to: the resolution 决议, with each thing that was agreed, who does it, by when,
//! with which money and how one sees it done.

use super::facts::Held;
use crate::meetings::face::explained;
use yishi_domain::meetings::{Event, Motion, Resolved, Vote};
use yishi_domain::papers::PaperKind;
use yishi_pages_dispatch::ballots::face::whose;
use yishi_papers::{Block, Column, Paper, Rows, Table};
use yishi_web::papers::due;
use yishi_web::ui::yuan;

pub(super) fn paper(held: &Held<'_>) -> Paper {
    let meeting = &held.story.meeting;
    let mut facts = held.facts();
    facts.truncate(5);
    let mut blocks = vec![Block::Fields(facts)];
    // What is the owners' is recommended to them and never stands as decided here.
    let (theirs, ours): (Vec<&Motion>, Vec<&Motion>) =
        meeting.sitting.carried().partition(|motion| motion.decides.joint().is_some());
    let title = if ours.is_empty() && !theirs.is_empty() { "会议建议" } else { "决议" };
    for (heading, motions) in [("通过的事项", ours), ("形成建议、提交业主共同决定的事项", theirs)]
    {
        if !motions.is_empty() {
            blocks.push(Block::Heading(heading.to_owned()));
            blocks.extend(motions.into_iter().flat_map(|motion| counted(held, motion)));
        }
    }
    blocks.push(Block::Heading("办理".to_owned()));
    blocks.extend(table(held));
    if let Some(standard) = &meeting.outcome.standard {
        blocks.push(Block::Heading("协商议定事项".to_owned()));
        blocks.push(Block::Text(standard.to_string()));
    }
    blocks.push(Block::Signatures(vec![
        "主持人（签字）".to_owned(),
        "记录人（签字）".to_owned(),
        "参会代表（签字）".to_owned(),
    ]));
    held.paper(title, PaperKind::Meeting, blocks)
}

/// A motion, whose decision it is, and how it was counted.
fn counted(held: &Held<'_>, motion: &Motion) -> Vec<Block> {
    let mut blocks = vec![Block::Item(motion.text.to_string())];
    blocks.extend(whose(&motion.decides, held.zh).map(Block::Point));
    if let Vote::Counted(counts, _) = motion.vote {
        blocks.push(Block::Point(format!(
            "到会有表决权的{}人，赞成{}，反对{}，弃权{}。",
            counts.present, counts.in_favour, counts.against, counts.abstain
        )));
    }
    blocks.extend(explained(motion, &held.story.ruled, held.zh).into_iter().map(Block::Point));
    blocks
}

/// The actions as a table; a line where there is none.
pub(super) fn table(held: &Held<'_>) -> Vec<Block> {
    let actions = &held.story.meeting.outcome.actions;
    if actions.is_empty() {
        return vec![Block::Text("没有需要派出的事项。".to_owned())];
    }
    let columns = vec![
        Column::new("序号", 9),
        Column::new("事项", 25),
        Column::new("承办", 16),
        Column::new("时限", 20),
        Column::new("资金及来源", 15),
        Column::new("验收标准", 15),
    ];
    let row = |(n, action): (usize, &yishi_domain::meetings::Action)| {
        let agreed = &action.agreed;
        let money = agreed.money.as_ref();
        vec![
            n.to_string(),
            held.story.task(action, held.zh),
            held.story.holder(agreed.owner, held.zh),
            due(agreed.due),
            money.map_or_else(
                || "无需资金".to_owned(),
                |money| format!("{}元，{}", yuan(money.fen), &*money.source),
            ),
            agreed.acceptance.to_string(),
        ]
    };
    let rows = (1..).zip(actions).map(row).collect();
    vec![Block::Table(Table { columns, rows, height: Rows::Text })]
}

/// What was agreed, one paragraph each.
pub(super) fn agreed(held: &Held<'_>) -> Vec<Block> {
    let meeting = &held.story.meeting;
    let reason = held.story.entries.iter().find_map(|entry| match &entry.event.what {
        Event::Adjourned { reason, .. } => Some(reason),
        _ => None,
    });
    let mut blocks = Vec::new();
    if let Some(reason) = reason {
        blocks.push(Block::Text(format!("未形成决议，议题退回。原因：{}", &**reason)));
    } else if meeting.outcome.resolved != Resolved::Yes {
        blocks.push(Block::Text("尚未形成。".to_owned()));
    } else {
        blocks.extend(meeting.outcome.actions.iter().map(|action| {
            let agreed = &action.agreed;
            let money = agreed.money.as_ref().map_or_else(
                || "无需资金".to_owned(),
                |money| format!("资金{}元，来源：{}", yuan(money.fen), &*money.source),
            );
            Block::Item(format!(
                "{}承办：{}；时限：{}前；{money}；验收标准：{}",
                stopped(&held.story.task(action, held.zh)),
                held.story.holder(agreed.owner, held.zh),
                due(agreed.due),
                stopped(&agreed.acceptance)
            ))
        }));
        if let Some(standard) = &meeting.outcome.standard {
            blocks.push(Block::Item(format!("协商议定事项：{}", stopped(standard))));
        }
        let recommended = meeting.sitting.awaiting_owners().count();
        if recommended > 0 {
            blocks.push(Block::Item(format!(
                "形成建议{recommended}项，提交业主共同决定；业主作出决定前不派单。"
            )));
        }
        if blocks.is_empty() {
            blocks.push(Block::Text("没有需要派出的事项。".to_owned()));
        }
    }
    blocks
}

/// A sentence that ends.
fn stopped(text: &str) -> String {
    let ends = text.ends_with(['。', '！', '？', '；', '.', '!', '?']);
    if ends { text.to_owned() } else { format!("{text}。") }
}
