//! Importing matters from a sheet: how it is read is shown before anything is written, all rows or
//! none, nothing is dropped unsaid, and the same file twice adds nothing. What a sheet says is read
//! by the office, as on the page; here it is said in plain words.

mod said;

use crate::{Data, Stop};
use clap::Args;
use std::path::PathBuf;
use yishi_kernel::{Actor, Grant, Moment, PlaceId, Role};
use yishi_office::Office;
use yishi_office::matters::import::{Asked, Column, Elsewhere, Seen, Wishes, in_line};
use yishi_office::people::reads::{actor, holders_at};
use yishi_office::places::reads::place;

/// What to import, where to.
#[derive(Debug, Args)]
pub struct Options {
    /// The table: a workbook (.xlsx), or a text in UTF-8, UTF-16 or GBK, its cells apart by commas,
    /// tabs or semicolons.
    file: PathBuf,
    #[command(flatten)]
    data: Data,
    /// Id of the place the matters belong to; what names a place below it goes there.
    #[arg(long)]
    place: String,
    /// Name of the source, part of each row's key.
    #[arg(long, default_value = "")]
    source: String,
    /// Name of the sheet of a workbook; the first that holds something otherwise.
    #[arg(long)]
    sheet: Option<String>,
    /// Says which column is what, where the header does not: `text=内容`. Repeatable.
    #[arg(long = "column", value_name = "FIELD=HEADER")]
    columns: Vec<String>,
    /// A column whose cells need not be imported. Repeatable.
    #[arg(long = "leave-out", value_name = "HEADER")]
    left_out: Vec<String>,
    /// Raises at the place itself what names no place below it.
    #[arg(long)]
    here: bool,
    /// Shows what would happen, and writes nothing.
    #[arg(long)]
    dry_run: bool,
}

/// What the options say of columns.
fn wishes(named: &[String], left_out: &[String]) -> Result<Wishes, String> {
    let read = |wish: &String| {
        let (field, header) =
            wish.split_once('=').ok_or_else(|| format!("--column {wish}: write FIELD=HEADER"))?;
        let column = Column::parse(field)
            .ok_or_else(|| format!("--column {wish}: fields are {}", Column::WORDS.join(", ")))?;
        Ok((column, in_line(header)))
    };
    let left_out = left_out.iter().map(|header| Ok((Column::LeftOut, in_line(header))));
    named.iter().map(read).chain(left_out).collect::<Result<_, String>>().map(Wishes::Named)
}

/// Imports a file.
///
/// # Errors
/// What is wrong with it, line by line; then nothing was written.
pub async fn run(options: Options) -> Result<(), Stop> {
    let office = options.data.existing().await?;
    let id: PlaceId =
        options.place.parse().map_err(|_| Stop::Usage(format!("--place {} is not an id", options.place)))?;
    let bytes = std::fs::read(&options.file)
        .map_err(|error| Stop::Usage(format!("{}: {error}", options.file.display())))?;
    let source = match options.source.as_str() {
        "" => options.file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default(),
        source => source.to_owned(),
    };
    let at = place(&office.db, id).await?.ok_or_else(|| {
        Stop::Usage(format!("there is no place {id}; see the administrator's page of places"))
    })?;
    if !at.kind.takes_matters() {
        return Err(Stop::Usage(format!(
            "nothing can be raised at {}; choose a community or a place in it",
            at.name
        )));
    }
    let wishes = wishes(&options.columns, &options.left_out).map_err(Stop::Usage)?;
    let asked = Asked { sheet: options.sheet, wishes, source };
    let seen = office.look_at(bytes, &at, asked).await?;
    let seen = seen.map_err(|unread| Stop::Usage(said::unread(&unread)))?;
    println!("{}", said::told(&seen.table).join("\n"));
    println!("{} new rows, {} imported before", seen.new.len(), seen.known);
    let elsewhere = if options.here { Elsewhere::Here } else { Elsewhere::Stops };
    if let Some(stops) = said::stops(&seen, elsewhere) {
        return Err(Stop::Usage(stops));
    }
    if options.dry_run {
        println!("nothing was written (--dry-run)");
        return Ok(());
    }
    let actor = importer(&office, at.ledger).await?;
    let Seen { new, .. } = seen;
    let count = new.len();
    office.bring_in(&actor, &at, new).await?;
    office.seal().await?;
    office.db.close().await?;
    println!("imported {count} matters into {}", at.name);
    Ok(())
}

/// Who imports: a community secretary or worker of the place, so that the entries name a
/// role that may; an operator at the machine acts for them.
async fn importer(office: &Office, ledger: PlaceId) -> Result<Actor, Stop> {
    let now = office.now();
    let able = holders_at(&office.db, &[ledger], now).await?;
    let able =
        able.iter().find(|holder| matches!(holder.role, Role::CommunityWorker | Role::CommunitySecretary));
    match able {
        Some(holder) => match actor(&office.db, holder.id).await? {
            Some(found) => Ok(found),
            None => Err(Stop::Usage("the account that should import is gone".to_owned())),
        },
        None => Ok(Actor {
            grants: vec![Grant {
                role: Role::CommunityWorker,
                place: ledger,
                organisation: None,
                from: Moment(0),
                until: None,
            }],
            ..Actor::default()
        }),
    }
}

#[cfg(test)]
mod tests;
