//! Days as a calendar program reads them: iCalendar (RFC 5545), lines of at most 75 octets that end in
//! CRLF, texts escaped, times in UTC. What stands in it comes in from outside; the same days make the
//! same bytes, and a day is known by its id however often it is read.

use std::fmt::Write as _;

/// The longest line, in octets, without its end.
const LINE: usize = 75;

/// When something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// On a day: year, month, day.
    Day(i16, i8, i8),
    /// At a second, in UTC: year, month, day, hour, minute, second.
    Second(i16, i8, i8, i8, i8, i8),
}

impl When {
    fn value(&self) -> String {
        match self {
            When::Day(year, month, day) => format!("{year:04}{month:02}{day:02}"),
            When::Second(year, month, day, hour, minute, second) => {
                format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z")
            }
        }
    }

    fn parameter(&self) -> &'static str {
        match self {
            When::Day(..) => ";VALUE=DATE",
            When::Second(..) => "",
        }
    }
}

/// Something on a day (日程).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// By what it is known, for ever and everywhere.
    pub uid: String,
    /// How often it was changed: a program takes a higher one for the newer.
    pub sequence: u64,
    /// When it was changed last.
    pub changed: When,
    /// When it is, or begins.
    pub when: When,
    /// When it ends, where that is said: until then a calendar keeps the time free.
    pub ends: Option<When>,
    /// What it is, in a line.
    pub summary: String,
    /// What is to be known of it; nothing where that is all.
    pub about: String,
    /// Where it is; nothing where that is not said.
    pub place: String,
    /// Where more of it stands.
    pub link: String,
    /// Whether it takes place.
    pub status: Status,
}

/// Whether something takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It does.
    Confirmed,
    /// It was called off.
    Cancelled,
}

/// A calendar of this name.
#[must_use]
pub fn calendar(name: &str, events: &[Event]) -> String {
    let mut lines = Lines(String::new());
    lines.put("BEGIN:VCALENDAR");
    lines.put("VERSION:2.0");
    lines.put("PRODID:-//Yishi//Yishi//ZH");
    lines.put("CALSCALE:GREGORIAN");
    lines.put("METHOD:PUBLISH");
    lines.text("X-WR-CALNAME", name);
    // Half an hour is soon enough for days; programs that ask oftener are answered, too.
    lines.put("REFRESH-INTERVAL;VALUE=DURATION:PT30M");
    for event in events {
        lines.put("BEGIN:VEVENT");
        lines.text("UID", &event.uid);
        lines.put(&format!("DTSTAMP:{}", event.changed.value()));
        lines.put(&format!("SEQUENCE:{}", event.sequence));
        lines.put(&format!("DTSTART{}:{}", event.when.parameter(), event.when.value()));
        if let Some(ends) = &event.ends {
            lines.put(&format!("DTEND{}:{}", ends.parameter(), ends.value()));
        }
        lines.text("SUMMARY", &event.summary);
        if !event.about.is_empty() {
            lines.text("DESCRIPTION", &event.about);
        }
        if !event.place.is_empty() {
            lines.text("LOCATION", &event.place);
        }
        lines.put(&format!("URL:{}", bare(&event.link)));
        lines.put(match event.status {
            Status::Confirmed => "STATUS:CONFIRMED",
            Status::Cancelled => "STATUS:CANCELLED",
        });
        // Nobody is busy with what is only due.
        if event.ends.is_none() {
            lines.put("TRANSP:TRANSPARENT");
        }
        lines.put("END:VEVENT");
    }
    lines.put("END:VCALENDAR");
    lines.0
}

struct Lines(String);

impl Lines {
    /// A property whose value is a text.
    fn text(&mut self, name: &str, value: &str) {
        let mut line = format!("{name}:");
        for letter in value.chars() {
            match letter {
                '\\' | ';' | ',' => line.extend(['\\', letter]),
                '\n' => line.push_str("\\n"),
                _ if letter.is_control() => {}
                _ => line.push(letter),
            }
        }
        self.put(&line);
    }

