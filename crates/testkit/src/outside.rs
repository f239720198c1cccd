//! Bytes as they come from outside (外来数据): samples that are kept, and what slips of the hand,
//! broken programs and people who mean harm make of them. What a reader must hold for any of
//! them is said in the test that reads.

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a reader may take for one sample on a busy machine.
const SOON: Duration = Duration::from_secs(20);

/// A path below `crates`.
fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crates").join(name)
}

/// Samples of a file, one a line, `\n`, `\r`, `\t` and `\0` in them written as such.
///
/// # Panics
/// When there is no such file.
#[must_use]
pub fn lines(name: &str) -> Vec<Vec<u8>> {
    let text = std::fs::read_to_string(path(name)).expect(name);
    let spelled = [("\\n", "\n"), ("\\r", "\r"), ("\\t", "\t"), ("\\0", "\0")];
    let read = |line: &str| spelled.iter().fold(line.to_owned(), |line, (sign, is)| line.replace(sign, is));
    text.lines().map(|line| read(line).into_bytes()).collect()
}

/// The files of a folder, each a sample.
///
/// # Panics
/// When there is no such folder.
#[must_use]
pub fn files(name: &str) -> Vec<Vec<u8>> {
    let folder = std::fs::read_dir(path(name)).expect(name);
    let mut paths: Vec<PathBuf> = folder.map(|file| file.expect(name).path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).expect(name)).collect()
}

/// Gives a reader each sample as it is, and so many that are spoiled: the same ones each time.
/// With `YISHI_FUZZ=N` they are N, and others each time.
///
/// # Panics
/// When the reader does, or takes too long: with the smallest bytes for which it does.
pub fn outside(samples: Vec<Vec<u8>>, cases: u32, read: impl Fn(&[u8])) {
    let soon = |bytes: &[u8]| {
        let begun = Instant::now();
        read(bytes);
        let took = begun.elapsed();
        assert!(took < SOON, "it took {took:?}");
    };
    for sample in &samples {
        soon(sample);
    }
    let more: Option<u32> = std::env::var("YISHI_FUZZ").ok().and_then(|cases| cases.parse().ok());
    let config = Config { cases: more.unwrap_or(cases), failure_persistence: None, ..Config::default() };
    let mut runner = match more {
        Some(_) => TestRunner::new(config),
        None => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
    };
    let run = runner.run(&spoiled(samples), |bytes| {
        soon(&bytes.0);
        Ok(())
    });
    if let Err(failed) = run {
        panic!("{failed}");
    }
}

/// Bytes, shown as they can be pasted into a test.
struct Bytes(Vec<u8>);

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

/// What is put in: signs that formats are made of, numbers at their bounds, characters that
/// fold, hide, turn or are cut.
const SIGNS: &[&[u8]] = &[
    b"\0",
    b"\r",
    b"\n",
    b"\n\n",
    b"\r\n",
    b"\t",
    b" ",
    b"\"",
    b"'",
    b"\\",
    b",",
    b";",
    b":",
    b"-",
    b"--",
    b"+",
    b"/",
    b"//",
    b".",
    b"..",
    b"#",
    b"=",
    b"&",
    b"%00",
    b"%",
    b"{",
    b"}",
    b"[",
    b"]",
    b"<",
    b"0",
    b"9",
    b"-1",
    b"2147483648",
    b"9007199254740993",
    b"18446744073709551616",
    b"99999999999999999999999999999999999999999",
    b"1e400",
    b"1E+10",
    b"null",
    b"true",
    b"\\u0000",
    b"\\ud800",
    b"\xff",
    b"\xe4\xb8",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    "１".as_bytes(),
    "，".as_bytes(),
    "三".as_bytes(),
    "十".as_bytes(),
    "年".as_bytes(),
    "（".as_bytes(),
    "\u{202e}".as_bytes(),
    "\u{200b}".as_bytes(),
    "\u{fdfa}".as_bytes(),
    "e\u{301}".as_bytes(),
    "𝟛".as_bytes(),
    "👩‍👦".as_bytes(),
    "\u{85}".as_bytes(),
];

/// One change.
#[derive(Clone, Debug)]
enum Spoil {
    /// A bit turns.
    Turn(Index, u8),
    /// A byte is another one.
    Byte(Index, u8),
    /// A sign or a piece of a sample is put in, so many times.
    Put(Index, Index, usize),
    /// Some bytes are gone.
    Gone(Index, usize),
    /// All from here on is gone.
    Cut(Index),
    /// Some bytes stand there more than once.
    Again(Index, usize, usize),
    /// Nothing is left but noise.
    Noise(Vec<u8>),
    /// Another sample goes on from here.
    Goes(Index, Index, Index),
}

