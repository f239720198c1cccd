//! Why each project was chosen and why no more were, in words for residents. It decides
//! nothing; it tells what the rules noted down.

use super::profile::Profile;
use super::{Because, Choices, Election, End, Rule, Step, Ties, Utility};
use crate::{Ratio, Sentence, ratio_text};
use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

const FREE: (&str, &str) = ("不花钱，选上", "it is free, so it is chosen");
/// Support is told for this much money.
const MERIT_PER: u32 = 10_000;

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

    /// The Chinese goes right behind a word and begins with the space it needs there.
    fn say(&self, amount: &Ratio) -> Sentence {
        let Sentence { zh, en } = say_number(amount);
        Sentence::new(format!("{zh} {}", self.zh), format!("{en} {}", self.en))
    }
}

/// A number with at most two decimals, or said to be about that.
fn say_number(number: &Ratio) -> Sentence {
    let hundredths = number * BigInt::from(100);
    if hundredths.is_integer() {
        let text = ratio_text(number);
        return Sentence::new(format!(" {text}"), text);
    }
    let rounded = Ratio::new(hundredths.round().to_integer(), BigInt::from(100));
    if rounded.is_zero() {
        return Sentence::new("不到 0.01", "less than 0.01");
    }
    let text = ratio_text(&rounded);
    Sentence::new(format!("约 {text}"), format!("about {text}"))
}

fn owned((zh, en): (&str, &str)) -> (String, String) {
    (zh.to_owned(), en.to_owned())
}

