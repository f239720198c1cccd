//! Minutes (会议纪要), drafted from what the ledger says happened: a plain text that chair and
//! recorder confirm by its digest, and the same text as a page. Persons are not named in it;
//! what the room thinks of it is not its business.

use super::heard;
use crate::meetings::face::{Story, explained, forum_name, statutory};
use crate::promises::face as promises;
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use yishi_domain::meetings::{Agreed, Coming, Event, Motion, SeatKind, Vote};
use yishi_kernel::OrganisationId;
use yishi_kernel::cell::Flag;
use yishi_office::meetings::reads::{SeatRow, seats};
use yishi_pages_dispatch::ballots::face::whose;
use yishi_papers::chinese;
use yishi_web::texts::Locale;
use yishi_web::ui::yuan;
use yishi_web::{Cx, Error};

/// Who was present: numbers by kind, and how many each invited body sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presence {
    /// By kind of sign-in, without those struck.
    pub kinds: BTreeMap<&'static str, u64>,
    /// Of invited bodies.
    pub bodies: BTreeMap<OrganisationId, u64>,
    /// With a vote.
    pub votes: u64,
    /// Residents and members without one: they have a voice.
    pub voice: u64,
}

impl Presence {
    /// Counts sign-ins.
    #[must_use]
    pub fn of(seats: &[SeatRow]) -> Self {
        let mut presence = Self::default();
        for seat in seats.iter().filter(|seat| seat.struck.is_none()) {
            *presence.kinds.entry(seat.kind.word()).or_default() += 1;
            if let Some(body) = seat.organisation {
                *presence.bodies.entry(body).or_default() += 1;
            }
            presence.votes += u64::from(seat.admitted == Flag::Yes);
            let may = matches!(seat.kind, SeatKind::Resident | SeatKind::Member);
            presence.voice += u64::from(may && seat.admitted == Flag::No);
        }
        presence
    }

    /// How many signed in as this.
    #[must_use]
    pub fn kind(&self, kind: SeatKind) -> u64 {
        self.kinds.get(kind.word()).copied().unwrap_or_default()
    }
}

/// The minutes of a meeting.
#[derive(Clone, Debug)]
pub struct Minutes {
    /// The text, in Chinese: what is confirmed.
    pub text: String,
    /// Its SHA-256, in hex.
    pub digest: String,
    /// Where it was confirmed by both.
    pub standing: Standing,
}

/// How far minutes are confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// By nobody, or by one of two.
    Draft,
    /// By chair and recorder.
    Confirmed,
}

impl Minutes {
    /// The text both confirmed, as it was kept; the draft until then.
    pub async fn load(cx: &Cx, story: &Story) -> Result<Self, Error> {
        let db = &cx.app.office.db;
        if let Some(digest) = story.meeting.outcome.minutes()
            && let Some(kept) = db.blob(digest).await?
        {
            let text = String::from_utf8_lossy(&kept).into_owned();
            return Ok(Self { text, digest: digest.to_owned(), standing: Standing::Confirmed });
        }
        let presence = Presence::of(&seats(db, story.ledger.ledger, story.row.id).await?);
        let text = draft(story, &presence, cx.locale.chinese());
        let digest = yishi_store::blobs::digest_of(text.as_bytes());
        Ok(Self { text, digest, standing: Standing::Draft })
    }
}

/// A text that grows by headings and lines, numbered as papers are: 一、（一）; in English 1. (1).
struct Sheet {
    text: String,
    t: Locale,
    headings: usize,
    lines: usize,
}

impl Sheet {
    fn new(title: &str, t: Locale) -> Self {
        Self { text: format!("{title}\n"), t, headings: 0, lines: 0 }
    }

    fn heading(&mut self, text: &str) {
        (self.headings, self.lines) = (self.headings + 1, 0);
        let number = self.t.pick(format!("{}、", chinese(self.headings)), format!("{}. ", self.headings));
        let _ = write!(self.text, "\n{number}{text}\n");
    }

    fn line(&mut self, text: &str) {
        self.lines += 1;
        let number = self.t.pick(format!("（{}）", chinese(self.lines)), format!("({}) ", self.lines));
        // What was typed over several lines stays one line, so that it never reads as a heading.
        let words: Vec<&str> = text.split_whitespace().collect();
        let _ = writeln!(self.text, "{number}{}", words.join(" "));
    }
}

/// Which issue of the minutes stands, where they were written anew.
#[must_use]
pub fn issue(story: &Story) -> Option<u32> {
    Some(story.meeting.outcome.issue).filter(|again| *again > 0).map(|again| again + 1)
}

