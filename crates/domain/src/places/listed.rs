//! Places listed one a row (逐行列出), as an office's sheet has them: a row names a place by what it lies
//! in, the largest first, `南苑/3号楼/2单元/502`, or each in a column of its kind. Only reading: what of
//! it stands already and what is opened is [`super::lay`]'s.

use super::called::names_several;
use super::ordinal::Span;
use super::plan::{Level, Plan, Wrong, kind_of, plain};
use super::{PlaceKind, key};
use yishi_kernel::personal::Looked;

/// What stands between the names of a way to a place.
const APART: [char; 5] = ['/', '\\', '>', '›', '|'];

/// One place of a row: what it is, where its column says so, and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is.
    pub kind: Option<PlaceKind>,
    /// What it is called.
    pub name: String,
}

/// Why a step of a row cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoStep {
    /// It does not say what it is.
    Unit,
    /// It cannot lie in what stands before it.
    Parent,
    /// It names several places that lie in each other, and nothing stands between them.
    Together,
}

/// The steps of a way to a place, written in one cell.
#[must_use]
pub fn steps(way: &str) -> Vec<Step> {
    let names = plain(way);
    let names = names.split(APART).map(str::trim).filter(|name| !name.is_empty());
    names.map(|name| Step { kind: None, name: name.to_owned() }).collect()
}

impl Plan {
    /// A line of one place in each level, as a row names them inside a place of this kind.
    ///
    /// # Errors
    /// Which step cannot be taken, and why.
    pub fn row(steps: &[Step], inside: PlaceKind) -> Result<Vec<Level>, (usize, NoStep)> {
        let mut parent = inside;
        let mut levels = Vec::with_capacity(steps.len());
        for (n, step) in steps.iter().enumerate() {
            let (kind, name) = step.read(parent).map_err(|no| (n, no))?;
            levels.push(Level { kind, names: vec![name], floors: Vec::new() });
            parent = kind;
        }
        Ok(levels)
    }
}

impl Level {
    /// By what two of the same place are told apart.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        self.names.iter().map(|name| key(self.kind, name)).collect()
    }

    /// Whether its names may be given to places.
    ///
    /// # Errors
    /// Why not.
    pub fn is_fit(&self, looked: &Looked) -> Result<(), crate::Refusal> {
        self.names.iter().try_for_each(|name| super::open::named(self.kind, name, looked).map(|_| ()))
    }
}

impl Step {
    /// What it is inside a place of this kind, and what it is called.
    fn read(&self, parent: PlaceKind) -> Result<(PlaceKind, String), NoStep> {
        let name: String = plain(&self.name).split_whitespace().collect();
        let Some(kind) = self.kind else {
            if names_several(&name) {
                return Err(NoStep::Together);
            }
            let kind = kind_of(&Span::one(name.clone()), parent).map_err(|wrong| match wrong {
                Wrong::Parent => NoStep::Parent,
                _ => NoStep::Unit,
            })?;
            return Ok((kind, name));
        };
        let name = format!("{name}{}", unit(kind, &name));
        if kind.lies_in(Some(parent)) { Ok((kind, name)) } else { Err(NoStep::Parent) }
    }
}

/// What a bare number or letter in the column of a kind is a number of.
fn unit(kind: PlaceKind, name: &str) -> &'static str {
    let number = !name.is_empty() && name.chars().all(|c| c.is_ascii_digit());
    let letter = name.chars().count() == 1 && name.chars().all(|c| c.is_ascii_alphabetic());
    match kind {
        PlaceKind::Building if number => "号楼",
        PlaceKind::Building if letter => "座",
        PlaceKind::Stairwell if number || letter => "单元",
        PlaceKind::Stall if number => "号摊位",
        PlaceKind::Phase if number => "期",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use PlaceKind::{Building, Community, Compound, Household, Phase, Stairwell, Stall};

    fn read(way: &str) -> Result<Vec<(PlaceKind, String)>, NoStep> {
        let levels = Plan::row(&steps(way), Community).map_err(|(_, no)| no)?;
        Ok(levels.into_iter().map(|mut level| (level.kind, level.names.remove(0))).collect())
    }

    fn named(all: &[(PlaceKind, &str)]) -> Result<Vec<(PlaceKind, String)>, NoStep> {
        Ok(all.iter().map(|(kind, name)| (*kind, (*name).to_owned())).collect())
    }

    #[test]
    fn a_way_names_a_place_by_what_it_lies_in() {
        let whole = [(Compound, "南苑"), (Building, "3号楼"), (Stairwell, "2单元"), (Household, "502")];
        for way in ["南苑/3号楼/2单元/502", "南苑 ／ ３号楼 ／ 2 单元 ／ 502", "南苑 > 3号楼 > 2单元 > 502"]
        {
            assert_eq!(read(way), named(&whole), "{way}");
        }
        assert_eq!(read("阳光/一期/A座"), named(&[(Compound, "阳光"), (Phase, "一期"), (Building, "A座")]));
        assert_eq!(read("502/南苑"), Err(NoStep::Unit));
        assert_eq!(read("南苑/2单元"), Err(NoStep::Parent));
        for way in ["南苑3号楼", "南苑/3号楼2单元", "南苑/3号楼502", "南苑3-2"] {
            assert_eq!(read(way), Err(NoStep::Together), "{way}");
        }
    }

    #[test]
    fn a_bare_number_takes_the_word_of_its_column() {
        let step = |kind, name: &str| Step { kind: Some(kind), name: name.to_owned() };
        let names = |all: &[Step]| -> Vec<String> {
            Plan::row(all, Community).unwrap().into_iter().flat_map(|level| level.names).collect()
        };
        let whole =
            [step(Compound, "南苑"), step(Building, "3"), step(Stairwell, "2"), step(Household, "502")];
        assert_eq!(names(&whole), ["南苑", "3号楼", "2单元", "502"]);
        let written = [step(Compound, "南苑"), step(Building, "甲3号楼"), step(Stairwell, "B")];
        assert_eq!(names(&written), ["南苑", "甲3号楼", "B单元"]);
        let shop = [step(PlaceKind::Market, "集市"), step(Stall, "12")];
        assert_eq!(names(&shop), ["集市", "12号摊位"]);
        let nowhere = [step(Compound, "南苑"), step(Stairwell, "2")];
        assert_eq!(Plan::row(&nowhere, Community), Err((1, NoStep::Parent)));
    }
}
