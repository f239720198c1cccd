//! What a forum's numbers are and whose rule each of them is, as every page and paper says it: the
//! place's own rule with its source, or a law, and whether the street has confirmed it as it stands.
//! Until then a statutory meeting's numbers carry 核验中. No commands here.

use maud::{Markup, html};
use yishi_domain::meetings::{Agenda, Forum, LawText, Number, Rules, Whose};
use yishi_domain::places::PlaceKind;
use yishi_kernel::{Moment, PlaceId};
use yishi_office::places::reads::{ledgers_below, place, places};
use yishi_office::rulebook::confirms_for;
use yishi_office::rulebook::reads::{ConfirmationRow, confirmation, last, standing};
use yishi_tally::everyday::{Base, Fraction, Rule, Threshold};
use yishi_web::texts::Locale;
use yishi_web::{Cx, Error};

/// How far a forum's numbers can be relied on.
#[derive(Clone, Debug)]
pub enum Standing {
    /// A consultation: they are the place's own, and nobody confirms them.
    Own,
    /// The street, town or township of this name confirmed them as they stand.
    Confirmed(String, ConfirmationRow),
    /// They are being checked (核验中).
    Checking(Why),
}

/// Why a statutory meeting's numbers are being checked.
#[derive(Clone, Debug)]
pub enum Why {
    /// Another text of the law is in force, and nobody has compared them with it.
    Superseded(LawText),
    /// Nobody has confirmed them.
    Unconfirmed,
    /// They, or the text in force, changed since they were confirmed.
    Changed,
    /// The confirmation was taken back, for this reason.
    Withdrawn(Moment, String),
}

/// A forum's numbers with how far they can be relied on.
#[derive(Clone, Debug)]
pub struct Ruled {
    /// The forum, where the rules know it.
    pub forum: Option<Forum>,
    /// How far.
    pub standing: Standing,
}

