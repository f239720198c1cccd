//! Finding a place among many by what people call it: 南苑3号楼. No tables: whoever asks has the
//! names.

use super::plan::plain;

/// How well a place fits what was asked for: the better is the less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is called just so.
    Own,
    /// Its name begins with it, or it is in its name.
    Part,
    /// With what it lies in, it is called so.
    Whole,
}

/// Whether a place is asked for by these words, of whose names, from the largest down to its own,
/// some or all are written. What lies in a place that is meant is not meant itself.
#[must_use]
pub fn fit(words: &str, names: &[&str]) -> Option<Fit> {
    let (own, above) = names.split_last()?;
    let wanted: Vec<String> = plain(words).split_whitespace().map(str::to_lowercase).collect();
    let folded = |names: &[&str]| -> String {
        plain(&names.concat()).to_lowercase().split_whitespace().collect::<Vec<_>>().concat()
    };
    let (own, whole, above) = (folded(&[own]), folded(names), folded(above));
    let in_all = |text: &str| wanted.iter().all(|word| text.contains(word.as_str()));
    if wanted.is_empty() || !in_all(&whole) || in_all(&above) {
        return None;
    }
    let said = wanted.concat();
    Some(if own == said {
        Fit::Own
    } else if in_all(&own) {
        Fit::Part
    } else {
        Fit::Whole
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_by_its_name_and_by_where_it_lies() {
        let (building, stairwell) = (["南苑", "3号楼"], ["南苑", "3号楼", "2单元"]);
        assert_eq!(fit("3号楼", &building), Some(Fit::Own));
        assert_eq!(fit("３号楼", &building), Some(Fit::Own));
        assert_eq!(fit("3号", &building), Some(Fit::Part));
        assert_eq!(fit("南苑3号楼", &building), Some(Fit::Whole));
        assert_eq!(fit("南苑 3号楼", &building), Some(Fit::Whole));
        // What lies in it is one step further.
        assert_eq!(fit("南苑3号楼", &stairwell), None);
        assert_eq!(fit("3号楼2单元", &stairwell), Some(Fit::Whole));
        assert_eq!(fit("北苑", &building), None);
        assert_eq!(fit("", &building), None);
        assert_eq!(fit("3号楼", &[]), None);
    }
}
