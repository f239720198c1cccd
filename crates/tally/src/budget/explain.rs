//! Why each project was chosen and why no more were, in words for residents. It decides
//! nothing; it tells what the rules noted down.

use super::profile::Profile;
use super::{Because, Choices, Election, End, Rule, Step, Utility};
use crate::{Ratio, Sentence, ratio_text};
use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

/// Most ids listed in one sentence.
const LISTED: usize = 8;

/// One sentence for how the money was given out, one for each choice, one for the end.
pub(super) fn explain(
    election: &Election,
    profile: &Profile,
    rule: Rule,
    utility: Utility,
    choices: &Choices,
) -> Vec<Sentence> {
    let teller = Teller { election, profile, rule, utility, money: Money::of(election) };
    let mut told = vec![teller.opening(choices)];
    told.extend(choices.steps.iter().map(|step| teller.step(step)));
    told.push(teller.ending(choices));
    told
}

/// How amounts are written.
struct Money {
    zh: String,
    en: String,
}

impl Money {
    fn of(election: &Election) -> Self {
        match election.meta("currency").filter(|currency| !currency.is_empty() && *currency != "CNY") {
            Some(other) => Self { zh: other.to_owned(), en: other.to_owned() },
            None => Self { zh: "元".to_owned(), en: "yuan".to_owned() },
        }
    }

    fn say(&self, amount: &Ratio) -> Sentence {
        let Amount { text, exact } = Amount::of(amount);
        let (zh, en) = if exact { ("", "") } else { ("约 ", "about ") };
        Sentence::new(format!("{zh}{text} {}", self.zh), format!("{en}{text} {}", self.en))
    }
}

/// An amount with at most two decimals.
struct Amount {
    text: String,
    exact: bool,
}

impl Amount {
    fn of(amount: &Ratio) -> Self {
        let cents = amount * BigInt::from(100);
        if cents.is_integer() {
            return Self { text: ratio_text(amount), exact: true };
        }
        let rounded = Ratio::new(cents.round().to_integer(), BigInt::from(100));
        if rounded.is_zero() {
            let text = format!("{:.2e}", num_traits::ToPrimitive::to_f64(amount).unwrap_or_default());
            return Self { text, exact: false };
        }
        Self { text: ratio_text(&rounded), exact: false }
    }
}

struct Teller<'a> {
    election: &'a Election,
    profile: &'a Profile,
    rule: Rule,
    utility: Utility,
    money: Money,
}

