//! What several papers of a meeting say alike: its number, when and where, who was there. Papers
//! are Chinese, whoever reads the page around them.

use crate::meetings::face::{Story, forum_name};
use crate::meetings::minutes::Presence;
use std::collections::BTreeMap;
use yishi_domain::councils::{Council, Member};
use yishi_domain::meetings::{Coming, SeatId, SeatKind};
use yishi_domain::papers::PaperKind;
use yishi_kernel::cell::Flag;
use yishi_kernel::{AccountId, Sealed};
use yishi_office::meetings::reads::{SeatRow, names, seats};
use yishi_office::people::reads::account;
use yishi_papers::{Block, Kept, Paper, Person, Sheet};
use yishi_web::papers::{day, minute};
use yishi_web::texts::Locale;
use yishi_web::{Cx, Error};

/// A meeting with what its papers say of the people in it. Names are there only where they were
/// asked for, for a copy that may carry them.
pub(super) struct Held<'a> {
    /// What happened.
    pub story: &'a Story,
    /// The language of papers.
    pub zh: Locale,
    /// Whom one rings, where that is said.
    pub phone: Option<String>,
    /// The name of the place that keeps it.
    pub keeper: String,
    /// Who signed in.
    pub seats: Vec<SeatRow>,
    /// Their names.
    pub names: BTreeMap<SeatId, String>,
    /// Who is on the roll of its council on the day, in the order of their numbers.
    pub council: Vec<Member>,
    /// Who chairs.
    pub chair: Option<Person>,
    /// Who records.
    pub recorder: Option<Person>,
}

/// Whether names are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    /// For an internal copy.
    Read,
    /// For one that everyone reads.
    Left,
}

impl<'a> Held<'a> {
    pub async fn load(cx: &Cx, story: &'a Story, wanted: Names) -> Result<Self, Error> {
        let (db, ledger) = (&cx.app.office.db, story.ledger.ledger);
        let keeper = cx.place(ledger).await?.name;
        let seats = seats(db, ledger, story.row.id).await?;
        let zh = chinese(cx);
        let reached = cx.local.reached.as_ref();
        let phone = reached.map(|one| format!("{}（{}）", one.phone, one.name));
        let (names_of, council) = (BTreeMap::new(), Vec::new());
        let mut held =
            Self { story, zh, phone, keeper, seats, names: names_of, council, chair: None, recorder: None };
        if wanted == Names::Read {
            let ids: Vec<SeatId> = held.seats.iter().map(|seat| seat.id).collect();
            held.names = names(db, ledger, &ids).await?;
            let agenda = &story.meeting.agenda;
            held.chair = person(cx, &agenda.chair).await?;
            held.recorder = person(cx, &agenda.recorder).await?;
            if let Some(council) = agenda.council {
                let loaded = cx.app.office.load::<Council>(ledger, &council.into()).await?;
                held.council = loaded.must()?.current(agenda.starts).cloned().collect();
            }
        }
        Ok(held)
    }

    /// A paper of this meeting with its number; the meeting's own beside the ledger's where the
    /// paper has none.
    pub fn paper(&self, title: &str, kind: PaperKind, blocks: Vec<Block>) -> Paper {
        let row = &self.story.row;
        let number = self.story.numbers.of(&row.id.into(), kind);
        Paper {
            issuer: self.keeper.clone(),
            title: title.to_owned(),
            number: number.map(ToString::to_string).unwrap_or_default(),
            entry: format!("台账第{}条", row.number),
            blocks,
        }
    }

    /// When, where, in which forum, led and recorded by whom.
    pub fn facts(&self) -> Vec<(String, String)> {
        let agenda = &self.story.meeting.agenda;
        let mut facts = vec![
            field("会议名称", &agenda.title),
            field("会议编号", &self.story.number(self.zh)),
            field("会议形式", &self.forum()),
            field("时间", &minute(agenda.starts)),
            field("地点", &agenda.venue),
        ];
        for (name, person) in [("主持人", &self.chair), ("记录人", &self.recorder)] {
            facts.extend(person.as_ref().map(|person| {
                let written = Sheet::<yishi_papers::Internal>::people(std::slice::from_ref(person));
                field(name, &written)
            }));
        }
        facts
    }

    /// What kind of meeting it is; of a statutory one with how far its numbers can be relied on.
    pub fn forum(&self) -> String {
        let name = forum_name(self.story.rules(), &self.story.meeting.agenda.forum, self.zh);
        match self.story.ruled.said(self.zh) {
            Some(said) => format!("{name}（{}）", said.trim_end_matches('。')),
            None => name,
        }
    }

    /// 出席, 列席, 请假, 旁听: with names on a copy that carries them, else in numbers.
    pub fn present<K: Kept>(&self) -> Vec<(String, String)> {
        let agenda = &self.story.meeting.agenda;
        let presence = Presence::of(&self.seats);
        let people = |votes: Flag| -> Vec<Person> {
            let there = self.seats.iter().filter(|seat| seat.struck.is_none() && seat.votes == votes);
            there.filter_map(|seat| Some(Person::resident(self.names.get(&seat.id)?))).collect()
        };
        let named = |people: &[Person]| match people {
            [] => String::new(),
            some => format!("：{}", Sheet::<K>::people(some)),
        };
        let entitled = agenda.entitled.map_or_else(String::new, |all| format!("，应到{all}人"));
        let voting = people(Flag::Yes);
        let mut rows =
            vec![field("出席", &format!("有表决权的{}人{entitled}{}", presence.votes, named(&voting)))];
        let (mut came, mut excused, mut missing) = (Vec::new(), Vec::new(), Vec::new());
        for invited in &agenda.invited {
            let (body, name) = (invited.organisation, self.story.body(invited.organisation));
            match (presence.bodies.get(&body), agenda.replies.get(&body)) {
                (Some(count), _) => came.push(format!("{name}（{count}人）")),
                (None, Some(Coming::No)) => excused.push(name.to_owned()),
                (None, Some(Coming::Yes) | None) => missing.push(name.to_owned()),
            }
        }
        let others: Vec<Person> = people(Flag::No);
        rows.push(field("列席", &or_none(&format!("{}{}", came.join("、"), named(&others)))));
        rows.push(field("请假", &or_none(&excused.join("、"))));
        if !missing.is_empty() {
            rows.push(field("未到", &missing.join("、")));
        }
        let listening = presence.kind(SeatKind::Observer);
        if listening > 0 {
            rows.push(field("旁听", &format!("{listening}人")));
        }
        rows
    }
}

async fn person<W>(cx: &Cx, id: &Sealed<AccountId, W>) -> Result<Option<Person>, Error> {
    let Some(id) = id.get() else { return Ok(None) };
    let row = account(&cx.app.office.db, *id).await?;
    Ok(row.map(|row| Person::office(&row.name)))
}

pub(super) fn field(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

pub(super) fn or_none(text: &str) -> String {
    if text.is_empty() { "无".to_owned() } else { text.to_owned() }
}

/// Whom one rings with an opinion or a question.
pub(super) fn phone(held: &Held<'_>) -> Option<Block> {
    let phone = held.phone.as_ref()?;
    Some(Block::Fields(vec![field("联系、监督电话", phone)]))
}

/// Who issued a paper, and when.
pub(super) fn closing(held: &Held<'_>, at: yishi_kernel::Moment) -> Block {
    Block::Closing(vec![held.keeper.clone(), day(at)])
}

/// The language of papers, whoever reads the page around them.
pub(super) fn chinese(cx: &Cx) -> Locale {
    cx.locale.chinese()
}