/// The minutes as they would be drafted in a language.
#[must_use]
pub fn draft(story: &Story, presence: &Presence, t: Locale) -> String {
    let agenda = &story.meeting.agenda;
    let mut sheet = Sheet::new(&t.with("minutes-title", &[("title", &agenda.title)]), t);
    sheet.heading(&t.say("minutes-facts"));
    sheet.line(&t.with("minutes-number", &[("paper", &story.number(t))]));
    if let Some(issue) = issue(story) {
        sheet.line(&t.with("minutes-issue", &[("issue", &issue)]));
    }
    sheet.line(&t.with("minutes-forum", &[("forum", &forum_name(story.rules(), &agenda.forum, t))]));
    if let Some(said) = story.ruled.said(t) {
        sheet.line(&said);
    }
    sheet.line(&t.with("minutes-when", &[("time", &t.time(agenda.starts)), ("venue", &agenda.venue)]));
    for entry in &story.entries {
        let time = entry.event.time;
        match &entry.event.what {
            Event::Posted { at, .. } => {
                sheet.line(&t.with("minutes-posted", &[("date", &t.day(time.date())), ("at", at)]));
            }
            Event::Opened { .. } => sheet.line(&t.with("minutes-opened", &[("time", &t.time(time))])),
            _ => {}
        }
    }
    if let Some(hurry) = &agenda.hurry {
        sheet.line(&t.with("minutes-hurry", &[("reason", hurry)]));
    }
    sheet.heading(&t.say("meeting-agenda"));
    for topic in &story.topics {
        sheet.line(&story.topic(topic.id, t));
    }
    attendance(&mut sheet, story, presence, t);
    sheet.heading(&t.say("minutes-statements"));
    let before = sheet.text.len();
    for entry in &story.entries {
        if let Event::Stated { form, organisation, text, .. } = &entry.event.what {
            let form = t.word(*form);
            let who = organisation.map(|id| story.body(id)).unwrap_or_default();
            let line = match who {
                "" => t.with("minutes-stated", &[("form", &form), ("text", text)]),
                who => t.with("minutes-stated-by", &[("form", &form), ("who", &who), ("text", text)]),
            };
            sheet.line(&line);
        }
    }
    if sheet.text.len() == before {
        sheet.line(&t.say("minutes-none"));
    }
    if !story.promises.is_empty() {
        sheet.heading(&t.say("promises-title"));
        for promise in &story.promises {
            sheet.line(&promises::minuted(promise, t));
        }
    }
    if !story.heard.is_empty() {
        sheet.heading(&t.say("heard-title"));
        for line in heard::lines(&story.heard, &story.pack, t) {
            sheet.line(&line);
        }
    }
    motions(&mut sheet, story, t);
    resolution(&mut sheet, story, t);
    sheet.heading(&t.say("minutes-dissents"));
    let before = sheet.text.len();
    for entry in &story.entries {
        if let Event::Dissented { motion, text, .. } = &entry.event.what {
            sheet.line(&dissent(*motion, text, t));
        }
    }
    if sheet.text.len() == before {
        sheet.line(&t.say("minutes-none"));
    }
    sheet.text
}

/// A kept disagreement, with the motion it is about.
#[must_use]
pub fn dissent(motion: Option<u32>, text: &str, t: Locale) -> String {
    match motion {
        Some(motion) => t.with("minutes-dissent-on", &[("motion", &motion), ("text", &text)]),
        None => text.to_owned(),
    }
}

fn attendance(sheet: &mut Sheet, story: &Story, presence: &Presence, t: Locale) {
    let agenda = &story.meeting.agenda;
    sheet.heading(&t.say("minutes-present"));
    sheet.line(&t.with(
        "minutes-voters",
        &[
            ("votes", &presence.votes),
            ("residents", &presence.kind(SeatKind::Resident)),
            ("members", &presence.kind(SeatKind::Member)),
        ],
    ));
    if let Some(entitled) = agenda.entitled {
        let statutory = statutory(story.rules().forum(&agenda.forum));
        let key = if statutory { "minutes-entitled" } else { "minutes-expected" };
        sheet.line(&t.with(key, &[("entitled", &entitled)]));
    }
    for invited in &agenda.invited {
        let (body, name) = (invited.organisation, story.body(invited.organisation));
        let line = match (presence.bodies.get(&body), agenda.replies.get(&body)) {
            (Some(count), _) => t.with("minutes-body", &[("name", &name), ("count", count)]),
            (None, Some(Coming::No)) => t.with("minutes-body-no", &[("name", &name)]),
            (None, Some(Coming::Yes)) => t.with("minutes-body-missing", &[("name", &name)]),
            (None, None) => t.with("minutes-body-silent", &[("name", &name)]),
        };
        sheet.line(&line);
    }
    let listeners = presence.kind(SeatKind::Observer);
    if listeners > 0 {
        sheet.line(&t.with("minutes-observers", &[("count", &listeners)]));
    }
}

