//! Exact numbers out of text: decimals and fractions of bounded length, nothing else.

use crate::Ratio;
use num_bigint::BigInt;
use num_traits::{Zero, pow};

/// Most digits of a number; a cost of the whole world needs fewer.
const MOST_DIGITS: usize = 40;

/// Why a text is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoNumber {
    /// It does not read.
    Unread,
    /// Its comma or point may be a decimal point or a thousands sign.
    Ambiguous,
}

/// Whether its point may stand between thousands, as it does in half of Europe: `1.000`, `12.345`,
/// `1.000.000`. What begins with a nought or has more before the point is a decimal.
fn may_be_thousands(unsigned: &str) -> bool {
    let mut groups = unsigned.split('.');
    let first = groups.next().unwrap_or_default();
    let (mut more, mut three) = (0, true);
    for group in groups {
        more += 1;
        three &= group.len() == 3;
    }
    more > 0 && three && (1..=3).contains(&first.len()) && !first.starts_with('0')
}

/// A number out of text. A comma with one, two or more than three digits behind it is a decimal
/// point; `1,000` and `1,000,000` may be thousands, and nobody is to guess with money.
pub(super) fn read(text: &str) -> Result<Ratio, NoNumber> {
    let unsigned = text.trim_start_matches(['-', '+']);
    let numeric = unsigned.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'));
    let mut parts = unsigned.split(',').skip(1);
    match (parts.next(), parts.next()) {
        (Some(part), None) if numeric && (part.len() == 3 || unsigned.contains('.')) => {
            Err(NoNumber::Ambiguous)
        }
        (Some(_), Some(_)) if numeric => Err(NoNumber::Ambiguous),
        (None, _) if numeric && may_be_thousands(unsigned) => Err(NoNumber::Ambiguous),
        _ => parse(text).ok_or(NoNumber::Unread),
    }
}

/// `12`, `-3.50`, `102533,36` or `2563334/25`. Exponents are no part of it: a few characters
/// must not become a number that fills the memory.
fn parse(text: &str) -> Option<Ratio> {
    let (negative, rest) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    if rest.len() > 2 * MOST_DIGITS + 1 {
        return None;
    }
    let value = if let Some((above, below)) = rest.split_once('/') {
        let below = digits(below)?;
        if below.is_zero() {
            return None;
        }
        Ratio::new(digits(above)?, below)
    } else if let Some((whole, part)) = rest.split_once(['.', ',']) {
        let scaled = digits(&format!("{whole}{part}"))?;
        Ratio::new(scaled, pow(BigInt::from(10), part.len()))
    } else {
        Ratio::from(digits(rest)?)
    };
    Some(if negative { -value } else { value })
}

fn digits(text: &str) -> Option<BigInt> {
    let fits =
        !text.is_empty() && text.len() <= MOST_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact_or_none() {
        let of = |a: i64, b: i64| Some(Ratio::new(a.into(), b.into()));
        assert_eq!(parse("102533.36"), of(2_563_334, 25));
        assert_eq!(parse("102533,36"), of(2_563_334, 25));
        assert_eq!(parse("2563334/25"), of(2_563_334, 25));
        assert_eq!(parse("-0.5"), of(-1, 2));
        assert_eq!(parse("+7"), of(7, 1));
        assert_eq!(parse("5."), of(5, 1));
        for bad in ["", "-", "1e9", "1e999999999", "1/0", "--1", "1.2.3", "١", "0x1", "1 000", ".", "/"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
        for bad in [
            "1,000",
            "-1,000",
            "12,345",
            "1,000,000",
            "1,000.50",
            "1.000,50",
            "0,500",
            "1,2,3",
            "1.000",
            "+12.345",
            "1.000.000",
        ] {
            assert_eq!(read(bad), Err(NoNumber::Ambiguous), "{bad}");
        }
        for bad in ["a,000", "", "1;000"] {
            assert_eq!(read(bad), Err(NoNumber::Unread), "{bad}");
        }
        assert_eq!(read("102533,36").ok(), of(2_563_334, 25));
        assert_eq!(read("12,5").ok(), of(25, 2));
        // No thousands stand like this.
        assert_eq!(read("0.125").ok(), of(1, 8));
        assert_eq!(read("1234.500").ok(), of(2469, 2));
        assert_eq!(read("1.0000").ok(), of(1, 1));
        assert_eq!(read("1,2500").ok(), of(5, 4));
        assert_eq!(parse(&"9".repeat(41)), None);
        assert_eq!(parse(&"9".repeat(4_000_000)), None);
    }
}
