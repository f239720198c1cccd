//! All papers of a meeting in one file, to be filed 归档: the copies with names, as DOCX.

use super::facts::{Held, Names};
use super::serve::{MeetingPaper, internal_copy};
use crate::meetings::face::Story;
use crate::meetings::hall::MeetingAtWork;
use axum::extract::Path;
use axum::response::Response;
use yishi_domain::meetings::REGISTER;
use yishi_papers::{Entry, docx, zip};
use yishi_web::papers::{attached, file_name};
use yishi_web::sheet::Sheet;
use yishi_web::{Cx, Error};

/// `GET /w/{slug}/g/{number}/bundle.zip`
pub async fn show(cx: Cx, Path(at): Path<(String, i64)>) -> Result<Response, Error> {
    let hall = Sheet::<MeetingAtWork>::open(cx, at).await?;
    hall.must(&REGISTER)?;
    let story: &Story = &hall.row.story;
    let held = Held::load(&hall.cx, story, Names::Read).await?;
    let mut files = Vec::new();
    for (n, paper) in (1..).zip(MeetingPaper::ALL) {
        if let Some(sheet) = internal_copy(&hall.cx, &held, paper).await? {
            files.push(Entry::new(&format!("{n:02} {}", file_name(&sheet)), docx(sheet.paper())));
        }
    }
    let name = format!("{} {}.zip", story.number(held.zh), &*story.meeting.agenda.title);
    Ok(attached("application/zip", &name, "yishi.zip", zip(&files)))
}
