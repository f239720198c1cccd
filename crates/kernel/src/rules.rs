//! Rule packs (规则包): numbers and their sources as versioned data, in sections that features
//! own, so that a verdict can name the rules it was reached by. A section that a pack does not
//! have comes from the one that ships with the program; one that nobody knows is let be, so
//! that a pack of another year still reads. Which pack is in force where is the office's
//! business; reading files is the shell's.

mod numbers;

pub use numbers::{Between, Change, Changed, Number, changed, numbers};

use crate::due::{Calendar, Deadline, Due};
use crate::moment::Moment;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// A feature's part of a rule pack.
pub trait Section: DeserializeOwned + Send + Sync + 'static {
    /// The name of its table in a pack.
    const NAME: &'static str;

    /// The text of the table's inside as it ships with the program.
    const SHIPPED: &'static str;
}

/// How a section is read, for the list of all sections.
#[derive(Clone, Copy)]
pub struct Reader {
    /// The section's name.
    pub name: &'static str,
    /// Its text as shipped.
    pub shipped: &'static str,
    key: fn() -> TypeId,
    read: fn(toml::Value) -> Result<Arc<dyn Any + Send + Sync>, toml::de::Error>,
}

impl Reader {
    /// The reader of a section.
    #[must_use]
    pub const fn of<S: Section>() -> Self {
        Self {
            name: S::NAME,
            shipped: S::SHIPPED,
            key: TypeId::of::<S>,
            read: |value| Ok(Arc::new(value.try_into::<S>()?)),
        }
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// A rule pack that does not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// It is no TOML.
    #[error("the pack does not read: {0}")]
    Text(String),
    /// A section does not fit.
    #[error("section [{section}]: {why}")]
    Section {
        /// Which.
        section: &'static str,
        /// Why.
        why: String,
    },
}

/// A rule pack, read and ready. It is known by the digest of its text.
#[derive(Clone)]
pub struct Pack {
    digest: String,
    sections: HashMap<TypeId, Arc<dyn Any + Send + Sync>>,
}

impl Pack {
    /// Reads a pack. Sections that it lacks come from the program, those that the program does
    /// not know are passed over.
    ///
    /// # Errors
    /// What does not fit, with its section.
    pub fn read(text: &str, readers: &[Reader]) -> Result<Self, PackError> {
        let mut table: toml::Table =
            text.parse().map_err(|error: toml::de::Error| PackError::Text(error.to_string()))?;
        let mut sections = HashMap::new();
        for reader in readers {
            let wrong = |error: toml::de::Error| PackError::Section {
                section: reader.name,
                why: error.message().to_owned(),
            };
            let value = match table.remove(reader.name) {
                Some(value) => value,
                None => toml::Value::Table(reader.shipped.parse().map_err(wrong)?),
            };
            sections.insert((reader.key)(), (reader.read)(value).map_err(wrong)?);
        }
        Ok(Self { digest: digest_of(text), sections })
    }

    /// SHA-256 of its text, in hex: the name under which entries cite it.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// When something that begins at a moment is due by a rule of this pack and its calendar.
    #[must_use]
    pub fn due<'d>(&self, rule: &'d Deadline, start: Moment) -> Due<'d> {
        rule.from(start, self.section::<Calendar>())
    }

    /// A feature's section.
    ///
    /// # Panics
    /// When the section stands in no list of readers: a fault of this program that the first
    /// use of any page of the feature shows.
    #[must_use]
    pub fn section<S: Section>(&self) -> &S {
        let section = self.sections.get(&TypeId::of::<S>()).and_then(|any| any.downcast_ref());
        section.unwrap_or_else(|| unreachable!("no reader of section [{}]", S::NAME))
    }
}

impl PartialEq for Pack {
    fn eq(&self, other: &Self) -> bool {
        self.digest == other.digest
    }
}

impl fmt::Debug for Pack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pack").field("digest", &self.digest).finish()
    }
}

/// The pack that ships with the program: the sections of all features, one after the other.
#[must_use]
pub fn shipped(readers: &[Reader]) -> String {
    let mut text = String::new();
    for reader in readers {
        text.push_str(&nested(reader.name, reader.shipped));
        text.push('\n');
    }
    text
}

/// A section's text with its tables put below the section's name.
fn nested(name: &str, inside: &str) -> String {
    let mut out = format!("[{name}]\n");
    for line in inside.lines() {
        let put = match line.strip_prefix("[[") {
            Some(rest) => format!("[[{name}.{rest}"),
            None => match line.strip_prefix('[') {
                Some(rest) => format!("[{name}.{rest}"),
                None => line.to_owned(),
            },
        };
        out.push_str(&put);
        out.push('\n');
    }
    out
}

/// SHA-256 of a text, in hex.
#[must_use]
pub fn digest_of(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How much may be written or attached, whatever the feature.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct Limits {
    /// Characters of a text.
    pub text: usize,
    /// Characters of a line.
    pub summary: usize,
    /// Photos with one text.
    pub photos: usize,
}

impl Section for Limits {
    const NAME: &'static str = "limits";
    const SHIPPED: &'static str = "text = 5000\nsummary = 200\nphotos = 3\nbetween = { text = [200, 20000], summary = [50, 1000], photos = [0, 9] }\nsource = \"本地规则：一次写多少字、附几张照片\"\n";
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[derive(Clone, Debug, PartialEq, serde::Deserialize)]
    struct Toy {
        reply: Deadline,
        colours: Vec<Colour>,
    }

    #[derive(Clone, Debug, PartialEq, serde::Deserialize)]
    struct Colour {
        name: String,
    }

    impl Section for Toy {
        const NAME: &'static str = "toy";
        const SHIPPED: &'static str =
            "[reply]\ndays = 2\nsource = \"本地规则\"\n[[colours]]\nname = \"red\"\n";
    }

    const READERS: &[Reader] = &[Reader::of::<Limits>(), Reader::of::<Toy>()];

    #[test]
    fn the_shipped_pack_is_the_sections_of_all_features() {
        let text = shipped(READERS);
        let pack = Pack::read(&text, READERS).unwrap();
        assert_eq!(pack.section::<Limits>().photos, 3);
        assert_eq!(pack.section::<Toy>().colours[0].name, "red");
        assert_eq!(pack.digest(), digest_of(&text));
        assert_eq!(pack.digest().len(), 64);
    }

    #[test]
    fn an_older_pack_reads_with_what_it_lacks_and_a_later_one_with_what_nobody_knows() {
        let older = Pack::read("[limits]\ntext = 10\nsummary = 5\nphotos = 1\n", READERS).unwrap();
        assert_eq!(older.section::<Limits>().text, 10);
        assert_eq!(older.section::<Toy>().reply.count, 2);
        let later = "[moonlight]\nhours = 3\n[toy]\ncolours = []\n[toy.reply]\ndays = 9\nsource = \"x\"\n";
        let later = Pack::read(later, READERS).unwrap();
        assert_eq!(later.section::<Toy>().reply.count, 9);
        assert_ne!(later, older);
    }

    #[test]
    fn what_does_not_fit_is_told_with_its_section() {
        let wrong = Pack::read("[limits]\ntext = \"much\"\n", READERS).unwrap_err();
        assert!(matches!(wrong, PackError::Section { section: "limits", .. }), "{wrong}");
        assert!(matches!(Pack::read("[[[", READERS), Err(PackError::Text(_))));
    }
}
