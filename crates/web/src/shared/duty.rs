//! Moved.
pub use crate::duty::steers_in;
use crate::{Cx, Error, Staff};
use yishi_office::matters::reads::MatterRow;
/// Moved.
pub async fn readable(cx: &Cx, staff: &Staff, rows: Vec<MatterRow>) -> Result<Vec<MatterRow>, Error> {
    crate::features::matters::desk::readable(cx, staff, rows).await
}
