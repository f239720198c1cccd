//! Files put together in one, stored as they are: papers are small, and their texts are sent
//! compressed where a browser takes them so. Times are left at the first that the form knows, so
//! that the same files make the same bytes.

/// A file of the bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name, with folders.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Entry {
    /// A file.
    #[must_use]
    pub fn new(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.to_owned(), bytes: bytes.into() }
    }
}

/// Version 2.0 of the form: folders.
const NEEDS: u16 = 20;
/// Names are UTF-8.
const UTF8: u16 = 1 << 11;
/// 1 January 1980, the first day of the form.
const DAY: u16 = 0x21;

/// The bundle (APPNOTE 4.3, method 0). Its files are far below the four gigabytes where the form
/// needs another one; what would lie beyond is left out.
#[must_use]
pub fn zip(entries: &[Entry]) -> Vec<u8> {
    let (mut out, mut directory, mut count) = (Vec::new(), Vec::new(), 0_u16);
    for Entry { name, bytes } in entries {
        let (Ok(size), Ok(offset), Ok(length)) =
            (u32::try_from(bytes.len()), u32::try_from(out.len()), u16::try_from(name.len()))
        else {
            continue;
        };
        let mut facts = Vec::new();
        for word in [NEEDS, UTF8, 0, 0, DAY] {
            facts.extend(word.to_le_bytes());
        }
        for long in [crc32fast::hash(bytes), size, size] {
            facts.extend(long.to_le_bytes());
        }
        facts.extend(length.to_le_bytes());
        facts.extend(0_u16.to_le_bytes());

        out.extend(b"PK\x03\x04");
        out.extend(&facts);
        out.extend(name.as_bytes());
        out.extend(bytes);

        directory.extend(b"PK\x01\x02");
        directory.extend(NEEDS.to_le_bytes());
        directory.extend(&facts);
        // No comment, on the first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
        count += 1;
    }
    let long = |length: usize| u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes();
    let (size, begins) = (long(directory.len()), long(out.len()));
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(size);
    out.extend(begins);
    out.extend(0_u16.to_le_bytes());
    out
}
