//! Numbers as paragraphs carry them: 一、（一）1.

const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// A number below a hundred in Chinese numerals, as paragraphs are numbered; a larger one in
/// digits.
#[must_use]
pub fn chinese(number: usize) -> String {
    let (tens, ones) = (number / 10, number % 10);
    match number {
        0 => "〇".to_owned(),
        1..=9 => DIGITS[ones].to_owned(),
        10..=19 => format!("十{}", DIGITS[ones]),
        20..=99 => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_paragraphs_carry_them() {
        let written: Vec<String> = [1, 9, 10, 11, 20, 21, 99, 100].map(chinese).into();
        assert_eq!(written, ["一", "九", "十", "十一", "二十", "二十一", "九十九", "100"]);
    }
}
