//! Exact numbers out of text: decimals and fractions of bounded length, nothing else.

use crate::Ratio;
use num_bigint::BigInt;
use num_traits::{Zero, pow};

/// Most digits of a number; a cost of the whole world needs fewer.
const MOST_DIGITS: usize = 40;

/// `12`, `-3.50`, `102533,36` or `2563334/25`. Exponents are no part of it: a few characters
/// must not become a number that fills the memory.
pub(super) fn parse(text: &str) -> Option<Ratio> {
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
        assert_eq!(parse(&"9".repeat(41)), None);
        assert_eq!(parse(&"9".repeat(4_000_000)), None);
    }
}
