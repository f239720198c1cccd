//! Codes of an app beside the password, as RFC 6238 makes them: six digits, anew every thirty
//! seconds. Where the secret is kept and which codes were used is `second_step`'s business.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use yishi_kernel::Moment;
use yishi_kernel::text::folded;

/// How long a code is shown, in seconds.
const STEP: i64 = 30;
/// How many digits it has, as a power of ten.
const DIGITS: u32 = 1_000_000;
/// How many steps the clocks of telephone and server may be apart.
const APART: i64 = 1;
/// The letters of base 32 (RFC 4648).
const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A secret that an app and the program share.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 20]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

impl Secret {
    /// A new one, of random bytes.
    #[must_use]
    pub fn of(bytes: [u8; 20]) -> Self {
        Self(bytes)
    }

    /// One as it is written.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
        for letter in text.bytes() {
            let value = LETTERS.iter().position(|one| *one == letter)?;
            bits = (bits << 5) | u32::try_from(value).ok()?;
            held += 5;
            if held >= 8 {
                held -= 8;
                bytes.push(u8::try_from(bits >> held).ok()?);
                bits &= (1 << held) - 1;
            }
        }
        bytes.try_into().ok().map(Self)
    }

    /// As it is written: 32 letters and digits.
    #[must_use]
    pub fn text(&self) -> String {
        let bits: Vec<u8> = self.0.iter().flat_map(|byte| (0..8).rev().map(move |n| byte >> n & 1)).collect();
        let letter = |five: &[u8]| {
            let value = five.iter().fold(0, |value, bit| value << 1 | usize::from(*bit));
            LETTERS.get(value).copied().map_or('A', char::from)
        };
        bits.chunks(5).map(letter).collect()
    }

    /// The code of a step.
    fn code(&self, step: i64) -> Option<u32> {
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.0).ok()?;
        mac.update(&step.to_be_bytes());
        let digest = mac.finalize().into_bytes();
        let at = usize::from(digest.last()? & 15);
        let four: [u8; 4] = digest.get(at..at + 4)?.try_into().ok()?;
        Some((u32::from_be_bytes(four) & 0x7fff_ffff) % DIGITS)
    }

    /// The step for which a code is right now, if there is one.
    #[must_use]
    pub fn step(&self, code: &str, now: Moment) -> Option<i64> {
        let digits: String = folded(code).chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let (code, at) = (digits.parse().ok()?, now.0.div_euclid(STEP * 1_000_000));
        (at - APART..=at + APART).find(|step| self.code(*step) == Some(code))
    }

    /// The code that an app shows now.
    #[must_use]
    pub fn shown(&self, now: Moment) -> String {
        let code = self.code(now.0.div_euclid(STEP * 1_000_000)).unwrap_or_default();
        format!("{code:06}")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// The secret of the RFC's examples: "12345678901234567890".
    fn secret() -> Secret {
        Secret::parse("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap()
    }

    #[test]
    fn codes_are_those_of_the_rfc() {
        // RFC 6238, appendix B: the last six of eight digits.
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let now = Moment(second * 1_000_000);
            assert_eq!(secret().shown(now), code);
            assert_eq!(secret().step(code, now), Some(second / 30));
            assert_eq!(secret().step(code, now.plus_seconds(30)), Some(second / 30), "a slow clock");
            assert_eq!(secret().step(code, now.plus_seconds(61)), None, "too late");
        }
        for wrong in ["", "28708", "2870820", "287083", "28 70 8x", "+87082", "二八七〇八二"] {
            assert_eq!(secret().step(wrong, Moment(59_000_000)), None, "{wrong}");
        }
        for typed in ["287 082", "287-082", " 287082\u{200b}", "２８７０８２"] {
            assert_eq!(secret().step(typed, Moment(59_000_000)), Some(1), "{typed}");
        }
    }

    #[test]
    fn a_secret_reads_as_it_is_written() {
        assert_eq!(secret().text(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(secret().0, *b"12345678901234567890");
        for wrong in ["", "GEZDGNBV", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1", "gezdgnbvgy3tqojqgezdgnbvgy3tqojq"]
        {
            assert_eq!(Secret::parse(wrong), None, "{wrong}");
        }
    }
}
