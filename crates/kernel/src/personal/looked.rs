//! The second look: what may be personal data in a text for everyone is shown to whoever wrote it,
//! and published once they say of just this text that there is none. What is certain to be
//! personal data is refused, whoever looked. How it is asked and said is the pages' business.

use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

/// The texts that whoever acts has looked at twice, by their marks. They come with a form, which
/// is read after it is known who sends it: so they are put in once, and all copies share them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looked(Arc<OnceLock<BTreeSet<String>>>);

impl Looked {
    /// These were looked at.
    #[must_use]
    pub fn at(marks: impl IntoIterator<Item = String>) -> Self {
        let looked = Self::default();
        looked.take(marks);
        looked
    }

    /// Puts in what the form says; a second form of the same request adds nothing.
    pub fn take(&self, marks: impl IntoIterator<Item = String>) {
        self.0.get_or_init(|| marks.into_iter().collect());
    }

    /// Whether this very text was looked at.
    #[must_use]
    pub fn has(&self, text: &str) -> bool {
        self.0.get().is_some_and(|marks| marks.contains(&mark(text)))
    }
}

/// What says which text was looked at: its digest.
#[must_use]
pub fn mark(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
