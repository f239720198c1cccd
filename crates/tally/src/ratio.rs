//! Exact fractions, and how they are written.

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

/// An exact fraction of any size.
pub type Ratio = num_rational::BigRational;

/// As a decimal where it has a finite one (`0.125`, `12`), else as `a/b` (`1/3`).
#[must_use]
pub fn ratio_text(ratio: &Ratio) -> String {
    let mut rest = ratio.denom().clone();
    let (two, five, ten) = (BigInt::from(2), BigInt::from(5), BigInt::from(10));
    let mut places = [0_usize; 2];
    for (prime, count) in [&two, &five].into_iter().zip(&mut places) {
        while (&rest % prime).is_zero() {
            rest /= prime;
            *count += 1;
        }
    }
    if !rest.is_one() {
        return format!("{}/{}", ratio.numer(), ratio.denom());
    }
    let places = places[0].max(places[1]);
    let scaled = (ratio * Ratio::from(num_traits::pow(ten, places))).to_integer();
    let digits = format!("{:0>width$}", scaled.abs().to_string(), width = places + 1);
    let (whole, part) = digits.split_at(digits.len() - places);
    let sign = if scaled.is_negative() { "-" } else { "" };
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_written_as_decimal_where_it_has_one() {
        let of = |a: i64, b: i64| ratio_text(&Ratio::new(a.into(), b.into()));
        assert_eq!(of(12, 1), "12");
        assert_eq!(of(1, 8), "0.125");
        assert_eq!(of(-41, 20), "-2.05");
        assert_eq!(of(1, 3), "1/3");
        assert_eq!(of(100, 1), "100");
        assert_eq!(of(0, 5), "0");
    }
}
