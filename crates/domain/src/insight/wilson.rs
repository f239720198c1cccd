//! Within what a rate lies 置信区间, when so few said something: the interval of Wilson at 95 %, by
//! whole numbers alone. Where some count as part of one (mostly content), it is wider than it need be.

/// The square of 1.96, in ten-thousandths.
const Z: i128 = 38_416;

/// From how much to how much, in tenths of a percent, rounded outwards (95% 区间).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// At least.
    pub low: u64,
    /// At most.
    pub high: u64,
}

impl Interval {
    /// Of so many hundredths of one among so many; none where nobody said anything.
    #[must_use]
    pub fn of(hundredths: u64, of: u64) -> Option<Self> {
        let (part, n) = (i128::from(hundredths.min(of.saturating_mul(100))), i128::from(of));
        let middle = u64::try_from((part * 10).checked_div(n)?).ok()?;
        // The rate's distance from a value, against what chance alone would make of that value.
        let outside = |value: &u64| {
            let value = i128::from(*value);
            let apart = 1_000 * part - 100 * n * value;
            apart != 0 && apart * apart >= Z * value * (1_000 - value) * n
        };
        let up = if (part * 10) % n == 0 { middle } else { middle + 1 };
        let low = (0..=middle).rev().find(outside).unwrap_or(0);
        let high = (up..=1_000).find(outside).unwrap_or(1_000);
        Some(Self { low, high })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn of(yes: u64, of: u64) -> (u64, u64) {
        let interval = Interval::of(yes * 100, of).unwrap();
        (interval.low, interval.high)
    }

    #[test]
    fn it_is_what_tables_of_it_say() {
        // 0.4902 to 0.9433, 0 to 0.2775, 0.2366 to 0.7634, 0.7939 to 0.8929, 0.2065 to 1.
        assert_eq!(of(8, 10), (490, 944));
        assert_eq!(of(0, 10), (0, 278));
        assert_eq!(of(5, 10), (236, 764));
        assert_eq!(of(170, 200), (793, 893));
        assert_eq!(of(1, 1), (206, 1_000));
        assert_eq!(Interval::of(0, 0), None);
    }

    proptest! {
        #[test]
        fn the_rate_lies_within_and_more_who_say_so_never_lower_it(n in 1_u64..100_000, yes: u64) {
            let yes = yes % (n + 1);
            let (low, high) = of(yes, n);
            prop_assert!(low * n <= yes * 1_000 && yes * 1_000 <= high * n && high <= 1_000);
            let (more_low, more_high) = of((yes + 1).min(n), n);
            prop_assert!(low <= more_low && high <= more_high);
            // What holds for all who say the other thing is its mirror.
            prop_assert_eq!(of(n - yes, n), (1_000 - high, 1_000 - low));
        }

        #[test]
        fn of_ten_times_as_many_it_is_narrower(n in 1_u64..10_000, yes: u64) {
            let yes = yes % (n + 1);
            let (one, ten) = (of(yes, n), of(yes * 10, n * 10));
            prop_assert!(one.0 <= ten.0 && ten.1 <= one.1);
        }
    }
}
