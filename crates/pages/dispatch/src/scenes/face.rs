//! What a record of a scene says, alike for everyone: when they met and where, what was found, who
//! does what by when, and who has signed. Names of persons are read here by nobody.

use maud::{Markup, html};
use yishi_domain::scenes::{Answer, Scene, SceneLine, SceneStage};
use yishi_kernel::{Holder, Moment};
use yishi_office::papers::Numbered as _;
use yishi_office::scenes::reads::SceneRow;
use yishi_web::names::Names;
use yishi_web::numbers;
use yishi_web::places::spot;
use yishi_web::texts::Locale;
use yishi_web::ui;
use yishi_web::{Cx, Error};

/// What it is called.
///
/// # Errors
/// When the store fails.
pub async fn name(cx: &Cx, row: &SceneRow) -> Result<String, Error> {
    let numbers = cx.numbers([row.key()]).await?;
    Ok(cx.locale.with("scene-number", &[("paper", &numbers::called(&numbers, row, cx.locale))]))
}

/// Where it stands, in words and colour.
#[must_use]
pub fn badge(stage: SceneStage, t: Locale) -> Markup {
    let class = match stage {
        SceneStage::Signing => "badge wait",
        SceneStage::Agreed => "badge",
        SceneStage::Closed => "badge done",
    };
    html! { span class=(class) { (t.word(stage)) } }
}

/// All that everyone reads of it.
///
/// # Errors
/// When the store fails.
pub async fn told(cx: &Cx, row: &SceneRow, scene: &Scene) -> Result<Markup, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let mut names = Names::default();
    let facts = [
        (t.say("fact-stage"), html! { (badge(scene.stage, t)) }),
        (t.say("scene-met"), html! { (t.time(scene.met)) }),
        (t.say("fact-exact"), html! { (spot(cx, row.place).await?) }),
        (t.say("scene-keeper"), html! { (names.holder(db, scene.keeper, t).await?) }),
    ];
    Ok(html! {
        div.card { (ui::facts(&facts)) }
        h2 { (t.say("scene-findings")) }
        p { (scene.findings) }
        h2 #lines { (t.say("scene-lines")) }
        (lines(cx, scene, &mut names).await?)
        h2 { (t.say("scene-signatures")) }
        ul.list { @for (body, answer) in &scene.came {
            li.item.late[answer.is_none() && scene.due <= cx.now].calm[answer.is_some()] {
                p { strong { (names.organisation(db, *body).await?) } }
                p.meta { (signature(scene, answer.as_ref(), cx.now, t)) }
            }
        } }
    })
}

/// Who does what by when, each with what came of it.
///
/// # Errors
/// When the store fails.
pub async fn lines(cx: &Cx, scene: &Scene, names: &mut Names) -> Result<Markup, Error> {
    let t = cx.locale;
    let mut shown = Vec::with_capacity(scene.lines.len());
    for line in &scene.lines {
        let late =
            scene.stage == SceneStage::Agreed && scene.owes(line).is_some() && line.agreed.due <= cx.now;
        shown.push((who(cx, scene, line, names, t).await?, line, late, standing(scene, line, t)));
    }
    Ok(html! {
        ul.list { @for (who, line, late, standing) in &shown {
            li.item.late[*late].calm[!late] {
                p { strong { (who) } " " (line.agreed.what) }
                p.meta { (t.with("scene-by", &[("day", &t.brief(line.agreed.due.deadline_date()))])) " " @if *late { span.badge.late { (t.say("scene-late")) } } " " (standing) }
            }
        } }
    })
}

/// Who has a line: the body that took it on, or the desk's own people.
///
/// # Errors
/// When the store fails.
pub async fn who(
    cx: &Cx,
    scene: &Scene,
    line: &SceneLine,
    names: &mut Names,
    t: Locale,
) -> Result<String, Error> {
    let db = &cx.app.office.db;
    match line.agreed.body {
        Some(body) => names.organisation(db, body).await,
        None => names.holder(db, Holder::Desk(scene.desk), t).await,
    }
}

/// What came of a line.
fn standing(scene: &Scene, line: &SceneLine, t: Locale) -> Markup {
    let unowed = scene.owes(line).is_none();
    html! {
        @if let Some((note, at)) = &line.done { br; (t.with("scene-done-at", &[("day", &t.brief(at.date()))])) " " span.quote { (note) } }
        @else if unowed { br; (t.say("scene-not-owed")) }
        @else if line.left_by.is_some() { br; (t.say("scene-left")) }
    }
}

fn signature(scene: &Scene, answer: Option<&Answer>, now: Moment, t: Locale) -> Markup {
    html! { @match answer {
        Some(Answer::Signed { how, at }) => { (t.word(*how)) " · " (t.brief(at.date())) },
        Some(Answer::Refused { reason, at }) => {
            span.badge.late { (t.say("scene-refused")) } " " (t.brief(at.date()))
            br; span.quote { (reason) }
        },
        Some(Answer::Gone) => (t.say("scene-gone")),
        None if scene.stage == SceneStage::Closed => span.badge.late { (t.say("scene-unsigned")) },
        None => { span.badge.wait { (t.say("scene-unsigned")) } " " (ui::due(scene.due, now, t)) },
    } }
}
