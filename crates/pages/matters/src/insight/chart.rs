//! Charts, drawn as part of the page so that they print: bars by part, a line by month. Each stands
//! above a table with the same numbers, for those who do not see it.

use maud::{Markup, html};

/// How wide a chart is drawn; the page scales it.
const WIDTH: usize = 354;
/// Where bars begin.
const BARS: usize = 126;
/// How much room the longest bar has.
const LONGEST: usize = 180;
/// How high a bar's line is.
const LINE: usize = 22;
/// How many bars one takes in.
const MOST: usize = 12;
/// How wide a name beside a bar is at most, in tenths of the width of half a sign.
const NAME: usize = 160;
/// How wide a Chinese sign is.
const SIGN: usize = 20;
/// How wide a letter is, on average.
const LETTER: usize = 13;

/// Bars, one for each name; the first dozen of them.
#[must_use]
pub fn bars(title: &str, rows: &[(String, u64)]) -> Markup {
    let rows = &rows[..rows.len().min(MOST)];
    let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
    let long = |count: u64| usize::try_from(count * LONGEST as u64 / most).unwrap_or(LONGEST);
    html! {
        svg.chart xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (WIDTH) " " (rows.len() * LINE + 4) } role="img" aria-label=(title) {
            @for (n, (name, count)) in rows.iter().enumerate() {
                text x=(BARS - 6) y=(n * LINE + 16) text-anchor="end" { (short(name)) }
                rect x=(BARS) y=(n * LINE + 4) width=(long(*count).max(1)) height=(LINE - 7) {}
                text x=(BARS + long(*count).max(1) + 5) y=(n * LINE + 16) { (count) }
            }
        }
    }
}

/// A name as it fits beside a bar.
fn short(name: &str) -> String {
    let wide = |c: char| if c.is_ascii() { LETTER } else { SIGN };
    if name.chars().map(wide).sum::<usize>() <= NAME {
        return name.to_owned();
    }
    let mut used = SIGN;
    let fits = |c: &char| {
        used += wide(*c);
        used <= NAME
    };
    name.chars().take_while(fits).collect::<String>() + "…"
}

/// Two lines over the same months: the whole one and, of it, the dashed one.
#[must_use]
pub fn lines(title: &str, rows: &[(String, [u64; 2])]) -> Markup {
    const HIGH: usize = 130;
    let most = rows.iter().map(|(_, [all, _])| *all).max().unwrap_or(0).max(1);
    let step = (WIDTH - 40) / rows.len().saturating_sub(1).max(1);
    let at = |n: usize, count: u64| {
        let high = usize::try_from(count * (HIGH - 40) as u64 / most).unwrap_or(0);
        (20 + n * step, HIGH - 20 - high)
    };
    let path = |which: usize| {
        let points = rows.iter().enumerate().map(|(n, (_, counts))| at(n, counts[which]));
        points.map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ")
    };
    html! {
        svg.chart xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (WIDTH) " " (HIGH) } role="img" aria-label=(title) {
            polyline points=(path(0)) {}
            polyline.of points=(path(1)) {}
            @for (n, (name, [all, _])) in rows.iter().enumerate() {
                @let (x, y) = at(n, *all);
                circle cx=(x) cy=(y) r="3" {}
                @if *all > 0 { text x=(x) y=(y - 7) text-anchor="middle" { (all) } }
                text x=(x) y=(HIGH - 5) text-anchor="middle" { (name) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_name_is_cut_where_it_would_reach_beyond_the_page() {
        for whole in ["水电路灯", "停车、车棚与充电", "Greenery"] {
            assert_eq!(short(whole), whole);
        }
        assert_eq!(short("水电路灯等公共设施"), "水电路灯等公共…");
        assert_eq!(short("No body (community)"), "No body (c…");
    }
}
