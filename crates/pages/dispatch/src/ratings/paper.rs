//! A double assessment as a paper 双向评价表, for both sides: what each said once it has ended, before that
//! lines to fill in, and lines to sign.

use super::assessment::AssessmentAtWork;
use super::said::{answers, lines};
use axum::extract::Path;
use axum::response::Response;
use yishi_domain::ratings::Rating;
use yishi_papers::{Block, Column, Internal, Paper, Rows, Sheet, Table};
use yishi_web::numbers;
use yishi_web::papers::{self, Place, Wanted, day, due};
use yishi_web::sheet;
use yishi_web::texts::Locale;
use yishi_web::{Cx, Error};

/// `GET /w/{slug}/a/{number}/paper`
pub async fn show(cx: Cx, Path(at): Path<(String, i64)>) -> Result<Response, Error> {
    serve(cx, at, Wanted::Page("")).await
}

/// `GET /w/{slug}/a/{number}/paper.docx`
pub async fn file(cx: Cx, Path(at): Path<(String, i64)>) -> Result<Response, Error> {
    serve(cx, at, Wanted::Docx("")).await
}

async fn serve(cx: Cx, at: (String, i64), wanted: Wanted<'_>) -> Result<Response, Error> {
    let job = sheet::Sheet::<AssessmentAtWork>::open(cx, at).await?;
    let (cx, row, state) = (&job.cx, &job.row, &job.state);
    // Papers are Chinese, whoever reads the page around them.
    let zh = cx.locale.chinese();
    let mut rows = Vec::new();
    for (by, whom, rating) in lines(cx, state).await? {
        rows.push(line(by, whom, rating.filter(|_| state.ended.is_some()), zh));
    }
    let columns = [("评价方", 20), ("被评价方", 20), ("响应", 9), ("到场", 9), ("结果", 9), ("说明", 33)];
    let columns = columns.iter().map(|(name, width)| Column::new(name, *width)).collect();
    let keeper = cx.place(row.ledger).await?;
    let paper = Paper {
        issuer: keeper.name.clone(),
        title: "双向评价表".to_owned(),
        number: String::new(),
        entry: numbers::entry(row.number, zh),
        blocks: vec![
            Block::Fields(vec![
                ("事由".to_owned(), row.task.clone()),
                ("验收".to_owned(), day(state.opened)),
                ("互评截止".to_owned(), due(state.due)),
            ]),
            Block::Table(Table { columns, rows, height: Rows::Writing }),
            Block::Signatures(vec!["吹哨方（签字）".to_owned(), "报到方（签字）".to_owned()]),
            Block::Closing(vec![keeper.name, day(state.opened)]),
        ],
    };
    let at = Place {
        back: (job.link(), cx.locale.say("assessment-title")),
        link: format!("{}/paper", job.link()),
    };
    Ok(papers::internal(cx, &job.staff, &Sheet::<Internal>::new(paper), &at, wanted))
}

fn line(by: String, of: String, rating: Option<&Rating>, zh: Locale) -> Vec<String> {
    let mut line = vec![by, of];
    match rating {
        Some(rating) => {
            line.extend(answers(rating.grades, zh).into_iter().map(|(_, grade)| grade));
            line.push(rating.note.as_ref().map(ToString::to_string).unwrap_or_default());
        }
        None => line.extend(std::iter::repeat_n(String::new(), 4)),
    }
    line
}