impl Ruled {
    /// As they stand now in a ledger whose rules these are.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn now(cx: &Cx, ledger: PlaceId, rules: &Rules, forum: &Forum) -> Result<Self, Error> {
        let standing = match forum.is_statutory() {
            true => compared(cx, ledger, rules, forum).await?,
            false => Standing::Own,
        };
        Ok(Self { forum: Some(forum.clone()), standing })
    }

    /// As a meeting was called by them, whose rules these are. What was confirmed for it and taken
    /// back since is said, and of those that an earlier program called that nobody confirmed.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn of_meeting(cx: &Cx, ledger: PlaceId, agenda: &Agenda, rules: &Rules) -> Result<Self, Error> {
        let Some(forum) = rules.forum(&agenda.forum) else {
            return Ok(Self { forum: None, standing: Standing::Own });
        };
        if !forum.is_statutory() {
            return Ok(Self { forum: Some(forum.clone()), standing: Standing::Own });
        }
        let standing = match &agenda.ground {
            Some(ground) => {
                let row = confirmation(&cx.app.office.db, ground.street, ground.confirmation).await?;
                match row.map(|row| (row.withdrawn, row)) {
                    Some((Some(at), row)) => {
                        Standing::Checking(Why::Withdrawn(at, row.reason.unwrap_or_default()))
                    }
                    Some((None, row)) => Standing::Confirmed(cx.place(ground.street).await?.name, row),
                    // The books are wrong, which the audit tells: nothing confirmed it.
                    None => Standing::Checking(Why::Unconfirmed),
                }
            }
            None => {
                let now = cx.rules(ledger).await?;
                let now = now.section::<Rules>();
                let known = now.forum(&agenda.forum).and_then(|forum| now.superseded(forum, cx.now));
                Standing::Checking(known.map_or(Why::Unconfirmed, |text| Why::Superseded(text.clone())))
            }
        };
        Ok(Self { forum: Some(forum.clone()), standing })
    }

    /// Each number with whose rule it is: days of notice, how many decide, days of publication.
    #[must_use]
    pub fn numbers(&self, t: Locale) -> Vec<(String, String)> {
        let Some(forum) = &self.forum else { return Vec::new() };
        let said = |number| match number {
            Number::Notice if forum.notice == 0 => t.say("number-notice-none"),
            Number::Notice => t.with("number-notice", &[("days", &forum.notice)]),
            Number::Deciding => decides(&forum.rule, t),
            Number::Publication if forum.publication == 0 => t.say("number-publication-none"),
            Number::Publication => t.with("number-publication", &[("days", &forum.publication)]),
        };
        let all = [Number::Notice, Number::Deciding, Number::Publication];
        all.map(|number| (said(number), self.rule_of(number, t))).into()
    }

    /// Whose rule a number is, with its source; empty where the rules know no such forum.
    #[must_use]
    pub fn rule_of(&self, number: Number, t: Locale) -> String {
        let Some(forum) = &self.forum else { return String::new() };
        match forum.whose(number) {
            Whose::Local(source) => {
                let source = source.strip_prefix("本地规则：").unwrap_or(source);
                t.with("whose-local", &[("source", &source)])
            }
            Whose::Statute(statute, source) => {
                let key = match self.standing {
                    Standing::Checking(_) => "whose-statute-checking",
                    Standing::Confirmed(..) | Standing::Own => "whose-statute",
                };
                let law = t.word(statute.law);
                let [articles, version] = [&statute.articles, &statute.version.to_string()];
                t.with(
                    key,
                    &[("law", &law), ("version", version), ("articles", articles), ("source", &source)],
                )
            }
            Whose::Unsaid(source) => match self.standing {
                Standing::Checking(_) => t.with("whose-checking", &[("source", &source)]),
                Standing::Confirmed(..) | Standing::Own => t.with("whose-local", &[("source", &source)]),
            },
        }
    }

    /// Whether a meeting can be called by it.
    #[must_use]
    pub fn can_be_called(&self) -> bool {
        !matches!(self.standing, Standing::Checking(_))
    }

    /// How far a statutory meeting's numbers can be relied on, in one sentence: why they are being
    /// checked and who can confirm them, or who confirmed them, when and by what.
    #[must_use]
    pub fn sentence(&self, t: Locale) -> Option<String> {
        match &self.standing {
            Standing::Own => None,
            Standing::Confirmed(street, row) => Some(confirmed(street, row, t)),
            Standing::Checking(why) => {
                let why = match why {
                    Why::Superseded(text) => t.with(
                        "checking-superseded",
                        &[
                            ("law", &t.word(text.law)),
                            ("version", &text.version),
                            ("since", &t.dated(text.since.0)),
                        ],
                    ),
                    Why::Unconfirmed => t.say("checking-unconfirmed"),
                    Why::Changed => t.say("checking-changed"),
                    Why::Withdrawn(at, reason) => {
                        t.with("checking-withdrawn", &[("date", &t.dated(at.date())), ("reason", reason)])
                    }
                };
                Some(t.with("checking", &[("why", &why)]))
            }
        }
    }

    /// The same with its mark, where it stands in a line of a paper.
    #[must_use]
    pub fn said(&self, t: Locale) -> Option<String> {
        let mark = match self.standing {
            Standing::Own => return None,
            Standing::Confirmed(..) => t.say("statute-confirmed"),
            Standing::Checking(_) => t.say("statute-checking"),
        };
        self.sentence(t).map(|sentence| t.with("standing-said", &[("mark", &mark), ("sentence", &sentence)]))
    }

    /// By which rule something was decided, and whose that is.
    #[must_use]
    pub fn decided_by(&self, rule: &Rule, t: Locale) -> String {
        let whose = self.rule_of(Number::Deciding, t);
        t.with("ruled", &[("number", &decides(rule, t)), ("whose", &whose)])
    }

    /// Each number and whose rule it is, a line each: days of notice, how many decide, days of
    /// publication.
    #[must_use]
    pub fn lines(&self, t: Locale) -> Vec<String> {
        let line =
            |(number, whose): (String, String)| t.with("ruled", &[("number", &number), ("whose", &whose)]);
        self.numbers(t).into_iter().map(line).collect()
    }

    /// 核验中 or 已核实, beside the name of a statutory meeting.
    #[must_use]
    pub fn badge(&self, t: Locale) -> Markup {
        html! { @match self.standing {
            Standing::Own => {},
            Standing::Confirmed(..) => span.badge.done { (t.say("statute-confirmed")) },
            Standing::Checking(_) => span.badge.wait { (t.say("statute-checking")) },
        } }
    }

    /// The numbers as a list, each with whose rule it is, and how far they can be relied on.
    #[must_use]
    pub fn list(&self, t: Locale) -> Markup {
        html! {
            ul.numbers { @for (number, whose) in self.numbers(t) { li { (number) br; span.small.soft { (whose) } } } }
            @if let Some(sentence) = self.sentence(t) { p { (self.badge(t)) " " (sentence) } }
        }
    }
}