    /// A line, folded where it is too long: what follows begins with a space, and no letter is cut.
    fn put(&mut self, line: &str) {
        let mut length = 0;
        for letter in line.chars() {
            if length + letter.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(letter);
            length += letter.len_utf8();
        }
        // Writing to a text does not fail.
        let _ = write!(self.0, "\r\n");
    }
}

/// An address without what would end its line.
fn bare(link: &str) -> String {
    link.chars().filter(|letter| !letter.is_control()).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn event(summary: &str, place: &str) -> Event {
        Event {
            uid: "order/7-0@yishi.example".to_owned(),
            sequence: 3,
            changed: When::Second(2026, 11, 30, 1, 2, 3),
            when: When::Day(2026, 12, 2),
            ends: None,
            about: String::new(),
            status: Status::Confirmed,
            summary: summary.to_owned(),
            place: place.to_owned(),
            link: "https://yishi.example/w/xinglin/7".to_owned(),
        }
    }

    /// Reads a calendar by the rules of RFC 5545, 3.1 and 3.3.11: nothing of the writer is used.
    fn read(text: &str) -> Vec<(String, String)> {
        assert!(text.ends_with("\r\n"));
        let mut lines: Vec<String> = Vec::new();
        for line in text.strip_suffix("\r\n").unwrap().split("\r\n") {
            assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
            match line.strip_prefix(' ') {
                Some(rest) => lines.last_mut().unwrap().push_str(rest),
                None => lines.push(line.to_owned()),
            }
        }
        let pair = |line: String| {
            let (name, value) = line.split_once(':').unwrap();
            let mut plain = String::new();
            let mut letters = value.chars();
            while let Some(letter) = letters.next() {
                plain.push(match letter {
                    '\\' => match letters.next().unwrap() {
                        'n' | 'N' => '\n',
                        escaped @ ('\\' | ';' | ',') => escaped,
                        other => panic!("{other} is not to be escaped"),
                    },
                    other => other,
                });
            }
            (name.to_owned(), plain)
        };
        lines.into_iter().map(pair).collect()
    }

    #[test]
    fn a_calendar_reads_as_it_was_written() {
        let told =
            "待验收：派单 第7号，路灯；3,4号楼\\东侧\n很长很长很长很长很长很长很长很长很长很长很长的一行";
        let text = calendar("杏林社区·日程", &[event(told, ""), event("b", "3号楼")]);
        let read = read(&text);
        let get = |name: &'static str| {
            read.iter().filter(move |(of, _)| of == name).map(|(_, value)| value.as_str())
        };
        assert_eq!(get("SUMMARY").collect::<Vec<_>>(), [told, "b"]);
        assert_eq!(get("LOCATION").collect::<Vec<_>>(), ["3号楼"]);
        assert_eq!(get("DTSTART;VALUE=DATE").next(), Some("20261202"));
        assert_eq!(get("DTSTAMP").next(), Some("20261130T010203Z"));
        assert_eq!(get("UID").count(), 2);
        assert_eq!(read[0], ("BEGIN".to_owned(), "VCALENDAR".to_owned()));
        assert_eq!(read.last().unwrap(), &("END".to_owned(), "VCALENDAR".to_owned()));
        assert_eq!(get("BEGIN").filter(|of| *of == "VEVENT").count(), get("END").count() - 1);
    }

    proptest! {
        #[test]
        fn any_text_comes_back(summary in "\\PC{0,120}", place in "[\\PC\\n]{1,40}") {
            let read = read(&calendar("x", &[event(&summary, &place)]));
            let get = |name: &str| read.iter().find(|(of, _)| of == name).unwrap().1.clone();
            prop_assert_eq!(get("SUMMARY"), summary);
            prop_assert_eq!(get("LOCATION"), place);
        }
    }
}
