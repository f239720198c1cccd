//! The roll 签到表: those invited, the members of the council whose meeting it is, whoever else signed
//! in already, and blank lines to sign on.

use super::facts::Held;
use yishi_domain::meetings::MeetingStage;
use yishi_domain::papers::PaperKind;
use yishi_office::meetings::reads::SeatRow;
use yishi_papers::{Block, Column, Internal, Paper, Person, Rows, Sheet, Table};
use yishi_web::papers::minute;

/// Lines to sign on that are left for whoever comes; none once it is over.
const BLANK: usize = 16;

pub(super) fn paper(held: &Held<'_>) -> Paper {
    let agenda = &held.story.meeting.agenda;
    let columns = vec![
        Column::new("序号", 8),
        Column::new("姓名", 16),
        Column::new("身份", 16),
        Column::new("单位或楼栋", 24),
        Column::new("应到", 9),
        Column::new("实到签名", 18),
        Column::new("到/离时间", 15),
    ];
    let mut rows: Vec<[String; 6]> = Vec::new();
    let named = |seat: &SeatRow| held.names.get(&seat.id).map(|name| written(name)).unwrap_or_default();
    let (sent, signed): (Vec<&SeatRow>, Vec<&SeatRow>) =
        held.seats.iter().filter(|seat| seat.struck.is_none()).partition(|seat| {
            agenda.invited.iter().any(|invited| seat.organisation == Some(invited.organisation))
        });
    for invited in &agenda.invited {
        let line = |name: String, [came, time]: [String; 2]| {
            let body = held.story.body(invited.organisation).to_owned();
            [name, "受邀单位".to_owned(), body, "是".to_owned(), came, time]
        };
        let of = sent.iter().filter(|seat| seat.organisation == Some(invited.organisation));
        let before = rows.len();
        rows.extend(of.map(|seat| line(named(seat), came(seat))));
        if rows.len() == before {
            rows.push(line(String::new(), <[String; 2]>::default()));
        }
    }
    for member in &held.council {
        let name = member.name.get().map(|name| written(name)).unwrap_or_default();
        let seat = signed.iter().find(|seat| seat.member == Some(member.number));
        let [came, time] = seat.map(|seat| came(seat)).unwrap_or_default();
        let who = format!("议事会成员（{}）", held.zh.word(member.group));
        rows.push([name, who, String::new(), "是".to_owned(), came, time]);
    }
    for seat in signed {
        if held.council.iter().any(|member| seat.member == Some(member.number)) {
            continue;
        }
        let name = named(seat);
        let body = seat.organisation.map_or("", |id| held.story.body(id)).to_owned();
        let [came, time] = came(seat);
        rows.push([name, held.zh.word(seat.kind), body, String::new(), came, time]);
    }
    let open = matches!(held.story.row.stage, MeetingStage::Called | MeetingStage::Open);
    rows.extend(std::iter::repeat_n(<[String; 6]>::default(), if open { BLANK } else { 0 }));
    let rows = (1_usize..).zip(rows).map(|(n, row)| std::iter::once(n.to_string()).chain(row).collect());
    let table = Table { columns, rows: rows.collect(), height: Rows::Writing };
    let mut facts = held.facts();
    facts.truncate(5);
    held.paper("签到表", PaperKind::Meeting, vec![Block::Fields(facts), Block::Table(table)])
}

/// A name as it stands on a copy for the file.
fn written(name: &str) -> String {
    Sheet::<Internal>::people(&[Person::resident(name)])
}

/// That somebody signed in, and at what time.
fn came(seat: &SeatRow) -> [String; 2] {
    let time = minute(seat.taken);
    let clock = time.rsplit_once('日').map_or(time.as_str(), |(_, clock)| clock);
    ["已签到".to_owned(), clock.to_owned()]
}
