//! What both sides said of each other, line by line: while it runs only whether they have said
//! something, so that nobody answers in kind; once it has ended, what.

use maud::{Markup, html};
use yishi_domain::ratings::{Assessment, Grades, Question, Rating};
use yishi_web::names::Names;
use yishi_web::texts::Locale;
use yishi_web::{Cx, Error};

/// Who rates whom, by name, and what was said: first the street of each body, then that body.
pub async fn lines<'a>(
    cx: &Cx,
    assessment: &'a Assessment,
) -> Result<Vec<(String, String, Option<&'a Rating>)>, Error> {
    let (db, mut names) = (&cx.app.office.db, Names::default());
    let street = names.place(db, assessment.street).await?;
    let mut lines = Vec::with_capacity(assessment.sides.len() * 2);
    for (body, side) in &assessment.sides {
        let name = names.organisation(db, *body).await?;
        lines.push((street.clone(), name.clone(), side.rated.as_ref()));
        lines.push((name, street.clone(), side.rates.as_ref()));
    }
    Ok(lines)
}

/// The same for a page.
pub async fn said(cx: &Cx, assessment: &Assessment) -> Result<Markup, Error> {
    let (t, ended) = (cx.locale, assessment.ended.is_some());
    let lines = lines(cx, assessment).await?;
    let given = lines.iter().filter(|(.., rating)| rating.is_some()).count();
    Ok(html! {
        p { (t.with("assessment-said", &[("said", &given), ("asked", &lines.len())])) @if !ended { " " (t.say("assessment-until")) } }
        ul.list { @for (by, whom, rating) in &lines {
            li.item.calm {
                p { strong { (t.with("assessment-of", &[("by", by), ("whom", whom)])) } }
                @match rating {
                    Some(rating) if ended => (told(rating, t)),
                    Some(_) => p.meta { (t.say("assessment-given")) },
                    None if ended => p.meta { (t.say("assessment-silent")) },
                    None => p.meta { (t.say("assessment-not-yet")) },
                }
            }
        } }
    })
}

/// The answers in the order of the questions.
pub fn answers(grades: Grades, t: Locale) -> Vec<(String, String)> {
    let answers = [
        (Question::Response, grades.response),
        (Question::Presence, grades.presence),
        (Question::Result, grades.result),
    ];
    answers.iter().map(|(question, grade)| (t.word(*question), t.word(*grade))).collect()
}

fn told(rating: &Rating, t: Locale) -> Markup {
    html! {
        p.meta { @for (question, grade) in answers(rating.grades, t) {
            span.whole { (question) (t.pick("：", ": ")) strong { (grade) } } " "
        } }
        @if let Some(note) = &rating.note { p.quote { (note) } }
    }
}
