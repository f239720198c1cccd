//! The addresses of a meeting's papers: for everyone the copies that hang, for whoever keeps the
//! register those with names.

use super::facts::{Held, Names};
use super::{notice, publication, record, resolution, roll};
use crate::meetings::face::Story;
use crate::meetings::hall::{Hall, MeetingAtWork, Standing, standing};
use crate::meetings::minutes::Minutes;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use yishi_domain::meetings::{MeetingStage, REGISTER, Resolved};
use yishi_papers::{Internal, Kept, Paper, Posted, Sheet};
use yishi_web::papers::{Place, Wanted};
use yishi_web::texts::Locale;
use yishi_web::ui::Nav;
use yishi_web::{Cx, Error, papers, sheet};

/// A paper of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeetingPaper {
    /// 会议通知
    Notice,
    /// 签到表
    Roll,
    /// 会议记录
    Record,
    /// 会议纪要
    Minutes,
    /// 决议
    Resolution,
    /// 公示
    Publication,
}

impl MeetingPaper {
    /// In the order in which they come about.
    pub const ALL: [Self; 6] =
        [Self::Notice, Self::Roll, Self::Record, Self::Minutes, Self::Resolution, Self::Publication];

    /// The last part of its address.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Roll => "roll",
            Self::Record => "record",
            Self::Minutes => "minutes",
            Self::Resolution => "resolution",
            Self::Publication => "publication",
        }
    }

    fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|paper| paper.word() == word)
    }

    /// Whether it hangs: a roll and what each said are for the file.
    fn hangs(self) -> bool {
        !matches!(self, Self::Roll | Self::Record)
    }

    /// Whether there is one by now.
    fn is_there(self, story: &Story) -> bool {
        // A stairwell's meeting has a notice and lines of its own, and no file.
        if story.meeting.stairs.is_some() {
            return false;
        }
        let stage = story.row.stage;
        let called_off = stage == MeetingStage::Cancelled;
        let begun = !matches!(stage, MeetingStage::Called | MeetingStage::Cancelled);
        match self {
            Self::Notice | Self::Roll => !called_off,
            Self::Record => begun,
            Self::Minutes => begun && stage != MeetingStage::Open,
            Self::Resolution => begun && story.meeting.outcome.resolved == Resolved::Yes,
            Self::Publication => story.meeting.outcome.published.is_some(),
        }
    }
}

/// `GET /c/{slug}/g/{number}/papers/{paper}`
pub async fn posted(
    cx: Cx,
    Path((slug, number, last)): Path<(String, i64, String)>,
) -> Result<Response, Error> {
    let wanted = Wanted::read(&last);
    let paper = MeetingPaper::read(wanted.word()).filter(|paper| paper.hangs()).ok_or(Error::NotFound)?;
    let story = Story::load(&cx, &slug, number).await?;
    let held = Held::load(&cx, &story, Names::Left).await?;
    let sheet: Sheet<Posted> = copy(&cx, &held, paper).await?.ok_or(Error::NotFound)?;
    let back = (format!("/c/{slug}/g/{number}"), story.meeting.agenda.title.to_string());
    let at = Place { back, link: format!("/c/{slug}/g/{number}/papers/{}", paper.word()) };
    let nav = Nav::Community { slug, name: held.keeper.clone() };
    Ok(papers::posted(&cx, &sheet, &at, nav, wanted))
}

/// `GET /w/{slug}/g/{number}/papers/{paper}`
pub async fn internal(
    cx: Cx,
    Path((slug, number, last)): Path<(String, i64, String)>,
) -> Result<Response, Error> {
    let wanted = Wanted::read(&last);
    let paper = MeetingPaper::read(wanted.word()).ok_or(Error::NotFound)?;
    let hall = sheet::Sheet::<MeetingAtWork>::open(cx, (slug.clone(), number)).await?;
    hall.must(&REGISTER)?;
    let story = &hall.row.story;
    let held = Held::load(&hall.cx, story, Names::Read).await?;
    let copy = internal_copy(&hall.cx, &held, paper).await?.ok_or(Error::NotFound)?;
    let back = (hall.link(), story.meeting.agenda.title.to_string());
    let at = Place { back, link: format!("{}/papers/{}", hall.link(), paper.word()) };
    Ok(papers::internal(&hall.cx, &hall.staff, &copy, &at, wanted))
}

/// The copy with names. The caller has asked whether this person may see them.
pub(super) async fn internal_copy(
    cx: &Cx,
    held: &Held<'_>,
    paper: MeetingPaper,
) -> Result<Option<Sheet<Internal>>, Error> {
    match paper {
        MeetingPaper::Roll if paper.is_there(held.story) => Ok(Some(Sheet::new(roll::paper(held)))),
        other => copy(cx, held, other).await,
    }
}

/// A copy of a paper that either kind of reader may have.
async fn copy<K: Kept>(cx: &Cx, held: &Held<'_>, paper: MeetingPaper) -> Result<Option<Sheet<K>>, Error> {
    let story = held.story;
    if !paper.is_there(story) {
        return Ok(None);
    }
    let link = format!("{}/c/{}/g/{}", cx.app.public_url, story.ledger.slug, story.row.number);
    let said: Option<Paper> = match paper {
        MeetingPaper::Notice => Some(notice::paper(held, &link)),
        MeetingPaper::Record => Some(record::record::<K>(held)),
        MeetingPaper::Minutes => Some(record::minutes::<K>(held, &Minutes::load(cx, story).await?)),
        MeetingPaper::Resolution => Some(resolution::paper(held)),
        MeetingPaper::Publication => publication::paper(held, &link),
        MeetingPaper::Roll => None,
    };
    Ok(said.map(Sheet::new))
}

/// Links to the papers that hang.
#[must_use]
pub fn links(story: &Story, t: Locale) -> Markup {
    let front = format!("/c/{}/g/{}/papers", story.ledger.slug, story.row.number);
    let there: Vec<_> =
        MeetingPaper::ALL.into_iter().filter(|paper| paper.hangs() && paper.is_there(story)).collect();
    html! { @if !there.is_empty() {
        p.small.soft.no-print { (t.say("papers-hang")) }
        (list(story, &front, there.into_iter(), t))
    } }
}

/// Links to the copies for whoever keeps the register, and all in one.
#[must_use]
pub fn links_at_work(hall: &Hall) -> Markup {
    let t = hall.cx.locale;
    // Whatever stage it is at: it is filed when all is done.
    if standing(hall) == Standing::Invited {
        return html! {};
    }
    html! {
        section.card.no-print {
            h2 { (t.say("paper-list")) }
            p.hint { (t.say("papers-internal")) }
            (list(&hall.row.story, &format!("{}/papers", hall.link()), MeetingPaper::ALL.into_iter(), t))
            p { a.button.second href={ (hall.link()) "/bundle.zip" } download { (t.say("papers-bundle")) } }
        }
    }
}

fn list(story: &Story, front: &str, papers: impl Iterator<Item = MeetingPaper>, t: Locale) -> Markup {
    html! {
        ul.links.no-print { @for paper in papers.filter(|paper| paper.is_there(story)) {
            li { a href={ (front) "/" (paper.word()) } { (t.say(&format!("paper-{}", paper.word()))) } }
        } }
    }
}
