//! The roll 签到表: who signed in already, those invited, and blank lines to sign on.

use super::facts::Held;
use yishi_domain::papers::PaperKind;
use yishi_papers::{Block, Column, Internal, Paper, Person, Rows, Sheet, Table};
use yishi_web::papers::minute;

/// Lines to sign on that are left for whoever comes.
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
    for invited in &agenda.invited {
        let body = held.story.body(invited.organisation).to_owned();
        rows.push([
            String::new(),
            "受邀单位".to_owned(),
            body,
            "是".to_owned(),
            String::new(),
            String::new(),
        ]);
    }
    for seat in held.seats.iter().filter(|seat| seat.struck.is_none()) {
        let person = held.names.get(&seat.id).map(|name| Person::resident(name));
        let name = person.map(|person| Sheet::<Internal>::people(&[person])).unwrap_or_default();
        let body = seat.organisation.map_or("", |id| held.story.body(id)).to_owned();
        let time = minute(seat.taken);
        let time = time.rsplit_once('日').map_or(time.as_str(), |(_, clock)| clock).to_owned();
        rows.push([name, held.zh.word(seat.kind), body, String::new(), "已签到".to_owned(), time]);
    }
    rows.extend(std::iter::repeat_n(<[String; 6]>::default(), BLANK));
    let rows = (1_usize..).zip(rows).map(|(n, row)| std::iter::once(n.to_string()).chain(row).collect());
    let table = Table { columns, rows: rows.collect(), height: Rows::Writing };
    let mut facts = held.facts();
    facts.truncate(5);
    held.paper("签到表", PaperKind::Meeting, vec![Block::Fields(facts), Block::Table(table)])
}
