//! A meeting as a calendar file (RFC 5545): one event, its text escaped, its lines folded.
//! Times are written in UTC, so that no table of time zones is needed.

use yishi_kernel::Moment;

/// What a calendar says of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event<'a> {
    /// Its name in the whole world, the same whenever it is fetched.
    pub uid: &'a str,
    /// Counts up when it changes.
    pub sequence: u64,
    /// When it was last changed.
    pub stamp: Moment,
    /// When it begins.
    pub starts: Moment,
    /// Where.
    pub location: &'a str,
    /// What it is called.
    pub summary: &'a str,
    /// What it is about.
    pub description: &'a str,
    /// Its page.
    pub url: &'a str,
    /// Whether it takes place.
    pub status: Status,
}

/// Whether an event takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It does.
    Confirmed,
    /// It was called off.
    Cancelled,
}

/// How long a calendar keeps free, in seconds: nobody knows beforehand how long a meeting takes.
const KEPT_FREE: i64 = 2 * 3600;

/// The longest line, in octets, without its end.
const LINE: usize = 75;

/// The calendar file.
#[must_use]
pub fn calendar(event: &Event) -> String {
    let status = match event.status {
        Status::Confirmed => "CONFIRMED",
        Status::Cancelled => "CANCELLED",
    };
    let ends = event.starts.plus_seconds(KEPT_FREE);
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Yishi//Meetings//ZH".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", event.uid),
        format!("SEQUENCE:{}", event.sequence),
        format!("DTSTAMP:{}", utc(event.stamp)),
        format!("DTSTART:{}", utc(event.starts)),
        format!("DTEND:{}", utc(ends)),
        format!("SUMMARY:{}", escaped(event.summary)),
        format!("LOCATION:{}", escaped(event.location)),
        format!("DESCRIPTION:{}", escaped(event.description)),
        format!("URL:{}", event.url),
        format!("STATUS:{status}"),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    lines.iter().map(|line| folded(line)).collect()
}

/// `20260508T063000Z`.
fn utc(moment: Moment) -> String {
    // Eight hours back from the clock of China.
    moment.plus_seconds(-8 * 3600).civil().strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Text as a value: RFC 5545, 3.3.11.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            ';' => out.push_str("\\;"),
            ',' => out.push_str("\\,"),
            '\n' => out.push_str("\\n"),
            character if character.is_control() => {}
            character => out.push(character),
        }
    }
    out
}

/// A line with its end, folded between characters so that none is longer than it may be.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut octets = 0;
    for character in line.chars() {
        if octets + character.len_utf8() > LINE {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(character);
        octets += character.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    const STARTS: Moment = Moment(1_778_221_800_000_000);

    fn event<'a>(summary: &'a str, description: &'a str) -> Event<'a> {
        Event {
            uid: "meeting-1@yishi.local",
            sequence: 2,
            stamp: STARTS,
            starts: STARTS,
            location: "杏林社区议事厅，二楼",
            summary,
            description,
            url: "https://yishi.example/c/xinglin/g/12",
            status: Status::Confirmed,
        }
    }

    /// The content lines of a file, unfolded.
    fn unfolded(file: &str) -> Vec<String> {
        file.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn china_time_is_written_in_utc_and_text_is_escaped() {
        let file = calendar(&event("议事会; 停车, 充电", "一、路灯\n二、\\ 反斜线"));
        let lines = unfolded(&file);
        assert_eq!(STARTS.minute(), "2026-05-08 14:30");
        assert!(lines.contains(&"DTSTART:20260508T063000Z".to_owned()), "{file}");
        assert!(lines.contains(&"DTEND:20260508T083000Z".to_owned()));
        assert!(lines.contains(&"SUMMARY:议事会\\; 停车\\, 充电".to_owned()));
        assert!(lines.contains(&"DESCRIPTION:一、路灯\\n二、\\\\ 反斜线".to_owned()));
        assert!(file.starts_with("BEGIN:VCALENDAR\r\n") && file.ends_with("END:VCALENDAR\r\n"));
    }

    proptest! {
        #[test]
        fn no_line_is_too_long_and_nothing_is_lost(summary in "\\PC{0,120}", description in "[\\PC\n]{0,400}") {
            let file = calendar(&event(&summary, &description));
            for line in file.split("\r\n") {
                prop_assert!(line.len() <= LINE, "{line}");
            }
            let lines = unfolded(&file);
            prop_assert_eq!(lines.len(), 17);
            prop_assert_eq!(&lines[10], &format!("SUMMARY:{}", escaped(&summary)));
            prop_assert_eq!(&lines[12], &format!("DESCRIPTION:{}", escaped(&description)));
        }
    }
}
