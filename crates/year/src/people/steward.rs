//! Stewards: neighbours who see to what lies in their stairwell, give back what they cannot do, and
//! write down what was said when people sat together.

use super::resident::opening;
use super::worker::answers;
use crate::deed::Deed;
use crate::town::Town;
use crate::year::{DAY, Year};
use yishi_domain::gatherings::{CallOff, Form, GatheringId, Line, Open, Record, Said, Voice};
use yishi_domain::matters::{HandOver, MatterId, Progress, ReceiptId};
use yishi_kernel::{Actor, Holder};

/// Works on what is theirs.
pub(super) fn works<T: Town>(year: &mut Year<T>, id: MatterId, who: &Actor) {
    match year.chance.below(100) {
        0..=29 => {
            let progress = Progress { note: "已和邻居说好".to_owned(), photos: Vec::new() };
            year.does(who, Deed::Progress(id, progress));
        }
        30..=49 => {
            let (holder, reason) = (Holder::Desk(year.cast.community), "要请社区来办".to_owned());
            year.does(who, Deed::HandOver(id, HandOver { holder, person: None, reason }));
        }
        _ => answers(year, id, who),
    }
}

/// Invites the neighbours to sit together in two days.
pub(crate) fn invites<T: Town>(year: &mut Year<T>) {
    let (place, who) = year.chance.one_of(&year.cast.stewards).clone();
    let (people, mostly, record) = (None, None, None);
    let starts = year.now.plus_seconds(2 * DAY);
    let open = Open { form: Form::Bench, place, spot: "凉亭".to_owned(), starts, people, mostly, record };
    let id = GatheringId(year.id());
    year.does(&who, Deed::OpenGathering(id, open));
}

/// Writes down what was said, or says that it did not take place.
pub(super) fn records<T: Town>(year: &mut Year<T>, id: GatheringId, who: &Actor) {
    if year.chance.in_100(8) {
        year.does(who, Deed::CallOff(id, CallOff { reason: "下大雨".to_owned() }));
        return;
    }
    let text = "凉亭的凳子松了".to_owned();
    let (first, voice) = (MatterId(year.id()), voice(year, who));
    let mut said = vec![
        Said::Matter { id: first, text, voice },
        Said::Thanks { text: "谢谢物业当晚修好了水管".to_owned() },
        Said::Private,
    ];
    if let Some(matter) = year.books.open.iter().next_back().copied() {
        let voice = self::voice(year, who);
        said.push(Said::Known { matter, voice });
    }
    let lines = said.into_iter().enumerate().map(|(row, what)| Line { row, what }).collect();
    year.does(who, Deed::Record(id, Record { people: 12, mostly: None, lines }));
}

fn voice<T: Town>(year: &mut Year<T>, who: &Actor) -> Voice {
    let receipt = ReceiptId(year.id());
    Voice { receipt, opening: opening(receipt, Some(who)) }
}
