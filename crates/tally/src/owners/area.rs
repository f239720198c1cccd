//! Floor areas, exactly: whole numbers of 0.01 m².

use serde::{Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// 专有部分面积, in 0.01 m². Written in m² with two decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Area(pub u64);

/// A text that is no area of a unit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected an area in m² above zero with at most two decimals, found {0:?}")]
pub struct NoArea(String);

impl Area {
    /// Both together, unless that is more than can be counted.
    pub(super) fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }
}

/// The area of one unit: digits, at most two decimals, above zero.
impl FromStr for Area {
    type Err = NoArea;

    fn from_str(text: &str) -> Result<Self, NoArea> {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let area = || {
            let (whole, cents) = match text.split_once('.') {
                None => (text, 0),
                Some((whole, part)) if digits(part) => match part.len() {
                    1 => (whole, part.parse::<u64>().ok()? * 10),
                    2 => (whole, part.parse::<u64>().ok()?),
                    _ => return None,
                },
                Some(_) => return None,
            };
            let whole: u64 = digits(whole).then(|| whole.parse().ok())??;
            let area = whole.checked_mul(100)?.checked_add(cents)?;
            (area > 0).then_some(Self(area))
        };
        area().ok_or_else(|| NoArea(text.to_owned()))
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

impl Serialize for Area {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn areas_have_at_most_two_decimals_and_are_above_zero() {
        for (text, cents, written) in [
            ("89.50", 8950, "89.50"),
            ("89.5", 8950, "89.50"),
            ("89", 8900, "89.00"),
            ("0.01", 1, "0.01"),
            ("184467440737095516.15", u64::MAX, "184467440737095516.15"),
        ] {
            let area: Area = text.parse().unwrap();
            assert_eq!((area, area.to_string().as_str()), (Area(cents), written));
        }
        for bad in [
            "",
            "0",
            "0.00",
            "-1",
            "+1",
            "1.",
            ".5",
            "1.234",
            "1e3",
            "1,5",
            " 1",
            "1 ",
            "１",
            "NaN",
            "1.2.3",
            "184467440737095516.16",
            "99999999999999999999999999",
        ] {
            assert!(bad.parse::<Area>().is_err(), "{bad}");
        }
    }
}