impl Teller<'_> {
    fn opening(&self, choices: &Choices) -> Sentence {
        let budget = self.money.say(self.election.budget());
        let votes = self.profile.votes;
        let (zh, en) = match (&choices.end, self.rule) {
            (End::Grown { share, broke }, _) => {
                let (first, last) = (self.money.say(&self.first_share()), self.money.say(share));
                let (why_zh, why_en) = if *broke {
                    ("再加 1 就会超出预算", "one more would have broken the budget")
                } else {
                    ("这时有人支持的项目都已选上", "by then all that anybody supports was chosen")
                };
                (
                    format!("每人先分到 {}，再每次各加 1，加到 {}：{why_zh}", first.zh, last.zh),
                    format!(
                        "each voter first had {}, then one more at a time up to {}: {why_en}",
                        first.en, last.en
                    ),
                )
            }
            (_, Rule::EqualShares) if votes > 0 => {
                let share = self.money.say(&self.first_share());
                (format!("每人分到 {}", share.zh), format!("each voter has {}", share.en))
            }
            (_, Rule::Phragmen) => (
                "钱均匀地分给每个人，谁的支持者先凑够费用就先选谁".to_owned(),
                "money comes to all voters evenly, and the project whose supporters first have its price \
                 is chosen first"
                    .to_owned(),
            ),
            _ => {
                let merit = self.merit();
                (format!("按{}从高到低取", merit.zh), format!("taken by {}, highest first", merit.en))
            }
        };
        Sentence::new(
            format!("预算 {}，选票 {votes} 张；{zh}。", budget.zh),
            format!("Budget {}, {votes} ballots; {en}.", budget.en),
        )
    }

    /// The budget in equal shares.
    fn first_share(&self) -> Ratio {
        &self.profile.budget / BigInt::from(self.profile.votes.max(1))
    }

    /// What greedy looks at.
    fn merit(&self) -> Sentence {
        let Money { zh, en } = &self.money;
        match self.utility {
            Utility::Cost => Sentence::new("支持人数", "number of supporters"),
            Utility::Cardinality => {
                Sentence::new(format!("每 {zh}的支持人数"), format!("supporters per {en}"))
            }
            Utility::Borda => Sentence::new(format!("每 {zh}的名次分"), format!("ranking points per {en}")),
            Utility::Score => Sentence::new(format!("每 {zh}的得分"), format!("points per {en}")),
        }
    }

    /// A project as it is spoken of: its id, and its name where it has one.
    fn name(&self, candidate: usize) -> Sentence {
        let project = &self.election.projects()[self.profile.candidates[candidate].place];
        if project.name.is_empty() {
            return Sentence::new(format!("项目 {}", project.id), format!("Project {}", project.id));
        }
        Sentence::new(
            format!("项目 {}「{}」", project.id, project.name),
            format!("Project {} “{}”", project.id, project.name),
        )
    }

    /// Who wants it: people, and points where ballots have them.
    fn support(&self, candidate: usize) -> Sentence {
        let one = &self.profile.candidates[candidate];
        let heads = one.heads;
        let total = ratio_text(&Ratio::new(one.total.clone(), self.profile.worth_unit.clone()));
        match self.utility {
            _ if self.rule == Rule::Phragmen => {
                Sentence::new(format!("{heads} 人支持"), format!("{heads} supporters"))
            }
            Utility::Cost | Utility::Cardinality => {
                Sentence::new(format!("{heads} 人支持"), format!("{heads} supporters"))
            }
            Utility::Borda => Sentence::new(
                format!("{heads} 人给了名次分，共 {total} 分"),
                format!("{total} ranking points from {heads} voters"),
            ),
            Utility::Score => Sentence::new(
                format!("{heads} 人给了分，共 {total} 分"),
                format!("{total} points from {heads} voters"),
            ),
        }
    }

    fn step(&self, step: &Step) -> Sentence {
        let one = &self.profile.candidates[step.candidate];
        let (name, support) = (self.name(step.candidate), self.support(step.candidate));
        let cost = self.money.say(&one.cost);
        let (zh, en) = match &step.because {
            Because::Free => ("不花钱，选上".to_owned(), "costs nothing, chosen".to_owned()),
            Because::Fits { left } => self.fits(step.candidate, left),
            Because::Bought { share, in_full } => self.bought(step.candidate, share, *in_full),
            Because::Earned { load: Some(load) } => {
                let load = self.money.say(load);
                (
                    format!("每人累计分到 {} 时，他们凑够了", load.zh),
                    format!("they have it when each voter has been given {} in all", load.en),
                )
            }
            Because::Earned { load: None } => (
                "没有人支持，但别的都已选完，钱还够".to_owned(),
                "no one supports it, but all others are chosen and the money is there".to_owned(),
            ),
        };
        let ties = self.ties(&step.tied);
        Sentence::new(
            format!("{}：{}，费用 {}；{zh}{}。", name.zh, support.zh, cost.zh, ties.zh),
            format!("{}: {}, costs {}; {en}{}.", name.en, support.en, cost.en, ties.en),
        )
    }

    fn fits(&self, candidate: usize, left: &Ratio) -> (String, String) {
        let left = self.money.say(left);
        let (merit_zh, merit_en) = match self.profile.density(candidate) {
            Some(density) if self.utility != Utility::Cost && density.is_positive() => {
                let (merit, Amount { text, exact }) = (self.merit(), Amount::of(&density));
                let (about_zh, about_en) = if exact { ("", "") } else { ("约 ", "about ") };
                (format!("{} {about_zh}{text}，", merit.zh), format!("{about_en}{text} {}, ", merit.en))
            }
            _ => (String::new(), String::new()),
        };
        (
            format!("{merit_zh}钱够，选上后还剩 {}", left.zh),
            format!("{merit_en}it fits, and {} are left", left.en),
        )
    }

    fn bought(&self, candidate: usize, share: &Ratio, in_full: u64) -> (String, String) {
        // A share is for each unit of worth: a person, a point, or a unit of cost.
        let one = &self.profile.candidates[candidate];
        let share = self.money.say(&(share * &self.profile.worth_unit));
        let (each_zh, each_en) = match self.utility {
            Utility::Cost | Utility::Cardinality => ("每人付", "each pays"),
            Utility::Borda | Utility::Score => ("每一分付", "for each point a voter pays"),
        };
        let rest = one.heads.saturating_sub(in_full);
        if rest == 0 {
            return (format!("{each_zh} {}", share.zh), format!("{each_en} {}", share.en));
        }
        (
            format!("{each_zh} {}，其中 {in_full} 人付足，{rest} 人付出剩下的全部", share.zh),
            format!("{each_en} {}; {in_full} pay in full and {rest} give all they have left", share.en),
        )
    }

    fn ties(&self, tied: &[usize]) -> Sentence {
        if tied.is_empty() {
            return Sentence::new("", "");
        }
        let ids = self.ids(tied);
        Sentence::new(
            format!("；与 {} 相同，取编号最小的", ids.zh),
            format!("; equal with {}, so the smallest id goes first", ids.en),
        )
    }

    fn ids(&self, candidates: &[usize]) -> Sentence {
        let id = |one: &usize| self.election.projects()[self.profile.candidates[*one].place].id.as_str();
        let listed: Vec<&str> = candidates.iter().take(LISTED).map(id).collect();
        let more = candidates.len() - listed.len();
        let (zh, en) = if more == 0 {
            (String::new(), String::new())
        } else {
            (format!(" 等 {} 个", candidates.len()), format!(" and {more} more"))
        };
        Sentence::new(format!("{}{zh}", listed.join("、")), format!("{}{en}", listed.join(", ")))
    }

    fn ending(&self, choices: &Choices) -> Sentence {
        let spent: Ratio =
            choices.steps.iter().map(|step| &self.profile.candidates[step.candidate].cost).sum();
        let left = &self.profile.budget - &spent;
        let (spent, left) = (self.money.say(&spent), self.money.say(&left));
        let mut rest = vec![true; self.profile.candidates.len()];
        choices.steps.iter().for_each(|step| rest[step.candidate] = false);
        let rest: Vec<usize> = (0..rest.len()).filter(|&one| rest[one]).collect();
        let (zh, en) = if rest.is_empty() {
            ("全部项目都选上了".to_owned(), "every project is chosen".to_owned())
        } else {
            let ids = self.ids(&rest);
            match &choices.end {
                End::NoRoom { candidate } => {
                    let (name, cost) =
                        (self.name(*candidate), self.money.say(&self.profile.candidates[*candidate].cost));
                    (
                        format!("接下来是{}，费用 {}，超出剩下的钱，到此为止", name.zh, cost.zh),
                        format!("next would be {} at {}, more than is left, so it ends here", name.en, cost.en),
                    )
                }
                End::Unaffordable => (
                    format!("其余项目（{}）的支持者手里的钱合起来都不够", ids.zh),
                    format!("supporters of the rest ({}) have not enough left together", ids.en),
                ),
                End::Exhausted | End::Grown { .. } => (
                    format!("其余项目（{}）的费用都超出剩下的钱", ids.zh),
                    format!("each of the rest ({}) costs more than is left", ids.en),
                ),
            }
        };
        Sentence::new(
            format!("共用 {}，还剩 {}；{zh}。", spent.zh, left.zh),
            format!("{} spent, {} left; {en}.", spent.en, left.en),
        )
    }
}
