//! Files and folders that only their owner may read: what lies in a store was said in confidence,
//! and others have accounts on the same machine. What is in them is not known here.

use std::fs::{DirBuilder, OpenOptions, Permissions};
use std::io::{Error, ErrorKind};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

/// Makes a folder and those above it, where they are not there.
pub(crate) fn make_folder(folder: &Path) -> Result<(), Error> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// How a file is made.
pub(crate) fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.mode(0o600);
    options
}

/// Makes an empty file, where it is not there. One that is there is not opened: closing it would
/// take the locks from whoever in this process has it open.
pub(crate) fn make_file(path: &Path) -> Result<(), Error> {
    match options().write(true).create_new(true).open(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// Takes from others than owner and group what an earlier version, or a copy, gave them; the
/// group may be whoever makes backups. What is not there needs nothing.
pub(crate) fn close(path: &Path) -> Result<(), Error> {
    let mode = match path.metadata() {
        Ok(data) => data.permissions().mode(),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    if mode & 0o007 == 0 {
        return Ok(());
    }
    std::fs::set_permissions(path, Permissions::from_mode(mode & 0o770))
}