impl Spoil {
    fn any() -> impl Strategy<Value = Self> {
        let at = any::<Index>;
        let times = prop_oneof![8 => Just(1_usize), 1 => 2..600_usize];
        prop_oneof![
            2 => (at(), 0..8_u8).prop_map(|(at, bit)| Self::Turn(at, bit)),
            2 => (at(), any::<u8>()).prop_map(|(at, byte)| Self::Byte(at, byte)),
            6 => (at(), at(), times).prop_map(|(at, piece, times)| Self::Put(at, piece, times)),
            3 => (at(), 1..12_usize).prop_map(|(at, size)| Self::Gone(at, size)),
            1 => at().prop_map(Self::Cut),
            1 => prop::collection::vec(any::<u8>(), 0..200).prop_map(Self::Noise),
            2 => (at(), 1..40_usize, 1..6_usize).prop_map(|(at, size, times)| Self::Again(at, size, times)),
            2 => (at(), at(), at()).prop_map(|(at, other, from)| Self::Goes(at, other, from)),
        ]
    }

    fn on(&self, bytes: &mut Vec<u8>, samples: &[Vec<u8>], pieces: &[Vec<u8>]) {
        let place = |at: &Index| at.index(bytes.len() + 1);
        let (from, size, put) = match self {
            Self::Turn(at, bit) => {
                let at = place(at);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << bit;
                }
                return;
            }
            Self::Byte(at, byte) => (place(at), 1, vec![*byte]),
            Self::Put(at, piece, times) => (place(at), 0, piece.get(pieces).repeat(*times)),
            Self::Gone(at, size) => (place(at), *size, Vec::new()),
            Self::Cut(at) => (place(at), bytes.len(), Vec::new()),
            Self::Again(at, size, times) => {
                let at = place(at);
                (at, 0, bytes[at..bytes.len().min(at + size)].repeat(*times))
            }
            Self::Noise(noise) => (0, bytes.len(), noise.clone()),
            Self::Goes(at, other, from) => {
                let other = other.get(samples);
                (place(at), bytes.len(), other[from.index(other.len() + 1)..].to_vec())
            }
        };
        let to = bytes.len().min(from + size);
        bytes.splice(from..to, put);
    }
}

/// Samples with one to six changes.
fn spoiled(samples: Vec<Vec<u8>>) -> impl Strategy<Value = Bytes> {
    let word = |byte: &u8| !byte.is_ascii_alphanumeric() && *byte < 0x80;
    let words = samples.iter().flat_map(|sample| sample.split(word)).filter(|word| !word.is_empty());
    let pieces: Vec<Vec<u8>> =
        SIGNS.iter().map(|sign| sign.to_vec()).chain(words.take(4_000).map(<[u8]>::to_vec)).collect();
    (any::<Index>(), prop::collection::vec(Spoil::any(), 1..6)).prop_map(move |(which, spoils)| {
        let mut bytes = which.get(&samples).clone();
        for spoil in &spoils {
            spoil.on(&mut bytes, &samples, &pieces);
        }
        Bytes(bytes)
    })
}

#[cfg(test)]
mod tests {
    use super::outside;
    use std::cell::RefCell;

    #[test]
    fn spoiled_samples_are_many_and_the_same_each_time() {
        let run = || {
            let seen = RefCell::new(Vec::new());
            outside(vec![b"2026-07-05".to_vec(), b"1,2".to_vec()], 300, |bytes| {
                seen.borrow_mut().push(bytes.to_vec());
            });
            seen.into_inner()
        };
        let (seen, again) = (run(), run());
        assert_eq!(seen, again);
        let mut others = seen.clone();
        others.sort();
        others.dedup();
        assert!(others.len() > 200, "{}", others.len());
        for part in [&b"2026-07"[..], b"1,", b"99999", b"\xff"] {
            assert!(
                seen.iter().any(|bytes| bytes.windows(part.len()).any(|window| window == part)),
                "{part:?}"
            );
        }
    }

    #[test]
    #[should_panic(expected = "minimal failing input: b\"9")]
    fn a_reader_that_fails_is_told_with_the_smallest_bytes() {
        outside(vec![b"1".to_vec()], 2_000, |bytes| assert!(!bytes.starts_with(b"9")));
    }
}
