//! What was erased, one line a value in a file beside the keys and apart from the database: a
//! copy of the database made before does not know of it, and must not bring it back. Reading it
//! when a copy takes the place of what was lost is for whoever does that.

use crate::blobs::sync_folder;
use crate::{Fault, Keys, own};
use serde_json::{Value, json};
use std::io::Write as _;
use std::path::Path;
use uuid::Uuid;

/// The file, in the folder of the keys.
const FILE: &str = "erased.jsonl";

/// Where an erased value stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erased {
    /// The ledger.
    pub ledger: Uuid,
    /// The stream.
    pub stream: String,
    /// The version of the entry in it.
    pub version: u64,
    /// The field.
    pub field: String,
}

impl Erased {
    fn line(&self) -> String {
        let Self { ledger, stream, version, field } = self;
        json!({ "ledger": ledger.to_string(), "stream": stream, "version": version, "field": field })
            .to_string()
    }

    fn read(line: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(line).ok()?;
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        Some(Self {
            ledger: text("ledger")?.parse().ok()?,
            stream: text("stream")?.to_owned(),
            version: value.get("version")?.as_u64()?,
            field: text("field")?.to_owned(),
        })
    }
}

impl Keys {
    /// Notes values that are about to be erased, durably. It comes first: a line too many takes
    /// from a copy what somebody wished gone anyway, one too few would bring it back.
    pub async fn note_erased(&self, values: Vec<Erased>) -> Result<(), Fault> {
        if values.is_empty() {
            return Ok(());
        }
        let folder = self.folder().to_owned();
        let noted = tokio::task::spawn_blocking(move || note(&folder, &values));
        noted.await.map_err(|_| Fault::Stopped)?
    }

    /// All values that were noted, in order.
    pub fn erased(&self) -> Result<Vec<Erased>, Fault> {
        let path = self.folder().join(FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(Fault::File { path, source }),
        };
        let wrong = |line| Fault::unreadable(format!("{}: {line}", path.display()));
        text.lines().map(|line| Erased::read(line).ok_or_else(|| wrong(line))).collect()
    }
}

fn note(folder: &Path, values: &[Erased]) -> Result<(), Fault> {
    let path = folder.join(FILE);
    let fault = |source| Fault::File { path: path.clone(), source };
    let mut lines = String::new();
    for value in values {
        lines.push_str(&value.line());
        lines.push('\n');
    }
    own::make_folder(folder).map_err(fault)?;
    let mut file = own::options().create(true).append(true).open(&path).map_err(fault)?;
    // In one piece, so that lines of two processes do not mix.
    file.write_all(lines.as_bytes()).map_err(fault)?;
    file.sync_all().map_err(fault)?;
    folder.ancestors().take(2).try_for_each(sync_folder).map_err(fault)
}