/// So many of something.
fn many(count: u64, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
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
        let first = self.money.say(&self.first_share());
        let (zh, en) = match (&choices.end, self.rule) {
            (End::Grown { share, broke }, _) => {
                let last = self.money.say(share);
                let (grown_zh, grown_en) = if *share == self.first_share() {
                    (format!("每人分到{}", first.zh), format!("each voter has {}", first.en))
                } else {
                    (
                        format!("每人先分到{}，再每次各加 1，加到{}", first.zh, last.zh),
                        format!("each voter first had {}, then 1 more at a time up to {}", first.en, last.en),
                    )
                };
                let (why_zh, why_en) = if *broke {
                    ("再加 1 就会超出预算", "1 more would have broken the budget")
                } else {
                    (
                        "这时别的有人支持的项目都放不下了",
                        "by then nothing else that anybody supports would fit",
                    )
                };
                (format!("{grown_zh}：{why_zh}"), format!("{grown_en}: {why_en}"))
            }
            (_, Rule::EqualShares) if votes > 0 => {
                (format!("每人分到{}", first.zh), format!("each voter has {}", first.en))
            }
            (_, Rule::Phragmen) => (
                "钱均匀地分给每个人，谁的支持者先凑够费用就先选谁".to_owned(),
                "money comes to all voters evenly, and the project whose supporters first have its price \
                 is chosen first"
                    .to_owned(),
            ),
            _ => owned(match self.utility {
                Utility::Cost => ("按支持人数从多到少取", "most supporters first"),
                Utility::Cardinality => {
                    ("按同样的钱有多少人支持，从多到少取", "most supporters for the money first")
                }
                Utility::Borda => {
                    ("按同样的钱有多少名次分，从多到少取", "most ranking points for the money first")
                }
                Utility::Score => ("按同样的钱有多少分，从多到少取", "most points for the money first"),
            }),
        };
        let ballots = many(votes, "ballot", "ballots");
        Sentence::new(
            format!("预算{}，选票 {votes} 张；{zh}。", budget.zh),
            format!("Budget {}, {ballots}; {en}.", budget.en),
        )
    }

    /// The budget in equal shares.
    fn first_share(&self) -> Ratio {
        &self.profile.budget / BigInt::from(self.profile.votes.max(1))
    }

    /// What greedy looks at, for an amount of money that leaves readable numbers.
    fn merit(&self, density: &Ratio) -> Sentence {
        let number = say_number(&(density * BigInt::from(MERIT_PER)));
        let Money { zh, en } = &self.money;
        let (of_zh, of_en) = match self.utility {
            Utility::Cost | Utility::Cardinality => ("人支持", "supporters"),
            Utility::Borda => ("名次分", "ranking points"),
            Utility::Score => ("分", "points"),
        };
        Sentence::new(
            format!("每 {MERIT_PER} {zh}{} {of_zh}，", number.zh),
            format!("{} {of_en} per {MERIT_PER} {en}, ", number.en),
        )
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
            _ if heads == 0 => Sentence::new("没有人支持", "no supporters"),
            Utility::Borda if self.rule != Rule::Phragmen => Sentence::new(
                format!("{heads} 人给了名次分，共 {total} 分"),
                format!("{total} ranking points from {}", many(heads, "voter", "voters")),
            ),
            Utility::Score if self.rule != Rule::Phragmen => Sentence::new(
                format!("{heads} 人给了分，共 {total} 分"),
                format!("{total} points from {}", many(heads, "voter", "voters")),
            ),
            _ => Sentence::new(format!("{heads} 人支持"), many(heads, "supporter", "supporters")),
        }
    }

    fn step(&self, step: &Step) -> Sentence {
        let one = &self.profile.candidates[step.candidate];
        let (name, support) = (self.name(step.candidate), self.support(step.candidate));
        let cost = self.money.say(&one.cost);
        let (zh, en) = match &step.because {
            Because::Free => owned(FREE),
            Because::Fits { left } => self.fits(step.candidate, left),
            Because::Bought { share, in_full } => self.bought(step.candidate, share, *in_full),
            Because::Earned { load: Some(load) } if load.is_zero() => owned(FREE),
            Because::Earned { load: Some(load) } => {
                let load = self.money.say(load);
                (
                    format!("每人累计分到{}时，他们凑够了", load.zh),
                    format!("they have it when each voter has been given {} in all", load.en),
                )
            }
            Because::Earned { load: None } => {
                owned(("别的都已选完，钱还够", "all others are chosen and the money is there"))
            }
        };
        let ties = self.ties(&step.tied);
        Sentence::new(
            format!("{}：{}，费用{}；{zh}{}。", name.zh, support.zh, cost.zh, ties.zh),
            format!("{}: {}, costs {}; {en}{}.", name.en, support.en, cost.en, ties.en),
        )
    }

    fn fits(&self, candidate: usize, left: &Ratio) -> (String, String) {
        let left = self.money.say(left);
        let merit = match self.profile.density(candidate) {
            Some(density) if self.utility != Utility::Cost && density.is_positive() => self.merit(&density),
            _ => Sentence::new("", ""),
        };
        (
            format!("{}钱够，选上后还剩{}", merit.zh, left.zh),
            format!("{}it fits, and {} are left", merit.en, left.en),
        )
    }

    fn bought(&self, candidate: usize, share: &Ratio, in_full: u64) -> (String, String) {
        // A share is for each unit of worth: a person, a ranking point or a point.
        let one = &self.profile.candidates[candidate];
        let share = self.money.say(&(share * &self.profile.worth_unit));
        let (each_zh, each_en) = match self.utility {
            Utility::Cost | Utility::Cardinality => ("每人付", "each pays"),
            Utility::Borda | Utility::Score => ("每人为每一分付", "each pays for every point"),
        };
        let rest = one.heads.saturating_sub(in_full);
        if rest == 0 {
            return (format!("{each_zh}{}", share.zh), format!("{each_en} {}", share.en));
        }
        (
            format!("{each_zh}{}，其中 {in_full} 人付足，{rest} 人付出剩下的全部", share.zh),
            format!(
                "{each_en} {}; {} in full and {rest} with all they have left",
                share.en,
                many(in_full, "pays", "pay")
            ),
        )
    }

    fn ties(&self, tied: &Ties) -> Sentence {
        if tied.count == 0 {
            return Sentence::new("", "");
        }
        let ids = self.ids(tied);
        Sentence::new(
            format!("；与 {} 相同，取编号最小的", ids.zh),
            format!("; equal with {}, so the smallest id goes first", ids.en),
        )
    }

    fn ids(&self, all: &Ties) -> Sentence {
        let id = |one: &usize| self.election.projects()[self.profile.candidates[*one].place].id.as_str();
        let told: Vec<&str> = all.first.iter().map(id).collect();
        let more = all.count - told.len();
        let (zh, en) = if more == 0 {
            (String::new(), String::new())
        } else {
            (format!(" 等 {} 个", all.count), format!(" and {more} more"))
        };
        Sentence::new(format!("{}{zh}", told.join("、")), format!("{}{en}", told.join(", ")))
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
            let (free, rest): (Vec<usize>, Vec<usize>) =
                rest.into_iter().partition(|&one| self.profile.candidates[one].cost.is_zero());
            let ids = self.ids(&Ties::new(rest.iter().copied()));
            match &choices.end {
                End::NoRoom { candidate } => {
                    let (name, cost) =
                        (self.name(*candidate), self.money.say(&self.profile.candidates[*candidate].cost));
                    (
                        format!("接下来是{}，费用{}，超出剩下的钱，到此为止", name.zh, cost.zh),
                        format!(
                            "next would be {} at {}, more than is left, so it ends here",
                            name.en, cost.en
                        ),
                    )
                }
                End::Unaffordable => {
                    let mut told = (String::new(), String::new());
                    if !rest.is_empty() {
                        told.0 = format!("其余项目（{}）的支持者手里的钱合起来都不够", ids.zh);
                        told.1 = format!("supporters of the rest ({}) have not enough left together", ids.en);
                    }
                    if !free.is_empty() {
                        let (ids, joint) = (
                            self.ids(&Ties::new(free.iter().copied())),
                            if rest.is_empty() { ["", ""] } else { ["；", "; "] },
                        );
                        told.0 +=
                            &format!("{}不花钱的项目（{}）在这里没有效用，这一规则不取", joint[0], ids.zh);
                        told.1 += &format!(
                            "{}what is free ({}) is of no utility here, so this rule does not take it",
                            joint[1], ids.en
                        );
                    }
                    told
                }
                End::Exhausted | End::Grown { .. } => (
                    format!("其余项目（{}）的费用都超出剩下的钱", ids.zh),
                    format!("each of the rest ({}) costs more than is left", ids.en),
                ),
            }
        };
        Sentence::new(
            format!("共用{}，还剩{}；{zh}。", spent.zh, left.zh),
            format!("{} spent, {} left; {en}.", spent.en, left.en),
        )
    }
}
