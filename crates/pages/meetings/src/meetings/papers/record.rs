//! The record 会议记录 and the minutes 会议纪要 of a meeting: two papers. The record has each speech in
//! short, every count and who was there; the minutes have what was agreed, in the order of an
//! office.

use super::facts::Held;
use super::resolution;
use crate::meetings::face::explained;
use crate::meetings::heard;
use crate::meetings::minutes::{Minutes, Standing, dissent};
use crate::promises::face::minuted;
use yishi_domain::meetings::{Event, Vote};
use yishi_domain::papers::PaperKind;
use yishi_pages_dispatch::ballots::face::whose;
use yishi_papers::{Block, Kept, Paper};

/// The record.
pub(super) fn record<K: Kept>(held: &Held<'_>) -> Paper {
    let story = held.story;
    let mut blocks = vec![Block::Fields(held.facts()), Block::Fields(held.present::<K>())];
    blocks.extend(agenda(held));
    blocks.push(Block::Heading("发言".to_owned()));
    let before = blocks.len();
    for entry in &story.entries {
        if let Event::Stated { form, organisation, text, .. } = &entry.event.what {
            let who = organisation.map_or("到会人员", |id| story.body(id));
            blocks.push(Block::Item(format!("{who}（{}）：{text}", held.zh.word(*form))));
        }
    }
    if blocks.len() == before {
        blocks.push(Block::Text("无。".to_owned()));
    }
    blocks.extend(votes(held));
    blocks.push(Block::Heading("议定事项".to_owned()));
    blocks.extend(resolution::agreed(held));
    blocks.extend(promised(held));
    blocks.extend(raised(held));
    blocks.extend(dissents(held));
    blocks.push(signatures());
    held.paper("会议记录", PaperKind::Meeting, blocks)
}

/// The minutes.
pub(super) fn minutes<K: Kept>(held: &Held<'_>, confirmed: &Minutes) -> Paper {
    let mut blocks = vec![Block::Fields(held.facts()), Block::Fields(held.present::<K>())];
    blocks.extend(agenda(held));
    blocks.push(Block::Heading("议定事项".to_owned()));
    blocks.extend(resolution::agreed(held));
    blocks.extend(promised(held));
    blocks.extend(votes(held));
    blocks.extend(raised(held));
    blocks.extend(dissents(held));
    blocks.push(signatures());
    blocks.push(Block::Small(match confirmed.standing {
        Standing::Confirmed => format!("主持人、记录人已确认，确认文本的校验码：{}", confirmed.digest),
        Standing::Draft => "草稿：主持人、记录人尚未确认，编号自公示之日起编列。".to_owned(),
    }));
    held.paper("会议纪要", PaperKind::Minutes, blocks)
}

/// What bodies promised there 表态.
fn promised(held: &Held<'_>) -> Vec<Block> {
    let lines = held.story.promises.iter().map(|row| minuted(row, held.zh)).collect();
    listed("表态", lines)
}

/// What was raised from the floor 会上提出, by numbers alone: their words are their own.
fn raised(held: &Held<'_>) -> Vec<Block> {
    listed("会上提出的事项", heard::lines(&held.story.heard, &held.story.pack, held.zh))
}

/// A heading with its lines; nothing where there are none.
fn listed(heading: &str, lines: Vec<String>) -> Vec<Block> {
    if lines.is_empty() {
        return Vec::new();
    }
    std::iter::once(Block::Heading(heading.to_owned())).chain(lines.into_iter().map(Block::Item)).collect()
}

fn agenda(held: &Held<'_>) -> Vec<Block> {
    let topics = held.story.topics.iter().map(|row| Block::Item(held.story.topic(row.id, held.zh)));
    std::iter::once(Block::Heading("议题".to_owned())).chain(topics).collect()
}

/// What was put and how it was counted.
fn votes(held: &Held<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Heading("表决情况".to_owned())];
    for motion in &held.story.meeting.sitting.motions {
        blocks.push(Block::Item(motion.text.to_string()));
        blocks.extend(whose(&motion.decides, held.zh).map(Block::Point));
        let Vote::Counted(counts, passed) = motion.vote else { continue };
        blocks.push(Block::Point(format!(
            "{}：到会有表决权的{}人，赞成{}，反对{}，弃权{}，{}。",
            held.zh.word(motion.mode),
            counts.present,
            counts.in_favour,
            counts.against,
            counts.abstain,
            held.zh.word(passed)
        )));
        blocks.extend(explained(motion, &held.story.ruled, held.zh).into_iter().map(Block::Point));
    }
    if blocks.len() == 1 {
        blocks.push(Block::Text("没有进行表决。".to_owned()));
    }
    blocks
}

/// What was kept of other opinions.
fn dissents(held: &Held<'_>) -> Vec<Block> {
    let kept: Vec<Block> = held
        .story
        .entries
        .iter()
        .filter_map(|entry| match &entry.event.what {
            Event::Dissented { motion, text, .. } => Some(Block::Item(dissent(*motion, text, held.zh))),
            _ => None,
        })
        .collect();
    let none = kept.is_empty().then(|| Block::Text("无。".to_owned()));
    std::iter::once(Block::Heading("不同意见".to_owned())).chain(kept).chain(none).collect()
}

fn signatures() -> Block {
    Block::Signatures(vec!["主持人（签字）".to_owned(), "记录人（签字）".to_owned()])
}
