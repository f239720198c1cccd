//! Which numbers everyone may read: a number of fewer than five may point at a door, so it is left
//! out, and with it as many others as it takes that nobody finds it from the total.

/// The least number that is shown to everyone, besides none at all.
pub const LEAST: u64 = 5;

/// Which of some numbers are left out where their total stands beside them. What is left out is at
/// least two numbers, and more than one each, so that the rest of the total says none of them; where
/// that cannot be, all are, and the total must not be shown either.
#[must_use]
pub fn hidden(numbers: &[u64]) -> Vec<bool> {
    let mut out: Vec<bool> = numbers.iter().map(|number| (1..LEAST).contains(number)).collect();
    loop {
        let hidden = || numbers.iter().zip(&out).filter(|(_, out)| **out).map(|(number, _)| *number);
        let (count, sum) = (hidden().count() as u64, hidden().sum::<u64>());
        if count == 0 || (count >= 2 && sum > count && sum >= LEAST) {
            return out;
        }
        let shown = (0..numbers.len()).filter(|n| !out[*n] && numbers[*n] > 0);
        match shown.min_by_key(|n| numbers[*n]) {
            Some(next) => out[next] = true,
            None => return out,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_small_number_takes_the_next_one_along() {
        assert_eq!(hidden(&[42, 9, 3]), [false, true, true]);
        assert_eq!(hidden(&[42, 9, 3, 4]), [false, false, true, true]);
        assert_eq!(hidden(&[42, 0, 9]), [false, false, false]);
        // Two of one each: whoever knows the total knows both.
        assert_eq!(hidden(&[42, 1, 1, 6]), [false, true, true, true]);
        assert_eq!(hidden(&[3]), [true]);
    }

    proptest! {
        #[test]
        fn none_that_is_left_out_follows_from_the_total(numbers in prop::collection::vec(0_u64..12, 0..8)) {
            let out = hidden(&numbers);
            let left: Vec<u64> =
                numbers.iter().zip(&out).filter(|(_, out)| **out).map(|(number, _)| *number).collect();
            for (number, out) in numbers.iter().zip(&out) {
                prop_assert!(*out || *number == 0 || *number >= LEAST);
            }
            // Another set of numbers fits the same total, each at least one: for every one of them.
            let shown = numbers.iter().zip(&out).any(|(number, out)| !out && *number > 0);
            if shown && !left.is_empty() {
                let (sum, count) = (left.iter().sum::<u64>(), left.len() as u64);
                prop_assert!(count >= 2 && sum > count, "{left:?}");
            }
        }
    }
}
