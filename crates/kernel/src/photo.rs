//! What stands for a stored photo. Decoding and keeping photos is the shell's business.

use serde::{Deserialize, Serialize};

/// The digest of a stored photo, in hex.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PhotoDigest(pub String);
