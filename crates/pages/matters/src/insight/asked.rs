//! What figures are asked for: which days, by what they are parted, and which list stands behind one.
//! It is all in the address, so that a page can be kept, sent on and printed.

use std::collections::HashMap;
use yishi_domain::evaluation::Measure;
use yishi_domain::insight::{By, Figure, Key, Period, Said, Span};
use yishi_kernel::moment::Date;
use yishi_web::dates;
use yishi_web::ui;

yishi_kernel::words! {
    /// Which of the matters that a figure looks at (口径内外).
    Side as "side" {
        /// Those of which it is said.
        Yes = "yes",
        /// Those of which it could be said, and is not.
        No = "no",
        /// Those of which it cannot be said.
        Apart = "apart",
    }
}

impl Side {
    /// Whether what a figure says of a matter is on this side.
    #[must_use]
    pub fn takes(self, said: Said) -> bool {
        match said {
            Said::Yes => self == Side::Yes,
            Said::No => self == Side::No,
            Said::Apart(_) => self == Side::Apart,
        }
    }
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Which days.
    pub span: Span,
    /// From which day to which.
    pub period: Period,
    /// By what they are parted.
    pub by: By,
    /// Only those of one part.
    pub part: Option<Key>,
    /// Which figure's list.
    pub figure: Figure,
    /// Which of those that it looks at.
    pub side: Side,
}

impl Asked {
    /// What an address asks for, on a day. What does not read is as if it were not there.
    #[must_use]
    pub fn read(query: &HashMap<String, String>, today: Date) -> Self {
        let given = |name: &str| query.get(name).map_or("", String::as_str);
        let day = |name| dates::end_of_day(given(name)).ok().map(|end| end.deadline_date());
        let named = day("from").zip(day("to")).map(|(from, to)| Period { from, to });
        let span = Span::parse(given("span")).unwrap_or(Span::Month);
        let by = By::parse(given("by")).unwrap_or(By::Category);
        Self {
            span,
            period: Period::of(span, today, named),
            by,
            part: Key::read(by, given("of")).filter(|_| !given("of").is_empty()),
            figure: Figure::parse(given("figure")).unwrap_or(Figure::Raised),
            side: Side::parse(given("side")).unwrap_or(Side::Yes),
        }
    }

    /// Which days, as an address says them: spans move on with the calendar, days stay.
    fn days(&self) -> [(&'static str, String); 3] {
        let named = |day: Date| if self.span == Span::Days { day.to_string() } else { String::new() };
        let span = self.span.word().to_owned();
        [("span", span), ("from", named(self.period.from)), ("to", named(self.period.to))]
    }

    /// The address of the figures.
    #[must_use]
    pub fn page(&self, slug: &str) -> String {
        self.link(&format!("/w/{slug}/figures"), &[])
    }

    /// The address of the list behind a figure of a part, or of all.
    #[must_use]
    pub fn list(&self, slug: &str) -> String {
        self.link(&format!("/w/{slug}/figures/list"), &self.which())
    }

    /// The address of the same list as a file.
    #[must_use]
    pub fn file(&self, slug: &str, ending: &str) -> String {
        self.link(&format!("/w/{slug}/figures/ledger.{ending}"), &self.which())
    }

    /// The address of the rates, or of their list or file.
    #[must_use]
    pub fn rates(&self, slug: &str, name: &str) -> String {
        self.link(&format!("/w/{slug}/figures/{name}"), &[])
    }

    /// The address of the list behind a rate of a part, or of all.
    #[must_use]
    pub fn behind(&self, slug: &str, measure: Measure, side: Side, part: Option<&Key>) -> String {
        let of = part.map(ToString::to_string).unwrap_or_default();
        let (rate, side) = (measure.word().to_owned(), side.word().to_owned());
        self.link(&format!("/w/{slug}/figures/rates/list"), &[("of", of), ("rate", rate), ("side", side)])
    }

    fn which(&self) -> [(&'static str, String); 3] {
        let part = self.part.as_ref().map(ToString::to_string).unwrap_or_default();
        let (figure, side) = (self.figure.word().to_owned(), self.side.word().to_owned());
        [("of", part), ("figure", figure), ("side", side)]
    }

    fn link(&self, path: &str, more: &[(&'static str, String)]) -> String {
        let by = [("by", self.by.word().to_owned())];
        let days = self.days();
        let asked: Vec<(&str, &str)> =
            days.iter().chain(&by).chain(more).map(|(name, value)| (*name, value.as_str())).collect();
        ui::link(path, &asked)
    }

    /// The same of one figure.
    #[must_use]
    pub fn of(&self, figure: Figure, side: Side, part: Option<&Key>) -> Self {
        Self { figure, side, part: part.cloned(), ..self.clone() }
    }
}