fn motions(sheet: &mut Sheet, story: &Story, t: Locale) {
    sheet.heading(&t.say("minutes-votes"));
    let motions = &story.meeting.sitting.motions;
    if motions.is_empty() {
        sheet.line(&t.say("minutes-none"));
    }
    for motion in motions {
        sheet.line(&t.with(
            "minutes-motion",
            &[("number", &motion.number), ("topic", &story.topic(motion.topic, t)), ("text", &motion.text)],
        ));
        if let Some(whose) = whose(&motion.decides, t) {
            sheet.line(&whose);
        }
        if let Vote::Counted(counts, passed) = motion.vote {
            sheet.line(&t.with(
                "minutes-count",
                &[
                    ("mode", &t.word(motion.mode)),
                    ("present", &counts.present),
                    ("for", &counts.in_favour),
                    ("against", &counts.against),
                    ("abstain", &counts.abstain),
                    ("passed", &t.word(passed)),
                ],
            ));
            for sentence in explained(motion, &story.ruled, t) {
                sheet.line(&sentence);
            }
            if let Some(at) = motion.recounted {
                sheet.line(&t.with("vote-recounted", &[("time", &t.time(at))]));
            }
        }
    }
}

fn resolution(sheet: &mut Sheet, story: &Story, t: Locale) {
    let task = |agreed: &Agreed| match story.meeting.outcome.action(agreed.id) {
        Some(action) => story.task(action, t),
        None => agreed.task.to_string(),
    };
    sheet.heading(&t.say("meeting-resolution"));
    for entry in &story.entries {
        match &entry.event.what {
            Event::Adjourned { reason, .. } => {
                sheet.line(&t.with("minutes-adjourned", &[("reason", reason)]));
            }
            Event::Resolved { actions, standard, .. } => {
                for (n, action) in actions.iter().enumerate() {
                    let way = t.word(action.way);
                    sheet.line(&t.with(
                        "minutes-action",
                        &[
                            ("number", &(n + 1)),
                            ("task", &task(action)),
                            ("owner", &story.holder(action.owner, t)),
                            ("way", &way),
                            ("due", &t.day(action.due.deadline_date())),
                            ("acceptance", &action.acceptance),
                        ],
                    ));
                    if let Some(money) = &action.money {
                        let sum = yuan(money.fen);
                        sheet.line(&t.with("meeting-money", &[("sum", &sum), ("source", &money.source)]));
                    }
                }
                if let Some(standard) = standard {
                    sheet.line(&t.with("minutes-standard", &[("standard", standard)]));
                }
                let owners = |motion: &&Motion| motion.decides.joint().is_some();
                let recommended = story.meeting.sitting.carried().filter(owners).count();
                let carried = story.meeting.sitting.carried().count() - recommended;
                if actions.is_empty() && carried > 0 {
                    sheet.line(&t.with("minutes-no-actions", &[("count", &carried)]));
                }
                if recommended > 0 {
                    sheet.line(&t.with("minutes-recommended", &[("count", &recommended)]));
                }
            }
            _ => {}
        }
    }
}

/// Whether a line of minutes is a heading: each has a number and no full stop. A sentence that
/// somebody numbered is none.
fn is_heading(line: &str) -> bool {
    if line.trim_end().ends_with(['。', '；', '.', ';']) {
        return false;
    }
    let numbered = |(number, _): (&str, &str), digits: &str| {
        !number.is_empty() && number.chars().all(|c| digits.contains(c))
    };
    line.split_once('、').is_some_and(|parts| numbered(parts, "一二三四五六七八九十"))
        || line.split_once(". ").is_some_and(|parts| numbered(parts, "0123456789"))
}

/// A text of minutes as part of a page, whose title is `title`. Those that were confirmed before
/// 0.3.0 have `##` before headings and `-` before lines; a text written otherwise is shown line by
/// line.
#[must_use]
pub fn view(text: &str, title: &str) -> Markup {
    let own = |line: &&str| !line.trim().is_empty() && !line.starts_with("# ") && *line != title;
    let mut lines = text.lines().filter(own).peekable();
    let mut blocks = Vec::new();
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix("## ") {
            blocks.push(html! { h2 { (heading) } });
        } else if let Some(item) = line.strip_prefix("- ") {
            let mut items = vec![item];
            while let Some(item) = lines.peek().and_then(|line| line.strip_prefix("- ")) {
                items.push(item);
                lines.next();
            }
            blocks.push(html! { ul { @for item in items { li { (item) } } } });
        } else if is_heading(line) {
            blocks.push(html! { h2 { (line) } });
        } else {
            blocks.push(html! { p { (line) } });
        }
    }
    html! { @for block in blocks { (block) } }
}