/// The statutory meetings of what lies below a street: a town without villages has no villagers'
/// meeting. All of them as long as nothing lies below.
///
/// # Errors
/// When the store fails.
pub async fn statutory<'a>(cx: &Cx, street: PlaceId, rules: &'a Rules) -> Result<Vec<&'a Forum>, Error> {
    let db = &cx.app.office.db;
    let path = cx.app.office.path_at(street).await?;
    let below: Vec<PlaceId> = ledgers_below(db, &[path]).await?.into_iter().map(|row| row.ledger).collect();
    let kinds: Vec<PlaceKind> = places(db, &below).await?.into_iter().map(|row| row.kind).collect();
    let kinds: Vec<PlaceKind> = kinds.into_iter().filter(|kind| kind.is_community()).collect();
    let is_there = |forum: &&Forum| kinds.is_empty() || kinds.iter().any(|kind| forum.is_of(*kind));
    Ok(rules.forums.iter().filter(|forum| forum.statute().is_some()).filter(is_there).collect())
}

/// A statutory meeting's numbers as they stand now, beside what the street confirmed.
async fn compared(cx: &Cx, ledger: PlaceId, rules: &Rules, forum: &Forum) -> Result<Standing, Error> {
    let office = &cx.app.office;
    let street = confirms_for(&office.db, ledger).await?;
    if let Some(figures) = rules.figures(forum, cx.now)
        && let Some(row) = standing(&office.db, street, &forum.code, &figures).await?
    {
        let name = place(&office.db, street).await?.map_or_else(String::new, |row| row.name);
        return Ok(Standing::Confirmed(name, row));
    }
    let before = last(&office.db, street, &forum.code).await?;
    let superseded = rules.superseded(forum, cx.now);
    Ok(Standing::Checking(match (before, superseded) {
        (Some(row), _) => match row.withdrawn {
            Some(at) => Why::Withdrawn(at, row.reason.unwrap_or_default()),
            None => Why::Changed,
        },
        (None, Some(text)) => Why::Superseded(text.clone()),
        (None, None) => Why::Unconfirmed,
    }))
}

/// Who confirmed numbers, when, and by what.
#[must_use]
pub fn confirmed(street: &str, row: &ConfirmationRow, t: Locale) -> String {
    let (at, day) = (t.dated(row.at.date()), t.dated(row.day.deadline_date()));
    t.with("confirmed-by", &[("street", &street), ("date", &at), ("source", &row.source), ("day", &day)])
}

/// By which rule a forum decides, in words.
fn decides(rule: &Rule, t: Locale) -> String {
    let base = t.say(match rule.base {
        Base::Present => "deciding-present",
        Base::Voting => "deciding-voting",
        Base::Entitled => "deciding-entitled",
    });
    let share = share(rule.threshold, t);
    match rule.quorum {
        Some(quorum) => {
            let quorum = self::share(quorum, t);
            t.with("number-deciding-quorum", &[("quorum", &quorum), ("share", &share), ("base", &base)])
        }
        None => t.with("number-deciding", &[("share", &share), ("base", &base)]),
    }
}

fn share(threshold: Threshold, t: Locale) -> String {
    match threshold {
        Threshold::MoreThan(Fraction::HALF) => t.say("share-more-than-half"),
        Threshold::MoreThan(share) => t.with("share-more-than", &[("share", &String::from(share))]),
        Threshold::AtLeast(share) => t.with("share-at-least", &[("share", &String::from(share))]),
    }
}
