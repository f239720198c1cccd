//! Residents: they raise and join, say more, take back, mark what is dangerous, and say whether it
//! is solved, or say nothing.

use crate::deed::Deed;
use crate::town::Town;
use crate::year::{DAY, HOUR, Next, Year};
use yishi_domain::dangers::{DangerId, Marked, Report, Reporter, Risk};
use yishi_domain::evaluation::{Evaluate, Evaluation, Satisfaction, Solved};
use yishi_domain::matters::{
    Add, Behalf, Channel, Join, MatterId, Opening, Proof, Raise, ReceiptId, Shown, Withdraw,
};
use yishi_kernel::{Actor, Claim};

/// What people raise: words and category.
const SAID: [(&str, &str); 14] = [
    ("楼道灯坏了", "02"),
    ("垃圾没人清", "04"),
    ("消防通道停了车", "03"),
    ("树枝挡了窗", "05"),
    ("楼上漏水", "02"),
    ("门禁打不开", "01"),
    ("晚上太吵", "07"),
    ("健身器材松了", "09"),
    ("老人吃饭不便", "08"),
    ("路口没有斑马线", "10"),
    ("早市占了路", "11"),
    ("外墙渗水", "12"),
    ("公共收益没公布", "13"),
    ("有人私搭棚子", "18"),
];

/// Somebody raises a matter: at their own device, or by the word of a steward or worker.
pub(crate) fn raises<T: Town>(year: &mut Year<T>) {
    let (id, receipt) = (MatterId(year.id()), ReceiptId(year.id()));
    let home = *year.chance.one_of(&year.cast.homes);
    let (text, category) = *year.chance.one_of(&SAID);
    let speaks = match year.chance.below(100) {
        0..=7 => year.cast.steward(home.stairwell).cloned(),
        8..=13 => Some(year.chance.one_of(&year.cast.workers).clone()),
        _ => None,
    };
    let behalf = if speaks.is_some() { Behalf::Neighbour } else { Behalf::Own };
    let about = year.chance.in_100(3).then_some(year.cast.committee);
    let danger = match year.chance.below(100) {
        0..=3 => Some(Risk::Life),
        4..=6 => Some(Risk::Supply),
        _ => None,
    };
    let danger = danger.map(|risk| Marked { id: DangerId(year.id()), risk });
    let raise = Raise {
        behalf,
        channel: if speaks.is_some() { Channel::Neighbour } else { Channel::Poster },
        place: home.stairwell,
        shown: if year.chance.in_100(80) { Shown::Building } else { Shown::Around },
        about,
        about_person: None,
        category: year.chance.in_100(40).then(|| category.to_owned()),
        title: None,
        text: text.to_owned(),
        photos: Vec::new(),
        occurred_at: None,
        source: None,
        after: None,
        floor: None,
        danger,
        receipt,
        opening: opening(receipt, speaks.as_ref()),
    };
    let who = speaks.unwrap_or_else(Actor::visitor);
    if !year.does(&who, Deed::Raise(id, raise)) {
        return;
    }
    for _ in 0..year.chance.below(4).saturating_sub(1) {
        let later = year.chance.between(HOUR, 12 * DAY);
        year.after(later, Next::Join(id));
    }
    if year.chance.in_100(8) {
        let later = year.chance.between(HOUR, 3 * DAY);
        year.after(later, Next::SayMore(receipt));
    }
    if year.chance.in_100(4) {
        let later = year.chance.between(HOUR, 5 * DAY);
        year.after(later, Next::TakeBack(receipt));
    }
}

/// A neighbour has the same.
pub(crate) fn joins<T: Town>(year: &mut Year<T>, matter: MatterId) {
    let receipt = ReceiptId(year.id());
    let join = Join { matter, channel: Channel::Web, opening: opening(receipt, None) };
    if year.does(&Actor::visitor(), Deed::Join(receipt, join)) && year.chance.in_100(4) {
        let later = year.chance.between(HOUR, 5 * DAY);
        year.after(later, Next::TakeBack(receipt));
    }
}

/// Whoever holds a receipt says more, or that it is dangerous.
pub(crate) fn says_more<T: Town>(year: &mut Year<T>, receipt: ReceiptId) {
    let Some(matter) = year.town.receipt(receipt).map(|receipt| receipt.matter) else { return };
    let holder = Actor::visitor().showing(Claim::Receipt);
    if year.chance.in_100(25) {
        let report = Report { by: Reporter::Holder, matter, risk: Risk::Life };
        let id = DangerId(year.id());
        year.does(&holder, Deed::Report(id, report));
        return;
    }
    let add = Add {
        text: "今天又这样".to_owned(),
        photos: Vec::new(),
        name: String::new(),
        contact: String::new(),
        said: receipt.to_string(),
    };
    year.does(&holder, Deed::Add(receipt, add));
}

/// Whoever raised or joined it takes that back.
pub(crate) fn takes_back<T: Town>(year: &mut Year<T>, receipt: ReceiptId) {
    year.does(&Actor::visitor().showing(Claim::Receipt), Deed::Withdraw(receipt, Withdraw));
}

/// Whoever was answered says whether it is solved.
pub(crate) fn judges<T: Town>(year: &mut Year<T>, receipt: ReceiptId) {
    let said = opinion(year, 88);
    year.does(
        &Actor::visitor().showing(Claim::Receipt),
        Deed::Evaluate(receipt, Evaluate { said, contacted: None }),
    );
}

/// What somebody thinks of an answer; so many in a hundred are content.
pub(super) fn opinion<T: Town>(year: &mut Year<T>, content: u64) -> Evaluation {
    let solved = if year.chance.in_100(content) { Solved::Yes } else { Solved::No };
    let satisfaction = *year.chance.one_of(Satisfaction::ALL);
    Evaluation { solved, satisfaction, comment: String::new() }
}

pub(super) fn opening(receipt: ReceiptId, speaks: Option<&Actor>) -> Opening {
    Opening {
        proof: Proof::Device,
        secret: None,
        supporter: format!("device-{receipt}"),
        name: String::new(),
        contact: "电话尾号 8123".to_owned(),
        consent: speaks.map(|_| "当面同意".to_owned()),
    }
}
