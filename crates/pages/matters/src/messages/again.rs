//! Trying again what failed or was given up, once its reason was seen to.

use super::show::administers;
use axum::response::Redirect;
use yishi_store::message;
use yishi_web::sent::Sent;
use yishi_web::{Cx, Error};

/// `POST /admin/messages/again`
pub async fn send(cx: Cx, _: Sent) -> Result<Redirect, Error> {
    administers(&cx)?;
    message::again(&cx.app.office.db, cx.now).await?;
    Ok(Redirect::to("/admin/messages?again"))
}
